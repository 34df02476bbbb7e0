//! What was signed, on its way to the service.

use serde::{Deserialize, Serialize};

use super::base64::Octets;
use super::{read, written};
use crate::consent::Submission;
use crate::error::{JsonForm, Result};

const WHAT: JsonForm = JsonForm::Submission;

#[derive(Serialize, Deserialize)]
enum Schema {
    #[serde(rename = "eimza-submission-1")]
    First,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Form {
    schema: Schema,
    /// As octets: what was signed is not written anew on its way.
    record: Octets,
    signatures: Vec<Octets>,
}

impl Submission {
    /// The JSON of `submission-1.json`: record and signatures in base64. The person stands in it in clear.
    pub fn to_wire(&self) -> Result<String> {
        let signatures = self.signatures.iter().cloned().map(Octets).collect();
        written(WHAT, &Form { schema: Schema::First, record: Octets(self.record.clone()), signatures })
    }

    /// Reads that JSON. What the octets are worth is for [`check`](crate::consent::check()) to say.
    ///
    /// # Errors
    /// [`Error::JsonMalformed`](crate::Error::JsonMalformed) for any other form.
    pub fn from_wire(text: &str) -> Result<Self> {
        let form: Form = read(WHAT, text)?;
        let signatures = form.signatures.into_iter().map(|signature| signature.0).collect();
        Ok(Self { record: form.record.0, signatures })
    }
}
