//! Padding: the sealed size tells little about the content.
//!
//! ```text
//! plaintext = len u32 ‖ kind u16 ‖ body ‖ zeros
//! ```
//! `len` is that of the body. The plaintext's size is the bucket of `6 + len`: 256 up to 256; above, Padmé (Nikitin et al. 2019):
//! with `e = floor(log2 L)` and `s = floor(log2 e) + 1`, `L` is rounded up to a multiple of `2^(e - s)`; at most 12 % more.
//! Nothing is compressed. On opening, size and zeros are checked.

use zeroize::Zeroizing;

use crate::error::{Error, Result};

/// Largest body.
pub const MAX_BODY: usize = 16 << 20;
/// Before the body: `len` and `kind`.
pub(crate) const PREFIX: usize = 6;
const SMALLEST: usize = 256;

/// The size that a plaintext of `len` bytes is padded to.
pub(crate) fn bucket(len: usize) -> usize {
    if len <= SMALLEST {
        return SMALLEST;
    }
    let e = len.ilog2();
    let s = e.ilog2() + 1;
    len.next_multiple_of(1 << (e - s))
}

/// Appends the padded plaintext to `out`.
pub(crate) fn pad_into(out: &mut Vec<u8>, kind: u16, body: &[u8]) -> Result<()> {
    let len = u32::try_from(body.len()).ok().filter(|_| body.len() <= MAX_BODY).ok_or(Error::TooLarge)?;
    let end = out.len() + bucket(PREFIX + body.len());
    out.extend_from_slice(&len.to_be_bytes());
    out.extend_from_slice(&kind.to_be_bytes());
    out.extend_from_slice(body);
    out.resize(end, 0);
    Ok(())
}

/// Takes the padding off in place: kind and body.
#[inline(never)]
pub(crate) fn unpad(mut plain: Zeroizing<Vec<u8>>) -> Result<(u16, Zeroizing<Vec<u8>>)> {
    let (prefix, rest) = plain.split_first_chunk::<PREFIX>().ok_or(Error::Malformed)?;
    let len = u32::from_be_bytes([prefix[0], prefix[1], prefix[2], prefix[3]]) as usize;
    let kind = u16::from_be_bytes([prefix[4], prefix[5]]);
    let padding = rest.get(len..).ok_or(Error::Malformed)?;
    if bucket(PREFIX + len) != plain.len() || padding.iter().any(|b| *b != 0) {
        return Err(Error::Malformed);
    }
    plain.copy_within(PREFIX..PREFIX + len, 0);
    zeroize::Zeroize::zeroize(&mut plain[len..]);
    plain.truncate(len);
    Ok((kind, plain))
}
