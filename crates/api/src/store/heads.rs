//! How far the practice has come.

use sea_orm::{ColumnTrait, ConnectionTrait, DbErr, EntityTrait, QuerySelect};

use crate::{
    Api, Error,
    entities::{commits, log_entries},
};

/// The last cursor (0 before the first commit) and log sequence (-1 before the founding).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Heads {
    pub cursor: i64,
    pub log_seq: i64,
}

impl Api {
    pub(crate) async fn heads(&self) -> Result<Heads, Error> {
        Ok(Heads { cursor: last_cursor(&self.db).await?, log_seq: last_log_seq(&self.db).await? })
    }
}

pub(super) async fn last_cursor(db: &impl ConnectionTrait) -> Result<i64, DbErr> {
    let query = commits::Entity::find().select_only().column_as(commits::Column::Cursor.max(), "last");
    Ok(query.into_tuple::<Option<i64>>().one(db).await?.flatten().unwrap_or(0))
}

pub(super) async fn last_log_seq(db: &impl ConnectionTrait) -> Result<i64, DbErr> {
    let query = log_entries::Entity::find().select_only().column_as(log_entries::Column::Seq.max(), "last");
    Ok(query.into_tuple::<Option<i64>>().one(db).await?.flatten().unwrap_or(-1))
}
