//! Which key is meant: hints that order the search for an issuer and decide nothing (RFC 5280 sections 4.2.1.1, 4.2.1.2).

use super::Certificate;
use super::list::elements;
use crate::asn1::{Element, oid, tag};

/// `AuthorityKeyIdentifier ::= SEQUENCE { [0] keyIdentifier, [1] authorityCertIssuer GeneralNames,
/// [2] authorityCertSerialNumber }`, each optional.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct AuthorityKeyIdentifier<'a> {
    pub(crate) key: Option<&'a [u8]>,
    /// The issuer that the authority's certificate names, in DER.
    pub(crate) issuer: Option<&'a [u8]>,
    pub(crate) serial: Option<&'a [u8]>,
}

/// `directoryName [4] Name` of GeneralName.
const DIRECTORY_NAME: u8 = tag::context(4);

impl Certificate {
    /// The identifier of this certificate's key; `None` where none is stated, or what is stated cannot be read.
    pub(crate) fn subject_key_identifier(&self) -> Option<&[u8]> {
        let value = self.extension(&oid::SUBJECT_KEY_IDENTIFIER)?.value;
        let octets = Element::only(value, "subject key identifier").ok()?;
        (octets.tag == tag::OCTET_STRING).then_some(octets.contents)
    }

    /// What is said of the issuer's key; what cannot be read counts as not stated.
    pub(crate) fn authority_key_identifier(&self) -> AuthorityKeyIdentifier<'_> {
        self.extension(&oid::AUTHORITY_KEY_IDENTIFIER).map(|found| read(found.value)).unwrap_or_default()
    }
}

impl AuthorityKeyIdentifier<'_> {
    /// How badly an authority's certificate fits: 0 where it is the one that is meant, 1 where that is not said, 2
    /// where another one is meant.
    pub(crate) fn misfit(&self, authority: &Certificate) -> u8 {
        let serial = self.serial.map(|serial| serial == authority.serial());
        let issuer = self.issuer.map(|issuer| issuer == authority.issuer_der());
        let key = self.key.zip(authority.subject_key_identifier()).map(|(named, stated)| named == stated);
        match (key, serial, issuer) {
            (Some(false), ..) | (None, Some(false), _) | (None, _, Some(false)) => 2,
            (Some(true), ..) | (None, Some(true), _) => 0,
            _ => 1,
        }
    }
}

fn read(value: &[u8]) -> AuthorityKeyIdentifier<'_> {
    let mut identifier = AuthorityKeyIdentifier::default();
    let Ok(list) = Element::only(value, "authority key identifier") else { return identifier };
    for field in elements(list.contents) {
        match field.tag {
            KEY => identifier.key = Some(field.contents),
            ISSUER => {
                let name = elements(field.contents).find(|name| name.tag == DIRECTORY_NAME);
                identifier.issuer = name.map(|name| name.contents);
            }
            SERIAL => identifier.serial = Some(field.contents),
            _ => {}
        }
    }
    identifier
}

const KEY: u8 = tag::context_primitive(0);
const ISSUER: u8 = tag::context(1);
const SERIAL: u8 = tag::context_primitive(2);

#[cfg(test)]
mod tests {
    use super::*;
    use crate::asn1::write;

    #[test]
    fn key_name_and_serial_number_are_found() {
        let name = write::sequence(&[]);
        let value = write::sequence(&[
            &write::tlv(KEY, &[1, 2, 3]),
            &write::tlv(ISSUER, &write::tlv(DIRECTORY_NAME, &name)),
            &write::tlv(SERIAL, &[5]),
        ]);
        let expected = AuthorityKeyIdentifier { key: Some(&[1, 2, 3]), issuer: Some(&name), serial: Some(&[5]) };
        assert_eq!(read(&value), expected);
        assert_eq!(read(&[0x30, 0x05]), AuthorityKeyIdentifier::default());
    }
}
