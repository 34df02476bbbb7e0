//! Certificates and keys on a token.
//!
//! A key belongs to a certificate by its public part. `CKA_ID` only says where to look first: two private keys may share
//! one, and labels prove nothing.

use cryptoki::object::{Attribute, AttributeType, ObjectClass};
use cryptoki_sys::{CKK_EC, CKK_RSA};
use eimza_sys::pkcs11::{ObjectHandle, Session, Ulong};

use super::{answer, slot};
use crate::asn1::{Element, Reader, tag};
use crate::certificate::Certificate;
use crate::crypto::{Curve, KeyType, PublicKey};
use crate::error::{Error, Result};
use crate::token::{KeyReference, TokenCertificate};

/// No token holds more; what claims to is not followed.
const MOST_OBJECTS: usize = 256;

/// The certificates that are seen as the session stands. What is no X.509 certificate is passed over.
pub(super) fn certificates(session: &Session) -> Result<Vec<TokenCertificate>> {
    let mut certificates: Vec<TokenCertificate> = Vec::new();
    for object in find(session, ObjectClass::CERTIFICATE, None)? {
        let values = attributes(session, object, &[AttributeType::Value, AttributeType::Id, AttributeType::Label])?;
        let [Some(value), id, label] = values.as_slice() else { continue };
        let certificate = match Certificate::from_der(without_padding(value)) {
            Ok(certificate) => certificate,
            Err(error) => {
                tracing::debug!(%error, "object passed over");
                continue;
            }
        };
        if certificates.iter().any(|known| known.certificate == certificate) {
            continue; // two objects, one certificate: nothing to choose between
        }
        let label = label.as_deref().map(String::from_utf8_lossy).unwrap_or_default();
        certificates.push(TokenCertificate {
            certificate,
            label: slot::masked(label.trim_matches(['\0', ' '])),
            key: KeyReference(id.clone().unwrap_or_default()),
            asks_each_time: None,
        });
    }
    Ok(certificates)
}

/// Whether the certificate is still on the token. Two cards may have one name and one serial number: the PIN of one must
/// not reach the other. A token that shows no certificate as the session stands tells nothing.
pub(super) fn check_present(session: &Session, signer: &TokenCertificate) -> Result<()> {
    let id = Some(signer.key.0.as_slice()).filter(|id| !id.is_empty());
    let mut shows_others = false;
    for searched in [id, None] {
        for object in find(session, ObjectClass::CERTIFICATE, searched)? {
            if let [Some(value)] = attributes(session, object, &[AttributeType::Value])?.as_slice() {
                if without_padding(value) == signer.certificate.der() {
                    return Ok(());
                }
                shows_others = true;
            }
        }
    }
    if shows_others { Err(Error::TokenRemoved) } else { Ok(()) }
}

/// Some cards hand out the whole file that a certificate lies in.
fn without_padding(value: &[u8]) -> &[u8] {
    Reader::new(value).any("CKA_VALUE").map_or(value, |element| element.bytes)
}

/// A private key that may be the certificate's.
#[derive(Debug, Clone, Copy)]
pub(super) struct Key {
    pub(super) handle: ObjectHandle,
    /// It wants the PIN for every use, or showed so by refusing without it.
    pub(super) asks_each_time: bool,
}

/// The private keys that may be the certificate's: the one whose public part is the certificate's, else all that do not
/// tell, those that go by the certificate's id first. Never empty.
pub(super) fn keys(session: &Session, signer: &TokenCertificate) -> Result<Vec<Key>> {
    let public = signer.certificate.public_key()?;
    let id = Some(signer.key.0.as_slice()).filter(|id| !id.is_empty());
    // Certificate and key may have got different names: then all keys are looked at.
    for searched in [id, None] {
        let mut untold = Vec::new();
        for handle in find(session, ObjectClass::PRIVATE_KEY, searched)? {
            match candidate(session, handle, &public)? {
                (Fit::Same, key) => return Ok(vec![key]),
                (Fit::Untold, key) => untold.push(key),
                (Fit::Other, _) => {}
            }
        }
        if !untold.is_empty() {
            return Ok(untold);
        }
    }
    Err(Error::KeyAbsent)
}

/// How a private key on the token relates to a public key.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Fit {
    Same,
    Other,
    Untold,
}

