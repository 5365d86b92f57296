//! What stands between strangers and the storage: challenges, counting of tries, and where a request comes from.

mod challenges;
mod decoy;
mod origin;
mod tries;

pub(crate) use challenges::Challenges;
pub(crate) use decoy::{Decoy, is_usable, verifies};
pub(crate) use origin::{Origin, same_origin};
pub(crate) use tries::{Tried, Tries};
