//! Verifying one file as mathematics, the verdict over it, and what is inside.

pub mod certificate;
pub mod judgement;
pub mod report;
pub mod signer;

use std::ffi::c_char;
use std::mem::MaybeUninit;
use std::path::Path;

use eimza_core::cms::{self, Content, SignedData};
use eimza_core::validation::{self, Check};
use eimza_core::{Certificate, Result, Time};

use crate::bytes::eimza_bytes;
use crate::cades::eimza_content;
use crate::certificate::{eimza_certificate, eimza_certificates};
use crate::error::eimza_error;
use crate::output::{at, json};
use crate::raw::{eimza_text, eimza_view};
use crate::status::eimza_status;
use crate::wall::{self, need};

/// What was found of all signers of a file, each before those who counter-signed it. Its fields are those of the JSON.
#[derive(serde::Serialize)]
pub struct eimza_verification {
    all_passed: bool,
    signers: Vec<Signer>,
    unreadable_counter_signatures: Vec<usize>,
}

/// One signer, in the words of the JSON.
#[derive(serde::Serialize)]
struct Signer {
    parent: Option<usize>,
    certificate_sha256: Option<String>,
    certificate_inside: bool,
    signing_time: Option<Time>,
    checks: Vec<Check>,
    #[serde(skip)]
    certificate: Option<Certificate>,
}

/// Checks every signer and counter-signer of a file in DER, BER, PEM or base64: digest, signature value, binding to the
/// certificate. It says nothing about trust: eimza_validation_judge does.
///
/// `content` is that of a detached signature, or NULL. `certificates` are looked through for signers whose certificate
/// is not in the file, or NULL. What is wrong with a signature is no error but a check that did not pass.
#[unsafe(no_mangle)]
pub extern "C" fn eimza_verify(
    file: eimza_view,
    content: Option<&eimza_content>,
    certificates: Option<&eimza_certificates>,
    out: Option<&mut MaybeUninit<*mut eimza_verification>>,
    error: Option<&mut MaybeUninit<*mut eimza_error>>,
) -> eimza_status {
    wall::give(out, error, || {
        read(&file, |signed_data| {
            let content = content.map(eimza_content::content).transpose()?;
            verification(signed_data, content, certificates)
        })
    })
}

/// As eimza_verify, with the content of a detached signature in a file of any size, read as a stream.
#[unsafe(no_mangle)]
pub extern "C" fn eimza_verify_content_file(
    file: eimza_view,
    content_path: eimza_text,
    certificates: Option<&eimza_certificates>,
    out: Option<&mut MaybeUninit<*mut eimza_verification>>,
    error: Option<&mut MaybeUninit<*mut eimza_error>>,
) -> eimza_status {
    wall::give(out, error, || {
        read(&file, |signed_data| {
            let path = Path::new(content_path.text("content_path")?);
            let digests = cms::digest_file(path, &signed_data.digests_needed())?;
            verification(signed_data, Some(Content::Digests(&digests)), certificates)
        })
    })
}

/// Whether there is a signer and everything that was checked has passed. It says nothing about trust.
#[unsafe(no_mangle)]
pub extern "C" fn eimza_verification_all_passed(verification: Option<&eimza_verification>) -> bool {
    wall::read(verification, false, |verification| verification.all_passed)
}

/// How many signers and counter-signers there are.
#[unsafe(no_mangle)]
pub extern "C" fn eimza_verification_count(verification: Option<&eimza_verification>) -> usize {
    wall::read(verification, 0, |verification| verification.signers.len())
}

/// The certificate of the signer at `index`, from 0; NULL where it was not found.
#[unsafe(no_mangle)]
pub extern "C" fn eimza_verification_certificate(
    verification: Option<&eimza_verification>,
    index: usize,
    out: Option<&mut MaybeUninit<*mut eimza_certificate>>,
    error: Option<&mut MaybeUninit<*mut eimza_error>>,
) -> eimza_status {
    wall::give_some(out, error, || {
        let signer = at(&need(verification, "verification")?.signers, index)?;
        Ok(signer.certificate.clone().map(eimza_certificate))
    })
}

