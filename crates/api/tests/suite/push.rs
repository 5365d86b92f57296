use wire::{Code, Pushed};

use crate::support::{Commit, Device, Site, frame_of, on_both_stores};

on_both_stores!(
    a_push_twice_is_the_same_as_once,
    a_push_that_overlaps_adds_what_is_new,
    a_gap_a_fork_or_a_jump_is_out_of_sequence,
    a_device_pushes_its_own_commits_only,
    a_push_that_fails_midway_stores_nothing,
    a_push_is_durable_once_answered,
    an_envelope_keeps_its_bytes,
    an_empty_envelope_refers_to_a_stored_one,
    concurrent_pushes_through_two_servers_get_cursors_without_gaps,
    nothing_to_push_is_malformed,
);

async fn a_push_twice_is_the_same_as_once(site: Site) {
    let device = Device::founder(&site).await;
    let commits = [Commit::new(1, "a", 3, 100), Commit::new(2, "a", 0, 0)];
    let first: Pushed = device.push(&site, &commits).await.ok();
    assert_eq!(first, Pushed { device_seq: 2, cursor: 2 });
    let second: Pushed = device.push(&site, &commits).await.ok();
    assert_eq!(second, first);
    let prefix: Pushed = device.push(&site, &commits[..1]).await.ok();
    assert_eq!(prefix, Pushed { device_seq: 1, cursor: 1 });
    assert_eq!((site.count("commits").await, site.count("items").await), (2, 3));
}

async fn a_push_that_overlaps_adds_what_is_new(site: Site) {
    let device = Device::founder(&site).await;
    let commits: Vec<_> = (1..=5).map(|seq| Commit::new(seq, "a", 2, 50)).collect();
    device.push(&site, &commits[..3]).await.success();
    let pushed: Pushed = device.push(&site, &commits[1..]).await.ok();
    assert_eq!(pushed, Pushed { device_seq: 5, cursor: 5 });
    let all = device.pull_all(&site, 0, 1 << 20).await;
    assert_eq!(all, (1..).zip(commits).collect::<Vec<_>>());
}

async fn a_gap_a_fork_or_a_jump_is_out_of_sequence(site: Site) {
    let device = Device::founder(&site).await;
    let commit = |seq| Commit::new(seq, "a", 1, 50);
    device.push(&site, &[commit(1), commit(2)]).await.success();
    let fork = Commit { hash: [7; 32], ..commit(2) };
    for bad in [
        vec![commit(4)],
        vec![commit(3), commit(5)],
        vec![commit(3), commit(3)],
        vec![commit(0)],
        vec![commit(0), commit(1)],
        vec![fork.clone()],
        vec![fork, commit(3)],
        vec![commit(u64::MAX)],
        vec![commit(2), commit(1)],
    ] {
        let seqs: Vec<_> = bad.iter().map(|commit| commit.seq).collect();
        assert_eq!(device.push(&site, &bad).await.code(), Code::OutOfSequence, "{seqs:?}");
    }
    assert_eq!(site.count("commits").await, 2);
    let pushed: Pushed = device.push(&site, &[commit(3)]).await.ok();
    assert_eq!(pushed.cursor, 3);
}

async fn a_device_pushes_its_own_commits_only(site: Site) {
    let device = Device::founder(&site).await;
    let body = frame_of([9; 16], &[Commit::new(1, "a", 1, 50)]);
    assert_eq!(device.post(&site, "/v1/commits", body).await.code(), Code::Malformed);
    assert_eq!(site.count("commits").await, 0);
}

