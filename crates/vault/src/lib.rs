//! The cryptographic core of Ampoule: keys, sealed records, signed commits, the practice's log, recovery.
//!
//! It does no input or output and draws no randomness: the generator is a parameter, and so is the clock. It writes no primitive
//! of its own. It does not know what a record means; that is `record`'s.
//!
//! Invariants
//! - A secret is erased when dropped, prints as redacted, and has no `Serialize`.
//! - Received bytes are hashed as received, never encoded again.
//! - A failed open is one opaque [`Error::Open`]: what was wrong is not told.
//! - No parser panics, or allocates more than the input's length asks for.
//! - Every seal binds purpose, format version and identity; every label is used for one thing.
//!
//! Which call to choose: [`found`] makes a practice; [`enrol_by_kit`] adds one's own next device; [`Bundle::open`] unlocks;
//! [`seal_record`] and [`open_record`] are for records; [`DeviceKeys::sign_commit`] and [`Commit::verify`] for who wrote what;
//! [`LogState`] for who belongs. Formats are specified in the module that encodes them and together in `docs/CRYPTO.md`.
//!
//! ```
//! use vault::{ChartId, EnvelopeView, FoundingInput, Header, Kdf, RecordId, Scope, Share, found, open_record, seal_record};
//! # use rand_core::SeedableRng;
//! # let mut rng = chacha20::ChaCha20Rng::from_seed([7; 32]);
//! let founding = found(&mut rng, &FoundingInput {
//!     practice_name: "Praxis am Ring",
//!     person_name: "Dr. Ada Beispiel",
//!     device_name: "Tablet 1",
//!     password: "correct horse",
//!     kdf: Kdf::FLOOR,
//!     claimed_time_ms: 0,
//! })?;
//!
//! // The share comes from the server; the bundle goes to disk.
//! let share = Share::from_bytes([9; 32]);
//! let stub = founding.device.keys.stub(founding.practice, &founding.kit, Kdf::FLOOR);
//! let bundle = founding.device.seal(&mut rng, founding.person.unlock_key(), founding.account.account_key(), &share);
//! let device = bundle.open(&stub, founding.person.unlock_key(), &share)?;
//!
//! let header = Header {
//!     practice: device.practice(),
//!     scope: Scope::CLINICAL,
//!     chart: ChartId::generate(&mut rng),
//!     record: RecordId::generate(&mut rng),
//!     parents: vec![],
//!     author: device.device(),
//! };
//! let sealed = seal_record(&mut rng, &device.epoch_keys, &header, 1, b"{}")?;
//! let opened = open_record(&device.epoch_keys, &EnvelopeView::parse(&sealed.envelope)?, &sealed.wrap)?;
//! assert_eq!(&opened.body[..], b"{}");
//! # Ok::<(), vault::Error>(())
//! ```
#![forbid(unsafe_code)]
#![warn(missing_docs)]

mod account;
mod aead;
mod bundle;
mod code;
mod codec;
mod commit;
mod device;
mod enrol;
mod epoch;
mod error;
mod found;
mod ids;
mod kdf;
mod kem;
mod kit;
mod label;
mod local;
mod log;
mod person;
mod record;
mod recovery;
mod sign;
mod slot;
mod words;

#[cfg(test)]
mod testkit;
#[cfg(test)]
mod vectors;

pub use account::{AccountKey, AccountKeys, AccountPublic, AccountWrap};
pub use bundle::{Bundle, PinnedHeads, UnlockedDevice};
pub use codec::{SUITE, VERSION};
pub use commit::{ChainHead, Commit, CommitDraft, VectorItem};
pub use device::{DeviceKeys, DevicePublic, DeviceStub, Share};
pub use enrol::enrol_by_kit;
pub use epoch::EpochKeys;
pub use error::{CommitError, Error, LogError, Result};
pub use found::{Founding, FoundingInput, SHEETS, found};
pub use ids::{
    AccountId, ChartId, CommitHash, DeviceId, EntryHash, EnvelopeId, MemberId, PracticeId, RecordId, Scope, SetId,
};
pub use kdf::Kdf;
pub use kem::HpkePublic;
pub use kit::{Kit, KitQr, SecretKey};
pub use local::LocalCipher;
pub use log::{
    AccountInLog, Cut, DeviceInLog, Entry, EntryKind, EntrySigner, LogHead, LogState, MemberInLog, Names, Principal,
    Role,
};
pub use person::{PersonKeys, UnlockKey};
/// The generator that callers inject.
pub use rand_core::CryptoRng;
pub use record::{EnvelopeView, Header, MAX_BODY, Opened, Sealed, WrapView, open_record, rewrap, seal_record};
pub use recovery::{RecoveryKeys, RecoveryPublic, Sheet};
pub use sign::VerifyKey;
pub use words::{MAX_WORDS, PASSPHRASE_WORDS, generate_passphrase, words};
