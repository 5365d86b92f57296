//! One sealed version of a record: [`header`], [`padding`], [`envelope`] and [`wrap`].

mod envelope;
mod header;
mod padding;
mod wrap;

pub use envelope::{EnvelopeView, Opened, Sealed, open_record, seal_record};
pub use header::Header;
pub use padding::MAX_BODY;
pub use wrap::{WrapView, rewrap};

#[cfg(test)]
mod tests;
