//! Consents: what a person was shown, read and signed, bound together so that nothing of it can be exchanged.
//!
//! The walk, for a consent and for its revocation alike:
//!
//! 1. A portal, where the person is logged in, [starts](ConsentPortal::start) and shows a verification code.
//! 2. The application [opens a session](ConsentSession::open) with the code and gets the [`Request`]: the texts, what is
//!    demanded, and until when.
//! 3. Each text is shown and read; each declaration is ticked.
//! 4. The person picks a certificate and enters the PIN once; every text is signed. What is signed besides the text is a
//!    [`Record`] of all that went before: its digest stands in each signature as content-identifier.
//! 5. The service [checks](check()) what arrives, by its own copy of the request, and answers with a sealed [`Receipt`].
//!
//! # What the receiving side decides
//!
//! A service accepts what is TOTAL-PASSED under its own [`Trust`], clock and status data, and nothing else. It gets status
//! data from a [`StatusSource`](crate::revocation::StatusSource), which it asks only when everything else holds. Every
//! verdict of EN 319 102-1 leads to one of three ends:
//!
//! | verdict over a signature | end |
//! | --- | --- |
//! | TOTAL-PASSED | accepted |
//! | INDETERMINATE, and only status data is missing, which can come: none is there, or it is too old, cannot be used, does not know the certificate or has it on hold; or the grace period is open (TRY_LATER) | [received](ConsentStatus::Received) |
//! | REVOKED, REVOKED_NO_POE, REVOKED_CA_NO_POE | rejected: `revoked` |
//! | NO_CERTIFICATE_CHAIN_FOUND, CERTIFICATE_CHAIN_GENERAL_FAILURE, a path that breaks a rule, is out of its validity or too weak | rejected: `issuer` |
//! | CHAIN_CONSTRAINTS_FAILURE by the signer's own certificate | rejected: `certificate` |
//! | TIMESTAMP_ORDER_FAILURE | rejected: `signing-time` |
//! | everything else, TOTAL-FAILED among it | rejected: `signature` |
//!
//! What was received is judged again by [`ConsentPortal::judge_again`], also after a restart. The arrival proves the time of
//! the signatures, so that a certificate may end meanwhile; a revocation that becomes known until then counts, whenever it
//! was, for nothing has taken effect yet. An application that rests on a received consent
//! [waits with it](ApplicationState::AwaitsVerdict).
//!
//! E-Onay is the first [`Kind`]; applications bring their own.
//!
//! A text shows exactly what is signed:
//!
//! ```
//! use eimza_core::consent::ConsentText;
//!
//! let text = ConsentText::new("Onay", "E-Onay veriyorum.")?;
//! assert_eq!(text.body(), "E-Onay veriyorum.");
//! // A character that could hide something is refused.
//! assert!(ConsentText::new("Onay", "E-Onay \u{202e}veriyorum.").is_err());
//! # Ok::<(), eimza_core::Error>(())
//! ```
//!
//! A whole E-Onay is on the [first page](crate#the-e-onay).

/// The page on the binding, as it stands in `docs/binding.md`.
#[cfg(doc)]
#[doc = include_str!("../docs/binding.md")]
pub mod binding {}

mod application;
mod canonical;
mod check;
mod e_onay;
mod form;
mod portal;
mod receipt;
mod record;
mod request;
mod service;
mod session;
mod store;
mod text;
mod trust;
mod wire;

pub use crate::error::{Rejected, Rejection};
pub use application::{Application, ApplicationState, ConsentBasis};
pub use check::{Arrival, Finding, Missing, Verdict, check};
pub use portal::{Caller, EmbeddedService, Offer, Portal, Settings};
#[cfg(feature = "software")]
pub use receipt::ReceiptSigner;
pub use receipt::{Moment, Receipt, RevocationNote, Seal, Way};
pub use record::{Moments, Record};
pub use request::{Declaration, Document, Kind, Person, Purpose, Request, Revoked, RevokedSignature, TextSummary};
pub use service::{ConsentPortal, ConsentService, ConsentStatus, Issued, Redeemed, Started, Submission};
pub use session::{ConsentSession, PreparedConsent, SessionState, SignedConsent};
pub use store::{Accepted, CodeDigest, Commit, ConsentStore, MemoryStore, Received, Session, Stage, Standing};
pub use text::ConsentText;
pub use trust::Trust;
