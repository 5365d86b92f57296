//! The engine itself: its state, its locks, and the dispatch of requests.

use std::cell::{Cell, RefCell};

use futures::{
    FutureExt, StreamExt,
    channel::mpsc::{UnboundedReceiver, UnboundedSender, unbounded},
    lock::Mutex,
};
use record::import::ParsedFile;
use vault::{LocalCipher, LogState, UnlockedDevice};
use zeroize::Zeroize;

use crate::{
    catalog::Catalog,
    failure::Failure,
    index::Index,
    local::EngineState,
    packs::PackCache,
    ports::{Clock, FileSource, Ports, StoreError, Table},
    protocol::{Event, Reply, Request, SyncState},
};

/// Milliseconds between two tries while the server is out of reach.
const RETRY_MS: u32 = 1000;
/// Milliseconds after which the stream is asked even without news.
const IDLE_MS: u32 = 20_000;

/// The engine of one browser profile: locked, or unlocked for one account.
pub struct Engine<P: Ports> {
    pub(crate) ports: P,
    pub(crate) open: RefCell<Option<Open>>,
    /// Held by whatever extends this device's chain or takes in packs.
    pub(crate) writer: Mutex<()>,
    /// Held while the catalog is loaded.
    pub(crate) loading: Mutex<()>,
    pub(crate) link: Link,
    pub(crate) import: RefCell<Vec<(String, ParsedFile)>>,
    pub(crate) import_refused: RefCell<Vec<crate::protocol::Refused>>,
    pub(crate) importing: Cell<bool>,
    pub(crate) cancelled: Cell<bool>,
    halted: Cell<bool>,
    wake: UnboundedSender<()>,
    woken: RefCell<Option<UnboundedReceiver<()>>>,
}

/// What is known of the server right now.
#[derive(Default)]
pub(crate) struct Link {
    /// A session is open and the last request was answered.
    pub in_reach: Cell<bool>,
    pub offline_since_ms: Cell<u64>,
    /// The last state told to the page.
    pub told: RefCell<Option<SyncState>>,
}

/// An unlocked session. Dropped with its keys when the worker ends.
pub(crate) struct Open {
    pub device: UnlockedDevice,
    pub log: LogState,
    pub state: EngineState,
    pub index: Index,
    pub catalog: Catalog,
    /// The catalog has been read from the directories.
    pub catalog_ready: bool,
    /// A segment of the index did not open: it is built anew once the catalog is loaded.
    pub index_damaged: bool,
    /// The stream was asked for from its beginning in this session.
    pub rewound: bool,
    /// Own commits that the server has not acknowledged.
    pub waiting: u32,
    pub ciphers: Ciphers,
    pub packs: PackCache,
    /// Names of shared resources (practitioners, organisations), by reference; read once when first needed.
    pub shared_names: Option<std::collections::HashMap<String, String>>,
    /// Alarms already told, so that a stubborn fault is told once a session.
    pub alarmed: std::collections::HashSet<String>,
    /// The groups of the kit to type back, while it waits to be confirmed.
    pub confirm: Vec<(u32, String)>,
}

/// The local keys by purpose.
pub(crate) struct Ciphers {
    pub directory: LocalCipher,
    pub index: LocalCipher,
    pub state: LocalCipher,
}

impl Ciphers {
    pub fn new(device: &UnlockedDevice) -> Self {
        Self {
            directory: device.local_cipher("directory"),
            index: device.local_cipher("index"),
            state: device.local_cipher("state"),
        }
    }
}

impl<P: Ports> Engine<P> {
    pub fn new(ports: P) -> Self {
        let (wake, woken) = unbounded();
        Self {
            ports,
            open: RefCell::default(),
            writer: Mutex::default(),
            loading: Mutex::default(),
            link: Link::default(),
            import: RefCell::default(),
            import_refused: RefCell::default(),
            importing: Cell::new(false),
            cancelled: Cell::new(false),
            halted: Cell::new(false),
            wake,
            woken: RefCell::new(Some(woken)),
        }
    }

