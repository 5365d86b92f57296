//! What a malicious or broken server gets: each attack is refused with its own word, and what was here is kept.

mod support;

use client::{
    failure::Failure,
    ports::Answer,
    protocol::{Alarm, Reply, SyncState},
};
use support::{Device, Server, bundle};
use wire::frame::{self, Writer};

/// A practice whose first device has pushed a chart with two notes, and the code of its kit.
async fn practice() -> (Server, Device, String, String) {
    let server = Server::start().await;
    let device = Device::new(&server, 1);
    let kit = device.create_practice().await;
    device.import("a.json", &bundle()).await;
    device.engine.step().await;
    let chart = device.patients("").await.rows[0].chart.clone();
    device.note(&chart, "First note.").await;
    device.engine.step().await;
    device.note(&chart, "Second note.").await;
    device.engine.step().await;
    (server, device, kit.groups.join("-"), chart)
}

/// Lets `change` rewrite the commits of every page that the server hands out.
fn alter_pages(device: &Device, mut change: impl FnMut(&mut Vec<frame::CommitFrame>) + 'static) {
    *device.wire.alter.borrow_mut() = Some(Box::new(move |path, body| {
        if !path.starts_with("/v1/commits?") && path != "/v1/envelopes" {
            return body;
        }
        let page = frame::decode(&body).unwrap();
        let mut commits = page.commits.clone();
        change(&mut commits);
        let mut writer = Writer::new();
        commits.iter().for_each(|commit| writer.commit(commit));
        writer.finish(page.next, page.server_epoch, page.more)
    }));
}

fn leak(bytes: Vec<u8>) -> &'static [u8] {
    Box::leak(bytes.into_boxed_slice())
}

#[tokio::test]
async fn a_changed_envelope_is_refused_and_the_rest_is_read() {
    let (server, _one, code, chart) = practice().await;
    let two = Device::new(&server, 2);
    two.sign_in(&code).await.unwrap();
    alter_pages(&two, |commits| {
        for commit in commits.iter_mut().filter(|commit| commit.device_seq == 2 || commit.device_seq == 0) {
            for item in &mut commit.items {
                let mut bytes = item.envelope.to_vec();
                if let Some(last) = bytes.last_mut() {
                    *last ^= 1;
                }
                item.envelope = leak(bytes);
            }
        }
    });
    two.engine.step().await;
    assert!(two.alarms().contains(&Alarm::EnvelopeAltered { chart: chart.clone() }), "{:?}", two.alarms());
    let notes: Vec<String> = two.chart(&chart).await.notes.into_iter().map(|note| note.text).collect();
    assert_eq!(notes, ["Second note."]);
    // An honest server later: what was refused is fetched and shown.
    two.wire.alter.borrow_mut().take();
    two.engine.step().await;
    assert_eq!(two.chart(&chart).await.notes.len(), 2);
}

#[tokio::test]
async fn swapped_envelopes_are_refused() {
    let (server, _one, code, chart) = practice().await;
    let two = Device::new(&server, 2);
    two.sign_in(&code).await.unwrap();
    alter_pages(&two, |commits| {
        let first = commits.iter().find(|commit| commit.device_seq == 2).map(|commit| commit.items[0].clone());
        let second = commits.iter().find(|commit| commit.device_seq == 3).map(|commit| commit.items[0].clone());
        let (Some(first), Some(second)) = (first, second) else { return };
        for commit in commits {
            let other = if commit.device_seq == 2 { &second } else { &first };
            if commit.device_seq > 1 {
                (commit.items[0].envelope, commit.items[0].wrap) = (other.envelope, other.wrap);
            }
        }
    });
    two.engine.step().await;
    assert!(two.alarms().contains(&Alarm::EnvelopeAltered { chart: chart.clone() }), "{:?}", two.alarms());
    // Asked for by their hashes, the right ones come, and only those are shown.
    let notes: Vec<String> = two.chart(&chart).await.notes.into_iter().map(|note| note.text).collect();
    assert!(notes.contains(&"First note.".to_owned()) && notes.contains(&"Second note.".to_owned()), "{notes:?}");
}

#[tokio::test]
async fn a_dropped_commit_is_noticed_and_nothing_after_it_is_taken() {
    let (server, _one, code, chart) = practice().await;
    let two = Device::new(&server, 2);
    two.sign_in(&code).await.unwrap();
    alter_pages(&two, |commits| commits.retain(|commit| commit.device_seq != 2));
    two.engine.step().await;
    assert_eq!(two.alarms(), [Alarm::Withheld { count: 1 }]);
    assert!(two.chart(&chart).await.notes.is_empty());
    two.wire.alter.borrow_mut().take();
    two.engine.step().await;
    assert_eq!(two.chart(&chart).await.notes.len(), 2, "the honest page is taken afterwards");
}

