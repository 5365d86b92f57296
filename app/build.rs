//! Turns the translations in `locales/` into typed code. The same as the crate's macro would do, with one option that the
//! macro does not have (translations with values as text), and without the time-zone and calendar data that the crate's own
//! build helper would fetch.

use std::{env, error::Error, fs, path::PathBuf};

use leptos_i18n_codegen::gen_code;
use leptos_i18n_parser::parse_locales::{
    options::{Config, ParseOptions},
    parse_locales,
};

fn main() -> Result<(), Box<dyn Error>> {
    println!("cargo::rerun-if-changed=build.rs");
    println!("cargo::rerun-if-changed=locales");
    let config = Config::new("en")?
        .add_locale("fr")?
        .add_namespaces(["common", "onboarding", "patients", "chart", "import", "device"])?
        .parse_options(ParseOptions::new().interpolate_display(true));
    let parsed = parse_locales(None, config)?;
    for warning in parsed.diag.warnings().iter() {
        println!("cargo::warning={warning}");
    }
    for error in parsed.diag.errors().iter() {
        println!("cargo::error={error}");
    }
    let code = gen_code(&parsed, None, false, None, false)?;
    let folder = PathBuf::from(env::var_os("OUT_DIR").ok_or("no OUT_DIR")?);
    fs::write(folder.join("i18n.rs"), code.to_string())?;
    Ok(())
}
