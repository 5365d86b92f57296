//! Bodies that no device sends.

use axum::body::Body;
use wire::{Action, Code, MAX_BODY};

use crate::support::{Commit, Device, ORIGIN, Site, entry, frame_of, on_both_stores, post};

on_both_stores!(
    a_truncated_or_longer_body_is_malformed,
    a_too_large_body_is_refused,
    a_body_that_breaks_off_stores_nothing,
    random_bytes_are_never_an_error_of_the_server,
    no_problem_quotes_the_practice,
);

const ROUTES: &[&str] =
    &["/v1/practice", "/v1/login/challenge", "/v1/login", "/v1/log", "/v1/commits", "/v1/envelopes"];

async fn a_truncated_or_longer_body_is_malformed(site: Site) {
    let device = Device::founder(&site).await;
    let login = wire::encode(&device.sign(&device.challenge(&site).await, Action::Unlock, ORIGIN));
    let append = wire::encode(&wire::AppendLog {
        prev: entry(b"clinical").hash,
        entry: entry(b"new"),
        register_device: Some(Device::of(1, 2).registration()),
    });
    let push = frame_of(device.device, &[Commit::new(1, "a", 1, 20)]);
    let ask = wire::encode(&wire::AskEnvelopes { ids: vec![[1; 32]] });
    for (path, body) in [("/v1/login", login), ("/v1/log", append), ("/v1/commits", push), ("/v1/envelopes", ask)] {
        for len in 0..body.len() {
            let answer = device.post(&site, path, body[..len].to_vec()).await;
            assert_eq!(answer.code(), Code::Malformed, "{path} cut at {len}");
        }
        let longer = [&body[..], &[0]].concat();
        assert_eq!(device.post(&site, path, longer).await.code(), Code::Malformed, "{path} and one more");
    }
    assert_eq!((site.count("commits").await, site.count("log_entries").await), (0, 3));
}

async fn a_too_large_body_is_refused(site: Site) {
    let device = Device::founder(&site).await;
    for path in ROUTES {
        let answer = device.post(&site, path, vec![0; MAX_BODY + 1]).await;
        assert_eq!(answer.code(), Code::TooLarge, "{path}");
        // Without a length announced, too.
        let chunks = (0..17).map(|_| Ok::<_, std::io::Error>(vec![0u8; 1 << 20]));
        let streamed = Body::from_stream(futures::stream::iter(chunks));
        let answer = site.send(post(path, device.cookie.as_deref(), streamed)).await;
        assert_eq!(answer.code(), Code::TooLarge, "{path} streamed");
    }
}

async fn a_body_that_breaks_off_stores_nothing(site: Site) {
    let device = Device::founder(&site).await;
    let push = frame_of(device.device, &[Commit::new(1, "a", 1, 2000)]);
    let chunks = [Ok(push[..1000].to_vec()), Err(std::io::Error::other("the network went away"))];
    let streamed = Body::from_stream(futures::stream::iter(chunks));
    let answer = site.send(post("/v1/commits", device.cookie.as_deref(), streamed)).await;
    assert_eq!(answer.code(), Code::Malformed);
    assert_eq!(site.count("commits").await, 0);
}

async fn random_bytes_are_never_an_error_of_the_server(site: Site) {
    let device = Device::founder(&site).await;
    let mut state = 0x9e37_79b9_7f4a_7c15_u64;
    let mut next = || {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        state
    };
    let push = frame_of(device.device, &[Commit::new(1, "a", 2, 40)]);
    for round in 0..60 {
        for path in ROUTES {
            let mut body: Vec<u8> = (0..next() % 300).map(|_| next() as u8).collect();
            if round % 2 == 0 && *path == "/v1/commits" {
                body = push.clone();
                let at = next() as usize % body.len();
                body[at] ^= 1 << (next() % 8);
            }
            let status = device.post(&site, path, body.clone()).await.status;
            assert!(!status.is_server_error(), "{path}: {status} for {body:?}");
        }
    }
}

async fn no_problem_quotes_the_practice(site: Site) {
    let device = Device::founder(&site).await;
    let marked = Commit { bytes: b"MARKED".to_vec(), ..Commit::new(5, "MARKED", 1, 50) };
    for (path, body) in [
        ("/v1/commits", frame_of(device.device, &[marked])),
        ("/v1/log", b"MARKED".repeat(20)),
        ("/v1/login", b"MARKED".repeat(20)),
        ("/v1/nothing", b"MARKED".to_vec()),
    ] {
        let answer = device.post(&site, path, body).await;
        answer.problem();
        assert!(!String::from_utf8_lossy(&answer.body).contains("MARKED"), "{path}");
    }
}
