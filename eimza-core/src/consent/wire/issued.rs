//! A code that a portal issued, for a page or a program that shows it.

use serde::{Deserialize, Serialize};
use zeroize::{Zeroize, Zeroizing};

use super::{read, written};
use crate::clock::Time;
use crate::consent::Issued;
use crate::error::{JsonForm, Result};
use crate::secret::VerificationCode;

const WHAT: JsonForm = JsonForm::IssuedCode;

#[derive(Serialize, Deserialize)]
enum Schema {
    #[serde(rename = "eimza-issued-1")]
    First,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Form {
    schema: Schema,
    code: String,
    session: String,
    expires_at: Time,
}

impl Issued {
    /// The JSON of `issued-1.json`. The code stands in it **in clear**: it is for the person's eyes, never for a log.
    pub fn to_wire(&self) -> Result<Zeroizing<String>> {
        let code = self.code.expose().iter().copied().map(char::from).collect();
        let session = self.session.clone();
        let mut form = Form { schema: Schema::First, code, session, expires_at: self.expires_at };
        let written = written(WHAT, &form).map(Zeroizing::new);
        form.code.zeroize();
        written
    }

    /// Reads that JSON.
    ///
    /// # Errors
    /// [`Error::JsonMalformed`](crate::Error::JsonMalformed) for any other form;
    /// [`Error::VerificationCodeMalformed`](crate::Error::VerificationCodeMalformed).
    pub fn from_wire(text: &str) -> Result<Self> {
        let form: Form = read(WHAT, text)?;
        let code = VerificationCode::parse(form.code.into_bytes())?;
        Ok(Self { code, session: form.session, expires_at: form.expires_at })
    }
}
