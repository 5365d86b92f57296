//! The server's half of a device's unlock; left out of backups, deleted when the device is revoked.

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "device_shares")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub device: Vec<u8>,
    pub share: Vec<u8>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
