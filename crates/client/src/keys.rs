//! Keys of local rows, and ids as the page holds them.

use crate::failure::Failure;

/// Lower-case hexadecimal.
pub fn hex(bytes: &[u8]) -> String {
    use std::fmt::Write;
    bytes.iter().fold(String::with_capacity(bytes.len() * 2), |mut text, byte| {
        write!(text, "{byte:02x}").expect("writing to a string");
        text
    })
}

/// An id that came from a page: hostile until it has the right form.
pub fn unhex<const N: usize>(text: &str) -> Result<[u8; N], Failure> {
    let bytes = text.as_bytes();
    if bytes.len() != N * 2 {
        return Err(Failure::NotFound);
    }
    let mut id = [0; N];
    for (byte, pair) in id.iter_mut().zip(bytes.chunks_exact(2)) {
        let digit = |digit: u8| (digit as char).to_digit(16).ok_or(Failure::NotFound);
        *byte = (digit(pair[0])? << 4 | digit(pair[1])?) as u8;
    }
    Ok(id)
}

/// Row number, sorting as a number.
pub fn number(number: u64) -> Vec<u8> {
    number.to_be_bytes().to_vec()
}

/// Row of one account: its id, then a number.
pub fn owned(account: &[u8; 16], number: u64) -> Vec<u8> {
    [account.as_slice(), &number.to_be_bytes()].concat()
}

/// First key after all rows of an account; `None` if there is none (all ones).
pub fn after(account: &[u8; 16]) -> Option<Vec<u8>> {
    let next = u128::from_be_bytes(*account).checked_add(1)?;
    Some(next.to_be_bytes().to_vec())
}

/// The number at the end of a key.
pub fn tail(key: &[u8]) -> Option<u64> {
    Some(u64::from_be_bytes(key.get(key.len().checked_sub(8)?..)?.try_into().ok()?))
}

/// Meta row of an account.
pub fn meta(kind: &str, account: &[u8; 16]) -> Vec<u8> {
    [kind.as_bytes(), b"/", account].concat()
}

/// All meta rows of a kind: from, to.
pub fn metas(kind: &str) -> (Vec<u8>, Vec<u8>) {
    ([kind.as_bytes(), b"/"].concat(), [kind.as_bytes(), b"0"].concat())
}
