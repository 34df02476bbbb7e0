//! Revocation: what CRLs (RFC 5280 section 5) and OCSP answers (RFC 6960) say, as data, and what that comes to.
//!
//! [`Crl`] and [`Ocsp`] are read once and shared; each keeps its octets, and remembers by which key its signature has
//! been verified. [`by_crls`] and [`by_ocsp`] answer one [`Question`]: the status of a certificate, at a time, by
//! rules. They know no clock and no anchors: the caller, who builds the paths, says whose data may be used.
//!
//! ```
//! use eimza_core::revocation::StatusData;
//!
//! let mut status = StatusData::new();
//! // What is no CRL is refused, so that nobody takes it for an answer.
//! assert!(status.add_crls(b"no CRL").is_err());
//! ```

mod answer;
mod by_crl;
mod by_ocsp;
mod crl;
mod data;
mod ocsp;
mod point_name;
mod question;
mod reason;
mod scope;
mod serial;
mod signed;
mod source;
mod status;

pub use answer::{CrlAnswer, OcspAnswer, Responder};
pub use by_crl::by_crls;
pub(crate) use by_crl::by_strong_crls;
pub use by_ocsp::by_ocsp;
pub use crl::{Crl, CrlEntry};
pub use data::StatusData;
pub use ocsp::{CertificateStatus, Ocsp, ResponderId, ResponseStatus, SingleResponse};
pub use question::{Question, StatusPolicy};
pub use reason::{ReasonSet, RevocationReason};
pub use source::{GivenStatus, StatusSource, StatusWanted};
pub use status::{Status, Unusable};
