//! Creating the practice, and the kit.

use vault::{Bundle, FoundingInput, Kdf, KitQr, Share};
use wire::{AccountRegistration, DeviceRegistration, Found, LogEntry, Registered};

use crate::{
    engine::Engine,
    failure::Failure,
    http, keys,
    local::{self, DeviceRow, EngineState},
    login,
    ports::{Clock, Ports, Store, Table, Transport, Write},
    protocol::{Kit, Sheet},
};

/// How many groups of the code a person types back.
const GROUPS_BACK: usize = 2;
/// Words of the practice's fingerprint (11 bits each).
pub(crate) const FINGERPRINT_WORDS: usize = 6;
/// Argon2id parameters of new accounts.
pub(crate) const KDF: Kdf = Kdf::FLOOR;

impl<P: Ports> Engine<P> {
    pub(crate) async fn create_practice(
        &self,
        practice_name: &str,
        person_name: &str,
        device_name: &str,
        password: &str,
    ) -> Result<Kit, Failure> {
        let names = [practice_name, person_name, device_name].map(str::trim);
        if names.iter().any(|name| name.is_empty()) {
            return Err(Failure::Empty);
        }
        if !crate::device::strength(password).accepted {
            return Err(Failure::WeakPassword);
        }
        let [practice_name, person_name, device_name] = names;
        // Without storage nothing of what follows could be opened again.
        local::device_rows(&self.ports).await?;
        let input = FoundingInput {
            practice_name,
            person_name,
            device_name,
            password,
            kdf: KDF,
            claimed_time_ms: self.ports.clock().now_ms(),
        };
        let founding = vault::found(&mut self.rng(), &input)?;
        let entries: Vec<LogEntry> = founding
            .entries
            .iter()
            .enumerate()
            .map(|(seq, bytes)| {
                let hash = founding.log.hash_at(seq as u64).expect("the founding's own entries");
                LogEntry { hash: *hash.as_bytes(), bytes: bytes.clone() }
            })
            .collect();
        let account = *founding.kit.account.as_bytes();
        let device_public = founding.device.keys.public();
        let request = Found {
            practice: *founding.practice.as_bytes(),
            entries: entries.clone(),
            account: AccountRegistration {
                account,
                login_public: *founding.person.login_public().as_bytes(),
                kdf: login::params(KDF),
                account_wrap: founding.account_wrap.clone(),
            },
            device: DeviceRegistration {
                account,
                device: *device_public.device.as_bytes(),
                access_public: *device_public.access.as_bytes(),
            },
        };
        let stub = founding.device.keys.stub(founding.practice, &founding.kit, KDF);
        let pending =
            DeviceRow { stub: stub.to_bytes().to_vec(), bundle: Vec::new(), label: String::new(), lease: None };
        self.ports.store().write(vec![local::put_device(&account, &pending)]).await?;
        let registered: Registered = match http::post(self.ports.transport(), "/v1/practice", &request).await {
            Ok(registered) => registered,
            Err(error) => {
                // Without an answer it may have been registered all the same: the row stays and finds out.
                if error.code().is_some() {
                    self.forget(&account).await?;
                }
                return Err(error.into());
            }
        };
        let share = Share::from_bytes(registered.share.ok_or(Failure::ServerConfused)?);
        let bundle =
            founding.device.seal(&mut self.rng(), founding.person.unlock_key(), founding.account.account_key(), &share);
        let sheets: Vec<Sheet> = founding
            .sheets
            .iter()
            .map(|sheet| Sheet {
                number: sheet.number().into(),
                of: sheet.n.into(),
                needed: sheet.k.into(),
                code: sheet.to_code().to_string(),
            })
            .collect();
        let kit = founding.kit;
        let state = EngineState { sheets, ..EngineState::default() };
        self.install(account, &stub.to_bytes(), &bundle, &entries, founding.device, founding.log, state).await?;
        let mut shown = self.kit(&kit)?;
        self.ask_groups(&mut shown)?;
        self.link.in_reach.set(true);
        self.wake();
        Ok(shown)
    }

    /// Removes the row of a device that was never registered.
    pub(crate) async fn forget(&self, account: &[u8; 16]) -> Result<(), Failure> {
        let row = Write::Delete { table: Table::Meta, key: local::device_key(account) };
        Ok(self.ports.store().write(vec![row]).await?)
    }

