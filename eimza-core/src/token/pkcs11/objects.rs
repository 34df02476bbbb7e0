//! Objects on a token, and the certificates among them.

use std::collections::HashSet;

use cryptoki::object::{Attribute, AttributeType, ObjectClass};
use eimza_sys::pkcs11::{Found, ObjectHandle, Session, Text};

use super::{answer, slot};
use crate::asn1::Reader;
use crate::certificate::Certificate;
use crate::error::{Error, Limit, Result};
use crate::token::{KeyReference, TokenCertificate, WantedPin};

/// A token with more objects of one class is not followed: its listing is an error, never cut without a word.
const MOST_OBJECTS: usize = 16_384;

/// The certificates that are seen as the session stands. What is no X.509 certificate is passed over.
pub(super) fn certificates(session: &Session) -> Result<Vec<TokenCertificate>> {
    let mut certificates: Vec<TokenCertificate> = Vec::new();
    let mut known = HashSet::new();
    for object in find(session, ObjectClass::CERTIFICATE, None)?.objects {
        let values = attributes(session, object, &[AttributeType::Value, AttributeType::Id, AttributeType::Label])?;
        let [Some(value), id, label] = values.as_slice() else { continue };
        let certificate = match Certificate::from_der(without_padding(value)) {
            Ok(certificate) => certificate,
            Err(error) => {
                tracing::debug!(%error, "object passed over");
                continue;
            }
        };
        if !known.insert(certificate.sha256().to_hex()) {
            continue; // two objects hold one certificate: there is nothing to choose
        }
        let label = label.as_deref().map(Text::new).unwrap_or_default();
        certificates.push(TokenCertificate {
            certificate,
            label: slot::masked(&label.to_string()),
            key: KeyReference(id.clone().unwrap_or_default()),
            asks_each_time: None,
            wanted_pin: WantedPin::Unknown,
        });
    }
    Ok(certificates)
}

/// Whether the certificate is still on the token. Two cards may have one name and one serial number: the PIN of one must
/// not reach the other. A token that shows no certificate as the session stands tells nothing; one whose search fails
/// may be another one.
pub(super) fn check_present(session: &Session, signer: &TokenCertificate) -> Result<()> {
    let id = Some(signer.key.0.as_slice()).filter(|id| !id.is_empty());
    let mut shows_others = false;
    for searched in [id, None] {
        let found = find(session, ObjectClass::CERTIFICATE, searched)?;
        for object in found.objects {
            if let [Some(value)] = attributes(session, object, &[AttributeType::Value])?.as_slice() {
                if without_padding(value) == signer.certificate.der() {
                    return Ok(());
                }
                shows_others = true;
            }
        }
        match found.failure {
            Some(failure) if searched.is_none() && !shows_others => return Err(answer::error(failure)),
            _ => {}
        }
    }
    if shows_others { Err(Error::TokenRemoved) } else { Ok(()) }
}

/// Some cards hand out the whole file that a certificate lies in.
fn without_padding(value: &[u8]) -> &[u8] {
    Reader::new(value).any("CKA_VALUE").map_or(value, |element| element.bytes)
}

/// The objects of a class, or those of them with this `CKA_ID`.
///
/// # Errors
/// Where the token is gone, or holds more objects than anybody can look at.
pub(super) fn find(session: &Session, class: ObjectClass, id: Option<&[u8]>) -> Result<Found> {
    let mut template = vec![Attribute::Class(class)];
    template.extend(id.map(|id| Attribute::Id(id.to_vec())));
    let found = session.find(&template, MOST_OBJECTS).map_err(answer::error)?;
    if found.is_cut {
        return Err(Error::LimitExceeded { limit: Limit::TokenObjects });
    }
    if let Some(failure) = found.failure {
        tracing::debug!(%failure, kept = found.objects.len(), "a search failed");
    }
    Ok(found)
}

/// One value for each kind: none for what the object does not tell.
///
/// # Errors
/// Where the token is gone.
pub(super) fn attributes(
    session: &Session,
    object: ObjectHandle,
    kinds: &[AttributeType],
) -> Result<Vec<Option<Vec<u8>>>> {
    session.attributes(object, kinds).map_err(answer::error)
}
