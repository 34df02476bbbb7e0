//! How a CAdES signature is to be made.

use std::mem::MaybeUninit;

use eimza_core::cades::{Commitment, ContentHints, ContentReference, Placement, SigningOptions};
use eimza_core::crypto::Padding;
use eimza_core::error::ArgumentFault;
use eimza_core::{Error, Result, Time};

use crate::cades::{algorithm, eimza_digest};
use crate::certificate::eimza_certificate;
use crate::error::eimza_error;
use crate::raw::{eimza_text, eimza_view};
use crate::status::eimza_status;
use crate::wall::{self, ErrorOut, need, need_mut};

/// How a signature is to be made.
pub struct eimza_signing_options(pub(crate) SigningOptions);

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
        let unknown = Error::ArgumentInvalid { argument: "commitment", reason: ArgumentFault::NameUnknown };
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

fn change(
    options: Option<&mut eimza_signing_options>,
    error: ErrorOut<'_>,
    change: impl FnOnce(&mut SigningOptions) -> Result<()>,
) -> eimza_status {
    wall::run(error, || change(&mut need_mut(options, "options")?.0))
}
