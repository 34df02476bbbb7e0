//! CAdES signatures, made in three explicit steps.
//!
//! [`sign()`] is the simple way: a token and a PIN in, a file out. Beneath it, [`prepare`] gives what is to be signed,
//! whoever holds the key signs its digest, [`Prepared::complete`] verifies the value and writes the file. Between the
//! steps a [`State`] can be stored, or carried to another process or language.
//!
//! Files are read by [`cms`](crate::cms) and judged by [`validation`](crate::validation).

mod attributes;
mod options;
mod sign;
mod simple;
mod state;

pub use options::{Commitment, ContentHints, ContentReference, Placement, SigningOptions};
pub use sign::{Prepared, prepare};
pub use simple::{sign, sign_batch, sign_prepared};
pub use state::{State, StateKey};
