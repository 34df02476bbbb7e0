//! CRLs and OCSP answers of other programs and of the test kit, and what they say about certificates of the test PKI.

mod crl_delta;
mod crl_entries;
mod crl_scope;
mod crl_time;
mod ocsp;
mod ocsp_responder;
mod openssl;

use eimza_core::revocation::{Crl, CrlAnswer, Ocsp, Question, Status, StatusPolicy, by_crls};
use eimza_core::{Certificate, Time};
use eimza_testkit::status::CrlDraft;

fn certificate(name: &str) -> Certificate {
    Certificate::from_der(eimza_testkit::pki::certificate(name)).unwrap()
}

fn time(text: &str) -> Time {
    Time::parse(text).unwrap()
}

/// When the usual CRL and the usual answer of the test kit are issued.
fn issued() -> Time {
    time("2026-06-15T12:00:00Z")
}

/// A certificate, its issuer, and when its status is asked for.
struct Asked {
    certificate: Certificate,
    issuer: Certificate,
    at: Time,
    now: Time,
}

impl Asked {
    /// A qualified certificate, an hour after the usual data was issued.
    fn nes() -> Self {
        let at = time("2026-06-15T13:00:00Z");
        Self { certificate: certificate("nes-rsa2048"), issuer: certificate("nes-ca"), at, now: at }
    }

    fn at(self, at: &str, now: &str) -> Self {
        Self { at: time(at), now: time(now), ..self }
    }

    fn question(&self) -> Question<'_> {
        let Self { certificate, issuer, at, now } = self;
        Question { certificate, issuer, at: *at, now: *now, policy: StatusPolicy::default() }
    }

    /// Asks CRLs that the issuer signed.
    fn crls(&self, crls: &[Crl]) -> CrlAnswer {
        by_crls(&self.question(), crls, &|_| Vec::new())
    }

    /// Asks one of them.
    fn crl(&self, crl: &Crl) -> Status {
        self.crls(std::slice::from_ref(crl)).status
    }
}

/// `None` where openssl, which signs for the test kit, is not installed.
fn crl(draft: &CrlDraft) -> Option<Crl> {
    draft.sign().map(|der| Crl::from_der(der).unwrap())
}

fn ocsp(der: Vec<u8>) -> Ocsp {
    Ocsp::from_der(der).unwrap()
}

/// The contents octets of a certificate's serial number.
fn serial(name: &str) -> Vec<u8> {
    eimza_testkit::der::contents(&eimza_testkit::status::serial(name)).to_vec()
}
