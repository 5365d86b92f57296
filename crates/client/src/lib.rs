//! The engine of a device: session, sealed storage, outbox, sync, patient index, import and export.
//!
//! It runs in the browser's worker and in native tests alike, behind [`ports`]; it knows no DOM, no database and no
//! network. A page talks to it by [`protocol`] messages.
//!
//! Invariants:
//! - What is answered as saved is sealed and durable in the [`ports::Store`] first.
//! - Nothing from the server or from disk is used before it is verified; what is refused is told ([`protocol::Alarm`])
//!   and never replaces what was here.
//! - Keys, passwords and clinical text are in no error, no log and no row of the store in the clear.
//! - No borrow of the state is held across an `await`; what must not interleave holds [`engine::Engine`]'s writer lock.

pub mod catalog;
pub mod engine;
pub mod failure;
pub mod http;
pub mod index;
pub mod keys;
mod local;
pub mod memory;
pub mod ports;
pub mod protocol;

mod chart;
mod device;
mod edit;
mod enrol;
mod export;
mod found;
mod import;
mod login;
mod packs;
mod patients;
mod rebuild;
mod receive;
mod save;
mod sync;
mod unlock;
