//! The first tables. Plain SQL that both databases read alike, but for the name of the byte type.
//!
//! `device_shares` stands apart because backups leave it out: a share is the half of a device's unlock that must not
//! travel with a copy of the server. `items.envelope` lies beside its commit, so that a page of the stream is one
//! contiguous read; it is null where the bytes are stored with an earlier item of the same id, or were erased.

use sea_orm::DbBackend;
use sea_orm_migration::prelude::*;

pub(crate) struct Migration;

impl MigrationName for Migration {
    fn name(&self) -> &str {
        "m0001_tables"
    }
}

const TABLES: &[&str] = &[
    "CREATE TABLE server (
        id INTEGER PRIMARY KEY CHECK (id = 1),
        epoch BIGINT NOT NULL,
        practice BYTES)",
    "CREATE TABLE accounts (
        id BYTES PRIMARY KEY,
        login_public BYTES NOT NULL,
        memory_kib BIGINT NOT NULL,
        passes BIGINT NOT NULL,
        lanes BIGINT NOT NULL,
        account_wrap BYTES NOT NULL)",
    "CREATE TABLE devices (
        id BYTES PRIMARY KEY,
        account BYTES NOT NULL REFERENCES accounts (id),
        access_public BYTES NOT NULL,
        revoked_ms BIGINT)",
    "CREATE TABLE device_shares (
        device BYTES PRIMARY KEY REFERENCES devices (id),
        share BYTES NOT NULL)",
    "CREATE TABLE sessions (
        token_hash BYTES PRIMARY KEY,
        account BYTES NOT NULL REFERENCES accounts (id),
        device BYTES REFERENCES devices (id),
        expires_ms BIGINT NOT NULL)",
    "CREATE INDEX sessions_device ON sessions (device)",
    "CREATE TABLE log_entries (
        seq BIGINT PRIMARY KEY,
        hash BYTES NOT NULL UNIQUE,
        bytes BYTES NOT NULL)",
    "CREATE TABLE commits (
        cursor BIGINT PRIMARY KEY,
        device BYTES NOT NULL REFERENCES devices (id),
        device_seq BIGINT NOT NULL,
        size BIGINT NOT NULL,
        hash BYTES NOT NULL,
        bytes BYTES NOT NULL,
        UNIQUE (device, device_seq))",
    "CREATE TABLE items (
        cursor BIGINT NOT NULL REFERENCES commits (cursor),
        position BIGINT NOT NULL,
        chart BYTES NOT NULL,
        envelope_id BYTES NOT NULL,
        envelope BYTES,
        wrap BYTES NOT NULL,
        PRIMARY KEY (cursor, position))",
    "CREATE INDEX items_envelope_id ON items (envelope_id)",
];

/// Ciphertext does not compress; do not let PostgreSQL try.
const POSTGRES: &[&str] = &["ALTER TABLE items ALTER COLUMN envelope SET STORAGE EXTERNAL"];

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let db = manager.get_connection();
        let postgres = manager.get_database_backend() == DbBackend::Postgres;
        let bytes = if postgres { "BYTEA" } else { "BLOB" };
        for table in TABLES {
            db.execute_unprepared(&table.replace("BYTES", bytes)).await?;
        }
        for statement in POSTGRES.iter().filter(|_| postgres) {
            db.execute_unprepared(statement).await?;
        }
        Ok(())
    }
}
