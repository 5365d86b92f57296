//! The bulk format: commits with their envelopes and wraps, as pushed, as served and as kept on a device.
//!
//! A device stores a served page as one *pack*, unchanged, so the first sync copies each byte once. All integers are
//! little endian.
//!
//! ```text
//! frame   = 'A' 'P' 'F' 1 ‖ next cursor u64 ‖ server epoch u64 ‖ more u8 ‖ count u32 ‖ commit*
//! commit  = cursor u64 ‖ device[16] ‖ device seq u64 ‖ hash[32] ‖ u32 len ‖ commit bytes ‖ count u32 ‖ item*
//! item    = chart[16] ‖ envelope id[32] ‖ u32 len ‖ envelope ‖ u32 len ‖ wrap
//! ```
//! An empty envelope means that the server does not have it (erased or never sent). In a push `cursor`, `next cursor`
//! and `server epoch` are zero.

use crate::{Hash32, Id16, Malformed};

const MAGIC: [u8; 4] = *b"APF\x01";
const HEAD: usize = 4 + 8 + 8 + 1 + 4;

/// A decoded frame; byte fields borrow from the input.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Frame<'a> {
    /// The cursor to ask after next.
    pub next: u64,
    pub server_epoch: u64,
    /// There is more to fetch after `next` right now.
    pub more: bool,
    pub commits: Vec<CommitFrame<'a>>,
}

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CommitFrame<'a> {
    pub cursor: u64,
    pub device: Id16,
    pub device_seq: u64,
    pub hash: Hash32,
    pub commit: &'a [u8],
    pub items: Vec<ItemFrame<'a>>,
}

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ItemFrame<'a> {
    pub chart: Id16,
    pub envelope_id: Hash32,
    pub envelope: &'a [u8],
    pub wrap: &'a [u8],
}

/// Builds a frame piece by piece without knowing its size beforehand.
pub struct Writer {
    out: Vec<u8>,
    commits: u32,
}

impl Default for Writer {
    fn default() -> Self {
        Self::new()
    }
}

impl Writer {
    pub fn new() -> Self {
        let mut out = Vec::with_capacity(64 << 10);
        out.extend_from_slice(&MAGIC);
        out.resize(HEAD, 0);
        Self { out, commits: 0 }
    }

    /// Bytes written so far.
    pub fn len(&self) -> usize {
        self.out.len()
    }

    pub fn is_empty(&self) -> bool {
        self.commits == 0
    }

    pub fn commit(&mut self, commit: &CommitFrame) {
        self.commits += 1;
        self.out.extend_from_slice(&commit.cursor.to_le_bytes());
        self.out.extend_from_slice(&commit.device);
        self.out.extend_from_slice(&commit.device_seq.to_le_bytes());
        self.out.extend_from_slice(&commit.hash);
        self.bytes(commit.commit);
        self.out.extend_from_slice(&(commit.items.len() as u32).to_le_bytes());
        for item in &commit.items {
            self.out.extend_from_slice(&item.chart);
            self.out.extend_from_slice(&item.envelope_id);
            self.bytes(item.envelope);
            self.bytes(item.wrap);
        }
    }

    pub fn finish(mut self, next: u64, server_epoch: u64, more: bool) -> Vec<u8> {
        self.out[4..12].copy_from_slice(&next.to_le_bytes());
        self.out[12..20].copy_from_slice(&server_epoch.to_le_bytes());
        self.out[20] = more.into();
        self.out[21..25].copy_from_slice(&self.commits.to_le_bytes());
        self.out
    }

    fn bytes(&mut self, bytes: &[u8]) {
        self.out.extend_from_slice(&(bytes.len() as u32).to_le_bytes());
        self.out.extend_from_slice(bytes);
    }
}

/// The cursor to ask after next and whether there is more, read from the first bytes alone, so that the next page can
/// be asked for while this one is worked on.
pub fn peek(bytes: &[u8]) -> Result<(u64, bool), Malformed> {
    let mut reader = Reader(bytes);
    if reader.take::<4>()? != MAGIC {
        return Err(Malformed);
    }
    let next = reader.u64()?;
    reader.u64()?;
    Ok((next, reader.flag()?))
}

/// Decodes a whole frame; trailing bytes are an error, and no allocation exceeds a multiple of the input's length.
pub fn decode(bytes: &[u8]) -> Result<Frame<'_>, Malformed> {
    let mut reader = Reader(bytes);
    if reader.take::<4>()? != MAGIC {
        return Err(Malformed);
    }
    let mut frame =
        Frame { next: reader.u64()?, server_epoch: reader.u64()?, more: reader.flag()?, commits: Vec::new() };
    for _ in 0..reader.u32()? {
        let mut commit = CommitFrame {
            cursor: reader.u64()?,
            device: reader.take()?,
            device_seq: reader.u64()?,
            hash: reader.take()?,
            commit: reader.bytes()?,
            items: Vec::new(),
        };
        for _ in 0..reader.u32()? {
            commit.items.push(ItemFrame {
                chart: reader.take()?,
                envelope_id: reader.take()?,
                envelope: reader.bytes()?,
                wrap: reader.bytes()?,
            });
        }
        frame.commits.push(commit);
    }
    if reader.0.is_empty() { Ok(frame) } else { Err(Malformed) }
}

struct Reader<'a>(&'a [u8]);

impl<'a> Reader<'a> {
    fn slice(&mut self, len: usize) -> Result<&'a [u8], Malformed> {
        let (head, rest) = self.0.split_at_checked(len).ok_or(Malformed)?;
        self.0 = rest;
        Ok(head)
    }
    fn take<const N: usize>(&mut self) -> Result<[u8; N], Malformed> {
        Ok(self.slice(N)?.try_into().expect("exactly N bytes"))
    }
    fn u32(&mut self) -> Result<u32, Malformed> {
        Ok(u32::from_le_bytes(self.take()?))
    }
    fn u64(&mut self) -> Result<u64, Malformed> {
        Ok(u64::from_le_bytes(self.take()?))
    }
    fn flag(&mut self) -> Result<bool, Malformed> {
        match self.take::<1>()? {
            [0] => Ok(false),
            [1] => Ok(true),
            _ => Err(Malformed),
        }
    }
    fn bytes(&mut self) -> Result<&'a [u8], Malformed> {
        let len = self.u32()? as usize;
        self.slice(len)
    }
}

#[cfg(test)]
mod tests;
