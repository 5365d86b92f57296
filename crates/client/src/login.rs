//! Logging in: the signed challenge in its three uses.

use vault::{AccountId, DeviceStub, Kdf, PersonKeys, PracticeId};
use wire::{Action, AskChallenge, Challenge, LoggedIn, Login, login_message};

use crate::{
    engine::Engine,
    failure::Failure,
    http::{self, CallError},
    ports::{Ports, Transport},
};

/// Parameters as the server states them, refused before anything is computed if they are out of bounds.
pub(crate) fn checked(kdf: wire::KdfParams) -> Result<Kdf, Failure> {
    let kdf = Kdf { memory_kib: kdf.memory_kib, passes: kdf.passes, lanes: kdf.lanes };
    kdf.check()?;
    Ok(kdf)
}

pub(crate) fn params(kdf: Kdf) -> wire::KdfParams {
    wire::KdfParams { memory_kib: kdf.memory_kib, passes: kdf.passes, lanes: kdf.lanes }
}

impl<P: Ports> Engine<P> {
    pub(crate) async fn challenge(&self, account: AccountId) -> Result<Challenge, CallError> {
        http::post(self.ports.transport(), "/v1/login/challenge", &AskChallenge { account: *account.as_bytes() }).await
    }

    /// Unlocks an enrolled device: answers its share and the account wrap.
    pub(crate) async fn login_unlock(
        &self,
        challenge: &Challenge,
        stub: &DeviceStub,
        person: &PersonKeys,
    ) -> Result<LoggedIn, CallError> {
        let message = self.message(challenge, stub.practice, stub.account, Some(stub), Action::Unlock);
        self.login(Login {
            account: *stub.account.as_bytes(),
            device: Some(*stub.device.as_bytes()),
            action: Action::Unlock,
            nonce: challenge.nonce,
            login_signature: person.sign_login(&message).to_vec(),
            access_signature: stub.sign_access(&message).to_vec(),
        })
        .await
    }

    /// Begins on a new device: answers the account wrap.
    pub(crate) async fn login_enrol(
        &self,
        challenge: &Challenge,
        account: AccountId,
        person: &PersonKeys,
    ) -> Result<LoggedIn, CallError> {
        let practice = PracticeId::from_bytes(challenge.practice);
        let message = self.message(challenge, practice, account, None, Action::Enrol);
        self.login(Login {
            account: *account.as_bytes(),
            device: None,
            action: Action::Enrol,
            nonce: challenge.nonce,
            login_signature: person.sign_login(&message).to_vec(),
            access_signature: Vec::new(),
        })
        .await
    }

    /// Opens a new session for the unlocked device after the old one ended.
    pub(crate) async fn login_renew(&self) -> Result<(), CallError> {
        let Ok((practice, account, device)) =
            self.with(|open| (open.device.practice(), open.device.account(), open.device.device()))
        else {
            return Err(CallError::Unreachable);
        };
        let challenge = self.challenge(account).await?;
        if challenge.practice != *practice.as_bytes() {
            return Err(CallError::Confused { status: 200 });
        }
        let message = login_message(
            practice.as_bytes(),
            &self.ports.transport().origin(),
            account.as_bytes(),
            Some(device.as_bytes()),
            Action::Renew,
            &challenge.nonce,
        );
        let signature = self.with(|open| open.device.keys.sign_access(&message).to_vec()).unwrap_or_default();
        self.login(Login {
            account: *account.as_bytes(),
            device: Some(*device.as_bytes()),
            action: Action::Renew,
            nonce: challenge.nonce,
            login_signature: Vec::new(),
            access_signature: signature,
        })
        .await
        .map(drop)
    }

    async fn login(&self, login: Login) -> Result<LoggedIn, CallError> {
        http::post(self.ports.transport(), "/v1/login", &login).await
    }

    fn message(
        &self,
        challenge: &Challenge,
        practice: PracticeId,
        account: AccountId,
        device: Option<&DeviceStub>,
        action: Action,
    ) -> Vec<u8> {
        login_message(
            practice.as_bytes(),
            &self.ports.transport().origin(),
            account.as_bytes(),
            device.map(|stub| stub.device.as_bytes()),
            action,
            &challenge.nonce,
        )
    }
}
