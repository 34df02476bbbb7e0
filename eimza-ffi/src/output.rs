//! What C reads out of handles: members of lists by their index, and pages of facts as JSON.

use eimza_core::error::{ArgumentFault, JsonForm};
use eimza_core::{Error, Result};

/// The member at an index that C gave.
pub(crate) fn at<T>(list: &[T], index: usize) -> Result<&T> {
    list.get(index).ok_or(Error::ArgumentInvalid { argument: "index", reason: ArgumentFault::NoSuchOne })
}

/// A page of facts as JSON text.
pub(crate) fn json(page: &impl serde::Serialize) -> Result<String> {
    serde_json::to_string(page).map_err(|source| Error::JsonMalformed { what: JsonForm::Page, source })
}
