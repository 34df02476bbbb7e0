//! The English sentences.

use super::Sentence;
use crate::error::Error;

pub(super) fn sentence(error: &Error) -> Sentence {
    Sentence { happened: error.name().to_owned(), remedy: "" }
}
