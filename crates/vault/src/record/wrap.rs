//! The data key of an envelope under an epoch key: an object of its own, so that epochs change without touching envelopes.
//!
//! ```text
//! wrap = version ‖ suite ‖ scope u16 ‖ epoch u32 ‖ env id[32] ‖ nonce[12] ‖ Seal(HKDF(epoch key, "wrap"), nonce, DEK[32]; ad)[48]
//! ad   = "wrap" ‖ fields before the seal ‖ practice
//! ```

use rand_core::CryptoRng;

use crate::aead::{self, NONCE, TAG};
use crate::codec::{Reader, Writer};
use crate::epoch::EpochKeys;
use crate::error::{Error, Result};
use crate::ids::{EnvelopeId, PracticeId, Scope};
use crate::label::{Secret, label};

const DEK: usize = 32;

/// A wrap as received: readable without any key.
#[derive(Clone, Copy, Debug)]
pub struct WrapView<'a> {
    /// The scope of the epoch key.
    pub scope: Scope,
    /// The epoch.
    pub epoch: u32,
    /// The envelope it opens.
    pub envelope: EnvelopeId,
    fields: &'a [u8],
    nonce: [u8; NONCE],
    sealed: [u8; DEK + TAG],
}

impl<'a> WrapView<'a> {
    /// Length of every wrap.
    pub const LEN: usize = 2 + 2 + 4 + 32 + NONCE + DEK + TAG;

    /// Reads a wrap; checks form only.
    pub fn parse(bytes: &'a [u8]) -> Result<Self> {
        let mut r = Reader::object(bytes)?;
        let scope = Scope::from_number(r.u16()?)?;
        let epoch = r.u32()?;
        let envelope = EnvelopeId::from_bytes(r.array()?);
        let nonce = r.array()?;
        let fields = r.read();
        let sealed = r.array()?;
        r.finish()?;
        Ok(Self { scope, epoch, envelope, fields, nonce, sealed })
    }

    pub(crate) fn unwrap(&self, keys: &EpochKeys) -> Result<Secret> {
        let key = keys.get(self.scope, self.epoch)?;
        let mut buffer = self.sealed;
        let dek = key.wrap.open_tagged(&self.nonce, &ad(self.fields, &keys.practice()), &mut buffer);
        let dek = dek.and_then(|d| crate::account::open_exact(d));
        zeroize::Zeroize::zeroize(&mut buffer);
        dek
    }
}

pub(super) fn wrap(
    rng: &mut dyn CryptoRng,
    keys: &EpochKeys,
    scope: Scope,
    epoch: u32,
    id: EnvelopeId,
    dek: &Secret,
) -> Result<Vec<u8>> {
    let key = keys.get(scope, epoch)?;
    let nonce = aead::nonce(rng);
    let mut w = Writer::with_capacity(WrapView::LEN);
    w.u16(scope.number()).u32(epoch).fixed(id.as_bytes()).fixed(&nonce);
    let mut buffer = dek.clone();
    let tag = key.wrap.seal(&nonce, &ad(w.bytes(), &keys.practice()), buffer.as_mut());
    w.fixed(buffer.as_ref()).fixed(&tag);
    Ok(w.finish())
}

/// Wraps the data key again under the newest epoch held, after the server refused a stale one.
pub fn rewrap(rng: &mut dyn CryptoRng, keys: &EpochKeys, old: &[u8]) -> Result<Vec<u8>> {
    let old = WrapView::parse(old)?;
    let dek = old.unwrap(keys)?;
    let epoch = keys.current(old.scope).ok_or(Error::MissingEpoch { scope: old.scope, epoch: old.epoch })?;
    wrap(rng, keys, old.scope, epoch, old.envelope, &dek)
}

fn ad(fields: &[u8], practice: &PracticeId) -> Vec<u8> {
    [&label("wrap")[..], fields, practice.as_bytes()].concat()
}
