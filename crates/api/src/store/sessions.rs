//! Sessions: a random token in a cookie here, its hash in the storage there.

use sea_orm::{ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter, sea_query::Expr};
use wire::{Hash32, Id16};

use super::array;
use crate::{
    Api, Error,
    entities::{devices, sessions},
    extract::{Session, token_hash},
    state::{Signal, random},
};

/// The end of a session is moved at most once in so many parts of its length.
const RENEWALS: u64 = 12;

impl Api {
    /// Begins a session and answers its token.
    pub(crate) async fn begin_session(&self, account: &Id16, device: Option<&Id16>) -> Result<[u8; 32], Error> {
        let now_ms = self.now_ms() as i64;
        sessions::Entity::delete_many().filter(sessions::Column::ExpiresMs.lt(now_ms)).exec(&self.db).await?;
        let token = random();
        let row = sessions::ActiveModel {
            token_hash: Set(token_hash(&token).to_vec()),
            account: Set(account.to_vec()),
            device: Set(device.map(|id| id.to_vec())),
            expires_ms: Set(now_ms + self.session_ms() as i64),
        };
        sessions::Entity::insert(row).exec_without_returning(&self.db).await?;
        Ok(token)
    }

    /// The session with this token hash, for a request that uses it: its end moves.
    pub(crate) async fn use_session(&self, token_hash: Hash32) -> Result<Session, Error> {
        let (session, left_ms) = self.running_session(token_hash).await?;
        if left_ms < self.session_ms() - self.session_ms() / RENEWALS {
            let expires_ms = (self.now_ms() + self.session_ms()) as i64;
            sessions::Entity::update_many()
                .col_expr(sessions::Column::ExpiresMs, Expr::value(expires_ms))
                .filter(sessions::Column::TokenHash.eq(token_hash.to_vec()))
                .exec(&self.db)
                .await?;
        }
        Ok(session)
    }

    /// The session with this token hash and the milliseconds left of it, if it still runs.
    pub(crate) async fn running_session(&self, token_hash: Hash32) -> Result<(Session, u64), Error> {
        let found = sessions::Entity::find_by_id(token_hash.to_vec()).one(&self.db).await?;
        let row = found.ok_or(Error::NoSession)?;
        let left_ms = (row.expires_ms as u64).saturating_sub(self.now_ms());
        if left_ms == 0 {
            return Err(Error::NoSession);
        }
        if let Some(id) = &row.device {
            let device = devices::Entity::find_by_id(id.clone()).one(&self.db).await?;
            if device.is_none_or(|device| device.revoked_ms.is_some()) {
                return Err(Error::DeviceRevoked);
            }
        }
        let device = row.device.map(|id| array(&id)).transpose()?;
        Ok((Session { token_hash, account: array(&row.account)?, device }, left_ms))
    }

    pub(crate) async fn end_session(&self, token_hash: Hash32) -> Result<(), Error> {
        sessions::Entity::delete_by_id(token_hash.to_vec()).exec(&self.db).await?;
        self.signal(Signal::SessionEnded(token_hash));
        Ok(())
    }

    pub(crate) fn session_ms(&self) -> u64 {
        self.settings.session.as_millis() as u64
    }
}
