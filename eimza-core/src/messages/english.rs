//! English.

mod happened;
mod remedy;

pub(super) use happened::happened;
pub(super) use remedy::remedy;