    /// Answers one request. `files` come beside [`Request::PreviewImport`] only.
    pub async fn handle<F: FileSource>(&self, request: Request, files: Vec<F>) -> Result<Reply, Failure> {
        if self.halted.get() {
            return Err(Failure::OtherTab);
        }
        match request {
            Request::Start => self.start().await.map(Reply::Start),
            Request::Strength { mut password } => {
                let strength = crate::device::strength(&password);
                password.zeroize();
                Ok(Reply::Strength(strength))
            }
            Request::SuggestPassword => {
                let words = vault::generate_passphrase(&mut self.rng(), vault::PASSPHRASE_WORDS);
                Ok(Reply::Words(words.to_string()))
            }
            Request::CreatePractice { practice_name, person_name, device_name, mut password } => {
                let kit = self.create_practice(&practice_name, &person_name, &device_name, &password).await;
                password.zeroize();
                kit.map(Reply::Kit)
            }
            Request::ConfirmKit { groups } => self.confirm_kit(&groups).await.map(|()| Reply::Done),
            Request::ShowKit { mut password } => {
                let kit = self.show_kit(&password).await;
                password.zeroize();
                kit.map(Reply::Kit)
            }
            Request::SignIn { mut code, mut password, device_name } => {
                let session = self.sign_in(&code, &password, &device_name).await;
                code.zeroize();
                password.zeroize();
                session.map(Reply::Unlocked)
            }
            Request::Unlock { account, mut password } => {
                let session = self.unlock(&account, &password).await;
                password.zeroize();
                session.map(Reply::Unlocked)
            }
            Request::Patients { query, first, count } => self.patients(&query, first, count).map(Reply::Patients),
            Request::Chart { chart } => self.chart(&chart).await.map(|view| Reply::Chart(Box::new(view))),
            Request::AddPatient { demographics } => self.add_patient(&demographics).await.map(Reply::Saved),
            Request::SaveDemographics { chart, record, demographics } => {
                self.save_demographics(&chart, &record, &demographics).await.map(Reply::Saved)
            }
            Request::SaveNote { chart, title, text } => self.save_note(&chart, &title, &text).await.map(Reply::Saved),
            Request::SaveVitals { chart, vitals, confirmed } => {
                self.save_vitals(&chart, &vitals, confirmed).await.map(Reply::Saved)
            }
            Request::Resolve { chart, record, choices } => {
                self.resolve(&chart, &record, &choices).await.map(Reply::Saved)
            }
            Request::PreviewImport => self.preview_import(files).await.map(Reply::Preview),
            Request::Import => self.run_import().await.map(Reply::Imported),
            Request::CancelImport => {
                self.cancelled.set(true);
                Ok(Reply::Done)
            }
            Request::Export { chart } => self.export(chart.as_deref()).await,
            Request::Device => self.device_info().await.map(Reply::Device),
            Request::SetOfflineHours { hours, mut password } => {
                let set = self.set_offline_hours(hours, &password).await;
                password.zeroize();
                set?;
                self.device_info().await.map(Reply::Device)
            }
            Request::SyncNow => {
                self.wake();
                Ok(Reply::Done)
            }
            // The platform answers this one: it holds the lock between tabs.
            Request::TakeOver => Ok(Reply::Done),
        }
    }

    /// Keeps device and server in step for as long as the worker lives.
    pub async fn run(&self) {
        let mut woken = self.woken.borrow_mut().take().expect("the engine runs once");
        loop {
            let pause = if self.is_open() {
                if self.ensure_catalog().await.is_err() {
                    self.alarm(crate::protocol::Alarm::Damaged { count: 1 });
                }
                self.step().await;
                if self.in_reach() { IDLE_MS } else { RETRY_MS }
            } else {
                IDLE_MS
            };
            let mut sleep = std::pin::pin!(self.ports.clock().sleep(pause).fuse());
            futures::select_biased! {
                _ = woken.next() => {}
                () = sleep => {}
            }
            // Several calls in the meantime are one.
            while woken.try_recv().is_ok() {}
        }
    }

    /// There is something to send, or to look for.
    pub fn wake(&self) {
        // The receiver lives as long as the engine.
        let _ = self.wake.unbounded_send(());
    }

    /// A session is open and the server answered last time.
    pub fn in_reach(&self) -> bool {
        self.link.in_reach.get()
    }

