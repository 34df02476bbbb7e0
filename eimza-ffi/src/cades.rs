//! CAdES signatures: the content, and the steps prepare and complete.

pub mod options;
pub mod state;

use std::ffi::c_char;
use std::mem::MaybeUninit;
use std::path::Path;

use eimza_core::cades::{self, Prepared};
use eimza_core::cms::{self, Content};
use eimza_core::crypto::{Digest, DigestAlgorithm};
use eimza_core::error::ArgumentFault;
use eimza_core::token::SignRequest;
use eimza_core::{Error, Result};

use crate::bytes::eimza_bytes;
use crate::cades::options::eimza_signing_options;
use crate::certificate::eimza_certificate;
use crate::error::eimza_error;
use crate::raw::{eimza_text, eimza_view};
use crate::status::eimza_status;
use crate::wall::{self, need, need_mut, take};

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
/// SHA-224, as all that follow: for verifying only.
pub const EIMZA_DIGEST_SHA224: eimza_digest = 224;
/// SHA-512/224.
pub const EIMZA_DIGEST_SHA512_224: eimza_digest = 512_224;
/// SHA-512/256.
pub const EIMZA_DIGEST_SHA512_256: eimza_digest = 512_256;
/// SHA3-224.
pub const EIMZA_DIGEST_SHA3_224: eimza_digest = 3_224;
/// SHA3-256.
pub const EIMZA_DIGEST_SHA3_256: eimza_digest = 3_256;
/// SHA3-384.
pub const EIMZA_DIGEST_SHA3_384: eimza_digest = 3_384;
/// SHA3-512.
pub const EIMZA_DIGEST_SHA3_512: eimza_digest = 3_512;

/// What is signed.
#[repr(C)]
#[derive(Clone, Copy)]
pub struct eimza_content {
    /// The content, or its digest.
    pub octets: eimza_view,
    /// EIMZA_DIGEST_NONE where `octets` are the content, else the algorithm that they are its digest by.
    pub digest: eimza_digest,
}

