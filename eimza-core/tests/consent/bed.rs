//! A service and persons for the tests of consents. Keys lie in files and aws-lc-rs signs with them: what is tested is
//! the consent, and a value may come from anywhere.

pub(crate) mod forger;

use std::sync::{Arc, LazyLock};
use std::time::Duration;

use aws_lc_rs::signature::{ECDSA_P256_SHA256_ASN1_SIGNING, EcdsaKeyPair, RSA_PKCS1_SHA256, RsaKeyPair};
use eimza_core::consent::{
    ConsentPortal, ConsentSession, Document, EmbeddedService, Issued, Kind, Offer, Person, PreparedConsent, Purpose,
    Seal, Settings, SignedConsent, Started, Trust,
};
use eimza_core::crypto::DigestAlgorithm;
use eimza_core::revocation::{StatusData, StatusSource};
use eimza_core::token::SignRequest;
use eimza_core::{Certificate, Clock, Error, Result, SettableClock, Time, VerificationCode};
use eimza_testkit::pki;
use eimza_testkit::status::CrlDraft;

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

/// The root of the test PKI, and the authorities beneath that issue to persons.
pub(crate) fn trust() -> Trust {
    Trust::in_anchors([certificate_named("root")])
        .with_certificates([certificate_named("nes-ca"), certificate_named("nes-ca-p384")])
}

/// What these authorities publish on the day of the tests: nobody is revoked, for ten years.
pub(crate) fn published() -> StatusData {
    static PUBLISHED: LazyLock<StatusData> = LazyLock::new(|| {
        let draft = |signer| CrlDraft { next_update: Some("20360615120000Z".into()), ..CrlDraft::new(signer) };
        data(["root", "nes-ca", "nes-ca-p384"].map(draft))
    });
    PUBLISHED.clone()
}

/// CRLs, signed.
pub(crate) fn data(drafts: impl IntoIterator<Item = CrlDraft>) -> StatusData {
    let mut data = StatusData::new();
    drafts.into_iter().for_each(|draft| data.add_crls(&draft.sign().unwrap()).unwrap());
    data
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

/// How the tests' service is set up, but for what is changed.
pub(crate) fn settings(change: impl FnOnce(&mut Settings)) -> Settings {
    let mut settings = Settings {
        offers: vec![e_onay()],
        trust: trust(),
        status: Arc::new(published()),
        ..Settings::new("Test Portalı", Arc::new(FileKey::of("seal")))
    };
    change(&mut settings);
    settings
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

    /// A bed whose service gets its status data from here.
    pub(crate) fn asking(status: Arc<dyn StatusSource>) -> Self {
        Self::set_up(|settings| settings.status = status)
    }

    fn with(offers: Vec<Offer>, seal: Arc<dyn Seal>) -> Self {
        Self::set_up(|settings| (settings.offers, settings.seal) = (offers, seal))
    }

    /// A bed whose service is set up in another way.
    pub(crate) fn set_up(change: impl FnOnce(&mut Settings)) -> Self {
        let clock = Arc::new(SettableClock::new(Time::parse("2026-06-15T12:00:00Z").unwrap()));
        let service = Arc::new(EmbeddedService::new(settings(change), clock.clone()));
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
        Error::ConsentRejected { reason, .. } => reason.name(),
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
