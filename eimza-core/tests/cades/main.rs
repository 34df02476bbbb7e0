//! CAdES signatures: made by every kind of key and token, and carried between processes.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

mod attributes;
mod sign;
mod state;
#[cfg(feature = "pkcs11")]
mod tokens;
