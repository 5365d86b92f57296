use record::summary::PatientSummary;

use super::*;

fn row(number: u32, family: &str, given: &str) -> Row {
    let body = format!(
        r#"{{"resource":{{"resourceType":"Patient","id":"{number}","name":[{{"family":"{family}","given":["{given}"]}}],"birthDate":"1962-02-09"}}}}"#
    );
    let mut chart = [0; 16];
    chart[..4].copy_from_slice(&number.to_be_bytes());
    Row::new(chart, &PatientSummary::from_body(body.as_bytes()).unwrap(), false)
}

fn add(index: &mut Index, rows: Vec<Row>) -> usize {
    let changes = index.plan(rows);
    let count = changes.len();
    changes.into_iter().for_each(|change| index.apply(change));
    count
}

fn names(index: &mut Index, query: &str) -> Vec<String> {
    let tokens = record::fold::query_tokens(query);
    index.search(&tokens, 0, 1000).1.into_iter().map(|row| row.name).collect()
}

#[test]
fn rows_come_in_order_of_family_then_given_name_across_segments() {
    let mut index = Index::default();
    add(&mut index, vec![row(1, "Young", "Ann"), row(2, "Abel", "Zoe")]);
    add(&mut index, vec![row(3, "Abel", "Ann"), row(4, "Moss", "Ida")]);
    let names = names(&mut index, "");
    assert_eq!(names.len(), 4);
    let order: Vec<bool> =
        ["Ann", "Zoe", "Ida", "Young"].iter().zip(&names).map(|(part, name)| name.contains(part)).collect();
    assert_eq!(order, [true; 4], "{names:?}");
}

#[test]
fn search_takes_words_in_any_order_without_accents_or_case() {
    let mut index = Index::default();
    add(&mut index, vec![row(1, "Quintanilla Ríos", "Dolores"), row(2, "Halvorsen", "Inge")]);
    for query in ["rios dol", "DOLORES quint", "ríos", "1962-02-09 dolo"] {
        assert_eq!(names(&mut index, query).len(), 1, "{query}");
    }
    assert_eq!(names(&mut index, "halvorsen dolores").len(), 0);
}

#[test]
fn a_newer_row_replaces_the_older_one_also_after_loading_from_disk() {
    let mut index = Index::default();
    let mut disk = BTreeMap::new();
    for rows in [vec![row(1, "Abel", "Ann"), row(2, "Moss", "Ida")], vec![row(1, "Zorn", "Ann")]] {
        for change in index.plan(rows) {
            disk.insert(change.add.0, change.add.1.clone());
            change.remove.iter().for_each(|number| drop(disk.remove(number)));
            index.apply(change);
        }
    }
    let mut loaded = Index::default();
    for (number, bytes) in disk {
        loaded.load(number, Segment::open(bytes.into()).unwrap());
    }
    for index in [&mut index, &mut loaded] {
        assert_eq!(index.total(), 2);
        assert!(names(index, "abel").is_empty());
        assert_eq!(names(index, "zorn").len(), 1);
    }
}

#[test]
fn many_small_edits_are_merged_and_nothing_is_lost() {
    let mut index = Index::default();
    add(&mut index, (0..600).map(|number| row(number, &format!("Family{number:03}"), "Ann")).collect());
    for round in 0..100 {
        add(&mut index, vec![row(round * 3, &format!("Changed{round:03}"), "Ann")]);
    }
    assert_eq!(index.total(), 600);
    assert!(index.segments.len() < 16, "{} segments", index.segments.len());
    assert_eq!(names(&mut index, "changed").len(), 100);
    assert_eq!(names(&mut index, "family").len(), 500);
}

#[test]
fn a_window_far_down_is_the_same_as_the_whole_cut() {
    let mut index = Index::default();
    for part in 0..5 {
        add(
            &mut index,
            (0..300).map(|n| row(part * 300 + n, &format!("F{:04}", (n * 7 + part * 13) % 1500), "A")).collect(),
        );
    }
    let all = index.search(&[], 0, 5000).1;
    assert_eq!(all.len(), 1500);
    assert_eq!(index.search(&[], 700, 50).1, all[700..750]);
    assert_eq!(index.search(&[], 100, 50).1, all[100..150]);
}

#[test]
fn cut_or_unknown_segments_do_not_open() {
    let bytes = segment::write(&mut [row(1, "Abel", "Ann")], &[]);
    assert!(Segment::open(bytes.clone().into()).is_some());
    assert!(Segment::open(bytes[..8].to_vec().into()).is_none());
    let mut newer = bytes;
    newer[0] = 2;
    assert!(Segment::open(newer.into()).is_none());
}
