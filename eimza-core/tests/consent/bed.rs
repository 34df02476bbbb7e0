//! A service and persons for the tests of consents. Keys lie in files and aws-lc-rs signs with them: what is tested is
//! the consent, and a value may come from anywhere.

pub(crate) mod forger;

use std::sync::Arc;
use std::time::Duration;

use aws_lc_rs::signature::{ECDSA_P256_SHA256_ASN1_SIGNING, EcdsaKeyPair, RSA_PKCS1_SHA256, RsaKeyPair};
use eimza_core::consent::{
    ConsentPortal, ConsentSession, Document, EmbeddedService, Issued, Kind, Offer, Person, PreparedConsent, Purpose,
    Seal, Settings, SignedConsent, Started,
};
use eimza_core::crypto::DigestAlgorithm;
use eimza_core::token::SignRequest;
use eimza_core::{Certificate, Clock, Error, Result, SettableClock, Time, VerificationCode};
use eimza_testkit::pki;

pub(crate) struct Bed {
    pub(crate) clock: Arc<SettableClock>,
    pub(crate) service: Arc<EmbeddedService>,
}

/// A key of the test PKI, on P-256 or RSA.
pub(crate) struct FileKey {
    pub(crate) certificate: Certificate,
    pair: Pair,
}

enum Pair {
    Ec(EcdsaKeyPair),
    Rsa(RsaKeyPair),
}

impl FileKey {
    pub(crate) fn of(name: &str) -> Self {
        let key = pki::private_key_der(name);
        let pair = match EcdsaKeyPair::from_pkcs8(&ECDSA_P256_SHA256_ASN1_SIGNING, &key) {
            Ok(pair) => Pair::Ec(pair),
            Err(_) => Pair::Rsa(RsaKeyPair::from_pkcs8(&key).unwrap()),
        };
        Self { certificate: certificate_named(name), pair }
    }

    pub(crate) fn sign_all(&self, prepared: &PreparedConsent) -> Vec<Vec<u8>> {
        prepared.requests().iter().map(|request| self.sign(request).unwrap()).collect()
    }
}

impl Seal for FileKey {
    fn certificate(&self) -> &Certificate {
        &self.certificate
    }

    fn sign(&self, request: &SignRequest) -> Result<Vec<u8>> {
        assert_eq!(request.digest.algorithm(), DigestAlgorithm::Sha256);
        let octets = request.digest.as_bytes();
        let digest = aws_lc_rs::digest::Digest::import_less_safe(octets, &aws_lc_rs::digest::SHA256).unwrap();
        Ok(match &self.pair {
            Pair::Ec(pair) => pair.sign_digest(&digest).unwrap().as_ref().to_vec(),
            Pair::Rsa(pair) => {
                let mut value = vec![0; pair.public_modulus_len()];
                pair.sign_digest(&RSA_PKCS1_SHA256, &digest, &mut value).unwrap();
                value
            }
        })
    }
}

pub(crate) fn certificate_named(name: &str) -> Certificate {
    Certificate::from_der(pki::certificate(name)).unwrap()
}

pub(crate) fn person() -> Person {
    Person { national_id: "10000000146".into(), name: "TEST KİŞİ".into() }
}

pub(crate) fn e_onay() -> Offer {
    let form = b"Basvuru formu, surum 1";
    let document = Document {
        name: "Başvuru Formu".into(),
        version: "1".into(),
        sha256: DigestAlgorithm::Sha256.digest(form).to_hex(),
        address: "https://portal.example/form-1.pdf".into(),
    };
    Offer::e_onay(vec![document]).unwrap()
}

impl Bed {
    pub(crate) fn new() -> Self {
        Self::offering(vec![e_onay()])
    }

    pub(crate) fn offering(offers: Vec<Offer>) -> Self {
        Self::with(offers, Arc::new(FileKey::of("seal")))
    }

    pub(crate) fn sealed_by(seal: Arc<dyn Seal>) -> Self {
        Self::with(vec![e_onay()], seal)
    }

    fn with(offers: Vec<Offer>, seal: Arc<dyn Seal>) -> Self {
        let clock = Arc::new(SettableClock::new(Time::parse("2026-06-15T12:00:00Z").unwrap()));
        let settings = Settings {
            offers,
            issuers: vec![certificate_named("nes-ca"), certificate_named("nes-ca-p384")],
            ..Settings::new("Test Portalı", seal)
        };
        let service = Arc::new(EmbeddedService::new(settings, clock.clone()));
        Self { clock, service }
    }

    pub(crate) fn pass(&self, seconds: u64) {
        self.clock.advance(Duration::from_secs(seconds));
    }

    pub(crate) fn issue(&self, purpose: Purpose) -> Issued {
        match self.service.start(&person(), &Kind::e_onay(), purpose).unwrap() {
            Started::Issued(issued) => issued,
            other => panic!("{other:?}"),
        }
    }

    pub(crate) fn open(&self) -> ConsentSession {
        ConsentSession::open(self.service.clone(), self.issue(Purpose::Consent).code, self.clock.clone()).unwrap()
    }

    pub(crate) fn open_revocation(&self) -> ConsentSession {
        let code = self.issue(Purpose::Revocation).code;
        ConsentSession::open_revocation(self.service.clone(), code, self.clock.clone()).unwrap()
    }

    /// Shows, reads and ticks everything, seconds apart.
    pub(crate) fn read_all(&self, session: &ConsentSession) {
        for text in 0..session.texts().len() {
            self.pass(1);
            session.show(text).unwrap();
            self.pass(10);
            session.read(text).unwrap();
        }
        for declaration in 0..session.request().declarations.len() {
            session.tick(declaration, true).unwrap();
        }
    }

    /// Everything up to the signatures.
    pub(crate) fn sign(&self, session: &ConsentSession, key: &FileKey) -> SignedConsent {
        self.read_all(session);
        self.pass(5);
        let prepared = session.prepare(&key.certificate).unwrap();
        let values = key.sign_all(&prepared);
        session.complete(prepared, &values).unwrap()
    }
}

/// The stable name of the error that is expected.
pub(crate) fn name<T: std::fmt::Debug>(result: Result<T>) -> &'static str {
    result.unwrap_err().name()
}

/// The reason of a rejection.
pub(crate) fn reason<T: std::fmt::Debug>(result: Result<T>) -> &'static str {
    match result.unwrap_err() {
        Error::ConsentRejected { reason } => reason.name(),
        other => panic!("{other:?}"),
    }
}

/// The wall time of the bed.
pub(crate) fn now(bed: &Bed) -> Time {
    bed.clock.now()
}

/// The same digits once more.
pub(crate) fn copied(code: &VerificationCode) -> VerificationCode {
    VerificationCode::parse(code.expose()).unwrap()
}
