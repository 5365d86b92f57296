//! The engine's ports in a worker.

use client::{
    ports::Ports,
    protocol::{Event, FromWorker},
};

use crate::{clock::WorkerClock, store::IndexedDb, transport::Fetch, worker::post};

pub struct BrowserPorts {
    store: IndexedDb,
    transport: Fetch,
    clock: WorkerClock,
}

impl BrowserPorts {
    pub async fn open() -> Self {
        Self { store: IndexedDb::open().await, transport: Fetch::new(), clock: WorkerClock }
    }
}

impl Ports for BrowserPorts {
    type Store = IndexedDb;
    type Transport = Fetch;
    type Clock = WorkerClock;

    fn store(&self) -> &IndexedDb {
        &self.store
    }

    fn transport(&self) -> &Fetch {
        &self.transport
    }

    fn clock(&self) -> &WorkerClock {
        &self.clock
    }

    fn random(&self, bytes: &mut [u8]) {
        getrandom::fill(bytes).expect("the browser's generator never fails in a secure context");
    }

    fn emit(&self, event: Event) {
        post(&FromWorker::Event(event));
    }
}
