//! Turkish electronic signatures: tokens, certificates, PIN operations, CAdES signatures and consents.
//!
//! The chapters stand in the order in which data walks through the library: a token holds a certificate, a consent is
//! what is to be signed, a signature is made over it, the signature is validated, a receipt comes out.
//!
//! # The paved path
//!
//! Opens a token, signs a text, validates the signature. It is a whole program: with this line in `Cargo.toml` it runs.
//!
//! ```toml
//! eimza-core = { path = "../eimza/eimza-core" }
//! ```
//!
//! The token lives in memory here, so that no card is needed. A card takes the same steps: only the first one is then
//! [`token::open`] with its address.
//!
#![cfg_attr(feature = "software", doc = "```")]
#![cfg_attr(not(feature = "software"), doc = "```ignore")]
//! use std::time::Duration;
//!
//! use eimza_core::cades::{self, SigningOptions};
//! use eimza_core::cms::Content;
//! use eimza_core::crypto::{Curve, KeyType};
//! use eimza_core::revocation::StatusData;
//! use eimza_core::token::Attempt;
//! use eimza_core::token::software::{Creation, SoftwareToken, TestIssuer, TestPerson, Validity};
//! use eimza_core::validation::{Anchors, Indication, TrustedFor};
//! use eimza_core::{Clock, Language, Pin, Puk, Result, SystemClock, Token, Validation};
//!
//! fn main() -> Result<()> {
//!     let now = SystemClock::new().now();
//!     let day = Duration::from_secs(24 * 60 * 60);
//!     let validity = Validity { not_before: now.before(day), not_after: now.after(365 * day) };
//!     let issuer = TestIssuer::new(validity)?;
//!     let token = test_token(&issuer, validity)?;
//!
//!     let signer = token.certificates()?.qualified().for_signing().valid_at(now).one()?;
//!     let content = Content::Bytes("Merhaba".as_bytes());
//!     let pin = Pin::new("271828")?;
//!     let file = cades::sign(&token, &signer, pin, content, &SigningOptions::new(now), Attempt::new())?;
//!
//!     // The whole verdict, and what it means: the issuer is trusted, and its list says that nothing was revoked.
//!     let anchors = Anchors::new().trust(issuer.certificate().clone(), TrustedFor::Signers);
//!     let mut status = StatusData::new();
//!     status.add_crls(issuer.crl(validity)?.der())?;
//!     let report = Validation::new(now, &anchors).status(&status).of(&file)?;
//!     assert_eq!(report.indication, Indication::TotalPassed);
//!     println!("{}: {}", report.indication, report.sentence(Language::English).happened);
//!     Ok(())
//! }
//!
//! fn test_token(issuer: &TestIssuer, validity: Validity) -> Result<Token> {
//!     let person = TestPerson { name: "KİŞİ".into(), national_id: "10000000146".into() };
//!     let key = issuer.issue(&person, &KeyType::Ec(Curve::P256), validity)?;
//!     SoftwareToken::in_memory(Creation::new("test", vec![key], Pin::new("271828")?, Puk::new("31415926")?))
//! }
//! ```
//!
//! # The E-Onay
//!
//! A portal issues a code. The application opens a session with it, shows every text, and signs what was seen. The
//! service here lives in memory; an application has its own way to a service, which implements
//! [`ConsentService`](consent::ConsentService).
//!
#![cfg_attr(feature = "software", doc = "```")]
#![cfg_attr(not(feature = "software"), doc = "```ignore")]
//! use std::sync::Arc;
//! use std::time::Duration;
//!
//! use eimza_core::consent::{
//!     ConsentPortal, EmbeddedService, Kind, Offer, Person, Purpose, ReceiptSigner, Settings, Started, Trust,
//! };
//! use eimza_core::crypto::{Curve, KeyType};
//! use eimza_core::token::Attempt;
//! use eimza_core::token::software::{Creation, KeyMaterial, SoftwareToken, TestIssuer, TestPerson, Validity};
//! use eimza_core::{Clock, ConsentSession, Pin, Puk, SystemClock};
//!
//! fn main() -> std::result::Result<(), Box<dyn std::error::Error>> {
//!     let clock = Arc::new(SystemClock::new());
//!     let day = Duration::from_secs(24 * 60 * 60);
//!     let validity = Validity { not_before: clock.now().before(day), not_after: clock.now().after(365 * day) };
//!     let key_type = KeyType::Ec(Curve::P256);
//!     let issuer = Arc::new(TestIssuer::new(validity)?);
//!     let person = TestPerson { name: "KİŞİ".into(), national_id: "10000000146".into() };
//!     let keys = vec![issuer.issue(&person, &key_type, validity)?];
//!     let token = SoftwareToken::in_memory(Creation::new("test", keys, Pin::new("271828")?, Puk::new("31415926")?))?;
//!
//!     // The service trusts one issuer, asks it for status data, and seals its receipts.
//!     let seal = ReceiptSigner::new(KeyMaterial::self_signed(&key_type, "SERVICE", validity)?)?;
//!     let settings = Settings {
//!         offers: vec![Offer::e_onay(Vec::new())?],
//!         trust: Trust::in_anchors([issuer.certificate().clone()]),
//!         status: issuer.clone(),
//!         ..Settings::new("example", Arc::new(seal))
//!     };
//!     let service = Arc::new(EmbeddedService::new(settings, clock.clone()));
//!
//!     // The portal: the person is logged in there, and sees a code.
//!     let person = Person { national_id: "10000000146".into(), name: "TEST KİŞİ".into() };
//!     let Started::Issued(issued) = service.start(&person, &Kind::e_onay(), Purpose::Consent)? else {
//!         return Err("an E-Onay stands already".into());
//!     };
//!
//!     // The application: what is shown is what is signed.
//!     let session = ConsentSession::open(service.clone(), issued.code, clock)?;
//!     for text in 0..session.texts().len() {
//!         println!("{}", session.show(text)?.body());
//!         session.read(text)?;
//!     }
//!     for declaration in 0..session.request().declarations.len() {
//!         session.tick(declaration, true)?;
//!     }
//!     let signer = token.certificates()?.qualified().for_signing().valid_at(session.now()).one()?;
//!     let signed = session.sign(&token, &signer, Pin::new("271828")?, Attempt::new())?;
//!
//!     // Accepted means TOTAL-PASSED by the service's own anchors, clock and status data.
//!     let receipt = session.submit(&signed)?;
//!     assert!(receipt.is_accepted());
//!     println!("{}", receipt.display()?);
//!     Ok(())
//! }
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
//! # Features
//!
//! All are on by default. A server that only checks signatures and consents needs none:
//! `eimza-core = { …, default-features = false }`.
//!
//! - `pkcs11`: cards and other tokens behind PKCS#11 modules (`token::pkcs11`).
//! - `smartcard`: cards in readers, through PC/SC (`token::smartcard`).
//! - `software`: keys in a file or in memory, PKCS#12 (`token::software`), and receipts that are sealed with such a key
//!   (`consent::ReceiptSigner`).
//!
//! # Portability
//!
//! Built and tested on Linux x86_64 (Debian 12). Paths of PKCS#11 modules are known for other systems too, but nothing
//! has been built or tested there yet.

