//! Runs named steps one after the other, prints the duration of each and what they came to.

use std::time::Instant;

use crate::Outcome;

/// Which steps a person asked for.
pub struct Steps {
    only: Vec<String>,
    known: Vec<&'static str>,
    passed: u32,
    failed: Vec<&'static str>,
}

impl Steps {
    /// `only` empty: all steps.
    pub fn new(only: Vec<String>) -> Self {
        Self { only, known: Vec::new(), passed: 0, failed: Vec::new() }
    }

    pub fn wants(&self, name: &str) -> bool {
        self.only.is_empty() || self.only.iter().any(|asked| name.starts_with(asked.as_str()))
    }

    /// Runs a step if it was asked for; true unless it failed.
    pub fn step(&mut self, name: &'static str, work: impl FnOnce() -> Outcome) -> bool {
        self.known.push(name);
        if !self.wants(name) {
            return true;
        }
        self.prepare(name, work)
    }

    /// Runs a step that others need, whether it was asked for or not; true unless it failed.
    pub fn prepare(&mut self, name: &'static str, work: impl FnOnce() -> Outcome) -> bool {
        println!("\n== {name}");
        let start = Instant::now();
        let outcome = work();
        let seconds = start.elapsed().as_secs_f64();
        match outcome {
            Ok(()) => {
                println!("ok   {name} ({seconds:.1} s)");
                self.passed += 1;
                true
            }
            Err(message) => {
                println!("{message}\nFAIL {name} ({seconds:.1} s)");
                self.failed.push(name);
                false
            }
        }
    }

    /// The closing line, alone on its line, and the outcome of the whole.
    pub fn close(self) -> Outcome {
        if self.passed == 0 && self.failed.is_empty() {
            return Err(format!("no step has such a name; there are: {}", self.known.join(", ")));
        }
        println!("\n{} passed, {} failed", self.passed, self.failed.len());
        if self.failed.is_empty() { Ok(()) } else { Err(format!("failed: {}", self.failed.join(", "))) }
    }
}

/// Runs one piece of a command that is not a test, and prints how long it took.
pub fn timed<T>(name: &str, work: impl FnOnce() -> Outcome<T>) -> Outcome<T> {
    println!("== {name}");
    let start = Instant::now();
    let value = work()?;
    println!("ok   {name} ({:.1} s)", start.elapsed().as_secs_f64());
    Ok(value)
}
