//! The membership log: opaque signed entries, appended only on the head.

use sea_orm::{
    ActiveValue::Set, ColumnTrait, ConnectionTrait, DbErr, EntityTrait, QueryFilter, QueryOrder, QuerySelect,
};
use wire::{AppendLog, DeviceRegistration, LogEntry, LogPage, Registered};

use super::{Turn, accounts, array, heads};
use crate::{
    Api, Error,
    entities::{device_shares, devices, log_entries},
    extract::Session,
    state::Signal,
};

/// Entries of one page, and about how many bytes.
const PAGE_ENTRIES: usize = 256;
const PAGE_BYTES: usize = 1 << 20;

impl Api {
    /// The entries after `after` (-1: from genesis on).
    pub(crate) async fn log_page(&self, after: i64) -> Result<LogPage, Error> {
        let rows = log_entries::Entity::find()
            .filter(log_entries::Column::Seq.gt(after))
            .order_by_asc(log_entries::Column::Seq)
            .limit(PAGE_ENTRIES as u64 + 1)
            .all(&self.db)
            .await?;
        let mut page = LogPage { first_seq: (after + 1) as u64, entries: Vec::new(), more: false };
        let mut size = 0;
        for row in rows {
            size += row.bytes.len();
            if page.entries.len() == PAGE_ENTRIES || (size > PAGE_BYTES && !page.entries.is_empty()) {
                page.more = true;
                break;
            }
            page.entries.push(LogEntry { hash: array(&row.hash)?, bytes: row.bytes });
        }
        Ok(page)
    }

    /// Appends one entry if `prev` is the head's hash. The same entry again is answered as it was the first time, so
    /// that a device whose answer got lost may repeat itself.
    pub(crate) async fn append_log(&self, session: &Session, append: &AppendLog) -> Result<Registered, Error> {
        let turn = Turn::begin(self).await?;
        let db = &turn.transaction;
        if let Some(stored) = find(db, &append.entry).await? {
            return repeat(db, session, append, stored).await;
        }
        let seq = heads::last_log_seq(db).await?;
        let head = log_entries::Entity::find_by_id(seq).one(db).await?.ok_or(Error::NoPractice)?;
        if head.hash != append.prev {
            return Err(Error::NotAtHead);
        }
        insert(db, seq + 1, &append.entry).await?;
        let share = match &append.register_device {
            None => None,
            Some(device) => Some(register(db, session, device).await?),
        };
        turn.commit().await?;
        self.signal(Signal::News);
        Ok(Registered { log_seq: (seq + 1) as u64, share })
    }
}

async fn find(db: &impl ConnectionTrait, entry: &LogEntry) -> Result<Option<log_entries::Model>, DbErr> {
    log_entries::Entity::find().filter(log_entries::Column::Hash.eq(entry.hash.to_vec())).one(db).await
}

pub(super) async fn insert(db: &impl ConnectionTrait, seq: i64, entry: &LogEntry) -> Result<(), DbErr> {
    let row =
        log_entries::ActiveModel { seq: Set(seq), hash: Set(entry.hash.to_vec()), bytes: Set(entry.bytes.clone()) };
    log_entries::Entity::insert(row).exec_without_returning(db).await?;
    Ok(())
}

/// Registers a device of the session's own account. A session of enrolment becomes the device's.
async fn register(
    db: &impl ConnectionTrait,
    session: &Session,
    device: &DeviceRegistration,
) -> Result<[u8; 32], Error> {
    if devices::Entity::find_by_id(device.device.to_vec()).one(db).await?.is_some() {
        return Err(Error::Malformed("the device is registered already"));
    }
    let share = accounts::insert_device(db, device).await?;
    if session.device.is_none() {
        accounts::give_session(db, &session.token_hash, &device.device).await?;
    }
    Ok(share)
}

/// Answers an entry that is stored already. The share is told again only to the session that became the device's.
async fn repeat(
    db: &impl ConnectionTrait,
    session: &Session,
    append: &AppendLog,
    stored: log_entries::Model,
) -> Result<Registered, Error> {
    if stored.bytes != append.entry.bytes {
        return Err(Error::Malformed("another entry has this hash"));
    }
    let share = match &append.register_device {
        Some(device) if session.device == Some(device.device) => {
            let row = device_shares::Entity::find_by_id(device.device.to_vec()).one(db).await?;
            row.map(|row| array(&row.share)).transpose()?
        }
        _ => None,
    };
    Ok(Registered { log_seq: stored.seq as u64, share })
}
