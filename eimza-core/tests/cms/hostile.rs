//! Damaged and hostile files: no panic, bounded cost, and never "everything passed" over altered octets.

use std::time::Instant;

use eimza_core::Certificate;
use eimza_core::cades::{Placement, SigningOptions};
use eimza_core::cms::{Content, SignedData, SignerIdentifier, decode, inspect};
use eimza_core::validation::{CheckName, CheckStatus, Level, Reason, verify};
use eimza_testkit::cms;

use eimza_testbed::keys::{certificate, sign};
use eimza_testbed::{TEXT, options, trusting_nobody};

fn passes(signature: &[u8], content: Option<&[u8]>) -> bool {
    let Ok(signed_data) = SignedData::read(signature) else { return false };
    verify(&signed_data, content.map(Content::Bytes), &[]).is_ok_and(|found| found.all_passed())
}

#[test]
fn every_cut_is_refused() {
    for file in [sign("nes-p256", TEXT, &options()), cms::find("ber-content-in-pieces").signature] {
        assert!(passes(&file, None));
        for length in 0..file.len() {
            assert!(SignedData::read(&file[..length]).is_err(), "cut at {length}");
        }
    }
}

#[test]
fn no_flip_of_a_protected_octet_passes() {
    for name in ["attached-p256", "ber-content-in-pieces", "counter-signature", "ess-issuer-serial"] {
        let file = cms::find(name).signature;
        assert!(passes(&file, None), "{name}");
        let free = unprotected(&file);
        for at in 0..file.len() {
            for bit in [0x01, 0x20, 0x80] {
                let mut flipped = file.clone();
                flipped[at] ^= bit;
                let taken = passes(&flipped, None);
                assert!(!taken || free[at] & bit != 0, "{name}: octet {at} with {bit:02x} passes");
            }
        }
    }
}

/// Octets that no signature covers and no rule binds: `SignedData.version` and `digestAlgorithms` in front of the content's
/// type, the version of each signer, and unsigned attributes but for the counter-signatures in them. The issuer's name in the
/// signer identifier is the same in capital and small letters. Bits that may be flipped are set.
fn unprotected(file: &[u8]) -> Vec<u8> {
    const ALL: u8 = 0xff;
    // In ASCII one bit is the case, in Ğ and Ş another.
    const CASE: u8 = 0x21;
    let mut free = vec![0; file.len()];
    let place = |slice: &[u8]| slice.as_ptr().addr() - file.as_ptr().addr();
    let mut mark = |start: usize, end: usize, bits: u8| free[start..end].fill(bits);
    let data = b"\x06\x09\x2a\x86\x48\x86\xf7\x0d\x01\x07\x01";
    let content_type = file.windows(data.len()).position(|window| window == data).unwrap();
    mark(0, content_type, ALL);
    let signed_data = SignedData::read(file).unwrap();
    for verification in &verify(&signed_data, None, &[]).unwrap().signers {
        let signer = &verification.signer;
        let start = place(signer.bytes());
        mark(start, start + signer.bytes().len(), 0);
        if let SignerIdentifier::IssuerAndSerial { issuer, .. } = signer.identifier() {
            mark(place(issuer), place(issuer) + issuer.len(), CASE);
        }
        // The version is the first INTEGER of the SignerInfo.
        let version = signer.bytes().windows(2).position(|window| window == [0x02, 0x01]).unwrap() + 2;
        mark(start + version, start + version + 1, ALL);
        for attribute in signer.unsigned_attributes().iter().flat_map(|unsigned| unsigned.iter()) {
            let start = place(attribute.bytes());
            mark(start, start + attribute.bytes().len(), ALL);
        }
    }
    free
}

