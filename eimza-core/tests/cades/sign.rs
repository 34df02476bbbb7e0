//! What we sign is the expected bytes, and other people's programs verify it.

use std::time::Duration;

use eimza_core::Certificate;
use eimza_core::cades::{self, Commitment, Placement, prepare};
use eimza_core::cms::{self, Content, SignedData};
use eimza_core::crypto::{DigestAlgorithm, Padding, SignatureAlgorithm};
use eimza_core::validation::verify;
use eimza_testkit::der::tlv;
use eimza_testkit::peers;

use eimza_testbed::keys::{certificate, sign, value, value_of};
use eimza_testbed::{TEXT, at, options};

#[test]
fn every_key_type_is_verified_by_peers_and_by_us() {
    let names = ["nes-rsa2048", "nes-rsa3072", "nes-rsa4096", "nes-p256", "nes-p384", "nes-p521"];
    let mut files = Vec::new();
    for placement in [Placement::Attached, Placement::Detached] {
        for name in names {
            let padding = if name == "nes-rsa3072" { Padding::Pss } else { Padding::Pkcs1 };
            let signature = sign(name, TEXT, &cades::SigningOptions { placement, padding, ..options() });
            let content = (placement == Placement::Detached).then_some(TEXT);
            let signed_data = SignedData::read(&signature).unwrap();
            let found = verify(&signed_data, content.map(Content::Bytes), &[]).unwrap();
            assert!(found.all_passed(), "{name}: {:?}", found.signers[0].checks);
            assert_eq!(found.signers[0].signing_time, Some(at()));
            assert_eq!(found.signers[0].certificate, Some(certificate(name)));
            assert_eq!(signed_data.is_attached(), content.is_none());
            files.push((signature, content));
        }
    }
    let files: Vec<_> = files.iter().map(|(signature, content)| (signature.as_slice(), *content)).collect();
    peers::expect_all_verify(&files);
}

#[test]
fn to_be_signed_octets_are_those_of_the_standard() {
    let certificate = certificate("nes-p256");
    let prepared = prepare(Content::Bytes(TEXT), &certificate, &options()).unwrap();
    let hex: String = prepared.to_be_signed().iter().map(|octet| format!("{octet:02x}")).collect();
    let hash = |octets: &[u8]| DigestAlgorithm::Sha256.digest(octets).to_hex();
    let length = |octets: usize| format!("{octets:02x}");
    let issuer: String = certificate.issuer_der().iter().map(|octet| format!("{octet:02x}")).collect();
    let serial: String = certificate.serial().iter().map(|octet| format!("{octet:02x}")).collect();
    let content_type = "301806092a864886f70d010903310b06092a864886f70d010701";
    let signing_time = "301c06092a864886f70d010905310f170d3236303631353132303033305a";
    let message_digest = format!("302f06092a864886f70d01090431220420{}", hash(TEXT));
    // Each of these lengths is below 256, two octets where it is above 127.
    let wrap = |tag: &str, inside: &str| match inside.len() / 2 {
        short @ 0..=0x7f => format!("{tag}{}{inside}", length(short)),
        long => format!("{tag}81{}{inside}", length(long)),
    };
    let names = wrap("30", &wrap("a4", &issuer));
    let issuer_serial = wrap("30", &format!("{names}{}", wrap("02", &serial)));
    let entry = wrap("30", &format!("0420{}{issuer_serial}", hash(certificate.der())));
    let value = wrap("31", &wrap("30", &wrap("30", &entry)));
    let signing_certificate = wrap("30", &format!("060b2a864886f70d010910022f{value}"));
    let attributes = format!("{content_type}{signing_time}{message_digest}{signing_certificate}");
    let expected = match attributes.len() / 2 {
        long @ 0x100.. => format!("3182{long:04x}{attributes}"),
        _ => wrap("31", &attributes),
    };
    assert_eq!(hex, expected);
}

#[test]
fn the_same_input_gives_the_same_file() {
    let signed = |name: &str| sign(name, TEXT, &options());
    assert_eq!(signed("nes-rsa2048"), signed("nes-rsa2048"));
    let digests =
        [(); 2].map(|()| prepare(Content::Bytes(TEXT), &certificate("nes-p384"), &options()).unwrap().digest());
    assert_eq!(digests[0], digests[1]);
    assert_eq!(digests[0].algorithm(), DigestAlgorithm::Sha384);
}

