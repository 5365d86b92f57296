//! Any bytes as the first entry of a log, with its body.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    let _ = vault::LogState::verify_genesis(bytes);
});
