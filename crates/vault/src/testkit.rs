//! What the tests share: one practice, founded once, with two devices.

use std::sync::OnceLock;

use chacha20::ChaCha20Rng;
use rand_core::SeedableRng;

use crate::{
    Bundle, ChartId, DeviceKeys, DeviceStub, EpochKeys, Founding, FoundingInput, Header, Kdf, LogState, RecordId,
    Scope, Share, enrol_by_kit, found,
};

pub(crate) fn rng(seed: u8) -> ChaCha20Rng {
    ChaCha20Rng::from_seed([seed; 32])
}

pub(crate) const PASSWORD: &str = "correct horse";
pub(crate) const TIME: u64 = 1_760_000_000_000;

pub(crate) fn input(password: &str) -> FoundingInput<'_> {
    FoundingInput {
        practice_name: "Praxis am Ring",
        person_name: "Dr. Ada Beispiel",
        device_name: "Tablet 1",
        password,
        kdf: Kdf::FLOOR,
        claimed_time_ms: TIME,
    }
}

/// A practice with the founder's first device.
pub(crate) fn practice() -> &'static Founding {
    static PRACTICE: OnceLock<Founding> = OnceLock::new();
    PRACTICE.get_or_init(|| found(&mut rng(1), &input(PASSWORD)).unwrap())
}

/// Another practice, with no key in common.
pub(crate) fn other_practice() -> &'static Founding {
    static PRACTICE: OnceLock<Founding> = OnceLock::new();
    PRACTICE.get_or_init(|| found(&mut rng(2), &input("battery staple")).unwrap())
}

/// The practice's log with the founder's second device, added by kit.
pub(crate) struct Second {
    pub log: LogState,
    pub entry: Vec<u8>,
    pub keys: DeviceKeys,
    pub epoch_keys: EpochKeys,
}

pub(crate) fn second() -> &'static Second {
    static SECOND: OnceLock<Second> = OnceLock::new();
    SECOND.get_or_init(|| {
        let p = practice();
        let mut rng = rng(3);
        let keys = DeviceKeys::generate(&mut rng);
        let (entry, _) = enrol_by_kit(&mut rng, &p.log, &p.account, &keys.public(), "Desk", TIME).unwrap();
        let mut log = p.log.clone();
        log.append(&entry).unwrap();
        let epoch_keys = log.epoch_keys_for_device(&keys).unwrap();
        Second { log, entry, keys, epoch_keys }
    })
}

pub(crate) fn share() -> Share {
    Share::from_bytes([0x5a; 32])
}

pub(crate) fn stub() -> DeviceStub {
    let p = practice();
    p.device.keys.stub(p.practice, &p.kit, Kdf::FLOOR)
}

pub(crate) fn bundle() -> &'static Bundle {
    static BUNDLE: OnceLock<Bundle> = OnceLock::new();
    BUNDLE.get_or_init(|| {
        let p = practice();
        p.device.seal(&mut rng(4), p.person.unlock_key(), p.account.account_key(), &share())
    })
}

pub(crate) fn header(scope: Scope) -> Header {
    let p = practice();
    Header {
        practice: p.practice,
        scope,
        chart: ChartId::from_bytes([0xc1; 16]),
        record: RecordId::from_bytes([0x4e; 16]),
        parents: vec![],
        author: p.device.device(),
    }
}

/// Calls `f` with each single-bit change of `bytes`.
pub(crate) fn each_flip(bytes: &[u8], mut f: impl FnMut(&[u8], usize)) {
    let mut changed = bytes.to_vec();
    for bit in 0..bytes.len() * 8 {
        changed[bit / 8] ^= 1 << (bit % 8);
        f(&changed, bit);
        changed[bit / 8] ^= 1 << (bit % 8);
    }
}

/// Calls `f` with each proper prefix of `bytes`, and with one byte more.
pub(crate) fn each_length(bytes: &[u8], mut f: impl FnMut(&[u8])) {
    (0..bytes.len()).for_each(|n| f(&bytes[..n]));
    f(&[bytes, &[0]].concat());
}