#[test]
fn another_parser_sees_the_same_structure() {
    use ::cms::content_info::ContentInfo;
    use ::cms::signed_data::SignedData;
    use der::{Decode, Encode};

    let full = cades::SigningOptions {
        chain: vec![certificate("root"), certificate("nes-ca"), certificate("nes-ca")],
        commitment: Some(Commitment::Approval),
        mime_type: Some("text/plain".into()),
        content_identifier: Some(b"record 0".to_vec()),
        ..options()
    };
    let signature = sign("nes-rsa2048", TEXT, &full);
    let content_info = ContentInfo::from_der(&signature).unwrap();
    let signed_data: SignedData = content_info.content.decode_as().unwrap();
    assert_eq!(content_info.to_der().unwrap(), signature, "it is DER");
    assert_eq!(signed_data.certificates.unwrap().0.len(), 3);
    assert_eq!(signed_data.digest_algorithms.len(), 1);
    let signer = &signed_data.signer_infos.0.as_slice()[0];
    assert_eq!(signer.signed_attrs.as_ref().unwrap().len(), 7);
    assert_eq!(signed_data.encap_content_info.econtent.unwrap().value(), TEXT);
}

#[test]
fn unsuitable_certificates_are_refused_unless_allowed() {
    for (name, error) in [
        ("nes-expired", "certificate-expired"),
        ("nes-not-yet-valid", "certificate-not-yet-valid"),
        ("encryption", "certificate-cannot-sign"),
        ("seal-encryption", "certificate-cannot-sign"),
    ] {
        let refused = prepare(Content::Bytes(TEXT), &certificate(name), &options()).unwrap_err();
        assert_eq!(refused.name(), error, "{name}");
        let allowed = cades::SigningOptions { allow_unsuitable: true, ..options() };
        assert!(verifies(&sign(name, TEXT, &allowed)), "{name}");
    }
    let later = cades::SigningOptions::new(at().after(Duration::from_secs(100 * 366 * 86_400)));
    let refused = prepare(Content::Bytes(TEXT), &certificate("nes-rsa2048"), &later).unwrap_err();
    assert_eq!(refused.name(), "certificate-expired");
}

#[test]
fn options_that_make_no_sense_are_refused() {
    let refused = |options: &cades::SigningOptions, content| {
        prepare(content, &certificate("nes-rsa2048"), options).unwrap_err().name()
    };
    let content = Content::Bytes(TEXT);
    let weak = cades::SigningOptions { digest: Some(DigestAlgorithm::Sha1), ..options() };
    assert_eq!(refused(&weak, content), "argument-invalid");
    let unnamed = cades::SigningOptions { content_identifier: Some(Vec::new()), ..options() };
    assert_eq!(refused(&unnamed, content), "argument-invalid");
    let hints = Some(cades::ContentHints { description: Some(String::new()) });
    assert_eq!(refused(&cades::SigningOptions { content_hints: hints, ..options() }, content), "argument-invalid");
    for (identifier, value) in [(&b""[..], &b"value"[..]), (b"earlier", b"")] {
        let reference =
            cades::ContentReference { content_identifier: identifier.to_vec(), signature_value: value.to_vec() };
        let options = cades::SigningOptions { content_reference: Some(reference), ..options() };
        assert_eq!(refused(&options, content), "argument-invalid");
    }
    let digest = Content::Digest(DigestAlgorithm::Sha256.digest(TEXT));
    assert_eq!(refused(&options(), digest), "content-missing");
    let detached = cades::SigningOptions { placement: Placement::Detached, ..options() };
    let other = Content::Digest(DigestAlgorithm::Sha512.digest(TEXT));
    assert_eq!(refused(&detached, other), "content-missing");
    assert!(prepare(digest, &certificate("nes-rsa2048"), &detached).is_ok());
}

/// The certificate of nes-rsa2048 with its key under another AlgorithmIdentifier. Its signature is void.
fn with_key_algorithm(identifier: &[u8]) -> Certificate {
    let original = certificate("nes-rsa2048");
    // Both headers of four octets: Certificate, tbsCertificate.
    let (der, key) = (original.der(), original.public_key_der());
    let key_at = der.windows(key.len()).position(|window| window == key).unwrap();
    let end = 8 + usize::from(u16::from_be_bytes([der[6], der[7]]));
    let plain = b"\x30\x0d\x06\x09\x2a\x86\x48\x86\xf7\x0d\x01\x01\x01\x05\0";
    let key = tlv(0x30, &[identifier, key[4..].strip_prefix(plain).unwrap()].concat());
    let to_be_signed =
        tlv(0x30, &[&der[8..key_at], &key, &der[key_at + original.public_key_der().len()..end]].concat());
    Certificate::from_der(tlv(0x30, &[&to_be_signed, &der[end..]].concat())).unwrap()
}

