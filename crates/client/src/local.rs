//! The rows of the `Meta` table.

use serde::{Deserialize, Serialize};

use crate::{
    failure::Failure,
    keys,
    ports::{Ports, Store, Table, Write},
};

/// Kind of the row that holds an enrolled device of an account.
const DEVICE: &str = "device";
/// Kind of the row that holds its sealed engine state.
const STATE: &str = "state";

/// An enrolled device at rest. The stub is readable by whoever holds the disk (see the threat model); the bundle and
/// the wrap are sealed.
#[derive(Clone, Serialize, Deserialize)]
pub(crate) struct DeviceRow {
    /// [`vault::DeviceStub`]
    pub stub: Vec<u8>,
    /// [`vault::Bundle`]. Empty while the practice is being created: if the worker dies in between, the stub's Secret Key
    /// and the password enrol this device again.
    pub bundle: Vec<u8>,
    /// Shown on the tile while locked; empty unless the person set one.
    pub label: String,
    pub lease: Option<Lease>,
}

/// Permission to open without the server: the share, until it expires. It binds an honest clock only.
#[derive(Clone, Serialize, Deserialize)]
pub(crate) struct Lease {
    pub share: [u8; 32],
    pub granted_ms: u64,
    pub until_ms: u64,
    pub hours: u32,
}

impl Lease {
    pub fn new(share: [u8; 32], hours: u32, now_ms: u64) -> Self {
        Self { share, hours, granted_ms: now_ms, until_ms: now_ms + u64::from(hours) * 3_600_000 }
    }

    /// False once expired, and when the clock has stepped back behind the grant.
    pub fn holds(&self, now_ms: u64) -> bool {
        (self.granted_ms..self.until_ms).contains(&now_ms)
    }
}

/// What an unlocked engine remembers; sealed under the local key.
#[derive(Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct EngineState {
    /// Where to go on in the practice's stream.
    pub cursor: u64,
    /// The server state that `cursor` speaks of.
    pub server_epoch: u64,
    /// Number of the next pack.
    pub next_pack: u64,
    /// How many packs with directories of this account there are.
    pub packs: u64,
    pub kit_confirmed: bool,
    /// Sequence of this device's newest commit: a catalog that ends before it must be completed before anything is
    /// signed again.
    pub own_seq: u64,
    /// The recovery sheets, until the person has confirmed the kit: a page that dies before they are printed shows them
    /// again. Emptied then.
    pub sheets: Vec<crate::protocol::Sheet>,
    /// Hours of offline unlock that the person set.
    pub offline_hours: u32,
    /// When everything was last known to be on the server.
    pub synced_ms: u64,
}

impl EngineState {
    /// The number for a pack that is about to be written with this state.
    pub fn take_pack(&mut self) -> u64 {
        self.packs += 1;
        self.next_pack += 1;
        self.next_pack - 1
    }
}

pub(crate) fn device_key(account: &[u8; 16]) -> Vec<u8> {
    keys::meta(DEVICE, account)
}

pub(crate) fn state_key(account: &[u8; 16]) -> Vec<u8> {
    keys::meta(STATE, account)
}

/// Every device enrolled in this browser profile, with its account.
pub(crate) async fn device_rows<P: Ports>(ports: &P) -> Result<Vec<([u8; 16], DeviceRow)>, Failure> {
    let (from, to) = keys::metas(DEVICE);
    let rows = ports.store().range(Table::Meta, &from, Some(&to)).await?;
    rows.into_iter()
        .map(|(key, value)| {
            let account = key.get(from.len()..).and_then(|id| id.try_into().ok()).ok_or(Failure::Damaged)?;
            Ok((account, wire::decode(&value).map_err(|_| Failure::Damaged)?))
        })
        .collect()
}

pub(crate) async fn device_row<P: Ports>(ports: &P, account: &[u8; 16]) -> Result<DeviceRow, Failure> {
    let value = ports.store().get(Table::Meta, &device_key(account)).await?.ok_or(Failure::NotFound)?;
    wire::decode(&value).map_err(|_| Failure::Damaged)
}

pub(crate) fn put_device(account: &[u8; 16], row: &DeviceRow) -> Write {
    Write::Put { table: Table::Meta, key: device_key(account), value: wire::encode(row) }
}
