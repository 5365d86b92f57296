//! Nonces for logins: single use, 60 seconds, and nobody can use up memory by asking for them.
//!
//! ```text
//! nonce = issued at, ms u64le ‖ random[8] ‖ first 16 bytes of HMAC-SHA-256(key of this process, account ‖ both)
//! ```
//! A nonce proves by itself that this process issued it and when, so only used ones are remembered, for as long as they
//! would still be good.

use std::{collections::HashMap, sync::Mutex};

use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;
use subtle::ConstantTimeEq;
use wire::{Hash32, Id16};

use crate::state::random;

const LIFETIME_MS: u64 = 60_000;
/// Used nonces kept; more tries within a minute are refused.
const MOST_USED: usize = 100_000;

pub(crate) struct Challenges {
    key: [u8; 32],
    used: Mutex<HashMap<Hash32, u64>>,
}

impl Challenges {
    pub fn new() -> Self {
        Self { key: random(), used: Mutex::default() }
    }

    pub fn issue(&self, account: &Id16, now_ms: u64) -> Hash32 {
        let mut nonce = [0; 32];
        nonce[..8].copy_from_slice(&now_ms.to_le_bytes());
        nonce[8..16].copy_from_slice(&random::<8>());
        let tag = self.tag(account, &nonce[..16]);
        nonce[16..].copy_from_slice(&tag);
        nonce
    }

    /// True once for a nonce that was issued for this account in the last 60 seconds.
    pub fn redeem(&self, account: &Id16, nonce: &Hash32, now_ms: u64) -> bool {
        let issued_ms = u64::from_le_bytes(nonce[..8].try_into().expect("8 bytes"));
        let genuine = bool::from(self.tag(account, &nonce[..16]).ct_eq(&nonce[16..]));
        let in_time = issued_ms <= now_ms && now_ms - issued_ms <= LIFETIME_MS;
        if !genuine || !in_time {
            return false;
        }
        let mut used = self.used.lock().expect("no panic while locked");
        if used.len() >= MOST_USED {
            used.retain(|_, issued_ms| now_ms.saturating_sub(*issued_ms) <= LIFETIME_MS);
        }
        used.len() < MOST_USED && used.insert(*nonce, issued_ms).is_none()
    }

    fn tag(&self, account: &Id16, head: &[u8]) -> [u8; 16] {
        let mut mac = Hmac::<Sha256>::new_from_slice(&self.key).expect("HMAC takes any key");
        mac.update(account);
        mac.update(head);
        let tag = mac.finalize().into_bytes();
        tag[..16].try_into().expect("16 of 32 bytes")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_nonce_is_good_once_for_its_account_within_a_minute() {
        let challenges = Challenges::new();
        let nonce = challenges.issue(&[1; 16], 1_000);
        assert!(!challenges.redeem(&[2; 16], &nonce, 1_000), "another account");
        assert!(!challenges.redeem(&[1; 16], &nonce, 61_001), "too late");
        assert!(!challenges.redeem(&[1; 16], &nonce, 999), "from the future");
        assert!(challenges.redeem(&[1; 16], &nonce, 61_000));
        assert!(!challenges.redeem(&[1; 16], &nonce, 61_000), "used");
    }

    #[test]
    fn a_nonce_of_another_process_or_a_changed_one_is_refused() {
        let challenges = Challenges::new();
        let nonce = Challenges::new().issue(&[1; 16], 0);
        assert!(!challenges.redeem(&[1; 16], &nonce, 0));
        for at in 0..32 {
            let mut changed = challenges.issue(&[1; 16], 0);
            changed[at] ^= 1;
            assert!(!challenges.redeem(&[1; 16], &changed, 1), "byte {at}");
        }
    }
}
