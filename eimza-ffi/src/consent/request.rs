//! What a service asks for, field by field. The whole of it is the JSON of eimza_consent_session_reveal_request.

use std::ffi::c_char;
use std::mem::MaybeUninit;

use eimza_core::Result;
use eimza_core::consent::{Document, Request};
use eimza_core::shown_text::mask_national_ids;

use super::session::eimza_consent_session;
use crate::error::eimza_error;
use crate::output::at;
use crate::status::eimza_status;
use crate::wall::{self, need};

/// Which service asks. Free it with eimza_string_free.
#[unsafe(no_mangle)]
pub extern "C" fn eimza_consent_session_service(
    session: Option<&eimza_consent_session>,
    out: Option<&mut MaybeUninit<*mut c_char>>,
    error: Option<&mut MaybeUninit<*mut eimza_error>>,
) -> eimza_status {
    wall::give_text(out, error, || Ok(mask_national_ids(&request(session)?.service)))
}

/// The stable name of the kind of consent, like "e-onay". Free it with eimza_string_free.
#[unsafe(no_mangle)]
pub extern "C" fn eimza_consent_session_kind(
    session: Option<&eimza_consent_session>,
    out: Option<&mut MaybeUninit<*mut c_char>>,
    error: Option<&mut MaybeUninit<*mut eimza_error>>,
) -> eimza_status {
    wall::give_text(out, error, || Ok(request(session)?.kind.id.clone()))
}

/// The version of the kind's texts and rules. Free it with eimza_string_free.
#[unsafe(no_mangle)]
pub extern "C" fn eimza_consent_session_kind_version(
    session: Option<&eimza_consent_session>,
    out: Option<&mut MaybeUninit<*mut c_char>>,
    error: Option<&mut MaybeUninit<*mut eimza_error>>,
) -> eimza_status {
    wall::give_text(out, error, || Ok(request(session)?.kind.version.clone()))
}

/// The name of the person who is asked; national ids in it are masked. Free it with eimza_string_free.
#[unsafe(no_mangle)]
pub extern "C" fn eimza_consent_session_person_name(
    session: Option<&eimza_consent_session>,
    out: Option<&mut MaybeUninit<*mut c_char>>,
    error: Option<&mut MaybeUninit<*mut eimza_error>>,
) -> eimza_status {
    wall::give_text(out, error, || Ok(mask_national_ids(&request(session)?.person.name)))
}

/// Until when it can be given, in seconds since 1970 (UTC); 0 for NULL.
#[unsafe(no_mangle)]
pub extern "C" fn eimza_consent_session_expires_at(session: Option<&eimza_consent_session>) -> i64 {
    wall::read(session, 0, |session| session.0.request().expires_at.unix())
}

/// How many documents are accepted with it.
#[unsafe(no_mangle)]
pub extern "C" fn eimza_consent_session_documents(session: Option<&eimza_consent_session>) -> usize {
    wall::read(session, 0, |session| session.0.request().documents.len())
}

/// The name of the document at `index`, from 0. Free it with eimza_string_free.
#[unsafe(no_mangle)]
pub extern "C" fn eimza_consent_session_document_name(
    session: Option<&eimza_consent_session>,
    index: usize,
    out: Option<&mut MaybeUninit<*mut c_char>>,
    error: Option<&mut MaybeUninit<*mut eimza_error>>,
) -> eimza_status {
    wall::give_text(out, error, || Ok(mask_national_ids(&document(session, index)?.name)))
}

/// The version of the document at `index`, from 0. Free it with eimza_string_free.
#[unsafe(no_mangle)]
pub extern "C" fn eimza_consent_session_document_version(
    session: Option<&eimza_consent_session>,
    index: usize,
    out: Option<&mut MaybeUninit<*mut c_char>>,
    error: Option<&mut MaybeUninit<*mut eimza_error>>,
) -> eimza_status {
    wall::give_text(out, error, || Ok(document(session, index)?.version.clone()))
}

/// SHA-256 over the octets of the document at `index`, lower-case hexadecimal. Free it with eimza_string_free.
#[unsafe(no_mangle)]
pub extern "C" fn eimza_consent_session_document_sha256(
    session: Option<&eimza_consent_session>,
    index: usize,
    out: Option<&mut MaybeUninit<*mut c_char>>,
    error: Option<&mut MaybeUninit<*mut eimza_error>>,
) -> eimza_status {
    wall::give_text(out, error, || Ok(document(session, index)?.sha256.clone()))
}

/// Where the document at `index` can be read. Free it with eimza_string_free.
#[unsafe(no_mangle)]
pub extern "C" fn eimza_consent_session_document_address(
    session: Option<&eimza_consent_session>,
    index: usize,
    out: Option<&mut MaybeUninit<*mut c_char>>,
    error: Option<&mut MaybeUninit<*mut eimza_error>>,
) -> eimza_status {
    wall::give_text(out, error, || Ok(document(session, index)?.address.clone()))
}

fn request(session: Option<&eimza_consent_session>) -> Result<&Request> {
    Ok(need(session, "session")?.0.request())
}

fn document(session: Option<&eimza_consent_session>, index: usize) -> Result<&Document> {
    at(&request(session)?.documents, index)
}
