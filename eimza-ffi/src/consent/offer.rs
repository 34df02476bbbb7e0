//! Kinds of consent that the service in memory offers, as JSON.

use std::time::Duration;

use eimza_core::consent::{ConsentText, Declaration, Document, Kind, Offer};
use eimza_core::error::JsonForm;
use eimza_core::{Error, Result};
use serde::Deserialize;
use serde::de::DeserializeOwned;

/// The E-Onay with these documents, then the caller's own kinds.
pub(crate) fn offered(documents: Option<&str>, offers: Option<&str>) -> Result<Vec<Offer>> {
    let documents = documents.map_or_else(|| Ok(Vec::new()), |text| parsed(text, JsonForm::Documents))?;
    let own: Vec<OwnOffer> = offers.map_or_else(|| Ok(Vec::new()), |text| parsed(text, JsonForm::Offer))?;
    std::iter::once(Offer::e_onay(documents)).chain(own.into_iter().map(OwnOffer::offer)).collect()
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct OwnOffer {
    kind: Kind,
    texts: Vec<Text>,
    #[serde(default)]
    documents: Vec<Document>,
    #[serde(default)]
    declarations: Vec<Declaration>,
    #[serde(default)]
    least_reading_seconds: u64,
    revocation_notice: Text,
    acknowledgement: String,
    #[serde(default)]
    applications_on_hold: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Text {
    title: String,
    body: String,
    #[serde(default)]
    shows_hidden_characters: bool,
}

impl OwnOffer {
    fn offer(self) -> Result<Offer> {
        if self.texts.is_empty() {
            return Err(Error::ConsentTextEmpty);
        }
        Ok(Offer {
            kind: self.kind,
            texts: self.texts.into_iter().map(Text::text).collect::<Result<_>>()?,
            documents: self.documents,
            declarations: self.declarations,
            least_reading: Duration::from_secs(self.least_reading_seconds),
            revocation_notice: self.revocation_notice.text()?,
            acknowledgement: self.acknowledgement,
            applications_on_hold: self.applications_on_hold,
        })
    }
}

impl Text {
    fn text(self) -> Result<ConsentText> {
        if self.shows_hidden_characters {
            ConsentText::showing_hidden_characters(self.title, self.body)
        } else {
            ConsentText::new(self.title, self.body)
        }
    }
}

fn parsed<T: DeserializeOwned>(text: &str, what: JsonForm) -> Result<T> {
    serde_json::from_str(text).map_err(|source| Error::JsonMalformed { what, source })
}
