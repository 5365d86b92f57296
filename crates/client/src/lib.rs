//! The engine of a device.
pub mod failure;
pub mod protocol;
