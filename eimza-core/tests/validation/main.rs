//! The verdict: paths, status, time-stamps, references, and the rules over all of them.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

mod counter_signed;
mod long_form;
mod mutations;
mod passed;
mod path;
mod peers;
mod references;
mod revocation;
mod rules;
mod scenarios;
mod stamped;
mod time_stamp;
mod uncomputed;
mod written;
