//! English.

mod happened;
pub(super) mod rejection;
mod remedy;
mod words;

pub(super) use happened::happened;
pub(super) use remedy::remedy;
