//! The device bundle: everything a device knows, sealed on its disk.
//!
//! ```text
//! bundle = version ‖ suite ‖ var B0 ‖ var B1 ‖ var B2
//! B0 = slot("bundle-content",  BK,                   content)          BK random, made with the bundle
//! B1 = slot("bundle",          unlock key ‖ share,   BK[32])
//! B2 = slot("rebundle",        account key ‖ share,  BK[32])
//! ad = "bundle" ‖ version ‖ suite ‖ practice ‖ account ‖ device ‖ slot number u8 (0, 1, 2)
//! content = version ‖ suite ‖ device signing seed[32] ‖ device HPKE seed[32] ‖ local key[32]
//!           ‖ log seq u64 ‖ log head[32] ‖ list(device[16] ‖ seq u64 ‖ hash[32] ‖ log seq u64) ‖ list(scope u16 ‖ epoch u32 ‖ key[32])
//! ```
//! Both lists ascend. [`Bundle`] holds ciphertext; [`UnlockedDevice`] is the open form and keeps BK, so that B0 can be written
//! again after each change without password or share.

use core::fmt;
use std::collections::BTreeMap;

use rand_core::CryptoRng;
use zeroize::Zeroizing;

use crate::account::{AccountKey, open_exact};
use crate::codec::{Reader, SUITE, VERSION, Writer};
use crate::commit::ChainHead;
use crate::device::{DeviceKeys, DeviceStub, Share};
use crate::epoch::EpochKeys;
use crate::error::{Error, Result};
use crate::ids::{AccountId, CommitHash, DeviceId, EntryHash, PracticeId};
use crate::kem::HpkeSeed;
use crate::label::{Secret, label, random};
use crate::log::LogHead;
use crate::person::UnlockKey;
use crate::sign::SignKey;
use crate::slot;

/// What a device must never see going back: the log's head and the heads of chains, its own among them.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct PinnedHeads {
    /// The newest log head seen.
    pub log: LogHead,
    /// The newest commit seen of each device.
    pub chains: BTreeMap<DeviceId, ChainHead>,
}

/// A device's sealed state.
#[derive(Clone, PartialEq, Eq)]
pub struct Bundle {
    /// The content, under BK.
    pub b0: Vec<u8>,
    /// BK under unlock key and share.
    pub b1: Vec<u8>,
    /// BK under account key and share.
    pub b2: Vec<u8>,
}

impl Bundle {
    /// Opens with the password's unlock key.
    pub fn open(&self, stub: &DeviceStub, unlock: &UnlockKey, share: &Share) -> Result<UnlockedDevice> {
        let ids = Ids::of(stub);
        let bk = slot::open("bundle", &with_share(&unlock.0, share)[..], &ids.ad(1), &self.b1)?;
        self.open_content(stub, open_exact(&bk)?)
    }

    /// Opens with the account key, after the password was changed on another device; then call
    /// [`UnlockedDevice::reseal_for_password`].
    pub fn open_with_account(&self, stub: &DeviceStub, key: &AccountKey, share: &Share) -> Result<UnlockedDevice> {
        let ids = Ids::of(stub);
        let bk = slot::open("rebundle", &with_share(&key.0, share)[..], &ids.ad(2), &self.b2)?;
        self.open_content(stub, open_exact(&bk)?)
    }

    /// To keep on disk.
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut w = Writer::object();
        w.var(&self.b0).var(&self.b1).var(&self.b2);
        w.finish()
    }

    /// From disk.
    pub fn parse(bytes: &[u8]) -> Result<Self> {
        let mut r = Reader::object(bytes)?;
        let out = Self { b0: r.var()?.to_vec(), b1: r.var()?.to_vec(), b2: r.var()?.to_vec() };
        r.finish()?;
        Ok(out)
    }

    fn open_content(&self, stub: &DeviceStub, bk: Secret) -> Result<UnlockedDevice> {
        let ids = Ids::of(stub);
        let content = slot::open("bundle-content", bk.as_ref(), &ids.ad(0), &self.b0)?;
        let mut r = Reader::object(&content)?;
        let keys = DeviceKeys {
            device: stub.device,
            signing: SignKey::from_seed(&Zeroizing::new(r.array()?)),
            hpke: HpkeSeed::from_seed(Secret::new(r.array()?)),
            local: Secret::new(r.array()?),
            access: stub.access.clone(),
        };
        let pinned = read_pinned(&mut r)?;
        let epoch_keys = EpochKeys::read(stub.practice, &mut r)?;
        r.finish()?;
        Ok(UnlockedDevice { ids, keys, bk, pinned, epoch_keys })
    }
}

impl fmt::Debug for Bundle {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Bundle({} bytes sealed)", self.b0.len())
    }
}

