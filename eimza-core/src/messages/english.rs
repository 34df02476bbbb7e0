//! English.

mod happened;
pub(super) mod rejection;
mod remedy;
pub(super) mod verdict;
pub(super) mod words;

pub(super) use happened::happened;
pub(super) use remedy::remedy;
