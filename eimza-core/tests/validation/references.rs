//! References and values of a signature, and what a verdict rests on: nothing may be missing, nothing may be another's.

use eimza_core::Certificate;
use eimza_core::cms::SignedData;
use eimza_core::revocation::{Crl, Ocsp};
use eimza_core::validation::{
    CertificateReference, Needed, ReferenceFault, RevocationReferences, check_references, revocation_values,
};
use eimza_testkit::der::{extension, integer, sequence};
use eimza_testkit::stamp::SignedFile;
use eimza_testkit::status::{CrlDraft, GOOD, OcspDraft, single};
use eimza_testkit::{cms, pki};

use crate::written::{Attributes, certificate_reference, crl_reference, ocsp_reference};

const PATH: [&str; 2] = ["nes-ca", "root"];

/// What the verdict rests on: two authorities, a CRL, an OCSP answer.
pub(crate) struct Material {
    certificates: Vec<Certificate>,
    pub(crate) crl: Vec<u8>,
    pub(crate) basic: Vec<u8>,
}

impl Material {
    pub(crate) fn new() -> Option<Self> {
        let certificates = PATH.iter().map(|name| Certificate::from_der(pki::certificate(name)).unwrap()).collect();
        let extensions = vec![extension("2.5.29.20", false, &integer(&[5]))];
        let crl = CrlDraft { extensions, ..CrlDraft::new("root") }.sign()?;
        let about = single(("nes-rsa2048", "nes-ca"), "sha1", GOOD, "20260615120000Z", None, &[])?;
        let basic = OcspDraft::new("ocsp-nes-ca", about).sign_basic()?;
        Some(Self { certificates, crl, basic })
    }

    fn check(&self, file: &SignedFile) -> Result<(), ReferenceFault> {
        let crls = [Crl::from_der(self.crl.clone()).unwrap()];
        let ocsps = [Ocsp::from_der(self.basic.clone()).unwrap()];
        let needed = Needed { certificates: &self.certificates, crls: &crls, ocsps: &ocsps };
        let der = file.der();
        check_references(&SignedData::read(&der).unwrap().signers()[0], &needed)
    }
}

impl Attributes {
    pub(crate) fn of(material: &Material) -> Self {
        Self {
            certificate_references: vec![
                certificate_reference("nes-ca", "root", false),
                certificate_reference("root", "root", true),
            ],
            revocation_references: vec![
                ocsp_reference(&material.basic, "ocsp-nes-ca", "20260615120000Z"),
                crl_reference("root", &material.crl, "20260615120000Z", Some(5)),
                sequence(&[]),
            ],
            certificates: PATH.iter().map(|name| pki::certificate(name)).collect(),
            crls: vec![material.crl.clone()],
            ocsps: vec![material.basic.clone()],
        }
    }

    pub(crate) fn file(&self) -> SignedFile {
        let mut file = SignedFile::read(&cms::find("attached-rsa2048").signature);
        self.add_to(&mut file);
        file
    }
}

/// Checks the four attributes after a change to them.
fn changed(change: impl FnOnce(&mut Attributes, &Material)) -> Option<Result<(), ReferenceFault>> {
    let material = Material::new()?;
    let mut attributes = Attributes::of(&material);
    change(&mut attributes, &material);
    Some(material.check(&attributes.file()))
}

fn fault(change: impl FnOnce(&mut Attributes, &Material)) -> Option<ReferenceFault> {
    changed(change).map(|checked| checked.unwrap_err())
}

#[test]
fn whole_and_right_passes() {
    let Some(checked) = changed(|_, _| {}) else { return };
    assert_eq!(checked, Ok(()));
    // Values beyond the needed ones do no harm.
    assert_eq!(changed(|attributes, _| attributes.certificates.push(pki::certificate("tsa"))), Some(Ok(())));
}

#[test]
fn every_missing_part_is_named() {
    let certificate_reference = |place| fault(move |all, _| drop(all.certificate_references.remove(place)));
    let Some(found) = certificate_reference(0) else { return };
    assert_eq!(found, ReferenceFault::CertificateReferenceMissing);
    assert_eq!(certificate_reference(1), Some(ReferenceFault::CertificateReferenceMissing));
    let certificate = fault(|all, _| drop(all.certificates.remove(1)));
    assert_eq!(certificate, Some(ReferenceFault::CertificateValueMissing));
    for place in [0, 1] {
        let revocation = fault(|all, _| drop(all.revocation_references.remove(place)));
        assert_eq!(revocation, Some(ReferenceFault::RevocationReferenceMissing));
    }
    assert_eq!(fault(|all, _| all.crls.clear()), Some(ReferenceFault::RevocationValueMissing));
    assert_eq!(fault(|all, _| all.ocsps.clear()), Some(ReferenceFault::RevocationValueMissing));
}

