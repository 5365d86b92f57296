//! Saving: seal, sign, and make durable in one batch before anyone is told.

use vault::{ChainHead, ChartId, CommitDraft, CommitHash, DeviceId, EnvelopeId, Header, RecordId, Scope, VectorItem};
use wire::frame::{CommitFrame, ItemFrame, Writer};

use crate::{
    catalog::{Directory, Item, Link},
    engine::{Engine, Open},
    failure::Failure,
    index::{Change, segment::Row},
    keys,
    local::EngineState,
    packs::offset,
    ports::{Clock, Ports, Store, StoreError, Table, Write},
    protocol::{Alarm, Event},
};

/// Kind of a sealed body: a FHIR entry as JSON.
pub(crate) const KIND_ENTRY: u16 = 1;

/// One new version of a record.
pub(crate) struct Edit {
    pub chart: [u8; 16],
    pub record: [u8; 16],
    /// The versions that this one replaces.
    pub parents: Vec<[u8; 32]>,
    pub scope: Scope,
    pub body: Vec<u8>,
    /// The patient's row, if this is a Patient record.
    pub row: Option<Row>,
}

/// A commit made, not yet written.
struct Made {
    number: u64,
    directory: Directory,
    batch: Vec<Write>,
    changes: Vec<Change>,
    head: ChainHead,
    state: EngineState,
}

impl<P: Ports> Engine<P> {
    /// Makes one commit of the edits durable, then tells page and server. The caller holds the writer lock and the
    /// catalog is loaded.
    pub(crate) async fn commit(&self, edits: Vec<Edit>) -> Result<(), Failure> {
        self.ports.clock().mark("save-begins");
        let mut made = self.with_mut(|open| self.make(open, &edits))??;
        let batch = std::mem::take(&mut made.batch);
        match self.ports.store().write(batch).await {
            Ok(()) => self.ports.clock().mark("save-durable"),
            Err(error) => {
                if error == StoreError::Full {
                    self.alarm(Alarm::StorageFull);
                }
                // Nothing was written: the numbers are free again, the chain has not grown.
                return Err(error.into());
            }
        }
        self.with_mut(|open| {
            open.state = made.state;
            open.catalog.add(made.number, &made.directory);
            made.changes.into_iter().for_each(|change| open.index.apply(change));
            open.device.pinned.chains.insert(open.device.device(), made.head);
            open.waiting += 1;
            if edits.iter().any(|edit| edit.row.is_none()) {
                open.shared_names = None;
            }
        })?;
        let mut charts: Vec<String> = edits.iter().map(|edit| keys::hex(&edit.chart)).collect();
        charts.sort_unstable();
        charts.dedup();
        self.emit(Event::Changed { charts });
        self.tell_waiting();
        self.wake();
        Ok(())
    }

