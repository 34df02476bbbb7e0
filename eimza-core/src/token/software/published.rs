//! What a test issuer publishes about its certificates: revocation lists and OCSP answers.

use std::sync::PoisonError;
use std::time::Duration;

use super::test_issuer::TestIssuer;
use super::x509::{self, List, Validity, extension};
use crate::asn1::{oid, tag, write};
use crate::certificate::Certificate;
use crate::clock::Time;
use crate::crypto::DigestAlgorithm;
use crate::error::{Error, Result};
use crate::revocation::{Crl, Ocsp, StatusData, StatusSource, StatusWanted};

/// How long a published list and a published answer hold.
const LIST_LIFETIME: Duration = Duration::from_secs(24 * 60 * 60);
const ANSWER_LIFETIME: Duration = Duration::from_secs(60 * 60);

/// How long ago the list that is published was made.
const LIST_AGE: Duration = Duration::from_secs(60 * 60);

/// A revocation list (CRL, RFC 5280 section 5) of a test issuer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TestCrl(Vec<u8>);

impl TestCrl {
    /// The octets in DER.
    pub fn der(&self) -> &[u8] {
        &self.0
    }

    /// The octets in PEM (RFC 7468).
    pub fn to_pem(&self) -> String {
        crate::asn1::pem::encode("X509 CRL", &self.0)
    }
}

/// An OCSP answer (OCSPResponse, RFC 6960 section 4.2.1) of a test issuer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TestOcsp(Vec<u8>);

impl TestOcsp {
    /// The octets in DER.
    pub fn der(&self) -> &[u8] {
        &self.0
    }
}

impl TestIssuer {
    /// Revokes a certificate of this issuer from this time on: lists and answers say so from now on.
    pub fn revoke(&self, certificate: &Certificate, since: Time) {
        let mut revoked = self.revoked.lock().unwrap_or_else(PoisonError::into_inner);
        revoked.push((certificate.serial().to_vec(), since));
    }

    /// The revocation list of this issuer: with it, other people's validators can pass what was signed with a key of
    /// [`TestIssuer::issue`]. It tells how things stand from `validity.not_before` on, and a newer one is due at
    /// `validity.not_after`.
    pub fn crl(&self, validity: Validity) -> Result<TestCrl> {
        let number = write::integer(u64::try_from(validity.not_before.unix()).unwrap_or_default());
        let list = List {
            issuer: self.certificate().subject_der(),
            validity,
            revoked: &self.revoked.lock().unwrap_or_else(PoisonError::into_inner).clone(),
            extensions: vec![self.authority_key_identifier(), extension(&oid::CRL_NUMBER, false, &number)],
        };
        list.signed_by(&self.key).map(TestCrl)
    }

    /// The answer of this issuer to the question for the status of one of its certificates, for the time from
    /// `validity.not_before` to `validity.not_after`.
    ///
    /// # Errors
    /// [`Error::CertificateIssuerUnknown`] for a certificate of somebody else.
    pub fn ocsp(&self, certificate: &Certificate, validity: Validity) -> Result<TestOcsp> {
        if !certificate.is_issued_by(self.certificate())? {
            return Err(Error::CertificateIssuerUnknown);
        }
        let produced_at = generalized(validity.not_before);
        let single = write::sequence(&[
            &self.certificate_id(certificate)?,
            &self.status_of(certificate),
            &produced_at,
            &write::tlv(tag::context(0), &generalized(validity.not_after)),
        ]);
        // ResponseData ::= SEQUENCE { responderID [1] Name, producedAt, responses SEQUENCE OF SingleResponse }
        let responder = write::tlv(tag::context(1), self.certificate().subject_der());
        let data = write::sequence(&[&responder, &produced_at, &write::sequence(&[&single])]);
        let basic = x509::signed(&data, &self.key.usual_algorithm().identifier(), &self.key)?;
        // OCSPResponse ::= SEQUENCE { ENUMERATED (successful), [0] SEQUENCE { id-pkix-ocsp-basic, OCTET STRING } }
        let bytes = write::sequence(&[&write::oid(&oid::OCSP_BASIC), &write::octet_string(&basic)]);
        let successful = write::tlv(tag::ENUMERATED, &[0]);
        Ok(TestOcsp(write::sequence(&[&successful, &write::tlv(tag::context(0), &bytes)])))
    }

    /// `CertID ::= SEQUENCE { hashAlgorithm, issuerNameHash, issuerKeyHash, serialNumber }`.
    fn certificate_id(&self, certificate: &Certificate) -> Result<Vec<u8>> {
        let hash = DigestAlgorithm::Sha256;
        let hashed = |octets: &[u8]| write::octet_string(hash.digest(octets).as_bytes());
        Ok(write::sequence(&[
            &write::sequence(&[&write::oid(&oid::SHA256)]),
            &hashed(self.certificate().subject_der()),
            &hashed(self.certificate().public_key()?.octets),
            &write::tlv(tag::INTEGER, certificate.serial()),
        ]))
    }

    /// `CertStatus ::= CHOICE { good [0] NULL, revoked [1] RevokedInfo, … }`.
    fn status_of(&self, certificate: &Certificate) -> Vec<u8> {
        let revoked = self.revoked.lock().unwrap_or_else(PoisonError::into_inner);
        match revoked.iter().find(|(serial, _)| serial == certificate.serial()) {
            Some((_, since)) => write::tlv(tag::context(1), &generalized(*since)),
            None => write::tlv(tag::context_primitive(0), &[]),
        }
    }
}

/// The issuer publishes in this very process: a list of an hour ago, and answers of now.
impl StatusSource for TestIssuer {
    fn status(&self, wanted: &[StatusWanted<'_>], now: Time) -> StatusData {
        let mut published = StatusData::new();
        let own = wanted.iter().filter(|one| one.issuer == self.certificate());
        for one in own {
            let answer =
                self.ocsp(one.certificate, Validity { not_before: now, not_after: now.after(ANSWER_LIFETIME) });
            published.ocsps.extend(answer.and_then(|answer| Ocsp::from_der(answer.0)));
        }
        if !published.ocsps.is_empty() {
            let list = Validity { not_before: now.before(LIST_AGE), not_after: now.after(LIST_LIFETIME) };
            published.crls.extend(self.crl(list).and_then(|list| Crl::from_der(list.0)));
        }
        published
    }
}

/// GeneralizedTime, in whatever century.
fn generalized(time: Time) -> Vec<u8> {
    let at = time.calendar();
    let (date, clock) = ((at.year, at.month, at.day), (at.hour, at.minute, at.second));
    let text = format!("{:04}{:02}{:02}{:02}{:02}{:02}Z", date.0, date.1, date.2, clock.0, clock.1, clock.2);
    write::tlv(tag::GENERALIZED_TIME, text.as_bytes())
}