/// All of it as JSON: all_passed; signers, each with parent (the index of the one that is counter-signed),
/// certificate_sha256, certificate_inside, signing_time, and checks with name, status ("passed", "failed",
/// "undetermined") and reason; unreadable_counter_signatures, for each the index of the signer that it stands in. Free
/// it with eimza_string_free.
#[unsafe(no_mangle)]
pub extern "C" fn eimza_verification_json(
    verification: Option<&eimza_verification>,
    out: Option<&mut MaybeUninit<*mut c_char>>,
    error: Option<&mut MaybeUninit<*mut eimza_error>>,
) -> eimza_status {
    wall::give_text(out, error, || json(need(verification, "verification")?))
}

/// Frees a verification; NULL is nothing.
#[unsafe(no_mangle)]
pub extern "C" fn eimza_verification_free(verification: Option<Box<eimza_verification>>) {
    wall::free(verification);
}

/// What is inside of a file, without judging, as JSON; national ids are masked. Free it with eimza_string_free.
#[unsafe(no_mangle)]
pub extern "C" fn eimza_inspect(
    file: eimza_view,
    out: Option<&mut MaybeUninit<*mut c_char>>,
    error: Option<&mut MaybeUninit<*mut eimza_error>>,
) -> eimza_status {
    wall::give_text(out, error, || json(&cms::inspect(file.octets("file")?)?))
}

/// As eimza_inspect, with national ids **in clear**. Only where a person asked for it.
#[unsafe(no_mangle)]
pub extern "C" fn eimza_reveal_inspection(
    file: eimza_view,
    out: Option<&mut MaybeUninit<*mut c_char>>,
    error: Option<&mut MaybeUninit<*mut eimza_error>>,
) -> eimza_status {
    wall::give_text(out, error, || json(&cms::inspect(file.octets("file")?)?.revealed()))
}

/// The content inside of a file with an attached signature, as it stands there: what is in it was not judged. NULL
/// where the signature is detached; free it with eimza_bytes_free.
#[unsafe(no_mangle)]
pub extern "C" fn eimza_attached_content(
    file: eimza_view,
    out: Option<&mut MaybeUninit<*mut eimza_bytes>>,
    error: Option<&mut MaybeUninit<*mut eimza_error>>,
) -> eimza_status {
    wall::give_some(out, error, || {
        read(&file, |signed_data| Ok(signed_data.content()?.map(|content| eimza_bytes(content.into_owned()))))
    })
}

/// Reads a file in DER, BER, PEM or base64.
fn read<T>(file: &eimza_view, work: impl FnOnce(&SignedData<'_>) -> Result<T>) -> Result<T> {
    let octets = cms::decode(file.octets("file")?)?;
    work(&SignedData::read(&octets)?)
}

fn verification(
    signed_data: &SignedData<'_>,
    content: Option<Content<'_>>,
    certificates: Option<&eimza_certificates>,
) -> Result<eimza_verification> {
    let found = validation::verify(signed_data, content, given(certificates))?;
    let all_passed = found.all_passed();
    let unreadable_counter_signatures = found.unreadable_counter_signatures;
    let signers = found.signers.into_iter().map(|signer| Signer {
        parent: signer.parent,
        certificate_sha256: signer.certificate.as_ref().map(|certificate| certificate.sha256().to_hex()),
        certificate_inside: signer.certificate_inside,
        signing_time: signer.signing_time,
        checks: signer.checks,
        certificate: signer.certificate,
    });
    Ok(eimza_verification { all_passed, signers: signers.collect(), unreadable_counter_signatures })
}

fn given(certificates: Option<&eimza_certificates>) -> &[Certificate] {
    certificates.map_or(&[], |certificates| &certificates.0)
}
