//! Certificates: parsed once, shared cheaply, safe to read from several threads.

pub mod list;

use std::ffi::c_char;
use std::mem::MaybeUninit;

use eimza_core::{Certificate, Time};

pub use list::eimza_certificates;
pub(crate) use list::{choose, for_signing};

use crate::error::eimza_error;
use crate::output::json;
use crate::raw::{eimza_text, eimza_view};
use crate::status::eimza_status;
use crate::wall::{self, need};

/// An X.509 certificate (RFC 5280 section 4).
pub struct eimza_certificate(pub(crate) Certificate);

/// Reads one certificate in DER; what stands behind it is left out, which the summary's `notes` tell.
/// EIMZA_STATUS_CERTIFICATE_MALFORMED where it is none.
#[unsafe(no_mangle)]
pub extern "C" fn eimza_certificate_from_der(
    der: eimza_view,
    out: Option<&mut MaybeUninit<*mut eimza_certificate>>,
    error: Option<&mut MaybeUninit<*mut eimza_error>>,
) -> eimza_status {
    wall::give(out, error, || Ok(eimza_certificate(Certificate::from_der(der.octets("der")?)?)))
}

/// The octets as they came. They live as long as the handle.
#[unsafe(no_mangle)]
pub extern "C" fn eimza_certificate_der(certificate: Option<&eimza_certificate>) -> eimza_view {
    wall::read(certificate, eimza_view::EMPTY, |certificate| eimza_view::of(certificate.0.der()))
}

/// Whose it is (RFC 4514). Free it with eimza_string_free.
#[unsafe(no_mangle)]
pub extern "C" fn eimza_certificate_subject(
    certificate: Option<&eimza_certificate>,
    out: Option<&mut MaybeUninit<*mut c_char>>,
    error: Option<&mut MaybeUninit<*mut eimza_error>>,
) -> eimza_status {
    wall::give_text(out, error, || Ok(need(certificate, "certificate")?.0.subject().to_string()))
}

/// Who issued it (RFC 4514). Free it with eimza_string_free.
#[unsafe(no_mangle)]
pub extern "C" fn eimza_certificate_issuer(
    certificate: Option<&eimza_certificate>,
    out: Option<&mut MaybeUninit<*mut c_char>>,
    error: Option<&mut MaybeUninit<*mut eimza_error>>,
) -> eimza_status {
    wall::give_text(out, error, || Ok(need(certificate, "certificate")?.0.issuer().to_string()))
}

/// The subject's common name: the person, or a seal's company. NULL where there is none. Free it with
/// eimza_string_free.
#[unsafe(no_mangle)]
pub extern "C" fn eimza_certificate_common_name(
    certificate: Option<&eimza_certificate>,
    out: Option<&mut MaybeUninit<*mut c_char>>,
    error: Option<&mut MaybeUninit<*mut eimza_error>>,
) -> eimza_status {
    wall::give_some_text(out, error, || {
        Ok(need(certificate, "certificate")?.0.common_name().map(|name| name.to_string()))
    })
}

/// The person's national id **in clear**: only where a person asked for it, never for logs. NULL where there is none.
/// Free it with eimza_string_free, which wipes it.
#[unsafe(no_mangle)]
pub extern "C" fn eimza_certificate_reveal_national_id(
    certificate: Option<&eimza_certificate>,
    out: Option<&mut MaybeUninit<*mut c_char>>,
    error: Option<&mut MaybeUninit<*mut eimza_error>>,
) -> eimza_status {
    wall::give_some_text(out, error, || {
        Ok(need(certificate, "certificate")?.0.national_id().map(|id| id.reveal().to_string()))
    })
}

/// SHA-256 over the octets, 64 lower-case hexadecimal digits. Free it with eimza_string_free.
#[unsafe(no_mangle)]
pub extern "C" fn eimza_certificate_sha256(
    certificate: Option<&eimza_certificate>,
    out: Option<&mut MaybeUninit<*mut c_char>>,
    error: Option<&mut MaybeUninit<*mut eimza_error>>,
) -> eimza_status {
    wall::give_text(out, error, || Ok(need(certificate, "certificate")?.0.sha256().to_hex()))
}

/// What it is for: "nes", "mali-muhur", "ca", "tsa", "ocsp", "other". Free it with eimza_string_free.
#[unsafe(no_mangle)]
pub extern "C" fn eimza_certificate_kind(
    certificate: Option<&eimza_certificate>,
    out: Option<&mut MaybeUninit<*mut c_char>>,
    error: Option<&mut MaybeUninit<*mut eimza_error>>,
) -> eimza_status {
    wall::give_text(out, error, || Ok(need(certificate, "certificate")?.0.kind().name().to_owned()))
}

/// Everything on one page, as JSON: the fields of `eimza certificate show`. Free it with eimza_string_free.
#[unsafe(no_mangle)]
pub extern "C" fn eimza_certificate_summary(
    certificate: Option<&eimza_certificate>,
    out: Option<&mut MaybeUninit<*mut c_char>>,
    error: Option<&mut MaybeUninit<*mut eimza_error>>,
) -> eimza_status {
    wall::give_text(out, error, || json(&need(certificate, "certificate")?.0.summary()))
}

