//! A device as the server sees one, and the commits that it pushes.

use axum::http::Request;
use ed25519_dalek::{Signer, SigningKey};
use sha2::{Digest, Sha256};
use wire::{
    AccountRegistration, Action, AppendLog, AskChallenge, Challenge, DeviceRegistration, Found, Hash32, Id16,
    KdfParams, LogEntry, Login, Registered, frame,
};

use super::{Answer, ORIGIN, Site, get, post};

#[derive(Clone)]
pub struct Device {
    pub account: Id16,
    pub device: Id16,
    pub login_key: SigningKey,
    pub access_key: SigningKey,
    pub cookie: Option<String>,
}

impl Device {
    /// The n-th device of the m-th account.
    pub fn of(account: u8, device: u8) -> Self {
        Self {
            account: [account; 16],
            device: [device; 16],
            login_key: SigningKey::from_bytes(&[account; 32]),
            access_key: SigningKey::from_bytes(&[device ^ 0x80; 32]),
            cookie: None,
        }
    }

    /// Founds the practice.
    pub async fn founder(site: &Site) -> Self {
        let mut device = Self::of(1, 1);
        let answer = site.send(post("/v1/practice", None, wire::encode(&device.founding()))).await;
        answer.ok::<Registered>();
        device.cookie = answer.cookie();
        device
    }

    pub fn founding(&self) -> Found {
        let genesis = entry(b"genesis");
        let account = AccountRegistration {
            account: self.account,
            login_public: self.login_key.verifying_key().to_bytes(),
            kdf: KdfParams { memory_kib: 65536, passes: 3, lanes: 1 },
            account_wrap: b"sealed account key".to_vec(),
        };
        let entries = vec![genesis.clone(), entry(b"administrative"), entry(b"clinical")];
        Found { practice: genesis.hash, entries, account, device: self.registration() }
    }

    pub fn registration(&self) -> DeviceRegistration {
        DeviceRegistration {
            account: self.account,
            device: self.device,
            access_public: self.access_key.verifying_key().to_bytes(),
        }
    }

    pub async fn challenge(&self, site: &Site) -> Challenge {
        let ask = wire::encode(&AskChallenge { account: self.account });
        site.send(post("/v1/login/challenge", None, ask)).await.ok()
    }

    /// A well signed login.
    pub fn sign(&self, challenge: &Challenge, action: Action, origin: &str) -> Login {
        let device = (action != Action::Enrol).then_some(self.device);
        let (practice, nonce) = (&challenge.practice, challenge.nonce);
        let message = wire::login_message(practice, origin, &self.account, device.as_ref(), action, &nonce);
        let signed = |key: &SigningKey, not_for| match action == not_for {
            true => Vec::new(),
            false => key.sign(&message).to_bytes().to_vec(),
        };
        let login_signature = signed(&self.login_key, Action::Renew);
        let access_signature = signed(&self.access_key, Action::Enrol);
        Login { account: self.account, device, action, nonce, login_signature, access_signature }
    }

    /// Logs in, and keeps the cookie of a success.
    pub async fn login(&mut self, site: &Site, action: Action) -> Answer {
        let challenge = self.challenge(site).await;
        let answer = site.login(&self.sign(&challenge, action, ORIGIN)).await;
        self.cookie = answer.cookie().or(self.cookie.take());
        answer
    }

    /// Enrols this device of an account that exists.
    pub async fn enrol(&mut self, site: &Site, prev: Hash32) -> Registered {
        self.login(site, Action::Enrol).await.success();
        let append = AppendLog { prev, entry: entry(&self.device), register_device: Some(self.registration()) };
        self.append(site, &append).await.ok()
    }

    pub async fn get(&self, site: &Site, path: &str) -> Answer {
        site.send(get(path, self.cookie.as_deref())).await
    }

    pub async fn post(&self, site: &Site, path: &str, body: Vec<u8>) -> Answer {
        site.send(self.request(path, body)).await
    }

    pub fn request(&self, path: &str, body: Vec<u8>) -> Request<axum::body::Body> {
        post(path, self.cookie.as_deref(), body)
    }

    pub async fn append(&self, site: &Site, append: &AppendLog) -> Answer {
        self.post(site, "/v1/log", wire::encode(append)).await
    }

    pub async fn push(&self, site: &Site, commits: &[Commit]) -> Answer {
        self.post(site, "/v1/commits", frame_of(self.device, commits)).await
    }

    /// Everything after a cursor, page by page.
    pub async fn pull_all(&self, site: &Site, mut after: u64, bytes: u64) -> Vec<(u64, Commit)> {
        let mut all = Vec::new();
        loop {
            let answer = self.get(site, &format!("/v1/commits?after={after}&bytes={bytes}")).await;
            let page = frame::decode(answer.success()).unwrap();
            all.extend(page.commits.iter().map(|commit| (commit.cursor, Commit::from(commit))));
            after = page.next;
            if !page.more {
                return all;
            }
        }
    }
}

impl Site {
    pub async fn login(&self, login: &Login) -> Answer {
        self.send(post("/v1/login", None, wire::encode(login))).await
    }
}

/// An entry of the log with the hash that the next one names.
pub fn entry(bytes: &[u8]) -> LogEntry {
    LogEntry { hash: Sha256::digest(bytes).into(), bytes: bytes.to_vec() }
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Commit {
    pub seq: u64,
    pub hash: Hash32,
    pub bytes: Vec<u8>,
    pub items: Vec<Item>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Item {
    pub chart: Id16,
    pub id: Hash32,
    pub envelope: Vec<u8>,
    pub wrap: Vec<u8>,
}

impl Commit {
    /// A commit with as many envelopes of `size` bytes, all different from any other commit's.
    pub fn new(seq: u64, salt: &str, envelopes: usize, size: usize) -> Self {
        let item = |n: usize| {
            let seed = Sha256::digest(format!("{salt} {seq} {n}"));
            let envelope: Vec<u8> = seed.iter().copied().cycle().take(size).collect();
            Item { chart: seed[..16].try_into().unwrap(), id: seed.into(), envelope, wrap: b"wrap".to_vec() }
        };
        let bytes = format!("commit {seq} {salt}").into_bytes();
        Self { seq, hash: Sha256::digest(&bytes).into(), bytes, items: (0..envelopes).map(item).collect() }
    }

    fn from(frame: &frame::CommitFrame) -> Self {
        let item = |item: &frame::ItemFrame| Item {
            chart: item.chart,
            id: item.envelope_id,
            envelope: item.envelope.to_vec(),
            wrap: item.wrap.to_vec(),
        };
        let items = frame.items.iter().map(item).collect();
        Self { seq: frame.device_seq, hash: frame.hash, bytes: frame.commit.to_vec(), items }
    }
}

/// The body of a push.
pub fn frame_of(device: Id16, commits: &[Commit]) -> Vec<u8> {
    let mut writer = frame::Writer::new();
    for commit in commits {
        let items = commit.items.iter().map(|item| frame::ItemFrame {
            chart: item.chart,
            envelope_id: item.id,
            envelope: &item.envelope,
            wrap: &item.wrap,
        });
        writer.commit(&frame::CommitFrame {
            cursor: 0,
            device,
            device_seq: commit.seq,
            hash: commit.hash,
            commit: &commit.bytes,
            items: items.collect(),
        });
    }
    writer.finish(0, 0, false)
}
