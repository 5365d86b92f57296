use wire::{Action, AppendLog, Code, LogPage, Registered};

use crate::support::{Device, Site, entry, on_both_stores};

on_both_stores!(
    entries_come_back_in_order,
    an_entry_is_appended_on_the_head_only,
    of_appends_at_once_exactly_one_wins,
    an_enrolled_device_gets_its_share_and_the_session,
    an_append_may_be_repeated,
    only_devices_of_ones_own_account_are_registered,
    a_long_log_comes_in_pages,
);

async fn entries_come_back_in_order(site: Site) {
    let device = Device::founder(&site).await;
    let page: LogPage = device.get(&site, "/v1/log?after=-1").await.ok();
    assert_eq!(page, LogPage { first_seq: 0, entries: device.founding().entries, more: false });
    let page: LogPage = device.get(&site, "/v1/log?after=1").await.ok();
    assert_eq!((page.first_seq, page.entries), (2, vec![entry(b"clinical")]));
    let page: LogPage = device.get(&site, "/v1/log?after=2").await.ok();
    assert_eq!((page.first_seq, page.entries.len()), (3, 0));
    for query in ["", "?after=-2", "?after=x", "?after=9223372036854775807"] {
        assert_eq!(device.get(&site, &format!("/v1/log{query}")).await.code(), Code::Malformed, "{query}");
    }
}

fn append(prev: &[u8], bytes: &[u8]) -> AppendLog {
    AppendLog { prev: entry(prev).hash, entry: entry(bytes), register_device: None }
}

async fn an_entry_is_appended_on_the_head_only(site: Site) {
    let device = Device::founder(&site).await;
    for prev in [&b"genesis"[..], b"administrative", b"unknown"] {
        assert_eq!(device.append(&site, &append(prev, b"new")).await.code(), Code::NotAtHead);
    }
    let registered: Registered = device.append(&site, &append(b"clinical", b"new")).await.ok();
    assert_eq!(registered, Registered { log_seq: 3, share: None });
}

async fn of_appends_at_once_exactly_one_wins(site: Site) {
    let device = Device::founder(&site).await;
    let tries: Vec<_> = (0..6u8).map(|n| append(b"clinical", &[n])).collect();
    let other = site.beside().await;
    let servers = [&site, &other].into_iter().cycle();
    let answers = tries.iter().zip(servers).map(|(append, server)| device.append(server, append));
    let answers = futures::future::join_all(answers).await;
    assert_eq!(answers.iter().filter(|answer| answer.status.is_success()).count(), 1);
    for lost in answers.iter().filter(|answer| !answer.status.is_success()) {
        assert_eq!(lost.code(), Code::NotAtHead);
    }
    assert_eq!(site.count("log_entries").await, 4);
}

async fn an_enrolled_device_gets_its_share_and_the_session(site: Site) {
    let founder = Device::founder(&site).await;
    let mut device = Device::of(1, 2);
    let registered = device.enrol(&site, founder.founding().entries[2].hash).await;
    assert_eq!(registered.log_seq, 3);
    device.get(&site, "/v1/commits?after=0").await.success();
    let unlocked: wire::LoggedIn = device.login(&site, Action::Unlock).await.ok();
    assert_eq!(unlocked.share, registered.share);
    assert!(unlocked.share.is_some());
}

async fn an_append_may_be_repeated(site: Site) {
    let founder = Device::founder(&site).await;
    let mut device = Device::of(1, 2);
    device.login(&site, Action::Enrol).await.success();
    let admit = AppendLog { register_device: Some(device.registration()), ..append(b"clinical", b"admit") };
    let first: Registered = device.append(&site, &admit).await.ok();
    let again: Registered = device.append(&site, &admit).await.ok();
    assert_eq!(again, first);
    // Another session repeats it and is not told the share.
    let other: Registered = founder.append(&site, &admit).await.ok();
    assert_eq!(other, Registered { share: None, ..first });
    let mut forged = admit;
    forged.entry.bytes = b"other bytes under the same hash".to_vec();
    assert_eq!(device.append(&site, &forged).await.code(), Code::Malformed);
    assert_eq!((site.count("log_entries").await, site.count("devices").await), (4, 2));
}

async fn only_devices_of_ones_own_account_are_registered(site: Site) {
    let founder = Device::founder(&site).await;
    let admit =
        |device: &Device| AppendLog { register_device: Some(device.registration()), ..append(b"clinical", b"admit") };
    assert_eq!(founder.append(&site, &admit(&Device::of(2, 2))).await.code(), Code::Malformed);
    assert_eq!(founder.append(&site, &admit(&founder)).await.code(), Code::Malformed, "registered already");
    let mut weak = admit(&Device::of(1, 3));
    weak.register_device.as_mut().unwrap().access_public = [0; 32];
    assert_eq!(founder.append(&site, &weak).await.code(), Code::Malformed);
    assert_eq!(site.count("log_entries").await, 3, "a refused registration takes its entry with it");
    // From a device of the account: the new one gets a share, the session stays the old one's.
    let registered: Registered = founder.append(&site, &admit(&Device::of(1, 3))).await.ok();
    assert!(registered.share.is_some());
    founder.push(&site, &[crate::support::Commit::new(1, "a", 1, 10)]).await.success();
}

async fn a_long_log_comes_in_pages(site: Site) {
    let device = Device::founder(&site).await;
    let mut prev = b"clinical".to_vec();
    for n in 0..5 {
        let bytes = vec![n; 400_000];
        device.append(&site, &append(&prev, &bytes)).await.success();
        prev = bytes;
    }
    let (mut after, mut sizes) = (-1, Vec::new());
    loop {
        let page: LogPage = device.get(&site, &format!("/v1/log?after={after}")).await.ok();
        assert_eq!(page.first_seq as i64, after + 1);
        sizes.push(page.entries.len());
        after += page.entries.len() as i64;
        if !page.more {
            break;
        }
    }
    assert_eq!(sizes, [5, 2, 1]);
}
