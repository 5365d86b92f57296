//! Any bytes as an envelope.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    let _ = vault::EnvelopeView::parse(bytes);
});
