//! A practice in one process: the real engine on memory ports, the real server on a temporary SQLite file, and a wire
//! between them that can be cut and whose answers can be altered.
#![allow(dead_code, reason = "each test file uses its part")]

use std::{
    cell::{Cell, RefCell},
    rc::Rc,
};

use axum::{
    Router,
    body::Body,
    http::{Request as HttpRequest, header},
};
use client::{
    engine::Engine,
    failure::Failure,
    memory::{ManualClock, MemoryFile, MemoryStore},
    ports::{Answer, Method, Ports, Transport, Unreachable},
    protocol::{Alarm, Event, Patients, Reply, Request, SyncState},
};
use http_body_util::BodyExt;
use tower::ServiceExt;

pub const PASSWORD: &str = "correct horse battery staple magnet violin ocean";
pub const ORIGIN: &str = "http://localhost:4870";

/// A server on a temporary folder.
pub struct Server {
    pub folder: tempfile::TempDir,
    pub router: Rc<RefCell<Router>>,
}

impl Server {
    pub async fn start() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let router = Rc::new(RefCell::new(router(folder.path()).await));
        Self { folder, router }
    }

    /// A new process on the same folder.
    pub async fn restart(&self) {
        let fresh = router(self.folder.path()).await;
        *self.router.borrow_mut() = fresh;
    }

    /// The data folder as it is now.
    pub fn copy(&self) -> tempfile::TempDir {
        let copy = tempfile::tempdir().unwrap();
        copy_files(self.folder.path(), copy.path());
        copy
    }

    /// Puts an older data folder in the place of the present one.
    pub async fn replace_with(&self, older: tempfile::TempDir) {
        *self.router.borrow_mut() = Router::new();
        for file in std::fs::read_dir(self.folder.path()).unwrap() {
            std::fs::remove_file(file.unwrap().path()).unwrap();
        }
        copy_files(older.path(), self.folder.path());
        self.restart().await;
    }

    /// Every byte of the data folder.
    pub fn bytes(&self) -> Vec<u8> {
        let mut files: Vec<_> =
            std::fs::read_dir(self.folder.path()).unwrap().map(|file| file.unwrap().path()).collect();
        files.sort();
        files.iter().flat_map(|file| std::fs::read(file).unwrap()).collect()
    }
}

fn copy_files(from: &std::path::Path, to: &std::path::Path) {
    for file in std::fs::read_dir(from).unwrap() {
        let file = file.unwrap();
        std::fs::copy(file.path(), to.join(file.file_name())).unwrap();
    }
}

async fn router(folder: &std::path::Path) -> Router {
    api::router(api::open(&format!("sqlite://{}", folder.join("ampoule.db").display())).await.unwrap())
}

type Alter = Box<dyn FnMut(&str, Vec<u8>) -> Vec<u8>>;

/// The wire of one device.
#[derive(Clone)]
pub struct Wire {
    router: Rc<RefCell<Router>>,
    cookie: Rc<RefCell<Option<String>>>,
    pub cut: Rc<Cell<bool>>,
    /// What a malicious server makes of an answer's body, by path.
    pub alter: Rc<RefCell<Option<Alter>>>,
    /// Every body that went either way.
    pub seen: Rc<RefCell<Vec<u8>>>,
    /// One commit a page, as in a long stream.
    pub small_pages: Rc<Cell<bool>>,
    /// The answer of this path is lost on the way, once.
    pub lose: Rc<RefCell<Option<String>>>,
    /// Answer everything with this instead.
    pub instead: Rc<RefCell<Option<Answer>>>,
}

impl Wire {
    fn new(server: &Server) -> Self {
        Self {
            router: server.router.clone(),
            cookie: Rc::default(),
            cut: Rc::default(),
            alter: Rc::default(),
            seen: Rc::default(),
            lose: Rc::default(),
            small_pages: Rc::default(),
            instead: Rc::default(),
        }
    }
}

