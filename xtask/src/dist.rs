//! `cargo xtask build`: the server and its site.

use std::{fs, path::PathBuf};

use crate::{
    Outcome, paths, process, setup,
    site::{self, Effort},
    steps::timed,
};

pub const SERVER: &str = "ampoule-server";

pub fn build(arguments: &[String]) -> Outcome {
    match arguments {
        [] => release().map(|_| ()),
        [flag] if flag == "--dev" => {
            setup::rust()?;
            let (server, site) = quick()?;
            println!("\n{} --site {}", server.display(), site.display());
            Ok(())
        }
        _ => Err("build takes --dev or nothing".into()),
    }
}

/// Fast to build, for trying out.
pub fn quick() -> Outcome<(PathBuf, PathBuf)> {
    let folder = paths::work("site-quick");
    site::build(&folder, Effort::Quick)?;
    Ok((dev_server()?, folder))
}

/// The server as `cargo build` makes it, quickly built.
pub fn dev_server() -> Outcome<PathBuf> {
    timed("server", || process::run(process::cargo().args(["build", "--package", "server", "--bin", SERVER])))?;
    Ok(paths::target().join("debug").join(SERVER))
}

/// What a malicious server does to its database, for the tests.
pub fn tamper() -> Outcome<PathBuf> {
    timed("tamper", || process::run(process::cargo().args(["build", "--package", "api", "--example", "tamper"])))?;
    Ok(paths::target().join("debug").join("examples").join("tamper"))
}

/// The site as it is shipped, for tests with [`dev_server`].
pub fn shipped_site() -> Outcome<PathBuf> {
    let folder = paths::work("site");
    site::build(&folder, Effort::Shipped)?;
    Ok(folder)
}

/// Writes `dist/`; the paths of the server and of the site in it.
pub fn release() -> Outcome<(PathBuf, PathBuf)> {
    setup::rust()?;
    setup::npm()?;
    let dist = paths::root().join("dist");
    fs::create_dir_all(&dist).map_err(|error| format!("{}: {error}", dist.display()))?;
    let site = dist.join("site");
    site::build(&site, Effort::Shipped)?;
    timed("server", || {
        process::run(process::cargo().args(["build", "--package", "server", "--bin", SERVER, "--release"]))
    })?;
    let server = dist.join(SERVER);
    let fresh = dist.join(format!("{SERVER}.new"));
    // A running server keeps its file; the new one takes its name.
    fs::copy(paths::target().join("release").join(SERVER), &fresh)
        .and_then(|_| fs::rename(&fresh, &server))
        .map_err(|error| format!("{}: {error}", server.display()))?;
    println!("\ndist/ is complete. On any machine of this kind: ./{SERVER} --site site --data data");
    Ok((server, site))
}
