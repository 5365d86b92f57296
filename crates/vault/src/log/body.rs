//! The content of each entry type that this version understands.
//!
//! ```text
//! genesis    = var practice name ‖ member[16] ‖ role u8 ‖ list(scope u16) ‖ var member name
//!              ‖ account[16] ‖ login key[32] ‖ account signing key[32] ‖ account HPKE key[1216]
//!              ‖ device public ‖ var device name
//!              ‖ set[16] ‖ k u8 ‖ n u8 ‖ recovery signing key[32] ‖ recovery HPKE key[1216]
//! add_device = account[16] ‖ device public ‖ var device name ‖ list(scope u16 ‖ epoch u32 ‖ grant)
//! rotate     = scope u16 ‖ epoch u32 ‖ H("epoch" ‖ key)[32] ‖ var previous ‖ list(grant)
//! previous   = empty for epoch 0, else nonce[12] ‖ Seal(HKDF(key, "previous"), nonce, previous key; ad = "previous" ‖ practice ‖ scope ‖ epoch)
//! ```
//! Lists ascend strictly, by scope or by recipient. Roles: 1 owner, 2 member.

use super::grant::Grant;
use super::name::SealedName;
use crate::account::AccountPublic;
use crate::codec::{Reader, Writer};
use crate::device::DevicePublic;
use crate::error::{Error, Result};
use crate::ids::{AccountId, MemberId, Scope};
use crate::recovery::RecoveryPublic;

/// What a member may do beyond reading and writing their scopes.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Role {
    /// Manages members, devices and epochs.
    Owner,
    /// Works with records.
    Member,
}

impl Role {
    fn number(self) -> u8 {
        match self {
            Self::Owner => 1,
            Self::Member => 2,
        }
    }

    fn from_number(n: u8) -> Result<Self> {
        match n {
            1 => Ok(Self::Owner),
            2 => Ok(Self::Member),
            _ => Err(Error::UpdateRequired),
        }
    }
}

/// The public keys that a genesis introduces.
pub(crate) struct GenesisKeys {
    pub account: AccountPublic,
    pub device: DevicePublic,
    pub recovery: RecoveryPublic,
}

pub(crate) struct Genesis {
    pub practice_name: SealedName,
    pub member: MemberId,
    pub role: Role,
    pub scopes: Vec<Scope>,
    pub member_name: SealedName,
    pub device_name: SealedName,
    pub keys: GenesisKeys,
}

impl Genesis {
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut w = Writer::part();
        w.var(&self.practice_name.0).fixed(self.member.as_bytes()).u8(self.role.number()).count(self.scopes.len());
        self.scopes.iter().for_each(|s| {
            w.u16(s.number());
        });
        w.var(&self.member_name.0);
        self.keys.account.write(&mut w);
        self.keys.device.write(&mut w);
        w.var(&self.device_name.0);
        self.keys.recovery.write(&mut w);
        w.finish()
    }

    pub fn parse(bytes: &[u8]) -> Result<Self> {
        let mut r = Reader::part(bytes);
        let practice_name = SealedName::read(&mut r)?;
        let member = MemberId::from_bytes(r.array()?);
        let role = Role::from_number(r.u8()?)?;
        let count = r.count(2)?;
        let scopes = (0..count).map(|_| Scope::from_number(r.u16()?)).collect::<Result<Vec<_>>>()?;
        ascending(scopes.iter())?;
        let member_name = SealedName::read(&mut r)?;
        let account = AccountPublic::read(&mut r)?;
        let device = DevicePublic::read(&mut r)?;
        let device_name = SealedName::read(&mut r)?;
        let recovery = RecoveryPublic::read(&mut r)?;
        r.finish()?;
        let keys = GenesisKeys { account, device, recovery };
        Ok(Self { practice_name, member, role, scopes, member_name, device_name, keys })
    }
}

pub(crate) struct AddDevice {
    pub account: AccountId,
    pub device: DevicePublic,
    pub name: SealedName,
    pub grants: Vec<(Scope, u32, Grant)>,
}

impl AddDevice {
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut w = Writer::part();
        w.fixed(self.account.as_bytes());
        self.device.write(&mut w);
        w.var(&self.name.0).count(self.grants.len());
        for (scope, epoch, grant) in &self.grants {
            w.u16(scope.number()).u32(*epoch);
            grant.write(&mut w);
        }
        w.finish()
    }

    pub fn parse(bytes: &[u8]) -> Result<Self> {
        let mut r = Reader::part(bytes);
        let account = AccountId::from_bytes(r.array()?);
        let device = DevicePublic::read(&mut r)?;
        let name = SealedName::read(&mut r)?;
        let count = r.count(6 + Grant::ENCODED)?;
        let grants = (0..count)
            .map(|_| Ok((Scope::from_number(r.u16()?)?, r.u32()?, Grant::read(&mut r)?)))
            .collect::<Result<Vec<_>>>()?;
        r.finish()?;
        ascending(grants.iter().map(|(scope, ..)| scope))?;
        Ok(Self { account, device, name, grants })
    }
}

pub(crate) struct Rotate {
    pub scope: Scope,
    pub epoch: u32,
    pub commitment: [u8; 32],
    pub previous: Vec<u8>,
    pub grants: Vec<Grant>,
}

impl Rotate {
    /// Length of `previous` after epoch 0.
    pub const PREVIOUS: usize = 12 + 32 + 16;

    pub fn to_bytes(&self) -> Vec<u8> {
        let mut w = Writer::part();
        w.u16(self.scope.number()).u32(self.epoch).fixed(&self.commitment).var(&self.previous);
        w.count(self.grants.len());
        self.grants.iter().for_each(|g| g.write(&mut w));
        w.finish()
    }

    pub fn parse(bytes: &[u8]) -> Result<Self> {
        let mut r = Reader::part(bytes);
        let scope = Scope::from_number(r.u16()?)?;
        let (epoch, commitment) = (r.u32()?, r.array()?);
        let previous = r.var()?.to_vec();
        let count = r.count(Grant::ENCODED)?;
        let grants = (0..count).map(|_| Grant::read(&mut r)).collect::<Result<Vec<_>>>()?;
        r.finish()?;
        ascending(grants.iter().map(|g| &g.recipient))?;
        Ok(Self { scope, epoch, commitment, previous, grants })
    }
}

fn ascending<'a, T: Ord + 'a>(items: impl Iterator<Item = &'a T>) -> Result<()> {
    if items.is_sorted_by(|a, b| a < b) { Ok(()) } else { Err(Error::Malformed) }
}
