//! What people read: for every error what happened and what to do now, in Turkish and English.
//!
//! Both languages match over every variant, so that an error without its two sentences does not compile.

mod english;
mod turkish;

use crate::error::Error;

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
    /// What happened, with the facts.
    pub happened: String,
    /// What to do now.
    pub remedy: &'static str,
}

/// The sentence for an error.
pub fn sentence(error: &Error, language: Language) -> Sentence {
    match language {
        Language::Turkish => turkish::sentence(error),
        Language::English => english::sentence(error),
    }
}
