//! Counting tries to log in, by account and by address, with growing waits.
//!
//! A try counts as failed when it begins, so that many at once gain nothing; a success clears its counts.

use std::{
    collections::HashMap,
    net::{IpAddr, Ipv6Addr},
    sync::Mutex,
};

use wire::Id16;

use crate::Error;

/// Failures of one account before a wait.
const FREE_BY_ACCOUNT: u32 = 10;
/// Failures from one address before a wait; several people may share it.
const FREE_BY_ADDRESS: u32 = 40;
const LONGEST_WAIT_S: u32 = 900;
/// Counts older than this are forgotten.
const MEMORY_MS: u64 = 3_600_000;
/// Counts kept; beyond it the oldest make room.
const MOST_KEPT: usize = 50_000;

/// What a try is counted under.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Tried {
    Account(Id16),
    Address(IpAddr),
}

impl Tried {
    /// An IPv6 neighbour has a whole /64 to choose from, so that is what counts.
    pub fn address(address: IpAddr) -> Self {
        Self::Address(match address.to_canonical() {
            IpAddr::V6(v6) => IpAddr::V6(Ipv6Addr::from_bits(v6.to_bits() >> 64 << 64)),
            v4 => v4,
        })
    }

    fn free(&self) -> u32 {
        match self {
            Self::Account(_) => FREE_BY_ACCOUNT,
            Self::Address(_) => FREE_BY_ADDRESS,
        }
    }
}

#[derive(Default)]
pub(crate) struct Tries(Mutex<HashMap<Tried, Count>>);

#[derive(Clone, Copy, Default)]
struct Count {
    failures: u32,
    last_ms: u64,
    open_at_ms: u64,
}

impl Tries {
    /// Lets a try begin and counts it, or says how long to wait.
    pub fn begin(&self, tried: &[Tried], now_ms: u64) -> Result<(), Error> {
        let mut counts = self.0.lock().expect("no panic while locked");
        let wait_ms = tried.iter().filter_map(|t| counts.get(t)).map(|c| c.open_at_ms.saturating_sub(now_ms)).max();
        if let Some(wait_ms @ 1..) = wait_ms {
            return Err(Error::TooManyTries { retry_after_s: wait_ms.div_ceil(1000) as u32 });
        }
        for tried in tried {
            if counts.len() >= MOST_KEPT {
                make_room(&mut counts, now_ms);
            }
            let count = counts.entry(*tried).or_default();
            if now_ms.saturating_sub(count.last_ms) > MEMORY_MS {
                *count = Count::default();
            }
            count.failures = count.failures.saturating_add(1);
            count.last_ms = now_ms;
            count.open_at_ms = now_ms + 1000 * u64::from(wait_s(count.failures, tried.free()));
        }
        Ok(())
    }

    pub fn succeeded(&self, tried: &[Tried]) {
        let mut counts = self.0.lock().expect("no panic while locked");
        for tried in tried {
            counts.remove(tried);
        }
    }
}

/// Nothing up to and at the last free failure but one, then 1, 2, 4, 8 … seconds.
fn wait_s(failures: u32, free: u32) -> u32 {
    match failures.checked_sub(free) {
        None => 0,
        Some(over) => 1u32.checked_shl(over).unwrap_or(u32::MAX).min(LONGEST_WAIT_S),
    }
}

fn make_room(counts: &mut HashMap<Tried, Count>, now_ms: u64) {
    counts.retain(|_, count| now_ms.saturating_sub(count.last_ms) <= MEMORY_MS);
    if counts.len() >= MOST_KEPT {
        let mut ages: Vec<u64> = counts.values().map(|count| count.last_ms).collect();
        let (_, &mut median, _) = ages.select_nth_unstable(MOST_KEPT / 2);
        counts.retain(|_, count| count.last_ms > median || count.open_at_ms > now_ms);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fail(tries: &Tries, tried: Tried, times: u32, now_ms: u64) {
        for _ in 0..times {
            tries.begin(&[tried], now_ms).unwrap();
        }
    }

    fn wait(tries: &Tries, tried: Tried, now_ms: u64) -> u32 {
        match tries.begin(&[tried], now_ms) {
            Err(Error::TooManyTries { retry_after_s }) => retry_after_s,
            other => panic!("expected a wait, not {other:?}"),
        }
    }

    #[test]
    fn the_wait_doubles_up_to_a_limit_and_ends() {
        let (tries, account) = (Tries::default(), Tried::Account([1; 16]));
        fail(&tries, account, 10, 0);
        let mut now_ms = 0;
        for expected in [1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 900, 900] {
            assert_eq!(wait(&tries, account, now_ms), expected);
            now_ms += u64::from(expected) * 1000;
            tries.begin(&[account], now_ms).unwrap();
        }
    }

    #[test]
    fn a_success_clears_the_count() {
        let (tries, account) = (Tries::default(), Tried::Account([1; 16]));
        fail(&tries, account, 9, 0);
        tries.succeeded(&[account]);
        fail(&tries, account, 10, 0);
        assert_eq!(wait(&tries, account, 0), 1);
    }

    #[test]
    fn addresses_of_one_network_interface_count_together() {
        let (a, b) = ("2001:db8::1".parse().unwrap(), "2001:db8::ffff:2".parse().unwrap());
        assert_eq!(Tried::address(a), Tried::address(b));
        assert_ne!(Tried::address(a), Tried::address("2001:db8:0:1::1".parse().unwrap()));
        assert_eq!(Tried::address("::ffff:10.0.0.1".parse().unwrap()), Tried::address("10.0.0.1".parse().unwrap()));
    }

    #[test]
    fn counts_of_strangers_do_not_grow_without_end_and_do_not_lift_a_wait() {
        let (tries, account) = (Tries::default(), Tried::Account([255; 16]));
        fail(&tries, account, FREE_BY_ACCOUNT, 0);
        for stranger in 0..MOST_KEPT as u64 + 1000 {
            let mut id = [0; 16];
            id[..8].copy_from_slice(&stranger.to_le_bytes());
            tries.begin(&[Tried::Account(id)], 1).unwrap();
        }
        assert!(tries.0.lock().unwrap().len() <= MOST_KEPT);
        assert_eq!(wait(&tries, account, 1), 1);
    }
}
