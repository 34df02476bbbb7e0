//! What the demo plays with: a test issuer, a person's token, a service with its seal. All of it ends with the process.

use std::sync::Arc;
use std::time::Duration;

use eimza_core::consent::{
    ConsentText, Document, EmbeddedService, Offer, Person, Purpose, ReceiptSigner, Settings, Trust,
};
use eimza_core::crypto::{Curve, DigestAlgorithm, KeyType};
use eimza_core::token::Token;
use eimza_core::token::software::{Creation, KeyMaterial, SoftwareToken, TestIssuer, TestPerson, Validity};
use eimza_core::{Certificate, Clock, Pin, Puk, Result, SystemClock, Time};

use super::publication::Publication;

/// The PIN of the demo's token; it opens nothing else, and is printed.
pub(super) const DEMO_PIN: &str = "123456";
const DEMO_PUK: &str = "87654321";
const DAY: Duration = Duration::from_secs(24 * 60 * 60);

pub(super) struct Stage {
    pub(super) clock: Arc<SystemClock>,
    pub(super) service: Arc<EmbeddedService>,
    pub(super) person: Person,
    pub(super) token: Token,
    pub(super) publication: Arc<Publication>,
    issuer: Certificate,
    texts: [Vec<ConsentText>; 2],
}

impl Stage {
    pub(super) fn new(code_lifetime: Duration) -> Result<Self> {
        let clock = Arc::new(SystemClock::new());
        let now = clock.now();
        let person = Person { national_id: "10000000146".into(), name: "TEST KİŞİ".into() };
        let issuer = Arc::new(TestIssuer::new(validity(now, 4000, 4000))?);
        let seal = KeyMaterial::self_signed(&KeyType::Ec(Curve::P256), "DEMO SERVICE", validity(now, 1, 365))?;
        let offer = Offer::e_onay(vec![form()])?;
        let texts = [offer.texts.clone(), vec![offer.revocation_notice.clone()]];
        let publication = Arc::new(Publication::of(issuer.clone()));
        let settings = Settings {
            offers: vec![offer],
            trust: Trust::in_anchors([issuer.certificate().clone()]),
            status: publication.clone(),
            code_lifetime,
            ..Settings::new("eimza demo", Arc::new(ReceiptSigner::new(seal)?))
        };
        Ok(Self {
            service: Arc::new(EmbeddedService::new(settings, clock.clone())),
            token: token(&issuer, &person, now)?,
            publication,
            issuer: issuer.certificate().clone(),
            clock,
            person,
            texts,
        })
    }

    /// The texts that are signed for this purpose.
    pub(super) fn texts(&self, purpose: Purpose) -> &[ConsentText] {
        let [consent, revocation] = &self.texts;
        match purpose {
            Purpose::Consent => consent,
            Purpose::Revocation => revocation,
        }
    }

    /// The issuer's certificate, for whoever wants to verify the signatures with another program.
    pub(super) fn issuer_pem(&self) -> String {
        self.issuer.to_pem()
    }
}

/// A token like a person's card: an ended certificate beside the present one.
fn token(issuer: &TestIssuer, person: &Person, now: Time) -> Result<Token> {
    // The issuer puts “eimza TEST” in front.
    let whom = TestPerson { name: "KİŞİ".into(), national_id: person.national_id.clone() };
    let key_type = KeyType::Ec(Curve::P256);
    let ended = Validity { not_before: now.before(1200 * DAY), not_after: now.before(100 * DAY) };
    let keys = vec![issuer.issue(&whom, &key_type, ended)?, issuer.issue(&whom, &key_type, validity(now, 100, 995))?];
    SoftwareToken::in_memory(Creation::new("eimza demo", keys, Pin::new(DEMO_PIN)?, Puk::new(DEMO_PUK)?))
}

/// The form that the consent accepts as it stands today.
fn form() -> Document {
    let octets = b"Deneme basvuru formu, surum 1";
    Document {
        name: "Başvuru Formu (deneme)".into(),
        version: "1".into(),
        sha256: DigestAlgorithm::Sha256.digest(octets).to_hex(),
        address: "https://portal.example/basvuru-formu-1.pdf".into(),
    }
}

fn validity(now: Time, days_before: u32, days_after: u32) -> Validity {
    Validity { not_before: now.before(days_before * DAY), not_after: now.after(days_after * DAY) }
}
