//! How a code is typed: in any case, with or without gaps, in one go or group by group.

/// Symbols in a group.
const GROUP: usize = 5;

/// The code in capital groups, as on paper. What is no typed code (a scanned text) stays as it is.
pub fn tidy(typed: &str) -> String {
    let symbols: Vec<char> = typed.chars().filter(|letter| !is_gap(*letter)).map(symbol).collect();
    if symbols.is_empty() || !symbols.iter().all(char::is_ascii_alphanumeric) {
        return typed.trim().to_owned();
    }
    symbols.chunks(GROUP).map(|group| group.iter().collect::<String>()).collect::<Vec<_>>().join(" ")
}

/// Whether a typed group is the one that was asked for.
pub fn same_group(typed: &str, asked: &str) -> bool {
    let plain = |text: &str| text.chars().filter(|letter| !is_gap(*letter)).map(symbol).collect::<String>();
    plain(typed) == plain(asked)
}

/// O is not used and reads as zero, I and L as one.
fn symbol(letter: char) -> char {
    match letter.to_ascii_uppercase() {
        'O' => '0',
        'I' | 'L' => '1',
        letter => letter,
    }
}

fn is_gap(letter: char) -> bool {
    letter.is_whitespace() || matches!(letter, '-' | '\u{2010}'..='\u{2015}' | '\u{200b}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_is_read_however_it_is_typed() {
        for typed in ["7qx2k hn9tw 0rv", "7QX2K-HN9TW-ORV", "7qx2khn9tworv", " 7QX2K\nHN9TW – ORV "] {
            assert_eq!(tidy(typed), "7QX2K HN9TW 0RV");
        }
    }

    #[test]
    fn a_scanned_text_is_not_touched() {
        assert_eq!(tidy(" AMPOULE1:7QX2K:abc:https://cellar.lan "), "AMPOULE1:7QX2K:abc:https://cellar.lan");
        assert_eq!(tidy(""), "");
    }

    #[test]
    fn groups_are_compared_without_case_and_look_alikes() {
        assert!(same_group("g58jo", "G58J0"));
        assert!(same_group(" il0 ", "110"));
        assert!(!same_group("G58J", "G58J0"));
    }
}
