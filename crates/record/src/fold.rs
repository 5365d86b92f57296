//! Folding of text for search: case, accents, width and ligatures do not matter.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

#[cfg(test)]
mod tests;

/// `"Müller"`, `"MULLER"` and `"Mu\u{308}ller"` all fold to `"muller"`: NFKD, marks dropped, lower case.
pub fn fold(text: &str) -> String {
    if text.is_ascii() {
        return text.to_ascii_lowercase();
    }
    let mut folded = String::with_capacity(text.len());
    for c in text.nfkd().filter(|c| !is_combining_mark(*c)).flat_map(char::to_lowercase) {
        match plain_letters(c) {
            Some(letters) => folded.push_str(letters),
            None if is_combining_mark(c) => {}
            None => folded.push(c),
        }
    }
    folded
}

/// The folded words of a text: split at spaces, hyphens, apostrophes and the like, none empty.
pub fn words(text: &str) -> Vec<String> {
    let folded = fold(text);
    folded.split(is_separator).filter(|word| !word.is_empty()).map(str::to_owned).collect()
}

/// The words a person typed into the search field. A date stays one word (`02.06.1979`, `1979-06-02`).
pub fn query_tokens(query: &str) -> Vec<String> {
    let mut tokens = Vec::new();
    for word in fold(query).split_whitespace() {
        let word = word.trim_matches(|c: char| !c.is_alphanumeric());
        if word.starts_with(|c: char| c.is_ascii_digit()) {
            tokens.push(word.to_owned());
        } else {
            tokens.extend(word.split(is_separator).filter(|part| !part.is_empty()).map(str::to_owned));
        }
    }
    tokens
}

fn is_separator(c: char) -> bool {
    c.is_whitespace()
        || matches!(
            c,
            '-' | '\''
                | '’'
                | '‘'
                | 'ʼ'
                | '`'
                | '´'
                | '‐'
                | '‑'
                | '–'
                | '·'
                | '・'
                | '.'
                | ','
                | '/'
                | '('
                | ')'
                | '"'
        )
}

/// Letters that decomposition leaves whole but people type without.
fn plain_letters(c: char) -> Option<&'static str> {
    Some(match c {
        'ß' => "ss",
        'æ' => "ae",
        'œ' => "oe",
        'ø' => "o",
        'ł' => "l",
        'đ' | 'ð' => "d",
        'þ' => "th",
        'ħ' => "h",
        'ı' => "i",
        _ => return None,
    })
}
