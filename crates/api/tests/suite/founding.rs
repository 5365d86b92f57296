use wire::{Code, Registered, ServerState};

use crate::support::{Device, Site, entry, get, on_both_stores, post};

on_both_stores!(
    a_practice_is_founded_once,
    of_two_foundings_at_once_one_succeeds,
    a_founding_that_does_not_hold_together_is_refused,
    the_state_needs_no_session,
    the_server_epoch_outlives_a_restart,
);

async fn a_practice_is_founded_once(site: Site) {
    let device = Device::of(1, 1);
    let answer = site.send(post("/v1/practice", None, wire::encode(&device.founding()))).await;
    let registered: Registered = answer.ok();
    assert_eq!(registered.log_seq, 2);
    assert_ne!(registered.share.unwrap(), [0; 32]);
    let set = answer.headers["set-cookie"].to_str().unwrap();
    assert!(set.ends_with("; HttpOnly; SameSite=Strict; Path=/v1"), "{set}");

    let again = site.send(post("/v1/practice", None, wire::encode(&device.founding()))).await;
    assert_eq!(again.code(), Code::PracticeExists);
    assert_eq!(again.cookie(), None);
    let other = site.send(post("/v1/practice", None, wire::encode(&Device::of(2, 2).founding()))).await;
    assert_eq!(other.code(), Code::PracticeExists);
}

async fn of_two_foundings_at_once_one_succeeds(site: Site) {
    let bodies: Vec<_> = (1..=4).map(|n| wire::encode(&Device::of(n, n).founding())).collect();
    let other = site.beside().await;
    let servers = [&site, &other].into_iter().cycle();
    let tries = bodies.into_iter().zip(servers).map(|(body, server)| server.send(post("/v1/practice", None, body)));
    let answers = futures::future::join_all(tries).await;
    assert_eq!(answers.iter().filter(|answer| answer.status.is_success()).count(), 1);
    for lost in answers.iter().filter(|answer| !answer.status.is_success()) {
        assert_eq!(lost.code(), Code::PracticeExists);
    }
    assert_eq!((site.count("accounts").await, site.count("log_entries").await), (1, 3));
}

async fn a_founding_that_does_not_hold_together_is_refused(site: Site) {
    let good = Device::of(1, 1).founding();
    let mut bad = vec![good.clone(); 6];
    bad[0].entries.clear();
    bad[1].practice[0] ^= 1;
    bad[2].device.account = [9; 16];
    bad[3].account.login_public = [0; 32]; // a key of small order
    bad[4].device.access_public = no_point();
    bad[5].entries.push(entry(b"genesis"));
    for (case, found) in bad.iter().enumerate() {
        let answer = site.send(post("/v1/practice", None, wire::encode(found))).await;
        assert_eq!(answer.code(), Code::Malformed, "case {case}");
    }
    site.send(post("/v1/practice", None, wire::encode(&good))).await.success();
}

/// Bytes that are no point of the curve.
fn no_point() -> [u8; 32] {
    let mut candidates = (2..=255).map(|y| [[y].as_slice(), &[0; 31]].concat().try_into().unwrap());
    candidates.find(|bytes| ed25519_dalek::VerifyingKey::from_bytes(bytes).is_err()).unwrap()
}

async fn the_state_needs_no_session(site: Site) {
    let state: ServerState = site.send(get("/v1/state", None)).await.ok();
    assert_eq!((state.practice, state.time_ms), (None, 1_750_000_000_000));
    let device = Device::founder(&site).await;
    let state: ServerState = site.send(get("/v1/state", None)).await.ok();
    assert_eq!(state.practice, Some(device.founding().practice));
}

async fn the_server_epoch_outlives_a_restart(mut site: Site) {
    let before: ServerState = site.send(get("/v1/state", None)).await.ok();
    let after: ServerState = site.reopened().await.send(get("/v1/state", None)).await.ok();
    assert_eq!(before.server_epoch, after.server_epoch);
}
