use proptest::prelude::*;

use super::*;
use crate::log::Cut;
use crate::testkit::{TIME, each_flip, each_length, header, other_practice, practice, rng, second};
use crate::{RecordId, Scope, seal_record};

fn draft(log: &LogState, items: Vec<(ChartId, EnvelopeId)>) -> CommitDraft {
    CommitDraft { log: log.head(), claimed_time_ms: TIME, vector: vec![], items }
}

fn item(n: u8) -> (ChartId, EnvelopeId) {
    (ChartId::from_bytes([n; 16]), EnvelopeId::from_bytes([n; 32]))
}

/// The next commit of the first device.
fn next(prev: ChainHead, n: u8) -> (Vec<u8>, ChainHead) {
    let p = practice();
    p.device.keys.sign_commit(p.practice, prev, &draft(&p.log, vec![item(n)]))
}

fn verify(bytes: &[u8], prev: Option<ChainHead>) -> Result<ChainHead, CommitError> {
    Commit::parse(bytes).expect("well formed").verify(&second().log, prev)
}

#[test]
fn a_chain_verifies_commit_by_commit() {
    let (one, head) = next(ChainHead::START, 1);
    assert_eq!(verify(&one, None), Ok(head));
    let (two, after) = next(head, 2);
    assert_eq!(verify(&two, Some(head)), Ok(after));
    assert_eq!((after.seq, after.log_seq), (2, 2));
    assert_eq!(Commit::parse(&two).unwrap().items, [item(2)]);
}

#[test]
fn a_missing_commit_is_a_gap() {
    let (_, one) = next(ChainHead::START, 1);
    let (_, two) = next(one, 2);
    let (three, _) = next(two, 3);
    assert_eq!(verify(&three, Some(one)), Err(CommitError::Gap { expected: 2 }));
    assert_eq!(verify(&three, None), Err(CommitError::Gap { expected: 1 }));
}

#[test]
fn a_commit_taken_before_is_a_replay() {
    let (bytes, one) = next(ChainHead::START, 1);
    let (_, two) = next(one, 2);
    assert_eq!(verify(&bytes, Some(one)), Err(CommitError::Replay));
    assert_eq!(verify(&bytes, Some(two)), Err(CommitError::Replay));
}

#[test]
fn two_commits_at_one_place_are_a_fork() {
    let (_, one) = next(ChainHead::START, 1);
    let (other, other_head) = next(ChainHead::START, 9);
    assert_eq!(verify(&other, Some(one)), Err(CommitError::Fork));
    let (child, _) = next(other_head, 2);
    assert_eq!(verify(&child, Some(one)), Err(CommitError::Fork));
}

#[test]
fn number_0_is_never_taken() {
    let p = practice();
    let before = ChainHead { seq: u64::MAX, ..ChainHead::START };
    let bytes = {
        let mut bytes = next(ChainHead::START, 1).0;
        bytes[18..26].fill(0);
        let end = bytes.len() - 64;
        let signature = p.device.keys.signing.sign("commit", &p.practice, &bytes[..end]);
        bytes[end..].copy_from_slice(&signature);
        bytes
    };
    assert_eq!(verify(&bytes, None), Err(CommitError::Replay));
    assert_eq!(verify(&bytes, Some(before)), Err(CommitError::Replay));
}

#[test]
fn a_signature_of_another_device_or_practice_is_refused() {
    let (p, s) = (practice(), second());
    let mut impostor = s.keys.clone();
    impostor.device = p.device.device();
    let (bytes, _) = impostor.sign_commit(p.practice, ChainHead::START, &draft(&p.log, vec![]));
    assert_eq!(verify(&bytes, None), Err(CommitError::BadSignature));
    let (bytes, _) = p.device.keys.sign_commit(other_practice().practice, ChainHead::START, &draft(&p.log, vec![]));
    assert_eq!(verify(&bytes, None), Err(CommitError::BadSignature));
}

#[test]
fn a_device_outside_the_log_is_unknown() {
    let (p, other) = (practice(), other_practice());
    let (bytes, _) = other.device.keys.sign_commit(p.practice, ChainHead::START, &draft(&p.log, vec![]));
    assert_eq!(verify(&bytes, None), Err(CommitError::UnknownDevice));
}

