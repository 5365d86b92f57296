use super::*;
use crate::testkit::{each_flip, each_length, other_practice, practice, rng};

fn open(wrap: &[u8]) -> Result<AccountKeys> {
    let p = practice();
    AccountKeys::open(p.practice, p.kit.account, wrap, p.person.unlock_key())
}

#[test]
fn a_wrap_opens_to_the_same_keys() {
    let p = practice();
    let opened = open(&p.account_wrap).unwrap();
    let login = p.person.login_public();
    assert_eq!(opened.public(login), p.account.public(login));
    assert_eq!(*opened.key.0, *p.account.key.0);
    assert_eq!(AccountWrap::parse(&p.account_wrap).unwrap().kdf, Kdf::FLOOR);
}

#[test]
fn any_flipped_bit_of_an_account_wrap_is_refused() {
    each_flip(&practice().account_wrap, |wrap, bit| assert!(open(wrap).is_err(), "bit {bit}"));
}

#[test]
fn a_cut_or_lengthened_account_wrap_is_refused() {
    each_length(&practice().account_wrap, |wrap| assert!(open(wrap).is_err()));
}

#[test]
fn another_password_practice_or_account_is_one_opaque_error() {
    let (p, other) = (practice(), other_practice());
    let (practice, account, wrap) = (p.practice, p.kit.account, &p.account_wrap);
    let unlock = p.person.unlock_key();
    for result in [
        AccountKeys::open(practice, account, wrap, other.person.unlock_key()),
        AccountKeys::open(other.practice, account, wrap, unlock),
        AccountKeys::open(practice, other.kit.account, wrap, unlock),
    ] {
        assert_eq!(result.unwrap_err(), Error::Open);
    }
}

#[test]
fn a_wrap_that_asks_for_weak_hashing_is_refused_before_use() {
    let p = practice();
    let weak = Kdf { passes: 1, ..Kdf::FLOOR };
    let wrap = p.account.seal(&mut rng(9), p.practice, weak, p.person.unlock_key());
    assert_eq!(open(&wrap).unwrap_err(), Error::KdfBelowFloor);
}

#[test]
fn a_password_change_keeps_the_keys_and_shuts_out_the_old_password() {
    let (p, new) = (practice(), other_practice().person.unlock_key());
    let higher = Kdf { passes: 4, ..Kdf::FLOOR };
    let wrap = p.account.rewrap(&mut rng(9), &p.account_wrap, higher, new).unwrap();
    let opened = AccountKeys::open(p.practice, p.kit.account, &wrap, new).unwrap();
    assert_eq!(*opened.key.0, *p.account.key.0);
    assert_eq!(open(&wrap).unwrap_err(), Error::Open);
    assert_eq!(AccountWrap::parse(&wrap).unwrap().kdf, higher);
}

#[test]
fn a_password_change_cannot_lower_the_hashing() {
    let p = practice();
    let higher = Kdf { passes: 4, ..Kdf::FLOOR };
    let wrap = p.account.rewrap(&mut rng(9), &p.account_wrap, higher, p.person.unlock_key()).unwrap();
    let lowered = p.account.rewrap(&mut rng(9), &wrap, Kdf::FLOOR, p.person.unlock_key());
    assert_eq!(lowered.unwrap_err(), Error::KdfBelowFloor);
}

#[test]
fn a_password_change_refuses_the_wrap_of_another_account() {
    let (p, other) = (practice(), other_practice());
    let result = p.account.rewrap(&mut rng(9), &other.account_wrap, Kdf::FLOOR, p.person.unlock_key());
    assert_eq!(result.unwrap_err(), Error::Open);
}
