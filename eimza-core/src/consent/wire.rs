//! The forms in which a service and those who ask it speak over a network: JSON, each with its schema and version.
//!
//! | type | schema | what stands in it in clear |
//! | --- | --- | --- |
//! | [`Issued`](super::Issued) | `issued-1.json` | the code |
//! | [`Redeemed`](super::Redeemed) | `redeemed-1.json` | the person |
//! | [`Submission`](super::Submission) | `submission-1.json` | the person |
//! | [`ConsentStatus`](super::ConsentStatus) | `status-1.json` | the person, in the sealed receipt |
//!
//! Another version is refused, and so is a member that is not known or missing.

mod base64;
mod issued;
mod redeemed;
mod status;
mod submission;

use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::error::{Error, JsonForm, Limit, Result};

/// The most octets of one message: more than the texts and signatures of any consent need.
const MESSAGE_LIMIT: usize = 64 * 1024 * 1024;

fn written(what: JsonForm, form: &impl Serialize) -> Result<String> {
    serde_json::to_string(form).map_err(|source| Error::JsonMalformed { what, source })
}

fn read<T: DeserializeOwned>(what: JsonForm, text: &str) -> Result<T> {
    if text.len() > MESSAGE_LIMIT {
        return Err(Error::LimitExceeded { limit: Limit::MessageSize });
    }
    serde_json::from_str(text).map_err(|source| Error::JsonMalformed { what, source })
}
