//! Taking in a page of the practice's stream: verify every signature, hash and header first, then keep it as a pack.

use std::collections::{HashMap, HashSet};

use record::summary::PatientSummary;
use vault::{ChartId, Commit, CommitError, EnvelopeId, EnvelopeView, WrapView, open_record};
use wire::frame::{CommitFrame, ItemFrame, Writer};

use crate::{
    catalog::{Directory, Item, Link},
    engine::{Engine, Open},
    failure::Failure,
    index::segment::Row,
    keys,
    packs::offset,
    ports::{Ports, Store, StoreError},
    protocol::{Alarm, Event},
    save::chain_head,
};

/// What a page brought.
#[derive(Default)]
pub(crate) struct Taken {
    pub charts: HashSet<[u8; 16]>,
    /// A commit cites a log head that is not known here yet: fetch the log, then this page again.
    pub log_behind: bool,
    /// Something was refused; the stream is asked again from before it next time.
    pub refused: bool,
}

/// A page, sorted into what is taken and what is told.
#[derive(Default)]
pub(crate) struct Sorted<'a> {
    pub accepted: Vec<(CommitFrame<'a>, Link, Vec<EnvelopeView<'a>>)>,
    alarms: Vec<Alarm>,
    log_behind: bool,
    refused: bool,
}

impl<P: Ports> Engine<P> {
    /// Takes in one page. The caller holds the writer lock and the catalog is loaded.
    /// `held`: an earlier page of this round was not taken whole, so the cursor stays before that one.
    pub(crate) async fn receive(&self, page: Vec<u8>, held: bool) -> Result<Taken, Failure> {
        let frame = wire::frame::decode(&page).map_err(|_| Failure::ServerConfused)?;
        let (next, epoch) = (frame.next, frame.server_epoch);
        let whole = frame.commits.len();
        let sorted = self.with(|open| sort(open, frame.commits))?;
        let mut taken = Taken { log_behind: sorted.log_behind, refused: sorted.refused, charts: HashSet::new() };
        sorted.alarms.into_iter().for_each(|alarm| self.alarm(alarm));
        // A page that is not taken whole is asked for again, so the cursor stays before it.
        let advance = !held && !taken.log_behind && !taken.refused;
        if sorted.accepted.is_empty() {
            if advance {
                self.advance(next, epoch).await?;
            }
            return Ok(taken);
        }
        let links: Vec<Link> = sorted.accepted.iter().map(|(_, link, _)| link.clone()).collect();
        let unchanged = sorted.accepted.len() == whole
            && sorted.accepted.iter().all(|(commit, _, views)| commit.items.len() == views.len());
        // Usually the page is kept byte for byte; without what was refused or known it is written anew.
        let rewritten = (!unchanged).then(|| {
            let mut writer = Writer::new();
            sorted.accepted.iter().for_each(|(commit, _, _)| writer.commit(commit));
            writer.finish(next, epoch, false)
        });
        let (items, rows, alarms) = match &rewritten {
            None => self.with(|open| describe(open, &page, &sorted.accepted))?,
            Some(bytes) => {
                let again = wire::frame::decode(bytes).map_err(|_| Failure::Internal)?;
                let again: Vec<_> = again
                    .commits
                    .into_iter()
                    .zip(links.iter().cloned())
                    .map(|(commit, link)| {
                        let views =
                            commit.items.iter().filter_map(|item| EnvelopeView::parse(item.envelope).ok()).collect();
                        (commit, link, views)
                    })
                    .collect();
                self.with(|open| describe(open, bytes, &again))?
            }
        };
        drop(sorted.accepted);
        alarms.into_iter().for_each(|alarm| self.alarm(alarm));
        taken.charts = items.iter().map(|item| item.chart).collect();
        let directory = Directory { commits: links, items };
        let (batch, number, changes) = self.with_mut(|open| {
            let before = open.state.clone();
            let number = open.state.take_pack();
            let changes = open.index.plan(rows);
            let mut batch = self.pack_rows(open, number, &directory, rewritten.unwrap_or(page));
            batch.extend(self.index_rows(open, &changes));
            if advance {
                (open.state.cursor, open.state.server_epoch) = (next, epoch);
            }
            batch.push(self.state_row(open));
            // In memory only after it is durable.
            let after = std::mem::replace(&mut open.state, before);
            ((batch, after), number, changes)
        })?;
        let (batch, after) = batch;
        if let Err(error) = self.ports.store().write(batch).await {
            if error == StoreError::Full {
                self.alarm(Alarm::StorageFull);
            }
            return Err(error.into());
        }
        let again = self.with_mut(|open| {
            open.state = after;
            let known = |item: &&Item| item.record == item.chart && open.catalog.has_record(&item.chart, &item.record);
            let again: HashSet<[u8; 16]> = directory.items.iter().filter(known).map(|item| item.chart).collect();
            open.catalog.add(number, &directory);
            changes.into_iter().for_each(|change| open.index.apply(change));
            open.shared_names = None;
            again
        })?;
        // A patient who was known already may now have two versions side by side: the row shows both merged.
        for chart in again {
            self.refresh_row(chart).await?;
        }
        self.emit(Event::Changed { charts: taken.charts.iter().map(|chart| keys::hex(chart)).collect() });
        Ok(taken)
    }

