//! The pages of Ampoule, for the server and for the browser.
//!
//! The server renders only [`shell`]s: [`App`] in its first state, without anything of a person. The front end hydrates
//! that, or mounts [`App`] into an empty page, provides the [`link::Link`] to its worker as context and
//! passes the worker's events to [`state::on_event`]. Pages with clinical content exist only while the device is
//! unlocked: their routes stand inside that state, so a server has no routes to list and answers every address with the
//! same shell.
//!
//! What this crate is not: it holds no key, opens no envelope, stores nothing but language and theme, and talks to no
//! network. Locking disposes every signal that held something of a patient.
#![recursion_limit = "512"]

pub mod assets;
pub mod chart;
pub mod device;
pub mod format;
pub mod frame;
pub mod import;
pub mod kit;
pub mod link;
pub mod onboarding;
pub mod patients;
mod platform;
pub mod prefs;
mod root;
mod shell;
pub mod state;
pub mod text;

pub use root::App;
pub use shell::shell;

include!(concat!(env!("OUT_DIR"), "/i18n.rs"));
