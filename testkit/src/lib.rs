//! The test bed: what the tests of every crate and language share.
//!
//! It must not depend on `eimza-core`: it reads and writes files, starts real tokens and asks other people's programs,
//! so that what it says about our bytes is a second opinion.
//!
//! - [`pki`]: certificates, keys and PKCS#12 files of a declared test PKI, committed beside this crate.
//! - [`cms`]: declared CMS files, good, odd and forged, with the right answer for each.
//! - [`status`]: CRLs and OCSP answers, written with [`der`], good and forged.
//! - [`stamp`]: time-stamps of every kind over such files.
//! - [`scenario`]: declared signatures of every level, good ones and such with one fault, made while the tests run.
//! - [`hash`], [`key`]: digests and keys that sign, in this process.
//! - [`component`]: is a program or module there, and what happens to the test when it is not.
//! - [`softhsm()`], [`kryoptic()`], [`opencryptoki`]: real PKCS#11 modules, each with a store of its own; [`Token`] is one of
//!   their tokens.
//! - [`card`]: smart cards that are simulated down to their commands.
//! - [`pcscd`]: the real smart-card service with such cards in its virtual readers, in a private world.
//! - [`piv`]: a PIV card that others wrote, in its first reader.
//! - [`peers`]: other people's programs that sign and verify CMS.
//! - [`pkcs12`]: PKCS#12 files that no program writes.
//! - [`vectors()`]: test vectors that other people publish.
//! - [`run()`] and [`scratch`]: other programs, and folders for what tests write.

// A helper of tests may stop the test at once: that is how it reports.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

mod base64;
pub mod card;
pub mod cms;
mod components;
pub mod der;
mod folders;
pub mod hash;
pub mod key;
pub mod peers;
pub mod piv;
pub mod pkcs12;
pub mod pki;
mod run;
pub mod scenario;

mod kryoptic;
pub mod opencryptoki;
pub mod pcscd;
pub mod quirky;
mod softhsm;
pub mod stamp;
pub mod status;
mod token;
mod vectors;

pub use components::{component, everything_must_be_here};
pub use folders::{project, scratch, testbed};
pub use kryoptic::{Kryoptic, kryoptic};
pub use run::{Outcome, run, run_with_input};
pub use softhsm::{MODULE as SOFTHSM_MODULE, SoftHsm, softhsm};
pub use token::{PIN, SO_PIN, Token};
pub use vectors::vectors;
