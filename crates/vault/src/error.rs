//! The one error of the crate. A variant says what the caller can do; none carries a secret or clinical text.

use crate::ids::Scope;

/// Why a commit is not taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum CommitError {
    /// The signature does not verify under the device's key in the log.
    #[error("the commit's signature is not good")]
    BadSignature,
    /// Commits between the last one known and this one are missing: fetch them; if the server has none it withholds.
    #[error("commits are missing before this one; expected number {expected}")]
    Gap {
        /// The number that should have come next.
        expected: u64,
    },
    /// The same place in the chain holds another commit: keep both, flag the device.
    #[error("the device's chain has two branches")]
    Fork,
    /// This commit, or one before it, was taken already. Compare hashes of the stored one to tell a fork.
    #[error("the commit was already taken")]
    Replay,
    /// The device was not in the log at the head that the commit cites.
    #[error("the device is not in the log at the head the commit cites")]
    UnknownDevice,
    /// The device had been removed at the head that the commit cites.
    #[error("the device was removed before this commit")]
    RemovedDevice,
    /// The commit cites a log head that is not known yet: hold it and fetch the log.
    #[error("the commit is ahead of the known log")]
    Held,
    /// The commit cites an entry that is not in this log: evidence of a forked log.
    #[error("the commit cites an entry that is not in this log")]
    ForeignLog,
    /// The cited log head is older than that of the device's previous commit.
    #[error("the cited log head went back")]
    LogWentBack,
    /// The commit comes after the cut made when the device lost its authority: quarantine it.
    #[error("the commit lies past the device's cut")]
    PastCut,
    /// The envelope is not the one listed, or its chart, author or practice differ from the commit.
    #[error("the envelope does not match the commit")]
    ItemMismatch,
    /// The author may not write this scope at the cited head.
    #[error("the author may not write this scope")]
    ScopeDenied,
    /// A parent belongs to another chart, record or scope.
    #[error("a parent belongs to another record")]
    ForeignParent,
}

/// Why a log entry is not taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum LogError {
    /// The first entry is not a genesis that signs itself.
    #[error("the first entry is not a valid genesis")]
    BadGenesis,
    /// The genesis is good but is not the one this client pins.
    #[error("the log belongs to another practice")]
    OtherPractice,
    /// Entries before this one are missing.
    #[error("log entries are missing before this one; expected number {expected}")]
    Gap {
        /// The number that should have come next.
        expected: u64,
    },
    /// The entry is already in the log.
    #[error("the entry is already in the log")]
    Replay,
    /// Another entry stands at this place, or the entry descends from another head. Keep both signed statements.
    #[error("the log has two branches")]
    Fork,
    /// The signature does not verify under the signer's key in the log.
    #[error("the entry's signature is not good")]
    BadSignature,
    /// The signer is not in the log, or no longer holds its place.
    #[error("the signer is not known or was removed")]
    UnknownSigner,
    /// The signer may not make an entry of this type.
    #[error("the signer may not make this entry")]
    NotAllowed,
    /// The two first rotations must follow the genesis, administrative before clinical.
    #[error("the first epochs are not complete")]
    FoundingIncomplete,
    /// An entry that takes no authority away carries cuts.
    #[error("the entry carries cuts that it may not carry")]
    UnexpectedCuts,
    /// A key is malformed or weak, or an id or key stands in the log already.
    #[error("a key or id of the entry is not acceptable")]
    BadKey,
    /// The entry names an account that the log does not hold.
    #[error("the entry names an unknown account")]
    UnknownAccount,
    /// Not the next epoch of the scope, or the wrapped previous key is missing or unexpected.
    #[error("the rotation does not follow the current epoch")]
    WrongEpoch,
    /// The list of grants is not exactly that of those who must receive the key.
    #[error("the grants are not exactly those required")]
    WrongRecipients,
    /// A granted key opens but differs from the commitment: the rotation is dishonest.
    #[error("a granted key does not match its commitment")]
    BadGrant,
}

/// Everything that can go wrong in this crate.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// The bytes are not of this format.
    #[error("the bytes are malformed")]
    Malformed,
    /// A newer format, suite or entry type: update this device.
    #[error("made by a newer version: update this device")]
    UpdateRequired,
    /// A seal did not open: wrong password, wrong key or altered bytes; which of them is not told.
    #[error("could not be opened")]
    Open,
    /// Something is larger than the format allows.
    #[error("too large for the format")]
    TooLarge,
    /// Password hashing parameters are weaker than the compiled floor.
    #[error("the password hashing parameters are below the floor")]
    KdfBelowFloor,
    /// Password hashing parameters are above what a device should be asked to do.
    #[error("the password hashing parameters are above the ceiling")]
    KdfAboveCeiling,
    /// A typed code has the wrong number of characters.
    #[error("the code has the wrong length")]
    CodeLength,
    /// A group of a typed code is mistyped; groups count from 1.
    #[error("group {group} of the code is mistyped")]
    CodeGroup {
        /// Number of the group, from 1.
        group: usize,
    },
    /// Each group of a typed code looks right, but the whole does not.
    #[error("the code's checksum does not match")]
    CodeChecksum,
    /// The key of this epoch is not held: fetch the log, or the author is not in the scope.
    #[error("the key of epoch {epoch} of scope {scope:?} is not held")]
    MissingEpoch {
        /// The scope.
        scope: Scope,
        /// The number of the epoch.
        epoch: u32,
    },
    /// Fewer sheets than needed.
    #[error("more recovery sheets are needed")]
    NotEnoughSheets,
    /// The sheets are not of one set, or one of them is altered.
    #[error("the recovery sheets do not belong together")]
    SheetMismatch,
    /// A log entry is refused.
    #[error(transparent)]
    Log(#[from] LogError),
    /// A commit is refused.
    #[error(transparent)]
    Commit(#[from] CommitError),
}

/// Shorthand of the crate.
pub type Result<T, E = Error> = core::result::Result<T, E>;
