//! The simulated cards: by themselves, and driven by other people's programs.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, missing_docs)]

mod files;
mod host;
mod keypad;
mod manners;
mod opensc;
mod pcscd;
mod pins;
mod piv;
mod property;
mod signing;
mod stage;
mod tool;
