//! Who is meant: national ids (TCKN) and tax numbers (VKN).

use std::fmt;

use super::kind::Kind;
use super::{Certificate, Name};
use crate::asn1::oid;
use crate::personal::Personal;
use crate::shown_text::mask_national_ids;

/// An 11-digit national identity number (TCKN). It is met inside of [`Personal`] only, which prints it masked; taken out
/// of that, it is printed in clear.
///
/// A wrong checksum is no reason to refuse it: test certificates have such numbers.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct NationalId([u8; 11]);

impl NationalId {
    /// Reads exactly 11 digits.
    pub fn parse(text: &str) -> Option<Personal<Self>> {
        digits(text).map(Self).map(Personal::new)
    }

    /// Whether both check digits fit and the first digit is not zero.
    pub fn is_checksum_valid(&self) -> bool {
        let [d1, d2, d3, d4, d5, d6, d7, d8, d9, d10, d11] = self.0.map(i32::from);
        let odd = d1 + d3 + d5 + d7 + d9;
        let even = d2 + d4 + d6 + d8;
        d1 != 0 && d10 == (7 * odd - even).rem_euclid(10) && d11 == (odd + even + d10) % 10
    }
}

impl fmt::Display for NationalId {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|digit| write!(formatter, "{digit}"))
    }
}

impl fmt::Debug for NationalId {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "NationalId({})", mask_national_ids(&self.to_string()))
    }
}

/// A 10-digit tax number (VKN). It names a company, hence it is shown.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct TaxId([u8; 10]);

impl TaxId {
    /// Reads exactly 10 digits.
    pub fn parse(text: &str) -> Option<Self> {
        digits(text).map(Self)
    }

    /// Whether the check digit fits.
    pub fn is_checksum_valid(&self) -> bool {
        let [counted @ .., check] = self.0.map(u32::from);
        let sum: u32 = (1u32..).zip(counted).map(|(place, digit)| weighed(place, digit)).sum();
        check == (10 - sum % 10) % 10
    }
}

/// What the digit at `place` (1 to 9) adds to the sum.
fn weighed(place: u32, digit: u32) -> u32 {
    let shifted = (digit + 10 - place) % 10;
    match (shifted << (10 - place)) % 9 {
        0 if shifted != 0 => 9,
        rest => rest,
    }
}

impl fmt::Display for TaxId {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|digit| write!(formatter, "{digit}"))
    }
}

impl fmt::Debug for TaxId {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "TaxId({self})")
    }
}

impl Certificate {
    /// The subject's common name: of a NES the person, of a seal the company.
    pub fn common_name(&self) -> Option<Personal<String>> {
        self.subject().common_name()
    }

    /// The national id in the subject's serialNumber.
    ///
    /// `None` where it is no number of 11 digits, where the subject names two different ones, and where a part of the
    /// subject cannot be read.
    pub fn national_id(&self) -> Option<Personal<NationalId>> {
        let (_, number) = identity(&self.subject())?;
        NationalId::parse(&number)
    }

    /// The tax number in the subject's serialNumber: of a company's seal, or where a prefix says that it is one.
    ///
    /// Ten digits elsewhere may be anything, for example a trade register's number.
    pub fn tax_id(&self) -> Option<TaxId> {
        let (prefix, number) = identity(&self.subject())?;
        let is_tax_number = prefix.is_some_and(|prefix| prefix != PERSONAL) || self.kind() == Kind::MaliMuhur;
        TaxId::parse(&number).filter(|_| is_tax_number)
    }
}

/// Semantics identifiers of EN 319 412-1 sections 5.1.3 and 5.1.4 that Turkish numbers may carry.
const PREFIXES: [&str; 3] = [PERSONAL, "TINTR-", "VATTR-"];

/// The prefix of a number that names a person, never a tax number.
const PERSONAL: &str = "PNOTR-";

/// The one number in the serialNumbers of a subject, and the first prefix that one of them has. A subject that cannot be
/// read as a whole may name somebody else where it cannot be read.
fn identity(subject: &Name<'_>) -> Option<(Option<&'static str>, String)> {
    let mut numbers = subject.all_values(&oid::SERIAL_NUMBER)?.into_iter().map(without_prefix);
    let (mut prefix, number) = numbers.next()?;
    for (another_prefix, another) in numbers {
        if another != number {
            return None;
        }
        prefix = prefix.or(another_prefix);
    }
    Some((prefix, number))
}

fn without_prefix(number: String) -> (Option<&'static str>, String) {
    let found = PREFIXES.iter().find_map(|prefix| Some((Some(*prefix), number.strip_prefix(prefix)?.to_owned())));
    found.unwrap_or((None, number))
}

fn digits<const COUNT: usize>(text: &str) -> Option<[u8; COUNT]> {
    let octets: [u8; COUNT] = text.as_bytes().try_into().ok()?;
    octets.iter().all(u8::is_ascii_digit).then(|| octets.map(|octet| octet - b'0'))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::asn1::{tag, write};

    #[test]
    fn check_digits_of_national_ids() {
        let valid = |text: &str| NationalId::parse(text).unwrap().reveal().is_checksum_valid();
        for right in ["10000000146", "11111111110", "12345678950"] {
            assert!(valid(right), "{right}");
        }
        for wrong in ["11111111111", "11111111101", "00000000001", "98765432109", "00000000000"] {
            assert!(!valid(wrong), "{wrong}");
        }
        for other in ["", "1000000014", "100000001460", "1000000014a", "١٠٠٠٠٠"] {
            assert_eq!(NationalId::parse(other), None, "{other}");
        }
    }

    #[test]
    fn check_digits_of_tax_numbers() {
        let valid = |text: &str| TaxId::parse(text).unwrap().is_checksum_valid();
        assert!(valid("1234567890") && valid("1234567816"));
        assert!(!valid("1234567801") && !valid("1234567815"));
        for counted in ["123456780", "123456781", "000000000", "999999999", "109876543"] {
            let right = (0..10).filter(|check| valid(&format!("{counted}{check}"))).count();
            assert_eq!(right, 1, "{counted}");
        }
    }

    #[test]
    fn a_national_id_is_printed_masked_and_revealed_by_name() {
        let id = NationalId::parse("10000000146").unwrap();
        assert_eq!(format!("{id} {id:?} {:?}", id.reveal()), "100******46 \"100******46\" NationalId(100******46)");
        assert_eq!(id.reveal().to_string(), "10000000146");
    }

    #[test]
    fn two_different_numbers_are_nobodys() {
        let number = |text: &str| {
            let identifier = write::oid(&oid::SERIAL_NUMBER);
            write::set_of(tag::SET, vec![write::sequence(&[&identifier, &write::utf8_string(text)])])
        };
        let of = |numbers: &[&str]| {
            let relative: Vec<Vec<u8>> = numbers.iter().map(|text| number(text)).collect();
            let der = write::sequence(&relative.iter().map(Vec::as_slice).collect::<Vec<_>>());
            identity(&Name::new(&der))
        };
        assert_eq!(of(&["10000000146", "10000000146"]), Some((None, "10000000146".into())));
        assert_eq!(of(&["10000000146", "12345678950"]), None);
        assert_eq!(of(&["10000000146", "PNOTR-12345678950"]), None);
        let both = Some((Some(PERSONAL), "10000000146".into()));
        assert_eq!(of(&["10000000146", "PNOTR-10000000146"]), both);
        assert_eq!(of(&["PNOTR-10000000146", "10000000146"]), both);
        assert_eq!(of(&["TINTR-10000000146"]), Some((Some("TINTR-"), "10000000146".into())));
        assert_eq!(of(&[]), None);
    }
}
