//! Consents: shown, read, signed, handed in; and the service that asks for them.

mod check;
mod exchange;
mod offer;
mod outcome;
mod python_service;
mod receipt;
mod request;
mod service;
mod session;
mod text;
mod trust;

pub(crate) use check::{Finding, check_consent};
pub(crate) use exchange::{ConsentStatus, Redeemed, Submission};
pub(crate) use offer::Offer;
pub(crate) use outcome::{AlreadyGiven, AlreadyReceived, Application, Issued, NothingToRevoke};
pub(crate) use receipt::{Receipt, ReceiptSigner};
pub(crate) use request::{ConsentKind, Person, Request};
pub(crate) use service::EmbeddedService;
pub(crate) use session::{ConsentSession, PreparedConsent, SignedConsent};
pub(crate) use text::{ConsentText, Declaration, Document};
pub(crate) use trust::Trust;