#[test]
fn a_flip_in_detached_content_fails() {
    let detached = SigningOptions { placement: Placement::Detached, ..options() };
    let signature = sign("nes-p256", TEXT, &detached);
    assert!(passes(&signature, Some(TEXT)));
    assert!(!passes(&signature, None));
    for at in 0..TEXT.len() {
        let mut altered = TEXT.to_vec();
        altered[at] ^= 1;
        assert!(!passes(&signature, Some(&altered)));
    }
    for other in [&TEXT[..TEXT.len() - 1], &[TEXT, b"\n"].concat(), b"", &[b"\xef\xbb\xbf", TEXT].concat()] {
        assert!(!passes(&signature, Some(other)));
    }
}

#[test]
fn attached_content_must_equal_the_one_given() {
    let signature = sign("nes-p256", TEXT, &options());
    assert!(passes(&signature, Some(TEXT)));
    assert!(!passes(&signature, Some(b"another text")));
}

#[test]
fn deep_nesting_and_lying_lengths_cost_nothing() {
    let start = Instant::now();
    let wrap = |inside: &[u8]| {
        let mut file = vec![0x30, 0x84];
        file.extend_from_slice(&u32::try_from(inside.len() + 11).unwrap().to_be_bytes());
        file.extend_from_slice(b"\x06\x09\x2a\x86\x48\x86\xf7\x0d\x01\x07\x02");
        [file, inside.to_vec()].concat()
    };
    let bombs = [
        [0x30, 0x80].repeat(1_000_000),
        [0xa0, 0x80].repeat(1_000_000),
        wrap(&[0xa0, 0x80].repeat(1_000_000)),
        wrap(&[0x30, 0x84, 0xff, 0xff, 0xff, 0xff]),
        wrap(&nested(100_000)),
        b"\x30\x84\xff\xff\xff\xff\x06\x09".to_vec(),
        b"\x30\x88\xff\xff\xff\xff\xff\xff\xff\xff".to_vec(),
    ];
    for bomb in &bombs {
        assert!(SignedData::read(bomb).is_err());
    }
    assert!(start.elapsed().as_secs() < 5, "{:?}", start.elapsed());
}

/// Definite lengths, each element around the next.
fn nested(depth: usize) -> Vec<u8> {
    let mut bomb = Vec::new();
    for level in (0..depth).rev() {
        bomb.extend_from_slice(&[0xa0, 0x84]);
        bomb.extend_from_slice(&u32::try_from((depth - 1 - level) * 6).unwrap().to_be_bytes());
    }
    // Written inside out: the longest length has to come first.
    bomb.chunks(6).rev().flatten().copied().collect()
}

fn explicit(tag: u8, inside: &[u8]) -> Vec<u8> {
    let mut element = vec![tag, 0x84];
    element.extend_from_slice(&u32::try_from(inside.len()).unwrap().to_be_bytes());
    [element, inside.to_vec()].concat()
}

/// A file over no content with these certificates and signers.
fn file_of(certificates: &[u8], signers: &[u8]) -> Vec<u8> {
    let inside = [
        b"\x02\x01\x01\x31\x00\x30\x0b\x06\x09\x2a\x86\x48\x86\xf7\x0d\x01\x07\x01".to_vec(),
        explicit(0xa0, certificates),
        explicit(0x31, signers),
    ]
    .concat();
    let content = explicit(0xa0, &explicit(0x30, &inside));
    explicit(0x30, &[b"\x06\x09\x2a\x86\x48\x86\xf7\x0d\x01\x07\x02", content.as_slice()].concat())
}

/// A certificate over the key of another, with serial number 5 and an issuer of this many parts.
fn certificate_of(issuer_parts: usize) -> Certificate {
    certificate_with(issuer_parts, b"\x30\x00", certificate("nes-p256").public_key_der())
}

