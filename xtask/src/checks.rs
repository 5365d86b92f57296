//! `cargo xtask test`: every check there is.

use std::{
    collections::BTreeMap,
    path::PathBuf,
    process::{Command, Stdio},
};

use serde_json::Value;

use crate::{
    Outcome, dist, end2end, paths, postgres,
    process::{cargo, run},
    rules, setup,
    steps::Steps,
};

const CRATES: [&str; 8] = ["record", "vault", "wire", "client", "api", "app", "server", "xtask"];

/// Test programs by package.
type Programs = BTreeMap<String, Vec<PathBuf>>;

pub fn test(arguments: &[String]) -> Outcome {
    let (own, passed_on) = match arguments.iter().position(|argument| argument == "--") {
        Some(at) => (&arguments[..at], &arguments[at + 1..]),
        None => (arguments, &[][..]),
    };
    let only = match own {
        [flag] if flag == "--list" => {
            println!("fmt clippy clippy-wasm rules {} doc types site browser", CRATES.join(" "));
            return Ok(());
        }
        _ => only(own)?,
    };
    let mut steps = Steps::new(only);
    setup::everything()?;

    steps.step("fmt", || run(cargo().args(["fmt", "--all", "--check"])));
    steps.step("clippy", || run(cargo().args(["clippy", "--workspace", "--all-targets", "--", "--deny", "warnings"])));
    steps.step("clippy-wasm", || {
        run(cargo().args([
            "clippy",
            "--package",
            "frontend",
            "--target",
            "wasm32-unknown-unknown",
            "--profile",
            "wasm-release",
            "--",
            "--deny",
            "warnings",
        ]))
    });
    steps.step("rules", rules::check);

    if CRATES.iter().any(|name| steps.wants(name)) {
        let mut programs = Programs::new();
        steps.prepare("compile", || {
            programs = compile()?;
            Ok(())
        });
        for name in CRATES {
            steps.step(name, || crate_tests(name, &programs));
        }
    }
    steps.step("doc", || run(cargo().args(["test", "--workspace", "--exclude", "frontend", "--doc"])));

    steps.step("types", end2end::types);
    steps.step("site", || dist::shipped_site().map(|_| ()));
    steps.step("browser", || {
        let site = dist::shipped_site()?;
        let server = dist::dev_server()?;
        let settings = [("AMPOULE_TAMPER", dist::tamper()?)];
        end2end::playwright("playwright.config.ts", &server, &site, passed_on, &settings)
    });
    steps.close()
}

fn only(arguments: &[String]) -> Outcome<Vec<String>> {
    let mut names = Vec::new();
    let mut arguments = arguments.iter();
    while let Some(argument) = arguments.next() {
        match (argument.as_str(), arguments.next()) {
            ("--only", Some(name)) => names.push(name.clone()),
            _ => {
                return Err(format!("test does not know {argument}; see `cargo xtask help`"));
            }
        }
    }
    Ok(names)
}

/// Builds the tests of all crates at once, so that what they share is built once.
fn compile() -> Outcome<Programs> {
    let mut cargo = cargo();
    cargo.args([
        "test",
        "--workspace",
        "--exclude",
        "frontend",
        "--no-run",
        "--message-format",
        "json-render-diagnostics",
    ]);
    println!("$ cargo test --workspace --exclude frontend --no-run");
    let output = cargo.stderr(Stdio::inherit()).output().map_err(|error| format!("cargo: {error}"))?;
    if !output.status.success() {
        return Err("the tests do not compile".into());
    }
    let mut programs = Programs::new();
    for line in String::from_utf8_lossy(&output.stdout).lines() {
        if let Some((package, program)) = serde_json::from_str(line).ok().and_then(test_program) {
            programs.entry(package).or_default().push(program);
        }
    }
    Ok(programs)
}

/// Package and path of a compiled test program, if this message of cargo is about one.
fn test_program(message: Value) -> Option<(String, PathBuf)> {
    if message["reason"] != "compiler-artifact" || message["profile"]["test"] != true {
        return None;
    }
    let folder = PathBuf::from(message["manifest_path"].as_str()?);
    let package = folder.parent()?.file_name()?.to_str()?.to_owned();
    Some((package, PathBuf::from(message["executable"].as_str()?)))
}

fn crate_tests(name: &str, programs: &Programs) -> Outcome {
    let programs = programs.get(name).ok_or_else(|| format!("there are no compiled tests of {name}"))?;
    let folder = if ["app", "server", "xtask"].contains(&name) { paths::root() } else { paths::root().join("crates") }
        .join(name);
    let mut broken = Vec::new();
    for program in programs {
        let mut test = Command::new(program);
        test.current_dir(&folder).stdin(Stdio::null()).env("CARGO_MANIFEST_DIR", &folder);
        if let Some(path) = path_with_postgres() {
            test.env("PATH", path);
        }
        if let Err(message) = run(&mut test) {
            broken.push(message);
        }
    }
    if broken.is_empty() { Ok(()) } else { Err(broken.join("\n")) }
}

/// The search path with PostgreSQL's programs in it.
fn path_with_postgres() -> Option<std::ffi::OsString> {
    let path = std::env::var_os("PATH")?;
    std::env::join_paths(std::env::split_paths(&path).chain(postgres::programs())).ok()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::test_program;

    #[test]
    fn a_test_program_is_known_by_its_package() {
        let message = json!({
            "reason": "compiler-artifact", "manifest_path": "/w/crates/wire/Cargo.toml",
            "profile": { "test": true }, "executable": "/t/wire-1",
        });
        assert_eq!(test_program(message), Some(("wire".into(), "/t/wire-1".into())));
    }

    #[test]
    fn a_library_is_no_test_program() {
        let message = json!({
            "reason": "compiler-artifact", "manifest_path": "/w/crates/wire/Cargo.toml",
            "profile": { "test": true }, "executable": null,
        });
        assert_eq!(test_program(message), None);
    }
}
