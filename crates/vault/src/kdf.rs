//! Argon2id parameters, with a compiled floor and ceiling.
//!
//! They are associated data of the account wrap. `kdf = memory KiB u32 ‖ passes u32 ‖ lanes u32`.

use argon2::{Algorithm, Argon2, Params, Version};

use crate::codec::{Reader, Writer};
use crate::error::{Error, Result};
use crate::label::Secret;

/// Cost of turning a password into keys.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Kdf {
    /// Memory in KiB.
    pub memory_kib: u32,
    /// Passes over the memory.
    pub passes: u32,
    /// Lanes.
    pub lanes: u32,
}

impl Kdf {
    /// The least that is accepted, and the default: 64 MiB, 3 passes, 1 lane.
    pub const FLOOR: Self = Self { memory_kib: 64 * 1024, passes: 3, lanes: 1 };
    /// The most that is accepted: 1 GiB, 16 passes, 4 lanes.
    pub const CEILING: Self = Self { memory_kib: 1024 * 1024, passes: 16, lanes: 4 };

    /// Refuses parameters outside floor and ceiling, whoever sent them.
    pub fn check(&self) -> Result<()> {
        if self.any(&Self::FLOOR, |a, b| a < b) {
            return Err(Error::KdfBelowFloor);
        }
        if self.any(&Self::CEILING, |a, b| a > b) {
            return Err(Error::KdfAboveCeiling);
        }
        Ok(())
    }

    /// Whether these may take the place of `old`: parameters only rise.
    pub fn may_replace(&self, old: &Self) -> bool {
        !self.any(old, |new, old| new < old)
    }

    fn any(&self, other: &Self, f: impl Fn(u32, u32) -> bool) -> bool {
        f(self.memory_kib, other.memory_kib) || f(self.passes, other.passes) || f(self.lanes, other.lanes)
    }

    pub(crate) fn write(&self, w: &mut Writer) {
        w.u32(self.memory_kib).u32(self.passes).u32(self.lanes);
    }

    pub(crate) fn read(r: &mut Reader<'_>) -> Result<Self> {
        Ok(Self { memory_kib: r.u32()?, passes: r.u32()?, lanes: r.u32()? })
    }

    /// `Argon2id(password, salt)`, version 0x13, 32 bytes.
    pub(crate) fn stretch(&self, password: &[u8], salt: &[u8; 32]) -> Result<Secret> {
        self.check()?;
        let params = Params::new(self.memory_kib, self.passes, self.lanes, Some(32)).map_err(|_| Error::TooLarge)?;
        let mut out = Secret::default();
        Argon2::new(Algorithm::Argon2id, Version::V0x13, params)
            .hash_password_into(password, salt, out.as_mut())
            .map_err(|_| Error::TooLarge)?;
        Ok(out)
    }
}

#[cfg(test)]
mod tests;
