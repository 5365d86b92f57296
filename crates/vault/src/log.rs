//! The practice's log: who belongs, on which devices, with which keys. Linear, hash-chained, signed.
//!
//! [`entry`] is the outer format, [`body`] the content of each type, [`grant`] an epoch key for one recipient, [`name`] a sealed
//! name, [`state`] what the entries so far say, [`rules`] what may come next, [`draft`] how an entry is made.

mod body;
mod draft;
mod entry;
mod grant;
mod name;
mod rules;
mod state;

pub use body::Role;
pub(crate) use body::{Genesis, GenesisKeys};
pub use draft::EntrySigner;
pub(crate) use draft::finish_entry;
pub use entry::{Cut, Entry, EntryKind, Principal};
pub use name::Names;
pub(crate) use name::{SealedName, Subject};
pub use state::{AccountInLog, DeviceInLog, LogHead, LogState, MemberInLog};

#[cfg(test)]
mod tests;
