//! `cargo xtask run`: build and start.

use std::process::Command;

use crate::{Outcome, dist, paths, setup};

pub fn run(arguments: &[String]) -> Outcome {
    let mut data = paths::root().join("data");
    let mut listen = "127.0.0.1:4870".to_owned();
    let mut arguments = arguments.iter();
    while let Some(argument) = arguments.next() {
        let value = arguments.next().ok_or_else(|| format!("{argument} needs a value"))?;
        match argument.as_str() {
            "--data" => data = std::path::absolute(value).map_err(|error| error.to_string())?,
            "--listen" => listen = value.clone(),
            _ => return Err(format!("run does not know {argument}")),
        }
    }
    setup::rust()?;
    let (server, site) = dist::quick()?;
    let mut command = Command::new(&server);
    command.arg("--data").arg(&data).arg("--listen").arg(&listen).arg("--site").arg(&site);
    println!("\nStarting Ampoule; its data is in {}. Ctrl-C ends it.", data.display());
    start(&mut command).map_err(|error| format!("{}: {error}", server.display()))
}

/// The server takes xtask's place, so that signals reach it and nothing else stays in memory.
#[cfg(unix)]
fn start(command: &mut Command) -> std::io::Result<()> {
    use std::os::unix::process::CommandExt;
    Err(command.exec())
}

#[cfg(not(unix))]
fn start(command: &mut Command) -> std::io::Result<()> {
    command.status().map(|_| ())
}