#[test]
fn a_device_cannot_cite_a_head_before_it_was_added() {
    let (p, s) = (practice(), second());
    let (bytes, _) = s.keys.sign_commit(p.practice, ChainHead::START, &draft(&p.log, vec![]));
    assert_eq!(verify(&bytes, None), Err(CommitError::UnknownDevice));
    let (bytes, head) = s.keys.sign_commit(p.practice, ChainHead::START, &draft(&s.log, vec![]));
    assert_eq!(verify(&bytes, None), Ok(head));
}

#[test]
fn a_commit_ahead_of_the_known_log_is_held() {
    let (p, s) = (practice(), second());
    let (bytes, head) = s.keys.sign_commit(p.practice, ChainHead::START, &draft(&s.log, vec![]));
    let commit = Commit::parse(&bytes).unwrap();
    assert_eq!(commit.verify(&p.log, None), Err(CommitError::Held));
    assert_eq!(commit.verify(&s.log, None), Ok(head));
}

#[test]
fn a_commit_under_another_log_is_evidence() {
    let p = practice();
    let mut draft = draft(&p.log, vec![]);
    draft.log.hash = EntryHash::from_bytes([1; 32]);
    let (bytes, _) = p.device.keys.sign_commit(p.practice, ChainHead::START, &draft);
    assert_eq!(verify(&bytes, None), Err(CommitError::ForeignLog));
}

#[test]
fn the_cited_log_head_never_goes_back() {
    let (p, s) = (practice(), second());
    let (_, one) = p.device.keys.sign_commit(p.practice, ChainHead::START, &draft(&s.log, vec![]));
    let (two, _) = p.device.keys.sign_commit(p.practice, one, &draft(&p.log, vec![]));
    assert_eq!(verify(&two, Some(one)), Err(CommitError::LogWentBack));
}

#[test]
fn a_removed_device_writes_no_more_and_earlier_commits_stay_good() {
    let mut log = second().log.clone();
    let device = practice().device.device();
    log.devices.get_mut(&device).unwrap().removed_at = Some(3);
    let before = next(ChainHead::START, 1);
    assert_eq!(Commit::parse(&before.0).unwrap().verify(&log, None), Ok(before.1));
    let p = practice();
    let (after, _) = p.device.keys.sign_commit(p.practice, before.1, &draft(&log, vec![]));
    assert_eq!(Commit::parse(&after).unwrap().verify(&log, Some(before.1)), Err(CommitError::RemovedDevice));
}

#[test]
fn commits_past_a_cut_are_quarantined() {
    let (one, head) = next(ChainHead::START, 1);
    let (two, after) = next(head, 2);
    let mut log = second().log.clone();
    let device = practice().device.device();
    log.devices.get_mut(&device).unwrap().cut = Some(Cut { device, seq: 1, hash: head.hash });
    assert_eq!(Commit::parse(&one).unwrap().verify(&log, None), Ok(head));
    assert_eq!(Commit::parse(&two).unwrap().verify(&log, Some(head)), Err(CommitError::PastCut));
    log.devices.get_mut(&device).unwrap().cut = Some(Cut { device, seq: 2, hash: head.hash });
    assert_eq!(Commit::parse(&two).unwrap().verify(&log, Some(head)), Err(CommitError::Fork));
    log.devices.get_mut(&device).unwrap().cut = Some(Cut { device, seq: 2, hash: after.hash });
    assert_eq!(Commit::parse(&two).unwrap().verify(&log, Some(head)), Ok(after));
}

#[test]
fn any_flipped_bit_of_a_commit_is_refused() {
    let (one, head) = next(ChainHead::START, 1);
    assert_eq!(verify(&one, None), Ok(head));
    each_flip(&one, |bytes, bit| {
        let result = Commit::parse(bytes).map(|c| c.verify(&second().log, None));
        assert!(!matches!(result, Ok(Ok(_))), "bit {bit}");
    });
    each_length(&one, |bytes| assert!(Commit::parse(bytes).is_err()));
}

