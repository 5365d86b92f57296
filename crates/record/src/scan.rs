//! What the JSON grammar allows and a loss-free record does not: two fields of one name, text that is no text, and
//! nesting deep enough to exhaust a stack. One pass over the text, no recursion.

use std::borrow::Cow;

#[cfg(test)]
mod tests;

/// Deepest nesting that is read; FHIR resources stay below 30. Below the limit of 128 that `serde_json` keeps.
pub(crate) const MAX_DEPTH: usize = 120;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Fault {
    Syntax,
    DuplicateKey,
    TooDeep,
    /// Half of a UTF-16 pair.
    BadText,
}

/// Checks a text whose syntax is right; on others it stops somewhere, without panic.
pub(crate) fn check(json: &str) -> Result<(), Fault> {
    let bytes = json.as_bytes();
    let mut keys: Vec<Cow<str>> = Vec::new();
    // For each open container: where its keys start, or nothing for an array.
    let mut open: Vec<Option<usize>> = Vec::new();
    let mut key_next = false;
    let mut at = 0;
    while at < bytes.len() {
        match bytes[at] {
            opening @ (b'{' | b'[') => {
                if open.len() == MAX_DEPTH {
                    return Err(Fault::TooDeep);
                }
                key_next = opening == b'{';
                open.push(key_next.then_some(keys.len()));
            }
            b'}' | b']' => {
                if let Some(Some(start)) = open.pop() {
                    close_object(&mut keys, start)?;
                }
                key_next = false;
            }
            b',' => key_next = matches!(open.last(), Some(Some(_))),
            b'"' => {
                let end = string_end(bytes, at).ok_or(Fault::Syntax)?;
                let token = json.get(at..end).ok_or(Fault::Syntax)?;
                if key_next {
                    keys.push(unescape(token)?);
                    key_next = false;
                } else if token.contains("\\u") {
                    unescape(token)?;
                }
                at = end;
                continue;
            }
            _ => {}
        }
        at += 1;
    }
    Ok(())
}

fn close_object(keys: &mut Vec<Cow<str>>, start: usize) -> Result<(), Fault> {
    let own = &mut keys[start..];
    own.sort_unstable();
    if own.windows(2).any(|pair| pair[0] == pair[1]) {
        return Err(Fault::DuplicateKey);
    }
    keys.truncate(start);
    Ok(())
}

/// The text of a string token with its quotes.
pub(crate) fn unescape(token: &str) -> Result<Cow<'_, str>, Fault> {
    match token.contains('\\') {
        false => Ok(Cow::Borrowed(&token[1..token.len() - 1])),
        true => serde_json::from_str::<String>(token).map(Cow::Owned).map_err(|_| Fault::BadText),
    }
}

/// One past the closing quote of the string that opens at `at`.
pub(crate) fn string_end(bytes: &[u8], at: usize) -> Option<usize> {
    let mut end = at + 1;
    loop {
        match bytes.get(end)? {
            b'"' => return Some(end + 1),
            b'\\' => end += 2,
            _ => end += 1,
        }
    }
}

/// The same tokens without the white space between them.
pub(crate) fn minify(json: &str) -> String {
    let bytes = json.as_bytes();
    let mut out = String::with_capacity(json.len());
    let mut at = 0;
    while at < bytes.len() {
        let end = match bytes[at] {
            b' ' | b'\t' | b'\r' | b'\n' => {
                at += 1;
                continue;
            }
            b'"' => string_end(bytes, at).unwrap_or(bytes.len()),
            _ => bytes[at..].iter().position(|b| b" \t\r\n\"".contains(b)).map_or(bytes.len(), |n| at + n),
        };
        out.push_str(json.get(at..end).unwrap_or_default());
        at = end;
    }
    out
}

/// An id from content, shaped like a UUID: FNV-1a of 128 bits over the minified text. Not a secret and not a proof of
/// anything; it only has to be the same each time the same file is read.
pub(crate) fn content_id(json: &str, salt: u32) -> String {
    const OFFSET: u128 = 0x6c62_272e_07bb_0142_62b8_2175_6295_c58d;
    const PRIME: u128 = 0x0000_0000_0100_0000_0000_0000_0000_013b;
    let mut hash = OFFSET ^ u128::from(salt);
    for byte in minify(json).bytes() {
        hash = (hash ^ u128::from(byte)).wrapping_mul(PRIME);
    }
    // Version 8 (own construction) and variant 10 of RFC 9562.
    let hash = hash & !(0xf << 76) & !(0x3 << 62) | (0x8 << 76) | (0x2 << 62);
    let hex = format!("{hash:032x}");
    format!("{}-{}-{}-{}-{}", &hex[..8], &hex[8..12], &hex[12..16], &hex[16..20], &hex[20..])
}
