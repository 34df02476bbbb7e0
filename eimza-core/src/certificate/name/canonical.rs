//! One form for all encodings of a name (RFC 5280 section 7.1).

use crate::asn1::{Element, tag, write};
use crate::error::Result;

/// Octets that are equal for names that are the same: texts lose string type, case and needless blanks, everything else
/// keeps its octets. A name that is not built as a Name is only itself.
pub(super) fn canonical(der: &[u8]) -> Vec<u8> {
    rewritten(der).unwrap_or_else(|_| der.to_vec())
}

/// Whether a name consists of all of `base` and what follows; `None` where one of them is not built as a Name.
///
/// Each part is an element of its own, so that a whole number of parts is what octets have in common at the beginning.
pub(super) fn begins_with(der: &[u8], base: &[u8]) -> Option<bool> {
    let (name, base) = (rewritten(der).ok()?, rewritten(base).ok()?);
    let (name, base) = (Element::only(&name, "name").ok()?, Element::only(&base, "name").ok()?);
    Some(name.contents.starts_with(base.contents))
}

/// `RDNSequence ::= SEQUENCE OF SET OF SEQUENCE { type OBJECT IDENTIFIER, value ANY }`.
fn rewritten(der: &[u8]) -> Result<Vec<u8>> {
    const WHAT: &str = "name";
    let mut name = Element::only(der, WHAT)?.reader();
    let mut relative_names = Vec::new();
    while !name.is_empty() {
        let mut relative = name.read(tag::SET, WHAT)?.reader();
        let mut attributes = Vec::new();
        while !relative.is_empty() {
            let mut fields = relative.read(tag::SEQUENCE, WHAT)?.reader();
            let identifier = write::tlv(tag::OBJECT_IDENTIFIER, fields.oid(WHAT)?);
            let value = fields.any(WHAT)?;
            fields.finish(WHAT)?;
            let value = text(&value).map_or_else(|| value.bytes.to_vec(), |text| write::utf8_string(&text));
            attributes.push(write::sequence(&[&identifier, &value]));
        }
        relative_names.push(write::set_of(tag::SET, attributes));
    }
    Ok(write::joined(tag::SEQUENCE, &relative_names.iter().map(Vec::as_slice).collect::<Vec<_>>()))
}

/// In small letters, words one blank apart; `None` for other types, and where a character is damaged.
fn text(value: &Element<'_>) -> Option<String> {
    let comparable = match value.tag {
        tag::UTF8_STRING | tag::PRINTABLE_STRING | tag::TELETEX_STRING | tag::IA5_STRING => true,
        tag::BMP_STRING => value.contents.len().is_multiple_of(2),
        _ => false,
    };
    let text = value.text().filter(|text| comparable && !text.contains(char::REPLACEMENT_CHARACTER))?;
    Some(text.to_lowercase().split_whitespace().collect::<Vec<_>>().join(" "))
}
