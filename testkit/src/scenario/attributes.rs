//! Signed attributes beside those that every signature has.

use super::moment::Moment;
use super::plan::PolicyOddity;
use super::token::Unit;
use crate::der::{context, octets, oid, sequence, tlv};
use crate::hash::Hash;
use crate::key::Key;
use crate::stamp::attribute;

/// Every attribute that may be signed beside the demanded ones (RFC 5126 section 5.11, EN 319 122-1 section 5.2, RFC 6211).
pub(super) fn optional(key: &Key, hash: Hash, content: &[u8], content_stamp: &Unit) -> Vec<Vec<u8>> {
    let smime = |number: u8, value: &[u8]| attribute(&format!("1.2.840.113549.1.9.16.2.{number}"), value);
    let text = |text: &str| tlv(0x0c, text.as_bytes());
    let claimed = sequence(&[attribute("2.5.4.12", &text("Müdür"))]);
    let protection = [hash.identifier(), context(1, crate::der::contents(&key.algorithm(hash)))];
    let location = sequence(&[context(0, &text("Türkiye")), context(1, &text("Ankara"))]);
    vec![
        smime(4, &sequence(&[text("onay.txt"), oid(super::signing::DATA)])),
        smime(7, &octets(b"TEST 1")),
        smime(10, &sequence(&[oid(super::signing::DATA), octets(b"TEST 0"), octets(b"another signature")])),
        smime(16, &sequence(&[oid("1.2.840.113549.1.9.16.6.1")])),
        smime(17, &location),
        smime(18, &sequence(&[context(0, &claimed)])),
        smime(20, &content_stamp.token(content).der()),
        attribute("0.4.0.1733.2.1", &text("text/plain")),
        attribute("1.2.840.113549.1.9.52", &sequence(&protection)),
    ]
}

/// When the content of a signature with every attribute is stamped: before it is signed.
pub(super) fn content_stamped_at(signature_stamped_at: Moment) -> Moment {
    signature_stamped_at.plus(-10)
}

/// The SHA-256 of BTK's document that holds the policies P2 to P4 (BTK's guide to usage profiles, 2012).
const POLICY_DOCUMENT: &[u8; 64] = b"ff39bd29463383f69b2052ac47439e06ce7c3b8646e888b6e5ae3e46ba08117a";

/// signature-policy-identifier (RFC 5126 section 5.8.1) of the profile with this number, 2 to 4.
pub(super) fn policy(number: u8, oddity: PolicyOddity) -> Vec<u8> {
    let branch = number - 1;
    let mut identifier = format!("2.16.792.1.61.0.1.5070.3.{branch}.1");
    if oddity == PolicyOddity::AnotherIdentifier {
        identifier = "2.16.792.1.61.0.1.5070.3.9.1".to_owned();
    }
    let mut hash: Vec<u8> = POLICY_DOCUMENT.chunks(2).map(octet).collect();
    if oddity == PolicyOddity::AnotherHash {
        hash = Hash::Sha256.digest(b"another document");
    }
    let address = format!("http://www.eimza.gov.tr/EimzaPolitikalari/2167921610150703{branch}1.pdf");
    let mut qualifiers = vec![sequence(&[oid("1.2.840.113549.1.9.16.5.1"), tlv(0x16, address.as_bytes())])];
    if oddity == PolicyOddity::UserNotice {
        let text = tlv(0x0c, "Bu imza deneme içindir.".as_bytes());
        qualifiers.push(sequence(&[oid("1.2.840.113549.1.9.16.5.2"), sequence(&[text])]));
    }
    let hashed = sequence(&[Hash::Sha256.identifier(), octets(&hash)]);
    attribute("1.2.840.113549.1.9.16.2.15", &sequence(&[oid(&identifier), hashed, sequence(&qualifiers)]))
}

fn octet(digits: &[u8]) -> u8 {
    let text = std::str::from_utf8(digits).expect("they are ASCII");
    u8::from_str_radix(text, 16).expect("they are hexadecimal")
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The attribute of BTK's guide, octet by octet, by its SHA-256.
    #[test]
    fn policies_are_those_of_the_guide() {
        for (number, golden) in [
            (2, "d5104e558ee6c1baa6445dc28d0ee0a338c714e85707dbdc3b1afafd88df45be"),
            (3, "9ffa2c335200c24c21fd4cbdf8894efd6a2de2f4c7de3c18fb6c01837c4a4c56"),
            (4, "fc35f5986c75cf71611897b4e084617bc2a4a8c2436dff38f02bc7733a8f0c3b"),
        ] {
            let digest = Hash::Sha256.digest(&policy(number, PolicyOddity::None));
            assert_eq!(digest, golden.as_bytes().chunks(2).map(octet).collect::<Vec<_>>(), "P{number}");
        }
    }
}