    async fn advance(&self, next: u64, epoch: u64) -> Result<(), Failure> {
        let row = self.with_mut(|open| {
            if (open.state.cursor, open.state.server_epoch) == (next, epoch) {
                return None;
            }
            (open.state.cursor, open.state.server_epoch) = (next, epoch);
            Some(self.state_row(open))
        })?;
        match row {
            Some(row) => Ok(self.ports.store().write(vec![row]).await?),
            None => Ok(()),
        }
    }
}

/// Verifies each commit and each envelope of a page.
pub(crate) fn sort<'a>(open: &Open, commits: Vec<CommitFrame<'a>>) -> Sorted<'a> {
    let mut sorted = Sorted::default();
    let mut heads = HashMap::new();
    let mut held = HashSet::new();
    for mut frame in commits {
        let commit = match Commit::parse(frame.commit) {
            Ok(commit) => commit,
            Err(_) => {
                sorted.alarms.push(Alarm::Forged);
                sorted.refused = true;
                continue;
            }
        };
        if held.contains(&commit.device) {
            continue;
        }
        // Another commit than the stream says stands here.
        if (frame.device, frame.device_seq) != (*commit.device.as_bytes(), commit.seq) {
            sorted.alarms.push(Alarm::RolledBack);
            sorted.refused = true;
            continue;
        }
        // Seen before: our own, or a page asked for again.
        match open.catalog.commit(commit.device.as_bytes(), commit.seq) {
            Some(hash) if hash == *commit.hash.as_bytes() => continue,
            Some(_) => {
                sorted.alarms.push(Alarm::RolledBack);
                sorted.refused = true;
                held.insert(commit.device);
                continue;
            }
            None => {}
        }
        let head = *heads.entry(commit.device).or_insert_with(|| chain_head(open, &commit.device));
        match commit.verify(&open.log, Some(head)) {
            Ok(head) => {
                heads.insert(commit.device, head);
            }
            Err(CommitError::Held) => {
                sorted.log_behind = true;
                held.insert(commit.device);
                continue;
            }
            Err(error) => {
                sorted.alarms.push(match error {
                    CommitError::Gap { .. } => Alarm::Withheld { count: 1 },
                    CommitError::Fork | CommitError::Replay | CommitError::LogWentBack => Alarm::RolledBack,
                    CommitError::ForeignLog => Alarm::LogForked,
                    _ => Alarm::Forged,
                });
                sorted.refused = true;
                held.insert(commit.device);
                continue;
            }
        }
        for seen in &commit.vector {
            let known = heads.get(&seen.device).copied().unwrap_or_else(|| chain_head(open, &seen.device));
            if known.seq < seen.seq {
                // Its author has seen what is not handed out here. Told, and nothing is held up by it.
                sorted.alarms.push(Alarm::Withheld { count: (seen.seq - known.seq) as u32 });
            }
        }
        let mut given: HashMap<[u8; 32], _> = frame.items.drain(..).map(|item| (item.envelope_id, item)).collect();
        let mut views = Vec::with_capacity(commit.items.len());
        let mut withheld = 0;
        for (chart, id) in &commit.items {
            let mut item = given.remove(id.as_bytes()).unwrap_or_default();
            (item.chart, item.envelope_id) = (*chart.as_bytes(), *id.as_bytes());
            match envelope(open, &commit, *chart, *id, &item) {
                Ok(view) => views.push(view),
                Err(alarm) => {
                    match alarm {
                        Some(alarm) => sorted.alarms.push(alarm),
                        None => withheld += 1,
                    }
                    (item.envelope, item.wrap) = (&[], &[]);
                }
            }
            frame.items.push(item);
        }
        // In the place of what the commit lists stands something else.
        let strange = given.values().any(|item| !item.envelope.is_empty());
        match (withheld, frame.items.iter().find(|item| item.envelope.is_empty())) {
            (1.., Some(missing)) if strange => {
                sorted.alarms.push(Alarm::EnvelopeMisplaced { chart: keys::hex(&missing.chart) });
            }
            (1.., _) => sorted.alarms.push(Alarm::Withheld { count: withheld }),
            _ => {}
        }
        let link = Link {
            device: *commit.device.as_bytes(),
            seq: commit.seq,
            hash: *commit.hash.as_bytes(),
            log_seq: commit.log.seq,
            claimed_ms: commit.claimed_time_ms,
            items: frame.items.len() as u32,
        };
        sorted.accepted.push((frame, link, views));
    }
    sorted
}

