//! Keeping in step: log, then push, then pull; and telling the page where things stand, exactly.

use wire::{Code, LogPage, Pushed, frame};

use crate::{
    engine::Engine,
    failure::Failure,
    http::{self, CallError},
    keys,
    ports::{Clock, Method, Ports, Store, Table, Write},
    protocol::{Alarm, Event, SyncState},
};

/// A push request grows to about this many bytes.
const PUSH_BYTES: usize = 1 << 20;

impl<P: Ports> Engine<P> {
    /// One round of keeping in step; the page is told the outcome. [`Engine::run`] calls it whenever there is reason to.
    pub async fn step(&self) {
        let was_in_reach = self.in_reach();
        if !was_in_reach {
            // Look before anything is claimed.
            let state = http::get::<_, wire::ServerState>(self.ports.transport(), "/v1/state").await;
            if !matches!(state, Ok(wire::ServerState { practice: Some(practice), .. })
                if self.with(|open| *open.device.practice().as_bytes() == practice).unwrap_or(false))
            {
                return self.tell_offline();
            }
        }
        if was_in_reach {
            self.tell_waiting();
        }
        match self.sync().await {
            Ok(()) => {
                self.link.in_reach.set(true);
                let now_ms = self.ports.clock().now_ms();
                let waiting = self.with_mut(|open| {
                    open.state.synced_ms = now_ms;
                    open.waiting
                });
                match waiting {
                    Ok(0) => self.tell(SyncState::Synced { at_ms: now_ms }),
                    // Something was saved meanwhile.
                    Ok(_) => self.wake(),
                    Err(_) => {}
                }
            }
            Err(Failure::ServerUnreachable) => {
                if self.link.in_reach.replace(false) || self.link.offline_since_ms.get() == 0 {
                    self.link.offline_since_ms.set(self.ports.clock().now_ms());
                }
                self.tell_offline();
            }
            Err(Failure::Locked) => {}
            Err(why) => {
                self.link.in_reach.set(false);
                let waiting = self.with(|open| open.waiting).unwrap_or(0);
                self.tell(SyncState::Stuck { waiting, why });
            }
        }
    }

    async fn sync(&self) -> Result<(), Failure> {
        self.ensure_catalog().await?;
        match self.round().await {
            Err(CallOr::Call(error)) if error.code() == Some(Code::NoSession) => {
                self.login_renew().await?;
                self.round().await.map_err(Failure::from)
            }
            other => other.map_err(Failure::from),
        }
    }

    async fn round(&self) -> Result<(), CallOr> {
        self.fetch_log().await?;
        // Own commits that are missing here come back with the stream before any is sent or signed.
        if self.own_chain_is_whole()? {
            self.push().await?;
        }
        self.pull().await?;
        if self.own_chain_is_whole()? {
            self.push().await?;
        }
        Ok(self.heal().await?)
    }

    fn own_chain_is_whole(&self) -> Result<bool, Failure> {
        self.with(|open| crate::save::chain_head(open, &open.device.device()).seq >= open.state.own_seq)
    }

    /// Appends what is new in the log, each entry verified here.
    async fn fetch_log(&self) -> Result<(), CallOr> {
        loop {
            let seq = self.with(|open| open.log.head().seq)?;
            let page: LogPage = http::get(self.ports.transport(), &format!("/v1/log?after={seq}")).await?;
            if page.entries.is_empty() {
                return Ok(());
            }
            let _writing = self.writer.lock().await;
            let account = self.with(|open| *open.device.account().as_bytes())?;
            let mut row = crate::local::device_row(&self.ports, &account).await?;
            let taken = self.with_mut(|open| {
                let mut log = open.log.clone();
                let mut batch = Vec::new();
                for entry in &page.entries {
                    if log.append(&entry.bytes).is_err() {
                        return None;
                    }
                    batch.push(Write::Add {
                        table: Table::Log,
                        key: keys::number(log.head().seq),
                        value: entry.bytes.clone(),
                    });
                }
                Some((log, batch))
            })?;
            let Some((log, mut batch)) = taken else {
                self.alarm(Alarm::LogForked);
                return Err(Failure::Unverified.into());
            };
            let mut bundle = vault::Bundle::parse(&row.bundle).map_err(Failure::from)?;
            self.with_mut(|open| -> Result<(), Failure> {
                let device = &mut open.device;
                log.refresh_epoch_keys(&device.keys, &mut device.epoch_keys)?;
                device.pinned.log = log.head();
                bundle.b0 = device.reseal(&mut self.rng());
                Ok(())
            })??;
            row.bundle = bundle.to_bytes();
            batch.push(crate::local::put_device(&account, &row));
            self.ports.store().write(batch).await.map_err(Failure::from)?;
            self.with_mut(|open| open.log = log)?;
            if !page.more {
                return Ok(());
            }
        }
    }

