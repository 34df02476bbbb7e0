//! CMS SignedData (RFC 5652): read without changing a byte, looked at without judging, extended by splicing.
//!
//! [`SignedData`] reads any SignedData in DER or BER, [`decode`] also PEM and base64. [`inspect()`] tells what is inside.
//! Making signatures is the business of [`cades`](crate::cades), judging them that of [`validation`](crate::validation).

mod all_signers;
mod attribute;
mod content;
mod file;
mod input;
mod inside;
mod inspect;
mod names;
mod read;
mod signer;
mod time_stamp;

pub(crate) use all_signers::AllSigners;
pub use attribute::{Attribute, Attributes};
pub use content::{Content, digest_reader};
pub use file::{digest_file, read_file};
pub use input::decode;
pub(crate) use inside::ContentInside;
pub use inspect::{
    AttributeView, Identifier, ImprintView, Inspection, RevocationView, SignerView, TimeStampView, inspect,
    reveal_inspection,
};
pub use read::SignedData;
pub(crate) use read::is_content_info;
pub use signer::{Signer, SignerIdentifier};
pub use time_stamp::{Accuracy, TimeStampInfo, TimeStampToken};
