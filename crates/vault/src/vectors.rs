//! The language-neutral vectors in `vectors/v1.json`: every format with the secrets that make it, in hex.
//!
//! They are frozen. A test makes them again from a seeded generator and compares; after an intended change of format set
//! `VAULT_VECTORS=write` and say so in `docs/CRYPTO.md`.

use serde_json::{Value, json};

use crate::log::Principal;
use crate::record::WrapView;
use crate::testkit::{PASSWORD, TIME, bundle, practice, rng, second, share, stub};
use crate::{
    ChainHead, ChartId, CommitDraft, EnvelopeId, EnvelopeView, EpochKeys, Header, Kdf, KitQr, LogState, PersonKeys,
    RecordId, RecoveryKeys, Scope, VectorItem, kem, label, open_record, seal_record, words,
};

const FILE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/vectors/v1.json");

fn hex(bytes: impl AsRef<[u8]>) -> String {
    bytes.as_ref().iter().map(|b| format!("{b:02x}")).collect()
}

fn kdf(kdf: Kdf) -> Value {
    json!({"memory_kib": kdf.memory_kib, "passes": kdf.passes, "lanes": kdf.lanes})
}

fn epochs(keys: &EpochKeys) -> Value {
    let all = Scope::ALL.into_iter().flat_map(|scope| (0..4).map(move |n| (scope, n)));
    let held = all.filter_map(|(scope, n)| Some((scope, n, keys.get(scope, n).ok()?)));
    held.map(|(scope, n, key)| {
        json!({"scope": scope.number(), "epoch": n, "key": hex(key.key()), "commitment": hex(key.commitment())})
    })
    .collect()
}

fn primitives() -> Value {
    let seed = label::Secret::new([0x11; 32]);
    let hpke = kem::HpkeSeed::from_seed(seed.clone());
    let sealed = hpke.public().seal(&mut rng(20), b"info", &[0x22; 32]).unwrap();
    let bytes: [u8; 32] = core::array::from_fn(|i| i as u8);
    json!({
        "label": {"name": "entry", "bytes": hex(label::label("entry"))},
        "hash": {"name": "entry", "input": "616263", "output": hex(label::hash("entry", &[b"abc"]))},
        "hkdf": {"ikm": hex(bytes), "name": "wrap", "context": "616263",
                 "output": hex(label::derive(&bytes, "wrap", &[b"abc"]).as_ref())},
        "words": {"hash": hex(bytes), "words": words(&bytes, 23)},
        "hpke": {"seed": hex(seed), "public": hex(hpke.public().as_bytes()), "info": hex(b"info"),
                 "plaintext": hex([0x22; 32]), "sealed": hex(sealed)},
    })
}

fn person() -> Value {
    let p = practice();
    let qr = KitQr { kit: p.kit.clone(), practice: p.practice, server: "https://ampoule.example".into() };
    let odd = "Gru\u{308}\u{df}e \u{fb01}n";
    let odd_keys = PersonKeys::derive(&p.kit, odd, Kdf::FLOOR).unwrap();
    json!({
        "account": hex(p.kit.account.as_bytes()), "secret_key": hex(p.kit.secret_key.bytes()),
        "kit_code": *p.kit.to_code(), "kit_qr": *qr.to_text(), "kdf": kdf(Kdf::FLOOR),
        "password": PASSWORD,
        "login_public": hex(p.person.login_public().as_bytes()),
        "unlock_key": hex(p.person.unlock_key().0.as_ref()),
        "password_to_normalise": odd,
        "its_login_public": hex(odd_keys.login_public().as_bytes()),
        "its_unlock_key": hex(odd_keys.unlock_key().0.as_ref()),
    })
}

fn account() -> Value {
    let p = practice();
    json!({
        "practice": hex(p.practice.as_bytes()), "account_key": hex(p.account.account_key().0.as_ref()),
        "signing_seed": hex(p.account.signing.seed()), "signing_public": hex(p.account.signing.public().as_bytes()),
        "hpke_seed": hex(p.account.hpke.seed()), "hpke_public": hex(p.account.hpke.public().as_bytes()),
        "wrap": hex(&p.account_wrap),
    })
}

fn device() -> Value {
    let p = practice();
    let keys = &p.device.keys;
    let sealed = p.device.local_seal(&mut rng(21), "index", b"segment 1", b"plaintext");
    json!({
        "device": hex(keys.device().as_bytes()),
        "signing_seed": hex(keys.signing.seed()), "signing_public": hex(keys.signing.public().as_bytes()),
        "access_seed": hex(keys.access.seed()), "access_public": hex(keys.access.public().as_bytes()),
        "hpke_seed": hex(keys.hpke.seed()), "hpke_public": hex(keys.hpke.public().as_bytes()),
        "local_key": hex(keys.local.as_ref()), "stub": hex(stub().to_bytes().as_slice()),
        "share": hex(share().as_bytes()), "bk": hex(p.device.bk.as_ref()),
        "b0": hex(&bundle().b0), "b1": hex(&bundle().b1), "b2": hex(&bundle().b2),
        "bundle": hex(bundle().to_bytes()),
        "local": {"purpose": "index", "ad": hex(b"segment 1"), "plaintext": hex(b"plaintext"), "sealed": hex(sealed)},
    })
}

