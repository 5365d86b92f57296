//! SeaORM entities, one per table; see `migrations` for what the tables are for.
//!
//! Ids, hashes and ciphertext are bytes; counters are `i64`, the widest integer that both databases have.

pub(crate) mod accounts;
pub(crate) mod commits;
pub(crate) mod device_shares;
pub(crate) mod devices;
pub(crate) mod items;
pub(crate) mod log_entries;
pub(crate) mod server;
pub(crate) mod sessions;
