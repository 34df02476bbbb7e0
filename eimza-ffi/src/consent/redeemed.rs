//! What a code opens, as parts that can cross a network.
//!
//! A service of the caller fills them in for the library; a server over the service in memory reads them out.

use std::ffi::c_char;
use std::mem::MaybeUninit;

use eimza_core::Result;
use eimza_core::consent::{ConsentText, Redeemed, Request};

use crate::consent::cause::Cause;
use crate::error::eimza_error;
use crate::output::{at, json};
use crate::raw::{eimza_text, eimza_view, null};
use crate::status::eimza_status;
use crate::wall::{self, ErrorOut, need, need_mut};

/// What a code opens.
#[derive(Default)]
pub struct eimza_redeem_answer {
    request: Option<Request>,
    texts: Vec<ConsentText>,
    cause: Cause,
}

/// An empty answer, for eimza_consent_service_redeem.
#[unsafe(no_mangle)]
pub extern "C" fn eimza_redeem_answer_new() -> Option<Box<eimza_redeem_answer>> {
    Some(Box::default())
}

/// What is asked for: the JSON that eimza_consent_session_reveal_request tells.
#[unsafe(no_mangle)]
pub extern "C" fn eimza_redeem_answer_set_request(
    answer: Option<&mut eimza_redeem_answer>,
    request: eimza_text,
    error: Option<&mut MaybeUninit<*mut eimza_error>>,
) -> eimza_status {
    wall::run(error, || {
        let request = Request::from_json(request.text("request")?)?;
        need_mut(answer, "answer")?.request = Some(request);
        Ok(())
    })
}

/// The next text, in the order of the request; the request names its title, SHA-256 and length.
#[unsafe(no_mangle)]
pub extern "C" fn eimza_redeem_answer_add_text(
    answer: Option<&mut eimza_redeem_answer>,
    title: eimza_text,
    body: eimza_view,
    error: Option<&mut MaybeUninit<*mut eimza_error>>,
) -> eimza_status {
    add(answer, error, || ConsentText::new(title.text("title")?, body.octets("body")?))
}

/// As eimza_redeem_answer_add_text, for applications that show hidden characters to the person: see
/// eimza_consent_session_hidden_characters.
#[unsafe(no_mangle)]
pub extern "C" fn eimza_redeem_answer_add_text_showing_hidden_characters(
    answer: Option<&mut eimza_redeem_answer>,
    title: eimza_text,
    body: eimza_view,
    error: Option<&mut MaybeUninit<*mut eimza_error>>,
) -> eimza_status {
    add(answer, error, || ConsentText::showing_hidden_characters(title.text("title")?, body.octets("body")?))
}

/// What is asked for, as JSON; the national id is **in clear**. Free it with eimza_string_free.
#[unsafe(no_mangle)]
pub extern "C" fn eimza_redeem_answer_reveal_request(
    answer: Option<&eimza_redeem_answer>,
    out: Option<&mut MaybeUninit<*mut c_char>>,
    error: Option<&mut MaybeUninit<*mut eimza_error>>,
) -> eimza_status {
    wall::give_text(out, error, || json(need(answer, "answer")?.request.as_ref().ok_or_else(|| null("request"))?))
}

/// All of it as it came over a network: the JSON of the schema `redeemed-1.json`. With `shows_hidden_characters`, texts
/// may hold characters that the application makes visible: see eimza_consent_session_hidden_characters.
#[unsafe(no_mangle)]
pub extern "C" fn eimza_redeem_answer_set_wire(
    answer: Option<&mut eimza_redeem_answer>,
    wire: eimza_text,
    shows_hidden_characters: bool,
    error: Option<&mut MaybeUninit<*mut eimza_error>>,
) -> eimza_status {
    wall::run(error, || {
        let wire = wire.text("wire")?;
        let redeemed = if shows_hidden_characters {
            Redeemed::from_wire_showing_hidden_characters(wire)?
        } else {
            Redeemed::from_wire(wire)?
        };
        need_mut(answer, "answer")?.fill(redeemed);
        Ok(())
    })
}

