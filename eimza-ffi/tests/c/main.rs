//! The C and C++ faces as their users have them: installed into a prefix, found by pkg-config and CMake, run.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, missing_docs)]

mod contract;
mod examples;
mod installed;
mod keypad;
