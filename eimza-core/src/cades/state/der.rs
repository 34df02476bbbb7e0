//! The state in DER.
//!
//! ```text
//! SigningState ::= SEQUENCE { body StateBody, checksum OCTET STRING }          -- SHA-256 over the DER of body
//! StateBody ::= SEQUENCE {
//!   version             INTEGER (1),
//!   purpose             UTF8String,
//!   expiry              INTEGER,                                               -- seconds since 1970, both times
//!   signingTime         INTEGER,
//!   certificateDigest   OCTET STRING,                                          -- SHA-256
//!   digestAlgorithm     AlgorithmIdentifier,                                   -- of content and attributes
//!   messageDigest       OCTET STRING,
//!   toBeSignedDigest    OCTET STRING,
//!   signatureAlgorithm  AlgorithmIdentifier,
//!   detached            BOOLEAN,
//!   allowUnsuitable     BOOLEAN,
//!   commitment          [0] OBJECT IDENTIFIER OPTIONAL,                        -- explicit tags from here on
//!   mimeType            [1] UTF8String OPTIONAL,
//!   contentIdentifier   [2] OCTET STRING OPTIONAL,
//!   contentHints        [3] SEQUENCE { description UTF8String OPTIONAL } OPTIONAL,
//!   contentReference    [4] SEQUENCE { identifier OCTET STRING, value OCTET STRING } OPTIONAL,
//!   chain               SEQUENCE OF Certificate }
//! ```

use super::{CHAIN_LIMIT, State};
use crate::asn1::{Element, Reader, tag, write};
use crate::cades::{Commitment, ContentHints, ContentReference, Placement, SigningOptions};
use crate::certificate::Certificate;
use crate::clock::Time;
use crate::crypto::{Digest, DigestAlgorithm, Padding, SignatureAlgorithm};
use crate::error::{Error, Result};

const VERSION: u64 = 1;

pub(super) fn write(state: &State) -> Vec<u8> {
    let options = &state.options;
    let explicit = |number, value: Option<Vec<u8>>| match value {
        Some(value) => write::tlv(tag::context(number), &value),
        None => Vec::new(),
    };
    let hints = |hints: &ContentHints| {
        write::sequence(&[&hints.description.as_deref().map(write::utf8_string).unwrap_or_default()])
    };
    let reference = |reference: &ContentReference| {
        write::sequence(&[
            &write::octet_string(&reference.content_identifier),
            &write::octet_string(&reference.signature_value),
        ])
    };
    let chain: Vec<&[u8]> = options.chain.iter().map(Certificate::der).collect();
    let body = write::sequence(&[
        &write::integer(VERSION),
        &write::utf8_string(&state.purpose),
        &seconds(state.expiry),
        &seconds(options.signing_time),
        &write::octet_string(state.certificate.as_bytes()),
        &state.message_digest.algorithm().identifier(),
        &write::octet_string(state.message_digest.as_bytes()),
        &write::octet_string(state.digest.as_bytes()),
        &state.algorithm.identifier(),
        &boolean(options.placement == Placement::Detached),
        &boolean(options.allow_unsuitable),
        &explicit(0, options.commitment.map(|commitment| write::oid(&commitment.oid()))),
        &explicit(1, options.mime_type.as_deref().map(write::utf8_string)),
        &explicit(2, options.content_identifier.as_deref().map(write::octet_string)),
        &explicit(3, options.content_hints.as_ref().map(hints)),
        &explicit(4, options.content_reference.as_ref().map(reference)),
        &write::sequence(&chain),
    ]);
    write::sequence(&[&body, &write::octet_string(checksum(&body).as_bytes())])
}

/// Reads a state; only what [`write`] would write again octet by octet is taken.
pub(super) fn read(octets: &[u8]) -> Result<State> {
    let (body, stated) = envelope(octets).ok_or(Error::StateMalformed)?;
    if checksum(body.bytes).as_bytes() != stated {
        return Err(Error::StateAltered);
    }
    let state = fields(&body).ok_or(Error::StateMalformed)?;
    if write(&state) == octets { Ok(state) } else { Err(Error::StateMalformed) }
}

fn checksum(body: &[u8]) -> Digest {
    DigestAlgorithm::Sha256.digest(body)
}

fn envelope(octets: &[u8]) -> Option<(Element<'_>, &[u8])> {
    let mut fields = Element::only(octets, WHAT).ok()?.reader();
    let body = fields.read(tag::SEQUENCE, WHAT).ok()?;
    let stated = octet_string(&mut fields)?;
    fields.is_empty().then_some((body, stated))
}

