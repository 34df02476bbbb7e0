//! Names: a view over the DER of a Name (RFC 5280 section 4.1.2.4), printed as RFC 4514 says.
//!
//! Whatever prints a name prints national ids masked; only [`Name::reveal`] shows them.

mod canonical;
mod escape;
mod masked;

use std::fmt;

use escape::{escape, push_hex};
use masked::masked;

use super::list::{elements, members};
use crate::asn1::oid::{self, ObjectIdentifier, dotted};
use crate::asn1::{Element, tag};
use crate::personal::Personal;
use crate::shown_text::mask_national_ids;

/// A distinguished name.
///
/// `Display` and `Debug` write the string of RFC 4514: the last part first, letters of every language as they are,
/// and whatever could hide or turn text (control characters, bidirectional marks) escaped. National ids are masked.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Name<'a> {
    der: &'a [u8],
}

impl<'a> Name<'a> {
    pub(crate) fn new(der: &'a [u8]) -> Self {
        Self { der }
    }

    /// The name's octets as they stand in the certificate: what equality compares.
    pub fn der(&self) -> &'a [u8] {
        self.der
    }

    /// Octets that every encoding of this name has in common.
    pub(crate) fn canonical(&self) -> Vec<u8> {
        canonical::canonical(self.der)
    }

    /// Whether this name lies beneath `base` or is it (RFC 5280 section 4.2.1.10); `None` where one of the two is not built
    /// as a Name.
    pub(crate) fn is_beneath(&self, base: &Name<'_>) -> Option<bool> {
        canonical::begins_with(self.der, base.der)
    }

    /// Whether it has no parts.
    pub(crate) fn is_empty(&self) -> bool {
        Element::only(self.der, "name").is_ok_and(|name| name.contents.is_empty())
    }

    /// Whether both name the same, in whatever encoding (RFC 5280 section 7.1).
    pub(crate) fn is_same(&self, other: &Name<'_>) -> bool {
        self.der == other.der || self.canonical() == other.canonical()
    }

    /// The first common name.
    pub fn common_name(&self) -> Option<Personal<String>> {
        self.value(&oid::COMMON_NAME).map(Personal::new)
    }

    /// The first organisation.
    pub fn organization(&self) -> Option<Personal<String>> {
        self.value(&oid::ORGANIZATION).map(Personal::new)
    }

    /// The serialNumber attribute.
    pub fn serial_number(&self) -> Option<Personal<String>> {
        self.value(&oid::SERIAL_NUMBER).map(Personal::new)
    }

    /// The string of RFC 4514, for a page that is printed.
    pub(crate) fn personal(&self) -> Personal<String> {
        Personal::masked_as(self.reveal(), self.to_string())
    }

    /// The string of RFC 4514 with national ids in clear. Never for logs, errors or file names.
    pub fn reveal(&self) -> String {
        self.rfc4514(false)
    }

    /// The first value of an attribute, in clear.
    pub(crate) fn value(&self, identifier: &ObjectIdentifier) -> Option<String> {
        self.values(identifier).next()
    }

    /// Every value of an attribute, in clear.
    pub(crate) fn values(&self, identifier: &ObjectIdentifier) -> impl Iterator<Item = String> {
        let of_this_kind = |attribute: Attribute<'a>| {
            if attribute.identifier == identifier.as_bytes() { attribute.value.text() } else { None }
        };
        self.relative_names().flat_map(attributes).filter_map(of_this_kind)
    }

    /// Every value of an attribute, in clear; `None` where a part of the name, or one of these values, cannot be read.
    pub(crate) fn all_values(&self, identifier: &ObjectIdentifier) -> Option<Vec<String>> {
        const WHAT: &str = "name";
        let mut values = Vec::new();
        let mut relative_names = Element::only(self.der, WHAT).ok()?.reader();
        while !relative_names.is_empty() {
            let mut attributes = relative_names.read(tag::SET, WHAT).ok()?.reader();
            while !attributes.is_empty() {
                let attribute = Attribute::read(&attributes.read(tag::SEQUENCE, WHAT).ok()?)?;
                if attribute.identifier == identifier.as_bytes() {
                    values.push(attribute.value.text()?);
                }
            }
        }
        Some(values)
    }

    /// `RDNSequence ::= SEQUENCE OF SET OF AttributeTypeAndValue`.
    fn relative_names(&self) -> impl Iterator<Item = Element<'a>> + use<'a> {
        members(self.der).filter(|relative| relative.tag == tag::SET)
    }

    fn rfc4514(&self, masked: bool) -> String {
        let relative_names: Vec<Element<'a>> = self.relative_names().collect();
        let mut text = String::new();
        for (index, relative) in relative_names.iter().rev().enumerate() {
            if index > 0 {
                text.push(',');
            }
            for (index, attribute) in attributes(*relative).enumerate() {
                if index > 0 {
                    text.push('+');
                }
                attribute.write(masked, &mut text);
            }
        }
        text
    }
}

