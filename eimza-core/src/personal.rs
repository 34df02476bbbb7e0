//! What names a person, or may do so: shown masked, and in clear only by name.

use std::fmt;
use std::hash::{Hash, Hasher};

use crate::shown_text::mask_national_ids;

/// A value that is, or may hold, a national id: printed and serialised masked (`100******46`).
///
/// [`Personal::reveal`] gives it in clear. A page of such values, for example a
/// [`Summary`](crate::certificate::Summary), has a method `revealed` for a person who asked to see them; only then they
/// are printed in clear. `Debug` always masks.
#[derive(Clone)]
pub struct Personal<T> {
    value: T,
    masked: String,
    is_shown: bool,
}

impl<T: fmt::Display> Personal<T> {
    pub(crate) fn new(value: T) -> Self {
        let masked = mask_national_ids(&value.to_string());
        Self { value, masked, is_shown: false }
    }

    /// A value with a masked form of its own.
    pub(crate) fn masked_as(value: T, masked: String) -> Self {
        Self { value, masked, is_shown: false }
    }
}

impl Personal<String> {
    /// A text that can hold no national id, such as octets in hexadecimal, beside such that may.
    pub(crate) fn harmless(text: String) -> Self {
        Self::masked_as(text.clone(), text)
    }
}

impl<T> Personal<T> {
    /// The value in clear. Never for logs, errors or file names.
    pub fn reveal(&self) -> &T {
        &self.value
    }

    /// From now on it is printed and serialised in clear.
    pub(crate) fn show(&mut self) {
        self.is_shown = true;
    }
}

impl<T: fmt::Display> fmt::Display for Personal<T> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.is_shown { self.value.fmt(formatter) } else { formatter.write_str(&self.masked) }
    }
}

impl<T> fmt::Debug for Personal<T> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&self.masked, formatter)
    }
}

impl<T: fmt::Display> serde::Serialize for Personal<T> {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<T: PartialEq> PartialEq for Personal<T> {
    fn eq(&self, other: &Self) -> bool {
        self.value == other.value
    }
}

impl<T: Eq> Eq for Personal<T> {}

impl<T: Hash> Hash for Personal<T> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.value.hash(state);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_revealing_shows_a_national_id() {
        let mut text = Personal::new("PNOTR-10000000146".to_owned());
        let printed = |text: &Personal<String>| (text.to_string(), serde_json::to_string(text).unwrap());
        assert_eq!(printed(&text), ("PNOTR-100******46".into(), "\"PNOTR-100******46\"".into()));
        assert_eq!(text.reveal(), "PNOTR-10000000146");
        text.show();
        assert_eq!(printed(&text), ("PNOTR-10000000146".into(), "\"PNOTR-10000000146\"".into()));
        assert_eq!(format!("{text:?}"), "\"PNOTR-100******46\"");
        assert_eq!(Personal::harmless("10000000146".into()).to_string(), "10000000146");
    }
}
