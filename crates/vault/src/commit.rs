//! A device's signed batch: which envelopes it wrote, in which charts, after what.
//!
//! ```text
//! commit    = signed part ‖ signature[64]
//! signed    = version ‖ suite ‖ device[16] ‖ seq u64 ‖ prev[32] ‖ log seq u64 ‖ log head[32] ‖ claimed time in ms u64
//!             ‖ list(device[16] ‖ seq u64 ‖ hash[32]) ‖ list(chart[16] ‖ envelope id[32])
//! signature = Sign("commit", signed)
//! hash      = H("commit" ‖ commit as received)
//! ```
//! The first commit of a device has seq 1 and prev of 32 zero bytes. The vector ascends strictly by device.

use crate::codec::{Reader, Writer};
use crate::device::DeviceKeys;
use crate::error::{CommitError, Error, Result};
use crate::ids::{ChartId, CommitHash, DeviceId, EntryHash, EnvelopeId, PracticeId};
use crate::label::hash;
use crate::log::{DeviceInLog, LogHead, LogState};
use crate::record::{EnvelopeView, Header};
use crate::sign::SIGNATURE;

/// Where a device's chain stands.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct ChainHead {
    /// Number of the newest commit; 0 before the first.
    pub seq: u64,
    /// Its hash; zeros before the first.
    pub hash: CommitHash,
    /// The log entry it cites.
    pub log_seq: u64,
}

impl ChainHead {
    /// Before the first commit.
    pub const START: Self = Self { seq: 0, hash: CommitHash::from_bytes([0; 32]), log_seq: 0 };
}

/// What another device had written, as far as the author knew.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct VectorItem {
    /// The other device.
    pub device: DeviceId,
    /// Number of its commit.
    pub seq: u64,
    /// Hash of it.
    pub hash: CommitHash,
}

/// What a commit is to say.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct CommitDraft {
    /// The log head under whose authority it is written.
    pub log: LogHead,
    /// Clock of the author; nothing orders by it.
    pub claimed_time_ms: u64,
    /// What changed in the author's knowledge of other devices; sorted when signing.
    pub vector: Vec<VectorItem>,
    /// The envelopes, each with its chart.
    pub items: Vec<(ChartId, EnvelopeId)>,
}

impl DeviceKeys {
    /// Signs the next commit of this device's chain. The result must be stored durably before it is sent.
    pub fn sign_commit(&self, practice: PracticeId, prev: ChainHead, draft: &CommitDraft) -> (Vec<u8>, ChainHead) {
        let mut vector = draft.vector.clone();
        vector.sort_by_key(|v| v.device);
        vector.dedup_by_key(|v| v.device);
        let seq = prev.seq + 1;
        let mut w = Writer::with_capacity(256 + vector.len() * 56 + draft.items.len() * 48);
        w.fixed(self.device.as_bytes()).u64(seq).fixed(prev.hash.as_bytes());
        w.u64(draft.log.seq).fixed(draft.log.hash.as_bytes()).u64(draft.claimed_time_ms).count(vector.len());
        for v in &vector {
            w.fixed(v.device.as_bytes()).u64(v.seq).fixed(v.hash.as_bytes());
        }
        w.count(draft.items.len());
        for (chart, envelope) in &draft.items {
            w.fixed(chart.as_bytes()).fixed(envelope.as_bytes());
        }
        let signature = self.signing.sign("commit", &practice, w.bytes());
        w.fixed(&signature);
        let bytes = w.finish();
        let hash = CommitHash::from_bytes(hash("commit", &[&bytes]));
        (bytes, ChainHead { seq, hash, log_seq: draft.log.seq })
    }
}

/// A commit as received: readable, not yet verified.
#[derive(Clone, Debug)]
pub struct Commit<'a> {
    /// The author.
    pub device: DeviceId,
    /// Its place in the author's chain, from 1.
    pub seq: u64,
    /// Hash of the commit before.
    pub prev: CommitHash,
    /// The log head it cites.
    pub log: LogHead,
    /// Clock of the author.
    pub claimed_time_ms: u64,
    /// What changed in the author's knowledge of other devices.
    pub vector: Vec<VectorItem>,
    /// The envelopes, each with its chart.
    pub items: Vec<(ChartId, EnvelopeId)>,
    /// Hash of the whole commit.
    pub hash: CommitHash,
    /// The items in order, so that each of ten thousand is found at once.
    sorted: Vec<(ChartId, EnvelopeId)>,
    signed: &'a [u8],
    signature: [u8; SIGNATURE],
}

