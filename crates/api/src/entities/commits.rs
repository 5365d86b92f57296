//! The practice's stream of commits by cursor (from 1, without gaps).

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "commits")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub cursor: i64,
    pub device: Vec<u8>,
    pub device_seq: i64,
    /// Bytes that the commit takes in a frame, items included.
    pub size: i64,
    pub hash: Vec<u8>,
    pub bytes: Vec<u8>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
