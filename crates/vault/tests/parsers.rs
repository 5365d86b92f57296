//! Every parser over a mutated corpus: nothing panics, and nothing but the original is accepted where a seal or signature
//! guards it. The corpus is the frozen vectors; the fuzz targets in `fuzz/` run the same calls without end.

use chacha20::ChaCha20Rng;
use rand_core::{Rng, SeedableRng};
use serde_json::Value;
use vault::{AccountWrap, Bundle, Commit, DeviceStub, Entry, EnvelopeView, Kit, KitQr, LogState, Sheet, WrapView};

const ROUNDS: usize = 400;

fn corpus() -> (Vec<Vec<u8>>, Vec<String>) {
    let file = concat!(env!("CARGO_MANIFEST_DIR"), "/vectors/v1.json");
    let value: Value = serde_json::from_str(&std::fs::read_to_string(file).unwrap()).unwrap();
    let (mut bytes, mut texts) = (vec![], vec![]);
    collect(&value, &mut bytes, &mut texts);
    assert!(bytes.len() > 50 && texts.len() > 5);
    (bytes, texts)
}

fn collect(value: &Value, bytes: &mut Vec<Vec<u8>>, texts: &mut Vec<String>) {
    match value {
        Value::String(s) => match s.as_bytes().chunks(2).map(byte).collect::<Option<Vec<u8>>>() {
            Some(b) => bytes.push(b),
            None => texts.push(s.clone()),
        },
        Value::Array(items) => items.iter().for_each(|v| collect(v, bytes, texts)),
        Value::Object(fields) => fields.values().for_each(|v| collect(v, bytes, texts)),
        _ => {}
    }
}

fn byte(pair: &[u8]) -> Option<u8> {
    u8::from_str_radix(std::str::from_utf8(pair).ok().filter(|p| p.len() == 2)?, 16).ok()
}

fn below(rng: &mut ChaCha20Rng, n: usize) -> usize {
    rng.next_u32() as usize % n.max(1)
}

/// Flips, cuts, repeats, or writes an extreme length somewhere.
fn mutate(rng: &mut ChaCha20Rng, bytes: &[u8]) -> Vec<u8> {
    let mut out = bytes.to_vec();
    for _ in 0..=below(rng, 3) {
        let at = below(rng, out.len());
        match rng.next_u32() % 5 {
            0 if !out.is_empty() => out[at] ^= 1 << below(rng, 8),
            1 => out.truncate(at),
            2 => {
                let end = (at + below(rng, 64)).min(out.len());
                out.extend_from_within(at..end);
            }
            3 if at + 4 <= out.len() => {
                let extreme = [0, 1, 0x7fff_ffff, 0x8000_0000, u32::MAX][below(rng, 5)];
                out[at..at + 4].copy_from_slice(&u32::to_be_bytes(extreme));
            }
            _ => out.insert(at, rng.next_u32() as u8),
        }
    }
    out
}

#[test]
fn no_parser_panics_on_mutated_bytes() {
    let (corpus, _) = corpus();
    let mut rng = ChaCha20Rng::from_seed([1; 32]);
    for original in &corpus {
        for _ in 0..ROUNDS {
            let bytes = mutate(&mut rng, original);
            let _ = AccountWrap::parse(&bytes);
            let _ = Bundle::parse(&bytes);
            let _ = Commit::parse(&bytes);
            let _ = DeviceStub::parse(&bytes);
            let _ = Entry::parse(&bytes);
            let _ = EnvelopeView::parse(&bytes);
            let _ = WrapView::parse(&bytes);
        }
    }
}

#[test]
fn no_text_parser_panics_on_mutated_text() {
    let (_, corpus) = corpus();
    let mut rng = ChaCha20Rng::from_seed([2; 32]);
    for original in &corpus {
        for _ in 0..ROUNDS * 4 {
            let text = String::from_utf8_lossy(&mutate(&mut rng, original.as_bytes())).into_owned();
            let _ = Kit::parse(&text);
            let _ = KitQr::parse(&text);
            let _ = Sheet::parse(&text);
        }
    }
}

#[test]
fn a_log_takes_no_mutated_entry() {
    let file = concat!(env!("CARGO_MANIFEST_DIR"), "/vectors/v1.json");
    let value: Value = serde_json::from_str(&std::fs::read_to_string(file).unwrap()).unwrap();
    let entries: Vec<Vec<u8>> = value["log"]["entries"]
        .as_array()
        .unwrap()
        .iter()
        .map(|e| e.as_str().unwrap().as_bytes().chunks(2).map(|p| byte(p).unwrap()).collect())
        .collect();
    let genesis = LogState::verify_genesis(&entries[0]).unwrap();
    let mut rng = ChaCha20Rng::from_seed([3; 32]);
    let mut log = genesis.clone();
    for (number, entry) in entries.iter().enumerate() {
        for _ in 0..ROUNDS {
            let changed = mutate(&mut rng, entry);
            if &changed == entry {
                continue;
            }
            assert!(LogState::verify_genesis(&changed).is_err());
            assert!(log.append(&changed).is_err());
        }
        if number > 0 {
            log.append(entry).unwrap();
        }
    }
    assert_eq!(log.head().seq, 4);
}
