//! Writers take turns.

use sea_orm::{ConnectionTrait, DatabaseTransaction, TransactionTrait};
use tokio::sync::OwnedMutexGuard;

use crate::{Api, Error};

/// A transaction that no other writer's overlaps, in this process or another.
///
/// Its first statement updates the one row of `server`. PostgreSQL holds that row, and SQLite its write lock, until the
/// commit; so the counters that a turn hands out become visible in their order, and whoever reads cursor *n* finds all
/// below it. Taking the lock first also spares SQLite the upgrade of a reading transaction, which may fail.
/// Dropped without [`Turn::commit`], it leaves nothing behind.
pub(crate) struct Turn {
    pub transaction: DatabaseTransaction,
    _alone: OwnedMutexGuard<()>,
}

impl Turn {
    pub async fn begin(api: &Api) -> Result<Self, Error> {
        // The mutex makes writers of one process queue fairly instead of polling for SQLite's lock.
        let alone = api.writes.clone().lock_owned().await;
        let transaction = api.db.begin().await?;
        transaction.execute_unprepared("UPDATE server SET id = id WHERE id = 1").await?;
        Ok(Self { transaction, _alone: alone })
    }

    pub async fn commit(self) -> Result<(), Error> {
        Ok(self.transaction.commit().await?)
    }
}
