//! What a commit lists, in its order: an envelope under its chart, and a wrap of the envelope's key.

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "items")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub cursor: i64,
    #[sea_orm(primary_key, auto_increment = false)]
    pub position: i64,
    pub chart: Vec<u8>,
    pub envelope_id: Vec<u8>,
    /// Null where an earlier item holds the bytes, or they were erased.
    pub envelope: Option<Vec<u8>>,
    pub wrap: Vec<u8>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
