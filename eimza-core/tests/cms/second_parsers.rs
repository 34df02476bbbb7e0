//! What `x509-cert` and `cms` read in a file is what we read in it. They are written by others, to the letter of DER.
//!
//! What they refuse and we read is listed with the reason; whoever reads more than the list says fails too.

use cms::cert::CertificateChoices;
use cms::content_info::ContentInfo;
use cms::signed_data as second;
use der::{Decode, Encode};
use eimza_core::cades::{Commitment, ContentHints, ContentReference, Placement, SigningOptions};
use eimza_core::cms::{Attributes, SignedData, SignerIdentifier};
use eimza_core::crypto::{DigestAlgorithm, Padding};
use eimza_core::{Certificate, Time};
use eimza_testbed::keys;
use eimza_testkit::pki;

/// Certificates that `x509-cert` does not read, and why.
const REFUSED_CERTIFICATES: &[(&str, &str)] = &[
    ("odd-times-offset", "it reads times as RFC 5280 wants them only"),
    ("odd-times-short", "it reads times as RFC 5280 wants them only"),
    ("odd-times-unreadable", "it reads times as RFC 5280 wants them only"),
];

/// Files of the collection that `cms` does not read though we do, and why.
const REFUSED_FILES: &[(&str, &str)] = &[
    ("certificate-times-short", "it reads times as RFC 5280 wants them only"),
    ("certificate-times-unreadable", "it reads times as RFC 5280 wants them only"),
    ("ber-indefinite", "it reads DER only"),
    ("ber-content-in-pieces", "it reads DER only"),
    ("ber-content-definite-constructed", "it reads DER only"),
    ("ber-long-lengths", "it reads DER only"),
    ("attribute-certificate-inside", "it knows no attribute certificates"),
    ("ocsp-in-crls", "it takes another form of revocation data for a CRL"),
    ("tail-of-zeros", "nothing may stand behind the file, not even padding"),
];

#[test]
fn x509_cert_reads_the_same_certificates() {
    let mut refused = Vec::new();
    for name in pki::certificate_names() {
        let octets = pki::certificate(&name);
        let ours = Certificate::from_der(octets.clone()).unwrap_or_else(|error| panic!("{name}: {error}"));
        let theirs = match x509_cert::Certificate::from_der(&octets) {
            Ok(theirs) => theirs,
            Err(error) => {
                println!("{name}: {error}");
                refused.push(name);
                continue;
            }
        };
        let fields = theirs.tbs_certificate();
        assert_eq!(fields.serial_number().as_bytes(), ours.serial(), "{name}");
        assert_eq!(fields.issuer().to_der().unwrap(), ours.issuer_der(), "{name}");
        assert_eq!(fields.subject().to_der().unwrap(), ours.subject_der(), "{name}");
        assert_eq!(fields.subject_public_key_info().to_der().unwrap(), ours.public_key_der(), "{name}");
        let validity = [fields.validity().not_before, fields.validity().not_after];
        let seconds = validity.map(|time| i64::try_from(time.to_unix_duration().as_secs()).unwrap());
        assert_eq!(seconds, [ours.not_before(), ours.not_after()].map(|time| time.unwrap().unix()), "{name}");
    }
    assert_eq!(refused, REFUSED_CERTIFICATES.iter().map(|(name, _)| *name).collect::<Vec<_>>());
}

#[test]
fn cms_reads_what_we_sign() {
    let mut count = 0;
    for name in ["nes-rsa2048", "nes-rsa4096", "nes-p256", "nes-p384", "nes-p521"] {
        for placement in [Placement::Attached, Placement::Detached] {
            for options in all_options(name.starts_with("nes-rsa")) {
                let options = SigningOptions { placement, ..options };
                let file = keys::sign(name, b"content", &options);
                let read = compare(name, &file).unwrap();
                assert_eq!(read.encap_content_info.econtent.is_some(), placement == Placement::Attached);
                assert_eq!(read.signer_infos.0.len(), 1);
                let certificates = read.certificates.as_ref().unwrap().0.len();
                assert_eq!(certificates, 1 + options.chain.len(), "{name} {options:?}");
                count += 1;
            }
        }
    }
    assert_eq!(count, 2 * (2 * 10 + 3 * 8));
}

#[test]
fn cms_reads_the_collection_as_we_do() {
    let mut refused = Vec::new();
    for case in eimza_testkit::cms::cases() {
        if SignedData::read(&case.signature).is_err() {
            continue;
        }
        if let Err(error) = compare(&case.name, &case.signature) {
            println!("{}: {error}", case.name);
            refused.push(case.name);
        }
    }
    assert_eq!(refused, REFUSED_FILES.iter().map(|(name, _)| *name).collect::<Vec<_>>());
}

