//! Everything that is done to Ampoule's source besides editing it: `cargo xtask help`.
//!
//! Needs rustup's toolchain and Node; what else a command needs it installs, saying so, or names it (see [`setup`]).
//! Every command can be repeated, and a repeated command skips what is unchanged.

mod bench;
mod checks;
mod dist;
mod end2end;
mod optimise;
mod paths;
mod postgres;
mod process;
mod rules;
mod run;
mod setup;
mod site;
mod steps;

use std::process::ExitCode;

/// What a command ends with: a message that says what is missing or wrong, for a person.
pub type Outcome<T = ()> = Result<T, String>;

const HELP: &str = "\
cargo xtask COMMAND

  setup              installs what the other commands need, or says what to install
  run                builds and starts the server with its data in ./data
      --data DIR       another data folder
      --listen ADDR    another address (default 127.0.0.1:4870)
  test               runs every check and test
      --only NAME      only the steps whose name is or starts with NAME; may be repeated
      --list           names the steps
      -- ARGS          passes ARGS on to Playwright
  build              writes dist/: the server and its site, ready to be copied to a machine without a toolchain
      --dev            builds quickly into the target folder instead
  bench              measures a release build in Chromium
      --json FILE      writes the numbers to FILE too
      --patients N     how many synthetic patients (default 10000)
  screens [DIR]      writes screenshots of every page in three sizes, light and dark (default: target/screens)
";

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    match command(&arguments) {
        Ok(()) => ExitCode::SUCCESS,
        Err(message) => {
            eprintln!("\nxtask: {message}");
            ExitCode::FAILURE
        }
    }
}

fn command(arguments: &[String]) -> Outcome {
    let Some((name, rest)) = arguments.split_first() else {
        print!("{HELP}");
        return Ok(());
    };
    match name.as_str() {
        "setup" => setup::everything(),
        "run" => run::run(rest),
        "test" => checks::test(rest),
        "build" => dist::build(rest),
        "bench" => bench::bench(rest),
        "screens" => end2end::screens(rest),
        "help" | "--help" | "-h" => {
            print!("{HELP}");
            Ok(())
        }
        other => Err(format!("there is no command `{other}`\n\n{HELP}")),
    }
}
