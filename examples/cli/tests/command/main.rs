//! The command as scripts see it: exit codes, JSON, what is written and what is not.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, missing_docs)]

mod cards;
mod certificate;
mod content;
mod demo;
mod eimza;
mod key_pins;
mod modules;
mod pin;
mod sign;
mod software;
mod turkish;
mod usage;
mod validate;

mod terminal;