/// One after the other whatever can be asked for, and all at once.
fn all_options(is_rsa: bool) -> Vec<SigningOptions> {
    let plain = || SigningOptions::new(Time::parse("2026-06-15T12:00:30Z").unwrap());
    let hints = || Some(ContentHints { description: Some("Başvuru".into()) });
    let reference = || Some(ContentReference { content_identifier: vec![1; 36], signature_value: vec![2; 70] });
    let chain = || vec![keys::certificate("nes-ca"), keys::certificate("root")];
    let mut all = vec![
        plain(),
        SigningOptions { commitment: Some(Commitment::Approval), ..plain() },
        SigningOptions { commitment: Some(Commitment::Origin), ..plain() },
        SigningOptions { mime_type: Some("text/plain".into()), ..plain() },
        SigningOptions { content_identifier: Some(vec![7; 36]), ..plain() },
        SigningOptions { content_hints: hints(), content_reference: reference(), ..plain() },
        SigningOptions { chain: chain(), ..plain() },
        SigningOptions {
            commitment: Some(Commitment::Creation),
            mime_type: Some("text/plain".into()),
            content_identifier: Some(vec![0x80; 4]),
            content_hints: hints(),
            content_reference: reference(),
            chain: chain(),
            ..plain()
        },
    ];
    if is_rsa {
        all.push(SigningOptions { padding: Padding::Pss, ..plain() });
        all.push(SigningOptions { digest: Some(DigestAlgorithm::Sha512), ..plain() });
    }
    all
}

/// Reads with both; fails only where `cms` reads nothing.
fn compare(name: &str, file: &[u8]) -> Result<second::SignedData, der::Error> {
    let theirs: second::SignedData = ContentInfo::from_der(file)?.content.decode_as()?;
    let ours = SignedData::read(file).unwrap();
    let certificates: Vec<Vec<u8>> = theirs.certificates.iter().flat_map(|set| set.0.iter()).map(encoded).collect();
    let known: Vec<&[u8]> = ours.certificates().chain(ours.other_certificates()).collect();
    assert_eq!(sorted(certificates), sorted(known.iter().map(|octets| octets.to_vec()).collect()), "{name}");
    assert_eq!(theirs.signer_infos.0.len(), ours.signers().len(), "{name}");
    for signer in theirs.signer_infos.0.iter() {
        // Not by its octets: `cms` writes the attributes in another order than it read them.
        let same = ours.signers().iter().find(|ours| ours.value() == signer.signature.as_bytes());
        let same = same.unwrap_or_else(|| panic!("{name}: a signer that we do not know"));
        assert_eq!(attributes(signer.signed_attrs.as_ref()), our_attributes(same.signed_attributes()), "{name}");
        assert_eq!(attributes(signer.unsigned_attrs.as_ref()), our_attributes(same.unsigned_attributes()), "{name}");
        match (&signer.sid, same.identifier()) {
            (
                second::SignerIdentifier::IssuerAndSerialNumber(theirs),
                SignerIdentifier::IssuerAndSerial { issuer, serial },
            ) => {
                assert_eq!(
                    (theirs.issuer.to_der()?.as_slice(), theirs.serial_number.as_bytes()),
                    (*issuer, *serial),
                    "{name}"
                );
            }
            (second::SignerIdentifier::SubjectKeyIdentifier(theirs), SignerIdentifier::KeyIdentifier(ours)) => {
                assert_eq!(theirs.0.as_bytes(), &ours[..], "{name}");
            }
            other => panic!("{name}: {other:?}"),
        }
    }
    Ok(theirs)
}

fn encoded(choice: &CertificateChoices) -> Vec<u8> {
    choice.to_der().unwrap()
}

fn sorted<T: Ord>(mut list: Vec<T>) -> Vec<T> {
    list.sort();
    list
}

/// Every attribute's identifier and values.
fn attributes(list: Option<&x509_cert::attr::Attributes>) -> Option<Vec<(String, Vec<Vec<u8>>)>> {
    let each = |one: &x509_cert::attr::Attribute| {
        (one.oid.to_string(), sorted(one.values.iter().map(|value| value.to_der().unwrap()).collect()))
    };
    Some(sorted(list?.iter().map(each).collect()))
}

fn our_attributes(list: Option<Attributes<'_>>) -> Option<Vec<(String, Vec<Vec<u8>>)>> {
    Some(sorted(
        list?.iter().map(|one| (one.identifier(), sorted(one.values().map(<[u8]>::to_vec).collect()))).collect(),
    ))
}
