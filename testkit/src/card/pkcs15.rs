//! The files by which a card tells what is on it, written from a design (PKCS #15 v1.1, ISO/IEC 7816-15).

use super::design::{Algorithm, Design, KeyDesign, Scheme};
use super::file::{MASTER, Node};
use super::key::Key;
use super::pin::{Encoding, PinDesign, Role, Scope, Start};
use crate::der::{context, integer, null, octets, oid, sequence, tlv};
use crate::pki;

const DIRECTORY: u16 = 0x2f00;
const OBJECTS: u16 = 0x5031;
const TOKEN_INFO: u16 = 0x5032;
const PRIVATE_KEYS: u16 = 0x4401;
const CERTIFICATES: u16 = 0x4402;
const AUTHORITIES: u16 = 0x4403;
const PINS: u16 = 0x4404;

/// All files of a card.
pub(super) fn files(design: &Design, keys: &[Key]) -> Node {
    let mut children = if design.layout.objects { telling_files(design, keys) } else { Vec::new() };
    for (number, key) in (0..).zip(&design.keys) {
        let pin = key.private_certificate.then_some(key.pin);
        children.push(Node::guarded_file(certificate_file(design, number), pki::certificate(&key.name), pin));
    }
    for (number, name) in (0..).zip(&design.authorities) {
        children.push(Node::file(authority_file(design, number), pki::certificate(name)));
    }
    for (identifier, octets) in &design.forged_files {
        children.retain(|child| child.identifier != *identifier);
        children.push(Node::file(*identifier, octets.clone()));
    }
    let application = Node::folder(design.layout.application, design.layout.names.clone(), children);
    let directory = design.layout.directory.then(|| Node::file(DIRECTORY, directory(design)));
    Node::folder(MASTER, Vec::new(), directory.into_iter().chain([application]).collect())
}

/// The files that tell what is on the card.
fn telling_files(design: &Design, keys: &[Key]) -> Vec<Node> {
    vec![
        Node::file(OBJECTS, object_directory(design)),
        Node::file(TOKEN_INFO, token_info(design)),
        Node::file(PRIVATE_KEYS, keys.iter().flat_map(|key| private_key(design, key)).collect()),
        Node::file(CERTIFICATES, certificates(design)),
        Node::file(AUTHORITIES, authorities(design)),
        Node::file(PINS, design.pins.iter().flat_map(|pin| pin_object(design, pin)).collect()),
    ]
}

fn certificate_file(design: &Design, number: u16) -> u16 {
    design.layout.first_certificate + number
}

fn authority_file(design: &Design, number: u16) -> u16 {
    certificate_file(design, u16::try_from(design.keys.len()).expect("a card holds few keys") + number)
}

/// EF.DIR: `61 { 4F AID, 50 label, 51 path }` (ISO/IEC 7816-4 section 8.2.1.1).
fn directory(design: &Design) -> Vec<u8> {
    let fields = [tlv(0x4f, &design.layout.names[0]), tlv(0x50, design.label.as_bytes()), tlv(0x51, &base(design))];
    tlv(0x61, &fields.concat())
}

/// ```asn1
/// PKCS15Objects ::= CHOICE { privateKeys [0] PrivateKeys, certificates [4] Certificates,
///                            trustedCertificates [5] Certificates, authObjects [8] AuthObjects, … }
/// ```
fn object_directory(design: &Design) -> Vec<u8> {
    let entry = |number: u8, file: u16| context(number, &path(design, file));
    let mut entries = vec![entry(0, PRIVATE_KEYS), entry(4, CERTIFICATES)];
    if !design.authorities.is_empty() {
        entries.push(entry(5, AUTHORITIES));
    }
    entries.push(entry(8, PINS));
    entries.concat()
}

/// ```asn1
/// TokenInfo ::= SEQUENCE { version INTEGER {v1(0)}, serialNumber OCTET STRING, manufacturerID Label OPTIONAL,
///     label [0] Label OPTIONAL, tokenflags TokenFlags, …, supportedAlgorithms [2] SEQUENCE OF AlgorithmInfo OPTIONAL, … }
/// ```
fn token_info(design: &Design) -> Vec<u8> {
    const LOGIN_REQUIRED_AND_CARD_MAKES_RANDOM: u16 = bit(1) | bit(2);
    let algorithms: Vec<u8> = listed(design).flat_map(algorithm_info).collect();
    sequence(&[
        integer(&[0]),
        octets(&design.serial),
        utf8(&design.maker),
        tlv(0x80, design.label.as_bytes()),
        flags(LOGIN_REQUIRED_AND_CARD_MAKES_RANDOM),
        if algorithms.is_empty() { Vec::new() } else { context(2, &algorithms) },
    ])
}

