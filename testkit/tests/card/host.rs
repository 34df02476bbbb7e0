//! A host that speaks to a card as plainly as the standard allows.

use aws_lc_rs::digest;
use aws_lc_rs::signature::{
    ECDSA_P256_SHA256_FIXED, ECDSA_P384_SHA384_FIXED, ECDSA_P521_SHA512_FIXED, RSA_PKCS1_2048_8192_SHA256,
    RSA_PSS_2048_8192_SHA256, VerificationAlgorithm,
};
use eimza_testkit::card::{Card, Design};
use eimza_testkit::{der, pki};

pub(crate) const TEXT: &[u8] = "onay metni".as_bytes();

/// SELECT of the PKCS#15 application without an answer.
pub(crate) const SELECT: &[u8] = b"\x00\xa4\x04\x0c\x0c\xa0\x00\x00\x00\x63PKCS-15";

/// A card of this design with its application selected.
pub(crate) fn selected(design: Design) -> Card {
    let mut card = Card::new(design);
    assert_eq!(status(&mut card, SELECT), 0x9000);
    card
}

/// The status word that a command is answered with.
pub(crate) fn status(card: &mut Card, command: &[u8]) -> u16 {
    let answer = card.transmit(command);
    u16::from_be_bytes(answer[answer.len() - 2..].try_into().unwrap())
}

/// The data that a command is answered with, fetched as 61xx and 6Cxx want it.
pub(crate) fn data(card: &mut Card, command: &[u8]) -> Vec<u8> {
    let mut answer = card.transmit(command);
    let mut whole = Vec::new();
    loop {
        let end = answer.split_off(answer.len() - 2);
        whole.append(&mut answer);
        answer = match end[..] {
            [0x90, 0x00] => return whole,
            [0x61, more] => card.transmit(&[0x00, 0xc0, 0x00, 0x00, more]),
            [0x6c, exactly] => card.transmit(&[&command[..command.len() - 1], &[exactly]].concat()),
            _ => panic!("{command:02x?} was answered with {end:02x?}"),
        };
    }
}

/// A command of these four octets with data and Le.
pub(crate) fn command(header: [u8; 4], data: &[u8]) -> Vec<u8> {
    [&header[..], &[u8::try_from(data.len()).unwrap()], data, &[0]].concat()
}

/// A PIN command.
pub(crate) fn pin_command(instruction: u8, p1: u8, reference: u8, data: &[u8]) -> Vec<u8> {
    let whole = command([0x00, instruction, p1, reference], data);
    whole[..whole.len() - 1].to_vec()
}

/// The octets of a file, read in pieces of at most these many octets.
pub(crate) fn file(card: &mut Card, by: &[u8], piece: u8) -> Vec<u8> {
    let template = data(card, by);
    let fields = der::children(&template);
    let size = fields.iter().find(|field| field[0] == 0x80).map(|field| der::contents(field).to_vec()).unwrap();
    let size = u16::from_be_bytes(size.try_into().unwrap());
    let mut octets = Vec::new();
    while octets.len() < usize::from(size) {
        let [high, low] = u16::try_from(octets.len()).unwrap().to_be_bytes();
        let piece = u8::try_from(usize::from(size) - octets.len()).unwrap_or(piece).min(piece);
        octets.extend(data(card, &[0x00, 0xb0, high, low, piece]));
    }
    octets
}

/// DigestInfo of SHA-256 over the text (RFC 8017 section 9.2).
pub(crate) fn digest_info() -> Vec<u8> {
    const SHA256: &str = "2.16.840.1.101.3.4.2.1";
    der::sequence(&[der::sequence(&[der::oid(SHA256), der::null()]), der::octets(digest_of(&digest::SHA256).as_ref())])
}

/// DigestInfo as a whole block for a modulus of this many octets.
pub(crate) fn block(length: usize) -> Vec<u8> {
    let info = digest_info();
    [&[0, 1][..], &vec![0xff; length - info.len() - 3], &[0], &info].concat()
}

/// The digest of the text.
pub(crate) fn digest_of(algorithm: &'static digest::Algorithm) -> digest::Digest {
    digest::digest(algorithm, TEXT)
}

/// How a signature is to be checked.
pub(crate) enum Check {
    Pkcs1,
    Pss,
    P256,
    P384,
    P521,
}

/// Checks a signature over the text with the key of a certificate of the test PKI.
pub(crate) fn is_right(check: &Check, name: &str, value: &[u8]) -> bool {
    let algorithm: &dyn VerificationAlgorithm = match check {
        Check::Pkcs1 => &RSA_PKCS1_2048_8192_SHA256,
        Check::Pss => &RSA_PSS_2048_8192_SHA256,
        Check::P256 => &ECDSA_P256_SHA256_FIXED,
        Check::P384 => &ECDSA_P384_SHA384_FIXED,
        Check::P521 => &ECDSA_P521_SHA512_FIXED,
    };
    let fields = der::children(&der::children(&pki::certificate(name))[0]);
    let key = der::contents(&der::children(&fields[6])[1])[1..].to_vec();
    assert!(algorithm.verify_sig(&key, b"onay metnj", value).is_err(), "another text has the same signature");
    algorithm.verify_sig(&key, TEXT, value).is_ok()
}
