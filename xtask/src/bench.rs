//! `cargo xtask bench`: measures a release build in Chromium with a profile on disk.

use std::path::PathBuf;

use crate::{Outcome, dist, end2end, setup, site};

pub fn bench(arguments: &[String]) -> Outcome {
    let json = match arguments {
        [] => None,
        [flag, file] if flag == "--json" => Some(std::path::absolute(file).map_err(|error| error.to_string())?),
        _ => return Err("bench takes --json FILE or nothing".into()),
    };
    if let Some(file) = &json {
        // Numbers of an earlier run must not stand beside those of this one.
        site::write(file, b"{}\n")?;
    }
    setup::chromium()?;
    let (server, site) = dist::release()?;
    let settings: Vec<(&str, PathBuf)> = json.into_iter().map(|file| ("AMPOULE_BENCH_JSON", file)).collect();
    end2end::playwright("bench.config.ts", &server, &site, &[], &settings)
}
