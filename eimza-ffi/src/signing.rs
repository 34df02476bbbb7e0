//! CAdES signatures: options, content, and the steps prepare and complete.

use std::ffi::c_char;
use std::mem::MaybeUninit;
use std::path::Path;

use eimza_core::cades::{
    self, Commitment, Content, ContentHints, ContentReference, Placement, Prepared, SigningOptions,
};
use eimza_core::crypto::{Digest, DigestAlgorithm, Padding};
use eimza_core::token::SignRequest;
use eimza_core::{Error, Result, Time};

use crate::bytes::eimza_bytes;
use crate::certificate::eimza_certificate;
use crate::error::eimza_error;
use crate::raw::{eimza_text, eimza_view};
use crate::status::eimza_status;
use crate::wall::{self, ErrorOut, need, need_mut, take};

/// A digest algorithm: one of the EIMZA_DIGEST_ numbers.
pub type eimza_digest = u32;

/// None: octets are the content itself; in options, the digest that fits the key.
pub const EIMZA_DIGEST_NONE: eimza_digest = 0;
/// SHA-256.
pub const EIMZA_DIGEST_SHA256: eimza_digest = 256;
/// SHA-384.
pub const EIMZA_DIGEST_SHA384: eimza_digest = 384;
/// SHA-512.
pub const EIMZA_DIGEST_SHA512: eimza_digest = 512;
/// SHA-1: for verifying old signatures only.
pub const EIMZA_DIGEST_SHA1: eimza_digest = 1;

/// What is signed.
#[repr(C)]
#[derive(Clone, Copy)]
pub struct eimza_content {
    /// The content, or its digest.
    pub octets: eimza_view,
    /// EIMZA_DIGEST_NONE where `octets` are the content, else the algorithm that they are its digest by.
    pub digest: eimza_digest,
}

/// How a signature is to be made.
pub struct eimza_signing_options(pub(crate) SigningOptions);

