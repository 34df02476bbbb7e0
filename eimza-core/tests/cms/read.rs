//! Reading and verifying files of other programs: the declared collection, OpenSSL's, and damaged ones.

use eimza_core::cms::{Content, SignedData};
use eimza_core::validation::{CheckName, Reason, SubIndication, Verification, verify};
use eimza_testkit::cms::{self, Expected};
use eimza_testkit::peers::{Order, Peer};

use eimza_testbed::TEXT;

/// The gravest fault of a file; `None` where it was not even read.
fn gravest(signature: &[u8], content: Option<&[u8]>) -> Option<Option<SubIndication>> {
    let signed_data = SignedData::read(signature).ok()?;
    if signed_data.signers().is_empty() {
        return None;
    }
    let found = verify(&signed_data, content.map(Content::Bytes), &[]).unwrap();
    Some(faults(&found).min())
}

fn faults<'a>(found: &'a Verification<'_>) -> impl Iterator<Item = SubIndication> + 'a {
    found.signers.iter().flat_map(|signer| signer.checks.iter().filter_map(|check| check.sub_indication))
}

#[test]
fn declared_files_are_judged_as_declared() {
    let mut surprises = Vec::new();
    for case in cms::cases() {
        let found = gravest(&case.signature, case.content.as_deref());
        let expected = match &case.expect {
            Expected::Verified => Some(None),
            Expected::Unreadable => None,
            Expected::Failed(why) | Expected::Indeterminate(why) => match why.as_str() {
                "HASH_FAILURE" => Some(Some(SubIndication::HashFailure)),
                "SIG_CRYPTO_FAILURE" => Some(Some(SubIndication::SigCryptoFailure)),
                "NO_SIGNING_CERTIFICATE_FOUND" => Some(Some(SubIndication::NoSigningCertificateFound)),
                "SIGNED_DATA_NOT_FOUND" => Some(Some(SubIndication::SignedDataNotFound)),
                "SIG_CONSTRAINTS_FAILURE" => Some(Some(SubIndication::SigConstraintsFailure)),
                // What is too weak is the verdict's business; what is not computed is told here.
                "CRYPTO_CONSTRAINTS_FAILURE_NO_POE" => Some(Some(SubIndication::CryptoConstraintsFailureNoPoe))
                    .filter(|_| found != Some(None))
                    .or(Some(None)),
                _ if found.is_none() => None,
                _ => Some(Some(SubIndication::FormatFailure)),
            },
        };
        if found != expected {
            surprises.push(format!("{} ({}): {found:?} instead of {expected:?}", case.name, case.says));
        }
    }
    assert!(surprises.is_empty(), "{}", surprises.join("\n"));
}

#[test]
fn what_is_odd_is_named() {
    for (name, check, reason) in [
        ("attributes-offered-as-content", CheckName::Content, Reason::ContentIsSignedAttributes),
        ("counter-signature-with-type", CheckName::Format, Reason::ContentTypeInCounterSignature),
        ("signer-version-unusual", CheckName::Version, Reason::SignerVersionUnusual),
        ("signing-certificates-contradict", CheckName::SigningCertificate, Reason::ReferencesContradict),
        ("algorithm-of-other-digest", CheckName::Signature, Reason::AlgorithmsContradict),
        ("unknown-attribute-twice", CheckName::SignedAttributes, Reason::AttributeRepeated),
        ("unknown-attribute-without-value", CheckName::SignedAttributes, Reason::AttributeWithoutValue),
        ("content-hints-two-values", CheckName::SignedAttributes, Reason::AttributeNotSingleValued),
        ("content-is-sequence", CheckName::Content, Reason::ContentNotOctetString),
        ("ess-md5", CheckName::SigningCertificate, Reason::AlgorithmUnsupported),
    ] {
        let case = cms::find(name);
        let signed_data = SignedData::read(&case.signature).unwrap();
        let found = verify(&signed_data, None, &[]).unwrap();
        let last = found.signers.last().unwrap();
        assert_eq!(last.check(check).and_then(|check| check.reason), Some(reason), "{name}: {:?}", last.checks);
    }
}

#[test]
fn what_peers_sign_is_verified() {
    // OpenSSL's salt, where none is asked for, is as long as the key has room for.
    let pss = |signer| Order::new(signer).openssl_option("-keyopt").openssl_option("rsa_padding_mode:pss");
    let mut count = 0;
    for peer in Peer::ALL {
        for order in [
            Order::new("nes-rsa2048"),
            Order::new("nes-rsa2048").detached(),
            Order::new("nes-rsa2048").streamed(),
            Order::new("nes-rsa2048").pss(),
            pss("nes-rsa2048"),
            pss("nes-rsa3072"),
            pss("nes-rsa3072").digest("sha384"),
            pss("nes-rsa4096").digest("sha512"),
            Order::new("nes-p256"),
            Order::new("nes-p384").digest("sha384"),
            Order::new("nes-p384").digest("sha384").streamed(),
            Order::new("nes-p521").digest("sha512").detached(),
        ] {
            if !peer.can(&order) {
                continue;
            }
            let Some(signature) = peer.sign(&order, TEXT) else { continue };
            let signed_data = SignedData::read(&signature).unwrap();
            let content = (!signed_data.is_attached()).then_some(Content::Bytes(TEXT));
            let found = verify(&signed_data, content, &[]).unwrap();
            assert!(found.all_passed(), "{peer:?} {order:?}: {:?}", found.signers[0].checks);
            if signed_data.is_attached() {
                assert_eq!(signed_data.content().unwrap().unwrap(), TEXT, "{peer:?} {order:?}");
            }
            assert_eq!(signed_data.bytes(), signature);
            count += 1;
        }
    }
    println!("{count} signatures of peers verified");
}
