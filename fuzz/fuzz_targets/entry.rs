//! Any bytes as a log entry.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    let _ = vault::Entry::parse(bytes);
});
