use super::*;
use crate::Scope;
use crate::testkit::{other_practice, practice, rng};

fn combine(sheets: &[Sheet]) -> Result<RecoveryKeys> {
    let p = practice();
    RecoveryKeys::combine(sheets, p.practice, p.log.recovery())
}

#[test]
fn any_two_of_three_sheets_give_the_key_back() {
    let [a, b, c] = practice().sheets.clone();
    assert_eq!([a.number(), b.number(), c.number()], [1, 2, 3]);
    for pair in [[&a, &b], [&a, &c], [&c, &b]] {
        let typed = pair.map(|s| Sheet::parse(&s.to_code()).unwrap());
        let keys = combine(&typed).unwrap();
        let epoch_keys = practice().log.epoch_keys_for_recovery(&keys).unwrap();
        assert!(epoch_keys.holds(Scope::CLINICAL, 0) && epoch_keys.holds(Scope::ADMINISTRATIVE, 0));
    }
    assert!(combine(&[a, b, c]).is_ok(), "more than needed is fine");
}

#[test]
fn one_sheet_is_not_enough_even_twice() {
    let [a, ..] = practice().sheets.clone();
    assert_eq!(combine(std::slice::from_ref(&a)).unwrap_err(), Error::NotEnoughSheets);
    assert_eq!(combine(&[a.clone(), a]).unwrap_err(), Error::NotEnoughSheets);
    assert_eq!(combine(&[]).unwrap_err(), Error::NotEnoughSheets);
}

#[test]
fn a_sheet_of_another_practice_or_an_altered_one_is_noticed() {
    let [a, b, _] = practice().sheets.clone();
    let foreign = other_practice().sheets[1].clone();
    assert_eq!(combine(&[a.clone(), foreign]).unwrap_err(), Error::SheetMismatch);
    let mut altered = b.clone();
    altered.share[5] ^= 1;
    assert_eq!(combine(&[a.clone(), altered]).unwrap_err(), Error::SheetMismatch);
    let mut zero = b;
    zero.share[0] = 0;
    assert_eq!(combine(&[a, zero]).unwrap_err(), Error::SheetMismatch);
}

#[test]
fn each_changed_symbol_of_a_sheet_is_refused() {
    let code = practice().sheets[0].to_code();
    assert_eq!(code.split('-').count(), 35);
    for (at, old) in code.char_indices().filter(|(_, c)| *c != '-') {
        let new = if old == 'Z' { 'Y' } else { 'Z' };
        let mut typed = code.to_string();
        typed.replace_range(at..=at, &new.to_string());
        assert!(Sheet::parse(&typed).is_err(), "{typed}");
    }
}

#[test]
fn a_kit_is_not_a_sheet() {
    assert!(Sheet::parse(&practice().kit.to_code()).is_err());
}

#[test]
fn a_threshold_that_makes_no_sense_is_refused() {
    let keys = RecoveryKeys::generate(&mut rng(1));
    for (k, n) in [(0, 3), (1, 3), (4, 3)] {
        assert!(keys.split(&mut rng(1), practice().practice, k, n).is_err());
        assert!(!keys.public(k, n).is_sensible());
    }
}

#[test]
fn sheets_print_without_their_share() {
    assert_eq!(format!("{:?}", practice().sheets[0]), "Sheet(1 of 3, any 2)");
}
