//! Any bytes as an account wrap.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    let _ = vault::AccountWrap::parse(bytes);
});