#![cfg_attr(docsrs, feature(doc_cfg))]
#![forbid(unsafe_code)]

// foundations
mod time;

pub mod error;

mod clock;
mod hex;
pub mod shown_text;
mod toml_page;

mod asn1;
pub mod crypto;
mod personal;
mod secret;

// 1: who signs
pub mod certificate;
pub mod revocation;

// 2: where the key lives
pub mod token;

// 3: the signature: read, make
pub mod cms;

pub mod cades;

// 4: the verdict
pub mod validation;

// 5: the two flows of the guide
pub mod consent;

// what people read of it all
pub mod messages;

#[cfg(test)]
mod layers;

pub use certificate::Certificate;
pub use clock::{Calendar, Clock, SettableClock, SystemClock, Time};
pub use consent::ConsentSession;
pub use error::{CODES, CardOperation, Cause, Error, Result};
pub use messages::Language;
pub use personal::Personal;
pub use secret::{
    ConfirmationCode, Password, Pin, PinEntry, Puk, SECRET_LIMIT, SecretKind, UNUSUAL_PIN_LIMIT, VerificationCode,
};
pub use token::Token;
pub use validation::Validation;

/// Documents of the project, to be read here too.
#[cfg(all(doc, not(doctest)))]
pub mod _documentation {
    #[doc = include_str!("../ARCHITECTURE.md")]
    pub mod architecture {}

    // Its headings look like links to items.
    #[allow(rustdoc::broken_intra_doc_links)]
    #[doc = include_str!("../CHANGELOG.md")]
    pub mod changelog {}
}
