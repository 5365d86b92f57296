//! Opening the storage: SQLite in a file, or PostgreSQL.

use std::time::Duration;

use sea_orm::{
    ConnectOptions, ConnectionTrait, Database, DatabaseConnection, DbBackend, DbErr, TransactionTrait,
    sqlx::sqlite::{SqliteJournalMode, SqliteSynchronous},
};
use sea_orm_migration::MigratorTrait;

use crate::{Api, Settings, migrations::Migrator, store};

/// Why the storage could not be opened.
#[derive(Debug, thiserror::Error)]
pub enum OpenError {
    #[error("the database cannot be opened: {0}")]
    Connect(#[source] DbErr),
    #[error("the database's tables cannot be brought up to date: {0}")]
    Migrate(#[source] DbErr),
}

/// Opens `sqlite:///path/ampoule.db` (made if it is missing) or `postgres://…`, and brings its tables up to date.
pub async fn open(database_url: &str) -> Result<Api, OpenError> {
    open_with(database_url, Settings::default()).await
}

/// [`open`] with chosen [`Settings`].
pub async fn open_with(database_url: &str, settings: Settings) -> Result<Api, OpenError> {
    let db = connect(database_url, settings.connections).await.map_err(OpenError::Connect)?;
    let server_epoch = migrate(&db).await.map_err(OpenError::Migrate)?;
    Ok(Api::new(db, settings, server_epoch))
}

async fn connect(database_url: &str, connections: u32) -> Result<DatabaseConnection, DbErr> {
    let mut options = ConnectOptions::new(database_url);
    options
        .max_connections(connections)
        .acquire_timeout(Duration::from_secs(10))
        .sqlx_logging(false) // statements carry ids
        .map_sqlx_sqlite_opts(|options| {
            options
                .create_if_missing(true)
                .page_size(16 << 10) // an envelope of the common size fits many times
                .journal_mode(SqliteJournalMode::Wal)
                .synchronous(SqliteSynchronous::Full) // an acknowledged push survives a power cut
                .busy_timeout(Duration::from_secs(10))
                .foreign_keys(true)
        });
    Database::connect(options).await
}

/// Runs the missing migrations in one transaction, one process at a time, and answers the server epoch.
async fn migrate(db: &DatabaseConnection) -> Result<u64, DbErr> {
    let transaction = db.begin().await?;
    if db.get_database_backend() == DbBackend::Postgres {
        transaction.execute_unprepared("SELECT pg_advisory_xact_lock(4870)").await?;
    }
    Migrator::up(&transaction, None).await?;
    let server_epoch = store::make_server_row(&transaction).await?;
    transaction.commit().await?;
    Ok(server_epoch)
}
