//! `cargo xtask bench`: measures a release build in Chromium with a profile on disk.

use std::path::PathBuf;

use crate::{Outcome, dist, end2end, paths, process, setup, site};

pub fn bench(arguments: &[String]) -> Outcome {
    let mut json = None;
    let mut count = "10000".to_owned();
    for pair in arguments.chunks(2) {
        match pair {
            [flag, file] if flag == "--json" => {
                json = Some(std::path::absolute(file).map_err(|error| error.to_string())?);
            }
            [flag, number] if flag == "--patients" => count.clone_from(number),
            _ => return Err("bench takes --json FILE and --patients N".into()),
        }
    }
    if let Some(file) = &json {
        // Numbers of an earlier run must not stand beside those of this one.
        site::write(file, b"{}\n")?;
    }
    setup::chromium()?;
    let (server, site) = dist::release()?;
    let mut settings: Vec<(&str, PathBuf)> = json.into_iter().map(|file| ("AMPOULE_BENCH_JSON", file)).collect();
    settings.push(("AMPOULE_BENCH_PATIENTS", patients(&count)?));
    settings.push(("AMPOULE_BENCH_COUNT", count.into()));
    end2end::playwright("bench.config.ts", &server, &site, &[], &settings)
}

/// The file of synthetic patients, always the same ones.
fn patients(count: &str) -> Outcome<PathBuf> {
    let file = paths::work(&format!("patients-{count}.ndjson"));
    let example =
        ["run", "--quiet", "--release", "--package", "record", "--features", "generate", "--example", "patients"];
    let made = process::cargo().args(example).args(["--", "1", count]).output().map_err(|error| error.to_string())?;
    if !made.status.success() {
        return Err(format!("the patients could not be made: {}", String::from_utf8_lossy(&made.stderr)));
    }
    site::write(&file, &made.stdout)?;
    Ok(file)
}
