//! What pushing and pulling 10,000 envelopes costs: `cargo bench -p api`, with a database's URL as an argument for
//! another store than SQLite in a temporary folder.

use std::time::{Duration, Instant};

use axum::{
    Router,
    body::{Body, to_bytes},
    http::{Request, Response, header},
};
use ed25519_dalek::SigningKey;
use tower::ServiceExt;
use wire::{AccountRegistration, DeviceRegistration, Found, KdfParams, LogEntry, frame};

const ENVELOPES: usize = 10_000;
const ENVELOPE: usize = 1500;
const PER_COMMIT: usize = 50;
const COMMITS_PER_PUSH: usize = 100;
const DEVICE: [u8; 16] = [2; 16];

#[tokio::main]
async fn main() {
    let folder = std::env::temp_dir().join(format!("ampoule-bench-{}", std::process::id()));
    std::fs::create_dir_all(&folder).unwrap();
    let given = std::env::args().skip(1).find(|argument| argument.contains("://"));
    let url = given.unwrap_or_else(|| format!("sqlite://{}/ampoule.db", folder.display()));
    let router = api::router(api::open(&url).await.unwrap());
    let cookie = found(&router).await;

    let started = Instant::now();
    for push in pushes() {
        send(&router, &cookie, "POST", "/v1/commits", push).await;
    }
    println!("push, {ENVELOPES} envelopes of {ENVELOPE} bytes: {:?}", started.elapsed());

    for page_bytes in [256 << 10, 1 << 20, 4 << 20] {
        let mut times: Vec<(Duration, usize)> = Vec::new();
        for _ in 0..7 {
            times.push(pull(&router, &cookie, page_bytes).await);
        }
        times.sort();
        let (median, pages) = times[times.len() / 2];
        println!("pull in {pages} pages of {} KiB: {median:?}, {:?} a page", page_bytes >> 10, median / pages as u32);
    }
    let _ = std::fs::remove_dir_all(folder);
}

async fn pull(router: &Router, cookie: &str, page_bytes: usize) -> (Duration, usize) {
    let (started, mut after, mut pages, mut total) = (Instant::now(), 0, 0, 0);
    loop {
        let path = format!("/v1/commits?after={after}&bytes={page_bytes}");
        let (_, body) = send(router, cookie, "GET", &path, Vec::new()).await;
        let (next, more) = frame::peek(&body).unwrap();
        (after, pages, total) = (next, pages + 1, total + body.len());
        if !more {
            assert!(total > ENVELOPES * ENVELOPE);
            return (started.elapsed(), pages);
        }
    }
}

fn pushes() -> Vec<Vec<u8>> {
    let commits = ENVELOPES / PER_COMMIT;
    let seqs: Vec<usize> = (1..=commits).collect();
    seqs.chunks(COMMITS_PER_PUSH).map(push).collect()
}

fn push(seqs: &[usize]) -> Vec<u8> {
    let mut writer = frame::Writer::new();
    for seq in seqs {
        let envelopes: Vec<_> = (0..PER_COMMIT).map(|n| (seq * PER_COMMIT + n) as u64).map(envelope).collect();
        let items = envelopes.iter().map(|(id, envelope)| frame::ItemFrame {
            chart: id[..16].try_into().unwrap(),
            envelope_id: *id,
            envelope,
            wrap: &[7; 120],
        });
        writer.commit(&frame::CommitFrame {
            device: DEVICE,
            device_seq: *seq as u64,
            hash: envelopes[0].0,
            commit: &[9; 48 * PER_COMMIT + 200],
            items: items.collect(),
            cursor: 0,
        });
    }
    writer.finish(0, 0, false)
}

/// An id spread like a hash, and bytes.
fn envelope(n: u64) -> ([u8; 32], Vec<u8>) {
    let mut id = [0; 32];
    for (part, chunk) in id.chunks_mut(8).enumerate() {
        let mixed = (n * 4 + part as u64 + 1).wrapping_mul(0x9e37_79b9_7f4a_7c15).rotate_left(31);
        chunk.copy_from_slice(&mixed.wrapping_mul(0xbf58_476d_1ce4_e5b9).to_le_bytes());
    }
    (id, id.iter().copied().cycle().take(ENVELOPE).collect())
}

async fn found(router: &Router) -> String {
    let key = SigningKey::from_bytes(&[1; 32]).verifying_key().to_bytes();
    let entry = LogEntry { hash: [1; 32], bytes: b"genesis".to_vec() };
    let kdf = KdfParams { memory_kib: 65536, passes: 3, lanes: 1 };
    let body = wire::encode(&Found {
        practice: entry.hash,
        entries: vec![entry],
        account: AccountRegistration { account: [1; 16], login_public: key, kdf, account_wrap: vec![1] },
        device: DeviceRegistration { account: [1; 16], device: DEVICE, access_public: key },
    });
    let (answer, _) = send(router, "", "POST", "/v1/practice", body).await;
    let cookie = answer.headers()[header::SET_COOKIE].to_str().unwrap();
    cookie.split(';').next().unwrap().to_owned()
}

async fn send(router: &Router, cookie: &str, method: &str, path: &str, body: Vec<u8>) -> (Response<()>, Vec<u8>) {
    let request = Request::builder().method(method).uri(path).header(header::COOKIE, cookie);
    let request = request.header(header::HOST, "localhost").header(header::ORIGIN, "http://localhost");
    let answer = router.clone().oneshot(request.body(Body::from(body)).unwrap()).await.unwrap();
    assert!(answer.status().is_success(), "{path}: {}", answer.status());
    let (parts, body) = answer.into_parts();
    (Response::from_parts(parts, ()), to_bytes(body, usize::MAX).await.unwrap().to_vec())
}
