//! What a code opens, on its way to the application.

use serde::{Deserialize, Serialize};

use super::{read, written};
use crate::consent::{ConsentText, Redeemed, Request};
use crate::error::{JsonForm, Result};

const WHAT: JsonForm = JsonForm::RedeemedCode;

#[derive(Serialize, Deserialize)]
enum Schema {
    #[serde(rename = "eimza-redeemed-1")]
    First,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Form {
    schema: Schema,
    request: Request,
    texts: Vec<Text>,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Text {
    title: String,
    body: String,
}

impl Redeemed {
    /// The JSON of `redeemed-1.json`. The national id stands in it in clear.
    pub fn to_wire(&self) -> Result<String> {
        let text = |text: &ConsentText| Text { title: text.title().into(), body: text.body().into() };
        let texts = self.texts.iter().map(text).collect();
        written(WHAT, &Form { schema: Schema::First, request: self.request.clone(), texts })
    }

    /// Reads that JSON. Whether the texts are those that the request names is looked at when a session is opened.
    ///
    /// # Errors
    /// [`Error::JsonMalformed`](crate::Error::JsonMalformed) for any other form; what is wrong with the request;
    /// [`Error::ConsentTextHiddenCharacter`](crate::Error::ConsentTextHiddenCharacter) and its like for a text.
    pub fn from_wire(text: &str) -> Result<Self> {
        Self::read(text, |text| ConsentText::new(text.title, text.body))
    }

    /// As [`Redeemed::from_wire`], for applications that show hidden characters to the person: see
    /// [`ConsentText::showing_hidden_characters`].
    pub fn from_wire_showing_hidden_characters(text: &str) -> Result<Self> {
        Self::read(text, |text| ConsentText::showing_hidden_characters(text.title, text.body))
    }

    fn read(text: &str, take: impl Fn(Text) -> Result<ConsentText>) -> Result<Self> {
        let form: Form = read(WHAT, text)?;
        form.request.check_form()?;
        Ok(Self { request: form.request, texts: form.texts.into_iter().map(take).collect::<Result<_>>()? })
    }
}
