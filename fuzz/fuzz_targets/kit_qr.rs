//! Any text as a kit's QR code.
#![no_main]

libfuzzer_sys::fuzz_target!(|text: &str| {
    let _ = vault::KitQr::parse(text);
});
