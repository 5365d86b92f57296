//! Appending commits: all of a push or nothing, and the same push twice is the same as once.

use std::collections::HashMap;

use sea_orm::{
    ActiveValue::Set, ColumnTrait, ConnectionTrait, DbErr, EntityTrait, QueryFilter, QueryOrder, QuerySelect,
};
use wire::{
    Hash32, Id16, Pushed,
    frame::{CommitFrame, ItemFrame},
};

use super::{Turn, heads};
use crate::{
    Api, Error,
    entities::{commits, items},
    state::Signal,
};

/// Rows of one statement: SQLite binds at most 32766 values and an item has six.
const ROWS: usize = 400;
/// The first sequence number of a device.
const FIRST: i64 = 1;

impl Api {
    /// Appends what is new of a device's commits, which follow each other.
    pub(crate) async fn push(&self, device: &Id16, pushed: &[CommitFrame<'_>]) -> Result<Pushed, Error> {
        let turn = Turn::begin(self).await?;
        let db = &turn.transaction;
        let stored = stored_range(db, device, pushed).await?;
        let new = after_known_prefix(pushed, &stored)?;
        if new.is_empty() {
            // Everything is here; the last one was stored in an earlier turn.
            let (device_seq, _, cursor) = stored.overlap.last().cloned().ok_or(Error::OutOfSequence)?;
            return Ok(Pushed { device_seq: device_seq as u64, cursor: cursor as u64 });
        }
        let first_cursor = heads::last_cursor(db).await? + 1;
        insert_commits(db, first_cursor, new).await?;
        insert_items(db, first_cursor, new).await?;
        turn.commit().await?;
        self.signal(Signal::News);
        let last = new.last().expect("not empty");
        Ok(Pushed { device_seq: last.device_seq, cursor: (first_cursor as u64) + new.len() as u64 - 1 })
    }
}

struct Stored {
    /// The device's last sequence number.
    last: i64,
    /// What is stored of the pushed range: (sequence, hash, cursor), in order.
    overlap: Vec<(i64, Vec<u8>, i64)>,
}

async fn stored_range(db: &impl ConnectionTrait, device: &Id16, pushed: &[CommitFrame<'_>]) -> Result<Stored, DbErr> {
    let of_device = commits::Entity::find().filter(commits::Column::Device.eq(device.to_vec())).select_only();
    let last = of_device.clone().column_as(commits::Column::DeviceSeq.max(), "last");
    let last = last.into_tuple::<Option<i64>>().one(db).await?.flatten().unwrap_or(FIRST - 1);
    let from = pushed.first().map_or(i64::MAX, |commit| signed(commit.device_seq));
    let to = pushed.last().map_or(0, |commit| signed(commit.device_seq));
    let mut overlap = Vec::new();
    if from <= last {
        overlap = of_device
            .columns([commits::Column::DeviceSeq, commits::Column::Hash, commits::Column::Cursor])
            .filter(commits::Column::DeviceSeq.between(from, to))
            .order_by_asc(commits::Column::DeviceSeq)
            .into_tuple()
            .all(db)
            .await?;
    }
    Ok(Stored { last, overlap })
}

/// The commits that are not stored yet, if the pushed ones continue the device's chain without a gap or a fork.
fn after_known_prefix<'c, 'f>(pushed: &'c [CommitFrame<'f>], stored: &Stored) -> Result<&'c [CommitFrame<'f>], Error> {
    let continues = pushed.first().is_some_and(|first| (FIRST..=stored.last + 1).contains(&signed(first.device_seq)));
    let follows = pushed.windows(2).all(|pair| pair[0].device_seq.checked_add(1) == Some(pair[1].device_seq));
    let same = pushed
        .iter()
        .zip(&stored.overlap)
        .all(|(commit, (seq, hash, _))| signed(commit.device_seq) == *seq && commit.hash[..] == hash[..]);
    if continues && follows && same { Ok(&pushed[stored.overlap.len()..]) } else { Err(Error::OutOfSequence) }
}

/// A sequence beyond what the storage can count continues nothing.
fn signed(seq: u64) -> i64 {
    i64::try_from(seq).unwrap_or(i64::MAX)
}

async fn insert_commits(db: &impl ConnectionTrait, first_cursor: i64, new: &[CommitFrame<'_>]) -> Result<(), DbErr> {
    let rows = (first_cursor..).zip(new).map(|(cursor, commit)| commits::ActiveModel {
        cursor: Set(cursor),
        device: Set(commit.device.to_vec()),
        device_seq: Set(signed(commit.device_seq)),
        size: Set(size(commit)),
        hash: Set(commit.hash.to_vec()),
        bytes: Set(commit.commit.to_vec()),
    });
    let rows: Vec<_> = rows.collect();
    for rows in rows.chunks(ROWS) {
        commits::Entity::insert_many(rows.to_vec()).exec_without_returning(db).await?;
    }
    Ok(())
}

/// Bytes that a commit takes in a frame; see [`wire::frame`].
fn size(commit: &CommitFrame<'_>) -> i64 {
    let items: usize = commit.items.iter().map(|item| 56 + item.envelope.len() + item.wrap.len()).sum();
    (72 + commit.commit.len() + items) as i64
}

/// Inserts the items in chunks, so that the memory held twice stays small.
async fn insert_items(db: &impl ConnectionTrait, first_cursor: i64, new: &[CommitFrame<'_>]) -> Result<(), Error> {
    let all: Vec<(i64, i64, &ItemFrame)> = (first_cursor..)
        .zip(new)
        .flat_map(|(cursor, commit)| (0..).zip(&commit.items).map(move |(position, item)| (cursor, position, item)))
        .collect();
    for chunk in all.chunks(ROWS) {
        let ids = chunk.iter().map(|(.., item)| item.envelope_id);
        let mut known = stored_envelopes(db, ids).await?;
        let mut rows = Vec::with_capacity(chunk.len());
        for (cursor, position, item) in chunk {
            let envelope = match known.get(&item.envelope_id) {
                Some(bytes) if item.envelope.is_empty() || bytes == item.envelope => None,
                Some(_) => return Err(Error::Malformed("another envelope has this id")),
                None if item.envelope.is_empty() => return Err(Error::Malformed("an envelope is missing")),
                None => {
                    known.insert(item.envelope_id, item.envelope.to_vec());
                    Some(item.envelope.to_vec())
                }
            };
            rows.push(items::ActiveModel {
                cursor: Set(*cursor),
                position: Set(*position),
                chart: Set(item.chart.to_vec()),
                envelope_id: Set(item.envelope_id.to_vec()),
                envelope: Set(envelope),
                wrap: Set(item.wrap.to_vec()),
            });
        }
        items::Entity::insert_many(rows).exec_without_returning(db).await?;
    }
    Ok(())
}

/// The bytes stored under these ids. An id is nearly always new, so this nearly always answers nothing.
async fn stored_envelopes(
    db: &impl ConnectionTrait,
    ids: impl Iterator<Item = Hash32>,
) -> Result<HashMap<Hash32, Vec<u8>>, DbErr> {
    let rows: Vec<(Vec<u8>, Vec<u8>)> = items::Entity::find()
        .select_only()
        .columns([items::Column::EnvelopeId, items::Column::Envelope])
        .filter(items::Column::EnvelopeId.is_in(ids.map(|id| id.to_vec())))
        .filter(items::Column::Envelope.is_not_null())
        .into_tuple()
        .all(db)
        .await?;
    rows.into_iter().map(|(id, envelope)| Ok((super::array(&id)?, envelope))).collect()
}