impl fmt::Display for Name<'_> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.rfc4514(true))
    }
}

impl fmt::Debug for Name<'_> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "Name({self})")
    }
}

/// `AttributeTypeAndValue ::= SEQUENCE { type OBJECT IDENTIFIER, value ANY }`.
struct Attribute<'a> {
    identifier: &'a [u8],
    value: Element<'a>,
}

fn attributes(relative: Element<'_>) -> impl Iterator<Item = Attribute<'_>> {
    elements(relative.contents).filter_map(|attribute| Attribute::read(&attribute))
}

impl<'a> Attribute<'a> {
    fn read(attribute: &Element<'a>) -> Option<Self> {
        let mut fields = attribute.reader();
        let identifier = fields.oid("attribute type").ok()?;
        let value = fields.any("attribute value").ok()?;
        Some(Self { identifier, value })
    }

    /// A value is written as text where its type is known by name, else as `#` and its octets (section 2.4).
    fn write(&self, is_masked: bool, text: &mut String) {
        let short = SHORT_NAMES.iter().find(|(identifier, _)| identifier.as_bytes() == self.identifier);
        match short {
            Some((_, name)) => text.push_str(name),
            None => text.push_str(&dotted(self.identifier)),
        }
        text.push('=');
        match (short, self.value.text()) {
            (Some(_), Some(value)) if is_masked => escape(&mask_national_ids(&value), text),
            (Some(_), Some(value)) => escape(&value, text),
            _ if is_masked => write_octets(&masked(&self.value), text),
            _ => write_octets(self.value.bytes, text),
        }
    }
}

fn write_octets(octets: &[u8], text: &mut String) {
    text.push('#');
    for octet in octets {
        push_hex(*octet, text);
    }
}

/// RFC 4514 section 3, RFC 4519, and what people know from other programs.
const SHORT_NAMES: [(ObjectIdentifier, &str); 18] = [
    (oid::COMMON_NAME, "CN"),
    (oid::SERIAL_NUMBER, "serialNumber"),
    (oid::ORGANIZATION, "O"),
    (ObjectIdentifier::new_unwrap("2.5.4.4"), "SN"),
    (ObjectIdentifier::new_unwrap("2.5.4.6"), "C"),
    (ObjectIdentifier::new_unwrap("2.5.4.7"), "L"),
    (ObjectIdentifier::new_unwrap("2.5.4.8"), "ST"),
    (ObjectIdentifier::new_unwrap("2.5.4.9"), "street"),
    (ObjectIdentifier::new_unwrap("2.5.4.11"), "OU"),
    (ObjectIdentifier::new_unwrap("2.5.4.12"), "title"),
    (ObjectIdentifier::new_unwrap("2.5.4.13"), "description"),
    (ObjectIdentifier::new_unwrap("2.5.4.17"), "postalCode"),
    (ObjectIdentifier::new_unwrap("2.5.4.42"), "GN"),
    (ObjectIdentifier::new_unwrap("2.5.4.65"), "pseudonym"),
    (ObjectIdentifier::new_unwrap("2.5.4.97"), "organizationIdentifier"),
    (ObjectIdentifier::new_unwrap("0.9.2342.19200300.100.1.1"), "UID"),
    (ObjectIdentifier::new_unwrap("0.9.2342.19200300.100.1.25"), "DC"),
    (oid::EMAIL_ADDRESS, "emailAddress"),
];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::asn1::write;

    fn name(parts: &[(&str, u8, &[u8])]) -> Vec<u8> {
        let relative: Vec<Vec<u8>> = parts
            .iter()
            .map(|(identifier, tag, value)| {
                let identifier = write::oid(&ObjectIdentifier::new_unwrap(identifier));
                write::tlv(0x31, &write::sequence(&[&identifier, &write::tlv(*tag, value)]))
            })
            .collect();
        write::joined(tag::SEQUENCE, &relative.iter().map(Vec::as_slice).collect::<Vec<_>>())
    }

    #[test]
    fn the_last_part_comes_first_and_letters_stay() {
        let der =
            name(&[("2.5.4.6", tag::PRINTABLE_STRING, b"TR"), ("2.5.4.3", tag::UTF8_STRING, "TEST KİŞİ".as_bytes())]);
        assert_eq!(Name::new(&der).to_string(), "CN=TEST KİŞİ,C=TR");
    }

    #[test]
    fn national_ids_are_masked_in_every_string_type() {
        let clear = b"10000000146";
        for kind in [tag::UTF8_STRING, tag::PRINTABLE_STRING, tag::NUMERIC_STRING, tag::TELETEX_STRING] {
            let der = name(&[("2.5.4.5", kind, clear)]);
            assert_eq!(Name::new(&der).to_string(), "serialNumber=100******46");
            assert_eq!(Name::new(&der).reveal(), "serialNumber=10000000146");
        }
        let utf16: Vec<u8> = clear.iter().flat_map(|digit| [0, *digit]).collect();
        assert_eq!(Name::new(&name(&[("2.5.4.5", tag::BMP_STRING, &utf16)])).to_string(), "serialNumber=100******46");
    }

    #[test]
    fn national_ids_are_masked_behind_escapes_and_in_octets() {
        let behind_zero = name(&[("2.5.4.5", tag::UTF8_STRING, b"\x0010000000146")]);
        assert_eq!(Name::new(&behind_zero).to_string(), r"serialNumber=\00100******46");
        let unknown_type = name(&[("1.2.3.4", tag::UTF8_STRING, b"10000000146")]);
        let printed = Name::new(&unknown_type).to_string();
        assert_eq!(printed, format!("1.2.3.4=#0C0B{}", "2A".repeat(11)));
        assert_eq!(Name::new(&unknown_type).reveal(), "1.2.3.4=#0C0B3130303030303030313436");
    }

    #[test]
    fn values_of_unknown_types_are_hidden_where_they_hold_eleven_digits() {
        let id = b"10000000146";
        let wide = |before: usize, behind: usize| -> Vec<u8> {
            id.iter().flat_map(|digit| [vec![0; before], vec![*digit], vec![0; behind]].concat()).collect()
        };
        // 48 octets: the length itself is the digit 0.
        let long = [&id[..], b" ", &[b'x'; 36]].concat();
        let inside = write::tlv(tag::UTF8_STRING, &long);
        let pieces = [write::octet_string(&id[..5]), write::octet_string(&id[5..])].concat();
        let deep = (0..100).fold(inside.clone(), |inside, _| write::sequence(&[&inside]));
        for (kind, value) in [
            (tag::UTF8_STRING, long),
            (tag::BMP_STRING, wide(1, 0)),
            (tag::BMP_STRING, [wide(1, 0), b"5".to_vec()].concat()),
            (tag::BMP_STRING, [b"5".to_vec(), wide(1, 0)].concat()),
            (tag::UNIVERSAL_STRING, wide(3, 0)),
            (tag::OCTET_STRING, wide(0, 1)),
            (tag::OCTET_STRING, inside.clone()),
            (tag::BIT_STRING, [&[0], inside.as_slice()].concat()),
            (tag::context_primitive(0), inside),
            (tag::OCTET_STRING | tag::CONSTRUCTED, pieces),
            (tag::SEQUENCE, deep),
        ] {
            let der = name(&[("1.2.3.4", kind, &value)]);
            let (printed, revealed) = (Name::new(&der).to_string(), Name::new(&der).reveal());
            assert!(printed.ends_with(&"2A".repeat(value.len())), "{kind:02x}: {printed}");
            assert_eq!(printed.len(), revealed.len());
            assert_ne!(printed, revealed);
        }
        let ten = name(&[("1.2.3.4", tag::UTF8_STRING, b"1000000014")]);
        assert_eq!(Name::new(&ten).to_string(), Name::new(&ten).reveal());
        let indefinite = [&b"\x24\x80\x04\x0b"[..], id, b"\0\0"].concat();
        let identifier = write::oid(&ObjectIdentifier::new_unwrap("1.2.3.4"));
        let relative = write::tlv(tag::SET, &write::sequence(&[&identifier, &indefinite]));
        let printed = Name::new(&write::sequence(&[&relative])).to_string();
        assert_eq!(printed, format!("1.2.3.4=#2480{}0000", "2A".repeat(13)));
    }

    #[test]
    fn a_name_is_the_same_in_every_encoding() {
        let utf16: Vec<u8> = "Kök SM".encode_utf16().flat_map(u16::to_be_bytes).collect();
        let of = |kind, value: &[u8]| name(&[("2.5.4.6", tag::PRINTABLE_STRING, b"TR"), ("2.5.4.3", kind, value)]);
        let same = |one: &[u8], other: &[u8]| Name::new(one).canonical() == Name::new(other).canonical();
        let stated = of(tag::UTF8_STRING, "Kök SM".as_bytes());
        for (kind, value) in [
            (tag::BMP_STRING, utf16.as_slice()),
            (tag::TELETEX_STRING, b"K\xf6k SM"),
            (tag::UTF8_STRING, "  KÖK   sm ".as_bytes()),
        ] {
            assert!(same(&stated, &of(kind, value)), "{kind:02x}");
        }
        for other in [
            of(tag::UTF8_STRING, "KökSM".as_bytes()),
            of(tag::IA5_STRING, b"K\xf6k SM"),
            name(&[("2.5.4.6", tag::PRINTABLE_STRING, b"TR")]),
            name(&[("2.5.4.6", tag::PRINTABLE_STRING, b"TR"), ("2.5.4.10", tag::UTF8_STRING, "Kök SM".as_bytes())]),
        ] {
            assert!(!same(&stated, &other), "{}", Name::new(&other));
        }
        // Two values with different damaged characters are shown alike, and are not equal.
        assert!(!same(&of(tag::UTF8_STRING, b"a\xff"), &of(tag::UTF8_STRING, b"a\xfe")));
        assert!(!same(&of(tag::BMP_STRING, b"\0a\0"), &of(tag::BMP_STRING, b"\0a")));
    }

    #[test]
    fn parts_of_one_relative_name_are_joined() {
        let value = |identifier: &str, text: &str| {
            let identifier = write::oid(&ObjectIdentifier::new_unwrap(identifier));
            write::sequence(&[&identifier, &write::utf8_string(text)])
        };
        let relative = write::joined(tag::SET, &[&value("2.5.4.3", "a"), &value("2.5.4.5", "1")]);
        assert_eq!(Name::new(&write::sequence(&[&relative])).to_string(), "CN=a+serialNumber=1");
    }
}