impl<'a> Commit<'a> {
    /// Reads a commit; checks its form only.
    pub fn parse(bytes: &'a [u8]) -> Result<Self> {
        let mut r = Reader::object(bytes)?;
        let device = DeviceId::from_bytes(r.array()?);
        let (seq, prev) = (r.u64()?, CommitHash::from_bytes(r.array()?));
        let log = LogHead { seq: r.u64()?, hash: EntryHash::from_bytes(r.array()?) };
        let claimed_time_ms = r.u64()?;
        let count = r.count(16 + 8 + 32)?;
        let mut vector: Vec<VectorItem> = Vec::with_capacity(count);
        for _ in 0..count {
            let device = DeviceId::from_bytes(r.array()?);
            if vector.last().is_some_and(|last| last.device >= device) {
                return Err(Error::Malformed);
            }
            vector.push(VectorItem { device, seq: r.u64()?, hash: CommitHash::from_bytes(r.array()?) });
        }
        let count = r.count(16 + 32)?;
        let mut items = Vec::with_capacity(count);
        for _ in 0..count {
            items.push((ChartId::from_bytes(r.array()?), EnvelopeId::from_bytes(r.array()?)));
        }
        let signed = r.read();
        let signature = r.array()?;
        r.finish()?;
        let mut sorted = items.clone();
        sorted.sort_unstable();
        let hash = CommitHash::from_bytes(hash("commit", &[bytes]));
        Ok(Self { device, seq, prev, log, claimed_time_ms, vector, items, hash, sorted, signed, signature })
    }

    /// Where the chain stands after this commit.
    pub fn chain_head(&self) -> ChainHead {
        ChainHead { seq: self.seq, hash: self.hash, log_seq: self.log.seq }
    }

    /// Verifies the commit as the next one after `prev` (none: the device's first), under the log.
    /// Does not look at envelopes; see [`Commit::check_item`].
    pub fn verify(&self, log: &LogState, prev: Option<ChainHead>) -> Result<ChainHead, CommitError> {
        let device = self.check_authority(log)?;
        if !device.public.signing.verify("commit", &log.practice(), self.signed, &self.signature) {
            return Err(CommitError::BadSignature);
        }
        self.check_chain(prev.unwrap_or(ChainHead::START))?;
        match device.cut {
            Some(cut) if self.seq > cut.seq => Err(CommitError::PastCut),
            Some(cut) if self.seq == cut.seq && self.hash != cut.hash => Err(CommitError::Fork),
            _ => Ok(self.chain_head()),
        }
    }

    fn check_authority<'l>(&self, log: &'l LogState) -> Result<&'l DeviceInLog, CommitError> {
        match log.hash_at(self.log.seq) {
            None => return Err(CommitError::Held),
            Some(hash) if hash != self.log.hash => return Err(CommitError::ForeignLog),
            Some(_) => {}
        }
        let device = log.devices().get(&self.device).ok_or(CommitError::UnknownDevice)?;
        if device.added_at > self.log.seq {
            return Err(CommitError::UnknownDevice);
        }
        if !device.is_active_at(self.log.seq) {
            return Err(CommitError::RemovedDevice);
        }
        Ok(device)
    }

    fn check_chain(&self, prev: ChainHead) -> Result<(), CommitError> {
        let expected = prev.seq.saturating_add(1);
        if self.seq == 0 || self.seq < prev.seq || (self.seq == prev.seq && self.hash == prev.hash) {
            return Err(CommitError::Replay);
        }
        if self.seq > expected {
            return Err(CommitError::Gap { expected });
        }
        if self.seq == prev.seq || self.prev != prev.hash {
            return Err(CommitError::Fork);
        }
        if self.log.seq < prev.log_seq {
            return Err(CommitError::LogWentBack);
        }
        Ok(())
    }

    /// Checks an envelope against the item of this (verified) commit that lists it.
    pub fn check_item(
        &self,
        log: &LogState,
        (chart, id): (ChartId, EnvelopeId),
        envelope: &EnvelopeView<'_>,
    ) -> Result<(), CommitError> {
        let header = envelope.header();
        let matches = envelope.id() == id
            && header.chart == chart
            && header.author == self.device
            && header.practice == log.practice()
            && self.sorted.binary_search(&(chart, id)).is_ok();
        if !matches {
            return Err(CommitError::ItemMismatch);
        }
        if log.may_write(self.device, header.scope, self.log.seq) { Ok(()) } else { Err(CommitError::ScopeDenied) }
    }

    /// Checks a parent of an envelope of this commit: it shares chart and record, and the scope unless the author may
    /// write both.
    pub fn check_parent(&self, log: &LogState, child: &Header, parent: &Header) -> Result<(), CommitError> {
        if (child.practice, child.chart, child.record) != (parent.practice, parent.chart, parent.record) {
            return Err(CommitError::ForeignParent);
        }
        let may = |scope| log.may_write(self.device, scope, self.log.seq);
        if child.scope == parent.scope || (may(child.scope) && may(parent.scope)) {
            Ok(())
        } else {
            Err(CommitError::ForeignParent)
        }
    }
}

#[cfg(test)]
mod tests;
