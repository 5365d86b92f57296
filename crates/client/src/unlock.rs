//! The first question, and opening an enrolled device.

use vault::{AccountId, AccountKeys, Bundle, DeviceStub, LogState, PersonKeys, Share, UnlockedDevice};

use crate::{
    catalog::Catalog,
    engine::{Ciphers, Engine, Open},
    failure::Failure,
    http::{self, CallError},
    index::{Index, segment::Segment},
    keys,
    local::{self, DeviceRow, EngineState, Lease},
    login,
    packs::PackCache,
    ports::{Clock, Ports, Store, Table},
    protocol::{Alarm, Person, Session, Start},
};

/// The page locks after so many idle minutes.
const LOCK_AFTER_MIN: u32 = 5;
/// Clocks that differ by more than this are told.
const CLOCK_MS: u64 = 10 * 60 * 1000;

impl<P: Ports> Engine<P> {
    pub(crate) async fn start(&self) -> Result<Start, Failure> {
        let mut rows = local::device_rows(&self.ports).await?;
        let now_ms = self.ports.clock().now_ms();
        for (account, row) in &mut rows {
            // A share must not outlive its lease on the disk.
            if row.lease.take_if(|lease| !lease.holds(now_ms)).is_some() {
                self.ports.store().write(vec![local::put_device(account, row)]).await?;
            }
        }
        let state = http::get::<_, wire::ServerState>(self.ports.transport(), "/v1/state").await;
        if let Ok(state) = &state {
            self.compare_clocks(state.time_ms, now_ms);
        }
        if rows.is_empty() {
            return match state {
                Ok(state) if state.practice.is_some() => Ok(Start::SignIn),
                Ok(_) => Ok(Start::Create),
                Err(CallError::Unreachable) => Ok(Start::NoServer),
                Err(error) => Err(error.into()),
            };
        }
        let practices = rows
            .iter()
            .map(|(_, row)| DeviceStub::parse(&row.stub).map(|stub| *stub.practice.as_bytes()))
            .collect::<vault::Result<Vec<_>>>()?;
        if let Ok(state) = &state
            && state.practice.is_none()
            && let [(account, DeviceRow { bundle, .. })] = rows.as_slice()
            && bundle.is_empty()
        {
            // The practice that was being created here never reached the server.
            self.forget(account).await?;
            return Ok(Start::Create);
        }
        if let Ok(state) = &state
            && !practices.iter().all(|practice| state.practice.as_ref() == Some(practice))
        {
            return Ok(Start::WrongServer);
        }
        let people = rows
            .into_iter()
            .map(|(account, row)| Person {
                account: keys::hex(&account),
                label: row.label,
                offline_hours_left: row
                    .lease
                    .filter(|lease| lease.holds(now_ms))
                    .map_or(0, |lease| (lease.until_ms - now_ms).div_ceil(3_600_000) as u32),
            })
            .collect();
        Ok(Start::Locked { people, server_there: state.is_ok() })
    }

    pub(crate) async fn unlock(&self, account: &str, password: &str) -> Result<Session, Failure> {
        let account: [u8; 16] = keys::unhex(account)?;
        let mut row = local::device_row(&self.ports, &account).await?;
        let stub = DeviceStub::parse(&row.stub)?;
        if row.bundle.is_empty() {
            // The worker died while the practice was created: the server has it, this device is not enrolled yet.
            let session = self.enrol(stub.kit(), Some(stub.practice), password, "Device", false).await?;
            return Ok(Session { head_words: String::new(), ..session });
        }
        let answer = match self.challenge(AccountId::from_bytes(account)).await {
            Ok(challenge) => self.unlock_online(&mut row, &stub, &challenge, password).await,
            Err(error) if error.code() == Some(wire::Code::NoPractice) && row.lease.is_some() => {
                Err(Failure::ServerFailed)
            }
            Err(error) => Err(error.into()),
        };
        // "Online but the server is out of reach, or fails" is offline, at once.
        let (device, online) = match answer {
            Ok(device) => (device, true),
            Err(Failure::ServerUnreachable) => (self.unlock_offline(&mut row, &stub, password).await?, false),
            Err(Failure::ServerFailed | Failure::ServerConfused) if row.lease.is_some() => {
                (self.unlock_offline(&mut row, &stub, password).await?, false)
            }
            Err(failure) => return Err(failure),
        };
        self.ports.clock().mark("keys-open");
        let open = self.load(account, device).await?;
        self.set_open(open)?;
        self.ports.clock().mark("list-ready");
        self.link.in_reach.set(online);
        if !online {
            self.link.offline_since_ms.set(self.ports.clock().now_ms());
        }
        if self.with(|open| open.index_damaged)? {
            self.ensure_catalog().await?;
        }
        self.wake();
        self.session()
    }

