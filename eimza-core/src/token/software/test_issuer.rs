//! An issuer for tests and demonstrations: its certificates look like qualified ones and are worth nothing.

use std::fmt;
use std::sync::Mutex;

use super::x509::{self, Draft, Validity, extension};
use super::{KeyMaterial, x509::MARK};
use crate::asn1::oid::{self, ObjectIdentifier};
use crate::asn1::{tag, write};
use crate::certificate::{Certificate, NationalId};
use crate::clock::Time;
use crate::crypto::PrivateKey;
use crate::crypto::{Curve, KeyType};
use crate::error::{ArgumentFault, Error, Result};
use crate::shown_text;

/// Issues certificates like those of persons (NES). Its key lives as long as this value.
///
/// Every name begins with `eimza TEST`, and the notice in each certificate says that it has no legal effect.
pub struct TestIssuer {
    pub(super) key: PrivateKey,
    certificate: Certificate,
    /// The serial numbers of revoked certificates, and since when.
    pub(super) revoked: Mutex<Vec<(Vec<u8>, Time)>>,
}

/// Whom a test certificate is for.
#[derive(Clone)]
pub struct TestPerson {
    /// The name; `eimza TEST` is put in front of it.
    pub name: String,
    /// The national id (TCKN), eleven digits.
    pub national_id: String,
}

impl fmt::Debug for TestPerson {
    /// The national id is masked, in the name too.
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (name, national_id) = (shown_text::shown(&self.name), shown_text::shown(&self.national_id));
        formatter.debug_struct("TestPerson").field("name", &name).field("national_id", &national_id).finish()
    }
}

impl TestIssuer {
    /// A fresh issuer with a P-256 key.
    pub fn new(validity: Validity) -> Result<Self> {
        let (key, _) = PrivateKey::generate(&KeyType::Ec(Curve::P256))?;
        let name = x509::test_name("NES ISSUER", None);
        let public_key_info = key.public_key_info();
        let authority = write::sequence(&[&[tag::BOOLEAN, 1, 0xff]]);
        let draft = Draft {
            issuer: &name,
            subject: &name,
            validity,
            public_key_info: &public_key_info,
            extensions: vec![
                extension(&oid::BASIC_CONSTRAINTS, true, &authority),
                x509::key_usage(x509::ISSUING),
                subject_key_identifier(&public_key_info),
            ],
        };
        let certificate = draft.signed_by(&key)?;
        Ok(Self { key, certificate, revoked: Mutex::default() })
    }

    /// The issuer's own certificate.
    pub fn certificate(&self) -> &Certificate {
        &self.certificate
    }

    /// A fresh key and its certificate, with the issuer's as its chain.
    ///
    /// # Errors
    /// [`Error::ArgumentInvalid`] where the national id is none; [`Error::AlgorithmUnsupported`] for other kinds of key
    /// than RSA of 2048, 3072 or 4096 bits and the curves of NIST.
    pub fn issue(&self, person: &TestPerson, key_type: &KeyType, validity: Validity) -> Result<KeyMaterial> {
        if NationalId::parse(&person.national_id).is_none() {
            return Err(Error::ArgumentInvalid { argument: "national_id", reason: ArgumentFault::Not11Digits });
        }
        let (key, pkcs8) = PrivateKey::generate(key_type)?;
        let public_key_info = key.public_key_info();
        let draft = Draft {
            issuer: self.certificate.subject_der(),
            subject: &x509::test_name(&person.name, Some(&person.national_id)),
            validity,
            public_key_info: &public_key_info,
            extensions: vec![
                x509::key_usage(x509::SIGNING),
                subject_key_identifier(&public_key_info),
                self.authority_key_identifier(),
                extension(&oid::CERTIFICATE_POLICIES, false, &policy_with_notice()),
                extension(&oid::QC_STATEMENTS, false, &statements()),
            ],
        };
        let certificate = draft.signed_by(&self.key)?;
        KeyMaterial::new(pkcs8, MARK, vec![certificate, self.certificate.clone()])
    }

    /// RFC 5280 sections 4.2.1.1 and 5.2.1.
    pub(super) fn authority_key_identifier(&self) -> Vec<u8> {
        let key = x509::key_identifier(&self.key.public_key_info());
        let identifier = write::sequence(&[&write::tlv(tag::context_primitive(0), &key)]);
        extension(&oid::AUTHORITY_KEY_IDENTIFIER, false, &identifier)
    }
}

impl std::fmt::Debug for TestIssuer {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.debug_struct("TestIssuer").field("certificate", &self.certificate).finish_non_exhaustive()
    }
}

/// A policy for tests, below RFC 7229's id-TEST.
const TEST_POLICY: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.3.6.1.5.5.7.13.1");
const NOTICE: &str = "TEST: bu sertifika deneme içindir, hiçbir hukuki sonucu yoktur.";
const STATEMENT: &str = "TEST: bu sertifika nitelikli elektronik sertifika biçimindedir, nitelikli değildir.";

fn subject_key_identifier(public_key_info: &[u8]) -> Vec<u8> {
    let identifier = write::octet_string(&x509::key_identifier(public_key_info));
    extension(&oid::SUBJECT_KEY_IDENTIFIER, false, &identifier)
}

/// RFC 5280 section 4.2.1.4.
fn policy_with_notice() -> Vec<u8> {
    let notice = write::sequence(&[&write::utf8_string(NOTICE)]);
    let qualifier = write::sequence(&[&write::oid(&oid::POLICY_USER_NOTICE), &notice]);
    let information = write::sequence(&[&write::oid(&TEST_POLICY), &write::sequence(&[&qualifier])]);
    write::sequence(&[&information])
}

/// RFC 3739 section 3.2.6.
fn statements() -> Vec<u8> {
    let compliance = write::sequence(&[&write::oid(&oid::QC_COMPLIANCE)]);
    let turkish = write::sequence(&[&write::oid(&oid::QC_TURKISH_NES), &write::utf8_string(STATEMENT)]);
    write::sequence(&[&compliance, &turkish])
}
