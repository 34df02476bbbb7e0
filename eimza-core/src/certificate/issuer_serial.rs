//! References to a certificate by issuer and serial number (RFC 5035 section 5, RFC 5126 section 6.2.1).

use super::{Certificate, Name};
use crate::asn1::{Element, tag};
use crate::error::Result;

/// The most names of an issuer that are looked at.
const NAME_LIMIT: usize = 64;

impl Certificate {
    /// Whether this is the certificate of `IssuerSerial ::= SEQUENCE { issuer GeneralNames, serialNumber INTEGER }`: one of the
    /// names is its issuer's, as a directoryName `[4]`, and the number is its own. What cannot be read is not.
    pub(crate) fn is_of_issuer_serial(&self, stated: &Element<'_>) -> bool {
        self.compare_issuer_serial(stated).unwrap_or(false)
    }

    fn compare_issuer_serial(&self, stated: &Element<'_>) -> Result<bool> {
        const WHAT: &str = "issuerSerial";
        let mut fields = stated.reader();
        let mut names = fields.read(tag::SEQUENCE, WHAT)?.reader();
        let serial = fields.read(tag::INTEGER, WHAT)?.contents;
        fields.finish(WHAT)?;
        if serial != self.serial() {
            return Ok(false);
        }
        for _ in 0..NAME_LIMIT {
            let name = names.any(WHAT)?;
            if name.tag == tag::context(4) {
                let issuer = Element::only_sequence(name.contents, WHAT)?;
                if self.names_issuer(&Name::new(issuer.bytes)) {
                    return Ok(true);
                }
            }
        }
        Ok(false)
    }
}