fn certificate_with(issuer_parts: usize, subject: &[u8], key: &[u8]) -> Certificate {
    let issuer = explicit(0x30, &b"\x31\x0b\x30\x09\x06\x03\x55\x04\x03\x0c\x02ab".repeat(issuer_parts));
    let algorithm = b"\x30\x0a\x06\x08\x2a\x86\x48\xce\x3d\x04\x03\x02";
    let validity = b"\x30\x1e\x17\x0d260101000000Z\x17\x0d400101000000Z";
    let fields = [b"\x02\x01\x05", &algorithm[..], &issuer, validity, subject, key].concat();
    Certificate::from_der(explicit(0x30, &[&explicit(0x30, &fields), &algorithm[..], b"\x03\x02\0\0"].concat()))
        .unwrap()
}

/// A signer by serial number 5 and this issuer, who names a certificate by its hash, as issued by each of these names.
fn signer_naming(certificate: &Certificate, issuer: &[u8], names: &[u8]) -> Vec<u8> {
    let attribute = |oid: &[u8], value: &[u8]| explicit(0x30, &[oid, &explicit(0x31, value)].concat());
    let issuer_serial = explicit(0x30, &[&explicit(0x30, names), &b"\x02\x01\x05"[..]].concat());
    let entry = explicit(0x30, &[explicit(4, certificate.sha256().as_bytes()), issuer_serial].concat());
    let attributes = [
        attribute(b"\x06\x09\x2a\x86\x48\x86\xf7\x0d\x01\x09\x03", b"\x06\x09\x2a\x86\x48\x86\xf7\x0d\x01\x07\x01"),
        attribute(b"\x06\x09\x2a\x86\x48\x86\xf7\x0d\x01\x09\x04", &explicit(4, &[0; 32])),
        attribute(b"\x06\x0b\x2a\x86\x48\x86\xf7\x0d\x01\x09\x10\x02\x2f", &explicit(0x30, &explicit(0x30, &entry))),
    ];
    let identifier = explicit(0x30, &[issuer, b"\x02\x01\x05"].concat());
    let sha256 = b"\x30\x0b\x06\x09\x60\x86\x48\x01\x65\x03\x04\x02\x01";
    let ecdsa = b"\x30\x0a\x06\x08\x2a\x86\x48\xce\x3d\x04\x03\x02\x04\x01\0";
    let parts: [&[u8]; 5] = [b"\x02\x01\x01", &identifier, sha256, &explicit(0xa0, &attributes.concat()), ecdsa];
    explicit(0x30, &parts.concat())
}

/// A directoryName without parts, and a Name without.
const NOBODY: (&[u8], &[u8]) = (b"\xa4\x02\x30\x00", b"\x30\x00");

#[test]
fn a_large_issuer_is_compared_with_many_names_in_linear_time() {
    let large = certificate_of(8_000);
    let binding = |file: &[u8]| {
        let found = verify(&SignedData::read(file).unwrap(), Some(Content::Bytes(b"")), &[]).unwrap();
        found.signers[0].check(CheckName::SigningCertificate).unwrap().reason
    };
    let start = Instant::now();
    let many_names = signer_naming(&large, large.issuer_der(), &NOBODY.0.repeat(8_000));
    assert_eq!(binding(&file_of(large.der(), &many_names)), Some(Reason::IssuerSerialDiffers));
    let many_signers = signer_naming(&large, NOBODY.1, NOBODY.0).repeat(1_000);
    assert_eq!(binding(&file_of(large.der(), &many_signers)), Some(Reason::SignerIdentifierDiffers));
    assert!(start.elapsed().as_secs() < 10, "{:?}", start.elapsed());

    let small = certificate_of(1);
    let own = explicit(0xa4, small.issuer_der());
    for (names, reason) in [
        ([NOBODY.0, &own].concat(), None),
        ([&NOBODY.0.repeat(63), own.as_slice()].concat(), None),
        ([&NOBODY.0.repeat(64), own.as_slice()].concat(), Some(Reason::IssuerSerialDiffers)),
    ] {
        let signer = signer_naming(&small, small.issuer_der(), &names);
        assert_eq!(binding(&file_of(small.der(), &signer)), reason);
    }
}

