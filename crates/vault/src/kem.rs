//! HPKE (RFC 9180 base mode; KEM X-Wing, KDF HKDF-SHA-256, AEAD ChaCha20-Poly1305) for 32-byte keys.
//!
//! `sealed = enc[1120] ‖ ct[48]`, associated data empty, everything bound through `info`. A private key is its 32-byte seed.

use core::fmt;

use hpke::aead::ChaCha20Poly1305;
use hpke::kdf::HkdfSha256;
use hpke::kem::{Kem as _, XWing};
use hpke::{Deserializable, OpModeR, OpModeS, Serializable};
use rand_core::CryptoRng;

use crate::error::{Error, Result};
use crate::label::{Secret, hash, random};

pub(crate) const PUBLIC: usize = 1216;
const ENC: usize = 1120;
pub(crate) const SEALED: usize = ENC + 32 + 16;

/// The public half of an HPKE key pair (X-Wing: ML-KEM-768 ‖ X25519).
#[derive(Clone, PartialEq, Eq)]
pub struct HpkePublic(Box<[u8; PUBLIC]>);

impl HpkePublic {
    /// From its 1216 bytes; refuses what is not a valid key.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self> {
        let bytes: [u8; PUBLIC] = bytes.try_into().map_err(|_| Error::Malformed)?;
        <XWing as hpke::Kem>::PublicKey::from_bytes(&bytes).map_err(|_| Error::Malformed)?;
        Ok(Self(Box::new(bytes)))
    }

    /// Its 1216 bytes.
    pub fn as_bytes(&self) -> &[u8; PUBLIC] {
        &self.0
    }

    /// `H("hpke" ‖ public key)`, by which a grant names its recipient's key.
    pub(crate) fn fingerprint(&self) -> [u8; 32] {
        hash("hpke", &[&self.0[..]])
    }

    pub(crate) fn seal(&self, rng: &mut dyn CryptoRng, info: &[u8], key: &[u8; 32]) -> Result<[u8; SEALED]> {
        let public = <XWing as hpke::Kem>::PublicKey::from_bytes(&self.0[..]).map_err(|_| Error::Malformed)?;
        let mut rng = rng;
        let (enc, ct) = hpke::single_shot_seal_with_rng::<ChaCha20Poly1305, HkdfSha256, XWing>(
            &OpModeS::Base,
            &public,
            info,
            key,
            &[],
            &mut rng,
        )
        .map_err(|_| Error::Malformed)?;
        let mut out = [0; SEALED];
        out[..ENC].copy_from_slice(&enc.to_bytes());
        out[ENC..].copy_from_slice(&ct);
        Ok(out)
    }
}

impl fmt::Debug for HpkePublic {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "HpkePublic({:02x}{:02x}…)", self.0[0], self.0[1])
    }
}

/// The private half, kept as its seed. Erased when dropped.
#[derive(Clone)]
pub(crate) struct HpkeSeed(Secret);

impl HpkeSeed {
    pub fn generate(rng: &mut dyn CryptoRng) -> Self {
        Self(random(rng))
    }

    pub fn from_seed(seed: Secret) -> Self {
        Self(seed)
    }

    pub fn seed(&self) -> &[u8; 32] {
        &self.0
    }

    pub fn public(&self) -> HpkePublic {
        let bytes = XWing::sk_to_pk(&self.private()).to_bytes();
        HpkePublic(Box::new(bytes.into()))
    }

    pub fn open(&self, info: &[u8], sealed: &[u8; SEALED]) -> Result<Secret> {
        let enc = <XWing as hpke::Kem>::EncappedKey::from_bytes(&sealed[..ENC]).map_err(|_| Error::Open)?;
        let mut plain = zeroize::Zeroizing::new(
            hpke::single_shot_open::<ChaCha20Poly1305, HkdfSha256, XWing>(
                &OpModeR::Base,
                &self.private(),
                &enc,
                info,
                &sealed[ENC..],
                &[],
            )
            .map_err(|_| Error::Open)?,
        );
        let mut key = Secret::default();
        key.copy_from_slice(plain.get(..32).ok_or(Error::Open)?);
        plain.clear();
        Ok(key)
    }

    fn private(&self) -> <XWing as hpke::Kem>::PrivateKey {
        <XWing as hpke::Kem>::PrivateKey::from_bytes(&self.0[..]).expect("a seed is 32 bytes")
    }
}

#[cfg(test)]
mod tests;