async fn a_push_that_fails_midway_stores_nothing(site: Site) {
    let device = Device::founder(&site).await;
    device.push(&site, &[Commit::new(1, "a", 2, 50)]).await.success();
    let next = [Commit::new(2, "a", 500, 50), Commit::new(3, "a", 1, 50)];
    site.break_items_at(450).await;
    let failed = device.push(&site, &next).await;
    assert_eq!(failed.code(), Code::Storage);
    assert!(!String::from_utf8_lossy(&failed.body).contains("broken"), "nothing of the storage's own words");
    assert_eq!((site.count("commits").await, site.count("items").await), (1, 2));
    site.mend_items().await;
    let pushed: Pushed = device.push(&site, &next).await.ok();
    assert_eq!(pushed, Pushed { device_seq: 3, cursor: 3 });
}

async fn a_push_is_durable_once_answered(mut site: Site) {
    let device = Device::founder(&site).await;
    let commits = [Commit::new(1, "a", 3, 1500), Commit::new(2, "a", 1, 20_000)];
    device.push(&site, &commits).await.success();
    let site = site.reopened().await;
    let all = device.pull_all(&site, 0, 1 << 20).await;
    assert_eq!(all, (1..).zip(commits).collect::<Vec<_>>());
}

async fn an_envelope_keeps_its_bytes(site: Site) {
    let device = Device::founder(&site).await;
    let first = Commit::new(1, "a", 1, 50);
    device.push(&site, std::slice::from_ref(&first)).await.success();
    let mut other = Commit::new(2, "a", 1, 50);
    other.items[0].id = first.items[0].id;
    assert_eq!(device.push(&site, &[other]).await.code(), Code::Malformed);
    let mut twice = Commit::new(2, "a", 2, 50);
    twice.items[1].id = twice.items[0].id;
    assert_eq!(device.push(&site, &[twice]).await.code(), Code::Malformed, "two of one push");
    assert_eq!((site.count("commits").await, site.count("items").await), (1, 1));
}

async fn an_empty_envelope_refers_to_a_stored_one(site: Site) {
    let device = Device::founder(&site).await;
    let first = Commit::new(1, "a", 2, 50);
    let mut refers = Commit::new(2, "a", 1, 0);
    refers.items[0] = first.items[1].clone();
    refers.items[0].envelope.clear();
    refers.items[0].wrap = b"wrap of a later epoch".to_vec();
    assert_eq!(device.push(&site, &[Commit { seq: 1, ..refers.clone() }]).await.code(), Code::Malformed);
    device.push(&site, &[first.clone(), refers.clone()]).await.success();
    let all = device.pull_all(&site, 1, 1 << 20).await;
    let mut served = refers;
    served.items[0].envelope = first.items[1].envelope.clone();
    assert_eq!(all, [(2, served)]);
}

async fn concurrent_pushes_through_two_servers_get_cursors_without_gaps(site: Site) {
    let other = site.beside().await;
    let founder = Device::founder(&site).await;
    let mut devices = vec![founder.clone()];
    let mut prev = founder.founding().entries[2].hash;
    for n in 2..=4 {
        let mut device = Device::of(1, n);
        device.enrol(&site, prev).await;
        prev = crate::support::entry(&device.device).hash;
        devices.push(device);
    }
    let reader = async {
        let mut after = 0;
        let mut seen = Vec::new();
        while seen.len() < 40 {
            for (cursor, _) in founder.pull_all(&site, after, 500).await {
                seen.push(cursor);
                after = cursor;
            }
        }
        seen
    };
    let writers = devices.iter().zip([&site, &other].into_iter().cycle()).map(|(device, server)| async move {
        for seq in 1..=10 {
            let salt = format!("device {}", device.device[0]);
            device.push(server, &[Commit::new(seq, &salt, 2, 50)]).await.success();
        }
    });
    let (seen, _) = futures::join!(reader, futures::future::join_all(writers));
    assert_eq!(seen, (1..=40).collect::<Vec<_>>(), "the reader is shown every cursor, in order");
}

async fn nothing_to_push_is_malformed(site: Site) {
    let device = Device::founder(&site).await;
    assert_eq!(device.push(&site, &[]).await.code(), Code::Malformed);
}
