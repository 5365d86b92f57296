//! Any bytes as a device bundle.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    let _ = vault::Bundle::parse(bytes);
});
