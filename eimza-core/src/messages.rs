//! What people read, in Turkish and English: for every error and every verdict what happened and what to do now.
//!
//! A language is two matches over every variant, `happened` and `remedy`, without a catch-all arm: an error without its
//! sentences does not compile. The source of an error is not part of its sentence; it stays in
//! [`source`](std::error::Error::source) for those who want to know.
//!
//! ```
//! use eimza_core::{Error, Language};
//!
//! let sentence = Error::PinIncorrect { tries_left: Some(2) }.sentence(Language::Turkish);
//! assert_eq!(sentence.happened, "PIN yanlış; 2 deneme hakkı kaldı.");
//! ```

mod english;
mod error;
mod turkish;
mod verdict;
mod words;

#[cfg(test)]
mod facts;
#[cfg(test)]
mod samples;
#[cfg(test)]
mod tests;

pub use verdict::{check_name, check_reason, check_status, verdict};
pub use words::{certificate_kind, certificate_note, key_usage, pin_status, shortfall, time};

use crate::error::{Error, Excluded, Exclusion};
use crate::shown_text::shown;

/// A language of sentences for people. Codes and names never change with it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum Language {
    /// Türkçe.
    Turkish,
    /// English.
    #[default]
    English,
}

/// What a person is told about an error.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sentence {
    /// What happened, with the facts. One line; national ids are masked, control characters replaced.
    pub happened: String,
    /// What to do now.
    pub remedy: &'static str,
}

/// Whether certificates were left out for the one reason that others were asked for.
fn only_not_chosen(seen: &[Excluded]) -> bool {
    !seen.is_empty() && seen.iter().all(|one| one.why == Exclusion::NotChosen)
}

/// The sentence for an error.
pub fn sentence(error: &Error, language: Language) -> Sentence {
    let (happened, remedy) = match language {
        Language::Turkish => (turkish::happened(error), turkish::remedy(error)),
        Language::English => (english::happened(error), english::remedy(error)),
    };
    Sentence { happened: shown(&happened), remedy }
}