    fn make(&self, open: &mut Open, edits: &[Edit]) -> Result<Made, Failure> {
        let device = open.device.device();
        let mut sealed = Vec::with_capacity(edits.len());
        for edit in edits {
            let header = Header {
                practice: open.device.practice(),
                scope: edit.scope,
                chart: ChartId::from_bytes(edit.chart),
                record: RecordId::from_bytes(edit.record),
                parents: edit.parents.iter().copied().map(EnvelopeId::from_bytes).collect(),
                author: device,
            };
            sealed.push(vault::seal_record(&mut self.rng(), &open.device.epoch_keys, &header, KIND_ENTRY, &edit.body)?);
        }
        let prev = chain_head(open, &device);
        if prev.seq < open.state.own_seq {
            // Part of the own chain is missing here: a number must not be signed twice.
            return Err(Failure::Damaged);
        }
        let claimed_ms = self.ports.clock().now_ms();
        let draft = CommitDraft {
            log: open.log.head(),
            claimed_time_ms: claimed_ms,
            vector: vector(open, &device),
            items: edits
                .iter()
                .zip(&sealed)
                .map(|(edit, sealed)| (ChartId::from_bytes(edit.chart), sealed.id))
                .collect(),
        };
        let (commit, head) = open.device.keys.sign_commit(open.device.practice(), prev, &draft);
        let items = edits
            .iter()
            .zip(&sealed)
            .map(|(edit, sealed)| ItemFrame {
                chart: edit.chart,
                envelope_id: *sealed.id.as_bytes(),
                envelope: &sealed.envelope,
                wrap: &sealed.wrap,
            })
            .collect();
        let mut writer = Writer::new();
        writer.commit(&CommitFrame {
            cursor: 0,
            device: *device.as_bytes(),
            device_seq: head.seq,
            hash: *head.hash.as_bytes(),
            commit: &commit,
            items,
        });
        let frame = writer.finish(0, 0, false);
        let decoded = wire::frame::decode(&frame).map_err(|_| Failure::Internal)?;
        let directory = Directory {
            commits: vec![Link {
                device: *device.as_bytes(),
                seq: head.seq,
                hash: *head.hash.as_bytes(),
                log_seq: head.log_seq,
                claimed_ms,
                items: edits.len() as u32,
            }],
            items: decoded.commits[0]
                .items
                .iter()
                .zip(edits)
                .map(|(item, edit)| Item {
                    chart: edit.chart,
                    record: edit.record,
                    id: item.envelope_id,
                    parents: edit.parents.clone(),
                    at: offset(&frame, item.envelope),
                    len: item.envelope.len() as u32,
                    wrap_at: offset(&frame, item.wrap),
                    wrap_len: item.wrap.len() as u32,
                })
                .collect(),
        };
        let before = open.state.clone();
        let number = open.state.take_pack();
        open.state.own_seq = head.seq;
        let rows = edits.iter().filter_map(|edit| edit.row.clone()).collect();
        let changes = open.index.plan(rows);
        let mut batch = self.pack_rows(open, number, &directory, frame);
        let account = *open.device.account().as_bytes();
        // `Add`: a sequence number is written once in a device's life.
        batch.push(Write::Add {
            table: Table::Outbox,
            key: keys::owned(&account, head.seq),
            value: keys::number(number),
        });
        batch.extend(self.index_rows(open, &changes));
        batch.push(self.state_row(open));
        // In memory only after it is durable.
        let state = std::mem::replace(&mut open.state, before);
        Ok(Made { number, directory, batch, changes, head, state })
    }

    /// The sealed rows of planned changes of the index.
    pub(crate) fn index_rows(&self, open: &Open, changes: &[Change]) -> Vec<Write> {
        let account = *open.device.account().as_bytes();
        let mut rows = Vec::new();
        for change in changes {
            let (number, bytes) = &change.add;
            let key = keys::owned(&account, u64::from(*number));
            let value = open.ciphers.index.seal(&mut self.rng(), &key, bytes);
            rows.push(Write::Put { table: Table::Index, key, value });
            rows.extend(
                change.remove.iter().map(|number| Write::Delete {
                    table: Table::Index,
                    key: keys::owned(&account, u64::from(*number)),
                }),
            );
        }
        rows
    }
}

/// The end of a device's accepted chain.
pub(crate) fn chain_head(open: &Open, device: &DeviceId) -> ChainHead {
    open.catalog.tip(device.as_bytes()).map_or(ChainHead::START, |tip| ChainHead {
        seq: tip.seq,
        hash: CommitHash::from_bytes(tip.hash),
        log_seq: tip.log_seq,
    })
}

/// What this device has seen of the others since its last commit: all their ends that moved.
fn vector(open: &Open, own: &DeviceId) -> Vec<VectorItem> {
    let pinned = &open.device.pinned.chains;
    let mut vector: Vec<VectorItem> = open
        .catalog
        .tips()
        .map(|(device, tip)| VectorItem {
            device: DeviceId::from_bytes(device),
            seq: tip.seq,
            hash: CommitHash::from_bytes(tip.hash),
        })
        .filter(|item| item.device != *own && pinned.get(&item.device).is_none_or(|head| head.seq < item.seq))
        .collect();
    vector.sort_unstable_by_key(|item| *item.device.as_bytes());
    vector
}
