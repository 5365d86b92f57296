//! The canonical encoding of everything hashed or signed.
//!
//! Fields stand in a fixed order. Integers are big-endian. A fixed-size field is its bytes; a variable one is a `u32`
//! length and its bytes; a list is a `u32` count and its elements. Every object starts with the format version ([`VERSION`])
//! and the suite ([`SUITE`]); bytes after the last field are refused. There is one encoding of a value, and no other is read.

use crate::error::{Error, Result};

/// Format version: the first byte of every object.
pub const VERSION: u8 = 1;
/// Suite 1: SHA-256, HKDF-SHA-256, AES-256-GCM-SIV, Ed25519, HPKE with X-Wing, Argon2id.
pub const SUITE: u8 = 1;

/// Appends fields to a buffer.
#[derive(Default)]
pub(crate) struct Writer(Vec<u8>);

impl Writer {
    /// An object: starts with version and suite.
    pub fn object() -> Self {
        Self::with_capacity(256)
    }

    pub fn with_capacity(capacity: usize) -> Self {
        let mut out = Vec::with_capacity(capacity);
        out.extend_from_slice(&[VERSION, SUITE]);
        Self(out)
    }

    /// A part of an object or of associated data: no version.
    pub fn part() -> Self {
        Self(Vec::new())
    }

    pub fn u8(&mut self, v: u8) -> &mut Self {
        self.0.push(v);
        self
    }

    pub fn u16(&mut self, v: u16) -> &mut Self {
        self.fixed(&v.to_be_bytes())
    }

    pub fn u32(&mut self, v: u32) -> &mut Self {
        self.fixed(&v.to_be_bytes())
    }

    pub fn u64(&mut self, v: u64) -> &mut Self {
        self.fixed(&v.to_be_bytes())
    }

    pub fn fixed(&mut self, bytes: &[u8]) -> &mut Self {
        self.0.extend_from_slice(bytes);
        self
    }

    pub fn var(&mut self, bytes: &[u8]) -> &mut Self {
        self.count(bytes.len()).fixed(bytes)
    }

    /// Lengths here never come near 4 GiB: each variable field has a bound of its own.
    pub fn count(&mut self, n: usize) -> &mut Self {
        self.u32(u32::try_from(n).expect("a length within the format's bounds"))
    }

    pub fn bytes(&self) -> &[u8] {
        &self.0
    }

    pub fn finish(self) -> Vec<u8> {
        self.0
    }
}

/// Takes fields off a byte string; never reads or allocates past it.
#[derive(Clone, Copy)]
pub(crate) struct Reader<'a> {
    all: &'a [u8],
    at: usize,
}

impl<'a> Reader<'a> {
    /// An object: checks version and suite.
    pub fn object(all: &'a [u8]) -> Result<Self> {
        let mut r = Self { all, at: 0 };
        let (version, suite) = (r.u8()?, r.u8()?);
        match (version, suite) {
            (0, _) | (_, 0) => Err(Error::Malformed),
            (VERSION, SUITE) => Ok(r),
            _ => Err(Error::UpdateRequired),
        }
    }

    /// A part without a version.
    pub fn part(all: &'a [u8]) -> Self {
        Self { all, at: 0 }
    }

    pub fn u8(&mut self) -> Result<u8> {
        Ok(self.array::<1>()?[0])
    }

    pub fn u16(&mut self) -> Result<u16> {
        self.array().map(u16::from_be_bytes)
    }

    pub fn u32(&mut self) -> Result<u32> {
        self.array().map(u32::from_be_bytes)
    }

    pub fn u64(&mut self) -> Result<u64> {
        self.array().map(u64::from_be_bytes)
    }

    pub fn array<const N: usize>(&mut self) -> Result<[u8; N]> {
        self.take(N)?.try_into().map_err(|_| Error::Malformed)
    }

    pub fn take(&mut self, n: usize) -> Result<&'a [u8]> {
        let end = self.at.checked_add(n).ok_or(Error::Malformed)?;
        let slice = self.all.get(self.at..end).ok_or(Error::Malformed)?;
        self.at = end;
        Ok(slice)
    }

    pub fn var(&mut self) -> Result<&'a [u8]> {
        let n = self.u32()?;
        self.take(usize::try_from(n).map_err(|_| Error::Malformed)?)
    }

    /// A count of elements of at least `element` bytes each; more than the rest can hold is refused before allocation.
    pub fn count(&mut self, element: usize) -> Result<usize> {
        let n = usize::try_from(self.u32()?).map_err(|_| Error::Malformed)?;
        let need = n.checked_mul(element.max(1)).ok_or(Error::Malformed)?;
        if need > self.all.len() - self.at { Err(Error::Malformed) } else { Ok(n) }
    }

    /// What has been read so far.
    pub fn read(&self) -> &'a [u8] {
        &self.all[..self.at]
    }

    pub fn finish(self) -> Result<()> {
        if self.at == self.all.len() { Ok(()) } else { Err(Error::Malformed) }
    }
}
