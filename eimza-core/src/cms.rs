//! CMS SignedData (RFC 5652): read without changing a byte, looked at without judging, extended by splicing.
//!
//! [`SignedData`] reads any SignedData in DER or BER, [`decode`] also PEM and base64. [`inspect()`] tells what is inside.
//! Making signatures is the business of [`cades`](crate::cades), judging them that of [`validation`](crate::validation).
//!
#![cfg_attr(feature = "software", doc = "```")]
#![cfg_attr(not(feature = "software"), doc = "```ignore")]
//! # use std::time::Duration;
//! # use eimza_core::crypto::{Curve, KeyType};
//! # use eimza_core::token::software::{Creation, SoftwareToken, TestIssuer, TestPerson, Validity};
//! # use eimza_core::{Clock, Pin, Puk, SystemClock};
//! # let now = SystemClock::new().now();
//! # let year = Duration::from_secs(365 * 24 * 60 * 60);
//! # let validity = Validity { not_before: now.before(year), not_after: now.after(year) };
//! # let person = TestPerson { name: "KİŞİ".into(), national_id: "10000000146".into() };
//! # let keys = vec![TestIssuer::new(validity)?.issue(&person, &KeyType::Ec(Curve::P256), validity)?];
//! # let token = SoftwareToken::in_memory(Creation::new("test", keys, Pin::new("271828")?, Puk::new("31415926")?))?;
//! # use eimza_core::cades::{SigningOptions, sign};
//! # use eimza_core::token::Attempt;
//! # let signer = token.certificates()?.qualified().one()?;
//! # let (pin, options) = (Pin::new("271828")?, SigningOptions::new(now));
//! # let file = sign(&token, &signer, pin, eimza_core::cms::Content::Bytes(b"Merhaba"), &options, Attempt::new())?;
//! use eimza_core::cms::{SignedData, decode, inspect};
//!
//! let octets = decode(&file)?;
//! let signed_data = SignedData::read(&octets)?;
//! assert_eq!(signed_data.content()?.as_deref(), Some(&b"Merhaba"[..]));
//! assert_eq!(inspect(&octets)?.encoding, "DER");
//! # Ok::<(), eimza_core::Error>(())
//! ```

mod all_signers;
mod attribute;
mod content;
mod file;
mod input;
mod inside;
mod inspect;
mod names;
mod read;
mod revocation_info;
mod signer;
mod splice;
mod time_stamp;

pub(crate) use all_signers::AllSigners;
pub use attribute::{Attribute, Attributes};
pub use content::{Content, digest_reader};
pub use file::{digest_file, read_file};
pub use input::decode;
pub(crate) use inside::ContentInside;
pub use inspect::{
    AttributeView, Identifier, ImprintView, Inspection, RevocationView, SignerView, TimeStampView, inspect,
};
pub(crate) use read::ContentInfo;
pub use read::SignedData;
pub(crate) use revocation_info::RevocationInfo;
pub use signer::{Signer, SignerIdentifier};
pub use splice::Additions;
pub use time_stamp::{Accuracy, TimeStampInfo, TimeStampToken};
