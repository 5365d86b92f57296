use super::*;
use crate::testkit::{PASSWORD, practice};

#[test]
fn the_same_kit_and_password_give_the_same_keys() {
    let p = practice();
    let again = PersonKeys::derive(&p.kit, PASSWORD, Kdf::FLOOR).unwrap();
    assert_eq!(again.login_public(), p.person.login_public());
    assert_eq!(*again.unlock.0, *p.person.unlock.0);
    assert_ne!(*again.unlock.0, *again.login.seed(), "login and unlock are apart");
}

#[test]
fn composed_and_decomposed_passwords_are_one() {
    let p = practice();
    let composed = PersonKeys::derive(&p.kit, "Gr\u{fc}\u{df}e \u{fb01}n", Kdf::FLOOR).unwrap();
    let decomposed = PersonKeys::derive(&p.kit, "Gru\u{308}\u{df}e fin", Kdf::FLOOR).unwrap();
    assert_eq!(composed.login_public(), decomposed.login_public());
}

#[test]
fn password_account_secret_key_and_cost_all_matter() {
    let p = practice();
    let mine = p.person.login_public();
    let login = |kit: &Kit, password: &str, kdf| PersonKeys::derive(kit, password, kdf).unwrap().login_public();
    assert_ne!(login(&p.kit, "correct hors", Kdf::FLOOR), mine);
    assert_ne!(login(&p.kit, PASSWORD, Kdf { passes: 4, ..Kdf::FLOOR }), mine);
    let other = Kit { account: crate::AccountId::from_bytes([0; 16]), ..p.kit.clone() };
    assert_ne!(login(&other, PASSWORD, Kdf::FLOOR), mine);
    let other = Kit { secret_key: crate::SecretKey::from_bytes(&[0; 16]), ..p.kit.clone() };
    assert_ne!(login(&other, PASSWORD, Kdf::FLOOR), mine);
}

#[test]
fn a_login_signature_verifies_under_the_public_half_only() {
    let p = practice();
    let signature = p.person.sign_login(b"statement");
    assert!(p.person.login_public().verify_raw(b"statement", &signature));
    assert!(!p.person.login_public().verify_raw(b"statemenu", &signature));
    assert!(!p.device.keys.public().access.verify_raw(b"statement", &signature));
}