    /// Sends own commits in order, in batches, until none waits.
    async fn push(&self) -> Result<(), CallOr> {
        loop {
            let account = self.with(|open| *open.device.account().as_bytes())?;
            let end = keys::after(&account);
            let rows =
                self.ports.store().range(Table::Outbox, &account, end.as_deref()).await.map_err(Failure::from)?;
            self.with_mut(|open| open.waiting = rows.len() as u32)?;
            if rows.is_empty() {
                return Ok(());
            }
            self.tell(SyncState::Sending { waiting: rows.len() as u32 });
            let mut writer = frame::Writer::new();
            let mut last = 0;
            for (key, number) in &rows {
                let pack = self.pack(keys::tail(number).ok_or(Failure::Damaged)?).await?;
                let seq = keys::tail(key).ok_or(Failure::Damaged)?;
                let own = self.with(|open| *open.device.device().as_bytes())?;
                let decoded = frame::decode(&pack).unwrap_or_default();
                let commit = decoded.commits.iter().find(|commit| commit.device == own && commit.device_seq == seq);
                match commit {
                    Some(commit) if self.with(|open| is_as_made(open, commit))? => writer.commit(commit),
                    // What was damaged here must not become everybody's truth.
                    _ => {
                        self.alarm(Alarm::Damaged { count: 1 });
                        return Err(Failure::Damaged.into());
                    }
                }
                last = seq;
                if writer.len() >= PUSH_BYTES {
                    break;
                }
            }
            let body = writer.finish(0, 0, false);
            let answer = http::raw(self.ports.transport(), Method::Post, "/v1/commits", body).await;
            if answer.as_ref().is_err_and(|error| error.code() == Some(Code::OutOfSequence)) {
                // The server does not have what it acknowledged, or has something else.
                self.alarm(Alarm::RolledBack);
                return Err(Failure::Unverified.into());
            }
            let answer = answer?;
            let pushed: Pushed = wire::decode(&answer).map_err(|_| Failure::ServerConfused)?;
            if pushed.device_seq < last {
                return Err(Failure::ServerConfused.into());
            }
            let done: Vec<Write> = rows
                .iter()
                .filter(|(key, _)| keys::tail(key).is_some_and(|seq| seq <= last))
                .map(|(key, _)| Write::Delete { table: Table::Outbox, key: key.clone() })
                .collect();
            let count = done.len() as u32;
            self.ports.store().write(done).await.map_err(Failure::from)?;
            self.with_mut(|open| open.waiting = open.waiting.saturating_sub(count))?;
        }
    }

    /// Takes in the practice's stream from where this device is, asking for the next page while working on this one.
    async fn pull(&self) -> Result<(), CallOr> {
        let mut after = self.with(|open| open.state.cursor)?;
        let mut log_fetched = false;
        self.ports.clock().mark("pull-begins");
        let mut page = self.page(after).await?;
        let started = after;
        let mut held = false;
        loop {
            let (next, more, commits) = {
                let frame = frame::decode(&page).map_err(|_| Failure::ServerConfused)?;
                self.check_epoch(frame.server_epoch)?;
                (frame.next, frame.more, frame.commits.len() as u64)
            };
            if next < after {
                self.alarm(Alarm::RolledBack);
                return Err(Failure::Unverified.into());
            }
            // Cursors have no gaps: a page that ends further than it goes leaves something out.
            if let left_out @ 1.. = (next - after).saturating_sub(commits) {
                self.alarm(Alarm::Withheld { count: u32::try_from(left_out).unwrap_or(u32::MAX) });
                held = true;
            }
            if more {
                self.tell(SyncState::Receiving { done: next.saturating_sub(started), total: 0 });
            }
            let take = async {
                let _writing = self.writer.lock().await;
                let taken = self.receive(page, held).await;
                self.ports.clock().pause().await;
                taken
            };
            let (taken, following) = if more {
                let (taken, following) = futures::join!(take, self.page(next));
                (taken?, Some(following?))
            } else {
                (take.await?, None)
            };
            held |= taken.refused;
            if taken.log_behind && !log_fetched {
                log_fetched = true;
                self.fetch_log().await?;
                page = self.page(after).await?;
                continue;
            }
            held |= taken.log_behind;
            match following {
                Some(following) => (page, after) = (following, next),
                None => {
                    self.ports.clock().mark("pull-ends");
                    if held {
                        self.rewind()?;
                    }
                    return Ok(());
                }
            }
        }
    }

