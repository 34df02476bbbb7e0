//! The texts of a consent, in the order in which they are signed.

use std::mem::MaybeUninit;

use eimza_core::Result;
use eimza_core::consent::ConsentText;

use crate::error::eimza_error;
use crate::raw::{eimza_text, eimza_view};
use crate::status::eimza_status;
use crate::wall::{self, ErrorOut, need_mut};

/// Texts that a person reads and signs, octet by octet.
pub struct eimza_consent_texts(pub(crate) Vec<ConsentText>);

/// An empty list.
#[unsafe(no_mangle)]
pub extern "C" fn eimza_consent_texts_new() -> Option<Box<eimza_consent_texts>> {
    Some(Box::new(eimza_consent_texts(Vec::new())))
}

/// A copy of this text behind those in the list. EIMZA_STATUS_CONSENT_TEXT_EMPTY … where it is empty, too large, or
/// holds characters that could hide what is signed.
#[unsafe(no_mangle)]
pub extern "C" fn eimza_consent_texts_add(
    texts: Option<&mut eimza_consent_texts>,
    title: eimza_text,
    body: eimza_view,
    error: Option<&mut MaybeUninit<*mut eimza_error>>,
) -> eimza_status {
    add(texts, error, || ConsentText::new(title.text("title")?, body.octets("body")?))
}

/// As eimza_consent_texts_add, for services whose applications show hidden characters to the person: see
/// eimza_consent_session_hidden_characters. In the title there may be none.
#[unsafe(no_mangle)]
pub extern "C" fn eimza_consent_texts_add_showing_hidden_characters(
    texts: Option<&mut eimza_consent_texts>,
    title: eimza_text,
    body: eimza_view,
    error: Option<&mut MaybeUninit<*mut eimza_error>>,
) -> eimza_status {
    add(texts, error, || ConsentText::showing_hidden_characters(title.text("title")?, body.octets("body")?))
}

/// How many there are.
#[unsafe(no_mangle)]
pub extern "C" fn eimza_consent_texts_count(texts: Option<&eimza_consent_texts>) -> usize {
    wall::read(texts, 0, |texts| texts.0.len())
}

/// Frees a list; NULL is nothing.
#[unsafe(no_mangle)]
pub extern "C" fn eimza_consent_texts_free(texts: Option<Box<eimza_consent_texts>>) {
    wall::free(texts);
}

fn add(
    texts: Option<&mut eimza_consent_texts>,
    error: ErrorOut<'_>,
    text: impl FnOnce() -> Result<ConsentText>,
) -> eimza_status {
    wall::run(error, || {
        let text = text()?;
        need_mut(texts, "texts")?.0.push(text);
        Ok(())
    })
}
