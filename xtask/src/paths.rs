//! Where things lie. `CARGO_TARGET_DIR` is respected everywhere.

use std::path::{Path, PathBuf};

/// The workspace's root folder.
pub fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("xtask lies in the workspace").to_path_buf()
}

/// Cargo's target folder.
pub fn target() -> PathBuf {
    match std::env::var_os("CARGO_TARGET_DIR") {
        Some(folder) => std::path::absolute(folder).expect("CARGO_TARGET_DIR is a path"),
        None => root().join("target"),
    }
}

/// What xtask itself writes and may delete.
pub fn work(name: &str) -> PathBuf {
    target().join("ampoule").join(name)
}

/// The folder of the browser tests and of the pinned npm tools.
pub fn end2end() -> PathBuf {
    root().join("end2end")
}

/// A command that `npm ci` installed.
pub fn npm_bin(name: &str) -> PathBuf {
    end2end().join("node_modules").join(".bin").join(name)
}