#[test]
fn a_large_certificate_is_read_once_for_many_signers() {
    let judged = |large: &Certificate| {
        let names = explicit(0xa4, large.issuer_der());
        let file = file_of(large.der(), &signer_naming(large, large.issuer_der(), &names).repeat(1_000));
        let start = Instant::now();
        let report = trusting_nobody().content(Content::Bytes(b"")).of(&file).unwrap();
        assert!(report.signatures.iter().all(|one| one.signer.is_some()));
        assert!(start.elapsed().as_secs() < 10, "{:?}", start.elapsed());
        serde_json::to_string(&report).unwrap()
    };
    let known = certificate("nes-p256");
    let of_subject = |subject: &[u8]| certificate_with(1, subject, known.public_key_der());
    let indefinite = [b"\x30\x80", [5, 0].repeat(1_000_000).as_slice(), b"\0\0"].concat();
    judged(&of_subject(&indefinite));
    let value = explicit(0x0c, &[b'x'; 100_000]);
    let common_name = explicit(0x30, &[b"\x06\x03\x55\x04\x03", value.as_slice()].concat());
    assert!(judged(&of_subject(&explicit(0x30, &explicit(0x31, &common_name)))).len() < 2_000_000);

    let rsa = explicit(0x30, &[explicit(2, &[0x7f; 256]), explicit(2, &[1, 0, 1])].concat());
    let of_key = |identifier: &[&[u8]]| {
        let key = [explicit(0x30, &identifier.concat()), explicit(3, &[&[0], rsa.as_slice()].concat())].concat();
        certificate_with(1, NOBODY.1, &explicit(0x30, &key))
    };
    judged(&of_key(&[&explicit(6, &[3; 1_000_000])]));
    judged(&of_key(&[b"\x06\x09\x2a\x86\x48\x86\xf7\x0d\x01\x01\x01", &indefinite]));
    judged(&of_key(&[b"\x06\x09\x2a\x86\x48\x86\xf7\x0d\x01\x01\x0a", &indefinite]));
}

/// id-aa-timeStampToken.
const STAMP: &[u8] = b"\x06\x0b\x2a\x86\x48\x86\xf7\x0d\x01\x09\x10\x02\x0e";

#[test]
fn revocation_data_is_not_walked_for_every_signer() {
    let small = cms::find("attached-p256").signature;
    let signed_data = SignedData::read(&small).unwrap();
    let (certificate, signer) = (signed_data.certificates().next().unwrap(), signed_data.signers()[0].bytes());
    let stamp = explicit(0x30, &[STAMP, &explicit(0x31, &[5, 0])].concat());
    let header = if signer[1] == 0x82 { 4 } else { 3 };
    let signer = explicit(0x30, &[&signer[header..], &explicit(0xa1, &stamp)].concat());
    let crl = [[0x30, 0x80].as_slice(), &[5, 0].repeat(2_000_000), &[0, 0]].concat();
    let inside = [
        b"\x02\x01\x01\x31\x00\x30\x0b\x06\x09\x2a\x86\x48\x86\xf7\x0d\x01\x07\x01".to_vec(),
        explicit(0xa0, certificate),
        explicit(0xa1, &crl),
        explicit(0x31, &signer.repeat(1_000)),
    ];
    let content = explicit(0xa0, &explicit(0x30, &inside.concat()));
    let file = explicit(0x30, &[b"\x06\x09\x2a\x86\x48\x86\xf7\x0d\x01\x07\x02", content.as_slice()].concat());
    let start = Instant::now();
    let report = trusting_nobody().content(Content::Bytes(b"")).of(&file).unwrap();
    assert_eq!(report.signatures[0].structure, Level::BT, "CRLs about others are no material");
    assert!(start.elapsed().as_secs() < 20, "{:?}", start.elapsed());
}

