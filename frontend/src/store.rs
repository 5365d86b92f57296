//! The engine's [`Store`] in IndexedDB, by rexie.
//!
//! Every write is one transaction, all or nothing. `worker.js` makes read-write transactions of this worker
//! `durability: "strict"`, which rexie cannot ask for: a write that returned has reached the disk as far as the browser
//! can tell. IndexedDB commits a transaction across any other `await`, so nothing else is awaited inside one.

use client::ports::{Store, StoreError, Table, Write};
use futures::future::try_join_all;
use js_sys::Uint8Array;
use rexie::{KeyRange, ObjectStore, Rexie, TransactionMode};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::WorkerGlobalScope;

/// Name of the database; its version counts the migrations below.
pub const DATABASE: &str = "ampoule";
const VERSION: u32 = 1;

pub struct IndexedDb {
    database: Option<Rexie>,
}

impl IndexedDb {
    /// Opens the database and migrates it. Without storage (private mode, switched off) every call fails with
    /// [`StoreError::Absent`].
    pub async fn open() -> Self {
        // Version 1: one object store a table, binary keys beside the values. A later version only adds here.
        let builder = Table::ALL.iter().fold(Rexie::builder(DATABASE).version(VERSION), |builder, table| {
            builder.add_object_store(ObjectStore::new(table.name()))
        });
        Self { database: builder.build().await.ok() }
    }

    fn database(&self) -> Result<&Rexie, StoreError> {
        self.database.as_ref().ok_or(StoreError::Absent)
    }
}

impl Store for IndexedDb {
    async fn get(&self, table: Table, key: &[u8]) -> Result<Option<Vec<u8>>, StoreError> {
        let read = async {
            let transaction =
                self.database()?.transaction(&[table.name()], TransactionMode::ReadOnly).map_err(fault)?;
            transaction.store(table.name()).map_err(fault)?.get(js(key)).await.map_err(fault)
        };
        Ok(read.await?.map(|value| bytes(&value)))
    }

    async fn range(&self, table: Table, from: &[u8], to: Option<&[u8]>) -> Result<Vec<(Vec<u8>, Vec<u8>)>, StoreError> {
        let range = match to {
            Some(to) => KeyRange::bound(&js(from), &js(to), None, Some(true)),
            None => KeyRange::lower_bound(&js(from), None),
        };
        let range = range.map_err(|_| StoreError::Failed)?;
        let transaction = self.database()?.transaction(&[table.name()], TransactionMode::ReadOnly).map_err(fault)?;
        let store = transaction.store(table.name()).map_err(fault)?;
        let both = async {
            futures::join!(store.get_all_keys(Some(range.clone()), None), store.get_all(Some(range.clone()), None))
        };
        let (keys, values) = both.await;
        Ok(keys.map_err(fault)?.iter().map(bytes).zip(values.map_err(fault)?.iter().map(bytes)).collect())
    }

    async fn write(&self, batch: Vec<Write>) -> Result<(), StoreError> {
        let mut names: Vec<&str> = batch.iter().map(|write| table_of(write).name()).collect();
        names.sort_unstable();
        names.dedup();
        if names.is_empty() {
            return Ok(());
        }
        let transaction = self.database()?.transaction(&names, TransactionMode::ReadWrite).map_err(fault)?;
        let mut requests = Vec::with_capacity(batch.len());
        for write in &batch {
            let store = transaction.store(table_of(write).name()).map_err(fault)?;
            requests.push(async move {
                match write {
                    Write::Put { key, value, .. } => store.put(&js(value), Some(&js(key))).await.map(drop),
                    Write::Add { key, value, .. } => store.add(&js(value), Some(&js(key))).await.map(drop),
                    Write::Delete { key, .. } => store.delete(js(key)).await,
                    Write::Clear { .. } => store.clear().await,
                }
            });
        }
        // A failed request aborts the transaction: nothing of the batch is kept.
        try_join_all(requests).await.map_err(fault)?;
        // An abort after all requests were taken comes from the disk or the quota at commit.
        let done = transaction.done().await.map_err(fault)?;
        if done.is_committed() { Ok(()) } else { Err(StoreError::Full) }
    }

    async fn usage(&self) -> (u64, bool) {
        let scope: WorkerGlobalScope = js_sys::global().unchecked_into();
        let storage = scope.navigator().storage();
        let ask = async {
            let estimate = JsFuture::from(storage.estimate()?).await?;
            let persisted = JsFuture::from(storage.persisted()?).await?;
            Ok::<_, JsValue>((js_sys::Reflect::get(&estimate, &"usage".into())?, persisted))
        };
        match ask.await {
            Ok((usage, persisted)) => (usage.as_f64().unwrap_or(0.0) as u64, persisted.is_truthy()),
            Err(_) => (0, false),
        }
    }
}

fn table_of(write: &Write) -> Table {
    match write {
        Write::Put { table, .. } | Write::Add { table, .. } | Write::Delete { table, .. } | Write::Clear { table } => {
            *table
        }
    }
}

fn js(bytes: &[u8]) -> JsValue {
    Uint8Array::from(bytes).into()
}

fn bytes(value: &JsValue) -> Vec<u8> {
    // Keys come back as ArrayBuffer, values as the Uint8Array that was put.
    Uint8Array::new(value).to_vec()
}

/// What the engine needs to know of a failure. idb keeps the DOMException inside one of its many variants; its text
/// begins with the exception's name.
fn fault(error: rexie::Error) -> StoreError {
    let text = error.to_string();
    if text.contains("QuotaExceededError") {
        StoreError::Full
    } else if text.contains("ConstraintError") {
        StoreError::Exists
    } else {
        StoreError::Failed
    }
}
