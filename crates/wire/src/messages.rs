//! The small bodies.

use serde::{Deserialize, Serialize};

pub type Id16 = [u8; 16];
pub type Hash32 = [u8; 32];

/// Argon2id parameters, as the server keeps them for an account. The device checks them against its own floor and
/// ceiling before it computes anything.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct KdfParams {
    pub memory_kib: u32,
    pub passes: u32,
    pub lanes: u32,
}

/// `GET /v1/state`
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ServerState {
    /// Hash of the genesis entry, once there is a practice.
    pub practice: Option<Hash32>,
    /// Changes when the server is restored from a backup.
    pub server_epoch: u64,
    /// The server's clock, milliseconds since 1970.
    pub time_ms: u64,
    /// Version of the server's build, for the update prompt.
    pub build: String,
}

/// What the server keeps of an account.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AccountRegistration {
    pub account: Id16,
    /// Ed25519 public key that logins are verified with.
    pub login_public: [u8; 32],
    pub kdf: KdfParams,
    /// The account key, sealed under the unlock key.
    pub account_wrap: Vec<u8>,
}

/// What the server keeps of a device.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DeviceRegistration {
    pub account: Id16,
    pub device: Id16,
    /// Ed25519 public key that co-signs an unlock.
    pub access_public: [u8; 32],
}

/// `POST /v1/practice`: accepted once in a server's life.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Found {
    pub practice: Hash32,
    /// The first log entries with their hashes, genesis first.
    pub entries: Vec<LogEntry>,
    pub account: AccountRegistration,
    pub device: DeviceRegistration,
}

/// One entry of the membership log: signed bytes, opaque here, and the hash that the next one names.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LogEntry {
    pub hash: Hash32,
    pub bytes: Vec<u8>,
}

/// Answer to [`Found`] and [`AppendLog`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Registered {
    /// Sequence number of the (last) appended entry; genesis is 0.
    pub log_seq: u64,
    /// The new device's share, told this once and at each accepted unlock.
    pub share: Option<[u8; 32]>,
}

/// `POST /v1/login/challenge`
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AskChallenge {
    pub account: Id16,
}

/// Single use, valid for 60 seconds. An unknown account gets one too.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Challenge {
    pub practice: Hash32,
    pub nonce: [u8; 32],
    pub kdf: KdfParams,
}

/// `POST /v1/login`; signatures are Ed25519 over [`crate::login_message`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Login {
    pub account: Id16,
    pub device: Option<Id16>,
    pub action: crate::Action,
    pub nonce: [u8; 32],
    /// By the login key; empty for [`crate::Action::Renew`].
    pub login_signature: Vec<u8>,
    /// By the device's access key; empty for [`crate::Action::Enrol`].
    pub access_signature: Vec<u8>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LoggedIn {
    /// With [`crate::Action::Unlock`].
    pub share: Option<[u8; 32]>,
    /// With [`crate::Action::Enrol`] and [`crate::Action::Unlock`].
    pub account_wrap: Option<Vec<u8>>,
    pub session_s: u32,
}

/// `GET /v1/log`
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LogPage {
    /// Sequence number of the first entry here.
    pub first_seq: u64,
    pub entries: Vec<LogEntry>,
    pub more: bool,
}

/// `POST /v1/log`: appended only if `prev` is the head's hash.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AppendLog {
    pub prev: Hash32,
    pub entry: LogEntry,
    /// A device of the session's own account that the entry admits: the server makes its share.
    pub register_device: Option<DeviceRegistration>,
}

/// Answer to a push.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Pushed {
    /// The device's own sequence up to which everything is durable on the server.
    pub device_seq: u64,
    /// The practice's cursor of the last commit pushed.
    pub cursor: u64,
}

/// `POST /v1/envelopes`: fetch again what is missing or damaged here. At most 4096 ids.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AskEnvelopes {
    pub ids: Vec<Hash32>,
}
