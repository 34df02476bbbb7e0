//! The certificates on a token, and choosing the one that signs.

use std::ffi::c_char;
use std::mem::MaybeUninit;

use eimza_core::certificate::Candidates;
use eimza_core::error::Excluded;
use eimza_core::token::{TokenCertificate, WantedPin};
use eimza_core::{Result, Time};

use crate::certificate::{choose, eimza_certificate, for_signing};
use crate::error::eimza_error;
use crate::output::{at, json};
use crate::raw::eimza_text;
use crate::secret::eimza_pin;
use crate::status::eimza_status;
use crate::token::attempt::{eimza_attempt, taken};
use crate::token::eimza_token;
use crate::wall::{self, ErrorOut, need, need_mut, take};

/// A certificate on a token, and where its key is.
pub struct eimza_token_certificate(pub(crate) TokenCertificate);

/// Everything on a token that is a certificate, and who was left out and why.
pub struct eimza_token_certificates(Candidates<TokenCertificate>);

/// The certificates on the token. Never asks for a PIN and never spends a try.
#[unsafe(no_mangle)]
pub extern "C" fn eimza_token_read_certificates(
    token: Option<&eimza_token>,
    out: Option<&mut MaybeUninit<*mut eimza_token_certificates>>,
    error: Option<&mut MaybeUninit<*mut eimza_error>>,
) -> eimza_status {
    wall::give(out, error, || Ok(eimza_token_certificates(need(token, "token")?.0.certificates()?)))
}

/// All certificates on the token, for the few that hide them until somebody logs in: one attempt with the PIN. `pin`
/// and `attempt` (or NULL) are moved in. Offer it where eimza_token_read_certificates finds nothing.
#[unsafe(no_mangle)]
pub extern "C" fn eimza_token_read_certificates_with_pin(
    token: Option<&eimza_token>,
    pin: Option<&mut Option<Box<eimza_pin>>>,
    attempt: Option<&mut Option<Box<eimza_attempt>>>,
    out: Option<&mut MaybeUninit<*mut eimza_token_certificates>>,
    error: Option<&mut MaybeUninit<*mut eimza_error>>,
) -> eimza_status {
    let (pin, attempt) = (take(pin, "pin"), taken(attempt));
    wall::give(out, error, || {
        let found = need(token, "token")?.0.certificates_with_pin(pin?.0, attempt)?;
        Ok(eimza_token_certificates(found))
    })
}

/// As eimza_token_read_certificates_with_pin. Where the token accepted the PIN it is given back in its place, to sign with
/// what was found: the person is asked once. Where it was typed on a keypad, the token stays open until what is given back
/// has signed or is freed; until then other PIN operations on it give EIMZA_STATUS_HOST_HOLDS_LOGIN.
#[unsafe(no_mangle)]
pub extern "C" fn eimza_token_read_certificates_keeping_pin(
    token: Option<&eimza_token>,
    mut pin: Option<&mut Option<Box<eimza_pin>>>,
    attempt: Option<&mut Option<Box<eimza_attempt>>>,
    out: Option<&mut MaybeUninit<*mut eimza_token_certificates>>,
    error: Option<&mut MaybeUninit<*mut eimza_error>>,
) -> eimza_status {
    let (given, attempt) = (take(pin.as_deref_mut(), "pin"), taken(attempt));
    wall::give(out, error, || {
        let (found, accepted) = need(token, "token")?.0.certificates_and_pin(given?.0, attempt)?;
        if let Some(place) = pin {
            *place = Some(Box::new(eimza_pin(accepted)));
        }
        Ok(eimza_token_certificates(found))
    })
}

/// How many there are.
#[unsafe(no_mangle)]
pub extern "C" fn eimza_token_certificates_count(certificates: Option<&eimza_token_certificates>) -> usize {
    wall::read(certificates, 0, |certificates| certificates.0.iter().len())
}

/// A handle of its own for the one at `index`, from 0.
#[unsafe(no_mangle)]
pub extern "C" fn eimza_token_certificates_at(
    certificates: Option<&eimza_token_certificates>,
    index: usize,
    out: Option<&mut MaybeUninit<*mut eimza_token_certificate>>,
    error: Option<&mut MaybeUninit<*mut eimza_error>>,
) -> eimza_status {
    wall::give(out, error, || {
        let certificates = need(certificates, "certificates")?.0.iter();
        at(certificates.as_slice(), index).cloned().map(eimza_token_certificate)
    })
}

/// The only one that is left under the conditions of eimza_certificates_choose.
#[unsafe(no_mangle)]
pub extern "C" fn eimza_token_certificates_choose(
    certificates: Option<&eimza_token_certificates>,
    qualified: bool,
    at: i64,
    sha256: eimza_text,
    out: Option<&mut MaybeUninit<*mut eimza_token_certificate>>,
    error: Option<&mut MaybeUninit<*mut eimza_error>>,
) -> eimza_status {
    wall::give(out, error, || {
        let candidates = need(certificates, "certificates")?.0.clone();
        choose(candidates, qualified, Time::from_unix(at)?, sha256.optional("sha256")?).map(eimza_token_certificate)
    })
}

/// Leaves only those of the person with this national id, 11 digits in clear.
#[unsafe(no_mangle)]
pub extern "C" fn eimza_token_certificates_keep_person(
    certificates: Option<&mut eimza_token_certificates>,
    national_id: eimza_text,
    error: Option<&mut MaybeUninit<*mut eimza_error>>,
) -> eimza_status {
    keep(certificates, error, |candidates| Ok(candidates.of_person(national_id.text("national_id")?)))
}