#[test]
fn values_are_counted_like_attributes() {
    let stamps = |count| explicit(0x30, &[STAMP, &explicit(0x31, &[5, 0].repeat(count))].concat());
    assert_eq!(inspect(&file_of(&[], &signer_with(&stamps(20_000)))).unwrap().signers[0].time_stamps.len(), 20_000);
    for file in [file_of(&[], &signer_with(&stamps(20_001))), file_of(&[], &signer_with(&stamps(10_001)).repeat(2))] {
        assert_eq!(inspect(&file).unwrap_err().name(), "limit-exceeded");
    }
}

/// A signer named by a key identifier of four octets, with these unsigned attributes.
fn signer_with(unsigned: &[u8]) -> Vec<u8> {
    let sha256 = b"\x30\x0b\x06\x09\x60\x86\x48\x01\x65\x03\x04\x02\x01";
    let rsa = b"\x30\x0b\x06\x09\x2a\x86\x48\x86\xf7\x0d\x01\x01\x01\x04\x01\x00";
    let parts: [&[u8]; 4] = [b"\x02\x01\x03\x80\x04abcd", sha256, rsa, &explicit(0xa1, unsigned)];
    explicit(0x30, &parts.concat())
}

/// An attribute that nobody knows, without a value.
const UNKNOWN: &[u8] = b"\x30\x07\x06\x03\x2a\x03\x04\x31\x00";

#[test]
fn attributes_are_bounded_for_one_signer_and_for_the_file() {
    let limited = |file: &[u8]| {
        let told = SignedData::read(file).and_then(|read| verify(&read, None, &[]).map(drop));
        told.err().is_some_and(|error| error.to_string().contains("attributes") && error.name() == "limit-exceeded")
    };
    assert!(!limited(&file_of(&[], &signer_with(&UNKNOWN.repeat(10_000)))));
    assert!(limited(&file_of(&[], &signer_with(&UNKNOWN.repeat(10_001)))));
    let many = signer_with(&UNKNOWN.repeat(10_000));
    assert!(!limited(&file_of(&[], &many.repeat(2))));
    assert!(limited(&file_of(&[], &many.repeat(3))));
    let counter = b"\x06\x09\x2a\x86\x48\x86\xf7\x0d\x01\x09\x06";
    let countered = explicit(0x30, &[counter.as_slice(), &explicit(0x31, &many.repeat(2))].concat());
    assert!(limited(&file_of(&[], &signer_with(&countered))), "counter-signers are counted");
    let counters = explicit(0x30, &[counter.as_slice(), &explicit(0x31, &signer_with(&[]).repeat(1_000))].concat());
    let read = file_of(&[], &signer_with(&counters));
    assert_eq!(verify(&SignedData::read(&read).unwrap(), None, &[]).unwrap_err().name(), "limit-exceeded");
}

#[test]
fn namesakes_cannot_fail_a_signature() {
    let small = cms::find("no-signing-certificate").signature;
    let signed_data = SignedData::read(&small).unwrap();
    let (certificate, signer) = (signed_data.certificates().next().unwrap(), signed_data.signers()[0].bytes());
    let content = signed_data.content().unwrap().unwrap();
    // Each with another key under the same names.
    let key = Certificate::from_der(certificate).unwrap().public_key_der().to_vec();
    let at = certificate.windows(key.len()).position(|window| window == key).unwrap() + key.len() - 40;
    let namesake = |number: u8| {
        let mut other = certificate.to_vec();
        other[at] ^= number;
        other
    };
    for count in 0..6 {
        let certificates = [(1..=count).flat_map(namesake).collect(), certificate.to_vec()].concat();
        let file = file_of(&certificates, signer);
        let found = verify(&SignedData::read(&file).unwrap(), Some(Content::Bytes(&content)), &[]).unwrap();
        let expected = if count < 4 { CheckStatus::Passed } else { CheckStatus::Undetermined };
        assert_eq!(found.signers[0].check(CheckName::Signature).unwrap().status, expected, "{count}");
    }
}

