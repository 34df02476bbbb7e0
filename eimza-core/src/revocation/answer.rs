//! Answers: a status, and what and whom it rests on.

use super::status::Status;
use crate::asn1::oid;
use crate::certificate::Certificate;

/// What CRLs say.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CrlAnswer {
    /// The status.
    pub status: Status,
    /// The CRLs that it rests on, by their numbers in what was given.
    pub used: Vec<usize>,
}

/// What an OCSP answer says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OcspAnswer {
    /// The status.
    pub status: Status,
    /// Who signed it; `None` where nobody is known to have signed it who may.
    pub responder: Option<Responder>,
}

/// Who signed an OCSP answer (RFC 6960 section 4.2.2.2).
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Responder {
    /// The issuer of the certificate itself.
    Issuer,
    /// Somebody whom the issuer's same key has appointed. Unless [`Certificate::has_ocsp_no_check`], whoever relies on the
    /// answer has to look at the status of this certificate too.
    Delegate(Certificate),
    /// Somebody whom the caller trusts.
    Trusted(Certificate),
}

impl Certificate {
    /// Whether the issuer says that the status of this responder's certificate need not be asked for (RFC 6960 section
    /// 4.2.2.2.1). A revocation that is known counts all the same.
    pub fn has_ocsp_no_check(&self) -> bool {
        self.extension(&oid::OCSP_NO_CHECK).is_some()
    }
}
