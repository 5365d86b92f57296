//! Accounts, devices and their shares.

use sea_orm::{ActiveValue::Set, ColumnTrait, ConnectionTrait, DbErr, EntityTrait, QueryFilter, sea_query::Expr};
use wire::{AccountRegistration, DeviceRegistration, Id16, KdfParams};

use super::{Turn, array};
use crate::{
    Api, Error,
    entities::{accounts, device_shares, devices, sessions},
    state::{Signal, random},
};

/// What a login is verified with; a part is None where the account or its device is unknown.
pub(crate) struct LoginKeys {
    pub login_public: Option<[u8; 32]>,
    pub account_wrap: Vec<u8>,
    pub access_public: Option<[u8; 32]>,
    pub revoked: bool,
}

impl Api {
    pub(crate) async fn kdf(&self, account: &Id16) -> Result<Option<KdfParams>, Error> {
        let account = accounts::Entity::find_by_id(account.to_vec()).one(&self.db).await?;
        Ok(account.map(|account| KdfParams {
            memory_kib: account.memory_kib as u32,
            passes: account.passes as u32,
            lanes: account.lanes as u32,
        }))
    }

    /// Asks the same of the storage whatever exists.
    pub(crate) async fn login_keys(&self, account: &Id16, device: Option<&Id16>) -> Result<LoginKeys, Error> {
        let device_id = device.unwrap_or(&[0; 16]);
        let of_device = devices::Entity::find_by_id(device_id.to_vec())
            .filter(devices::Column::Account.eq(account.to_vec()))
            .one(&self.db)
            .await?;
        let of_account = accounts::Entity::find_by_id(account.to_vec()).one(&self.db).await?;
        Ok(LoginKeys {
            login_public: of_account.as_ref().map(|account| array(&account.login_public)).transpose()?,
            account_wrap: of_account.map(|account| account.account_wrap).unwrap_or_default(),
            access_public: of_device.as_ref().map(|device| array(&device.access_public)).transpose()?,
            revoked: of_device.is_some_and(|device| device.revoked_ms.is_some()),
        })
    }

    pub(crate) async fn share(&self, device: &Id16) -> Result<[u8; 32], Error> {
        let row = device_shares::Entity::find_by_id(device.to_vec()).one(&self.db).await?;
        // Backups leave shares out: after a restore the device enrols again.
        Ok(array(&row.ok_or(Error::LoginRefused)?.share)?)
    }

    /// Revokes a device: its share is deleted, its sessions end, and its logins are refused from now on.
    ///
    /// # Errors
    /// [`Error::NotFound`] if there is no such device.
    pub async fn revoke_device(&self, device: &Id16) -> Result<(), Error> {
        let turn = Turn::begin(self).await?;
        let db = &turn.transaction;
        let revoked = devices::Entity::update_many()
            .col_expr(devices::Column::RevokedMs, Expr::value(self.now_ms() as i64))
            .filter(devices::Column::Id.eq(device.to_vec()))
            .exec(db)
            .await?;
        if revoked.rows_affected == 0 {
            return Err(Error::NotFound);
        }
        device_shares::Entity::delete_by_id(device.to_vec()).exec(db).await?;
        // Its sessions stay until they expire, so that the device is told why it gets nothing.
        turn.commit().await?;
        self.signal(Signal::SessionsChanged);
        Ok(())
    }
}

pub(super) async fn insert_account(db: &impl ConnectionTrait, account: &AccountRegistration) -> Result<(), DbErr> {
    let row = accounts::ActiveModel {
        id: Set(account.account.to_vec()),
        login_public: Set(account.login_public.to_vec()),
        memory_kib: Set(account.kdf.memory_kib.into()),
        passes: Set(account.kdf.passes.into()),
        lanes: Set(account.kdf.lanes.into()),
        account_wrap: Set(account.account_wrap.clone()),
    };
    accounts::Entity::insert(row).exec_without_returning(db).await?;
    Ok(())
}

/// Stores a device and draws its share.
pub(super) async fn insert_device(db: &impl ConnectionTrait, device: &DeviceRegistration) -> Result<[u8; 32], DbErr> {
    let row = devices::ActiveModel {
        id: Set(device.device.to_vec()),
        account: Set(device.account.to_vec()),
        access_public: Set(device.access_public.to_vec()),
        revoked_ms: Set(None),
    };
    devices::Entity::insert(row).exec_without_returning(db).await?;
    let share = random();
    let row = device_shares::ActiveModel { device: Set(device.device.to_vec()), share: Set(share.to_vec()) };
    device_shares::Entity::insert(row).exec_without_returning(db).await?;
    Ok(share)
}

/// Makes an enrolment's session the device's own.
pub(super) async fn give_session(db: &impl ConnectionTrait, token_hash: &[u8; 32], device: &Id16) -> Result<(), DbErr> {
    sessions::Entity::update_many()
        .col_expr(sessions::Column::Device, Expr::value(device.to_vec()))
        .filter(sessions::Column::TokenHash.eq(token_hash.to_vec()))
        .exec(db)
        .await?;
    Ok(())
}
