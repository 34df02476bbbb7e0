//! How an error is printed.

use std::error::Error as _;
use std::fmt;

use super::{Language, Sentence};
use crate::error::Error;
use crate::shown_text::shown;

impl Error {
    /// What happened and what to do now, in the person's language.
    pub fn sentence(&self, language: Language) -> Sentence {
        super::sentence(self, language)
    }
}

impl fmt::Display for Error {
    /// What happened, in English.
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.sentence(Language::English).happened)
    }
}

impl fmt::Debug for Error {
    /// Name, English sentence and source; national ids in them, such as in a path, are masked.
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}: {self}", self.name())?;
        match self.source() {
            Some(source) => write!(formatter, " ({})", shown(&source.to_string())),
            None => Ok(()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn debug_shows_no_national_id() {
        let source = || std::io::Error::other("/home/10000000146 is full");
        let error = Error::OutputUnwritable { path: "/home/10000000146/a".into(), source: source() };
        let lost = Error::PinAnswerLost { source: Some(error.into()) };
        let shown = format!("{lost:?} {:?}", Error::ServiceUnreachable { source: source().into() });
        assert!(shown.starts_with("pin-answer-lost: ") && shown.contains("/home/100******46/a"), "{shown}");
        assert!(shown.contains("(/home/100******46 is full)") && !shown.contains("10000000146"), "{shown}");
    }
}
