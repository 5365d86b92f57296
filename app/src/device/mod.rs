//! This device: what is on it, what waits, what it may do without its server; and what leaves it.

mod actions;
mod facts;
mod kit;
mod offline;
mod page;

pub use page::DevicePage;
