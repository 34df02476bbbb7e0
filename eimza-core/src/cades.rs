//! CAdES signatures: made in three explicit steps, read without changing a byte, verified as mathematics.
//!
//! [`sign()`] is the plain door: a token and a PIN in, a file out. Beneath it, [`prepare`] gives what is to be signed,
//! whoever holds the key signs its digest, [`Prepared::complete`] verifies the value and writes the file. Between the
//! steps a [`State`] can be stored, or carried to another process or language.
//!
//! [`SignedData`] reads any CMS SignedData (RFC 5652), and [`verify()`] checks what can be checked without knowing whom to
//! trust: the verdict over it is the business of validation.

mod attribute;
mod attributes;
mod content;
mod door;
mod everyone;
mod file;
mod input;
mod inspect;
mod names;
mod options;
mod read;
mod sign;
mod signer;
mod state;
mod verify;

pub use attribute::{Attribute, Attributes};
pub use content::{Content, digest_reader};
pub use door::{sign, sign_batch, sign_prepared};
pub use file::{digest_file, read_file};
pub use input::decode;
pub use inspect::{
    AttributeView, Identifier, Inspection, RevocationView, SignerView, TimeStampView, inspect, reveal_inspection,
};
pub use options::{Commitment, ContentHints, ContentReference, Placement, SigningOptions};
pub use read::SignedData;
pub(crate) use read::is_content_info;
pub use sign::{Prepared, prepare};
pub use signer::{Signer, SignerIdentifier};
pub use state::{SealKey, State};
pub use verify::{Check, CheckStatus, Fault, SignerVerification, Verification, verify};
pub(crate) use verify::{ISSUER_SERIAL_DIFFERS, reference_digest};
