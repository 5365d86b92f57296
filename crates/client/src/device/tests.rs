use super::*;

#[test]
fn generated_words_are_strong_enough_for_offline_unlock() {
    let strength = strength("magnet violin ocean pencil ladder winter");
    assert!(strength.offline_ok && strength.accepted && strength.score == 4, "{strength:?}");
}

#[test]
fn what_people_choose_is_judged_without_mercy() {
    for weak in ["", "123456", "password", "abcdefgh", "aaaaaaaaaaaa", "19620209", "sunshine1", "Dolores1962"] {
        assert!(!strength(weak).accepted, "{weak}: {:?}", strength(weak));
    }
}

#[test]
fn repeating_a_word_adds_next_to_nothing() {
    let once = strength("magnet violin").bits;
    assert!(strength("magnet violin magnet violin magnet violin").bits <= once + 8);
}
