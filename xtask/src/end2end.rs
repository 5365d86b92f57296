//! Runs Playwright with Debian's Chromium against a server and a site.

use std::path::{Path, PathBuf};

use crate::{
    Outcome, dist, paths,
    process::{command, run},
    setup,
};

/// `npx playwright test` with a configuration of end2end; `settings` are environment variables.
pub fn playwright(
    config: &str,
    server: &Path,
    site: &Path,
    arguments: &[String],
    settings: &[(&str, PathBuf)],
) -> Outcome {
    let browser = setup::find_chromium().ok_or("Chromium is missing; run `cargo xtask setup`")?;
    let mut playwright = command(paths::npm_bin("playwright"));
    playwright
        .current_dir(paths::end2end())
        .args(["test", "--config", config])
        .args(arguments)
        .env("AMPOULE_CHROMIUM", browser)
        .env("AMPOULE_SERVER", server)
        .env("AMPOULE_SITE", site)
        .env("AMPOULE_OUTPUT", paths::work("end2end"));
    for (name, value) in settings {
        playwright.env(name, value);
    }
    run(&mut playwright)
}

/// Checks the types of the tests, which Playwright itself does not.
pub fn types() -> Outcome {
    run(command(paths::npm_bin("tsc")).current_dir(paths::end2end()).args(["--noEmit"]))
}

pub fn screens(arguments: &[String]) -> Outcome {
    let folder = match arguments {
        [] => paths::target().join("screens"),
        [folder] => std::path::absolute(folder).map_err(|error| error.to_string())?,
        _ => return Err("screens takes one folder".into()),
    };
    setup::rust()?;
    setup::npm()?;
    setup::chromium()?;
    let (server, site) = dist::quick()?;
    playwright("screens.config.ts", &server, &site, &[], &[("AMPOULE_SCREENS", folder.clone())])?;
    println!("\nScreenshots are in {}", folder.display());
    Ok(())
}
