//! Packs: frames of commits as they rest on the device, the numbers they are kept under, and a few kept in memory.

use std::{collections::VecDeque, rc::Rc};

use vault::{EnvelopeView, Opened, open_record};

use crate::{
    catalog::{Directory, Item, Version},
    engine::Engine,
    failure::Failure,
    keys,
    ports::{Ports, Store, Table, Write},
    protocol::{Alarm, Event},
};

/// Packs kept in memory at most.
const CACHED: usize = 8;
/// Missing envelopes asked for in one round.
const HEALED: usize = 64;

/// The packs read last, still sealed.
#[derive(Default)]
pub(crate) struct PackCache(VecDeque<(u64, Rc<Vec<u8>>)>);

impl PackCache {
    fn get(&self, number: u64) -> Option<Rc<Vec<u8>>> {
        self.0.iter().find(|(at, _)| *at == number).map(|(_, bytes)| bytes.clone())
    }

    pub fn put(&mut self, number: u64, bytes: Rc<Vec<u8>>) {
        if self.0.len() == CACHED {
            self.0.pop_front();
        }
        self.0.push_back((number, bytes));
    }
}

impl<P: Ports> Engine<P> {
    /// The next pack number that no user of this browser profile has taken.
    pub(crate) async fn free_pack(&self) -> Result<u64, Failure> {
        let rows = self.ports.store().range(Table::Packs, &[], None).await?;
        Ok(rows.last().and_then(|(key, _)| keys::tail(key)).map_or(1, |last| last + 1))
    }

    pub(crate) async fn pack(&self, number: u64) -> Result<Rc<Vec<u8>>, Failure> {
        if let Some(bytes) = self.with(|open| open.packs.get(number))? {
            return Ok(bytes);
        }
        let bytes = self.ports.store().get(Table::Packs, &keys::number(number)).await?.ok_or(Failure::Damaged)?;
        let bytes = Rc::new(bytes);
        self.with_mut(|open| open.packs.put(number, bytes.clone()))?;
        Ok(bytes)
    }

    /// Opens one version of a record. A version whose bytes are not those of its id is fetched again.
    pub(crate) async fn open_version(&self, version: &Version) -> Result<Opened, Failure> {
        if version.item.len > 0 {
            let pack = self.pack(version.pack).await;
            let here = pack.and_then(|pack| self.with(|open| open_item(open, &pack, &version.item))?);
            if let Ok(opened) = here {
                return Ok(opened);
            }
        }
        self.repair(version).await
    }

    /// Asks again for what was withheld or altered when it came.
    pub(crate) async fn heal(&self) -> Result<(), Failure> {
        let mut missing = self.with(|open| open.catalog.withheld())?;
        missing.truncate(HEALED);
        for version in missing {
            // What is still withheld has been told.
            if let Ok(opened) = self.repair(&version).await
                && opened.header.record.as_bytes() == opened.header.chart.as_bytes()
            {
                let _writing = self.writer.lock().await;
                self.refresh_row(version.item.chart).await?;
            }
        }
        Ok(())
    }

    /// Fetches an envelope again that is missing or damaged here, and keeps it.
    async fn repair(&self, version: &Version) -> Result<Opened, Failure> {
        let lost = |engine: &Self, alarm| {
            engine.alarm(alarm);
            Err(Failure::Damaged)
        };
        let Ok(frame) = self.fetch_envelope(&version.item.id).await else {
            return lost(self, Alarm::Damaged { count: 1 });
        };
        let Ok(decoded) = wire::frame::decode(&frame) else {
            return lost(self, Alarm::Damaged { count: 1 });
        };
        let Some(found) = decoded
            .commits
            .iter()
            .flat_map(|commit| &commit.items)
            .find(|item| item.envelope_id == version.item.id && !item.envelope.is_empty())
        else {
            return lost(self, Alarm::Withheld { count: 1 });
        };
        let item = Item {
            at: offset(&frame, found.envelope),
            len: found.envelope.len() as u32,
            wrap_at: offset(&frame, found.wrap),
            wrap_len: found.wrap.len() as u32,
            ..version.item.clone()
        };
        let Ok(opened) = self.with(|open| open_item(open, &frame, &item))? else {
            return lost(self, Alarm::EnvelopeAltered { chart: keys::hex(&version.item.chart) });
        };
        let header = &opened.header;
        let placed = *header.chart.as_bytes() == version.item.chart
            && *header.author.as_bytes() == version.author
            && self.with(|open| open.log.may_write(header.author, header.scope, version.log_seq))?;
        if !placed {
            return lost(self, Alarm::EnvelopeMisplaced { chart: keys::hex(&version.item.chart) });
        }
        self.keep_repaired(version, item, frame).await?;
        self.alarm(Alarm::Repaired { count: 1 });
        Ok(opened)
    }

