//! Names of things: fixed-size ids that cannot be mixed up.

use core::fmt;

use crate::error::{Error, Result};

macro_rules! id {
    ($(#[$doc:meta])* $name:ident, $len:literal) => {
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name([u8; $len]);

        impl $name {
            /// Length in bytes.
            pub const LEN: usize = $len;

            /// From its bytes.
            pub const fn from_bytes(bytes: [u8; $len]) -> Self {
                Self(bytes)
            }

            /// Its bytes.
            pub const fn as_bytes(&self) -> &[u8; $len] {
                &self.0
            }

            /// From `2 * LEN` hexadecimal digits.
            pub fn from_hex(text: &str) -> Result<Self> {
                let mut out = [0; $len];
                crate::ids::decode_hex(text, &mut out)?;
                Ok(Self(out))
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.iter().try_for_each(|b| write!(f, "{b:02x}"))
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, "{}({self})", stringify!($name))
            }
        }
    };
}

macro_rules! random_id {
    ($($name:ident),*) => {$(
        impl $name {
            /// A fresh random id.
            pub fn generate(rng: &mut dyn rand_core::CryptoRng) -> Self {
                let mut bytes = [0; Self::LEN];
                rand_core::Rng::fill_bytes(rng, &mut bytes);
                Self(bytes)
            }
        }
    )*};
}

id!(/// A practice: the hash of its genesis entry.
    PracticeId, 32);
id!(/// A person's place in the practice; outlives their accounts.
    MemberId, 16);
id!(/// One set of credentials of a member.
    AccountId, 16);
id!(/// One account in one browser profile.
    DeviceId, 16);
id!(/// A patient's chart.
    ChartId, 16);
id!(/// A record within a chart; all its versions share it.
    RecordId, 16);
id!(/// A set of recovery sheets.
    SetId, 16);
id!(/// One sealed version of a record: the hash of its envelope.
    EnvelopeId, 32);
id!(/// The hash of a commit.
    CommitHash, 32);
id!(/// The hash of a log entry.
    EntryHash, 32);

random_id!(MemberId, AccountId, DeviceId, ChartId, RecordId, SetId);

/// A part of the records that is read and written under keys of its own.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct Scope(u16);

impl Scope {
    /// Patient and contacts, appointments.
    pub const ADMINISTRATIVE: Self = Self(1);
    /// Everything else.
    pub const CLINICAL: Self = Self(2);
    /// The scopes of format version 1, in order.
    pub const ALL: [Self; 2] = [Self::ADMINISTRATIVE, Self::CLINICAL];

    /// From its number; numbers this version does not know need an update.
    pub fn from_number(number: u16) -> Result<Self> {
        Self::ALL.into_iter().find(|s| s.0 == number).ok_or(Error::UpdateRequired)
    }

    /// Its number in every format.
    pub const fn number(self) -> u16 {
        self.0
    }
}

pub(crate) fn decode_hex(text: &str, out: &mut [u8]) -> Result<()> {
    let digits = text.as_bytes();
    if digits.len() != out.len() * 2 {
        return Err(Error::Malformed);
    }
    let nibble = |c: u8| (c as char).to_digit(16).ok_or(Error::Malformed);
    for (byte, pair) in out.iter_mut().zip(digits.chunks_exact(2)) {
        *byte = (nibble(pair[0])? << 4 | nibble(pair[1])?) as u8;
    }
    Ok(())
}