/// The algorithms that the card tells of.
fn listed(design: &Design) -> impl Iterator<Item = Algorithm> {
    design.dialect.algorithms.iter().copied().filter(|_| design.dialect.lists_algorithms)
}

/// ```asn1
/// AlgorithmInfo ::= SEQUENCE { reference Reference, algorithm INTEGER, parameters ANY, supportedOperations BIT STRING,
///                              objId OBJECT IDENTIFIER OPTIONAL, algRef Reference OPTIONAL }
/// ```
/// `algorithm` is the number of the PKCS#11 mechanism.
fn algorithm_info(algorithm: Algorithm) -> Vec<u8> {
    const COMPUTE_SIGNATURE: u16 = bit(1);
    let (mechanism, identifier): (&[u8], _) = match algorithm.scheme {
        Scheme::RsaRaw => (&[3], "1.2.840.113549.1.1.1"),
        Scheme::RsaPkcs1 => (&[1], "1.2.840.113549.1.1.1"),
        Scheme::RsaPss => (&[0x0d], "1.2.840.113549.1.1.10"),
        Scheme::Ecdsa => (&[0x10, 0x41], "1.2.840.10045.2.1"),
    };
    let reference = unsigned(algorithm.reference);
    sequence(&[reference.clone(), integer(mechanism), null(), flags(COMPUTE_SIGNATURE), oid(identifier), reference])
}

/// ```asn1
/// PrivateRSAKeyObject ::= SEQUENCE { CommonObjectAttributes, CommonKeyAttributes,
///                                    [0] CommonPrivateKeyAttributes OPTIONAL, [1] PrivateRSAKeyAttributes }
/// privateECKey [0] is the same under another tag.
/// ```
fn private_key(design: &Design, key: &Key) -> Vec<u8> {
    const PRIVATE: u16 = bit(0);
    const SIGN_AND_NON_REPUDIATION: u16 = bit(2) | bit(9);
    const SENSITIVE_ALWAYS_AND_NEVER_EXTRACTABLE: u16 = bit(0) | bit(2) | bit(3);
    let consent = if key.design.consent { integer(&[1]) } else { Vec::new() };
    let references = listed(design).filter(|algorithm| (algorithm.scheme == Scheme::Ecdsa) == key.is_ec());
    let references: Vec<u8> = references.flat_map(|algorithm| unsigned(algorithm.reference)).collect();
    let common = [utf8(&key.design.label), flags(PRIVATE), octets(&[key.design.pin]), consent];
    let class = [
        octets(&[key.design.identifier]),
        flags(SIGN_AND_NON_REPUDIATION),
        tlv(0x01, &[0xff]),
        flags(SENSITIVE_ALWAYS_AND_NEVER_EXTRACTABLE),
        unsigned(key.design.reference),
        if references.is_empty() { Vec::new() } else { context(1, &references) },
    ];
    let value = path_of(&base(design));
    // The modulus in bits; for EC keys the standard has no such field, but cards that OpenSC wrote do, and it wants it.
    let size = integer(&u16::try_from(key.bits).expect("keys are small").to_be_bytes());
    let object = [sequence(&common), sequence(&class), context(1, &sequence(&[value, size]))].concat();
    tlv(if key.is_ec() { 0xa0 } else { 0x30 }, &object)
}

fn certificates(design: &Design) -> Vec<u8> {
    let object = |(number, key): (u16, &KeyDesign)| {
        certificate(design, &key.label, key.identifier, false, certificate_file(design, number))
    };
    (0..).zip(&design.keys).flat_map(object).collect()
}

fn authorities(design: &Design) -> Vec<u8> {
    let object = |(number, name): (u16, &String)| {
        let identifier = 0xa0 + u8::try_from(number).expect("few");
        certificate(design, name, identifier, true, authority_file(design, number))
    };
    (0..).zip(&design.authorities).flat_map(object).collect()
}

/// ```asn1
/// X509CertificateObject ::= SEQUENCE { CommonObjectAttributes, CommonCertificateAttributes,
///                                      [1] SEQUENCE { value ObjectValue {Certificate}, … } }
/// CommonCertificateAttributes ::= SEQUENCE { iD Identifier, authority BOOLEAN DEFAULT FALSE, … }
/// ```
fn certificate(design: &Design, label: &str, identifier: u8, authority: bool, file: u16) -> Vec<u8> {
    let flag = if authority { tlv(0x01, &[0xff]) } else { Vec::new() };
    let class = sequence(&[octets(&[identifier]), flag]);
    sequence(&[sequence(&[utf8(label)]), class, context(1, &sequence(&[path(design, file)]))])
}