fn candidate(session: &Session, handle: ObjectHandle, public: &PublicKey<'_>) -> Result<(Fit, Key)> {
    let part = match public.key_type {
        KeyType::Rsa { .. } => AttributeType::Modulus,
        _ => AttributeType::EcPoint,
    };
    let kinds = [
        AttributeType::KeyType,
        AttributeType::Sign,
        AttributeType::AlwaysAuthenticate,
        part,
        AttributeType::EcParams,
        AttributeType::Label,
        AttributeType::Id,
    ];
    let values = attributes(session, handle, &kinds)?;
    let [kind, sign, always, part_value, parameters, label, id] = values.as_slice() else {
        return Ok((Fit::Other, Key { handle, asks_each_time: false }));
    };
    let flag = |value: &Option<Vec<u8>>| value.as_deref().and_then(read_flag);
    let key = Key { handle, asks_each_time: flag(always) == Some(true) };
    let other_kind = kind.as_deref().and_then(read_number).is_some_and(|kind| kind != kind_of(public));
    if other_kind || flag(sign) == Some(false) || is_other_curve(parameters.as_deref(), public) {
        return Ok((Fit::Other, key));
    }
    let fit = match part_value {
        Some(value) => compare(value, public),
        None => public_object(
            session,
            id.as_deref().unwrap_or_default(),
            label.as_deref().unwrap_or_default(),
            part,
            public,
        )?,
    };
    Ok((fit, key))
}

/// Asks the public key object that goes by the same id and label, if there is exactly one.
fn public_object(
    session: &Session,
    id: &[u8],
    label: &[u8],
    part: AttributeType,
    public: &PublicKey<'_>,
) -> Result<Fit> {
    if id.is_empty() {
        return Ok(Fit::Untold);
    }
    let mut parts = Vec::new();
    for object in find(session, ObjectClass::PUBLIC_KEY, Some(id))? {
        let values = attributes(session, object, &[part, AttributeType::Label])?;
        if let [Some(value), named] = values.as_slice()
            && named.as_deref().unwrap_or_default() == label
        {
            parts.push(compare(value, public));
        }
    }
    match parts.as_slice() {
        [fit] => Ok(*fit),
        _ => Ok(Fit::Untold),
    }
}

fn kind_of(public: &PublicKey<'_>) -> Ulong {
    match public.key_type {
        KeyType::Rsa { .. } => CKK_RSA,
        _ => CKK_EC,
    }
}

/// `None` when it has not the length of a number.
fn read_number(value: &[u8]) -> Option<Ulong> {
    Some(Ulong::from_ne_bytes(value.try_into().ok()?))
}

/// `None` when it is not one octet.
fn read_flag(value: &[u8]) -> Option<bool> {
    match value {
        [octet] => Some(*octet != 0),
        _ => None,
    }
}

/// The curve may be written out in full instead of being named.
fn is_other_curve(parameters: Option<&[u8]>, public: &PublicKey<'_>) -> bool {
    let KeyType::Ec(wanted) = public.key_type else { return false };
    let told = parameters.and_then(|octets| Curve::from_parameters(&Element::only(octets, "CKA_EC_PARAMS").ok()?));
    told.is_some_and(|told| told != wanted)
}

/// Compares a modulus or a curve point with the certificate's. What cannot be compared tells nothing.
fn compare(value: &[u8], public: &PublicKey<'_>) -> Fit {
    if let Some(modulus) = public.modulus() {
        let zeros = value.iter().take_while(|&&octet| octet == 0).count();
        return if value.get(zeros..) == Some(modulus) { Fit::Same } else { Fit::Other };
    }
    let Some(point) = public.point() else { return Fit::Untold };
    // The standard wants an OCTET STRING around the point; some modules give the point itself.
    let wrapped = Element::only(value, "CKA_EC_POINT").ok().filter(|element| element.tag == tag::OCTET_STRING);
    let told = match wrapped {
        Some(element) if value.len() != point.len() => element.contents,
        _ => value,
    };
    match told {
        told if told == point => Fit::Same,
        told if told.len() == point.len() => Fit::Other,
        _ => Fit::Untold, // compressed, or in a form of the maker's own
    }
}

fn find(session: &Session, class: ObjectClass, id: Option<&[u8]>) -> Result<Vec<ObjectHandle>> {
    let mut template = vec![Attribute::Class(class)];
    template.extend(id.map(|id| Attribute::Id(id.to_vec())));
    session.find(&template, MOST_OBJECTS).map_err(answer::error)
}

/// One value for each kind; none at all for an object that cannot be read, which hides no other one. A token that is
/// gone is an error.
fn attributes(session: &Session, object: ObjectHandle, kinds: &[AttributeType]) -> Result<Vec<Option<Vec<u8>>>> {
    match session.attributes(object, kinds).map_err(answer::error) {
        Err(error @ Error::ModuleFailed { .. }) => {
            tracing::debug!(%error, "object passed over");
            Ok(Vec::new())
        }
        answer => answer,
    }
}