    async fn unlock_online(
        &self,
        row: &mut DeviceRow,
        stub: &DeviceStub,
        challenge: &wire::Challenge,
        password: &str,
    ) -> Result<UnlockedDevice, Failure> {
        if challenge.practice != *stub.practice.as_bytes() {
            return Err(Failure::WrongServer);
        }
        let kdf = login::checked(challenge.kdf)?;
        // Parameters may only rise.
        if kdf != stub.kdf && !kdf.may_replace(&stub.kdf) {
            return Err(Failure::KdfTooWeak);
        }
        let person = PersonKeys::derive(&stub.kit(), password, kdf)?;
        let login = self.login_unlock(challenge, stub, &person).await?;
        let share = login.share.ok_or(Failure::ServerConfused)?;
        let mut bundle = Bundle::parse(&row.bundle)?;
        let device = match bundle.open(stub, person.unlock_key(), &Share::from_bytes(share)) {
            Ok(device) => device,
            // The password was changed on another device: the account key opens this one once.
            Err(vault::Error::Open) => {
                let wrap = login.account_wrap.as_deref().ok_or(Failure::Damaged)?;
                let account = AccountKeys::open(stub.practice, stub.account, wrap, person.unlock_key())?;
                let share = Share::from_bytes(share);
                let device = bundle.open_with_account(stub, account.account_key(), &share)?;
                bundle.b1 = device.reseal_for_password(&mut self.rng(), person.unlock_key(), &share);
                row.bundle = bundle.to_bytes();
                device
            }
            Err(error) => return Err(error.into()),
        };
        if !crate::device::strength(password).offline_ok {
            row.lease = None;
        }
        if let Some(lease) = &row.lease {
            row.lease = Some(Lease::new(share, lease.hours, self.ports.clock().now_ms()));
        }
        self.ports.store().write(vec![local::put_device(stub.account.as_bytes(), row)]).await?;
        Ok(device)
    }

    async fn unlock_offline(
        &self,
        row: &mut DeviceRow,
        stub: &DeviceStub,
        password: &str,
    ) -> Result<UnlockedDevice, Failure> {
        let Some(lease) = row.lease.clone() else { return Err(Failure::OfflineEnded) };
        if !lease.holds(self.ports.clock().now_ms()) {
            row.lease = None;
            self.ports.store().write(vec![local::put_device(stub.account.as_bytes(), row)]).await?;
            return Err(Failure::OfflineEnded);
        }
        let person = PersonKeys::derive(&stub.kit(), password, stub.kdf)?;
        let bundle = Bundle::parse(&row.bundle)?;
        bundle.open(stub, person.unlock_key(), &Share::from_bytes(lease.share)).map_err(|error| match error {
            vault::Error::Open => Failure::WrongPassword,
            error => error.into(),
        })
    }

    /// Verifies the password of the open session's account, as unlocking does.
    pub(crate) async fn check_password(&self, account: &[u8; 16], password: &str) -> Result<DeviceStub, Failure> {
        let mut row = local::device_row(&self.ports, account).await?;
        let stub = DeviceStub::parse(&row.stub)?;
        match self.challenge(stub.account).await {
            Ok(challenge) => self.unlock_online(&mut row, &stub, &challenge, password).await?,
            Err(CallError::Unreachable) => self.unlock_offline(&mut row, &stub, password).await?,
            Err(error) => return Err(error.into()),
        };
        Ok(stub)
    }

