//! The server side of [`wire`]: routes, rules and storage of one practice.
//!
//! What it is: an append-only store of opaque bytes with logins. It keeps public keys, sealed keys, signed log entries,
//! commits, envelopes and wraps, and one secret per device, the *share* (see `devices`).
//!
//! What it is not: it never parses an entry, a commit or an envelope. It depends on `wire` alone among the crates of this
//! workspace, so **the code that stores data cannot name plaintext**. Trust in what is stored comes from the signatures
//! that devices verify; the checks here keep honest devices in step and strangers out.
//!
//! Invariants, each held by the suite in `tests/` on SQLite and on PostgreSQL alike:
//! - A success is answered after the durable commit, and a request is stored whole or not at all.
//! - Cursors and log sequences have no gaps, and a reader that saw one has been shown every lower one ([`store::Turn`]).
//! - Everything but the state, the founding and the login wants a session; a session that began with
//!   [`wire::Action::Enrol`] reaches the log only.
//! - A refused login says nothing about which part was wrong or whether the account exists.
//! - No error and no log line carries bytes of the practice.
//!
//! ```no_run
//! # async fn run() -> Result<(), api::OpenError> {
//! let api = api::open("sqlite:///var/lib/ampoule/ampoule.db").await?;
//! let routes: axum::Router = api::router(api.clone());
//! # drop(routes); Ok(()) }
//! ```
//! Serve the router with `into_make_service_with_connect_info::<SocketAddr>()`, so that tries can be counted by address,
//! and call [`Api::close`] before a graceful shutdown, so that event streams end.

mod entities;
mod error;
mod extract;
mod guard;
mod migrations;
mod open;
mod routes;
mod state;
mod store;

pub use error::Error;
pub use open::{OpenError, open, open_with};
pub use routes::router;
pub use state::{Api, Settings};
