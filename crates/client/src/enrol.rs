//! A further device of the same person, by the kit.

use vault::{
    AccountKeys, DeviceKeys, Kit, KitQr, LogState, PersonKeys, PinnedHeads, PracticeId, Share, UnlockedDevice,
};
use wire::{AppendLog, Code, DeviceRegistration, LogEntry, LogPage, Registered};

use crate::{
    engine::Engine,
    failure::Failure,
    found::FINGERPRINT_WORDS,
    http,
    local::{self, EngineState},
    login,
    ports::{Clock, Ports},
    protocol::Session,
};

/// How often an enrolment is signed again because the log moved on.
const TRIES: u32 = 5;

impl<P: Ports> Engine<P> {
    pub(crate) async fn sign_in(&self, code: &str, password: &str, device_name: &str) -> Result<Session, Failure> {
        let device_name = device_name.trim();
        if device_name.is_empty() || code.trim().is_empty() || password.is_empty() {
            return Err(Failure::Empty);
        }
        local::device_rows(&self.ports).await?;
        let (kit, pinned) = read_code(code)?;
        self.enrol(kit, pinned, password, device_name, true).await
    }

    /// Admits this browser as a device of the kit's account.
    pub(crate) async fn enrol(
        &self,
        kit: Kit,
        pinned: Option<PracticeId>,
        password: &str,
        device_name: &str,
        kit_confirmed: bool,
    ) -> Result<Session, Failure> {
        let challenge = self.challenge(kit.account).await?;
        let practice = PracticeId::from_bytes(challenge.practice);
        // A scanned kit names its practice; a typed one is bound to it by the account wrap below.
        if pinned.is_some_and(|pinned| pinned != practice) {
            return Err(Failure::WrongServer);
        }
        let kdf = login::checked(challenge.kdf)?;
        let person = PersonKeys::derive(&kit, password, kdf)?;
        let login = self.login_enrol(&challenge, kit.account, &person).await?;
        let wrap = login.account_wrap.ok_or(Failure::ServerConfused)?;
        let account =
            AccountKeys::open(practice, kit.account, &wrap, person.unlock_key()).map_err(|_| Failure::Unverified)?;
        let (mut entries, mut log) = self.whole_log(practice).await?;
        let keys = DeviceKeys::generate(&mut self.rng());
        let (registered, epoch_keys) = self.admit(&mut entries, &mut log, &account, &keys, device_name).await?;
        let share = Share::from_bytes(registered.share.ok_or(Failure::ServerConfused)?);
        let heads = PinnedHeads { log: log.head(), chains: Default::default() };
        let stub = keys.stub(practice, &kit, kdf);
        let device = UnlockedDevice::new(&mut self.rng(), kit.account, keys, heads, epoch_keys);
        let bundle = device.seal(&mut self.rng(), person.unlock_key(), account.account_key(), &share);
        let head = *log.head().hash.as_bytes();
        let state = EngineState { kit_confirmed, ..EngineState::default() };
        self.install(*kit.account.as_bytes(), &stub.to_bytes(), &bundle, &entries, device, log, state).await?;
        self.link.in_reach.set(true);
        self.wake();
        let mut session = self.session()?;
        session.head_words = vault::words(&head, FINGERPRINT_WORDS);
        Ok(session)
    }

    /// Fetches the log from its beginning and verifies it as this practice's.
    async fn whole_log(&self, practice: PracticeId) -> Result<(Vec<LogEntry>, LogState), Failure> {
        let mut entries: Vec<LogEntry> = Vec::new();
        loop {
            let after = entries.len() as i64 - 1;
            let page: LogPage = http::get(self.ports.transport(), &format!("/v1/log?after={after}")).await?;
            if page.entries.is_empty() || page.first_seq != entries.len() as u64 {
                return Err(Failure::ServerConfused);
            }
            entries.extend(page.entries);
            if !page.more {
                break;
            }
        }
        let log = LogState::replay(practice, entries.iter().map(|entry| &entry.bytes))?;
        Ok((entries, log))
    }

    /// Signs the device in with the account key and appends that entry, again if the log moves on meanwhile.
    async fn admit(
        &self,
        entries: &mut Vec<LogEntry>,
        log: &mut LogState,
        account: &AccountKeys,
        keys: &DeviceKeys,
        device_name: &str,
    ) -> Result<(Registered, vault::EpochKeys), Failure> {
        let public = keys.public();
        for _ in 0..TRIES {
            let now_ms = self.ports.clock().now_ms();
            let (entry, epoch_keys) = vault::enrol_by_kit(&mut self.rng(), log, account, &public, device_name, now_ms)?;
            let mut grown = log.clone();
            let hash = *grown.append(&entry)?.as_bytes();
            let entry = LogEntry { hash, bytes: entry };
            let request = AppendLog {
                prev: *log.head().hash.as_bytes(),
                entry: entry.clone(),
                register_device: Some(DeviceRegistration {
                    account: *account.account().as_bytes(),
                    device: *public.device.as_bytes(),
                    access_public: *public.access.as_bytes(),
                }),
            };
            match http::post::<_, _, Registered>(self.ports.transport(), "/v1/log", &request).await {
                Ok(registered) => {
                    entries.push(entry);
                    *log = grown;
                    return Ok((registered, epoch_keys));
                }
                Err(error) if error.code() == Some(Code::NotAtHead) => {
                    let path = format!("/v1/log?after={}", log.head().seq);
                    let page: LogPage = http::get(self.ports.transport(), &path).await?;
                    for entry in page.entries {
                        log.append(&entry.bytes)?;
                        entries.push(entry);
                    }
                }
                Err(error) => return Err(error.into()),
            }
        }
        Err(Failure::Changed)
    }
}

/// A kit as typed, or as its QR code says.
fn read_code(text: &str) -> Result<(Kit, Option<PracticeId>), Failure> {
    if let Ok(qr) = KitQr::parse(text.trim()) {
        return Ok((qr.kit, Some(qr.practice)));
    }
    match Kit::parse(text) {
        Ok(kit) => Ok((kit, None)),
        Err(vault::Error::CodeGroup { group }) => Err(Failure::KitMistyped { group: group as u32 }),
        Err(vault::Error::UpdateRequired) => Err(Failure::NewerVersion),
        Err(_) => Err(Failure::KitMistyped { group: 0 }),
    }
}