    /// Once a session, what was refused is asked for from the beginning of the stream: an honest server then heals a
    /// device that missed something earlier.
    fn rewind(&self) -> Result<(), Failure> {
        self.with_mut(|open| {
            if !std::mem::replace(&mut open.rewound, true) {
                open.state.cursor = 0;
            }
        })
    }

    async fn page(&self, after: u64) -> Result<Vec<u8>, CallError> {
        let path = format!("/v1/commits?after={after}&bytes={}", wire::PAGE_BYTES);
        let page = http::raw(self.ports.transport(), Method::Get, &path, Vec::new()).await;
        if page.as_ref().is_err_and(|error| error.code() == Some(Code::OtherEpoch)) {
            // The stream is shorter than what this device has seen of it.
            self.alarm(Alarm::RolledBack);
        }
        page
    }

    /// A server whose state changed (restored from a backup) is not followed.
    fn check_epoch(&self, epoch: u64) -> Result<(), Failure> {
        let known = self.with(|open| open.state.server_epoch)?;
        if known != 0 && known != epoch {
            self.alarm(Alarm::RolledBack);
            return Err(Failure::Unverified);
        }
        Ok(())
    }

    /// A frame with one envelope that is missing or damaged here.
    pub(crate) async fn fetch_envelope(&self, id: &[u8; 32]) -> Result<Vec<u8>, Failure> {
        let body = wire::encode(&wire::AskEnvelopes { ids: vec![*id] });
        Ok(http::raw(self.ports.transport(), Method::Post, "/v1/envelopes", body).await?)
    }

    pub(crate) fn tell(&self, state: SyncState) {
        if self.link.told.replace(Some(state.clone())).as_ref() != Some(&state) {
            self.emit(Event::Sync(state));
        }
    }

    pub(crate) fn tell_offline(&self) {
        let waiting = self.with(|open| open.waiting).unwrap_or(0);
        if self.link.offline_since_ms.get() == 0 {
            self.link.offline_since_ms.set(self.ports.clock().now_ms());
        }
        self.tell(SyncState::Offline { since_ms: self.link.offline_since_ms.get(), waiting });
    }

    /// After a save: how many wait, in the words of the present state.
    pub(crate) fn tell_waiting(&self) {
        let waiting = self.with(|open| open.waiting).unwrap_or(0);
        if !self.in_reach() {
            self.tell_offline();
        } else if waiting > 0 {
            self.tell(SyncState::Sending { waiting });
        }
    }
}

/// An own commit and its envelopes are still, byte for byte, what was signed.
fn is_as_made(open: &crate::engine::Open, frame: &frame::CommitFrame) -> bool {
    let Ok(commit) = vault::Commit::parse(frame.commit) else { return false };
    let known = open.catalog.commit(&frame.device, frame.device_seq);
    let whole = |item: &frame::ItemFrame| {
        vault::EnvelopeView::parse(item.envelope).is_ok_and(|view| *view.id().as_bytes() == item.envelope_id)
            && vault::WrapView::parse(item.wrap).is_ok_and(|wrap| *wrap.envelope.as_bytes() == item.envelope_id)
    };
    let listed = commit.items.iter().map(|(chart, id)| (*chart.as_bytes(), *id.as_bytes()));
    known == Some(*commit.hash.as_bytes())
        && known == Some(frame.hash)
        && listed.eq(frame.items.iter().map(|item| (item.chart, item.envelope_id)))
        && frame.items.iter().all(whole)
}

/// A failed call keeps its code until it is known whether logging in again helps.
pub(crate) enum CallOr {
    Call(CallError),
    Other(Failure),
}

impl From<CallError> for CallOr {
    fn from(error: CallError) -> Self {
        Self::Call(error)
    }
}

impl From<Failure> for CallOr {
    fn from(failure: Failure) -> Self {
        Self::Other(failure)
    }
}

impl From<CallOr> for Failure {
    fn from(error: CallOr) -> Self {
        match error {
            CallOr::Call(error) => error.into(),
            CallOr::Other(failure) => failure,
        }
    }
}
