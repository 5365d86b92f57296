//! Codes that people print, read aloud and type: Crockford base32 in groups that each carry a check symbol.
//!
//! ```text
//! data   = bytes ‖ first 2 bytes of H(name ‖ bytes), then zero bits up to a multiple of 20
//! group  = 4 symbols of 5 bits (most significant first) ‖ check symbol
//! check  = first 5 bits of H(name ‖ "-group" ‖ group number u8 from 0 ‖ the 4 symbols as bytes 0..31)
//! code   = groups joined by "-"; symbols 0123456789ABCDEFGHJKMNPQRSTVWXYZ
//! ```
//! Read without regard to case, spaces and hyphens; `O` is read as `0`, `I` and `L` as `1`.

use zeroize::Zeroizing;

use crate::error::{Error, Result};
use crate::label::hash;

const SYMBOLS: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";
const GROUP: usize = 4;

/// The code of `bytes`.
pub(crate) fn encode(name: &str, bytes: &[u8]) -> Zeroizing<String> {
    let mut data = Zeroizing::new(bytes.to_vec());
    data.extend_from_slice(&hash(name, &[bytes])[..2]);
    let symbols = Zeroizing::new(to_symbols(&data));
    let mut out = Zeroizing::new(String::with_capacity(symbols.len() * 3 / 2));
    for (number, group) in symbols.chunks_exact(GROUP).enumerate() {
        if number > 0 {
            out.push('-');
        }
        group.iter().chain([&check(name, number, group)]).for_each(|s| out.push(SYMBOLS[*s as usize].into()));
    }
    out
}

/// The `len` bytes of a code, or which group is wrong.
pub(crate) fn decode(name: &str, text: &str, len: usize) -> Result<Zeroizing<Vec<u8>>> {
    let groups = ((len + 2) * 8).div_ceil(5 * GROUP);
    let mut typed = Zeroizing::new(Vec::with_capacity(groups * (GROUP + 1)));
    for c in text.chars().filter(|c| !c.is_whitespace() && !matches!(c, '-' | '\u{2010}'..='\u{2015}')) {
        if typed.len() == groups * (GROUP + 1) {
            return Err(Error::CodeLength);
        }
        let group = typed.len() / (GROUP + 1) + 1;
        typed.push(symbol(c).ok_or(Error::CodeGroup { group })?);
    }
    let mut symbols = Zeroizing::new(Vec::with_capacity(groups * GROUP));
    for (number, group) in typed.chunks_exact(GROUP + 1).enumerate() {
        let (data, given) = group.split_at(GROUP);
        if given != [check(name, number, data)] {
            return Err(Error::CodeGroup { group: number + 1 });
        }
        symbols.extend_from_slice(data);
    }
    if typed.len() != groups * (GROUP + 1) {
        return Err(Error::CodeLength);
    }
    let mut data = Zeroizing::new(from_symbols(&symbols));
    let padding_is_zero = data[len + 2..].iter().all(|b| *b == 0);
    if !padding_is_zero || data[len..len + 2] != hash(name, &[&data[..len]])[..2] {
        return Err(Error::CodeChecksum);
    }
    data.truncate(len);
    Ok(data)
}

fn symbol(c: char) -> Option<u8> {
    let c = match c.to_ascii_uppercase() {
        'O' => '0',
        'I' | 'L' => '1',
        c => c,
    };
    SYMBOLS.iter().position(|s| char::from(*s) == c).map(|i| i as u8)
}

fn check(name: &str, number: usize, group: &[u8]) -> u8 {
    hash(&format!("{name}-group"), &[&[number as u8], group])[0] >> 3
}

fn to_symbols(data: &[u8]) -> Vec<u8> {
    let count = (data.len() * 8).div_ceil(5 * GROUP) * GROUP;
    let bit = |i: usize| data.get(i / 8).map_or(0, |b| b >> (7 - i % 8) & 1);
    (0..count).map(|s| (0..5).fold(0, |acc, b| acc << 1 | bit(s * 5 + b))).collect()
}

/// Whole bytes, then one more holding the bits that are left.
fn from_symbols(symbols: &[u8]) -> Vec<u8> {
    let bits = symbols.len() * 5;
    let bit = |i: usize| symbols.get(i / 5).map_or(0, |s| s >> (4 - i % 5) & 1);
    (0..bits.div_ceil(8)).map(|byte| (0..8).fold(0, |acc, b| acc << 1 | bit(byte * 8 + b))).collect()
}

#[cfg(test)]
mod tests;
