//! What is where on this device: which pack holds each version of each record, and how far each device's chain goes.
//!
//! Rebuilt in memory at unlock from the packs' directories. A directory is sealed under the device's local key, so what
//! was verified when it was received need not be verified again, and a changed disk shows as a directory that does not
//! open. Envelopes themselves are checked against their id each time they are opened.

use std::collections::{HashMap, HashSet};

use serde::{Deserialize, Serialize};

/// The directory of one pack.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Directory {
    pub commits: Vec<Link>,
    pub items: Vec<Item>,
}

/// One accepted commit.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Link {
    pub device: [u8; 16],
    pub seq: u64,
    pub hash: [u8; 32],
    /// Sequence of the log head that the commit cites.
    pub log_seq: u64,
    /// What the author's clock said.
    pub claimed_ms: u64,
    /// How many of the directory's items are this commit's.
    pub items: u32,
}

/// One version of a record inside a pack. Without bytes (`len` 0) it is listed by its commit but was not handed out
/// intact: withheld.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Item {
    pub chart: [u8; 16],
    pub record: [u8; 16],
    pub id: [u8; 32],
    pub parents: Vec<[u8; 32]>,
    pub at: u32,
    pub len: u32,
    pub wrap_at: u32,
    pub wrap_len: u32,
}

/// An item and where it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Version {
    pub pack: u64,
    pub item: Item,
    pub author: [u8; 16],
    pub claimed_ms: u64,
    /// Sequence of the log head that its commit cites.
    pub log_seq: u64,
}

#[derive(Default)]
pub struct Catalog {
    charts: HashMap<[u8; 16], Vec<Version>>,
    chains: HashMap<[u8; 16], Chain>,
    packs: HashSet<u64>,
    records: u32,
    /// Envelopes that are missing, with their charts.
    withheld: HashMap<[u8; 32], [u8; 16]>,
}

/// Hashes of a device's commits, first is sequence 1.
#[derive(Default)]
struct Chain {
    hashes: Vec<[u8; 32]>,
    log_seq: u64,
}

/// The end of a device's chain.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Tip {
    pub seq: u64,
    pub hash: [u8; 32],
    pub log_seq: u64,
}

impl Catalog {
    /// Takes in a pack's directory; call in order of pack number.
    pub fn add(&mut self, pack: u64, directory: &Directory) {
        let mut items = directory.items.iter();
        for link in &directory.commits {
            let chain = self.chains.entry(link.device).or_default();
            if link.seq == chain.hashes.len() as u64 + 1 {
                chain.hashes.push(link.hash);
                chain.log_seq = link.log_seq;
            }
            for item in items.by_ref().take(link.items as usize) {
                let version = Version {
                    pack,
                    item: item.clone(),
                    author: link.device,
                    claimed_ms: link.claimed_ms,
                    log_seq: link.log_seq,
                };
                let versions = self.charts.entry(item.chart).or_default();
                match versions.iter_mut().find(|known| known.item.id == item.id) {
                    // A version that was withheld and has come, or was damaged and fetched again.
                    Some(known) if item.len > 0 => *known = version,
                    Some(_) => {}
                    None => {
                        if !versions.iter().any(|known| known.item.record == item.record) {
                            self.records += 1;
                        }
                        versions.push(version);
                    }
                }
                if item.len == 0 {
                    self.withheld.insert(item.id, item.chart);
                } else {
                    self.withheld.remove(&item.id);
                }
            }
        }
        self.packs.insert(pack);
    }

    pub fn tip(&self, device: &[u8; 16]) -> Option<Tip> {
        let chain = self.chains.get(device)?;
        Some(Tip { seq: chain.hashes.len() as u64, hash: *chain.hashes.last()?, log_seq: chain.log_seq })
    }

    /// Ends of all chains, for the vector of a commit.
    pub fn tips(&self) -> impl Iterator<Item = ([u8; 16], Tip)> + '_ {
        self.chains.keys().filter_map(|device| Some((*device, self.tip(device)?)))
    }

    /// Hash of a commit that is known here.
    pub fn commit(&self, device: &[u8; 16], seq: u64) -> Option<[u8; 32]> {
        self.chains.get(device)?.hashes.get(usize::try_from(seq.checked_sub(1)?).ok()?).copied()
    }

    /// Every known version of every record of a chart, in order of arrival.
    pub fn chart(&self, chart: &[u8; 16]) -> &[Version] {
        self.charts.get(chart).map_or(&[], Vec::as_slice)
    }

    /// The versions of a record that no other version has as its parent.
    pub fn heads(&self, chart: &[u8; 16], record: &[u8; 16]) -> Vec<&Version> {
        heads_of(self.chart(chart).iter().filter(|version| version.item.record == *record))
    }

    pub fn charts(&self) -> impl Iterator<Item = &[u8; 16]> {
        self.charts.keys()
    }

    pub fn has_record(&self, chart: &[u8; 16], record: &[u8; 16]) -> bool {
        self.chart(chart).iter().any(|version| version.item.record == *record)
    }

    pub fn records(&self) -> u32 {
        self.records
    }

    /// Envelopes listed by commits that were never handed out intact.
    pub fn withheld(&self) -> Vec<Version> {
        let find = |(id, chart): (&[u8; 32], &[u8; 16])| {
            self.chart(chart).iter().find(|version| version.item.id == *id).cloned()
        };
        self.withheld.iter().filter_map(find).collect()
    }

    pub fn packs(&self) -> usize {
        self.packs.len()
    }
}

/// Heads among the versions of one record.
pub fn heads_of<'a>(versions: impl Iterator<Item = &'a Version> + Clone) -> Vec<&'a Version> {
    let superseded: HashSet<&[u8; 32]> = versions.clone().flat_map(|version| &version.item.parents).collect();
    versions.filter(|version| !superseded.contains(&version.item.id)).collect()
}

#[cfg(test)]
mod tests;
