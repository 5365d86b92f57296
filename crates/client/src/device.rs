//! What this device is and holds, how strong a password is, and offline unlock.

use crate::{
    engine::Engine,
    failure::Failure,
    found::FINGERPRINT_WORDS,
    local::{self, Lease},
    ports::{Clock, Ports, Store, Transport},
    protocol::{DeviceInfo, Strength},
};

/// Bits that a password needs at all. With the Secret Key beside it the server cannot guess; a thief must ask the
/// server, which limits the tries.
const ACCEPTED_BITS: u32 = 35;
/// Bits that a passphrase needs to open a stolen device's data for years to come.
const OFFLINE_BITS: u32 = 60;
/// Longest offline lease.
const MAX_HOURS: u32 = 24 * 14;

impl<P: Ports> Engine<P> {
    pub(crate) async fn device_info(&self) -> Result<DeviceInfo, Failure> {
        self.ensure_catalog().await?;
        let account = self.with(|open| *open.device.account().as_bytes())?;
        let row = local::device_row(&self.ports, &account).await?;
        let (bytes, persistent) = self.ports.store().usage().await;
        let server = self.ports.transport().origin();
        let now_ms = self.ports.clock().now_ms();
        let lease = row.lease.filter(|lease| lease.holds(now_ms));
        self.with(|open| {
            let names = open.log.names(&open.device.epoch_keys);
            let name = |device| names.devices.get(device).cloned().unwrap_or_default();
            DeviceInfo {
                practice_words: vault::words(open.device.practice().as_bytes(), FINGERPRINT_WORDS),
                person_name: open.person_name(&names),
                device_name: name(&open.device.device()),
                server,
                patients: open.index.total(),
                records: open.catalog.records(),
                waiting: open.waiting,
                bytes,
                devices: open.log.devices().keys().map(name).collect(),
                offline_hours: lease.as_ref().map_or(0, |lease| lease.hours),
                offline_until_ms: lease.map_or(0, |lease| lease.until_ms),
                persistent,
                practice_name: names.practice.clone().unwrap_or_default(),
            }
        })
    }

    /// Grants (or ends) the lease by which this device opens without its server. Needs the server once, for the share.
    pub(crate) async fn set_offline_hours(&self, hours: u32, password: &str) -> Result<(), Failure> {
        if hours > 0 && !strength(password).offline_ok {
            return Err(Failure::WeakPassword);
        }
        let account = self.with(|open| *open.device.account().as_bytes())?;
        let mut row = local::device_row(&self.ports, &account).await?;
        if hours == 0 {
            // Ending it needs nobody's leave.
            row.lease = None;
            return Ok(self.ports.store().write(vec![local::put_device(&account, &row)]).await?);
        }
        let share = self.fresh_share(&account, password).await?;
        let now_ms = self.ports.clock().now_ms();
        row.lease = Some(Lease::new(share, hours.min(MAX_HOURS), now_ms));
        Ok(self.ports.store().write(vec![local::put_device(&account, &row)]).await?)
    }
}

/// Estimates a password conservatively: each word counts as one draw from a dictionary, whatever its length.
///
/// Words of the list that [`vault::generate_passphrase`] draws from count 11 bits each. This is an own estimate because
/// the field's library brings more dictionary than the whole application may weigh.
pub(crate) fn strength(password: &str) -> Strength {
    let bits = bits(password) as u32;
    let score = match bits {
        0..25 => 0,
        25..35 => 1,
        35..45 => 2,
        45..60 => 3,
        _ => 4,
    };
    Strength { score, bits, offline_ok: bits >= OFFLINE_BITS, accepted: bits >= ACCEPTED_BITS }
}

fn bits(password: &str) -> f64 {
    let mut seen: Vec<String> = Vec::new();
    let mut bits = 0.0;
    for token in password.split(|letter: char| !letter.is_alphanumeric()).filter(|token| !token.is_empty()) {
        let plain = token.to_lowercase();
        bits += if seen.contains(&plain) { 1.0 } else { token_bits(token, &plain) };
        seen.push(plain);
    }
    let marks: Vec<char> = password.chars().filter(|letter| !letter.is_alphanumeric()).collect();
    let kinds = marks.iter().collect::<std::collections::HashSet<_>>().len();
    bits + kinds as f64 * 3.0
}

fn token_bits(token: &str, plain: &str) -> f64 {
    let letters: Vec<char> = plain.chars().collect();
    let len = letters.len() as f64;
    let step = |pair: &[char]| pair[1] as i64 - pair[0] as i64;
    let runs = letters.windows(2).filter(|pair| matches!(step(pair), -1..=1)).count() as f64;
    // Sequences and repeats say next to nothing.
    let effective = (len - runs).max(1.0);
    if bip39::Language::English.find_word(plain).is_some() {
        return 11.0;
    }
    let changes = letters.windows(2).filter(|pair| pair[0].is_numeric() != pair[1].is_numeric()).count();
    let cases = token.chars().skip(1).any(char::is_uppercase) && token.chars().any(char::is_lowercase);
    match (letters.iter().all(|letter| letter.is_numeric()), changes) {
        // A year or a date is one of some tens of thousands.
        (true, _) => (effective * 3.3).min(if len <= 8.0 { 15.0 } else { effective * 3.3 }),
        (false, 0) => (effective * 4.7).min(15.0 + (effective - 6.0).max(0.0)) + if cases { 3.0 } else { 0.0 },
        (false, 1) => (effective * 5.0).min(22.0 + (effective - 8.0).max(0.0) * 1.5) + if cases { 3.0 } else { 0.0 },
        (false, _) => effective * 5.0 + if cases { 2.0 } else { 0.0 },
    }
}

#[cfg(test)]
mod tests;