/// Leaves only those with this subject: its whole string (RFC 4514, in clear or masked) or its common name.
#[unsafe(no_mangle)]
pub extern "C" fn eimza_token_certificates_keep_subject(
    certificates: Option<&mut eimza_token_certificates>,
    subject: eimza_text,
    error: Option<&mut MaybeUninit<*mut eimza_error>>,
) -> eimza_status {
    keep(certificates, error, |candidates| Ok(candidates.with_subject(subject.text("subject")?)))
}

/// Leaves only those that may sign documents at `at`; where `qualified`, only those that claim to be qualified.
#[unsafe(no_mangle)]
pub extern "C" fn eimza_token_certificates_keep_for_signing(
    certificates: Option<&mut eimza_token_certificates>,
    qualified: bool,
    at: i64,
    error: Option<&mut MaybeUninit<*mut eimza_error>>,
) -> eimza_status {
    keep(certificates, error, |candidates| Ok(for_signing(candidates, qualified, Time::from_unix(at)?)))
}

/// Leaves only those that `issuer` made: equal names and a signature that verifies.
#[unsafe(no_mangle)]
pub extern "C" fn eimza_token_certificates_keep_issued_by(
    certificates: Option<&mut eimza_token_certificates>,
    issuer: Option<&eimza_certificate>,
    error: Option<&mut MaybeUninit<*mut eimza_error>>,
) -> eimza_status {
    keep(certificates, error, |candidates| Ok(candidates.issued_by(&need(issuer, "issuer")?.0)))
}

/// Who was left out so far and why, as a JSON list of texts: the subject, masked, and the stable name of the reason.
/// Free it with eimza_string_free.
#[unsafe(no_mangle)]
pub extern "C" fn eimza_token_certificates_excluded(
    certificates: Option<&eimza_token_certificates>,
    out: Option<&mut MaybeUninit<*mut c_char>>,
    error: Option<&mut MaybeUninit<*mut eimza_error>>,
) -> eimza_status {
    wall::give_text(out, error, || {
        let excluded = need(certificates, "certificates")?.0.excluded();
        json(&excluded.iter().map(Excluded::to_string).collect::<Vec<_>>())
    })
}

/// Frees a list; NULL is nothing.
#[unsafe(no_mangle)]
pub extern "C" fn eimza_token_certificates_free(certificates: Option<Box<eimza_token_certificates>>) {
    wall::free(certificates);
}

/// The certificate itself, a handle of its own.
#[unsafe(no_mangle)]
pub extern "C" fn eimza_token_certificate_certificate(
    signer: Option<&eimza_token_certificate>,
    out: Option<&mut MaybeUninit<*mut eimza_certificate>>,
    error: Option<&mut MaybeUninit<*mut eimza_error>>,
) -> eimza_status {
    wall::give(out, error, || Ok(eimza_certificate(need(signer, "signer")?.0.certificate.clone())))
}

/// What it is called on the token. Free it with eimza_string_free.
#[unsafe(no_mangle)]
pub extern "C" fn eimza_token_certificate_label(
    signer: Option<&eimza_token_certificate>,
    out: Option<&mut MaybeUninit<*mut c_char>>,
    error: Option<&mut MaybeUninit<*mut eimza_error>>,
) -> eimza_status {
    wall::give_text(out, error, || Ok(need(signer, "signer")?.0.label.clone()))
}

/// Whether its key wants the PIN for every signature: 1, 0, or -1 where the token does not tell without a PIN.
#[unsafe(no_mangle)]
pub extern "C" fn eimza_token_certificate_asks_each_time(signer: Option<&eimza_token_certificate>) -> i32 {
    wall::read(signer, -1, |signer| signer.0.asks_each_time.map_or(-1, i32::from))
}

/// Which PIN a key wants when it is used: one of the EIMZA_WANTED_PIN_ numbers.
pub type eimza_wanted_pin = u32;

/// Nobody can tell before the key was used.
pub const EIMZA_WANTED_PIN_UNKNOWN: eimza_wanted_pin = 0;
/// None beside the one that opens the token.
pub const EIMZA_WANTED_PIN_TOKEN: eimza_wanted_pin = 1;
/// One of its own, beside the one that opens the token: eimza_attempt_key_pin.
pub const EIMZA_WANTED_PIN_OWN: eimza_wanted_pin = 2;

/// Which PIN its key wants when it is used. NULL: unknown.
#[unsafe(no_mangle)]
pub extern "C" fn eimza_token_certificate_wanted_pin(signer: Option<&eimza_token_certificate>) -> eimza_wanted_pin {
    wall::read(signer, EIMZA_WANTED_PIN_UNKNOWN, |signer| match signer.0.wanted_pin {
        WantedPin::Unknown => EIMZA_WANTED_PIN_UNKNOWN,
        WantedPin::Token => EIMZA_WANTED_PIN_TOKEN,
        WantedPin::Own => EIMZA_WANTED_PIN_OWN,
    })
}

/// Frees a token's certificate; NULL is nothing.
#[unsafe(no_mangle)]
pub extern "C" fn eimza_token_certificate_free(signer: Option<Box<eimza_token_certificate>>) {
    wall::free(signer);
}

/// Applies a condition; where it fails, all that were left stay.
fn keep(
    certificates: Option<&mut eimza_token_certificates>,
    error: ErrorOut<'_>,
    condition: impl FnOnce(Candidates<TokenCertificate>) -> Result<Candidates<TokenCertificate>>,
) -> eimza_status {
    wall::run(error, || {
        let certificates = need_mut(certificates, "certificates")?;
        certificates.0 = condition(certificates.0.clone())?;
        Ok(())
    })
}
