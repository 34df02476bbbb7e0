//! Türkçe.

mod excluded;
pub(super) mod facts;
mod happened;
mod remedy;
pub(super) mod verdict;

pub(super) use happened::happened;
pub(super) use remedy::remedy;
