//! The test bed: what the tests of every crate and language share.
//!
//! It must not depend on `eimza-core`: it reads and writes files, starts real tokens and asks other people's programs,
//! so that what it says about our bytes is a second opinion.
//!
//! - [`pki`]: certificates, keys and PKCS#12 files of a declared test PKI, committed beside this crate.
//! - [`component`]: is a program or module there, and what happens to the test when it is not.

// A helper of tests may stop the test at once: that is how it reports.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

mod base64;
mod components;
pub mod pki;

pub use components::{component, everything_must_be_here};
