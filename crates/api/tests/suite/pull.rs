use wire::{AskEnvelopes, Code, frame};

use crate::support::{Commit, Device, Site, on_both_stores};

on_both_stores!(
    a_page_holds_about_what_was_asked_for_and_at_least_one_commit,
    pulling_can_be_resumed_anywhere,
    an_empty_practice_gives_an_empty_page,
    a_cursor_beyond_the_stream_is_of_another_epoch,
    envelopes_are_found_by_id,
    too_many_ids_are_refused,
);

async fn filled(site: &Site) -> (Device, Vec<Commit>) {
    let device = Device::founder(site).await;
    let commits: Vec<_> = (1..=20).map(|seq| Commit::new(seq, "a", seq as usize % 4, 1000)).collect();
    device.push(site, &commits).await.success();
    (device, commits)
}

async fn a_page_holds_about_what_was_asked_for_and_at_least_one_commit(site: Site) {
    let (device, commits) = filled(&site).await;
    for bytes in [0, 1, 2_000, 10_000, 50_000, u64::MAX] {
        let answer = device.get(&site, &format!("/v1/commits?after=0&bytes={bytes}")).await;
        let page = frame::decode(answer.success()).unwrap();
        let alone = page.commits.len() == 1;
        assert!(alone || answer.body.len() as u64 <= bytes.saturating_add(25), "{bytes}: {}", answer.body.len());
        assert_eq!(page.more, page.commits.len() < commits.len());
        assert_eq!(page.next, page.commits.last().unwrap().cursor);
        assert_eq!(frame::peek(&answer.body).unwrap(), (page.next, page.more));
        assert_eq!(device.pull_all(&site, 0, bytes).await.len(), commits.len());
    }
    // The next commit would not have fitted.
    let answer = device.get(&site, "/v1/commits?after=0&bytes=10000").await;
    let page = frame::decode(&answer.body).unwrap();
    let next = device.get(&site, &format!("/v1/commits?after={}&bytes=1", page.next)).await;
    assert!(answer.body.len() + next.body.len() - 25 > 10_000);
}

async fn pulling_can_be_resumed_anywhere(site: Site) {
    let (device, commits) = filled(&site).await;
    for after in 0..=commits.len() {
        let rest = device.pull_all(&site, after as u64, 3_000).await;
        let expected: Vec<_> = (1..).zip(commits.iter().cloned()).skip(after).collect();
        assert_eq!(rest, expected, "after {after}");
    }
}

async fn an_empty_practice_gives_an_empty_page(site: Site) {
    let device = Device::founder(&site).await;
    let answer = device.get(&site, "/v1/commits?after=0").await;
    let page = frame::decode(answer.success()).unwrap();
    assert_eq!((page.next, page.more, page.commits.len()), (0, false, 0));
    assert_eq!(answer.headers["content-type"], wire::CONTENT_TYPE);
}

async fn a_cursor_beyond_the_stream_is_of_another_epoch(site: Site) {
    let (device, _) = filled(&site).await;
    for after in [21, u64::MAX >> 1, u64::MAX] {
        let answer = device.get(&site, &format!("/v1/commits?after={after}")).await;
        assert_eq!(answer.code(), Code::OtherEpoch, "{after}");
    }
    for query in ["", "?after=", "?after=-1", "?after=x", "?after=1&bytes=-1", "?after=1&bytes=many", "?bytes=1"] {
        let answer = device.get(&site, &format!("/v1/commits{query}")).await;
        assert_eq!(answer.code(), Code::Malformed, "{query}");
    }
}

async fn envelopes_are_found_by_id(site: Site) {
    let (device, commits) = filled(&site).await;
    let mut rewrapped = Commit::new(21, "a", 1, 0);
    rewrapped.items[0] = commits[6].items[1].clone();
    rewrapped.items[0].wrap = b"newer".to_vec();
    device.push(&site, &[rewrapped.clone()]).await.success();

    let (plain, newer) = (&commits[2].items[0], &rewrapped.items[0]);
    let ask = AskEnvelopes { ids: vec![plain.id, [0xee; 32], newer.id] };
    let answer = device.post(&site, "/v1/envelopes", wire::encode(&ask)).await;
    let page = frame::decode(answer.success()).unwrap();
    let [commit] = &page.commits[..] else { panic!("one nameless commit") };
    assert_eq!((commit.device, commit.commit.len(), commit.items.len()), ([0; 16], 0, 2));
    for item in [plain, newer] {
        let found = commit.items.iter().find(|found| found.envelope_id == item.id).unwrap();
        assert_eq!((found.chart, found.envelope, found.wrap), (item.chart, &item.envelope[..], &item.wrap[..]));
    }
}

async fn too_many_ids_are_refused(site: Site) {
    let device = Device::founder(&site).await;
    let ask = |n| wire::encode(&AskEnvelopes { ids: vec![[1; 32]; n] });
    device.post(&site, "/v1/envelopes", ask(4096)).await.success();
    assert_eq!(device.post(&site, "/v1/envelopes", ask(4097)).await.code(), Code::TooLarge);
}