/// A device with its keys open. Lives in the worker only. Erased when dropped.
pub struct UnlockedDevice {
    pub(crate) ids: Ids,
    /// The device's private keys.
    pub keys: DeviceKeys,
    /// Heads that must not go back; write B0 again after a change.
    pub pinned: PinnedHeads,
    /// Epoch keys held; write B0 again after a change.
    pub epoch_keys: EpochKeys,
    pub(crate) bk: Secret,
}

impl UnlockedDevice {
    /// A new device, with a fresh BK.
    pub fn new(
        rng: &mut dyn CryptoRng,
        account: AccountId,
        keys: DeviceKeys,
        pinned: PinnedHeads,
        epoch_keys: EpochKeys,
    ) -> Self {
        let ids = Ids { practice: epoch_keys.practice(), account, device: keys.device };
        Self { ids, keys, pinned, epoch_keys, bk: random(rng) }
    }

    /// The practice.
    pub fn practice(&self) -> PracticeId {
        self.ids.practice
    }

    /// The account.
    pub fn account(&self) -> AccountId {
        self.ids.account
    }

    /// The device.
    pub fn device(&self) -> DeviceId {
        self.ids.device
    }

    /// Seals all slots.
    pub fn seal(&self, rng: &mut dyn CryptoRng, unlock: &UnlockKey, account: &AccountKey, share: &Share) -> Bundle {
        Bundle {
            b0: self.reseal(rng),
            b1: self.reseal_for_password(rng, unlock, share),
            b2: slot::seal(rng, "rebundle", &with_share(&account.0, share)[..], &self.ids.ad(2), self.bk.as_ref()),
        }
    }

    /// A new B0 after heads or epoch keys changed; B1 and B2 stay.
    pub fn reseal(&self, rng: &mut dyn CryptoRng) -> Vec<u8> {
        slot::seal(rng, "bundle-content", self.bk.as_ref(), &self.ids.ad(0), &self.content())
    }

    /// A new B1 after the password changed; B0 and B2 stay.
    pub fn reseal_for_password(&self, rng: &mut dyn CryptoRng, unlock: &UnlockKey, share: &Share) -> Vec<u8> {
        slot::seal(rng, "bundle", &with_share(&unlock.0, share)[..], &self.ids.ad(1), self.bk.as_ref())
    }

    fn content(&self) -> Zeroizing<Vec<u8>> {
        // Room for everything, so that no copy of a key is left behind by a growing buffer.
        let mut w = Writer::with_capacity(256 + 64 * self.pinned.chains.len() + 38 * self.epoch_keys.len());
        w.fixed(self.keys.signing.seed().as_ref()).fixed(self.keys.hpke.seed()).fixed(self.keys.local.as_ref());
        w.u64(self.pinned.log.seq).fixed(self.pinned.log.hash.as_bytes()).count(self.pinned.chains.len());
        for (device, head) in &self.pinned.chains {
            w.fixed(device.as_bytes()).u64(head.seq).fixed(head.hash.as_bytes()).u64(head.log_seq);
        }
        self.epoch_keys.write(&mut w);
        Zeroizing::new(w.finish())
    }
}

impl fmt::Debug for UnlockedDevice {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "UnlockedDevice({})", self.ids.device)
    }
}

/// Whose bundle it is: associated data of every slot.
#[derive(Clone, Copy)]
pub(crate) struct Ids {
    pub practice: PracticeId,
    pub account: AccountId,
    pub device: DeviceId,
}

impl Ids {
    fn of(stub: &DeviceStub) -> Self {
        Self { practice: stub.practice, account: stub.account, device: stub.device }
    }

    fn ad(&self, slot: u8) -> Vec<u8> {
        let mut w = Writer::part();
        w.fixed(&label("bundle")).u8(VERSION).u8(SUITE);
        w.fixed(self.practice.as_bytes()).fixed(self.account.as_bytes()).fixed(self.device.as_bytes()).u8(slot);
        w.finish()
    }
}

fn with_share(key: &Secret, share: &Share) -> Zeroizing<[u8; 64]> {
    let mut out = Zeroizing::new([0; 64]);
    out[..32].copy_from_slice(key.as_ref());
    out[32..].copy_from_slice(share.as_bytes());
    out
}

fn read_pinned(r: &mut Reader<'_>) -> Result<PinnedHeads> {
    let log = LogHead { seq: r.u64()?, hash: EntryHash::from_bytes(r.array()?) };
    let mut chains = BTreeMap::new();
    for _ in 0..r.count(16 + 8 + 32 + 8)? {
        let device = DeviceId::from_bytes(r.array()?);
        if chains.last_key_value().is_some_and(|(last, _)| *last >= device) {
            return Err(Error::Malformed);
        }
        let head = ChainHead { seq: r.u64()?, hash: CommitHash::from_bytes(r.array()?), log_seq: r.u64()? };
        chains.insert(device, head);
    }
    Ok(PinnedHeads { log, chains })
}

#[cfg(test)]
mod tests;
