//! Türkçe.

mod happened;
mod remedy;
mod words;

pub(super) use happened::happened;
pub(super) use remedy::remedy;
