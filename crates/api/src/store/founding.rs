//! The server's own row, and the founding that fills it once.

use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ConnectionTrait, DbErr, EntityTrait, IntoActiveModel, sea_query::OnConflict,
};
use wire::{Found, Hash32, Registered};

use super::{Turn, array};
use crate::{Api, Error, entities::server, state::random};

const ROW: i32 = 1;

/// Draws this server's epoch if the database is new, and answers it.
pub(crate) async fn make_server_row(db: &impl ConnectionTrait) -> Result<u64, DbErr> {
    let epoch = (u64::from_le_bytes(random()) >> 1) as i64;
    let row = server::ActiveModel { id: Set(ROW), epoch: Set(epoch), practice: Set(None) };
    let keep = OnConflict::column(server::Column::Id).do_nothing().to_owned();
    server::Entity::insert(row).on_conflict(keep).exec_without_returning(db).await?;
    Ok(server_row(db).await?.epoch as u64)
}

async fn server_row(db: &impl ConnectionTrait) -> Result<server::Model, DbErr> {
    let row = server::Entity::find_by_id(ROW).one(db).await?;
    row.ok_or_else(|| DbErr::RecordNotFound("the server's own row".into()))
}

impl Api {
    /// Hash of the genesis entry, once founded.
    pub(crate) async fn practice(&self) -> Result<Option<Hash32>, Error> {
        let practice = server_row(&self.db).await?.practice;
        Ok(practice.map(|hash| array(&hash)).transpose()?)
    }

    /// Founds the practice: its first log entries, its first account and device. Of several at once, one succeeds.
    pub(crate) async fn found(&self, found: &Found) -> Result<Registered, Error> {
        let turn = Turn::begin(self).await?;
        let db = &turn.transaction;
        let row = server_row(db).await?;
        if row.practice.is_some() {
            return Err(Error::PracticeExists);
        }
        let mut row = row.into_active_model();
        row.practice = Set(Some(found.practice.to_vec()));
        row.update(db).await?;
        for (seq, entry) in (0..).zip(&found.entries) {
            super::log::insert(db, seq, entry).await?;
        }
        super::accounts::insert_account(db, &found.account).await?;
        let share = super::accounts::insert_device(db, &found.device).await?;
        turn.commit().await?;
        Ok(Registered { log_seq: found.entries.len() as u64 - 1, share: Some(share) })
    }
}
