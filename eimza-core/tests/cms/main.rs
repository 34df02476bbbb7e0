//! CMS files: read as they are, written into without a change elsewhere, and what hostile ones cost.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

mod foreign;
mod hostile;
mod inspect;
mod read;
mod second_parsers;
mod splice;
