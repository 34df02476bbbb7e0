//! References to certificates and status data, and their values (RFC 5126 sections 6.2 and 6.3).

use super::certificate::Holder;
use super::evidence::{CRL_NUMBER, Dated, Evidence};
use super::plan::{About, List, ListFault, LongTerm};
use crate::der::{context, integer, octets, sequence};
use crate::hash::Hash;
use crate::stamp::{CERTIFICATE_REFERENCES, CERTIFICATE_VALUES, REVOCATION_REFERENCES, REVOCATION_VALUES, SignedFile};

/// What the four attributes are about: each member's certificate, and what is known of it.
pub(super) struct Path<'a> {
    pub(super) signer: &'a Evidence,
    pub(super) sub_ca: (&'a Holder, &'a Evidence),
    pub(super) root: &'a Holder,
    pub(super) fault: Option<LongTerm>,
}

impl Path<'_> {
    /// complete-certificate-references and complete-revocation-references.
    pub(super) fn add_references(&self, file: &mut SignedFile) {
        let certificates = self.without_missing(List::CertificateReferences, self.certificates());
        let references: Vec<Vec<u8>> =
            certificates.iter().map(|(about, holder)| self.certificate_reference(*about, holder)).collect();
        file.add(CERTIFICATE_REFERENCES, &sequence(&references));
        // One for each certificate, the signer's first; there is no status of a root.
        let of_statuses = self.statuses().map(|(about, evidence)| self.revocation_reference(about, evidence));
        file.add(REVOCATION_REFERENCES, &sequence(&[of_statuses.concat(), sequence(&[])]));
    }

    /// certificate-values and revocation-values.
    pub(super) fn add_values(&self, file: &mut SignedFile) {
        let certificates = self.without_missing(List::CertificateValues, self.certificates());
        let values: Vec<Vec<u8>> = certificates.iter().map(|(_, holder)| holder.certificate.clone()).collect();
        file.add(CERTIFICATE_VALUES, &sequence(&values));
        let statuses = self.without_missing(List::RevocationValues, self.statuses().to_vec());
        let list = |number: u8, one: fn(&Evidence) -> Option<&Dated>| {
            let found: Vec<Vec<u8>> =
                statuses.iter().filter_map(|(_, evidence)| one(evidence)).map(|dated| dated.der.clone()).collect();
            if found.is_empty() { Vec::new() } else { context(number, &sequence(&found)) }
        };
        let crls = list(0, |evidence| evidence.crl.as_ref());
        file.add(REVOCATION_VALUES, &sequence(&[crls, list(1, |evidence| evidence.ocsp.as_ref())]));
    }

    fn certificates(&self) -> Vec<(About, &Holder)> {
        vec![(About::SubCa, self.sub_ca.0), (About::Root, self.root)]
    }

    fn statuses(&self) -> [(About, &Evidence); 2] {
        [(About::Signer, self.signer), (About::SubCa, self.sub_ca.1)]
    }

    fn has(&self, list: List, about: About, fault: ListFault) -> bool {
        self.fault == Some(LongTerm { list, about, fault })
    }

    fn without_missing<T>(&self, list: List, mut all: Vec<(About, T)>) -> Vec<(About, T)> {
        all.retain(|(about, _)| !self.has(list, *about, ListFault::Missing));
        all
    }

    /// `OtherCertID ::= SEQUENCE { otherCertHash, issuerSerial }`.
    fn certificate_reference(&self, about: About, holder: &Holder) -> Vec<u8> {
        let is_wrong = self.has(List::CertificateReferences, about, ListFault::Wrong);
        let issuer = sequence(&[context(4, &holder.issuer)]);
        sequence(&[hash(&holder.certificate, is_wrong), sequence(&[issuer, holder.serial.clone()])])
    }

    /// `CrlOcspRef ::= SEQUENCE { crlids [0], ocspids [1] }`; an empty one where the reference is missing.
    fn revocation_reference(&self, about: About, evidence: &Evidence) -> Vec<u8> {
        const LIST: List = List::RevocationReferences;
        let is_wrong = self.has(LIST, about, ListFault::Wrong);
        if self.has(LIST, about, ListFault::Missing) {
            return sequence(&[]);
        }
        let crl = evidence.crl.as_ref().map(|crl| {
            let identifier = sequence(&[crl.by.clone(), crl.at.utc(), integer(&CRL_NUMBER)]);
            context(0, &sequence(&[sequence(&[sequence(&[hash(&crl.der, is_wrong), identifier])])]))
        });
        let ocsp = evidence.ocsp.as_ref().map(|answer| {
            let identifier = sequence(&[context(1, &answer.by), answer.at.generalized()]);
            context(1, &sequence(&[sequence(&[sequence(&[identifier, hash(&answer.der, is_wrong)])])]))
        });
        sequence(&[crl.unwrap_or_default(), ocsp.unwrap_or_default()])
    }
}

/// `OtherHash`, by SHA-256: of this, or of something else.
fn hash(of: &[u8], is_wrong: bool) -> Vec<u8> {
    let hashed = if is_wrong { b"something else".as_slice() } else { of };
    sequence(&[Hash::Sha256.identifier(), octets(&Hash::Sha256.digest(hashed))])
}