    /// Stores a freshly enrolled device and opens its session.
    #[expect(clippy::too_many_arguments, reason = "each is a part of the new device")]
    pub(crate) async fn install(
        &self,
        account: [u8; 16],
        stub: &[u8],
        bundle: &Bundle,
        entries: &[LogEntry],
        device: vault::UnlockedDevice,
        log: vault::LogState,
        state: EngineState,
    ) -> Result<(), Failure> {
        let row = DeviceRow { stub: stub.to_vec(), bundle: bundle.to_bytes(), label: String::new(), lease: None };
        let mut batch = vec![local::put_device(&account, &row)];
        batch.extend(entries.iter().enumerate().map(|(seq, entry)| Write::Put {
            table: Table::Log,
            key: keys::number(seq as u64),
            value: entry.bytes.clone(),
        }));
        let state = EngineState { next_pack: self.free_pack().await?, ..state };
        let mut open = self.opened(device, log, state);
        open.catalog_ready = true;
        batch.push(self.state_row(&open));
        self.ports.store().write(batch).await?;
        self.set_open(open)
    }

    /// Shows the kit again; the password is asked again because the page shows a key.
    pub(crate) async fn show_kit(&self, password: &str) -> Result<Kit, Failure> {
        let account = self.with(|open| *open.device.account().as_bytes())?;
        let stub = self.check_password(&account, password).await?;
        let mut shown = self.kit(&stub.kit())?;
        if !self.with(|open| open.state.kit_confirmed)? {
            self.ask_groups(&mut shown)?;
        }
        Ok(shown)
    }

    pub(crate) async fn confirm_kit(&self, groups: &[String]) -> Result<(), Failure> {
        let _writing = self.writer.lock().await;
        let normal = |text: &str| -> String {
            text.chars()
                .filter(|letter| !letter.is_whitespace() && *letter != '-')
                .map(|letter| match letter.to_ascii_uppercase() {
                    'O' => '0',
                    'I' | 'L' => '1',
                    letter => letter,
                })
                .collect()
        };
        let asked = self.with(|open| open.confirm.clone())?;
        for (at, (group, expected)) in asked.iter().enumerate() {
            if groups.get(at).is_none_or(|typed| normal(typed) != normal(expected)) {
                return Err(Failure::KitMistyped { group: group + 1 });
            }
        }
        let row = self.with_mut(|open| {
            open.state.kit_confirmed = true;
            open.state.sheets.clear();
            self.state_row(open)
        })?;
        Ok(self.ports.store().write(vec![row]).await?)
    }

    fn kit(&self, kit: &vault::Kit) -> Result<Kit, Failure> {
        let server = self.ports.transport().origin();
        self.with(|open| {
            let practice = open.device.practice();
            let names = open.log.names(&open.device.epoch_keys);
            let qr = KitQr { kit: kit.clone(), practice, server: server.clone() };
            Kit {
                practice_name: names.practice.clone().unwrap_or_default(),
                person_name: open.person_name(&names),
                groups: kit.to_code().split([' ', '-']).map(str::to_owned).collect(),
                qr: qr.to_text().to_string(),
                server,
                practice_words: vault::words(practice.as_bytes(), FINGERPRINT_WORDS),
                confirm: Vec::new(),
                sheets: open.state.sheets.clone(),
            }
        })
    }

    /// Draws the groups to type back; never the first, which says little.
    fn ask_groups(&self, kit: &mut Kit) -> Result<(), Failure> {
        let mut random = [0; GROUPS_BACK];
        self.ports.random(&mut random);
        let mut left: Vec<u32> = (1..kit.groups.len() as u32).collect();
        let mut asked: Vec<u32> = random
            .iter()
            .filter(|_| true)
            .map_while(|byte| (!left.is_empty()).then(|| left.remove(usize::from(*byte) % left.len())))
            .collect();
        asked.sort_unstable();
        kit.confirm = asked.clone();
        let expected = asked.iter().map(|group| (*group, kit.groups[*group as usize].clone())).collect();
        self.with_mut(|open| open.confirm = expected)
    }
}
