//! What a service offers, and how it is set up.

use std::sync::Arc;
use std::time::Duration;

use crate::consent::{ConsentText, Declaration, Document, Kind, Seal, Trust};
use crate::revocation::{StatusData, StatusSource};

/// One kind of consent that the service offers.
#[derive(Clone, Debug)]
pub struct Offer {
    /// Which.
    pub kind: Kind,
    /// The texts, in the order in which they are signed.
    pub texts: Vec<ConsentText>,
    /// Documents that are accepted along with them.
    pub documents: Vec<Document>,
    /// Sentences to tick.
    pub declarations: Vec<Declaration>,
    /// How long each text has to be shown before it counts as read.
    pub least_reading: Duration,
    /// What a revocation brings: shown and signed to revoke.
    pub revocation_notice: ConsentText,
    /// The sentence to tick under that notice.
    pub acknowledgement: String,
    /// What becomes of applications that are on hold when the consent is revoked.
    pub applications_on_hold: String,
}

impl Offer {
    /// What is shown to the person beside the texts.
    pub(super) fn shown(&self) -> impl Iterator<Item = &str> {
        let declarations = self.declarations.iter().map(|declaration| declaration.text.as_str());
        let sentences = declarations.chain([self.acknowledgement.as_str()]);
        let documents = self.documents.iter().flat_map(Document::shown);
        self.kind.shown().into_iter().chain(documents).chain(sentences).chain([self.applications_on_hold.as_str()])
    }
}

/// How a service is set up.
pub struct Settings {
    /// Its name, part of every record.
    pub name: String,
    /// The consents that it offers.
    pub offers: Vec<Offer>,
    /// Whom it trusts, and by which rules it judges what arrives. Nobody unless it is said.
    pub trust: Trust,
    /// Where it gets status data. Without any, everything that holds is received and nothing is accepted.
    pub status: Arc<dyn StatusSource>,
    /// Whether the signatures that are kept get chain and status data inside, so that they can be judged years later.
    pub completes_signatures: bool,
    /// Its seal.
    pub seal: Arc<dyn Seal>,
    /// How long a code and its session live.
    pub code_lifetime: Duration,
    /// How far an application's clock may differ.
    pub tolerance: Duration,
    /// A known caller who gave so many wrong codes within [`Settings::guess_window`] is refused for the rest of it;
    /// unknown callers are made to wait from then on.
    pub guess_limit: usize,
    /// See [`Settings::guess_limit`].
    pub guess_window: Duration,
    /// How long an unknown caller waits at most before a code is looked at.
    pub longest_pause: Duration,
}

impl Settings {
    /// Trusts nobody yet, and knows of no status data. The guide's values: codes of 300 seconds, ten wrong codes within 60 seconds, 300 seconds of tolerance;
    /// and pauses of up to 2 seconds.
    pub fn new(name: impl Into<String>, seal: Arc<dyn Seal>) -> Self {
        Self {
            name: name.into(),
            offers: Vec::new(),
            trust: Trust::default(),
            status: Arc::new(StatusData::new()),
            completes_signatures: true,
            seal,
            code_lifetime: Duration::from_secs(300),
            tolerance: Duration::from_secs(300),
            guess_limit: 10,
            guess_window: Duration::from_secs(60),
            longest_pause: Duration::from_secs(2),
        }
    }
}
