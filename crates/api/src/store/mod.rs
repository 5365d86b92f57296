//! What is asked of the storage, one file per subject, all as methods of [`Api`].

mod accounts;
mod envelopes;
mod founding;
mod heads;
mod log;
mod pull;
mod push;
mod sessions;
mod turn;

pub(crate) use founding::make_server_row;
pub(crate) use heads::Heads;
pub(crate) use turn::Turn;

use sea_orm::DbErr;

/// Stored bytes as the array that they were stored from.
pub(crate) fn array<const N: usize>(bytes: &[u8]) -> Result<[u8; N], DbErr> {
    bytes.try_into().map_err(|_| DbErr::Type(format!("stored bytes are not {N} long")))
}
