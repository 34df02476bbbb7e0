//! What a service asks a person for.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::ConsentText;
use crate::certificate::NationalId;
use crate::clock::Time;
use crate::error::{Error, JsonForm, Result};
use crate::shown_text::mask_national_ids;
use crate::validation::Profile;

/// What a verification code is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Purpose {
    /// To give a consent.
    Consent,
    /// To take a consent back.
    Revocation,
}

impl Purpose {
    /// The stable name.
    pub fn name(&self) -> &'static str {
        match self {
            Purpose::Consent => "consent",
            Purpose::Revocation => "revocation",
        }
    }
}

/// Which consent: E-Onay, or one of an application's own.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Kind {
    /// A stable name.
    pub id: String,
    /// The version of its texts and rules.
    pub version: String,
    /// The language of its texts (BCP 47).
    pub language: String,
}

impl Kind {
    /// The E-Onay: with it, later certificate applications need no signed paper.
    pub fn e_onay() -> Self {
        Self { id: "e-onay".into(), version: "1".into(), language: "tr".into() }
    }

    /// What of it is shown to the person.
    pub(in crate::consent) fn shown(&self) -> [&str; 3] {
        [&self.id, &self.version, &self.language]
    }
}

/// Whom a consent binds.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Person {
    /// The national id, 11 digits.
    pub national_id: String,
    /// The name, for display.
    pub name: String,
}

impl fmt::Debug for Person {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let id = NationalId::parse(&self.national_id).map(|id| id.to_string());
        write!(formatter, "Person({})", id.as_deref().unwrap_or("?"))
    }
}

/// A document that the consent accepts as it stands that day: an application form, an undertaking.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Document {
    /// Its name.
    pub name: String,
    /// Its version.
    pub version: String,
    /// SHA-256 over its octets, lower-case hexadecimal.
    pub sha256: String,
    /// Where it can be read.
    pub address: String,
}

impl Document {
    /// What of it is shown to the person.
    pub(in crate::consent) fn shown(&self) -> [&str; 3] {
        [&self.name, &self.version, &self.address]
    }
}

/// A sentence that the person has to tick.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Declaration {
    /// The sentence.
    pub text: String,
    /// Whether the consent cannot be given without it.
    pub required: bool,
}

/// A text as the request names it; the text itself travels beside it and inside its signature.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TextSummary {
    /// The title.
    pub title: String,
    /// SHA-256 over the text's octets, lower-case hexadecimal.
    pub sha256: String,
    /// How many octets.
    pub length: usize,
}

impl From<&ConsentText> for TextSummary {
    fn from(text: &ConsentText) -> Self {
        Self { title: text.title().into(), sha256: text.sha256().to_hex(), length: text.body().len() }
    }
}

/// The consent that a revocation ends, and every signature that was given for it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Revoked {
    /// SHA-256 of the consent's record, lower-case hexadecimal.
    pub record_sha256: String,
    /// When the consent was accepted.
    pub given_at: Time,
    /// Each signature, in the order of the texts.
    pub signatures: Vec<RevokedSignature>,
    /// What becomes of applications that are on hold.
    pub applications_on_hold: String,
}

/// A signature that a revocation names. All values are lower-case hexadecimal.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RevokedSignature {
    /// SHA-256 of the signature file.
    pub sha256: String,
    /// Its content-identifier.
    pub content_identifier: String,
    /// The signature value.
    pub value: String,
}

/// Everything that a service asks for; all of it becomes part of the record.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Request {
    /// The service.
    pub service: String,
    /// To give, or to take back.
    pub purpose: Purpose,
    /// Which consent.
    pub kind: Kind,
    /// Whose.
    pub person: Person,
    /// The session's name, of 1 to 128 octets.
    pub session: String,
    /// A random number of the service, 64 lower-case hexadecimal digits.
    pub nonce: String,
    /// The service's time when the code was redeemed.
    pub opened_at: Time,
    /// Until when it has to arrive.
    pub expires_at: Time,
    /// The texts, in the order in which they are signed.
    pub texts: Vec<TextSummary>,
    /// Documents that are accepted along with the texts.
    pub documents: Vec<Document>,
    /// Sentences to tick.
    pub declarations: Vec<Declaration>,
    /// The BTK profile that the signatures must have.
    pub profile: Profile,
    /// How long each text has to be shown before it counts as read, in seconds.
    pub least_reading_seconds: u64,
    /// Since when a consent of this kind stands, if one does.
    pub stands_since: Option<Time>,
    /// What a revocation revokes.
    pub revokes: Option<Revoked>,
}

impl fmt::Debug for Request {
    /// As it may be displayed.
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let shown = serde_json::to_string(&self.clone().masked()).map_err(|_| fmt::Error)?;
        write!(formatter, "Request({shown})")
    }
}

impl Request {
    /// Reads the JSON that serialising gives: the service's own copy, kept for its check.
    ///
    /// # Errors
    /// [`Error::JsonMalformed`]; what is wrong with its form, as of a request of which the national id was masked.
    pub fn from_json(text: &str) -> Result<Self> {
        let request: Self =
            serde_json::from_str(text).map_err(|source| Error::JsonMalformed { what: JsonForm::Request, source })?;
        request.check_form()?;
        Ok(request)
    }

    /// As it may be displayed: national ids masked, wherever in a text they stand.
    pub fn masked(mut self) -> Self {
        let (kind, person) = (&mut self.kind, &mut self.person);
        let of_kind = [&mut kind.id, &mut kind.version, &mut kind.language];
        let names = [&mut self.service, &mut self.session, &mut person.national_id, &mut person.name];
        let names = names.into_iter().chain(of_kind);
        let documents = self.documents.iter_mut().flat_map(|one| [&mut one.name, &mut one.version, &mut one.address]);
        let titles = self.texts.iter_mut().map(|text| &mut text.title);
        let sentences = self.declarations.iter_mut().map(|declaration| &mut declaration.text);
        let on_hold = self.revokes.iter_mut().map(|revoked| &mut revoked.applications_on_hold);
        let texts = names.chain(documents).chain(titles).chain(sentences).chain(on_hold);
        texts.for_each(|text| *text = mask_national_ids(text));
        self
    }

    /// What is shown to the person beside the texts, each as one line.
    pub(super) fn shown(&self) -> impl Iterator<Item = &str> {
        let titles = self.texts.iter().map(|text| text.title.as_str());
        let declarations = self.declarations.iter().map(|declaration| declaration.text.as_str());
        let on_hold = self.revokes.iter().map(|revoked| revoked.applications_on_hold.as_str());
        let names = [&self.service, &self.person.name, &self.session].map(String::as_str);
        let names = names.into_iter().chain(self.kind.shown());
        names.chain(self.documents.iter().flat_map(Document::shown)).chain(titles).chain(declarations).chain(on_hold)
    }

    /// The first declaration that has to be ticked and is not. What a revocation brings has to be acknowledged, whatever
    /// the service calls required.
    pub(super) fn missing_tick(&self, ticked: &[bool]) -> Option<usize> {
        let is_needed = |declaration: &Declaration| declaration.required || self.purpose == Purpose::Revocation;
        self.declarations.iter().zip(ticked).position(|(declaration, ticked)| is_needed(declaration) && !ticked)
    }

    /// Whether these are the texts that it names, in its order.
    pub(super) fn names(&self, texts: &[ConsentText]) -> bool {
        self.texts.len() == texts.len() && self.texts.iter().zip(texts).all(|(summary, text)| *summary == text.into())
    }
}