/// As eimza_certificate_summary, with national ids **in clear**. Only where a person asked for it.
#[unsafe(no_mangle)]
pub extern "C" fn eimza_certificate_reveal_summary(
    certificate: Option<&eimza_certificate>,
    out: Option<&mut MaybeUninit<*mut c_char>>,
    error: Option<&mut MaybeUninit<*mut eimza_error>>,
) -> eimza_status {
    wall::give_text(out, error, || json(&need(certificate, "certificate")?.0.summary().revealed()))
}

/// What the summary leaves out, as JSON: organization, key_usage (names of RFC 5280, null where none is stated),
/// extended_key_usage, is_ca, policies (oid, cps, notices), statements (compliance, turkish_nes, turkish_seal, limit,
/// usage_limits, others), issuer_addresses, ocsp_addresses, crl_addresses, unknown_critical_extensions. National ids in
/// texts and addresses are masked. Free it with eimza_string_free.
#[unsafe(no_mangle)]
pub extern "C" fn eimza_certificate_details(
    certificate: Option<&eimza_certificate>,
    out: Option<&mut MaybeUninit<*mut c_char>>,
    error: Option<&mut MaybeUninit<*mut eimza_error>>,
) -> eimza_status {
    wall::give_text(out, error, || json(&need(certificate, "certificate")?.0.details()))
}

/// As eimza_certificate_details, with texts and addresses as they stand there and national ids **in clear**: to open an
/// address, or where a person asked for it.
#[unsafe(no_mangle)]
pub extern "C" fn eimza_certificate_reveal_details(
    certificate: Option<&eimza_certificate>,
    out: Option<&mut MaybeUninit<*mut c_char>>,
    error: Option<&mut MaybeUninit<*mut eimza_error>>,
) -> eimza_status {
    wall::give_text(out, error, || json(&need(certificate, "certificate")?.0.details().revealed()))
}

/// When it begins; 0 for NULL, and where no moment can be told.
#[unsafe(no_mangle)]
pub extern "C" fn eimza_certificate_not_before(certificate: Option<&eimza_certificate>) -> i64 {
    wall::read(certificate, 0, |certificate| certificate.0.not_before().map_or(0, Time::unix))
}

/// The last second in which it is valid; 0 for NULL, and where no moment can be told.
#[unsafe(no_mangle)]
pub extern "C" fn eimza_certificate_not_after(certificate: Option<&eimza_certificate>) -> i64 {
    wall::read(certificate, 0, |certificate| certificate.0.not_after().map_or(0, Time::unix))
}

/// From when on a new one can be asked for: two months before the end, Istanbul time. 0 where it cannot be renewed.
#[unsafe(no_mangle)]
pub extern "C" fn eimza_certificate_renewable_from(certificate: Option<&eimza_certificate>) -> i64 {
    wall::read(certificate, 0, |certificate| certificate.0.renewable_from().map_or(0, Time::unix))
}

/// Whether it claims to be a Turkish qualified certificate. Only a path to an anchor tells whether that is true.
#[unsafe(no_mangle)]
pub extern "C" fn eimza_certificate_is_qualified(certificate: Option<&eimza_certificate>) -> bool {
    wall::read(certificate, false, |certificate| certificate.0.qualified())
}

/// Fails with what it lacks of a qualified certificate (EIMZA_STATUS_CERTIFICATE_NOT_QUALIFIED).
#[unsafe(no_mangle)]
pub extern "C" fn eimza_certificate_check_qualified(
    certificate: Option<&eimza_certificate>,
    error: Option<&mut MaybeUninit<*mut eimza_error>>,
) -> eimza_status {
    wall::run(error, || need(certificate, "certificate")?.0.check_qualified())
}

/// Fails where it may not sign documents at this time (EIMZA_STATUS_CERTIFICATE_EXPIRED,
/// EIMZA_STATUS_CERTIFICATE_NOT_YET_VALID, EIMZA_STATUS_CERTIFICATE_CANNOT_SIGN).
#[unsafe(no_mangle)]
pub extern "C" fn eimza_certificate_check_for_signing(
    certificate: Option<&eimza_certificate>,
    at: i64,
    error: Option<&mut MaybeUninit<*mut eimza_error>>,
) -> eimza_status {
    wall::run(error, || need(certificate, "certificate")?.0.check_for_signing(Time::from_unix(at)?))
}

/// Fails where it is not that of the person with this national id, 11 digits in clear
/// (EIMZA_STATUS_CERTIFICATE_OTHER_PERSON).
#[unsafe(no_mangle)]
pub extern "C" fn eimza_certificate_check_person(
    certificate: Option<&eimza_certificate>,
    national_id: eimza_text,
    error: Option<&mut MaybeUninit<*mut eimza_error>>,
) -> eimza_status {
    wall::run(error, || need(certificate, "certificate")?.0.check_person(national_id.text("national_id")?))
}

/// Whether `issuer` made it: equal names and a signature that verifies. Not whether `issuer` may issue certificates.
#[unsafe(no_mangle)]
pub extern "C" fn eimza_certificate_is_issued_by(
    certificate: Option<&eimza_certificate>,
    issuer: Option<&eimza_certificate>,
    out: Option<&mut MaybeUninit<bool>>,
    error: Option<&mut MaybeUninit<*mut eimza_error>>,
) -> eimza_status {
    wall::tell(out, error, || need(certificate, "certificate")?.0.is_issued_by(&need(issuer, "issuer")?.0))
}

/// Frees a certificate; NULL is nothing.
#[unsafe(no_mangle)]
pub extern "C" fn eimza_certificate_free(certificate: Option<Box<eimza_certificate>>) {
    wall::free(certificate);
}
