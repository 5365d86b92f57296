//! Why a request failed, in terms of what the person can do. The page maps each to translated text.

use serde::{Deserialize, Serialize};

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
pub enum Failure {
    /// Password or Secret Key wrong; which one is not said.
    #[error("password or Secret Key not accepted")]
    WrongPassword,
    /// The kit's code has a typing error (`group` counts from 1; 0: unknown).
    #[error("the code of the kit has a typing error")]
    KitMistyped { group: u32 },
    #[error("the password is too weak")]
    WeakPassword,
    /// A required field is empty.
    #[error("a required field is empty")]
    Empty,
    #[error("wait {seconds} s")]
    TooManyTries { seconds: u32 },
    /// This needs the server, which is out of reach.
    #[error("the server is out of reach")]
    ServerUnreachable,
    /// The server answered with something that is not Ampoule.
    #[error("the server's answer is not understood")]
    ServerConfused,
    /// The server failed inside; nothing was stored there.
    #[error("the server failed")]
    ServerFailed,
    /// The server offers key-derivation parameters that are too weak: refused, nothing was computed or sent.
    #[error("key derivation parameters below the floor")]
    KdfTooWeak,
    #[error("key derivation parameters above the ceiling")]
    KdfTooCostly,
    #[error("another practice than expected")]
    WrongServer,
    #[error("the practice exists already")]
    PracticeExists,
    /// Something was made by a newer version: update this device.
    #[error("made by a newer version")]
    NewerVersion,
    /// The server's log or data failed verification; nothing was taken over.
    #[error("verification failed")]
    Unverified,
    /// The offline time has run out (or was never set): unlock with the server in reach.
    #[error("offline unlock is not possible")]
    OfflineEnded,
    #[error("this device was removed")]
    DeviceRevoked,
    /// Private mode, or storage switched off.
    #[error("no storage in this browser")]
    NoStorage,
    /// The disk or the browser's quota is full; what was saved before is kept.
    #[error("storage full")]
    StorageFull,
    #[error("storage failed")]
    StorageFailed,
    #[error("stored data is damaged")]
    Damaged,
    #[error("locked")]
    Locked,
    #[error("open in another tab")]
    OtherTab,
    /// The page is not in a secure context.
    #[error("insecure context")]
    InsecureContext,
    #[error("not found")]
    NotFound,
    /// The record changed meanwhile: look again.
    #[error("changed meanwhile")]
    Changed,
    /// An import is running already.
    #[error("busy")]
    Busy,
    /// A file could not be read from disk.
    #[error("a file could not be read")]
    FileUnreadable,
    /// A defect of the program; nothing was lost.
    #[error("internal error")]
    Internal,
}
