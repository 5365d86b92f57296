//! The pages of Ampoule.
pub mod link;
