//! Consents: shown, read, signed, handed in; and the service that asks for them.

mod check;
mod offer;
mod outcome;
mod receipt;
mod request;
mod service;
mod session;
mod text;

pub(crate) use check::{Acceptance, check_consent};
pub(crate) use offer::Offer;
pub(crate) use outcome::{AlreadyGiven, Application, Issued, NothingToRevoke};
pub(crate) use receipt::Receipt;
pub(crate) use request::{ConsentKind, Person, Request};
pub(crate) use service::EmbeddedService;
pub(crate) use session::{ConsentSession, PreparedConsent, SignedConsent};
pub(crate) use text::{ConsentText, Declaration, Document};