#[tokio::test]
async fn a_forged_signature_is_refused() {
    let (server, _one, code, chart) = practice().await;
    let two = Device::new(&server, 2);
    two.sign_in(&code).await.unwrap();
    alter_pages(&two, |commits| {
        for commit in commits.iter_mut().filter(|commit| commit.device_seq == 3) {
            let mut bytes = commit.commit.to_vec();
            *bytes.last_mut().unwrap() ^= 1;
            commit.commit = leak(bytes);
        }
    });
    two.engine.step().await;
    assert!(two.alarms().contains(&Alarm::Forged), "{:?}", two.alarms());
    assert_eq!(two.chart(&chart).await.notes.len(), 1);
}

#[tokio::test]
async fn a_commit_replayed_in_place_of_a_newer_one_is_noticed() {
    let (server, _one, code, chart) = practice().await;
    let two = Device::new(&server, 2);
    two.sign_in(&code).await.unwrap();
    two.engine.step().await;
    let before = two.chart(&chart).await;
    let three = Device::new(&server, 3);
    three.sign_in(&code).await.unwrap();
    three.engine.step().await;
    three.note(&chart, "Third note.").await;
    three.engine.step().await;
    // In place of the new commit the server hands out the first one again.
    let old = frame_of(&server, &three).await;
    alter_pages(&two, move |commits| {
        for commit in commits.iter_mut().filter(|commit| commit.device_seq == 1) {
            commit.commit = leak(old.clone());
        }
    });
    two.engine.step().await;
    assert_eq!(two.chart(&chart).await, before, "what was here is kept");
    two.wire.alter.borrow_mut().take();
    two.engine.step().await;
    assert_eq!(two.chart(&chart).await.notes.len(), 3);
}

/// The bytes of the very first commit.
async fn frame_of(_server: &Server, device: &Device) -> Vec<u8> {
    use client::ports::{Method, Transport};
    let answer = device.wire.send(Method::Get, "/v1/commits?after=0&bytes=1", Vec::new()).await.unwrap();
    frame::decode(&answer.body).unwrap().commits[0].commit.to_vec()
}

#[tokio::test]
async fn weak_or_absurd_key_derivation_parameters_are_refused_before_anything_is_computed() {
    let (server, _one, code, _chart) = practice().await;
    for (memory_kib, passes, expected) in
        [(1024, 3, Failure::KdfTooWeak), (65536, 1, Failure::KdfTooWeak), (1 << 30, 3, Failure::KdfTooCostly)]
    {
        let two = Device::new(&server, 2);
        *two.wire.alter.borrow_mut() = Some(Box::new(move |path, body| {
            if path != "/v1/login/challenge" {
                return body;
            }
            let mut challenge: wire::Challenge = wire::decode(&body).unwrap();
            challenge.kdf = wire::KdfParams { memory_kib, passes, lanes: 1 };
            wire::encode(&challenge)
        }));
        assert_eq!(two.sign_in(&code).await.err(), Some(expected));
    }
}

#[tokio::test]
async fn another_practice_under_the_same_address_is_refused() {
    let (server, one, code, _chart) = practice().await;
    let other = Server::start().await;
    Device::new(&other, 7).create_practice().await;
    let one = one.reboot();
    *server.router.borrow_mut() = other.router.borrow().clone();
    assert!(matches!(
        one.ask(client::protocol::Request::Start).await,
        Ok(Reply::Start(client::protocol::Start::WrongServer))
    ));
    let fresh = Device::new(&server, 3);
    assert_eq!(fresh.sign_in(&code).await.err(), Some(Failure::WrongPassword), "the account is unknown there");
}

#[tokio::test]
async fn html_and_errors_in_place_of_answers_lose_nothing() {
    let (_server, one, _code, chart) = practice().await;
    let html = Answer { status: 200, content_type: "text/html".into(), body: b"<html>hotel wifi</html>".to_vec() };
    *one.wire.instead.borrow_mut() = Some(html);
    one.note(&chart, "Saved all the same.").await;
    one.engine.step().await;
    assert_eq!(one.sync_state(), Some(SyncState::Stuck { waiting: 1, why: Failure::ServerConfused }));
    *one.wire.instead.borrow_mut() = Some(Answer { status: 500, ..Answer::default() });
    one.engine.step().await;
    assert!(matches!(
        one.sync_state(),
        Some(SyncState::Offline { waiting: 1, .. } | SyncState::Stuck { waiting: 1, .. })
    ));
    one.wire.instead.borrow_mut().take();
    one.engine.step().await;
    assert!(matches!(one.sync_state(), Some(SyncState::Synced { .. })));
}