/// The founding, the second device and one rotation.
fn log() -> (Value, LogState, EpochKeys) {
    let (p, s) = (practice(), second());
    let mut log = s.log.clone();
    let owner = crate::EntrySigner::Device(&p.device.keys);
    let rotate = log.draft_rotate(&mut rng(22), owner, Scope::CLINICAL, &s.epoch_keys, TIME).unwrap();
    log.append(&rotate).unwrap();
    let keys = log.epoch_keys_for_device(&p.device.keys).unwrap();
    let names = log.names(&keys);
    let mut entries = p.entries.clone();
    entries.extend([s.entry.clone(), rotate]);
    let recipients = |scope| -> Vec<_> {
        let names = log.recipients(scope).into_keys();
        names
            .map(|who| match who {
                Principal::Device(id) => format!("device {id}"),
                Principal::Account(id) => format!("account {id}"),
                Principal::Recovery(id) => format!("recovery {id}"),
            })
            .collect()
    };
    let value = json!({
        "practice": hex(log.practice().as_bytes()),
        "entries": entries.iter().map(hex).collect::<Vec<_>>(),
        "hashes": log.hashes.iter().map(|h| hex(h.as_bytes())).collect::<Vec<_>>(),
        "epoch_keys": epochs(&keys),
        "recipients_of_clinical": recipients(Scope::CLINICAL),
        "practice_name": names.practice, "member_names": names.members.values().collect::<Vec<_>>(),
        "device_names": names.devices.values().collect::<Vec<_>>(),
        "import": {"type": "Patient", "id": "42", "record": hex(keys.import_id("Patient", "42").unwrap().as_bytes())},
    });
    (value, log, keys)
}

fn record(log: &LogState, keys: &EpochKeys) -> (Value, (ChartId, EnvelopeId)) {
    let header = Header {
        practice: log.practice(),
        scope: Scope::CLINICAL,
        chart: ChartId::from_bytes([0xc1; 16]),
        record: RecordId::from_bytes([0x4e; 16]),
        parents: vec![EnvelopeId::from_bytes([1; 32]), EnvelopeId::from_bytes([2; 32])],
        author: practice().device.device(),
    };
    let body = br#"{"resourceType":"Observation"}"#;
    let sealed = seal_record(&mut rng(23), keys, &header, 7, body).unwrap();
    let dek = WrapView::parse(&sealed.wrap).unwrap().unwrap(keys).unwrap();
    let view = EnvelopeView::parse(&sealed.envelope).unwrap();
    assert_eq!(&open_record(keys, &view, &sealed.wrap).unwrap().body[..], body);
    let value = json!({
        "scope": 2, "epoch": keys.current(Scope::CLINICAL), "chart": hex(header.chart.as_bytes()),
        "record": hex(header.record.as_bytes()), "author": hex(header.author.as_bytes()),
        "parents": header.parents.iter().map(|p| hex(p.as_bytes())).collect::<Vec<_>>(),
        "kind": 7, "body": hex(body), "dek": hex(dek), "envelope": hex(&sealed.envelope),
        "id": hex(sealed.id.as_bytes()), "wrap": hex(&sealed.wrap),
    });
    (value, (header.chart, sealed.id))
}

fn commits(log: &LogState, item: (ChartId, EnvelopeId)) -> Value {
    let p = practice();
    let other = VectorItem { device: second().keys.device(), seq: 4, hash: crate::CommitHash::from_bytes([4; 32]) };
    let draft = CommitDraft { log: log.head(), claimed_time_ms: TIME, vector: vec![other], items: vec![item] };
    let (one, head) = p.device.keys.sign_commit(p.practice, ChainHead::START, &draft);
    let empty = CommitDraft { vector: vec![], items: vec![], ..draft };
    let (two, last) = p.device.keys.sign_commit(p.practice, head, &empty);
    json!({"commits": [hex(one), hex(two)], "hashes": [hex(head.hash.as_bytes()), hex(last.hash.as_bytes())]})
}

fn recovery() -> Value {
    let p = practice();
    let keys = RecoveryKeys::combine(&p.sheets[..2], p.practice, p.log.recovery()).unwrap();
    json!({
        "set": hex(keys.set().as_bytes()), "k": 2, "n": 3, "seed": hex(keys.seed()),
        "signing_public": hex(p.log.recovery().signing.as_bytes()),
        "hpke_seed": hex(keys.hpke.seed()), "hpke_public": hex(p.log.recovery().hpke.as_bytes()),
        "sheets": p.sheets.iter().map(|s| s.to_code().to_string()).collect::<Vec<_>>(),
    })
}

#[test]
fn every_format_is_as_frozen_in_the_vectors() {
    let (log_value, log, keys) = log();
    let (record_value, item) = record(&log, &keys);
    let made = json!({
        "about": "Test vectors of Ampoule's formats, version 1. Bytes in hex. See docs/CRYPTO.md.",
        "primitives": primitives(), "person": person(), "account": account(), "device": device(),
        "log": log_value, "record": record_value, "commit": commits(&log, item), "recovery": recovery(),
    });
    let text = serde_json::to_string_pretty(&made).unwrap() + "\n";
    if std::env::var("VAULT_VECTORS").is_ok_and(|v| v == "write") {
        std::fs::write(FILE, &text).unwrap();
    }
    let frozen: Value = serde_json::from_str(&std::fs::read_to_string(FILE).unwrap()).unwrap();
    for (section, value) in made.as_object().unwrap() {
        assert_eq!(&frozen[section], value, "section {section}");
    }
    assert_eq!(frozen.as_object().unwrap().len(), made.as_object().unwrap().len());
}