#[test]
fn a_key_for_pss_signs_by_pss_and_by_its_own_digest() {
    let sha384 = b"\x30\x0b\x06\x09\x60\x86\x48\x01\x65\x03\x04\x02\x02";
    let mask = tlv(0x30, &[b"\x06\x09\x2a\x86\x48\x86\xf7\x0d\x01\x01\x08", &sha384[..]].concat());
    let salt: &[u8] = b"\xa2\x03\x02\x01\x30";
    let parameters = tlv(0x30, &[&tlv(0xa0, sha384), &tlv(0xa1, &mask), salt].concat());
    let pss: &[u8] = b"\x06\x09\x2a\x86\x48\x86\xf7\x0d\x01\x01\x0a";
    for (parameters, digest) in [(&[][..], DigestAlgorithm::Sha256), (&parameters, DigestAlgorithm::Sha384)] {
        let bound = with_key_algorithm(&tlv(0x30, &[pss, parameters].concat()));
        let prepared = prepare(Content::Bytes(TEXT), &bound, &options()).unwrap();
        let expected = SignatureAlgorithm::RsaPss { digest, mask_digest: digest, salt_length: digest.length() };
        assert_eq!(prepared.algorithm(), expected);
        let plain = value_of("nes-rsa2048", SignatureAlgorithm::RsaPkcs1(digest), &prepared.digest());
        assert_eq!(prepared.clone().complete(&plain).unwrap_err().name(), "signature-value-invalid");
        let value = value("nes-rsa2048", &prepared);
        assert!(verifies(&prepared.complete(&value).unwrap()), "{digest:?}");
    }
    let bound = with_key_algorithm(&tlv(0x30, &[pss, &parameters].concat()));
    let other = cades::SigningOptions { digest: Some(DigestAlgorithm::Sha256), ..options() };
    assert_eq!(prepare(Content::Bytes(TEXT), &bound, &other).unwrap_err().name(), "argument-invalid");
    // Without any of its parameters, PSS is by SHA-1.
    let weak = with_key_algorithm(&tlv(0x30, &[pss, &b"\x30\0"[..]].concat()));
    assert_eq!(prepare(Content::Bytes(TEXT), &weak, &options()).unwrap_err().name(), "argument-invalid");
}

#[test]
fn a_value_that_does_not_fit_is_not_written() {
    let certificate = certificate("nes-rsa2048");
    let prepared = || prepare(Content::Bytes(TEXT), &certificate, &options()).unwrap();
    let right = value("nes-rsa2048", &prepared());
    let other = prepare(Content::Bytes(b"another text"), &certificate, &options()).unwrap();
    let mut flipped = right.clone();
    flipped[100] ^= 1;
    for wrong in [value("nes-rsa2048", &other), flipped, Vec::new(), vec![0; 256], [&[0], right.as_slice()].concat()] {
        assert_eq!(prepared().complete(&wrong).unwrap_err().name(), "signature-value-invalid");
    }
    assert!(verifies(&prepared().complete(&right).unwrap()));
}

#[test]
fn a_large_stream_is_signed_and_verified_by_its_digest() {
    struct Zeros(u64);
    impl std::io::Read for Zeros {
        fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
            let length = usize::try_from(self.0.min(buffer.len() as u64)).unwrap();
            buffer[..length].fill(0);
            self.0 -= length as u64;
            Ok(length)
        }
    }
    let digests = cms::digest_reader(&mut Zeros(256 << 20), &[DigestAlgorithm::Sha256]).unwrap();
    let detached = cades::SigningOptions { placement: Placement::Detached, ..options() };
    let prepared = prepare(Content::Digest(digests[0]), &certificate("nes-rsa2048"), &detached).unwrap();
    let value = value("nes-rsa2048", &prepared);
    let signature = prepared.complete(&value).unwrap();
    let signed_data = SignedData::read(&signature).unwrap();
    assert_eq!(signed_data.digests_needed(), [DigestAlgorithm::Sha256]);
    assert!(verify(&signed_data, Some(Content::Digests(&digests)), &[]).unwrap().all_passed());
    // 256 MiB of zeros, as sha256sum has it.
    assert_eq!(digests[0].to_hex(), "a6d72ac7690f53be6ae46ba88506bd97302a093f7108472bd9efc3cefda06484");
}

fn verifies(signature: &[u8]) -> bool {
    verify(&SignedData::read(signature).unwrap(), None, &[]).unwrap().all_passed()
}