#[test]
fn an_envelope_is_taken_only_as_its_commit_lists_it() {
    let p = practice();
    let good = header(Scope::CLINICAL);
    let sealed = seal_record(&mut rng(1), &p.device.epoch_keys, &good, 1, b"x").unwrap();
    let listed = (good.chart, sealed.id);
    let check = |keys: &DeviceKeys, items: Vec<_>, item| {
        let (bytes, _) = keys.sign_commit(p.practice, ChainHead::START, &draft(&second().log, items));
        let view = EnvelopeView::parse(&sealed.envelope).unwrap();
        Commit::parse(&bytes).unwrap().check_item(&second().log, item, &view)
    };
    assert_eq!(check(&p.device.keys, vec![listed], listed), Ok(()));
    assert_eq!(check(&p.device.keys, vec![item(1)], listed), Err(CommitError::ItemMismatch), "not listed");
    let chart = (ChartId::from_bytes([0; 16]), sealed.id);
    assert_eq!(check(&p.device.keys, vec![chart], chart), Err(CommitError::ItemMismatch), "other chart");
    let id = (good.chart, EnvelopeId::from_bytes([0; 32]));
    assert_eq!(check(&p.device.keys, vec![id], id), Err(CommitError::ItemMismatch), "other envelope");
    assert_eq!(check(&second().keys, vec![listed], listed), Err(CommitError::ItemMismatch), "other author");
}

#[test]
fn items_keep_the_order_they_were_signed_in() {
    let p = practice();
    let items = vec![item(3), item(1), item(2)];
    let draft = draft(&p.log, items.clone());
    let (bytes, _) = p.device.keys.sign_commit(p.practice, ChainHead::START, &draft);
    assert_eq!(Commit::parse(&bytes).unwrap().items, items);
}

#[test]
fn an_author_writes_only_scopes_held_at_the_cited_head() {
    let p = practice();
    let header = header(Scope::CLINICAL);
    let sealed = seal_record(&mut rng(1), &p.device.epoch_keys, &header, 1, b"x").unwrap();
    let item = (header.chart, sealed.id);
    let (bytes, _) = p.device.keys.sign_commit(p.practice, ChainHead::START, &draft(&p.log, vec![item]));
    let mut log = second().log.clone();
    log.members.values_mut().for_each(|m| m.standings[0].scopes.retain(|s| *s != Scope::CLINICAL));
    let view = EnvelopeView::parse(&sealed.envelope).unwrap();
    let commit = Commit::parse(&bytes).unwrap();
    assert_eq!(commit.check_item(&log, item, &view), Err(CommitError::ScopeDenied));
    assert_eq!(commit.check_item(&p.log, item, &view), Ok(()));
}

#[test]
fn parents_share_chart_and_record_and_scope_unless_both_may_be_written() {
    let (bytes, _) = next(ChainHead::START, 1);
    let commit = Commit::parse(&bytes).unwrap();
    let child = header(Scope::CLINICAL);
    let check = |log: &LogState, parent: &Header| commit.check_parent(log, &child, parent);
    let log = &second().log;
    assert_eq!(check(log, &child), Ok(()));
    assert_eq!(check(log, &Header { scope: Scope::ADMINISTRATIVE, ..child.clone() }), Ok(()));
    for parent in [
        Header { chart: ChartId::from_bytes([0; 16]), ..child.clone() },
        Header { record: RecordId::from_bytes([0; 16]), ..child.clone() },
        Header { practice: other_practice().practice, ..child.clone() },
    ] {
        assert_eq!(check(log, &parent), Err(CommitError::ForeignParent));
    }
    let mut narrow = log.clone();
    narrow.members.values_mut().for_each(|m| m.standings[0].scopes.retain(|s| *s != Scope::ADMINISTRATIVE));
    let moved = Header { scope: Scope::ADMINISTRATIVE, ..child.clone() };
    assert_eq!(check(&narrow, &moved), Err(CommitError::ForeignParent));
    assert_eq!(check(&narrow, &child), Ok(()));
}

#[test]
fn vectors_are_sorted_when_signed_and_required_sorted_when_read() {
    let p = practice();
    let entry =
        |n: u8| VectorItem { device: DeviceId::from_bytes([n; 16]), seq: 1, hash: CommitHash::from_bytes([n; 32]) };
    let draft = CommitDraft { vector: vec![entry(2), entry(1)], ..draft(&p.log, vec![]) };
    let (mut bytes, _) = p.device.keys.sign_commit(p.practice, ChainHead::START, &draft);
    assert_eq!(Commit::parse(&bytes).unwrap().vector, [entry(1), entry(2)]);
    let at = 2 + 16 + 8 + 32 + 8 + 32 + 8 + 4;
    bytes[at] = 9;
    assert_eq!(Commit::parse(&bytes).unwrap_err(), Error::Malformed);
}

proptest! {
    #[test]
    fn random_commits_are_refused_without_panic(bytes in proptest::collection::vec(any::<u8>(), 0..400)) {
        let result = Commit::parse(&bytes).map(|c| c.verify(&second().log, None));
        prop_assert!(!matches!(result, Ok(Ok(_))));
    }
}
