//! The recovery key and its sheets.
//!
//! ```text
//! signing seed    = HKDF(seed, "recovery-signing")            Ed25519
//! HPKE seed       = HKDF(seed, "recovery-hpke")               X-Wing
//! recovery public = set[16] ‖ k u8 ‖ n u8 ‖ signing key[32] ‖ HPKE key[1216]      in the log
//! sheet           = code("sheet", version u8 ‖ practice[32] ‖ set[16] ‖ k u8 ‖ n u8 ‖ share[33])     35 groups of 5
//! share           = x u8 ‖ 32 bytes: Shamir over GF(256), polynomial 0x11b, byte by byte; x counts from 1
//! ```
//! The combined seed is checked against the public keys in the log, so a wrong sheet is noticed and never used.

use core::fmt;

use rand_core::CryptoRng;
use vsss_rs::Gf256;
use zeroize::Zeroizing;

use crate::code;
use crate::codec::{Reader, VERSION, Writer};
use crate::error::{Error, Result};
use crate::ids::{PracticeId, SetId};
use crate::kem::{self, HpkePublic, HpkeSeed};
use crate::label::{Deriver, Secret, random};
use crate::sign::{SignKey, VerifyKey};

const SHARE: usize = 33;
const SHEET: usize = 1 + 32 + 16 + 1 + 1 + SHARE;

/// The public half, as the log holds it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct RecoveryPublic {
    /// The set of sheets.
    pub set: SetId,
    /// Sheets needed.
    pub k: u8,
    /// Sheets made.
    pub n: u8,
    /// Checks `recover` entries.
    pub signing: VerifyKey,
    /// Receives epoch keys.
    pub hpke: HpkePublic,
}

impl RecoveryPublic {
    pub(crate) fn write(&self, w: &mut Writer) {
        w.fixed(self.set.as_bytes()).u8(self.k).u8(self.n);
        w.fixed(self.signing.as_bytes()).fixed(self.hpke.as_bytes());
    }

    pub(crate) fn read(r: &mut Reader<'_>) -> Result<Self> {
        Ok(Self {
            set: SetId::from_bytes(r.array()?),
            k: r.u8()?,
            n: r.u8()?,
            signing: VerifyKey::from_bytes(r.array()?),
            hpke: HpkePublic::from_bytes(r.take(kem::PUBLIC)?)?,
        })
    }

    /// At least two sheets are needed, and there are enough.
    pub(crate) fn is_sensible(&self) -> bool {
        2 <= self.k && self.k <= self.n
    }
}

/// The recovery key of a set. Exists only while sheets are made or used. Erased when dropped.
pub struct RecoveryKeys {
    set: SetId,
    seed: Secret,
    pub(crate) signing: SignKey,
    pub(crate) hpke: HpkeSeed,
}

impl RecoveryKeys {
    /// A fresh key with a fresh set id.
    pub fn generate(rng: &mut dyn CryptoRng) -> Self {
        let set = SetId::generate(rng);
        Self::from_seed(set, random(rng))
    }

    fn from_seed(set: SetId, seed: Secret) -> Self {
        let d = Deriver::new(seed.as_ref());
        let signing = SignKey::from_seed(&d.expand("recovery-signing", &[]));
        let hpke = HpkeSeed::from_seed(d.expand("recovery-hpke", &[]));
        Self { set, seed, signing, hpke }
    }

    /// The set of sheets.
    pub fn set(&self) -> SetId {
        self.set
    }

    #[cfg(test)]
    pub(crate) fn seed(&self) -> &[u8; 32] {
        &self.seed
    }

    /// The public half for a set of `n` sheets of which `k` are needed.
    pub fn public(&self, k: u8, n: u8) -> RecoveryPublic {
        RecoveryPublic { set: self.set, k, n, signing: self.signing.public(), hpke: self.hpke.public() }
    }

    /// Makes `n` sheets, any `k` of which give the key back.
    pub fn split(&self, rng: &mut dyn CryptoRng, practice: PracticeId, k: u8, n: u8) -> Result<Vec<Sheet>> {
        if !(2..=n).contains(&k) {
            return Err(Error::NotEnoughSheets);
        }
        let shares = Gf256::split_bytes(k.into(), n.into(), &self.seed[..], rng).map_err(|_| Error::Malformed)?;
        shares
            .into_iter()
            .map(Zeroizing::new)
            .map(|share| {
                let share = Zeroizing::new(share[..].try_into().map_err(|_| Error::Malformed)?);
                Ok(Sheet { practice, set: self.set, k, n, share })
            })
            .collect()
    }

    /// Puts sheets together, and checks the result against the public keys in the log of `practice`.
    pub fn combine(sheets: &[Sheet], practice: PracticeId, public: &RecoveryPublic) -> Result<Self> {
        let (set, k, n) = (public.set, public.k, public.n);
        if sheets.iter().any(|s| (s.practice, s.set, s.k, s.n) != (practice, set, k, n)) {
            return Err(Error::SheetMismatch);
        }
        let mut shares: Vec<Vec<u8>> = sheets.iter().map(|s| s.share.to_vec()).collect();
        shares.sort();
        shares.dedup();
        let enough = shares.len() >= k.into();
        let seed = if enough { Gf256::combine_bytes(&shares).ok().map(Zeroizing::new) } else { None };
        zeroize::Zeroize::zeroize(&mut shares);
        if !enough {
            return Err(Error::NotEnoughSheets);
        }
        let seed = crate::account::open_exact(&seed.ok_or(Error::SheetMismatch)?).map_err(|_| Error::SheetMismatch)?;
        let keys = Self::from_seed(set, seed);
        if keys.public(k, n) == *public { Ok(keys) } else { Err(Error::SheetMismatch) }
    }
}

/// One sheet of paper. Erased when dropped.
#[derive(Clone, PartialEq, Eq)]
pub struct Sheet {
    /// The practice.
    pub practice: PracticeId,
    /// The set it belongs to.
    pub set: SetId,
    /// Sheets needed.
    pub k: u8,
    /// Sheets made.
    pub n: u8,
    share: Zeroizing<[u8; SHARE]>,
}

impl Sheet {
    /// Which sheet of the set, from 1.
    pub fn number(&self) -> u8 {
        self.share[0]
    }

    /// The code to print, in groups of five.
    pub fn to_code(&self) -> Zeroizing<String> {
        let mut bytes = Zeroizing::new(Vec::with_capacity(SHEET));
        bytes.push(VERSION);
        bytes.extend_from_slice(self.practice.as_bytes());
        bytes.extend_from_slice(self.set.as_bytes());
        bytes.extend_from_slice(&[self.k, self.n]);
        bytes.extend_from_slice(self.share.as_ref());
        code::encode("sheet", &bytes)
    }

    /// Reads a typed or scanned code; the error names the first group that is wrong.
    pub fn parse(text: &str) -> Result<Self> {
        let bytes = code::decode("sheet", text, SHEET)?;
        let mut r = Reader::part(&bytes);
        if r.u8()? != VERSION {
            return Err(Error::UpdateRequired);
        }
        let sheet = Self {
            practice: PracticeId::from_bytes(r.array()?),
            set: SetId::from_bytes(r.array()?),
            k: r.u8()?,
            n: r.u8()?,
            share: Zeroizing::new(r.array()?),
        };
        r.finish()?;
        Ok(sheet)
    }
}

impl fmt::Debug for Sheet {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Sheet({} of {}, any {})", self.number(), self.n, self.k)
    }
}

impl fmt::Debug for RecoveryKeys {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "RecoveryKeys({})", self.set)
    }
}

#[cfg(test)]
mod tests;
