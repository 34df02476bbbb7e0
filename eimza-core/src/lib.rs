//! Turkish electronic signatures: tokens, certificates, PIN operations, CAdES signatures and consents.
//!
//! The chapters stand in the order in which data walks through the library: a token holds a certificate, a consent is
//! what is to be signed, a signature is made over it, the signature is validated, a receipt comes out.
//!
//! # The paved path
//!
//! Opens a software token in memory and chooses the certificate and signs a text. A card takes the same
//! steps: only the first one is then [`token::open`] with its address. A whole E-Onay, with session and receipt, is
//! the example program `give_e_onay`.
//!
//! ```
//! use std::time::Duration;
//!
//! use eimza_core::cades::{self, SigningOptions};
//! use eimza_core::cms::Content;
//! use eimza_core::crypto::{Curve, KeyType};
//! use eimza_core::token::Attempt;
//! use eimza_core::token::software::{Creation, SoftwareToken, TestIssuer, TestPerson, Validity};
//! use eimza_core::{Clock, Pin, Puk, SystemClock};
//!
//! # fn main() -> eimza_core::Result<()> {
//! # let (now, key) = (SystemClock::new().now(), KeyType::Ec(Curve::P256));
//! # let year = Duration::from_secs(365 * 24 * 60 * 60);
//! # let validity = Validity { not_before: now.before(year), not_after: now.after(year) };
//! # let person = TestPerson { name: "KİŞİ".into(), national_id: "10000000146".into() };
//! # let keys = vec![TestIssuer::new(validity)?.issue(&person, &key, validity)?];
//! let creation = Creation::new("example", keys, Pin::new("271828")?, Puk::new("31415926")?);
//! let token = SoftwareToken::in_memory(creation)?;
//! let signer = token.certificates()?.qualified().for_signing().valid_at(now).one()?;
//!
//! let content = Content::Bytes("E-Onay veriyorum.".as_bytes());
//! let prepared = cades::prepare(content, &signer.certificate, &SigningOptions::new(now))?;
//! let request = eimza_core::token::SignRequest { algorithm: prepared.algorithm(), digest: prepared.digest() };
//! let values = token.sign_batch(&signer, vec![request], Pin::new("271828")?, Attempt::new())?;
//! let signature = prepared.complete(&values[0])?;
//! # assert!(!signature.is_empty());
//! # Ok(())
//! # }
//! ```
//!
//! # PIN safety
//!
//! A [`Pin`] is moved in, serves for one operation, and is wiped. Nothing is tried again behind the caller's back. A PIN
//! that may meet its last try stays off the token until the caller's [`token::Attempt`] permits it; a refusal or a lost
//! answer ends the operation. A verification code that is entered as a PIN never reaches the token.
//!
//! # Threads and cancelling
//!
//! A call that may block takes a cancellation through its attempt; it then runs on a thread of its own. Whoever cancels
//! while a PIN is on its way gets [`Error::PinAnswerLost`]: the try may have counted.
//!
//! # Portability
//!
//! Built and tested on Linux x86_64 (Debian 12). Paths of PKCS#11 modules are known for other systems too, but nothing
//! has been built or tested there yet.

#![forbid(unsafe_code)]

// foundations
mod asn1;
mod clock;
pub mod crypto;
mod error;
mod hex;
mod hidden;
pub mod messages;
mod secret;

// 1: who signs
pub mod certificate;
pub mod revocation;

// 2: where the key lives
pub mod token;

// 3: the signature
pub mod cades;
pub mod cms;

// 4: the verdict
pub mod validation;

// 5: the two flows of the guide
pub mod consent;

pub use certificate::Certificate;
pub use clock::{Calendar, Clock, SettableClock, SystemClock, Time};
pub use error::{CODES, Cause, Error, Result};
pub use messages::Language;
pub use secret::{
    ConfirmationCode, Password, Pin, PinEntry, Puk, SECRET_LIMIT, SecretKind, UNUSUAL_PIN_LIMIT, VerificationCode,
};