/// ```asn1
/// PinObject ::= SEQUENCE { CommonObjectAttributes, SEQUENCE { authId Identifier }, [1] PinAttributes }
/// PinAttributes ::= SEQUENCE { pinFlags PinFlags, pinType PinType, minLength INTEGER, storedLength INTEGER,
///     maxLength INTEGER OPTIONAL, pinReference [0] Reference DEFAULT 0, padChar OCTET STRING (SIZE(1)) OPTIONAL,
///     lastPinChange GeneralizedTime OPTIONAL, path Path OPTIONAL }
/// ```
fn pin_object(design: &Design, pin: &PinDesign) -> Vec<u8> {
    const PRIVATE_AND_MODIFIABLE: u16 = bit(0) | bit(1);
    let puk = pin.unblocked_by.map(|identifier| octets(&[identifier])).unwrap_or_default();
    let common = sequence(&[utf8(&pin.label), flags(PRIVATE_AND_MODIFIABLE), puk]);
    let reference = if pin.signed_reference { vec![pin.reference] } else { contents_of(unsigned(pin.reference)) };
    let length = |characters: usize| unsigned(u8::try_from(characters).expect("a PIN is short"));
    let attributes = sequence(&[
        flags(pin_flags(pin)),
        tlv(0x0a, &[pin_type(pin.encoding)]),
        length(pin.shortest),
        length(pin.stored),
        length(pin.longest),
        tlv(0x80, &reference),
        pin.padding.map(|character| octets(&[character])).unwrap_or_default(),
        path_of(&if pin.scope == Scope::Local { base(design) } else { MASTER.to_be_bytes().to_vec() }),
    ]);
    sequence(&[common, sequence(&[octets(&[pin.identifier])]), context(1, &attributes)])
}

/// ```asn1
/// PinFlags ::= BIT STRING { case-sensitive(0), local(1), change-disabled(2), unblock-disabled(3), initialized(4),
///                           needs-padding(5), unblockingPin(6), soPin(7), disable-allowed(8) }
/// ```
fn pin_flags(pin: &PinDesign) -> u16 {
    let flag = |number: u8, set: bool| if set { bit(number) } else { 0 };
    flag(0, pin.encoding == Encoding::Utf8)
        | flag(1, pin.scope == Scope::Local)
        | flag(3, pin.unblocked_by.is_none())
        | flag(4, pin.start == Start::Ready)
        | flag(5, pin.padding.is_some())
        | flag(6, pin.role == Role::Unblocking)
}

/// `PinType ::= ENUMERATED { bcd, ascii-numeric, utf8, half-nibble-bcd, iso9564-1 }`
fn pin_type(encoding: Encoding) -> u8 {
    match encoding {
        Encoding::Bcd => 0,
        Encoding::AsciiNumeric => 1,
        Encoding::Utf8 => 2,
        Encoding::HalfNibbleBcd => 3,
        Encoding::Iso9564 => 4,
    }
}

fn base(design: &Design) -> Vec<u8> {
    [MASTER, design.layout.application].into_iter().flat_map(u16::to_be_bytes).collect()
}

fn path(design: &Design, file: u16) -> Vec<u8> {
    path_of(&[&base(design)[..], &file.to_be_bytes()].concat())
}

/// `Path ::= SEQUENCE { path OCTET STRING, … }`
fn path_of(identifiers: &[u8]) -> Vec<u8> {
    sequence(&[octets(identifiers)])
}

fn utf8(text: &str) -> Vec<u8> {
    tlv(0x0c, text.as_bytes())
}

fn unsigned(number: u8) -> Vec<u8> {
    if number < 0x80 { integer(&[number]) } else { integer(&[0, number]) }
}

fn contents_of(element: Vec<u8>) -> Vec<u8> {
    crate::der::contents(&element).to_vec()
}

const fn bit(number: u8) -> u16 {
    0x8000 >> number
}

/// A named BIT STRING without trailing zeros.
fn flags(bits: u16) -> Vec<u8> {
    let [first, second] = bits.to_be_bytes();
    let octets = if second == 0 { vec![first] } else { vec![first, second] };
    let unused = u8::try_from(octets.last().map_or(0, |octet| octet.trailing_zeros())).expect("at most eight");
    tlv(0x03, &[vec![if bits == 0 { 0 } else { unused }], octets].concat())
}
