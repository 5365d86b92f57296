//! The contract of `wire`, held by the router on both stores.
//!
//! Every test runs on SQLite and on a throw-away PostgreSQL; see [`support::on_both_stores`].

mod support;

mod events;
mod founding;
mod hostile;
mod log;
mod login;
mod pull;
mod push;
mod sessions;
