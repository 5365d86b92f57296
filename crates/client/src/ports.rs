//! What the engine needs from the platform. The browser implements these with IndexedDB, fetch and the worker's
//! globals; tests implement them in memory ([`crate::memory`]).
//!
//! Everything is single-threaded: futures are not `Send`, and an implementation may block nothing.

use crate::protocol::Event;

/// The object stores of a device. Keys and values are bytes; keys sort bytewise.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Table {
    /// Per account: device stub, sealed bundle, sealed engine state. Key: see [`crate::keys`].
    Meta,
    /// The membership log. Key: sequence, u64 big endian.
    Log,
    /// Frames of commits with envelopes and wraps, as served or as made here. Key: pack number, u64 big endian.
    Packs,
    /// The sealed directory of each pack. Key: account ‖ pack number.
    Directories,
    /// Own commits that the server has not acknowledged. Key: account ‖ device sequence; value: pack number.
    Outbox,
    /// Segments of the sealed patient index. Key: account ‖ segment number.
    Index,
}

impl Table {
    pub const ALL: [Table; 6] =
        [Table::Meta, Table::Log, Table::Packs, Table::Directories, Table::Outbox, Table::Index];

    /// Name of the object store.
    pub fn name(self) -> &'static str {
        match self {
            Table::Meta => "meta",
            Table::Log => "log",
            Table::Packs => "packs",
            Table::Directories => "directories",
            Table::Outbox => "outbox",
            Table::Index => "index",
        }
    }
}

/// One change of an atomic batch.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Write {
    Put {
        table: Table,
        key: Vec<u8>,
        value: Vec<u8>,
    },
    /// Fails the whole batch if the key exists: how a device's chain is written.
    Add {
        table: Table,
        key: Vec<u8>,
        value: Vec<u8>,
    },
    Delete {
        table: Table,
        key: Vec<u8>,
    },
    /// Empties a table.
    Clear {
        table: Table,
    },
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum StoreError {
    #[error("the storage is full")]
    Full,
    #[error("the key exists")]
    Exists,
    #[error("there is no storage")]
    Absent,
    #[error("the storage failed")]
    Failed,
}

/// Durable local storage.
#[allow(async_fn_in_trait)]
pub trait Store {
    async fn get(&self, table: Table, key: &[u8]) -> Result<Option<Vec<u8>>, StoreError>;
    /// All rows with `from <= key < to` (to the end without `to`), in key order.
    async fn range(&self, table: Table, from: &[u8], to: Option<&[u8]>) -> Result<Vec<(Vec<u8>, Vec<u8>)>, StoreError>;
    /// All or nothing; durable when it returns, in the strictest sense that the platform offers.
    async fn write(&self, batch: Vec<Write>) -> Result<(), StoreError>;
    /// Bytes used, as far as the platform tells, and whether it promised not to evict them.
    async fn usage(&self) -> (u64, bool);
}

/// No answer at all: no network, connection refused, or the time ran out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the server is out of reach")]
pub struct Unreachable;

/// An HTTP answer, whatever its status.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Answer {
    pub status: u16,
    pub content_type: String,
    pub body: Vec<u8>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Method {
    Get,
    Post,
}

/// Requests to the practice's own server, with the session cookie that the platform keeps.
#[allow(async_fn_in_trait)]
pub trait Transport {
    async fn send(&self, method: Method, path: &str, body: Vec<u8>) -> Result<Answer, Unreachable>;
    /// The origin that this client runs on, as in `location.origin`.
    fn origin(&self) -> String;
}

#[allow(async_fn_in_trait)]
pub trait Clock {
    /// Milliseconds since 1970.
    fn now_ms(&self) -> u64;
    /// Local date and time as a FHIR dateTime with offset, for what a person writes now.
    fn local_date_time(&self) -> String;
    /// Milliseconds from some start, for progress and yielding only.
    fn ticks_ms(&self) -> f64;
    /// A named point in time for measurements; carries nothing of the practice.
    fn mark(&self, _point: &'static str) {}
    /// Lets other work of this thread go first.
    async fn pause(&self);
    async fn sleep(&self, ms: u32);
}

/// A file that a person chose, read only when asked.
#[allow(async_fn_in_trait)]
pub trait FileSource {
    fn name(&self) -> String;
    fn size(&self) -> u64;
    /// `None` if the file cannot be read any more.
    async fn read(&self) -> Option<Vec<u8>>;
}

/// The ports of one device.
pub trait Ports: 'static {
    type Store: Store;
    type Transport: Transport;
    type Clock: Clock;
    fn store(&self) -> &Self::Store;
    fn transport(&self) -> &Self::Transport;
    fn clock(&self) -> &Self::Clock;
    /// Cryptographically secure random bytes.
    fn random(&self, bytes: &mut [u8]);
    /// Tells the page.
    fn emit(&self, event: Event);
}