    async fn keep_repaired(&self, version: &Version, mut item: Item, frame: Vec<u8>) -> Result<(), Failure> {
        // Whoever writes now may be waiting for this very version; it is kept the next time then.
        let Some(_writing) = self.writer.try_lock() else { return Ok(()) };
        let (batch, number, directory) = self.with_mut(|open| {
            if item.parents.is_empty()
                && let Ok(view) = EnvelopeView::parse(slice(&frame, item.at, item.len))
            {
                let header = view.header();
                item.record = *header.record.as_bytes();
                item.parents = header.parents.iter().map(|parent| *parent.as_bytes()).collect();
            }
            let directory = Directory {
                commits: vec![crate::catalog::Link {
                    device: version.author,
                    // Sequence 0 is no commit: it only carries items.
                    seq: 0,
                    hash: [0; 32],
                    log_seq: version.log_seq,
                    claimed_ms: version.claimed_ms,
                    items: 1,
                }],
                items: vec![item],
            };
            let before = open.state.clone();
            let number = open.state.take_pack();
            let mut batch = self.pack_rows(open, number, &directory, frame);
            batch.push(self.state_row(open));
            // In memory only after it is durable.
            let after = std::mem::replace(&mut open.state, before);
            ((batch, after), number, directory)
        })?;
        let (batch, after) = batch;
        self.ports.store().write(batch).await?;
        self.with_mut(|open| {
            open.state = after;
            open.catalog.add(number, &directory);
        })?;
        self.emit(Event::Changed { charts: vec![keys::hex(&version.item.chart)] });
        Ok(())
    }

    /// The rows of a new pack: its bytes and its sealed directory.
    pub(crate) fn pack_rows(
        &self,
        open: &crate::engine::Open,
        number: u64,
        directory: &Directory,
        frame: Vec<u8>,
    ) -> Vec<Write> {
        let key = keys::owned(open.device.account().as_bytes(), number);
        let sealed = open.ciphers.directory.seal(&mut self.rng(), &key, &wire::encode(directory));
        vec![
            Write::Add { table: Table::Packs, key: keys::number(number), value: frame },
            Write::Put { table: Table::Directories, key, value: sealed },
        ]
    }

    /// Reads the directories once a session.
    pub(crate) async fn ensure_catalog(&self) -> Result<(), Failure> {
        let _loading = self.loading.lock().await;
        if self.with(|open| open.catalog_ready)? {
            return Ok(());
        }
        let account = self.with(|open| *open.device.account().as_bytes())?;
        let end = keys::after(&account);
        let rows = self.ports.store().range(Table::Directories, &account, end.as_deref()).await?;
        let read = self.with_mut(|open| {
            for (key, sealed) in rows {
                let bytes = open.ciphers.directory.open(&key, &sealed)?;
                let directory: Directory = wire::decode(&bytes).map_err(|_| Failure::Damaged)?;
                open.catalog.add(keys::tail(&key).ok_or(Failure::Damaged)?, &directory);
            }
            // The state counts the packs: a directory that is gone shows as well.
            if open.catalog.packs() as u64 == open.state.packs { Ok(()) } else { Err(Failure::Damaged) }
        })?;
        if read.is_err() {
            self.rebuild_catalog().await?;
        }
        if self.with(|open| open.index_damaged)? {
            self.rebuild_index().await?;
        }
        self.with_mut(|open| open.catalog_ready = true)
    }
}

/// Opens an item of a pack; every byte is checked against the item's id first.
pub(crate) fn open_item(open: &crate::engine::Open, pack: &[u8], item: &Item) -> Result<Opened, Failure> {
    let view = EnvelopeView::parse(slice(pack, item.at, item.len))?;
    if view.id().as_bytes() != &item.id {
        return Err(Failure::Damaged);
    }
    Ok(open_record(&open.device.epoch_keys, &view, slice(pack, item.wrap_at, item.wrap_len))?)
}

/// A part of a pack; empty if the pack is shorter than its directory says.
pub(crate) fn slice(pack: &[u8], at: u32, len: u32) -> &[u8] {
    pack.get(at as usize..).and_then(|rest| rest.get(..len as usize)).unwrap_or(&[])
}

/// Where in `whole` its subslice `part` begins.
pub(crate) fn offset(whole: &[u8], part: &[u8]) -> u32 {
    (part.as_ptr() as usize - whole.as_ptr() as usize) as u32
}
