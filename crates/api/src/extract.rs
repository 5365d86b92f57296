//! What handlers take from a request: a session, a body, parameters, the peer's address.

use std::net::{IpAddr, Ipv4Addr, SocketAddr};

use axum::{
    body::to_bytes,
    extract::{ConnectInfo, FromRequest, FromRequestParts, Request},
    http::{HeaderMap, header, request::Parts},
};
use serde::de::DeserializeOwned;
use sha2::{Digest, Sha256};
use wire::{Hash32, Id16, SESSION_COOKIE};

use crate::{Api, Error};

/// Any session, one of enrolment included.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Session {
    pub token_hash: Hash32,
    pub account: Id16,
    /// None while enrolling.
    pub device: Option<Id16>,
}

impl FromRequestParts<Api> for Session {
    type Rejection = Error;
    async fn from_request_parts(parts: &mut Parts, api: &Api) -> Result<Self, Error> {
        let token = session_token(&parts.headers).ok_or(Error::NoSession)?;
        api.use_session(token_hash(&token)).await
    }
}

/// A session of an enrolled device.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct DeviceSession {
    pub token_hash: Hash32,
    pub device: Id16,
}

impl FromRequestParts<Api> for DeviceSession {
    type Rejection = Error;
    async fn from_request_parts(parts: &mut Parts, api: &Api) -> Result<Self, Error> {
        let session = Session::from_request_parts(parts, api).await?;
        let device = session.device.ok_or(Error::NotFound)?;
        Ok(Self { token_hash: session.token_hash, device })
    }
}

/// Only the hash of a token is stored, so a copy of the database opens no session.
pub(crate) fn token_hash(token: &[u8; 32]) -> Hash32 {
    Sha256::digest(token).into()
}

fn session_token(headers: &HeaderMap) -> Option<[u8; 32]> {
    let cookies = headers.get_all(header::COOKIE).iter().filter_map(|value| value.to_str().ok());
    let value = cookies
        .flat_map(|cookies| cookies.split(';'))
        .filter_map(|cookie| cookie.trim().split_once('='))
        .find_map(|(name, value)| (name == SESSION_COOKIE).then_some(value))?;
    from_hex(value)
}

pub(crate) fn to_hex(bytes: &[u8; 32]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

fn from_hex(text: &str) -> Option<[u8; 32]> {
    let digits: Vec<u8> = text.chars().map(|c| c.to_digit(16).map(|d| d as u8)).collect::<Option<_>>()?;
    let (pairs, []) = digits.as_chunks::<2>() else { return None };
    let bytes: Vec<u8> = pairs.iter().map(|[high, low]| high << 4 | low).collect();
    bytes.try_into().ok()
}

/// The whole body, at most `MOST` bytes.
pub(crate) struct Bytes<const MOST: usize>(pub axum::body::Bytes);

impl<const MOST: usize> FromRequest<Api> for Bytes<MOST> {
    type Rejection = Error;
    async fn from_request(request: Request, _: &Api) -> Result<Self, Error> {
        let announced = request.headers().get(header::CONTENT_LENGTH).and_then(|len| len.to_str().ok()?.parse().ok());
        if announced.is_some_and(|len: usize| len > MOST) {
            return Err(Error::TooLarge);
        }
        match to_bytes(request.into_body(), MOST).await {
            Ok(bytes) => Ok(Self(bytes)),
            Err(error) if is_over_limit(&error) => Err(Error::TooLarge),
            Err(_) => Err(Error::Malformed("the body ended too soon")),
        }
    }
}

fn is_over_limit(error: &axum::Error) -> bool {
    std::error::Error::source(error).is_some_and(|source| source.to_string().contains("length limit"))
}

/// A postcard body of at most `MOST` bytes.
pub(crate) struct Body<T, const MOST: usize>(pub T);

impl<T: DeserializeOwned, const MOST: usize> FromRequest<Api> for Body<T, MOST> {
    type Rejection = Error;
    async fn from_request(request: Request, api: &Api) -> Result<Self, Error> {
        let Bytes(bytes) = Bytes::<MOST>::from_request(request, api).await?;
        Ok(Self(wire::decode(&bytes)?))
    }
}

/// Query parameters.
#[derive(FromRequestParts)]
#[from_request(via(axum::extract::Query), rejection(Error))]
pub(crate) struct Parameters<T>(pub T);

/// The address at the other end; unspecified when the router runs without a listener.
pub(crate) struct Peer(pub IpAddr);

impl<S: Send + Sync> FromRequestParts<S> for Peer {
    type Rejection = Error;
    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Error> {
        let info = parts.extensions.get::<ConnectInfo<SocketAddr>>();
        Ok(Self(info.map_or(IpAddr::V4(Ipv4Addr::UNSPECIFIED), |info| info.0.ip())))
    }
}