#[test]
fn copies_of_a_certificate_are_no_namesakes() {
    let small = cms::find("no-signing-certificate").signature;
    let signed_data = SignedData::read(&small).unwrap();
    let certificate = signed_data.certificates().next().unwrap();
    let content = signed_data.content().unwrap().unwrap();
    // The last octet is one of the value.
    let mut forged = signed_data.signers()[0].bytes().to_vec();
    *forged.last_mut().unwrap() ^= 1;
    let known = Certificate::from_der(certificate).unwrap();
    for (inside, given) in [(1, 0), (1, 5), (6, 0), (0, 6)] {
        let file = file_of(&certificate.repeat(inside), &forged);
        let known = vec![known.clone(); given];
        let found = verify(&SignedData::read(&file).unwrap(), Some(Content::Bytes(&content)), &known).unwrap();
        assert_eq!(
            found.signers[0].check(CheckName::Signature).unwrap().status,
            CheckStatus::Failed,
            "{inside} {given}"
        );
    }
}

#[test]
fn many_signers_by_key_identifier_are_looked_up_in_linear_time() {
    let certificate = eimza_testkit::pki::certificate("nes-p256");
    let file = file_of(&certificate.repeat(10_000), &signer_with(&[]).repeat(1_000));
    let start = Instant::now();
    let found = verify(&SignedData::read(&file).unwrap(), Some(Content::Bytes(b"")), &[]).unwrap();
    assert!(found.signers.len() == 1_000 && !found.all_passed());
    assert!(start.elapsed().as_secs_f32() < 3.0, "{:?}", start.elapsed());
}

#[test]
fn many_members_are_read_in_linear_time() {
    let small = cms::find("attached-p256").signature;
    let signed_data = SignedData::read(&small).unwrap();
    let signer = signed_data.signers()[0].bytes();
    let certificate = signed_data.certificates().next().unwrap();
    let build = |signers: usize, certificates: usize| {
        let explicit = |tag: u8, inside: &[u8]| {
            let mut element = vec![tag, 0x84];
            element.extend_from_slice(&u32::try_from(inside.len()).unwrap().to_be_bytes());
            [element, inside.to_vec()].concat()
        };
        let inside = [
            b"\x02\x01\x01\x31\x00\x30\x0b\x06\x09\x2a\x86\x48\x86\xf7\x0d\x01\x07\x01".to_vec(),
            explicit(0xa0, &certificate.repeat(certificates)),
            explicit(0x31, &signer.repeat(signers)),
        ]
        .concat();
        let content = explicit(0xa0, &explicit(0x30, &inside));
        explicit(0x30, &[b"\x06\x09\x2a\x86\x48\x86\xf7\x0d\x01\x07\x02", content.as_slice()].concat())
    };
    let start = Instant::now();
    let many = build(1_000, 10_000);
    let content = SignedData::read(&small).unwrap().content().unwrap().unwrap();
    let found = verify(&SignedData::read(&many).unwrap(), Some(Content::Bytes(&content)), &[]).unwrap();
    assert_eq!(found.signers.len(), 1_000);
    assert!(found.all_passed());
    assert!(start.elapsed().as_secs() < 20, "{:?}", start.elapsed());
    assert_eq!(SignedData::read(&build(1_001, 1)).unwrap_err().name(), "limit-exceeded");
    assert_eq!(SignedData::read(&build(1, 10_001)).unwrap_err().name(), "limit-exceeded");
}

#[test]
fn pem_and_base64_are_read() {
    let file = sign("nes-p256", TEXT, &options());
    let pem = der::pem::encode_string("CMS", der::pem::LineEnding::LF, &file).unwrap();
    let base64: String = pem.lines().filter(|line| !line.starts_with('-')).collect();
    for text in [pem.as_bytes(), base64.as_bytes()] {
        assert!(passes(&decode(text).unwrap(), None));
    }
}
