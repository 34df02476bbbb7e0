//! The certificates on a token, and choosing the one that signs.

use std::ffi::c_char;
use std::mem::MaybeUninit;

use eimza_core::Time;
use eimza_core::certificate::Candidates;
use eimza_core::token::TokenCertificate;

use crate::certificate::{at, choose, eimza_certificate};
use crate::error::eimza_error;
use crate::raw::eimza_text;
use crate::status::eimza_status;
use crate::token::eimza_token;
use crate::wall::{self, need, need_mut};

/// A certificate on a token, and where its key is.
pub struct eimza_token_certificate(pub(crate) TokenCertificate);

/// Everything on a token that is a certificate.
pub struct eimza_token_certificates(Vec<TokenCertificate>);

/// The certificates on the token. Never asks for a PIN and never spends a try.
#[unsafe(no_mangle)]
pub extern "C" fn eimza_token_read_certificates(
    token: Option<&eimza_token>,
    out: Option<&mut MaybeUninit<*mut eimza_token_certificates>>,
    error: Option<&mut MaybeUninit<*mut eimza_error>>,
) -> eimza_status {
    wall::give(out, error, || Ok(eimza_token_certificates(need(token, "token")?.0.certificates()?.into_vec())))
}

/// How many there are.
#[unsafe(no_mangle)]
pub extern "C" fn eimza_token_certificates_count(certificates: Option<&eimza_token_certificates>) -> usize {
    wall::read(certificates, 0, |certificates| certificates.0.len())
}

/// A handle of its own for the one at `index`, from 0.
#[unsafe(no_mangle)]
pub extern "C" fn eimza_token_certificates_at(
    certificates: Option<&eimza_token_certificates>,
    index: usize,
    out: Option<&mut MaybeUninit<*mut eimza_token_certificate>>,
    error: Option<&mut MaybeUninit<*mut eimza_error>>,
) -> eimza_status {
    wall::give(out, error, || at(&need(certificates, "certificates")?.0, index).cloned().map(eimza_token_certificate))
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
        let candidates = Candidates::new(need(certificates, "certificates")?.0.clone());
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
    wall::run(error, || {
        let (national_id, certificates) = (national_id.text("national_id")?, need_mut(certificates, "certificates")?);
        certificates.0.retain(|found| found.certificate.check_person(national_id).is_ok());
        Ok(())
    })
}

/// Leaves only those that `issuer` made: equal names and a signature that verifies.
#[unsafe(no_mangle)]
pub extern "C" fn eimza_token_certificates_keep_issued_by(
    certificates: Option<&mut eimza_token_certificates>,
    issuer: Option<&eimza_certificate>,
    error: Option<&mut MaybeUninit<*mut eimza_error>>,
) -> eimza_status {
    wall::run(error, || {
        let (issuer, certificates) = (&need(issuer, "issuer")?.0, need_mut(certificates, "certificates")?);
        certificates.0.retain(|found| found.certificate.is_issued_by(issuer).unwrap_or(false));
        Ok(())
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

/// Frees a token's certificate; NULL is nothing.
#[unsafe(no_mangle)]
pub extern "C" fn eimza_token_certificate_free(signer: Option<Box<eimza_token_certificate>>) {
    wall::free(signer);
}
