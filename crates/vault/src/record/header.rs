//! The readable part of an envelope: where a record version belongs, without type and epoch.
//!
//! ```text
//! header = version ‖ suite ‖ practice[32] ‖ scope u16 ‖ chart[16] ‖ record[16] ‖ list(parent envelope id[32]) ‖ author device[16]
//! ```
//! Parents ascend strictly; there are at most 256.

use crate::codec::{Reader, Writer};
use crate::error::{Error, Result};
use crate::ids::{ChartId, DeviceId, EnvelopeId, PracticeId, RecordId, Scope};

pub(crate) const MAX_PARENTS: usize = 256;

/// Where a record version belongs.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Header {
    /// The practice.
    pub practice: PracticeId,
    /// The scope under whose keys it is sealed.
    pub scope: Scope,
    /// The chart.
    pub chart: ChartId,
    /// The record; all versions share it.
    pub record: RecordId,
    /// The versions this one follows; none for the first, several for a merge.
    pub parents: Vec<EnvelopeId>,
    /// Who wrote it.
    pub author: DeviceId,
}

impl Header {
    pub(crate) fn to_bytes(&self) -> Result<Vec<u8>> {
        let mut parents = self.parents.clone();
        parents.sort();
        parents.dedup();
        if parents.len() > MAX_PARENTS {
            return Err(Error::TooLarge);
        }
        let mut w = Writer::object();
        w.fixed(self.practice.as_bytes()).u16(self.scope.number());
        w.fixed(self.chart.as_bytes()).fixed(self.record.as_bytes()).count(parents.len());
        parents.iter().for_each(|p| {
            w.fixed(p.as_bytes());
        });
        w.fixed(self.author.as_bytes());
        Ok(w.finish())
    }

    pub(crate) fn read(r: &mut Reader<'_>) -> Result<Self> {
        let practice = PracticeId::from_bytes(r.array()?);
        let scope = Scope::from_number(r.u16()?)?;
        let chart = ChartId::from_bytes(r.array()?);
        let record = RecordId::from_bytes(r.array()?);
        let count = r.count(EnvelopeId::LEN)?;
        if count > MAX_PARENTS {
            return Err(Error::Malformed);
        }
        let parents = (0..count).map(|_| r.array().map(EnvelopeId::from_bytes)).collect::<Result<Vec<_>>>()?;
        if !parents.is_sorted_by(|a, b| a < b) {
            return Err(Error::Malformed);
        }
        Ok(Self { practice, scope, chart, record, parents, author: DeviceId::from_bytes(r.array()?) })
    }
}
