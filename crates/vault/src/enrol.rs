//! Enrolling one's next device with kit and password: the account signs the device in and grants it the epoch keys.

use rand_core::CryptoRng;

use crate::account::AccountKeys;
use crate::device::DevicePublic;
use crate::epoch::EpochKeys;
use crate::error::Result;
use crate::log::{EntrySigner, LogState};

/// An `add_device` entry for the head of `log`, and the epoch keys that the account was granted. The caller posts the entry (on a
/// conflict: fetch, append, call again), appends it to `log`, and makes an [`crate::UnlockedDevice`].
pub fn enrol_by_kit(
    rng: &mut dyn CryptoRng,
    log: &LogState,
    account: &AccountKeys,
    device: &DevicePublic,
    device_name: &str,
    claimed_time_ms: u64,
) -> Result<(Vec<u8>, EpochKeys)> {
    let keys = log.epoch_keys_for_account(account)?;
    let signer = EntrySigner::Account(account);
    let entry = log.draft_add_device(rng, signer, account.account(), device, device_name, &keys, claimed_time_ms)?;
    Ok((entry, keys))
}

#[cfg(test)]
mod tests;
