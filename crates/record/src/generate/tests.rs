use std::collections::BTreeSet;

use super::*;
use crate::summary::PatientSummary;

#[test]
fn the_same_seed_gives_the_same_patients_and_another_does_not() {
    let bodies = |seed| -> Vec<Vec<u8>> { patients(seed, 20).map(|entry| entry.to_body()).collect() };
    assert_eq!(bodies(7), bodies(7));
    assert_ne!(bodies(7), bodies(8));
}

#[test]
fn patients_are_distinct_about_a_kilobyte_and_a_half_and_of_many_scripts() {
    let bodies: Vec<Vec<u8>> = patients(1, 1000).map(|entry| entry.to_body()).collect();
    let ids: BTreeSet<String> = patients(1, 1000).map(|entry| entry.id().to_owned()).collect();
    assert_eq!(ids.len(), 1000);
    let mean = bodies.iter().map(Vec::len).sum::<usize>() / bodies.len();
    assert!((1300..1900).contains(&mean), "{mean}");
    let names: BTreeSet<String> = bodies.iter().map(|body| PatientSummary::from_body(body).unwrap().name).collect();
    assert!(names.len() > 300, "{}", names.len());
    for script in ['é', 'Ł', '王', '藤', 'م', 'ễ', '\''] {
        assert!(names.iter().any(|name| name.contains(script)), "{script}");
    }
}