/// Checks an envelope against the commit that lists it; `Err(None)`: not handed out at all.
fn envelope<'a>(
    open: &Open,
    commit: &Commit,
    chart: ChartId,
    id: EnvelopeId,
    item: &ItemFrame<'a>,
) -> Result<EnvelopeView<'a>, Option<Alarm>> {
    let bytes = item.envelope;
    if bytes.is_empty() {
        return Err(None);
    }
    let at = || keys::hex(chart.as_bytes());
    let view = EnvelopeView::parse(bytes).map_err(|_| Some(Alarm::EnvelopeAltered { chart: at() }))?;
    let wraps_it = WrapView::parse(item.wrap).is_ok_and(|wrap| wrap.envelope == id);
    if view.id() != id || !wraps_it {
        return Err(Some(Alarm::EnvelopeAltered { chart: at() }));
    }
    match commit.check_item(&open.log, (chart, id), &view) {
        Ok(()) => Ok(view),
        Err(_) => Err(Some(Alarm::EnvelopeMisplaced { chart: at() })),
    }
}

/// Directory items of the accepted commits inside `page`, and the rows of the patients that they bring.
pub(crate) fn describe(
    open: &Open,
    page: &[u8],
    accepted: &[(CommitFrame, Link, Vec<EnvelopeView>)],
) -> (Vec<Item>, Vec<Row>, Vec<Alarm>) {
    let mut items = Vec::new();
    let mut alarms = Vec::new();
    let mut rows: HashMap<[u8; 16], Row> = HashMap::new();
    for (commit, _, views) in accepted {
        let mut views = views.iter();
        for given in &commit.items {
            let mut item = Item {
                chart: given.chart,
                record: [0; 16],
                id: given.envelope_id,
                parents: Vec::new(),
                at: 0,
                len: 0,
                wrap_at: 0,
                wrap_len: 0,
            };
            if let Some(view) = (!given.envelope.is_empty()).then(|| views.next()).flatten() {
                let header = view.header();
                item.record = *header.record.as_bytes();
                item.parents = header.parents.iter().map(|parent| *parent.as_bytes()).collect();
                item.at = offset(page, given.envelope);
                item.len = given.envelope.len() as u32;
                item.wrap_at = offset(page, given.wrap);
                item.wrap_len = given.wrap.len() as u32;
                // The Patient record of a chart has the chart's own id.
                if item.record == item.chart {
                    match open_record(&open.device.epoch_keys, view, given.wrap) {
                        Ok(opened) => {
                            if let Some(summary) = PatientSummary::from_body(&opened.body) {
                                rows.insert(item.chart, Row::new(item.chart, &summary, false));
                            }
                        }
                        // The scope's key is not this person's.
                        Err(vault::Error::MissingEpoch { .. }) => {}
                        // The wrap is no part of what is signed; asked for again like a missing envelope.
                        Err(_) => {
                            alarms.push(Alarm::EnvelopeAltered { chart: keys::hex(&item.chart) });
                            item.len = 0;
                        }
                    }
                }
            }
            items.push(item);
        }
    }
    (items, rows.into_values().collect(), alarms)
}
