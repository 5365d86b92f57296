//! Pushing and pulling the practice's stream.

use axum::{extract::State, response::Response};
use serde::Deserialize;
use wire::{AskEnvelopes, MAX_BODY, PAGE_BYTES, frame};

use super::binary;
use crate::{
    Api, Error,
    extract::{Body, Bytes, DeviceSession, Parameters},
};

/// No page is asked to grow larger.
const MOST_PAGE_BYTES: u64 = MAX_BODY as u64;
const MOST_IDS: usize = 4096;
/// An envelope or a wrap of nothing would still cost a row.
const MOST_ITEMS: usize = 100_000;

#[derive(Deserialize)]
pub(super) struct Wanted {
    after: u64,
    bytes: Option<u64>,
}

pub(super) async fn pull(
    State(api): State<Api>,
    _: DeviceSession,
    Parameters(Wanted { after, bytes }): Parameters<Wanted>,
) -> Result<Response, Error> {
    let after = i64::try_from(after).ok().filter(|after| *after < i64::MAX).ok_or(Error::OtherEpoch)?;
    let bytes = bytes.unwrap_or(PAGE_BYTES.into()).min(MOST_PAGE_BYTES);
    Ok(binary(api.pull(after, bytes).await?))
}

pub(super) async fn push(
    State(api): State<Api>,
    session: DeviceSession,
    Bytes(bytes): Bytes<MAX_BODY>,
) -> Result<Response, Error> {
    let pushed = frame::decode(&bytes)?;
    if pushed.commits.is_empty() {
        return Err(Error::Malformed("nothing is pushed"));
    }
    if pushed.commits.iter().any(|commit| commit.device != session.device) {
        return Err(Error::Malformed("a commit is of another device than the session"));
    }
    if pushed.commits.iter().map(|commit| commit.items.len()).sum::<usize>() > MOST_ITEMS {
        return Err(Error::TooLarge);
    }
    Ok(binary(wire::encode(&api.push(&session.device, &pushed.commits).await?)))
}

pub(super) async fn envelopes(
    State(api): State<Api>,
    _: DeviceSession,
    Body(ask): Body<AskEnvelopes, { 256 << 10 }>,
) -> Result<Response, Error> {
    if ask.ids.len() > MOST_IDS {
        return Err(Error::TooLarge);
    }
    Ok(binary(api.fetch_envelopes(&ask.ids, MAX_BODY).await?))
}
