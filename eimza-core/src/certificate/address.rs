//! Where more can be fetched: the issuer's certificate, OCSP, CRLs (RFC 5280 sections 4.2.1.13 and 4.2.2.1).
//!
//! They are given as they stand there, which is what can be opened; [`Certificate::details`] prints national ids in them
//! masked. Nothing is fetched here, and an address may be hostile.

use super::Certificate;
use super::list::{elements, members};
use crate::asn1::oid::{self, ObjectIdentifier};
use crate::asn1::{Element, tag};

/// `uniformResourceIdentifier [6] IA5String` of GeneralName.
const URI: u8 = tag::context_primitive(6);

impl Certificate {
    /// Where the issuer's certificate lies (AIA caIssuers).
    pub fn issuer_addresses(&self) -> Vec<String> {
        self.access_addresses(&oid::ACCESS_CA_ISSUERS)
    }

    /// Where OCSP answers (AIA ocsp).
    pub fn ocsp_addresses(&self) -> Vec<String> {
        self.access_addresses(&oid::ACCESS_OCSP)
    }

    /// Where the CRL lies (CRL distribution points).
    pub fn crl_addresses(&self) -> Vec<String> {
        let value = self.extension(&oid::CRL_DISTRIBUTION_POINTS).map(|extension| extension.value);
        members(value.unwrap_or_default())
            .filter_map(|point| full_name(&point))
            .flat_map(|names| elements(names.contents).filter_map(|name| address(&name).map(str::to_owned)))
            .collect()
    }

    /// `AccessDescription ::= SEQUENCE { accessMethod OID, accessLocation GeneralName }`.
    fn access_addresses(&self, wanted: &ObjectIdentifier) -> Vec<String> {
        let value = self.extension(&oid::AUTHORITY_INFORMATION_ACCESS).map(|extension| extension.value);
        members(value.unwrap_or_default())
            .filter_map(|description| {
                let mut fields = description.reader();
                let method = fields.oid("access method").ok()?;
                let location = fields.any("access location").ok()?;
                if method == wanted.as_bytes() { address(&location).map(str::to_owned) } else { None }
            })
            .collect()
    }
}

/// `DistributionPoint ::= SEQUENCE { [0] CHOICE { [0] fullName GeneralNames, [1] relative } OPTIONAL, … }`.
fn full_name<'a>(point: &Element<'a>) -> Option<Element<'a>> {
    let choice = point.reader().read(tag::context(0), "distribution point").ok()?;
    choice.reader().read(tag::context(0), "full name").ok()
}

/// An address that a program could open: printable ASCII under a known scheme.
fn address<'a>(name: &Element<'a>) -> Option<&'a str> {
    if name.tag != URI || !name.contents.iter().all(u8::is_ascii_graphic) {
        return None;
    }
    let text = std::str::from_utf8(name.contents).ok()?;
    let (scheme, _) = text.split_once("://")?;
    let known = ["http", "https", "ldap", "ldaps"].iter().any(|known| scheme.eq_ignore_ascii_case(known));
    known.then_some(text)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::asn1::write;

    #[test]
    fn only_printable_addresses_of_known_schemes_are_shown() {
        let read = |text: &str| {
            let name = write::tlv(URI, text.as_bytes());
            address(&Element::only(&name, "address").unwrap()).map(str::to_owned)
        };
        for good in ["http://127.0.0.1/a.crl", "HTTPS://127.0.0.1", "ldap://127.0.0.1/CN=%20a?crl"] {
            assert_eq!(read(good).as_deref(), Some(good));
        }
        for bad in ["", "file:///etc/passwd", "javascript:x", "http://a b", "http://a\nb", "http://ş", "127.0.0.1"] {
            assert_eq!(read(bad), None, "{bad}");
        }
        assert_eq!(address(&Element::only(&write::tlv(0x82, b"http://a"), "address").unwrap()), None);
    }
}
