//! Finding the fields of an OCSP answer (RFC 6960 section 4.2.1).

use std::ops::Range;
use std::sync::{Mutex, OnceLock};

use super::responder::ResponderId;
use super::single::SingleResponse;
use super::{Basic, Parts, ResponseStatus, Signed};
use crate::asn1::{Element, extension, oid, place, tag};
use crate::certificate::Certificate;
use crate::error::{Error, Limit, Result};

/// The most single responses of an answer.
const RESPONSE_LIMIT: usize = 10_000;

/// The most certificates that are read of an answer.
const CERTIFICATE_LIMIT: usize = 16;

/// An OCSPResponse begins with an ENUMERATED, a BasicOCSPResponse with a SEQUENCE: both stand where the other should.
///
/// ```asn1
/// OCSPResponse ::= SEQUENCE { responseStatus ENUMERATED, responseBytes [0] EXPLICIT ResponseBytes OPTIONAL }
/// ResponseBytes ::= SEQUENCE { responseType OBJECT IDENTIFIER, response OCTET STRING }
/// ```
pub(super) fn parts(der: Vec<u8>) -> Result<Parts> {
    const WHAT: &str = "OCSP response";
    let outer = Element::only_sequence(&der, WHAT)?;
    let mut fields = outer.reader();
    if fields.peek_tag() != Some(tag::ENUMERATED) {
        let basic = basic(&der, &outer)?;
        return Ok(Parts { status: ResponseStatus::Successful, basic: Some(basic), der });
    }
    let status = ResponseStatus::read(&fields.any(WHAT)?);
    let bytes = fields.optional(tag::context(0), WHAT)?;
    fields.finish(WHAT)?;
    let basic = match bytes.filter(|_| status == ResponseStatus::Successful) {
        Some(bytes) => Some(basic(&der, &response(&bytes)?)?),
        None if status == ResponseStatus::Successful => return Err(Error::Asn1Malformed { what: WHAT, offset: 0 }),
        None => None,
    };
    Ok(Parts { status, basic, der })
}

/// The BasicOCSPResponse inside of ResponseBytes.
fn response<'a>(bytes: &Element<'a>) -> Result<Element<'a>> {
    const WHAT: &str = "responseBytes";
    let mut fields = Element::only_sequence(bytes.contents, WHAT)?.reader();
    let kind = fields.oid(WHAT)?;
    let response = fields.read(tag::OCTET_STRING, WHAT)?;
    fields.finish(WHAT)?;
    if kind != oid::OCSP_BASIC.as_bytes() {
        return Err(Error::Asn1Malformed { what: "response type", offset: 0 });
    }
    Element::only_sequence(response.contents, "BasicOCSPResponse")
}

/// ```asn1
/// BasicOCSPResponse ::= SEQUENCE {
///     tbsResponseData ResponseData, signatureAlgorithm AlgorithmIdentifier, signature BIT STRING,
///     certs [0] EXPLICIT SEQUENCE OF Certificate OPTIONAL }
/// ResponseData ::= SEQUENCE {
///     version [0] EXPLICIT INTEGER DEFAULT v1, responderID ResponderID, producedAt GeneralizedTime,
///     responses SEQUENCE OF SingleResponse, responseExtensions [1] EXPLICIT Extensions OPTIONAL }
/// ```
fn basic(der: &[u8], element: &Element<'_>) -> Result<Basic> {
    const WHAT: &str = "BasicOCSPResponse";
    let mut fields = element.reader();
    let to_be_signed = fields.read(tag::SEQUENCE, "tbsResponseData")?;
    let algorithm = fields.read(tag::SEQUENCE, "signatureAlgorithm")?;
    // A value with unused bits belongs to no algorithm. The answer can be shown, and verifies with no key.
    let value = fields.read(tag::BIT_STRING, "signature")?.bit_string_octets("signature");
    let certificates = fields.optional(tag::context(0), "certs")?;
    fields.finish(WHAT)?;

    let mut data = to_be_signed.reader();
    data.optional(tag::context(0), "version")?;
    let responder = data.any("responderID")?;
    ResponderId::read(&responder)?;
    let produced_at = data.read(tag::GENERALIZED_TIME, "producedAt")?.time();
    let produced_at = produced_at.ok_or(Error::Asn1Malformed { what: "producedAt", offset: 0 })?;
    let responses = data.read(tag::SEQUENCE, "responses")?;
    let extensions = data.optional(tag::context(1), "responseExtensions")?;
    data.finish("tbsResponseData")?;
    check_responses(&responses)?;
    let (nonce, has_unknown_critical) = self::extensions(der, extensions)?;
    Ok(Basic {
        whole: place(der, element.bytes),
        signed: Signed {
            to_be_signed: place(der, to_be_signed.bytes),
            inner_algorithm: None,
            outer_algorithm: place(der, algorithm.bytes),
            value: value.map_or(0..0, |value| place(der, value)),
            digest: OnceLock::new(),
            verified_by: OnceLock::new(),
            refused_by: Mutex::default(),
        },
        responder: place(der, responder.bytes),
        produced_at,
        responses: place(der, responses.contents),
        nonce,
        appointed: OnceLock::new(),
        has_unknown_critical,
        certificates: self::certificates(certificates)?,
    })
}

/// Walks over them once, so that later walks cannot fail.
fn check_responses(responses: &Element<'_>) -> Result<()> {
    let mut reader = responses.reader();
    let mut count = 0;
    while !reader.is_empty() {
        SingleResponse::read(&reader.read(tag::SEQUENCE, "single response")?)?;
        count += 1;
        if count > RESPONSE_LIMIT {
            return Err(Error::LimitExceeded { limit: Limit::OcspResponses });
        }
    }
    Ok(())
}

/// Where the nonce stands, and whether an extension is critical and not known.
fn extensions(der: &[u8], wrapper: Option<Element<'_>>) -> Result<(Option<Range<usize>>, bool)> {
    let Some(wrapper) = wrapper else { return Ok((None, false)) };
    let (mut nonce, mut has_unknown_critical) = (None, false);
    for extension in extension::all(&Element::only_sequence(wrapper.contents, "responseExtensions")?) {
        let extension = extension?;
        if extension.is(&oid::OCSP_NONCE) {
            nonce = Some(place(der, extension.value));
        } else if !extension.is(&oid::OCSP_EXTENDED_REVOKE) {
            has_unknown_critical |= extension.critical;
        }
    }
    Ok((nonce, has_unknown_critical))
}

fn certificates(wrapper: Option<Element<'_>>) -> Result<Vec<Certificate>> {
    let Some(wrapper) = wrapper else { return Ok(Vec::new()) };
    let mut list = Element::only_sequence(wrapper.contents, "certs")?.reader();
    let members = std::iter::from_fn(|| list.any("certificate").ok()).take(CERTIFICATE_LIMIT);
    Ok(members.filter_map(|member| Certificate::from_der(member.bytes).ok()).collect())
}