#[tokio::test]
async fn a_server_that_goes_back_to_an_older_state_is_noticed_and_nothing_is_lost() {
    let (server, one, _code, chart) = practice().await;
    let copy = server.copy();
    one.note(&chart, "The note that the server loses.").await;
    one.engine.step().await;
    server.replace_with(copy).await;
    one.engine.step().await;
    assert!(one.alarms().contains(&Alarm::RolledBack), "{:?}", one.alarms());
    assert_eq!(one.chart(&chart).await.notes.len(), 3, "it is still here");
}

#[tokio::test]
async fn a_refused_page_is_asked_for_again_though_later_pages_were_taken() {
    let (server, _one, code, chart) = practice().await;
    let three = Device::new(&server, 3);
    three.sign_in(&code).await.unwrap();
    three.engine.step().await;
    three.note(&chart, "Third note.").await;
    three.engine.step().await;
    let two = Device::new(&server, 2);
    two.wire.small_pages.set(true);
    two.sign_in(&code).await.unwrap();
    alter_pages(&two, |commits| {
        for commit in commits.iter_mut().filter(|commit| commit.device_seq == 2) {
            let mut bytes = commit.commit.to_vec();
            *bytes.last_mut().unwrap() ^= 1;
            commit.commit = leak(bytes);
        }
    });
    two.engine.step().await;
    assert!(two.alarms().contains(&Alarm::Forged), "{:?}", two.alarms());
    two.wire.alter.borrow_mut().take();
    two.engine.step().await;
    assert_eq!(two.chart(&chart).await.notes.len(), 3, "{:?}", two.alarms());
}

#[tokio::test]
async fn a_garbled_wrap_of_a_patient_is_told_and_healed() {
    let (server, _one, code, _chart) = practice().await;
    let two = Device::new(&server, 2);
    two.sign_in(&code).await.unwrap();
    alter_pages(&two, |commits| {
        for item in commits.iter_mut().flat_map(|commit| &mut commit.items) {
            let mut bytes = item.wrap.to_vec();
            if let Some(last) = bytes.last_mut() {
                *last ^= 1;
            }
            item.wrap = leak(bytes);
        }
    });
    two.engine.step().await;
    assert!(two.alarms().iter().any(|alarm| matches!(alarm, Alarm::EnvelopeAltered { .. })), "{:?}", two.alarms());
    two.wire.alter.borrow_mut().take();
    two.engine.step().await;
    assert_eq!(two.patients("").await.total, 1);
}

#[tokio::test]
async fn commits_that_another_device_has_seen_cannot_be_hidden_unnoticed() {
    let (server, one, code, chart) = practice().await;
    let three = Device::new(&server, 3);
    three.sign_in(&code).await.unwrap();
    three.engine.step().await;
    three.note(&chart, "Hidden from the second device.").await;
    three.engine.step().await;
    one.engine.step().await;
    one.note(&chart, "Written after reading it.").await;
    one.engine.step().await;
    let two = Device::new(&server, 2);
    two.sign_in(&code).await.unwrap();
    // The server hands the first device's chain to the second one, and nothing of the third device.
    *two.wire.alter.borrow_mut() = Some(Box::new(|path, body| {
        if !path.starts_with("/v1/commits?") {
            return body;
        }
        let page = frame::decode(&body).unwrap();
        let first = page.commits[0].device;
        let mut writer = Writer::new();
        let kept: Vec<_> = page.commits.iter().filter(|commit| commit.device == first).collect();
        kept.iter().for_each(|commit| writer.commit(commit));
        writer.finish(kept.len() as u64, page.server_epoch, false)
    }));
    two.engine.step().await;
    assert!(two.alarms().contains(&Alarm::Withheld { count: 1 }), "{:?}", two.alarms());
}

#[tokio::test]
async fn a_page_cannot_claim_to_end_further_than_it_goes() {
    let (server, _one, code, chart) = practice().await;
    let two = Device::new(&server, 2);
    two.sign_in(&code).await.unwrap();
    *two.wire.alter.borrow_mut() =
        Some(Box::new(
            |path, body| {
                if path.starts_with("/v1/commits?") { Writer::new().finish(1 << 60, 1, false) } else { body }
            },
        ));
    two.engine.step().await;
    assert!(two.alarms().iter().any(|alarm| matches!(alarm, Alarm::Withheld { .. })), "{:?}", two.alarms());
    two.wire.alter.borrow_mut().take();
    two.engine.step().await;
    assert_eq!(two.chart(&chart).await.notes.len(), 2);
}