/// What is to be signed. It keeps a copy of the content of an attached signature.
pub struct eimza_prepared(pub(crate) Prepared<'static>);

/// What a key has to sign, one digest after another: a batch that one entry of a PIN authorises.
pub struct eimza_sign_requests(pub(crate) Vec<SignRequest>);

/// Attached, RSA with PKCS#1 v1.5, the digest that fits the key. `signing_time` is a claim, never a proof.
#[unsafe(no_mangle)]
pub extern "C" fn eimza_signing_options_new(
    signing_time: i64,
    out: Option<&mut MaybeUninit<*mut eimza_signing_options>>,
    error: Option<&mut MaybeUninit<*mut eimza_error>>,
) -> eimza_status {
    wall::give(out, error, || Ok(eimza_signing_options(SigningOptions::new(Time::from_unix(signing_time)?))))
}

/// Puts the content into a file of its own.
#[unsafe(no_mangle)]
pub extern "C" fn eimza_signing_options_detached(
    options: Option<&mut eimza_signing_options>,
    error: Option<&mut MaybeUninit<*mut eimza_error>>,
) -> eimza_status {
    change(options, error, |options| {
        options.placement = Placement::Detached;
        Ok(())
    })
}

/// Chooses the digest of content and attributes.
#[unsafe(no_mangle)]
pub extern "C" fn eimza_signing_options_digest(
    options: Option<&mut eimza_signing_options>,
    digest: eimza_digest,
    error: Option<&mut MaybeUninit<*mut eimza_error>>,
) -> eimza_status {
    change(options, error, |options| {
        options.digest = algorithm(digest)?;
        Ok(())
    })
}

/// Pads RSA signatures by PSS (RFC 8017 section 8.1).
#[unsafe(no_mangle)]
pub extern "C" fn eimza_signing_options_pss(
    options: Option<&mut eimza_signing_options>,
    error: Option<&mut MaybeUninit<*mut eimza_error>>,
) -> eimza_status {
    change(options, error, |options| {
        options.padding = Padding::Pss;
        Ok(())
    })
}

/// What the signer commits to: "approval" (what an E-Onay says), "origin", "receipt", "creation" (RFC 5126 section
/// 5.11.1).
#[unsafe(no_mangle)]
pub extern "C" fn eimza_signing_options_commitment(
    options: Option<&mut eimza_signing_options>,
    name: eimza_text,
    error: Option<&mut MaybeUninit<*mut eimza_error>>,
) -> eimza_status {
    change(options, error, |options| {
        let unknown = Error::ArgumentInvalid { argument: "commitment", reason: "its name is not known" };
        options.commitment = Some(Commitment::from_name(name.text("name")?).ok_or(unknown)?);
        Ok(())
    })
}

/// The content's MIME type (EN 319 122-1 section 5.2.5.2).
#[unsafe(no_mangle)]
pub extern "C" fn eimza_signing_options_mime_type(
    options: Option<&mut eimza_signing_options>,
    mime_type: eimza_text,
    error: Option<&mut MaybeUninit<*mut eimza_error>>,
) -> eimza_status {
    change(options, error, |options| {
        options.mime_type = Some(mime_type.text("mime_type")?.to_owned());
        Ok(())
    })
}

/// A name for the content (content-identifier, RFC 2634 section 2.7).
#[unsafe(no_mangle)]
pub extern "C" fn eimza_signing_options_content_identifier(
    options: Option<&mut eimza_signing_options>,
    identifier: eimza_view,
    error: Option<&mut MaybeUninit<*mut eimza_error>>,
) -> eimza_status {
    change(options, error, |options| {
        options.content_identifier = Some(identifier.octets("identifier")?.to_vec());
        Ok(())
    })
}

/// How the content shall be shown (content-hints, RFC 2634 section 2.9); `description` may be NULL.
#[unsafe(no_mangle)]
pub extern "C" fn eimza_signing_options_content_hints(
    options: Option<&mut eimza_signing_options>,
    description: eimza_text,
    error: Option<&mut MaybeUninit<*mut eimza_error>>,
) -> eimza_status {
    change(options, error, |options| {
        let description = description.optional("description")?.map(str::to_owned);
        options.content_hints = Some(ContentHints { description });
        Ok(())
    })
}

/// Another signature that this one refers to (content-reference, RFC 2634 section 2.11).
#[unsafe(no_mangle)]
pub extern "C" fn eimza_signing_options_content_reference(
    options: Option<&mut eimza_signing_options>,
    content_identifier: eimza_view,
    signature_value: eimza_view,
    error: Option<&mut MaybeUninit<*mut eimza_error>>,
) -> eimza_status {
    change(options, error, |options| {
        options.content_reference = Some(ContentReference {
            content_identifier: content_identifier.octets("content_identifier")?.to_vec(),
            signature_value: signature_value.octets("signature_value")?.to_vec(),
        });
        Ok(())
    })
}

/// Puts one more certificate into the file, beside the signer's.
#[unsafe(no_mangle)]
pub extern "C" fn eimza_signing_options_add_certificate(
    options: Option<&mut eimza_signing_options>,
    certificate: Option<&eimza_certificate>,
    error: Option<&mut MaybeUninit<*mut eimza_error>>,
) -> eimza_status {
    change(options, error, |options| {
        options.chain.push(need(certificate, "certificate")?.0.clone());
        Ok(())
    })
}

/// Takes a certificate that is expired, not yet valid, or not meant for signing.
#[unsafe(no_mangle)]
pub extern "C" fn eimza_signing_options_allow_unsuitable(
    options: Option<&mut eimza_signing_options>,
    error: Option<&mut MaybeUninit<*mut eimza_error>>,
) -> eimza_status {
    change(options, error, |options| {
        options.allow_unsuitable = true;
        Ok(())
    })
}

/// Frees options; NULL is nothing.
#[unsafe(no_mangle)]
pub extern "C" fn eimza_signing_options_free(options: Option<Box<eimza_signing_options>>) {
    wall::free(options);
}

/// The digest of a file of any size, read as a stream (64 KiB of it are in memory).
#[unsafe(no_mangle)]
pub extern "C" fn eimza_digest_file(
    path: eimza_text,
    digest: eimza_digest,
    out: Option<&mut MaybeUninit<*mut eimza_bytes>>,
    error: Option<&mut MaybeUninit<*mut eimza_error>>,
) -> eimza_status {
    wall::give(out, error, || {
        let unknown = Error::ArgumentInvalid { argument: "digest", reason: "its name is not known" };
        let algorithm = algorithm(digest)?.ok_or(unknown)?;
        let digests = cades::digest_file(Path::new(path.text("path")?), &[algorithm])?;
        Ok(eimza_bytes(digests.first().map(|digest| digest.as_bytes().to_vec()).unwrap_or_default()))
    })
}

/// The first step: what has to be signed. The same content, certificate and options give the same octets.
///
/// 4004, 4005, 4006 for a certificate that may not sign; 5004 where an attached signature is given a digest only.
#[unsafe(no_mangle)]
pub extern "C" fn eimza_prepare(
    content: Option<&eimza_content>,
    certificate: Option<&eimza_certificate>,
    options: Option<&eimza_signing_options>,
    out: Option<&mut MaybeUninit<*mut eimza_prepared>>,
    error: Option<&mut MaybeUninit<*mut eimza_error>>,
) -> eimza_status {
    wall::give(out, error, || {
        let content = need(content, "content")?.content()?;
        let certificate = &need(certificate, "certificate")?.0;
        let prepared = cades::prepare(content, certificate, &need(options, "options")?.0)?;
        Ok(eimza_prepared(prepared.into_owned()))
    })
}

/// The octets that are signed: the DER of the signed attributes (RFC 5652 section 5.4). They live as long as the handle.
#[unsafe(no_mangle)]
pub extern "C" fn eimza_prepared_to_be_signed(prepared: Option<&eimza_prepared>) -> eimza_view {
    wall::read(prepared, eimza_view::EMPTY, |prepared| eimza_view::of(prepared.0.to_be_signed()))
}

/// The digest of the octets that are signed: what a key is given.
#[unsafe(no_mangle)]
pub extern "C" fn eimza_prepared_digest(
    prepared: Option<&eimza_prepared>,
    out: Option<&mut MaybeUninit<*mut eimza_bytes>>,
    error: Option<&mut MaybeUninit<*mut eimza_error>>,
) -> eimza_status {
    wall::give(out, error, || Ok(eimza_bytes(need(prepared, "prepared")?.0.digest().as_bytes().to_vec())))
}

/// How it has to be signed, for people: "RSA PKCS#1 v1.5 with SHA-256". Free it with eimza_string_free.
#[unsafe(no_mangle)]
pub extern "C" fn eimza_prepared_algorithm(
    prepared: Option<&eimza_prepared>,
    out: Option<&mut MaybeUninit<*mut c_char>>,
    error: Option<&mut MaybeUninit<*mut eimza_error>>,
) -> eimza_status {
    wall::give_text(out, error, || Ok(need(prepared, "prepared")?.0.algorithm().name()))
}

/// The last step: verifies the signature value with the certificate and makes the file. An ECDSA value is DER.
///
/// `prepared` is moved in. 5006 where the value does not fit.
#[unsafe(no_mangle)]
pub extern "C" fn eimza_prepared_complete(
    prepared: Option<&mut Option<Box<eimza_prepared>>>,
    value: eimza_view,
    out: Option<&mut MaybeUninit<*mut eimza_bytes>>,
    error: Option<&mut MaybeUninit<*mut eimza_error>>,
) -> eimza_status {
    wall::give(out, error, || Ok(eimza_bytes(take(prepared, "prepared")?.0.complete(value.octets("value")?)?)))
}

/// Frees what was prepared; NULL is nothing.
#[unsafe(no_mangle)]
pub extern "C" fn eimza_prepared_free(prepared: Option<Box<eimza_prepared>>) {
    wall::free(prepared);
}

/// No requests yet.
#[unsafe(no_mangle)]
pub extern "C" fn eimza_sign_requests_new() -> Option<Box<eimza_sign_requests>> {
    Some(Box::new(eimza_sign_requests(Vec::new())))
}

/// Asks for a signature over what was prepared.
#[unsafe(no_mangle)]
pub extern "C" fn eimza_sign_requests_add_prepared(
    requests: Option<&mut eimza_sign_requests>,
    prepared: Option<&eimza_prepared>,
    error: Option<&mut MaybeUninit<*mut eimza_error>>,
) -> eimza_status {
    wall::run(error, || {
        let prepared = &need(prepared, "prepared")?.0;
        let request = SignRequest { algorithm: prepared.algorithm(), digest: prepared.digest() };
        need_mut(requests, "requests")?.0.push(request);
        Ok(())
    })
}

/// How many signatures are asked for.
#[unsafe(no_mangle)]
pub extern "C" fn eimza_sign_requests_count(requests: Option<&eimza_sign_requests>) -> usize {
    wall::read(requests, 0, |requests| requests.0.len())
}

/// Frees requests; NULL is nothing.
#[unsafe(no_mangle)]
pub extern "C" fn eimza_sign_requests_free(requests: Option<Box<eimza_sign_requests>>) {
    wall::free(requests);
}

impl eimza_content {
    pub(crate) fn content(&self) -> Result<Content<'_>> {
        let octets = self.octets.octets("content")?;
        let Some(algorithm) = algorithm(self.digest)? else { return Ok(Content::Bytes(octets)) };
        let wrong = Error::ArgumentInvalid { argument: "content", reason: "its length does not fit the algorithm" };
        Digest::from_octets(algorithm, octets).map(Content::Digest).ok_or(wrong)
    }
}

