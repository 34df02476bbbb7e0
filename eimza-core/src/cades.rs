//! CAdES signatures, made in three explicit steps.
//!
//! [`sign()`] is the simple way: a token and a PIN in, a file out. Beneath it, [`prepare`] gives what is to be signed,
//! whoever holds the key signs its digest, [`Prepared::complete`] verifies the value and writes the file. Between the
//! steps a [`State`] can be stored, or carried to another process or language.
//!
//! Files are read by [`cms`](crate::cms) and judged by [`validation`](crate::validation).
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
//! use eimza_core::cades::{SigningOptions, prepare};
//! use eimza_core::cms::Content;
//! use eimza_core::token::{Attempt, SignRequest};
//!
//! let signer = token.certificates()?.qualified().one()?;
//! let content = Content::Bytes(b"Merhaba");
//! let prepared = prepare(content, &signer.certificate, &SigningOptions::new(now))?;
//! let request = SignRequest { algorithm: prepared.algorithm(), digest: prepared.digest() };
//! let value = token.sign(&signer, request, Pin::new("271828")?, Attempt::new())?;
//! let file = prepared.complete(&value)?;
//! # assert!(!file.is_empty());
//! # Ok::<(), eimza_core::Error>(())
//! ```

mod attributes;
mod options;
mod sign;
mod simple;
mod state;

pub use options::{Commitment, ContentHints, ContentReference, Placement, SigningOptions};
pub use sign::{Prepared, prepare};
pub use simple::{sign, sign_batch, sign_prepared};
pub use state::{State, StateKey};
