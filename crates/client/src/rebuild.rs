//! Rebuilding what is derived: directories from packs, and the patient index from the records. A damaged row of either is
//! never repaired in place; the whole is made again from what is signed, so a lie on disk cannot get in.

use record::summary::PatientSummary;

use crate::{
    catalog::{Catalog, Directory},
    engine::Engine,
    failure::Failure,
    index::{Index, segment::Row},
    keys,
    ports::{Clock, Ports, Store, Table, Write},
    protocol::{Alarm, Event},
    receive::{describe, sort},
};

/// Rows written to the index at once.
const ROWS: usize = 1000;
/// Records opened before others get their turn.
const SLICE: usize = 100;

impl<P: Ports> Engine<P> {
    /// Verifies every pack again and writes its directory anew.
    pub(crate) async fn rebuild_catalog(&self) -> Result<(), Failure> {
        let expected = self.with_mut(|open| {
            open.catalog = Catalog::default();
            open.state.packs
        })?;
        let account = self.with(|open| *open.device.account().as_bytes())?;
        let mut lost = 0;
        for (key, pack) in self.ports.store().range(Table::Packs, &[], None).await? {
            let Some(number) = keys::tail(&key) else { continue };
            let directory = self.with(|open| {
                let frame = wire::frame::decode(&pack).ok()?;
                let whole = frame.commits.len();
                let sorted = sort(open, frame.commits);
                (sorted.accepted.len() == whole).then(|| {
                    let commits = sorted.accepted.iter().map(|(_, link, _)| link.clone()).collect();
                    let (items, ..) = describe(open, &pack, &sorted.accepted);
                    Directory { commits, items }
                })
            })?;
            let Some(directory) = directory else {
                // Its bytes stay for others who use this browser; what it held is asked for again.
                lost += 1;
                let row = Write::Delete { table: Table::Directories, key: keys::owned(&account, number) };
                self.ports.store().write(vec![row]).await?;
                continue;
            };
            let row = self.with(|open| {
                let key = keys::owned(&account, number);
                let value = open.ciphers.directory.seal(&mut self.rng(), &key, &wire::encode(&directory));
                Write::Put { table: Table::Directories, key, value }
            })?;
            self.ports.store().write(vec![row]).await?;
            self.with_mut(|open| open.catalog.add(number, &directory))?;
            self.ports.clock().pause().await;
        }
        let row = self.with_mut(|open| {
            let packs = open.catalog.packs() as u64;
            if lost > 0 || packs != expected {
                // Asked for again from the beginning of the stream; what is known is passed over.
                open.state.cursor = 0;
            }
            open.state.packs = packs;
            self.state_row(open)
        })?;
        self.ports.store().write(vec![row]).await?;
        self.alarm(if lost > 0 { Alarm::Damaged { count: lost } } else { Alarm::Repaired { count: 1 } });
        Ok(())
    }

    /// Opens every Patient record and writes the index anew.
    pub(crate) async fn rebuild_index(&self) -> Result<(), Failure> {
        let account = self.with(|open| *open.device.account().as_bytes())?;
        let end = keys::after(&account);
        let old = self.ports.store().range(Table::Index, &account, end.as_deref()).await?;
        let mut batch: Vec<Write> =
            old.into_iter().map(|(key, _)| Write::Delete { table: Table::Index, key }).collect();
        let charts: Vec<[u8; 16]> = self.with(|open| {
            open.catalog.charts().filter(|chart| open.catalog.has_record(chart, chart)).copied().collect()
        })?;
        let mut rows = Vec::with_capacity(charts.len());
        for (number, chart) in charts.iter().enumerate() {
            if let Ok(merged) = self.merged(chart, chart).await
                && let Some(summary) = PatientSummary::from_body(&merged.body)
            {
                rows.push(Row::new(*chart, &summary, !merged.conflicts.is_empty()));
            }
            if number % SLICE == 0 {
                self.ports.clock().pause().await;
            }
        }
        let mut index = Index::default();
        while !rows.is_empty() {
            let rest = rows.split_off(rows.len().min(ROWS));
            let changes = index.plan(std::mem::replace(&mut rows, rest));
            // Deleting an old row and putting a new one under its key in this order leaves the new one.
            batch.extend(self.with(|open| self.index_rows(open, &changes))?);
            changes.into_iter().for_each(|change| index.apply(change));
        }
        self.ports.store().write(batch).await?;
        self.with_mut(|open| {
            open.index = index;
            open.index_damaged = false;
        })?;
        self.alarm(Alarm::Repaired { count: 1 });
        self.emit(Event::Changed { charts: charts.iter().map(|chart| keys::hex(chart)).collect() });
        Ok(())
    }
}
