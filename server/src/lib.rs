//! The server of a practice: one program that hands out the pages and stores what devices seal.
//!
//! This crate only puts parts together: [`api`] under `/v1`, the built site as it lies in its folder, and for every other
//! address the one shell that [`app`] renders. It holds no rule about records and no key; the pages that it renders are
//! the same for everyone, since nothing of a person is known here.
//!
//! Invariants, each with a test:
//! - Every answer, an error too, carries the policy of [`headers`]; no page allows inline code except by its own nonce.
//! - Only files whose names hold their content's hash may be kept by a browser without asking.
//! - A request is served only under a name that is the server's own ([`host`]), so that a page elsewhere cannot reach
//!   it by pointing its own name here.
#![recursion_limit = "512"]

pub mod cli;
pub mod error;
pub mod headers;
pub mod host;
mod pages;
mod run;
mod site;

pub use error::StartError;
pub use run::run;
pub use site::{Site, router};
