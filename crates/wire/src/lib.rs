//! The HTTP contract between a device and the server of its practice.
//!
//! Everything clinical is opaque bytes here: this crate cannot name a plaintext, a key or a password, and it is all
//! that the server knows. Bodies are [postcard](https://postcard.jamesmunns.com/wire-format) except the bulk ones,
//! which are [`frame`]s. Errors are `application/problem+json` with a stable [`Code`].
//!
//! | route | session | body → answer |
//! |---|---|---|
//! | `GET /v1/state` | no | → [`ServerState`] (also the reachability probe) |
//! | `POST /v1/practice` | no, once ever | [`Found`] → [`Registered`], session cookie |
//! | `POST /v1/login/challenge` | no | [`AskChallenge`] → [`Challenge`] |
//! | `POST /v1/login` | no | [`Login`] → [`LoggedIn`], session cookie |
//! | `POST /v1/logout` | yes | → 204 |
//! | `GET /v1/log?after=SEQ` | yes | → [`LogPage`] (entries with seq > SEQ; all from the start with -1) |
//! | `POST /v1/log` | yes | [`AppendLog`] → [`Registered`], or 409 [`Code::NotAtHead`] |
//! | `POST /v1/commits` | device | frame → [`Pushed`] (all or nothing, idempotent by device sequence) |
//! | `GET /v1/commits?after=CURSOR&bytes=N` | device | → frame of the commits after CURSOR, at least one, about N bytes |
//! | `POST /v1/envelopes` | device | [`AskEnvelopes`] → frame (one nameless commit with the items found) |
//! | `GET /v1/events` | device | → server-sent events [`EVENT_NEWS`] and, every [`BEAT_MS`], [`EVENT_BEAT`] |

mod codec;
mod error;
pub mod frame;
mod login;
mod messages;

pub use codec::{Malformed, decode, encode};
pub use error::{Code, Problem};
pub use login::{Action, login_message};
pub use messages::*;

/// Media type of postcard bodies and frames.
pub const CONTENT_TYPE: &str = "application/vnd.ampoule.v1";
/// A page of the practice's stream grows to about this many bytes unless the device asks for another size.
pub const PAGE_BYTES: u32 = 1 << 20;
/// No request body is larger.
pub const MAX_BODY: usize = 16 << 20;
/// Server-sent event: there are new commits or log entries. Data: `CURSOR LOGSEQ` in decimal.
pub const EVENT_NEWS: &str = "news";
/// Server-sent event without data that shows that the server is there.
pub const EVENT_BEAT: &str = "beat";
/// Milliseconds between two beats.
pub const BEAT_MS: u64 = 700;
/// Name of the session cookie (HttpOnly, SameSite=Strict, Path=/v1; Secure when served over TLS).
pub const SESSION_COOKIE: &str = "ampoule_session";