impl Transport for Wire {
    async fn send(&self, method: Method, path: &str, body: Vec<u8>) -> Result<Answer, Unreachable> {
        if self.cut.get() {
            return Err(Unreachable);
        }
        if let Some(answer) = self.instead.borrow().clone() {
            return Ok(answer);
        }
        self.seen.borrow_mut().extend_from_slice(&body);
        let page = format!("bytes={}", wire::PAGE_BYTES);
        let shorter = path.replace(&page, "bytes=1");
        let path = if self.small_pages.get() { shorter.as_str() } else { path };
        let mut request = HttpRequest::builder()
            .method(if method == Method::Get { "GET" } else { "POST" })
            .uri(path)
            .header(header::HOST, "localhost:4870")
            .header(header::ORIGIN, ORIGIN)
            .header("sec-fetch-site", "same-origin")
            .header(header::CONTENT_TYPE, wire::CONTENT_TYPE);
        if let Some(cookie) = self.cookie.borrow().as_ref() {
            request = request.header(header::COOKIE, cookie);
        }
        let router = self.router.borrow().clone();
        let response = router.oneshot(request.body(Body::from(body)).unwrap()).await.unwrap();
        if let Some(cookie) = response.headers().get(header::SET_COOKIE) {
            let pair = cookie.to_str().unwrap().split(';').next().unwrap().to_owned();
            *self.cookie.borrow_mut() = Some(pair);
        }
        let status = response.status().as_u16();
        let content_type = response.headers().get(header::CONTENT_TYPE);
        let content_type = content_type.map(|value| value.to_str().unwrap().to_owned()).unwrap_or_default();
        let mut body = response.into_body().collect().await.unwrap().to_bytes().to_vec();
        self.seen.borrow_mut().extend_from_slice(&body);
        if self.lose.borrow_mut().take_if(|lost| lost == path).is_some() {
            return Err(Unreachable);
        }
        if let Some(alter) = self.alter.borrow_mut().as_mut() {
            body = alter(path, body);
        }
        Ok(Answer { status, content_type, body })
    }

    fn origin(&self) -> String {
        ORIGIN.into()
    }
}

pub struct TestPorts {
    store: MemoryStore,
    wire: Wire,
    clock: ManualClock,
    events: Rc<RefCell<Vec<Event>>>,
    random: Cell<u64>,
}

