//! The state of the server, and the founding of its practice.

use axum::{extract::State, response::Response};
use wire::{Found, ServerState};

use super::{binary, login::with_session};
use crate::{
    Api, Error,
    extract::Body,
    guard::{Origin, is_usable},
};

const MOST_ENTRIES: usize = 64;

pub(super) async fn state(State(api): State<Api>) -> Result<Response, Error> {
    Ok(binary(wire::encode(&ServerState {
        practice: api.practice().await?,
        server_epoch: api.server_epoch,
        time_ms: api.now_ms(),
        build: api.settings.build.clone(),
    })))
}

/// If the answer gets lost, the device logs in: repeating the founding is refused, because its body holds no secret.
pub(super) async fn found(
    State(api): State<Api>,
    origin: Origin,
    Body(found): Body<Found, { 4 << 20 }>,
) -> Result<Response, Error> {
    check(&found)?;
    let registered = api.found(&found).await?;
    tracing::info!("the practice was founded");
    let token = api.begin_session(&found.account.account, Some(&found.device.device)).await?;
    Ok(with_session(binary(wire::encode(&registered)), &token, &origin))
}

fn check(found: &Found) -> Result<(), Error> {
    let genesis = found.entries.first().ok_or(Error::Malformed("a practice begins with a log entry"))?;
    if genesis.hash != found.practice {
        return Err(Error::Malformed("the practice is the hash of its first entry"));
    }
    let mut hashes: Vec<_> = found.entries.iter().map(|entry| entry.hash).collect();
    hashes.sort_unstable();
    hashes.dedup();
    if hashes.len() != found.entries.len() || hashes.len() > MOST_ENTRIES {
        return Err(Error::Malformed("the first entries repeat themselves or are too many"));
    }
    if found.device.account != found.account.account {
        return Err(Error::Malformed("the device belongs to another account"));
    }
    if !is_usable(&found.account.login_public) || !is_usable(&found.device.access_public) {
        return Err(Error::Malformed("a public key is not usable"));
    }
    Ok(())
}
