//! The envelope of a record version.
//!
//! ```text
//! envelope = header ‖ kc[32] ‖ var ct
//! DEK      random, used for this envelope only
//! ke       = HKDF(DEK, "enc")
//! kc       = HKDF(DEK, "commit" ‖ H("header" ‖ header))          checked first, in constant time
//! ct       = Seal(ke, nonce of 12 zero bytes, padded plaintext; ad = header ‖ kc)
//! env id   = H("env" ‖ envelope as received)
//! ```

use rand_core::CryptoRng;
use subtle::ConstantTimeEq;
use zeroize::Zeroizing;

use super::header::Header;
use super::padding::{PREFIX, bucket, pad_into, unpad};
use super::wrap::{WrapView, wrap};
use crate::aead::{Cipher, NONCE, TAG};
use crate::codec::Reader;
use crate::epoch::EpochKeys;
use crate::error::{Error, Result};
use crate::ids::EnvelopeId;
use crate::label::{Deriver, Secret, hash, random};

/// A record version as it leaves the device.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Sealed {
    /// Hash of the envelope.
    pub id: EnvelopeId,
    /// The envelope.
    pub envelope: Vec<u8>,
    /// The data key under the current epoch.
    pub wrap: Vec<u8>,
}

/// Seals one version of a record under the newest epoch held of its scope. `kind` says what the body is; it is sealed too.
pub fn seal_record(
    rng: &mut dyn CryptoRng,
    keys: &EpochKeys,
    header: &Header,
    kind: u16,
    body: &[u8],
) -> Result<Sealed> {
    let epoch = keys.current(header.scope).ok_or(Error::MissingEpoch { scope: header.scope, epoch: 0 })?;
    if header.practice != keys.practice() {
        return Err(Error::Open);
    }
    let dek: Secret = random(rng);
    let envelope = seal_envelope(&dek, &header.to_bytes()?, kind, body)?;
    let id = EnvelopeId::from_bytes(hash("env", &[&envelope]));
    let wrap = wrap(rng, keys, header.scope, epoch, id, &dek)?;
    Ok(Sealed { id, envelope, wrap })
}

#[inline(never)]
fn seal_envelope(dek: &Secret, header: &[u8], kind: u16, body: &[u8]) -> Result<Vec<u8>> {
    let (ke, kc) = data_keys(dek, header);
    let padded = bucket(PREFIX + body.len());
    let mut out = Vec::with_capacity(header.len() + 32 + 4 + padded + TAG);
    out.extend_from_slice(header);
    out.extend_from_slice(kc.as_ref());
    let ad = out.clone();
    out.extend_from_slice(&u32::try_from(padded + TAG).map_err(|_| Error::TooLarge)?.to_be_bytes());
    let at = out.len();
    pad_into(&mut out, kind, body)?;
    let tag = Cipher::new(&ke).seal(&[0; NONCE], &ad, &mut out[at..]);
    out.extend_from_slice(&tag);
    Ok(out)
}

pub(super) fn data_keys(dek: &Secret, header: &[u8]) -> (Secret, Secret) {
    let d = Deriver::new(dek.as_ref());
    (d.expand("enc", &[]), d.expand("commit", &[&hash("header", &[header])]))
}

/// An envelope as received: its header can be read without any key.
#[derive(Clone, Debug)]
pub struct EnvelopeView<'a> {
    header: Header,
    id: EnvelopeId,
    header_bytes: &'a [u8],
    ad: &'a [u8],
    kc: [u8; 32],
    ct: &'a [u8],
}

impl<'a> EnvelopeView<'a> {
    /// Reads and hashes; checks form only.
    pub fn parse(bytes: &'a [u8]) -> Result<Self> {
        let mut r = Reader::object(bytes)?;
        let header = Header::read(&mut r)?;
        let header_bytes = r.read();
        let kc = r.array()?;
        let ad = r.read();
        let ct = r.var()?;
        r.finish()?;
        if ct.len() < bucket(0) + TAG {
            return Err(Error::Malformed);
        }
        let id = EnvelopeId::from_bytes(hash("env", &[bytes]));
        Ok(Self { header, id, header_bytes, ad, kc, ct })
    }

    /// Where it belongs; to be trusted once a verified commit lists the envelope.
    pub fn header(&self) -> &Header {
        &self.header
    }

    /// The hash of the envelope.
    pub fn id(&self) -> EnvelopeId {
        self.id
    }

    #[inline(never)]
    fn open(&self, dek: &Secret) -> Result<(u16, Zeroizing<Vec<u8>>)> {
        let (ke, kc) = data_keys(dek, self.header_bytes);
        if !bool::from(kc.ct_eq(&self.kc)) {
            return Err(Error::Open);
        }
        let mut buffer = Zeroizing::new(self.ct.to_vec());
        let len = Cipher::new(&ke).open_tagged(&[0; NONCE], self.ad, &mut buffer)?.len();
        buffer.truncate(len);
        unpad(buffer)
    }
}

/// An opened record version.
#[derive(Clone, PartialEq, Eq)]
pub struct Opened {
    /// Where it belongs.
    pub header: Header,
    /// The hash of its envelope.
    pub id: EnvelopeId,
    /// What the body is.
    pub kind: u16,
    /// The body; erased when dropped.
    pub body: Zeroizing<Vec<u8>>,
}

impl core::fmt::Debug for Opened {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        write!(f, "Opened({}, {} bytes redacted)", self.id, self.body.len())
    }
}

/// Opens an envelope with its wrap. Authorship is a matter of commits: see [`crate::Commit::check_item`].
pub fn open_record(keys: &EpochKeys, envelope: &EnvelopeView<'_>, wrap: &[u8]) -> Result<Opened> {
    let wrap = WrapView::parse(wrap)?;
    let header = envelope.header();
    if (wrap.envelope, wrap.scope) != (envelope.id, header.scope) || header.practice != keys.practice() {
        return Err(Error::Open);
    }
    let dek = wrap.unwrap(keys)?;
    let (kind, body) = envelope.open(&dek)?;
    Ok(Opened { header: header.clone(), id: envelope.id, kind, body })
}
