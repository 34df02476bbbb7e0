//! What a key may be used for: key usage, extended key usage, basic constraints (RFC 5280 section 4.2.1).

use super::Certificate;
use super::list::members;
use crate::asn1::oid::{self, ObjectIdentifier, dotted};
use crate::asn1::{Element, tag};

/// The bits of the key usage extension (section 4.2.1.3).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct KeyUsage(u16);

impl KeyUsage {
    /// Bit 0: signatures other than those on certificates and CRLs.
    pub fn digital_signature(self) -> bool {
        self.bit(0)
    }

    /// Bit 1: signatures that their signer cannot disown later; also called contentCommitment.
    pub fn non_repudiation(self) -> bool {
        self.bit(1)
    }

    /// Bit 2: encrypting keys.
    pub fn key_encipherment(self) -> bool {
        self.bit(2)
    }

    /// Bit 5: signing certificates.
    pub fn key_cert_sign(self) -> bool {
        self.bit(5)
    }

    /// Bit 6: signing CRLs.
    pub fn crl_sign(self) -> bool {
        self.bit(6)
    }

    /// `KeyUsage ::= BIT STRING`.
    pub(super) fn read(value: &[u8]) -> Option<Self> {
        let bits = Element::only(value, "key usage").ok().filter(|bits| bits.tag == tag::BIT_STRING)?;
        bits.named_bits().map(Self)
    }

    fn bit(self, number: u8) -> bool {
        self.0 & (0x8000 >> number) != 0
    }
}

impl Certificate {
    /// The key usage; `None` where none is stated, or where what is stated cannot be read.
    pub fn key_usage(&self) -> Option<KeyUsage> {
        KeyUsage::read(self.extension(&oid::KEY_USAGE)?.value)
    }

    /// Whether a key usage is stated, readable or not.
    pub(crate) fn states_key_usage(&self) -> bool {
        self.extension(&oid::KEY_USAGE).is_some()
    }

    /// The object identifiers of the extended key usage (section 4.2.1.12).
    pub fn extended_key_usages(&self) -> Vec<String> {
        self.purposes().map(dotted).collect()
    }

    /// Whether the key may sign documents: the stated key usage has digitalSignature or nonRepudiation, and the key is
    /// not the one for encryption that lies beside a company's seal. What states no usage may be used for anything.
    pub fn can_sign(&self) -> bool {
        let excluded = match self.extension(&oid::KEY_USAGE) {
            Some(stated) => {
                !KeyUsage::read(stated.value).is_some_and(|usage| usage.digital_signature() || usage.non_repudiation())
            }
            None => false,
        };
        let encrypts =
            self.has_purpose(&oid::EKU_MALI_MUHUR_ENCRYPTION) && !self.has_purpose(&oid::EKU_MALI_MUHUR_SIGNING);
        !excluded && !encrypts
    }

    /// Whether it is an authority's certificate: basic constraints with cA TRUE (section 4.2.1.9).
    pub fn is_ca(&self) -> bool {
        let Some(constraints) = self.extension(&oid::BASIC_CONSTRAINTS) else { return false };
        let first = members(constraints.value).next();
        first.is_some_and(|field| field.tag == tag::BOOLEAN && field.boolean() == Some(true))
    }

    /// Whether it is a time-stamp unit's: the extended key usage is critical and names time-stamping alone (RFC 3161 section
    /// 2.3).
    pub fn is_for_time_stamps_alone(&self) -> bool {
        let is_critical = self.extension(&oid::EXTENDED_KEY_USAGE).is_some_and(|extension| extension.critical);
        let mut purposes = self.purposes();
        is_critical && purposes.next() == Some(oid::EKU_TIME_STAMPING.as_bytes()) && purposes.next().is_none()
    }

    /// Object identifiers of critical extensions that this library does not read: who validates must not accept a
    /// certificate with one (section 4.2).
    pub fn unknown_critical_extensions(&self) -> Vec<String> {
        self.extensions()
            .filter(|extension| extension.critical && !is_known(extension.identifier))
            .map(|extension| dotted(extension.identifier))
            .collect()
    }

    /// Whether the extended key usage names this purpose.
    pub(crate) fn has_purpose(&self, purpose: &ObjectIdentifier) -> bool {
        self.purposes().any(|stated| stated == purpose.as_bytes())
    }

    fn purposes(&self) -> impl Iterator<Item = &[u8]> {
        let value = self.extension(&oid::EXTENDED_KEY_USAGE).map(|extension| extension.value);
        members(value.unwrap_or_default())
            .filter(|purpose| purpose.tag == tag::OBJECT_IDENTIFIER)
            .map(|purpose| purpose.contents)
    }
}

/// Whether this library reads an extension.
pub(super) fn is_known(identifier: &[u8]) -> bool {
    KNOWN_EXTENSIONS.iter().any(|known| known.as_bytes() == identifier)
}

const KNOWN_EXTENSIONS: [ObjectIdentifier; 16] = [
    oid::SUBJECT_KEY_IDENTIFIER,
    oid::KEY_USAGE,
    oid::SUBJECT_ALT_NAME,
    oid::ISSUER_ALT_NAME,
    oid::BASIC_CONSTRAINTS,
    oid::NAME_CONSTRAINTS,
    oid::CRL_DISTRIBUTION_POINTS,
    oid::CERTIFICATE_POLICIES,
    oid::POLICY_MAPPINGS,
    oid::AUTHORITY_KEY_IDENTIFIER,
    oid::POLICY_CONSTRAINTS,
    oid::EXTENDED_KEY_USAGE,
    oid::FRESHEST_CRL,
    oid::INHIBIT_ANY_POLICY,
    oid::AUTHORITY_INFORMATION_ACCESS,
    oid::QC_STATEMENTS,
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bits_are_read_in_minimal_and_in_longer_form() {
        let seal = KeyUsage::read(&[0x03, 0x02, 0x07, 0x80]).unwrap();
        assert!(seal.digital_signature() && !seal.non_repudiation());
        for authority in [&[0x03, 0x02, 0x01, 0x06][..], &[0x03, 0x03, 0x07, 0x06, 0x00]] {
            let usage = KeyUsage::read(authority).unwrap();
            assert!(usage.key_cert_sign() && usage.crl_sign() && !usage.digital_signature());
        }
        assert_eq!(KeyUsage::read(&[0x03, 0x01, 0x00]), Some(KeyUsage(0)));
        assert_eq!(KeyUsage::read(&[0x03, 0x02, 0x07, 0x40]), Some(KeyUsage(0)));
    }

    #[test]
    fn what_is_no_bit_string_is_nothing() {
        for wrong in [&[][..], &[0x03, 0x00], &[0x03, 0x02, 0x08, 0x80], &[0x04, 0x02, 0x07, 0x80], &[0x03, 0x05]] {
            assert_eq!(KeyUsage::read(wrong), None, "{wrong:?}");
        }
    }
}
