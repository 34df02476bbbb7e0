//! `SertifikaDeposu.xml`, in which Kamu SM publishes root certificates: `koksertifika/mValue`, each a DER in base64.
//!
//! The file comes by plain HTTP, and what its rows are signed with is not published: it says where certificates are, and
//! nothing about whom to trust.

use quick_xml::Reader;
use quick_xml::events::Event;

use crate::asn1::pem;
use crate::error::{Error, Limit, Result, TrustStoreFault};

/// The most octets of a store. The one that is published has less than one MiB.
const SIZE: usize = 16 << 20;

/// The most elements within each other. The published store has four.
const DEPTH: usize = 32;

/// The elements that are read.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Place {
    Elsewhere,
    Root,
    Value,
}

impl Place {
    fn within(parent: Option<&Self>, name: &str) -> Self {
        match (parent, name) {
            (Some(Self::Root), "mValue") => Self::Value,
            (_, "koksertifika") => Self::Root,
            _ => Self::Elsewhere,
        }
    }
}

/// The octets of every entry that is base64, in their order. Nothing is resolved but characters by their number: there are
/// no entities to expand and no address is opened.
pub(super) fn entries(xml: &[u8]) -> Result<Vec<Vec<u8>>> {
    if xml.len() > SIZE {
        return Err(Error::LimitExceeded { limit: Limit::Size });
    }
    let malformed = |reason| Error::TrustStoreMalformed { reason, source: None };
    let no_xml = |source: quick_xml::Error| Error::TrustStoreMalformed {
        reason: TrustStoreFault::NotXml,
        source: Some(source.into()),
    };
    // What is read is ASCII, whatever the encoding of the names beside it.
    let text = String::from_utf8_lossy(xml);
    let mut reader = Reader::from_str(&text);
    reader.config_mut().expand_empty_elements = true;
    let (mut opened, mut value): (Vec<Place>, _) = (Vec::new(), String::new());
    let (mut count, mut entries) = (0_usize, Vec::new());
    loop {
        let event = reader.read_event().map_err(no_xml)?;
        let in_value = opened.last() == Some(&Place::Value);
        match event {
            Event::Start(_) if opened.len() == DEPTH => return Err(Error::LimitExceeded { limit: Limit::Depth }),
            Event::Start(start) => {
                opened.push(Place::within(opened.last(), start.name().0));
                value.clear();
            }
            Event::End(_) if opened.pop() == Some(Place::Value) => {
                count += 1;
                entries.extend(pem::base64(value.as_bytes()));
            }
            Event::Text(text) if in_value => value.push_str(&text.into_inner()),
            Event::CData(data) if in_value => value.push_str(&data.into_inner()),
            // Any other reference is kept as a character that is not base64.
            Event::GeneralRef(reference) if in_value => {
                value.push(reference.resolve_char_ref().ok().flatten().unwrap_or('&'));
            }
            Event::DocType(_) => return Err(malformed(TrustStoreFault::DocumentType)),
            Event::Eof if !opened.is_empty() => return Err(malformed(TrustStoreFault::NotXml)),
            Event::Eof if count == 0 => return Err(malformed(TrustStoreFault::NoRoots)),
            Event::Eof => return Ok(entries),
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn store(roots: &str) -> String {
        format!(
            "<?xml version=\"1.0\"?><depo><Versiyon>1.1</Versiyon><koksertifikalar>{roots}</koksertifikalar></depo>"
        )
    }

    fn root(value: &str) -> String {
        format!("<koksertifika><mSubjectName>QUJD</mSubjectName><mValue>{value}</mValue></koksertifika>")
    }

    fn name(xml: &str) -> &'static str {
        entries(xml.as_bytes()).unwrap_err().name()
    }

    #[test]
    fn values_are_read_in_whatever_way_they_are_written() {
        let forms =
            ["MTIz", "\n MT\n Iz\n", "MT&#13;\r\nIz", "<![CDATA[MTIz]]>", "<!-- one -->MTIz"].map(root).concat();
        assert_eq!(entries(store(&forms).as_bytes()).unwrap(), vec![b"123".to_vec(); 5]);
    }

    #[test]
    fn an_entry_that_cannot_be_read_hides_no_other() {
        let roots = ["MTIz", "no base64!", "", "&name;", "NDU2"].map(root).concat();
        let more = "<koksertifika><mValue/></koksertifika><mValue>Nzg5</mValue>";
        let xml = store(&format!("{roots}{more}"));
        assert_eq!(entries(xml.as_bytes()).unwrap(), [b"123".to_vec(), b"456".to_vec()]);
        let mut latin = b"<depo><mAd>\xdd</mAd>".to_vec();
        latin.extend_from_slice(format!("{}</depo>", root("MTIz")).as_bytes());
        assert_eq!(entries(&latin).unwrap(), [b"123".to_vec()]);
    }

    #[test]
    fn what_is_no_store_is_refused() {
        for xml in ["", "no XML", "<html></html>", &store(""), &root("MTIz").replace("</koksertifika>", ""), "<a></b>"]
        {
            assert_eq!(name(xml), "trust-store-malformed", "{xml}");
        }
        let said = format!("{:?}", entries(b"<a></b>").unwrap_err());
        assert!(said.contains("expected `</a>`"), "{said}");
    }

    #[test]
    fn hostile_files_end_at_a_limit() {
        let bomb = "<!DOCTYPE depo [<!ENTITY a \"MTIz\"><!ENTITY b \"&a;&a;\">]>";
        assert_eq!(name(&format!("{bomb}{}", root("&b;"))), "trust-store-malformed");
        assert_eq!(name(&"<a>".repeat(DEPTH + 1)), "limit-exceeded");
        assert_eq!(name(&" ".repeat(SIZE + 1)), "limit-exceeded");
    }
}
