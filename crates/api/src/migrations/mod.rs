//! Versions of the tables, oldest first; a released one is never edited. Each runs once and is noted in
//! `seaql_migrations`.

mod m0001_tables;

use sea_orm_migration::prelude::*;

pub(crate) struct Migrator;

impl MigratorTrait for Migrator {
    fn migrations() -> Vec<Box<dyn MigrationTrait>> {
        vec![Box::new(m0001_tables::Migration)]
    }
}