    /// The server's events fell silent: say so at once, and look.
    pub fn check_reach(&self) {
        if self.is_open() && self.link.in_reach.replace(false) {
            self.link.offline_since_ms.set(self.ports.clock().now_ms());
            self.tell_offline();
            self.wake();
        }
    }

    /// Another tab took over: nothing is written here any more, and the keys go.
    pub fn halt(&self) {
        self.halted.set(true);
        self.open.borrow_mut().take();
        self.import.borrow_mut().clear();
    }

    /// Opens a session, unless another tab took over meanwhile.
    pub(crate) fn set_open(&self, open: Open) -> Result<(), Failure> {
        if self.halted.get() {
            return Err(Failure::OtherTab);
        }
        *self.open.borrow_mut() = Some(open);
        Ok(())
    }

    pub(crate) fn is_open(&self) -> bool {
        self.open.borrow().is_some()
    }

    /// Reads the open session.
    pub(crate) fn with<R>(&self, read: impl FnOnce(&Open) -> R) -> Result<R, Failure> {
        self.open.borrow().as_ref().map(read).ok_or(Failure::Locked)
    }

    /// Changes the open session.
    pub(crate) fn with_mut<R>(&self, change: impl FnOnce(&mut Open) -> R) -> Result<R, Failure> {
        self.open.borrow_mut().as_mut().map(change).ok_or(Failure::Locked)
    }

    pub(crate) fn emit(&self, event: Event) {
        self.ports.emit(event);
    }

    /// Tells an alarm, once a session.
    pub(crate) fn alarm(&self, alarm: crate::protocol::Alarm) {
        let key = format!("{alarm:?}");
        if self.with_mut(|open| open.alarmed.insert(key)).unwrap_or(true) {
            self.emit(Event::Alarm(alarm));
        }
    }

    pub(crate) fn rng(&self) -> PortsRng<'_, P> {
        PortsRng(&self.ports)
    }

    /// Changes the sealed state and gives the row to write with the rest of a batch.
    pub(crate) fn state_row(&self, open: &Open) -> crate::ports::Write {
        let account = *open.device.account().as_bytes();
        let key = crate::local::state_key(&account);
        let value = open.ciphers.state.seal(&mut self.rng(), &key, &wire::encode(&open.state));
        crate::ports::Write::Put { table: Table::Meta, key, value }
    }
}

/// The platform's random bytes as the generator that `vault` takes.
pub(crate) struct PortsRng<'a, P>(&'a P);

impl<P: Ports> rand_core::TryRng for PortsRng<'_, P> {
    type Error = core::convert::Infallible;

    fn try_next_u32(&mut self) -> Result<u32, Self::Error> {
        let mut bytes = [0; 4];
        self.0.random(&mut bytes);
        Ok(u32::from_le_bytes(bytes))
    }

    fn try_next_u64(&mut self) -> Result<u64, Self::Error> {
        let mut bytes = [0; 8];
        self.0.random(&mut bytes);
        Ok(u64::from_le_bytes(bytes))
    }

    fn try_fill_bytes(&mut self, bytes: &mut [u8]) -> Result<(), Self::Error> {
        self.0.random(bytes);
        Ok(())
    }
}

impl<P: Ports> rand_core::TryCryptoRng for PortsRng<'_, P> {}

impl From<StoreError> for Failure {
    fn from(error: StoreError) -> Self {
        match error {
            StoreError::Full => Failure::StorageFull,
            StoreError::Exists => Failure::OtherTab,
            StoreError::Absent => Failure::NoStorage,
            StoreError::Failed => Failure::StorageFailed,
        }
    }
}

impl From<vault::Error> for Failure {
    fn from(error: vault::Error) -> Self {
        match error {
            vault::Error::UpdateRequired => Failure::NewerVersion,
            vault::Error::KdfBelowFloor => Failure::KdfTooWeak,
            vault::Error::KdfAboveCeiling => Failure::KdfTooCostly,
            vault::Error::Log(_) | vault::Error::Commit(_) => Failure::Unverified,
            vault::Error::Open | vault::Error::Malformed => Failure::Damaged,
            _ => Failure::Internal,
        }
    }
}
