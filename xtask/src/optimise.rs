//! Shrinks the wasm module with npm's binaryen.
//!
//! The features are those that rustc and `.cargo/config.toml` use, no more: with all of them wasm-opt writes modules that
//! browsers refuse, and Debian's older wasm-opt writes one that fails at run time.

use std::{fs, path::Path};

use crate::{
    Outcome, paths,
    process::{command, run},
    site::{hash, read, write},
};

const OPTIONS: [&str; 9] = [
    "-Oz",
    "-Oz",
    "--enable-bulk-memory",
    "--enable-multivalue",
    "--enable-mutable-globals",
    "--enable-nontrapping-float-to-int",
    "--enable-reference-types",
    "--enable-sign-ext",
    "--enable-simd",
];

/// The optimised module; a module that was optimised before is taken from the target folder.
pub fn optimise(module: &Path) -> Outcome<Vec<u8>> {
    let lock = read(&paths::end2end().join("package-lock.json"))?;
    let key = hash(&[read(module)?.as_slice(), lock.as_slice(), OPTIONS.concat().as_bytes()].concat());
    let folder = paths::work("optimised");
    let kept = folder.join(format!("{key}.wasm"));
    if kept.is_file() {
        return read(&kept);
    }
    let fresh = module.with_extension("optimised");
    run(command(paths::npm_bin("wasm-opt")).args(OPTIONS).arg(module).arg("-o").arg(&fresh))?;
    let bytes = read(&fresh)?;
    forget_oldest(&folder);
    write(&kept, &bytes)?;
    Ok(bytes)
}

/// Keeps the folder at a few modules.
fn forget_oldest(folder: &Path) {
    let Ok(entries) = fs::read_dir(folder) else {
        return;
    };
    let mut modules: Vec<_> =
        entries.flatten().filter_map(|entry| Some((entry.metadata().ok()?.modified().ok()?, entry.path()))).collect();
    modules.sort();
    modules.reverse();
    for (_, path) in modules.into_iter().skip(7) {
        // Another run may have taken it away already.
        let _ = fs::remove_file(path);
    }
}
