//! A practice on a fresh store, and devices that talk to it.

mod device;
mod http;
mod postgres;

use std::{
    path::PathBuf,
    sync::{
        Arc,
        atomic::{AtomicU32, AtomicU64, Ordering},
    },
};

use api::{Api, Settings};
use sea_orm::{ConnectionTrait, Database, DatabaseConnection, DbBackend};

pub use device::{Commit, Device, entry, frame_of};
pub use http::{Answer, ORIGIN, get, post};

/// Declares each test on each store.
macro_rules! on_both_stores {
    ($($name:ident),* $(,)?) => {
        mod on_sqlite {
            $(#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn $name() {
                super::$name(crate::support::Site::sqlite().await).await;
            })*
        }
        mod on_postgres {
            $(#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn $name() {
                super::$name(crate::support::Site::postgres().await).await;
            })*
        }
    };
}
pub(crate) use on_both_stores;

/// One server on a store of its own, with a clock that only the test moves.
pub struct Site {
    pub api: Api,
    url: String,
    clock: Arc<AtomicU64>,
    folder: Option<Folder>,
}

impl Site {
    pub async fn sqlite() -> Self {
        let folder = Folder::new();
        let url = format!("sqlite://{}/ampoule.db", folder.0.display());
        Self::at(url, Some(folder)).await
    }

    pub async fn postgres() -> Self {
        Self::at(postgres::fresh_database().await, None).await
    }

    async fn at(url: String, folder: Option<Folder>) -> Self {
        let clock = Arc::new(AtomicU64::new(1_750_000_000_000));
        let api = open(&url, &clock).await;
        Self { api, url, clock, folder }
    }

    /// The same store, opened by another server, as after a restart.
    pub async fn reopened(&mut self) -> Site {
        let api = open(&self.url, &self.clock).await;
        Site { api, url: self.url.clone(), clock: self.clock.clone(), folder: self.folder.take() }
    }

    /// Another server process on the same store.
    pub async fn beside(&self) -> Site {
        let api = open(&self.url, &self.clock).await;
        Site { api, url: self.url.clone(), clock: self.clock.clone(), folder: None }
    }

    pub fn pass(&self, seconds: u64) {
        self.clock.fetch_add(seconds * 1000, Ordering::Relaxed);
    }

    /// Makes the storage fail when a row at this position of a commit is stored.
    pub async fn break_items_at(&self, position: u32) {
        let db = self.database().await;
        match db.get_database_backend() {
            DbBackend::Sqlite => {
                let when = format!("WHEN NEW.position = {position} BEGIN SELECT RAISE(FAIL, 'broken'); END");
                db.execute_unprepared(&format!("CREATE TRIGGER broken BEFORE INSERT ON items {when}")).await
            }
            _ => {
                let check = format!("ALTER TABLE items ADD CONSTRAINT broken CHECK (position <> {position})");
                db.execute_unprepared(&check).await
            }
        }
        .unwrap();
    }

    pub async fn mend_items(&self) {
        let db = self.database().await;
        let statement = match db.get_database_backend() {
            DbBackend::Sqlite => "DROP TRIGGER broken",
            _ => "ALTER TABLE items DROP CONSTRAINT broken",
        };
        db.execute_unprepared(statement).await.unwrap();
    }

    /// Rows of a table.
    pub async fn count(&self, table: &str) -> i64 {
        let db = self.database().await;
        let sql = format!("SELECT COUNT(*) AS n FROM {table}");
        let row = db.query_one_raw(sea_orm::Statement::from_string(db.get_database_backend(), sql)).await.unwrap();
        row.unwrap().try_get("", "n").unwrap()
    }

    async fn database(&self) -> DatabaseConnection {
        Database::connect(&self.url).await.unwrap()
    }
}

async fn open(url: &str, clock: &Arc<AtomicU64>) -> Api {
    let clock = clock.clone();
    let now_ms = Arc::new(move || clock.load(Ordering::Relaxed));
    api::open_with(url, Settings { now_ms, connections: 4, ..Settings::default() }).await.unwrap()
}

/// A folder that goes with the test.
pub struct Folder(pub PathBuf);

impl Folder {
    fn new() -> Self {
        static NEXT: AtomicU32 = AtomicU32::new(0);
        let name = format!("ampoule-api-{}-{}", std::process::id(), NEXT.fetch_add(1, Ordering::Relaxed));
        let path = std::env::temp_dir().join(name);
        std::fs::create_dir_all(&path).unwrap();
        Self(path)
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}
