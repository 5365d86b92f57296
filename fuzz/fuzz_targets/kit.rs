//! Any text as a kit's code.
#![no_main]

libfuzzer_sys::fuzz_target!(|text: &str| {
    let _ = vault::Kit::parse(text);
});
