//! Ports in memory, for tests and simulation: a store with faults, a clock that is set by hand.

use std::{
    cell::{Cell, RefCell},
    collections::BTreeMap,
    rc::Rc,
};

use crate::ports::{Clock, FileSource, Store, StoreError, Table, Write};

type Rows = BTreeMap<(Table, Vec<u8>), Vec<u8>>;

/// A store whose contents survive the engine ("the disk"): clone it to hold on to it.
#[derive(Clone, Default)]
pub struct MemoryStore {
    rows: Rc<RefCell<Rows>>,
    /// The next write fails with this, once.
    pub fail_next: Rc<Cell<Option<StoreError>>>,
    /// There is no storage at all (private mode).
    pub absent: Rc<Cell<bool>>,
}

impl MemoryStore {
    /// A copy of the disk as it is now.
    pub fn snapshot(&self) -> Self {
        Self { rows: Rc::new(RefCell::new(self.rows.borrow().clone())), ..Self::default() }
    }

    /// Loses the last row of a table.
    pub fn remove_last(&self, table: Table) {
        let mut rows = self.rows.borrow_mut();
        let last = rows.keys().rfind(|(at, _)| *at == table).cloned();
        last.and_then(|key| rows.remove(&key));
    }

    /// Every value of a table, to look for plaintext or to damage it.
    pub fn edit(&self, table: Table, mut change: impl FnMut(&[u8], &mut Vec<u8>)) {
        for ((at, key), value) in self.rows.borrow_mut().iter_mut() {
            if *at == table {
                change(key, value);
            }
        }
    }

    fn present(&self) -> Result<(), StoreError> {
        if self.absent.get() { Err(StoreError::Absent) } else { Ok(()) }
    }

    /// Every byte on the disk.
    pub fn bytes(&self) -> Vec<u8> {
        self.rows.borrow().iter().flat_map(|((_, key), value)| key.iter().chain(value).copied()).collect()
    }
}

impl Store for MemoryStore {
    async fn get(&self, table: Table, key: &[u8]) -> Result<Option<Vec<u8>>, StoreError> {
        self.present()?;
        Ok(self.rows.borrow().get(&(table, key.to_vec())).cloned())
    }

    async fn range(&self, table: Table, from: &[u8], to: Option<&[u8]>) -> Result<Vec<(Vec<u8>, Vec<u8>)>, StoreError> {
        self.present()?;
        let rows = self.rows.borrow();
        let tail = rows
            .range((table, from.to_vec())..)
            .take_while(|((at, key), _)| *at == table && to.is_none_or(|to| key.as_slice() < to));
        Ok(tail.map(|((_, key), value)| (key.clone(), value.clone())).collect())
    }

    async fn write(&self, batch: Vec<Write>) -> Result<(), StoreError> {
        self.present()?;
        if let Some(error) = self.fail_next.take() {
            return Err(error);
        }
        let mut rows = self.rows.borrow().clone();
        for write in batch {
            match write {
                Write::Put { table, key, value } => {
                    rows.insert((table, key), value);
                }
                Write::Add { table, key, value } => {
                    if rows.insert((table, key), value).is_some() {
                        return Err(StoreError::Exists);
                    }
                }
                Write::Delete { table, key } => {
                    rows.remove(&(table, key));
                }
                Write::Clear { table } => rows.retain(|(at, _), _| *at != table),
            }
        }
        *self.rows.borrow_mut() = rows;
        Ok(())
    }

    async fn usage(&self) -> (u64, bool) {
        (self.bytes().len() as u64, true)
    }
}

/// A clock that stands still until it is set.
#[derive(Clone, Default)]
pub struct ManualClock(pub Rc<Cell<u64>>);

impl Clock for ManualClock {
    fn now_ms(&self) -> u64 {
        self.0.get()
    }
    fn local_date_time(&self) -> String {
        "2026-03-05T10:24:00+01:00".into()
    }
    fn ticks_ms(&self) -> f64 {
        self.0.get() as f64
    }
    async fn pause(&self) {}
    async fn sleep(&self, ms: u32) {
        self.0.set(self.0.get() + u64::from(ms));
    }
}

/// A file in memory.
#[derive(Clone)]
pub struct MemoryFile {
    pub name: String,
    pub bytes: Vec<u8>,
}

impl FileSource for MemoryFile {
    fn name(&self) -> String {
        self.name.clone()
    }
    fn size(&self) -> u64 {
        self.bytes.len() as u64
    }
    async fn read(&self) -> Option<Vec<u8>> {
        Some(self.bytes.clone())
    }
}