    /// The device's share, told again by the server to whoever proves password and device.
    pub(crate) async fn fresh_share(&self, account: &[u8; 16], password: &str) -> Result<[u8; 32], Failure> {
        let row = local::device_row(&self.ports, account).await?;
        let stub = DeviceStub::parse(&row.stub)?;
        let challenge = self.challenge(stub.account).await?;
        if challenge.practice != *stub.practice.as_bytes() {
            return Err(Failure::WrongServer);
        }
        let person = PersonKeys::derive(&stub.kit(), password, login::checked(challenge.kdf)?)?;
        self.login_unlock(&challenge, &stub, &person).await?.share.ok_or(Failure::ServerConfused)
    }

    /// Reads log, state and patient index; the catalog follows when first needed.
    async fn load(&self, account: [u8; 16], mut device: UnlockedDevice) -> Result<Open, Failure> {
        let entries = self.ports.store().range(Table::Log, &[], None).await?;
        let log = LogState::replay(device.practice(), entries.iter().map(|(_, bytes)| bytes))?;
        // The stored log must contain the head that this device has seen.
        let pinned = device.pinned.log;
        if log.hash_at(pinned.seq) != Some(pinned.hash) {
            return Err(Failure::Damaged);
        }
        let UnlockedDevice { keys: device_keys, epoch_keys, .. } = &mut device;
        log.refresh_epoch_keys(device_keys, epoch_keys)?;
        let ciphers = Ciphers::new(&device);
        let key = local::state_key(&account);
        let sealed = self.ports.store().get(Table::Meta, &key).await?.ok_or(Failure::Damaged)?;
        let state = ciphers.state.open(&key, &sealed)?;
        let state: EngineState = wire::decode(&state).map_err(|_| Failure::Damaged)?;
        let mut open = self.opened(device, log, state);
        // A number that is taken on disk is never given again, whatever the state says.
        let beyond = self.ports.store().range(Table::Packs, &keys::number(open.state.next_pack), None).await?;
        if let Some(last) = beyond.last().and_then(|(key, _)| keys::tail(key)) {
            open.state.next_pack = last + 1;
        }
        let end = keys::after(&account);
        for (key, mut sealed) in self.ports.store().range(Table::Index, &account, end.as_deref()).await? {
            let opened = open.ciphers.index.open_in_place(&key, &mut sealed).ok();
            let segment = opened.and_then(|()| Segment::open(sealed.into()));
            match (segment, keys::tail(&key)) {
                (Some(segment), Some(number)) => open.index.load(number as u32, segment),
                _ => open.index_damaged = true,
            }
        }
        open.waiting = self.ports.store().range(Table::Outbox, &account, end.as_deref()).await?.len() as u32;
        Ok(open)
    }

    pub(crate) fn opened(&self, device: UnlockedDevice, log: LogState, state: EngineState) -> Open {
        Open {
            ciphers: Ciphers::new(&device),
            device,
            log,
            state,
            index: Index::default(),
            catalog: Catalog::default(),
            catalog_ready: false,
            index_damaged: false,
            rewound: false,
            waiting: 0,
            packs: PackCache::default(),
            shared_names: None,
            alarmed: Default::default(),
            confirm: Vec::new(),
        }
    }

    pub(crate) fn session(&self) -> Result<Session, Failure> {
        self.with(|open| {
            let names = open.log.names(&open.device.epoch_keys);
            Session {
                practice_name: names.practice.clone().unwrap_or_default(),
                person_name: open.person_name(&names),
                device_name: names.devices.get(&open.device.device()).cloned().unwrap_or_default(),
                kit_to_confirm: !open.state.kit_confirmed,
                lock_after_min: LOCK_AFTER_MIN,
                head_words: String::new(),
            }
        })
    }

    fn compare_clocks(&self, server_ms: u64, now_ms: u64) {
        if server_ms.abs_diff(now_ms) > CLOCK_MS {
            let minutes = (now_ms as i64 - server_ms as i64) / 60_000;
            self.alarm(Alarm::ClockOff { minutes });
        }
    }
}

impl Open {
    pub(crate) fn person_name(&self, names: &vault::Names) -> String {
        let member = self.log.accounts().get(&self.device.account()).map(|account| account.member);
        member.and_then(|member| names.members.get(&member).cloned()).unwrap_or_default()
    }
}