/// What is to be signed. It keeps a copy of the content of an attached signature.
pub struct eimza_prepared(pub(crate) Prepared<'static>);

/// What a key has to sign, one digest after another: a batch that one entry of a PIN authorises.
pub struct eimza_sign_requests(pub(crate) Vec<SignRequest>);

/// The digest of a file of any size, read as a stream (64 KiB of it are in memory).
#[unsafe(no_mangle)]
pub extern "C" fn eimza_digest_file(
    path: eimza_text,
    digest: eimza_digest,
    out: Option<&mut MaybeUninit<*mut eimza_bytes>>,
    error: Option<&mut MaybeUninit<*mut eimza_error>>,
) -> eimza_status {
    wall::give(out, error, || {
        let unknown = Error::ArgumentInvalid { argument: "digest", reason: ArgumentFault::NameUnknown };
        let algorithm = algorithm(digest)?.ok_or(unknown)?;
        let digests = cms::digest_file(Path::new(path.text("path")?), &[algorithm])?;
        Ok(eimza_bytes(digests.first().map(|digest| digest.as_bytes().to_vec()).unwrap_or_default()))
    })
}

/// The first step: what has to be signed. The same content, certificate and options give the same octets.
///
/// EIMZA_STATUS_CERTIFICATE_EXPIRED, EIMZA_STATUS_CERTIFICATE_NOT_YET_VALID, EIMZA_STATUS_CERTIFICATE_CANNOT_SIGN for a
/// certificate that may not sign; EIMZA_STATUS_CONTENT_MISSING where an attached signature is given a digest only.
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

/// The octets that are signed: the DER of the signed attributes (RFC 5652 section 5.4). They live as long as the
/// handle.
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
/// `prepared` is moved in. EIMZA_STATUS_SIGNATURE_VALUE_INVALID where the value does not fit.
#[unsafe(no_mangle)]
pub extern "C" fn eimza_prepared_complete(
    prepared: Option<&mut Option<Box<eimza_prepared>>>,
    value: eimza_view,
    out: Option<&mut MaybeUninit<*mut eimza_bytes>>,
    error: Option<&mut MaybeUninit<*mut eimza_error>>,
) -> eimza_status {
    let prepared = take(prepared, "prepared");
    wall::give(out, error, || Ok(eimza_bytes(prepared?.0.complete(value.octets("value")?)?)))
}

/// Frees what was prepared; NULL is nothing.
#[unsafe(no_mangle)]
pub extern "C" fn eimza_prepared_free(prepared: Option<Box<eimza_prepared>>) {
    wall::free(prepared);
}

/// Several that were prepared, in the order in which the person saw them listed: what eimza_sign_prepared signs.
pub struct eimza_prepared_list(pub(crate) Vec<Prepared<'static>>);

/// An empty list.
#[unsafe(no_mangle)]
pub extern "C" fn eimza_prepared_list_new() -> Option<Box<eimza_prepared_list>> {
    Some(Box::new(eimza_prepared_list(Vec::new())))
}

/// Puts what was prepared behind those in the list. `prepared` is moved in.
#[unsafe(no_mangle)]
pub extern "C" fn eimza_prepared_list_add(
    list: Option<&mut eimza_prepared_list>,
    prepared: Option<&mut Option<Box<eimza_prepared>>>,
    error: Option<&mut MaybeUninit<*mut eimza_error>>,
) -> eimza_status {
    let prepared = take(prepared, "prepared");
    wall::push(list.map(|list| &mut list.0), prepared.map(|prepared| prepared.0), error)
}

/// How many there are.
#[unsafe(no_mangle)]
pub extern "C" fn eimza_prepared_list_count(list: Option<&eimza_prepared_list>) -> usize {
    wall::read(list, 0, |list| list.0.len())
}

/// Frees a list; NULL is nothing.
#[unsafe(no_mangle)]
pub extern "C" fn eimza_prepared_list_free(list: Option<Box<eimza_prepared_list>>) {
    wall::free(list);
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
        let wrong = Error::ArgumentInvalid { argument: "content", reason: ArgumentFault::DigestLength };
        Digest::from_octets(algorithm, octets).map(Content::Digest).ok_or(wrong)
    }
}

pub(crate) fn algorithm(number: eimza_digest) -> Result<Option<DigestAlgorithm>> {
    if number == EIMZA_DIGEST_NONE {
        return Ok(None);
    }
    let known = DIGESTS.iter().find(|(known, _)| *known == number).map(|(_, algorithm)| Some(*algorithm));
    known.ok_or(Error::ArgumentInvalid { argument: "digest", reason: ArgumentFault::NameUnknown })
}

pub(crate) fn number(algorithm: DigestAlgorithm) -> eimza_digest {
    DIGESTS.iter().find(|(_, known)| *known == algorithm).map_or(EIMZA_DIGEST_NONE, |(number, _)| *number)
}

const DIGESTS: [(eimza_digest, DigestAlgorithm); 11] = [
    (EIMZA_DIGEST_SHA1, DigestAlgorithm::Sha1),
    (EIMZA_DIGEST_SHA224, DigestAlgorithm::Sha224),
    (EIMZA_DIGEST_SHA256, DigestAlgorithm::Sha256),
    (EIMZA_DIGEST_SHA384, DigestAlgorithm::Sha384),
    (EIMZA_DIGEST_SHA512, DigestAlgorithm::Sha512),
    (EIMZA_DIGEST_SHA512_224, DigestAlgorithm::Sha512_224),
    (EIMZA_DIGEST_SHA512_256, DigestAlgorithm::Sha512_256),
    (EIMZA_DIGEST_SHA3_224, DigestAlgorithm::Sha3_224),
    (EIMZA_DIGEST_SHA3_256, DigestAlgorithm::Sha3_256),
    (EIMZA_DIGEST_SHA3_384, DigestAlgorithm::Sha3_384),
    (EIMZA_DIGEST_SHA3_512, DigestAlgorithm::Sha3_512),
];
