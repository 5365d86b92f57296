//! Any bytes as a device stub.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    let _ = vault::DeviceStub::parse(bytes);
});