#[test]
fn wrong_references_are_as_good_as_missing() {
    let wrong = |change: fn(&mut Attributes, &Material)| fault(change);
    let Some(other_issuer) = wrong(|attributes, _| {
        attributes.certificate_references[0] = certificate_reference("nes-ca", "other-ca", false);
    }) else {
        return;
    };
    assert_eq!(other_issuer, ReferenceFault::CertificateReferenceMissing);
    let missing = Some(ReferenceFault::RevocationReferenceMissing);
    let other_time = |attributes: &mut Attributes, material: &Material| {
        attributes.revocation_references[1] = crl_reference("root", &material.crl, "20260615120001Z", Some(5));
    };
    let other_number = |attributes: &mut Attributes, material: &Material| {
        attributes.revocation_references[1] = crl_reference("root", &material.crl, "20260615120000Z", Some(6));
    };
    let other_hash = |attributes: &mut Attributes, _: &Material| {
        attributes.revocation_references[0] = ocsp_reference(b"other", "ocsp-nes-ca", "20260615120000Z");
    };
    let other_responder = |attributes: &mut Attributes, material: &Material| {
        attributes.revocation_references[0] = ocsp_reference(&material.basic, "root", "20260615120000Z");
    };
    assert_eq!(fault(other_time), missing);
    assert_eq!(fault(other_number), missing);
    assert_eq!(fault(other_hash), missing);
    assert_eq!(fault(other_responder), missing);
}

#[test]
fn a_reference_without_its_value_does_not_pass() {
    let Some(certificate) = fault(|attributes, _| {
        attributes.certificate_references.push(certificate_reference("tsa", "root", false));
    }) else {
        return;
    };
    assert_eq!(certificate, ReferenceFault::CertificateReferenceUnmatched);
    let other_crl = |attributes: &mut Attributes, _: &Material| {
        attributes.revocation_references.push(crl_reference("root", b"other", "20260615120000Z", Some(5)));
    };
    assert_eq!(fault(other_crl), Some(ReferenceFault::RevocationReferenceUnmatched));
}

#[test]
fn attributes_are_there_once() {
    let Some(material) = Material::new() else { return };
    let whole = Attributes::of(&material).file();
    for place in 1..=4 {
        let mut without = whole.clone();
        let at = without.unsigned.len() - place;
        without.unsigned.remove(at);
        assert_eq!(material.check(&without), Err(ReferenceFault::AttributeMissing));
        let mut twice = whole.clone();
        let again = twice.unsigned[at].clone();
        twice.unsigned.push(again);
        assert_eq!(material.check(&twice), Err(ReferenceFault::Malformed));
    }
}

#[test]
fn what_is_referred_to_can_be_asked() {
    let Some(material) = Material::new() else { return };
    let der = Attributes::of(&material).file().der();
    let signed_data = SignedData::read(&der).unwrap();
    let signer = &signed_data.signers()[0];
    let certificates = CertificateReference::all(signer).unwrap().unwrap();
    assert!(certificates[0].names(&material.certificates[0]) && !certificates[0].names(&material.certificates[1]));
    let revocation = RevocationReferences::all(signer).unwrap().unwrap();
    let counts: Vec<_> = revocation.iter().map(|one| (one.crls.len(), one.ocsps.len())).collect();
    assert_eq!(counts, [(0, 1), (1, 0), (0, 0)]);
    let values = revocation_values(signer).unwrap().unwrap();
    assert_eq!((values.crls, values.ocsps), (vec![material.crl.as_slice()], vec![material.basic.as_slice()]));
}

#[test]
fn more_references_than_the_limit_are_refused() {
    let Some(found) = fault(|attributes, _| {
        let one = attributes.certificate_references[0].clone();
        attributes.certificate_references = vec![one; 257];
    }) else {
        return;
    };
    assert_eq!(found, ReferenceFault::Malformed);
}

#[test]
fn what_has_another_form_is_no_reference() {
    const SET: u8 = 0x31;
    let malformed = Some(ReferenceFault::Malformed);
    let Some(found) = fault(|attributes, _| attributes.certificate_references[0][0] = SET) else { return };
    assert_eq!(found, ReferenceFault::Malformed);
    assert_eq!(fault(|attributes, _| attributes.revocation_references[0][0] = SET), malformed);
    let issuer = fault(|attributes, _| {
        let reference = &mut attributes.certificate_references[0];
        let directory_name = reference.iter().rposition(|octet| *octet == 0xa4).unwrap();
        assert_eq!(reference[directory_name + 2], 0x30, "a short Name");
        reference[directory_name + 2] = SET;
    });
    assert_eq!(issuer, Some(ReferenceFault::CertificateReferenceMissing));
    let material = Material::new().unwrap();
    let mut file = Attributes::of(&material).file();
    for attribute in &mut file.unsigned {
        // The value behind the identifier of thirteen octets and three headers.
        let value = attribute.iter().skip(17).position(|octet| *octet == 0x30).unwrap() + 17;
        attribute[value] = SET;
    }
    assert_eq!(material.check(&file), Err(ReferenceFault::Malformed));
}
