//! Which private key is the certificate's.
//!
//! A key belongs to a certificate by its public part. All that a token tells of its keys only orders them: two private
//! keys may share one `CKA_ID`, labels prove nothing, and attributes may be missing, odd or wrong. What a key signs
//! decides, since it verifies with the certificate or does not.

use cryptoki::object::{AttributeType, ObjectClass};
use cryptoki_sys::{CKK_EC, CKK_RSA};
use eimza_sys::pkcs11::{ObjectHandle, Session, Ulong};

use super::objects::{attributes, find};
use crate::asn1::{Element, tag};
use crate::crypto::{Curve, KeyType, PublicKey};
use crate::error::{Error, Result};
use crate::token::TokenCertificate;

/// No more keys than this are tried for one certificate.
const MOST_CANDIDATES: usize = 64;

/// A private key that may be the certificate's.
#[derive(Debug, Clone, Copy)]
pub(super) struct Key {
    pub(super) handle: ObjectHandle,
    /// It wants the PIN for every use, or showed so by refusing without it.
    pub(super) asks_each_time: bool,
    fit: Fit,
}

impl Key {
    /// Whether the token says that this is another key than the certificate's.
    pub(super) fn is_said_other(&self) -> bool {
        self.fit == Fit::Other
    }
}

/// How a private key on the token relates to the certificate's public key, the likeliest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Fit {
    /// Its public part is the certificate's.
    Same,
    /// It does not tell its public part.
    Untold,
    /// It does not tell its public part, and says that it is for something else.
    Doubtful,
    /// Its public part is said to be another one.
    Other,
}

/// What the token tells of one private key.
struct Told {
    key: Key,
    has_id: Option<bool>,
}

/// The private keys that may be the certificate's, the likeliest first: those whose public part is the certificate's, else
/// those that do not tell it, those that go by the certificate's id first. A key that is said to be another one is the
/// last choice, and only where the token itself ties it to the certificate and no PIN is sent for it. Never empty.
pub(super) fn candidates(session: &Session, signer: &TokenCertificate) -> Result<Vec<Key>> {
    let public = signer.certificate.public_key()?;
    let id = Some(signer.key.0.as_slice()).filter(|id| !id.is_empty());
    let mut all: Vec<Told> = Vec::new();
    // Certificate and key may have got different names: then all keys are looked at.
    for searched in [id.is_some().then_some(id), Some(None)].into_iter().flatten() {
        for handle in find(session, ObjectClass::PRIVATE_KEY, searched)?.objects {
            if !all.iter().any(|known| known.key.handle == handle) {
                all.push(look_at(session, handle, &public, id)?);
            }
        }
        let same: Vec<Key> = all.iter().map(|told| told.key).filter(|key| key.fit == Fit::Same).collect();
        if !same.is_empty() {
            return Ok(same);
        }
    }
    all.retain(Told::is_worth_trying);
    all.sort_by_key(|told| (told.key.fit, told.has_id != Some(true)));
    let keys: Vec<Key> = all.into_iter().map(|told| told.key).take(MOST_CANDIDATES).collect();
    if keys.is_empty() { Err(Error::KeyAbsent) } else { Ok(keys) }
}

impl Told {
    fn is_worth_trying(&self) -> bool {
        match self.key.fit {
            Fit::Same | Fit::Untold => true,
            Fit::Doubtful => self.has_id != Some(false),
            Fit::Other => self.has_id == Some(true) && !self.key.asks_each_time,
        }
    }
}

fn look_at(session: &Session, handle: ObjectHandle, public: &PublicKey<'_>, wanted: Option<&[u8]>) -> Result<Told> {
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
    let told = |index: usize| values.get(index).and_then(Option::as_deref);
    let (kind, sign, always, part_value) = (told(0), told(1), told(2), told(3));
    let (parameters, label, id) = (told(4), told(5), told(6));
    let compared = match part_value {
        Some(value) => compare(value, public),
        None => public_object(session, id.unwrap_or_default(), label.unwrap_or_default(), part, public)?,
    };
    let is_for_something_else = kind.and_then(read_number).is_some_and(|kind| kind != kind_of(public))
        || sign.and_then(read_flag) == Some(false)
        || is_other_curve(parameters, public);
    let fit = if compared == Fit::Untold && is_for_something_else { Fit::Doubtful } else { compared };
    let asks_each_time = always.and_then(read_flag) == Some(true);
    let has_id = wanted.and_then(|wanted| Some(id? == wanted));
    Ok(Told { key: Key { handle, asks_each_time, fit }, has_id })
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
    for object in find(session, ObjectClass::PUBLIC_KEY, Some(id))?.objects {
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
        return match value.get(zeros..) {
            Some(told) if told == modulus => Fit::Same,
            Some(told) if told.len() == modulus.len() => Fit::Other,
            _ => Fit::Untold, // another key's length, or in a form of the maker's own
        };
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
