//! Logging in and out.

use axum::{
    extract::State,
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use wire::{Action, AskChallenge, Challenge, LoggedIn, Login, SESSION_COOKIE, login_message};

use super::binary;
use crate::{
    Api, Error,
    extract::{Body, Peer, Session, to_hex},
    guard::{Origin, Tried, verifies},
};

pub(super) async fn challenge(State(api): State<Api>, Body(ask): Body<AskChallenge, 256>) -> Result<Response, Error> {
    let practice = api.practice().await?.ok_or(Error::NoPractice)?;
    let kdf = api.kdf(&ask.account).await?.unwrap_or_else(|| api.decoy.kdf());
    let nonce = api.challenges.issue(&ask.account, api.now_ms());
    Ok(binary(wire::encode(&Challenge { practice, nonce, kdf })))
}

/// Takes the same steps whether or not the account and the device exist.
pub(super) async fn login(
    State(api): State<Api>,
    origin: Origin,
    Peer(address): Peer,
    Body(login): Body<Login, 1024>,
) -> Result<Response, Error> {
    let practice = api.practice().await?.ok_or(Error::NoPractice)?;
    let tried = [Tried::Account(login.account), Tried::address(address)];
    api.tries.begin(&tried, api.now_ms())?;

    let is_fresh = api.challenges.redeem(&login.account, &login.nonce, api.now_ms());
    let keys = api.login_keys(&login.account, login.device.as_ref()).await?;
    let message =
        login_message(&practice, &origin.0, &login.account, login.device.as_ref(), login.action, &login.nonce);
    let decoy = api.decoy.public();
    let by_login_key =
        verifies(&keys.login_public.unwrap_or(decoy), &message, &login.login_signature) & keys.login_public.is_some();
    let by_access_key = verifies(&keys.access_public.unwrap_or(decoy), &message, &login.access_signature)
        & keys.access_public.is_some();
    let is_signed = match login.action {
        Action::Unlock => by_login_key & by_access_key,
        Action::Enrol => by_login_key,
        Action::Renew => by_access_key,
    };
    if !(is_fresh & is_signed) {
        tracing::info!("a login was refused");
        return Err(Error::LoginRefused);
    }
    if keys.revoked && login.action != Action::Enrol {
        return Err(Error::DeviceRevoked);
    }
    api.tries.succeeded(&tried);

    let device = login.device.filter(|_| login.action != Action::Enrol);
    let share = match (login.action, &device) {
        (Action::Unlock, Some(device)) => Some(api.share(device).await?),
        _ => None,
    };
    let account_wrap = (login.action != Action::Renew).then_some(keys.account_wrap);
    let token = api.begin_session(&login.account, device.as_ref()).await?;
    let session_s = (api.session_ms() / 1000) as u32;
    Ok(with_session(binary(wire::encode(&LoggedIn { share, account_wrap, session_s })), &token, &origin))
}

pub(super) async fn logout(State(api): State<Api>, session: Session) -> Result<Response, Error> {
    api.end_session(session.token_hash).await?;
    let gone = cookie("", "; Max-Age=0");
    Ok((StatusCode::NO_CONTENT, [(header::SET_COOKIE, gone)]).into_response())
}

/// Adds the session's cookie, which ends with the browser; the session's own end is kept by the server.
pub(super) fn with_session(mut response: Response, token: &[u8; 32], origin: &Origin) -> Response {
    let secure = if origin.is_https() { "; Secure" } else { "" };
    response.headers_mut().insert(header::SET_COOKIE, cookie(&to_hex(token), secure));
    response
}

fn cookie(value: &str, more: &str) -> HeaderValue {
    let text = format!("{SESSION_COOKIE}={value}; HttpOnly; SameSite=Strict; Path=/v1{more}");
    HeaderValue::try_from(text).expect("a cookie is ASCII")
}
