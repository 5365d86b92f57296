use super::*;
use proptest::prelude::*;

fn sample() -> Vec<u8> {
    let mut writer = Writer::new();
    let items = vec![
        ItemFrame { chart: [1; 16], envelope_id: [2; 32], envelope: b"envelope", wrap: b"wrap" },
        ItemFrame { chart: [3; 16], envelope_id: [4; 32], envelope: b"", wrap: b"" },
    ];
    writer.commit(&CommitFrame { cursor: 7, device: [5; 16], device_seq: 9, hash: [6; 32], commit: b"commit", items });
    writer.finish(7, 11, true)
}

#[test]
fn a_frame_comes_back_as_it_was_written() {
    let bytes = sample();
    let frame = decode(&bytes).unwrap();
    assert_eq!((frame.next, frame.server_epoch, frame.more), (7, 11, true));
    assert_eq!(peek(&bytes).unwrap(), (7, true));
    assert_eq!(frame.commits[0].items[0].envelope, b"envelope");
    assert_eq!(frame.commits[0].items[1].wrap, b"");
    let mut again = Writer::new();
    again.commit(&frame.commits[0]);
    assert_eq!(again.finish(7, 11, true), bytes);
}

#[test]
fn a_cut_or_longer_frame_is_refused() {
    let bytes = sample();
    for len in 0..bytes.len() {
        assert_eq!(decode(&bytes[..len]), Err(Malformed), "cut at {len}");
    }
    let mut longer = bytes.clone();
    longer.push(0);
    assert_eq!(decode(&longer), Err(Malformed));
}

#[test]
fn a_count_that_promises_too_much_allocates_nothing() {
    let mut bytes = Writer::new().finish(0, 0, false);
    bytes[21..25].copy_from_slice(&u32::MAX.to_le_bytes());
    assert_eq!(decode(&bytes), Err(Malformed));
}

proptest! {
    #[test]
    fn any_bytes_never_panic(bytes in proptest::collection::vec(any::<u8>(), 0..400)) {
        let _ = decode(&bytes);
        let mut framed = MAGIC.to_vec();
        framed.extend_from_slice(&bytes);
        let _ = decode(&framed);
    }
}
