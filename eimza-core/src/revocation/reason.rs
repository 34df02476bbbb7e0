//! Why certificates are revoked (RFC 5280 sections 4.2.1.13 and 5.3.1).

use crate::asn1::Element;

/// `CRLReason ::= ENUMERATED`; 7 is not used.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum RevocationReason {
    /// None is stated, or one that RFC 5280 does not know.
    Unspecified,
    /// The holder's key has come into other hands.
    KeyCompromise,
    /// The authority's key has come into other hands.
    CaCompromise,
    /// The holder has changed name or affiliation.
    AffiliationChanged,
    /// Another certificate has taken its place.
    Superseded,
    /// It is no longer needed.
    CessationOfOperation,
    /// It is suspended, and may be released.
    CertificateHold,
    /// It was released; only in delta CRLs.
    RemoveFromCrl,
    /// A right that it states was taken away.
    PrivilegeWithdrawn,
    /// The key of an attribute authority has come into other hands.
    AaCompromise,
}

impl RevocationReason {
    /// Numbers and names as RFC 5280 has them.
    const ALL: [(u32, &'static str, Self); 10] = [
        (0, "unspecified", Self::Unspecified),
        (1, "keyCompromise", Self::KeyCompromise),
        (2, "cACompromise", Self::CaCompromise),
        (3, "affiliationChanged", Self::AffiliationChanged),
        (4, "superseded", Self::Superseded),
        (5, "cessationOfOperation", Self::CessationOfOperation),
        (6, "certificateHold", Self::CertificateHold),
        (8, "removeFromCRL", Self::RemoveFromCrl),
        (9, "privilegeWithdrawn", Self::PrivilegeWithdrawn),
        (10, "aACompromise", Self::AaCompromise),
    ];

    /// The name in RFC 5280.
    pub fn name(self) -> &'static str {
        Self::ALL.iter().find(|(_, _, reason)| *reason == self).map_or("unspecified", |(_, name, _)| name)
    }

    /// Reads the ENUMERATED.
    pub(super) fn read(element: &Element<'_>) -> Self {
        let number = element.small_integer();
        let known = Self::ALL.iter().find(|(known, _, _)| Some(*known) == number);
        known.map_or(Self::Unspecified, |(_, _, reason)| *reason)
    }
}

/// The reasons for which a CRL lists certificates: `ReasonFlags ::= BIT STRING`, bits 1 to 8.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ReasonSet(u16);

impl ReasonSet {
    /// None.
    pub const NONE: Self = Self(0);

    /// All of them.
    pub const ALL: Self = Self(0x7f80);

    /// Reads the flags, whatever tag they have; unreadable ones are none.
    pub(super) fn read(flags: &Element<'_>) -> Self {
        Self(flags.named_bits().unwrap_or(0) & Self::ALL.0)
    }

    /// Those that are in both.
    pub fn and(self, other: Self) -> Self {
        Self(self.0 & other.0)
    }

    /// Those that are in one or the other.
    pub fn or(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// Whether every reason of `other` is among these.
    pub fn contains(self, other: Self) -> bool {
        self.or(other) == self
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn flags_are_bits_one_to_eight() {
        let read = |octets: &[u8]| ReasonSet::read(&Element::only(octets, "reasons").unwrap());
        let (some, rest) = (read(&[0x83, 2, 5, 0x60]), read(&[0x83, 3, 7, 0x9f, 0x80]));
        assert_eq!(some.or(rest), ReasonSet::ALL);
        assert_eq!(some.and(rest), ReasonSet::NONE);
        assert!(ReasonSet::ALL.contains(some) && !some.contains(rest));
        assert_eq!(read(&[0x83, 1, 0]), ReasonSet::NONE);
    }

    #[test]
    fn unknown_reasons_are_unspecified() {
        let read = |number| RevocationReason::read(&Element::only(&[0x0a, 1, number], "reason").unwrap());
        assert_eq!(read(6), RevocationReason::CertificateHold);
        assert_eq!(read(7), RevocationReason::Unspecified);
        assert_eq!(read(0x81).name(), "unspecified");
    }
}
