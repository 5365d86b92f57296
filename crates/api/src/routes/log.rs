//! The membership log.

use axum::{extract::State, response::Response};
use serde::Deserialize;
use wire::AppendLog;

use super::binary;
use crate::{
    Api, Error,
    extract::{Body, Parameters, Session},
    guard::is_usable,
};

#[derive(Deserialize)]
pub(super) struct After {
    after: i64,
}

pub(super) async fn page(
    State(api): State<Api>,
    _: Session,
    Parameters(After { after }): Parameters<After>,
) -> Result<Response, Error> {
    if !(-1..i64::MAX).contains(&after) {
        return Err(Error::Malformed("no entry has such a sequence number"));
    }
    Ok(binary(wire::encode(&api.log_page(after).await?)))
}

pub(super) async fn append(
    State(api): State<Api>,
    session: Session,
    Body(append): Body<AppendLog, { 4 << 20 }>,
) -> Result<Response, Error> {
    if let Some(device) = &append.register_device {
        if device.account != session.account {
            return Err(Error::Malformed("the device belongs to another account"));
        }
        if !is_usable(&device.access_public) {
            return Err(Error::Malformed("a public key is not usable"));
        }
    }
    Ok(binary(wire::encode(&api.append_log(&session, &append).await?)))
}
