//! Any bytes as a wrap.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    let _ = vault::WrapView::parse(bytes);
});
