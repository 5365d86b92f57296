//! Any bytes as the next entry of a real log: nothing unsigned is taken.
#![no_main]

use std::cell::RefCell;

use vault::LogState;

const VECTORS: &str = include_str!("../../crates/vault/vectors/v1.json");

thread_local!(static LOG: RefCell<LogState> = RefCell::new(founded()));

/// The log of the vectors after its founding.
fn founded() -> LogState {
    let vectors: serde_json::Value = serde_json::from_str(VECTORS).expect("vectors are JSON");
    let entries: Vec<Vec<u8>> = (0..3).map(|i| bytes(vectors["log"]["entries"][i].as_str())).collect();
    let genesis = LogState::verify_genesis(&entries[0]).expect("a genesis");
    LogState::replay(genesis.practice(), &entries).expect("a log")
}

fn bytes(hex: Option<&str>) -> Vec<u8> {
    let digits = hex.expect("hex").as_bytes().chunks(2);
    digits.map(|d| u8::from_str_radix(std::str::from_utf8(d).unwrap(), 16).unwrap()).collect()
}

libfuzzer_sys::fuzz_target!(|entry: &[u8]| {
    LOG.with_borrow_mut(|log| {
        let before = log.head();
        let taken = log.append(entry).is_ok();
        assert!(!taken || log.hash_at(3).is_some(), "only the signed next entry is taken");
        if taken {
            *log = founded();
        }
        assert_eq!(log.head(), before);
    });
});