/// All of it for a network: the JSON of the schema `redeemed-1.json`; the national id is **in clear**. Free it with
/// eimza_string_free.
#[unsafe(no_mangle)]
pub extern "C" fn eimza_redeem_answer_reveal_wire(
    answer: Option<&eimza_redeem_answer>,
    out: Option<&mut MaybeUninit<*mut c_char>>,
    error: Option<&mut MaybeUninit<*mut eimza_error>>,
) -> eimza_status {
    wall::give_text(out, error, || {
        let answer = need(answer, "answer")?;
        let request = answer.request.clone().ok_or_else(|| null("request"))?;
        Redeemed { request, texts: answer.texts.clone() }.to_wire()
    })
}

/// How many texts there are.
#[unsafe(no_mangle)]
pub extern "C" fn eimza_redeem_answer_texts(answer: Option<&eimza_redeem_answer>) -> usize {
    wall::read(answer, 0, |answer| answer.texts.len())
}

/// The title of the text at `index`, from 0. Free it with eimza_string_free.
#[unsafe(no_mangle)]
pub extern "C" fn eimza_redeem_answer_title(
    answer: Option<&eimza_redeem_answer>,
    index: usize,
    out: Option<&mut MaybeUninit<*mut c_char>>,
    error: Option<&mut MaybeUninit<*mut eimza_error>>,
) -> eimza_status {
    wall::give_text(out, error, || Ok(at(&need(answer, "answer")?.texts, index)?.title().to_owned()))
}

/// The octets of the text at `index`, from 0; empty where there is none. They live until the answer is changed or
/// freed.
#[unsafe(no_mangle)]
pub extern "C" fn eimza_redeem_answer_body(answer: Option<&eimza_redeem_answer>, index: usize) -> eimza_view {
    wall::read(answer, eimza_view::EMPTY, |answer| {
        answer.texts.get(index).map_or(eimza_view::EMPTY, |text| eimza_view::of(text.body().as_bytes()))
    })
}

/// Why the function of a service of the caller failed: what eimza_error_cause will say of
/// EIMZA_STATUS_SERVICE_UNREACHABLE and EIMZA_STATUS_SERVICE_FAILED, for developers, and the reason in the sentence of
/// EIMZA_STATUS_SERVICE_REFUSED.
#[unsafe(no_mangle)]
pub extern "C" fn eimza_redeem_answer_set_cause(
    answer: Option<&mut eimza_redeem_answer>,
    cause: eimza_text,
    error: Option<&mut MaybeUninit<*mut eimza_error>>,
) -> eimza_status {
    wall::run(error, || need_mut(answer, "answer")?.cause.set(&cause))
}

/// Frees an answer that eimza_redeem_answer_new gave; NULL is nothing.
#[unsafe(no_mangle)]
pub extern "C" fn eimza_redeem_answer_free(answer: Option<Box<eimza_redeem_answer>>) {
    wall::free(answer);
}

impl eimza_redeem_answer {
    pub(crate) fn fill(&mut self, redeemed: Redeemed) {
        *self = Self { request: Some(redeemed.request), texts: redeemed.texts, cause: Cause::default() };
    }

    pub(crate) fn take_cause(&mut self) -> Option<String> {
        self.cause.take()
    }

    pub(crate) fn redeemed(self) -> Result<Redeemed> {
        Ok(Redeemed { request: self.request.ok_or_else(|| null("request"))?, texts: self.texts })
    }
}

fn add(
    answer: Option<&mut eimza_redeem_answer>,
    error: ErrorOut<'_>,
    text: impl FnOnce() -> Result<ConsentText>,
) -> eimza_status {
    wall::run(error, || {
        let text = text()?;
        need_mut(answer, "answer")?.texts.push(text);
        Ok(())
    })
}
