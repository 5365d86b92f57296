//! Any bytes as a commit.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    let _ = vault::Commit::parse(bytes);
});
