//! The patient list and the search.

use record::{fold, summary::PatientSummary};

use crate::{
    engine::Engine,
    failure::Failure,
    index::segment::Row,
    ports::{Clock, Ports, Store},
    protocol::Patients,
};

/// Rows answered at most.
const MAX_ROWS: u32 = 500;

impl<P: Ports> Engine<P> {
    pub(crate) fn patients(&self, query: &str, first: u32, count: u32) -> Result<Patients, Failure> {
        self.ports.clock().mark("search-begins");
        let tokens = fold::query_tokens(query);
        let found = self.with_mut(|open| {
            let (total, rows) = open.index.search(&tokens, first as usize, count.min(MAX_ROWS) as usize);
            Patients { total, first, rows, building: false }
        });
        self.ports.clock().mark("search-ends");
        found
    }

    /// Writes a patient's row anew from all versions of the Patient record. The caller holds the writer lock.
    pub(crate) async fn refresh_row(&self, chart: [u8; 16]) -> Result<(), Failure> {
        let merged = self.merged(&chart, &chart).await?;
        let Some(summary) = PatientSummary::from_body(&merged.body) else { return Ok(()) };
        let row = Row::new(chart, &summary, !merged.conflicts.is_empty());
        let (changes, batch) = self.with_mut(|open| {
            let changes = open.index.plan(vec![row]);
            let batch = self.index_rows(open, &changes);
            (changes, batch)
        })?;
        self.ports.store().write(batch).await?;
        self.with_mut(|open| changes.into_iter().for_each(|change| open.index.apply(change)))
    }
}
