//! Any text as a recovery sheet.
#![no_main]

libfuzzer_sys::fuzz_target!(|text: &str| {
    let _ = vault::Sheet::parse(text);
});
