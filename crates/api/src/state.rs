//! What the routes share.

use std::{
    sync::Arc,
    time::{Duration, SystemTime},
};

use sea_orm::DatabaseConnection;
use tokio::sync::{Mutex, broadcast, watch};
use wire::Hash32;

use crate::guard::{Challenges, Decoy, Tries};

/// What a caller may choose; the default is what production uses.
#[derive(Clone)]
pub struct Settings {
    /// Milliseconds since 1970.
    pub now_ms: Arc<dyn Fn() -> u64 + Send + Sync>,
    /// A session ends after so long without a request.
    pub session: Duration,
    /// Told to devices, for the update prompt.
    pub build: String,
    /// Connections to the database.
    pub connections: u32,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            now_ms: Arc::new(|| {
                let elapsed = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default();
                elapsed.as_millis() as u64
            }),
            session: Duration::from_secs(12 * 3600),
            build: env!("CARGO_PKG_VERSION").to_owned(),
            connections: 8,
        }
    }
}

/// Handle to an open practice; cheap to clone.
#[derive(Clone)]
pub struct Api(Arc<Inner>);

/// Not nameable from outside: its module is private.
pub struct Inner {
    pub(crate) db: DatabaseConnection,
    pub(crate) settings: Settings,
    pub(crate) server_epoch: u64,
    /// One writer at a time in this process; [`crate::store::Turn`] extends this to other processes.
    pub(crate) writes: Arc<Mutex<()>>,
    pub(crate) signals: broadcast::Sender<Signal>,
    pub(crate) closing: watch::Sender<bool>,
    pub(crate) challenges: Challenges,
    pub(crate) tries: Tries,
    pub(crate) decoy: Decoy,
}

/// What event streams listen for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Signal {
    /// Something was appended.
    News,
    /// The session with this token hash is over.
    SessionEnded(Hash32),
    /// Sessions may be over; ask the storage.
    SessionsChanged,
}

impl std::ops::Deref for Api {
    type Target = Inner;
    fn deref(&self) -> &Inner {
        &self.0
    }
}

impl Api {
    pub(crate) fn new(db: DatabaseConnection, settings: Settings, server_epoch: u64) -> Self {
        Self(Arc::new(Inner {
            db,
            settings,
            server_epoch,
            writes: Arc::default(),
            signals: broadcast::channel(64).0,
            closing: watch::channel(false).0,
            challenges: Challenges::new(),
            tries: Tries::default(),
            decoy: Decoy::new(),
        }))
    }

    /// Ends all event streams and lets no new one begin; other requests are still served.
    pub fn close(&self) {
        self.closing.send_replace(true);
    }

    pub(crate) fn now_ms(&self) -> u64 {
        (self.settings.now_ms)()
    }

    pub(crate) fn signal(&self, signal: Signal) {
        // Without a listener there is nobody to tell.
        let _ = self.signals.send(signal);
    }
}

/// Unpredictable bytes from the operating system.
pub(crate) fn random<const N: usize>() -> [u8; N] {
    let mut bytes = [0; N];
    getrandom::fill(&mut bytes).expect("the operating system gives random bytes");
    bytes
}
