//! Prints what the hot paths cost: `cargo run --release -p vault --example bench`.

use std::hint::black_box;
use std::time::Instant;

use chacha20::ChaCha20Rng;
use rand_core::SeedableRng;
use vault::{
    ChainHead, ChartId, Commit, CommitDraft, DeviceKeys, EnvelopeView, FoundingInput, Header, Kdf, LogState, RecordId,
    Scope, enrol_by_kit, found, open_record, seal_record,
};

fn time(what: &str, times: u32, mut f: impl FnMut()) {
    let start = Instant::now();
    (0..times).for_each(|_| f());
    println!("{what:<40} {:>10.1} us", start.elapsed().as_secs_f64() * 1e6 / f64::from(times));
}

fn main() -> vault::Result<()> {
    let mut rng = ChaCha20Rng::from_seed([1; 32]);
    let input = FoundingInput {
        practice_name: "Practice",
        person_name: "Person",
        device_name: "Device",
        password: "password",
        kdf: Kdf::FLOOR,
        claimed_time_ms: 0,
    };
    time("found a practice", 1, || drop(black_box(found(&mut rng, &input))));
    let p = found(&mut rng, &input)?;
    let (keys, epoch_keys) = (&p.device.keys, &p.device.epoch_keys);
    let header = Header {
        practice: p.practice,
        scope: Scope::CLINICAL,
        chart: ChartId::generate(&mut rng),
        record: RecordId::generate(&mut rng),
        parents: vec![],
        author: keys.device(),
    };
    let body = vec![b'x'; 1500];
    time("seal a record of 1.5 KB", 2000, || {
        black_box(seal_record(&mut rng, epoch_keys, &header, 1, &body)).expect("sealed");
    });
    let sealed = seal_record(&mut rng, epoch_keys, &header, 1, &body)?;
    time("open a record of 1.5 KB, with its wrap", 10_000, || {
        let view = EnvelopeView::parse(&sealed.envelope).expect("parsed");
        black_box(open_record(epoch_keys, &view, &sealed.wrap)).expect("opened");
    });
    let draft = CommitDraft {
        log: p.log.head(),
        claimed_time_ms: 0,
        vector: vec![],
        items: vec![(header.chart, sealed.id); 100],
    };
    time("sign a commit of 100 items", 1000, || {
        black_box(keys.sign_commit(p.practice, ChainHead::START, &draft));
    });
    let (bytes, _) = keys.sign_commit(p.practice, ChainHead::START, &draft);
    time("verify a commit of 100 items", 1000, || {
        let commit = Commit::parse(&bytes).expect("parsed");
        black_box(commit.verify(&p.log, None)).expect("verified");
    });

    let (mut log, mut entries) = (p.log.clone(), p.entries.clone());
    while entries.len() < 2000 {
        let device = DeviceKeys::generate(&mut rng).public();
        let (entry, _) = enrol_by_kit(&mut rng, &log, &p.account, &device, "Device", 0)?;
        log.append(&entry)?;
        entries.push(entry);
    }
    time("replay 2,000 entries", 1, || {
        black_box(LogState::replay(p.practice, &entries)).expect("replayed");
    });
    let cipher = p.device.local_cipher("index");
    let mut buffer = vec![0; 1 << 20];
    buffer.reserve(vault::LocalCipher::OVERHEAD);
    time("seal 1 MiB locally, in place", 20, || {
        buffer.truncate(1 << 20);
        cipher.seal_in_place(&mut rng, b"", &mut buffer);
    });
    Ok(())
}
