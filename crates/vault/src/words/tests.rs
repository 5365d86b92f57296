use super::*;
use crate::testkit::rng;

#[test]
fn words_are_the_leading_bits_of_the_hash() {
    assert_eq!(words(&[0; 32], 3), "abandon abandon abandon");
    assert_eq!(words(&[0xff; 32], 2), "zoo zoo");
    // 0000 0000 001 | 0000 0000 010 : words 1 and 2 of the list, counted from 0.
    let mut hash = [0; 32];
    (hash[1], hash[2]) = (0b0010_0000, 0b0000_1000);
    assert_eq!(words(&hash, 2), "ability able");
}

#[test]
fn no_more_words_are_given_than_the_hash_holds() {
    assert_eq!(words(&[0; 32], 100).split(' ').count(), MAX_WORDS);
}

#[test]
fn passphrases_have_the_words_asked_for_and_differ() {
    let list = Language::English.word_list();
    let mut rng = rng(1);
    let one = generate_passphrase(&mut rng, PASSPHRASE_WORDS);
    let two = generate_passphrase(&mut rng, PASSPHRASE_WORDS);
    assert_ne!(one, two);
    for phrase in [&one, &two] {
        assert_eq!(phrase.split('-').count(), PASSPHRASE_WORDS);
        assert!(phrase.split('-').all(|w| list.contains(&w)));
    }
}

#[test]
fn the_offered_passphrase_is_strong_enough_to_unlock_offline() {
    assert_eq!(Language::English.word_list().len(), 1 << 11);
    const { assert!(PASSPHRASE_WORDS * 11 >= 60) };
}
