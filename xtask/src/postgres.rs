//! PostgreSQL for the tests of `api`: finds its programs or installs them.

use std::{fs, path::PathBuf};

use crate::{Outcome, process::find, setup::apt_get};

pub fn ensure() -> Outcome {
    if programs().is_none() {
        apt_get("PostgreSQL's programs (initdb, pg_ctl) are missing", &["postgresql"])?;
    }
    programs()
        .map(|_| ())
        .ok_or_else(|| "PostgreSQL's initdb and pg_ctl are still missing; put their folder on PATH".into())
}

/// The folder that holds `initdb` and `pg_ctl`. Debian does not put it on the search path.
pub fn programs() -> Option<PathBuf> {
    if let Some(initdb) = find(&["initdb"]).filter(|_| find(&["pg_ctl"]).is_some()) {
        return initdb.parent().map(PathBuf::from);
    }
    let mut folders: Vec<PathBuf> =
        fs::read_dir("/usr/lib/postgresql").ok()?.flatten().map(|entry| entry.path().join("bin")).collect();
    folders.sort();
    folders.into_iter().rev().find(|folder| folder.join("initdb").is_file() && folder.join("pg_ctl").is_file())
}
