use super::*;

fn item(record: u8, id: u8, parents: &[u8]) -> Item {
    Item {
        chart: [1; 16],
        record: [record; 16],
        id: [id; 32],
        parents: parents.iter().map(|parent| [*parent; 32]).collect(),
        at: 0,
        len: 1,
        wrap_at: 0,
        wrap_len: 0,
    }
}

fn directory(device: u8, seq: u64, items: Vec<Item>) -> Directory {
    let link =
        Link { device: [device; 16], seq, hash: [seq as u8; 32], log_seq: 2, claimed_ms: 0, items: items.len() as u32 };
    Directory { commits: vec![link], items }
}

#[test]
fn the_versions_without_children_are_the_heads() {
    let mut catalog = Catalog::default();
    catalog.add(1, &directory(1, 1, vec![item(5, 1, &[])]));
    catalog.add(2, &directory(1, 2, vec![item(5, 2, &[1])]));
    catalog.add(3, &directory(2, 1, vec![item(5, 3, &[1])]));
    let ids = |catalog: &Catalog| {
        let mut ids: Vec<u8> = catalog.heads(&[1; 16], &[5; 16]).iter().map(|head| head.item.id[0]).collect();
        ids.sort_unstable();
        ids
    };
    assert_eq!(ids(&catalog), [2, 3]);
    catalog.add(4, &directory(2, 2, vec![item(5, 4, &[2, 3])]));
    assert_eq!(ids(&catalog), [4]);
    assert_eq!(catalog.records(), 1);
}

#[test]
fn a_withheld_version_is_remembered_until_it_comes() {
    let mut catalog = Catalog::default();
    catalog.add(1, &directory(1, 1, vec![Item { len: 0, ..item(5, 1, &[]) }]));
    assert_eq!(catalog.withheld().len(), 1);
    catalog.add(2, &directory(1, 0, vec![item(5, 1, &[])]));
    assert!(catalog.withheld().is_empty());
    assert_eq!(catalog.chart(&[1; 16]).len(), 1);
    assert_eq!(catalog.tip(&[1; 16]).unwrap().seq, 1, "items alone do not extend a chain");
}

#[test]
fn a_commit_out_of_sequence_does_not_extend_a_chain() {
    let mut catalog = Catalog::default();
    catalog.add(1, &directory(1, 1, vec![]));
    catalog.add(2, &directory(1, 3, vec![]));
    assert_eq!(catalog.tip(&[1; 16]).unwrap().seq, 1);
    assert_eq!(catalog.commit(&[1; 16], 1), Some([1; 32]));
    assert_eq!(catalog.commit(&[1; 16], 0), None);
}