fn fields(body: &Element<'_>) -> Option<State> {
    let mut fields = body.reader();
    if fields.read(tag::INTEGER, WHAT).ok()?.small_integer().map(u64::from) != Some(VERSION) {
        return None;
    }
    let purpose = text(&fields.read(tag::UTF8_STRING, WHAT).ok()?)?;
    let expiry = time(&mut fields)?;
    let signing_time = time(&mut fields)?;
    let certificate = Digest::from_octets(DigestAlgorithm::Sha256, octet_string(&mut fields)?)?;
    let digest = DigestAlgorithm::from_identifier(&fields.read(tag::SEQUENCE, WHAT).ok()?)?;
    let message_digest = Digest::from_octets(digest, octet_string(&mut fields)?)?;
    let to_be_signed = Digest::from_octets(digest, octet_string(&mut fields)?)?;
    let identifier = fields.read(tag::SEQUENCE, WHAT).ok()?;
    let algorithm = SignatureAlgorithm::from_identifier(&identifier, Some(digest)).ok()?;
    let detached = fields.read(tag::BOOLEAN, WHAT).ok()?.boolean()?;
    let allow_unsuitable = fields.read(tag::BOOLEAN, WHAT).ok()?.boolean()?;
    let commitment = match explicit(&mut fields, 0)? {
        Some(value) => Some(Commitment::from_oid(value.contents)?),
        None => None,
    };
    let mime_type = match explicit(&mut fields, 1)? {
        Some(value) => Some(text(&value)?),
        None => None,
    };
    let content_identifier = explicit(&mut fields, 2)?.map(|value| value.contents.to_vec());
    let content_hints = match explicit(&mut fields, 3)? {
        Some(value) => Some(ContentHints { description: description(&value)? }),
        None => None,
    };
    let content_reference = match explicit(&mut fields, 4)? {
        Some(value) => Some(reference(&value)?),
        None => None,
    };
    let chain = chain(&fields.read(tag::SEQUENCE, WHAT).ok()?)?;
    if !fields.is_empty() {
        return None;
    }
    let padding = if matches!(algorithm, SignatureAlgorithm::RsaPss { .. }) { Padding::Pss } else { Padding::Pkcs1 };
    let options = SigningOptions {
        digest: Some(digest),
        padding,
        placement: if detached { Placement::Detached } else { Placement::Attached },
        signing_time,
        commitment,
        mime_type,
        content_identifier,
        content_hints,
        content_reference,
        chain,
        allow_unsuitable,
    };
    Some(State { purpose, expiry, options, certificate, message_digest, digest: to_be_signed, algorithm })
}

const WHAT: &str = "signing state";

fn octet_string<'a>(fields: &mut Reader<'a>) -> Option<&'a [u8]> {
    fields.read(tag::OCTET_STRING, WHAT).ok().map(|value| value.contents)
}

fn text(value: &Element<'_>) -> Option<String> {
    std::str::from_utf8(value.contents).ok().map(str::to_owned)
}

/// Negative numbers do not occur: a state is not made for times before 1970.
fn seconds(time: Time) -> Vec<u8> {
    write::integer(u64::try_from(time.unix()).unwrap_or(0))
}

fn time(fields: &mut Reader<'_>) -> Option<Time> {
    let digits = fields.read(tag::INTEGER, WHAT).ok()?.contents;
    if digits.len() > 8 || digits.first()? & 0x80 != 0 {
        return None;
    }
    let seconds = digits.iter().fold(0i64, |sum, &octet| (sum << 8) | i64::from(octet));
    Time::from_unix(seconds).ok()
}

fn boolean(value: bool) -> Vec<u8> {
    write::tlv(tag::BOOLEAN, &[if value { 0xff } else { 0 }])
}

fn explicit<'a>(fields: &mut Reader<'a>, number: u8) -> Option<Option<Element<'a>>> {
    match fields.optional(tag::context(number), WHAT).ok()? {
        Some(wrapper) => Element::only(wrapper.contents, WHAT).ok().map(Some),
        None => Some(None),
    }
}

fn description(hints: &Element<'_>) -> Option<Option<String>> {
    let mut fields = hints.reader();
    match fields.optional(tag::UTF8_STRING, WHAT).ok()? {
        Some(value) => text(&value).map(Some),
        None => Some(None),
    }
}

fn reference(value: &Element<'_>) -> Option<ContentReference> {
    let mut fields = value.reader();
    let content_identifier = octet_string(&mut fields)?.to_vec();
    Some(ContentReference { content_identifier, signature_value: octet_string(&mut fields)?.to_vec() })
}

fn chain(list: &Element<'_>) -> Option<Vec<Certificate>> {
    let mut reader = list.reader();
    let mut chain = Vec::new();
    while !reader.is_empty() && chain.len() < CHAIN_LIMIT {
        chain.push(Certificate::from_der(reader.any(WHAT).ok()?.bytes).ok()?);
    }
    reader.is_empty().then_some(chain)
}