fn algorithm(number: eimza_digest) -> Result<Option<DigestAlgorithm>> {
    match number {
        EIMZA_DIGEST_NONE => Ok(None),
        EIMZA_DIGEST_SHA1 => Ok(Some(DigestAlgorithm::Sha1)),
        EIMZA_DIGEST_SHA256 => Ok(Some(DigestAlgorithm::Sha256)),
        EIMZA_DIGEST_SHA384 => Ok(Some(DigestAlgorithm::Sha384)),
        EIMZA_DIGEST_SHA512 => Ok(Some(DigestAlgorithm::Sha512)),
        _ => Err(Error::ArgumentInvalid { argument: "digest", reason: "its name is not known" }),
    }
}

pub(crate) fn number(algorithm: DigestAlgorithm) -> eimza_digest {
    match algorithm {
        DigestAlgorithm::Sha1 => EIMZA_DIGEST_SHA1,
        DigestAlgorithm::Sha256 => EIMZA_DIGEST_SHA256,
        DigestAlgorithm::Sha384 => EIMZA_DIGEST_SHA384,
        DigestAlgorithm::Sha512 => EIMZA_DIGEST_SHA512,
    }
}

fn change(
    options: Option<&mut eimza_signing_options>,
    error: ErrorOut<'_>,
    change: impl FnOnce(&mut SigningOptions) -> Result<()>,
) -> eimza_status {
    wall::run(error, || change(&mut need_mut(options, "options")?.0))
}
