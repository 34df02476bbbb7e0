//! Consents: shown, read, signed, handed in; and the service that asks for them.

mod check;
mod receipt;
mod request;
mod service;
mod session;

pub(crate) use check::{Acceptance, check_consent};
pub(crate) use receipt::Receipt;
pub(crate) use request::{ConsentKind, ConsentText, Declaration, Document, Person, Request};
pub(crate) use service::{AlreadyGiven, Application, EmbeddedService, Issued, NothingToRevoke, Offer};
pub(crate) use session::{ConsentSession, PreparedConsent, SignedConsent};
