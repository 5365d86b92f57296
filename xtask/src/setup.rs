//! Installs what the commands need, from rustup, npm and Debian alone, or says exactly what is missing.
//!
//! As root, or where sudo asks for no password, Debian's packages are installed; elsewhere the message holds the command.

use std::{fs, path::PathBuf};

use crate::{
    Outcome, paths, postgres,
    process::{command, find, output, run},
    site::hash,
};

const NODE_MAJOR: u32 = 20;
const WASM_TARGET: &str = "wasm32-unknown-unknown";

/// All that `test` needs, and with it all that any command needs.
pub fn everything() -> Outcome {
    rust()?;
    rust_components()?;
    npm()?;
    chromium()?;
    postgres::ensure()
}

/// The compiler's target for the browser.
pub fn rust() -> Outcome {
    let there = output(command("rustc").args(["--print", "target-libdir", "--target", WASM_TARGET]))
        .is_some_and(|folder| PathBuf::from(folder).is_dir());
    if there {
        return Ok(());
    }
    println!("setup: the Rust target {WASM_TARGET} is missing");
    rustup(&["target", "add", WASM_TARGET])
}

fn rust_components() -> Outcome {
    for (component, subcommand) in [("rustfmt", "fmt"), ("clippy", "clippy")] {
        if output(command("cargo").args([subcommand, "--version"])).is_none() {
            println!("setup: {component} is missing");
            rustup(&["component", "add", component])?;
        }
    }
    Ok(())
}

fn rustup(arguments: &[&str]) -> Outcome {
    if find(&["rustup"]).is_none() {
        return Err(format!(
            "rustup is missing, so this toolchain cannot be completed; it needs what `rustup {}` installs",
            arguments.join(" ")
        ));
    }
    run(command("rustup").args(arguments))
}

/// The pinned npm tools: wasm-opt and Playwright (without its browsers; Debian's Chromium is used).
pub fn npm() -> Outcome {
    let version = output(command("node").arg("--version"))
        .ok_or_else(|| format!("Node is missing: install Node {NODE_MAJOR} or newer, with npm"))?;
    let major = version.trim_start_matches('v').split('.').next().and_then(|major| major.parse::<u32>().ok());
    if major.is_none_or(|major| major < NODE_MAJOR) {
        return Err(format!("Node {version} is too old: install Node {NODE_MAJOR} or newer, with npm"));
    }
    let folder = paths::end2end();
    let lock =
        fs::read(folder.join("package-lock.json")).map_err(|error| format!("end2end/package-lock.json: {error}"))?;
    let stamp = folder.join("node_modules").join(".ampoule-lock");
    let wanted = format!("{} {version}", hash(&lock));
    if fs::read_to_string(&stamp).is_ok_and(|found| found == wanted) {
        return Ok(());
    }
    println!("setup: the npm tools of end2end are missing or of another version");
    run(command("npm")
        .args(["ci", "--no-audit", "--no-fund"])
        .current_dir(&folder)
        .env("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1"))?;
    fs::write(&stamp, wanted).map_err(|error| format!("{}: {error}", stamp.display()))
}

/// The browser of the tests: `AMPOULE_CHROMIUM`, else one on the search path.
pub fn chromium() -> Outcome {
    if find_chromium().is_none() {
        apt_get("Chromium is missing", &["chromium", "fonts-dejavu-core"])?;
    }
    let browser =
        find_chromium().ok_or("Chromium is still missing: install it and set AMPOULE_CHROMIUM to its path")?;
    output(command("timeout").arg("30").arg(&browser).args(["--version", "--no-sandbox"])).map(|_| ()).ok_or_else(
        || {
            format!(
                "{} does not start; install Debian's `chromium` or set AMPOULE_CHROMIUM to another",
                browser.display()
            )
        },
    )
}

pub fn find_chromium() -> Option<PathBuf> {
    match std::env::var_os("AMPOULE_CHROMIUM") {
        Some(path) => Some(PathBuf::from(path)).filter(|path| path.is_file()),
        None => find(&["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"]),
    }
}

/// Installs Debian packages if that is possible without asking anybody.
pub fn apt_get(why: &str, packages: &[&str]) -> Outcome {
    println!("setup: {why}");
    let by_hand =
        format!("{why}, and it cannot be installed from here. Run: sudo apt-get install {}", packages.join(" "));
    if find(&["apt-get"]).is_none() {
        return Err(format!("{why}. Install what Debian has in: {}", packages.join(", ")));
    }
    let prefix: &[&str] = if is_root() {
        &[]
    } else if output(command("sudo").args(["-n", "true"])).is_some() {
        &["sudo", "-n"]
    } else {
        return Err(by_hand);
    };
    let apt = |arguments: &[&str]| {
        let words = [prefix, &["env", "DEBIAN_FRONTEND=noninteractive", "apt-get"], arguments].concat();
        run(command(words[0]).args(&words[1..]))
    };
    // Stale package lists are the usual reason for a failed installation; a failed update is not fatal by itself.
    if let Err(message) = apt(&["update", "-q"]) {
        println!("{message}");
    }
    apt(&[&["install", "-y", "-q", "--no-install-recommends"], packages].concat())
        .map_err(|error| format!("{error}\n{by_hand}"))
}

pub fn is_root() -> bool {
    output(command("id").arg("-u")).is_some_and(|id| id == "0")
}