impl Ports for TestPorts {
    type Store = MemoryStore;
    type Transport = Wire;
    type Clock = ManualClock;
    fn store(&self) -> &MemoryStore {
        &self.store
    }
    fn transport(&self) -> &Wire {
        &self.wire
    }
    fn clock(&self) -> &ManualClock {
        &self.clock
    }
    fn random(&self, bytes: &mut [u8]) {
        // SplitMix64: different on every device and call, the same in every run.
        for chunk in bytes.chunks_mut(8) {
            self.random.set(self.random.get().wrapping_add(0x9e37_79b9_7f4a_7c15));
            let mut word = self.random.get();
            word = (word ^ (word >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
            word = (word ^ (word >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
            chunk.copy_from_slice(&(word ^ (word >> 31)).to_le_bytes()[..chunk.len()]);
        }
    }
    fn emit(&self, event: Event) {
        self.events.borrow_mut().push(event);
    }
}

/// A browser profile: its disk, its wire, its clock, and the worker that runs on them.
pub struct Device {
    pub engine: Engine<TestPorts>,
    pub disk: MemoryStore,
    pub wire: Wire,
    pub clock: ManualClock,
    pub events: Rc<RefCell<Vec<Event>>>,
    seed: u64,
}

impl Device {
    pub fn new(server: &Server, seed: u64) -> Self {
        let clock = ManualClock::default();
        clock.0.set(now_ms());
        Self::boot(MemoryStore::default(), Wire::new(server), clock, seed)
    }

    fn boot(disk: MemoryStore, wire: Wire, clock: ManualClock, seed: u64) -> Self {
        let events = Rc::new(RefCell::new(Vec::new()));
        let ports = TestPorts {
            store: disk.clone(),
            wire: wire.clone(),
            clock: clock.clone(),
            events: events.clone(),
            random: Cell::new(seed << 32),
        };
        Self { engine: Engine::new(ports), disk, wire, clock, events, seed }
    }

    /// The worker ends (lock, crash, closed tab); a new one starts on the same disk.
    pub fn reboot(self) -> Self {
        Self::boot(self.disk, self.wire, self.clock, self.seed + 1000)
    }

    pub async fn ask(&self, request: Request) -> Result<Reply, Failure> {
        self.engine.handle(request, Vec::<MemoryFile>::new()).await
    }

    pub async fn create_practice(&self) -> client::protocol::Kit {
        let request = Request::CreatePractice {
            practice_name: "Mill Bridge Practice".into(),
            person_name: "Marisol Vega".into(),
            device_name: "Tablet one".into(),
            password: PASSWORD.into(),
        };
        match self.ask(request).await {
            Ok(Reply::Kit(kit)) => kit,
            other => panic!("no kit: {:?}", other.err()),
        }
    }

    pub async fn sign_in(&self, code: &str) -> Result<Reply, Failure> {
        let request =
            Request::SignIn { code: code.into(), password: PASSWORD.into(), device_name: "Desktop two".into() };
        self.ask(request).await
    }

    pub async fn unlock(&self) -> Result<Reply, Failure> {
        self.unlock_with(PASSWORD).await
    }

    pub async fn unlock_with(&self, password: &str) -> Result<Reply, Failure> {
        let Ok(Reply::Start(client::protocol::Start::Locked { people, .. })) = self.ask(Request::Start).await else {
            panic!("not locked")
        };
        self.ask(Request::Unlock { account: people[0].account.clone(), password: password.into() }).await
    }

    pub async fn import(&self, name: &str, bytes: &[u8]) -> client::protocol::ImportReport {
        let file = MemoryFile { name: name.into(), bytes: bytes.to_vec() };
        self.engine.handle(Request::PreviewImport, vec![file]).await.unwrap();
        match self.ask(Request::Import).await {
            Ok(Reply::Imported(report)) => report,
            other => panic!("not imported: {:?}", other.err()),
        }
    }

    pub async fn patients(&self, query: &str) -> Patients {
        match self.ask(Request::Patients { query: query.into(), first: 0, count: 100 }).await {
            Ok(Reply::Patients(patients)) => patients,
            other => panic!("no patients: {:?}", other.err()),
        }
    }

    pub async fn chart(&self, chart: &str) -> record::view::ChartView {
        match self.ask(Request::Chart { chart: chart.into() }).await {
            Ok(Reply::Chart(view)) => *view,
            other => panic!("no chart: {:?}", other.err()),
        }
    }

    pub async fn note(&self, chart: &str, text: &str) {
        let request = Request::SaveNote { chart: chart.into(), title: "Visit".into(), text: text.into() };
        assert!(matches!(self.ask(request).await, Ok(Reply::Saved(client::protocol::Saved::Here { .. }))));
    }

    pub fn alarms(&self) -> Vec<Alarm> {
        let events = self.events.borrow();
        events
            .iter()
            .filter_map(|event| if let Event::Alarm(alarm) = event { Some(alarm.clone()) } else { None })
            .collect()
    }

    pub fn sync_state(&self) -> Option<SyncState> {
        let events = self.events.borrow();
        events.iter().rev().find_map(|event| if let Event::Sync(state) = event { Some(state.clone()) } else { None })
    }
}

pub fn now_ms() -> u64 {
    std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap().as_millis() as u64
}

/// A Bundle of one patient with an allergy and a note-free chart.
pub fn bundle() -> Vec<u8> {
    br#"{"resourceType":"Bundle","type":"collection","entry":[
        {"fullUrl":"urn:uuid:11111111-1111-4111-8111-111111111111","resource":{"resourceType":"Patient","id":"11111111-1111-4111-8111-111111111111","name":[{"family":"Quintanilla","given":["Dolores"]}],"gender":"female","birthDate":"1962-02-09"}},
        {"fullUrl":"urn:uuid:22222222-2222-4222-8222-222222222222","resource":{"resourceType":"AllergyIntolerance","id":"22222222-2222-4222-8222-222222222222","code":{"text":"Penicillin"},"patient":{"reference":"urn:uuid:11111111-1111-4111-8111-111111111111"}}}
    ]}"#.to_vec()
}

pub fn contains(haystack: &[u8], needle: &str) -> bool {
    haystack.windows(needle.len()).any(|window| window == needle.as_bytes())
}
