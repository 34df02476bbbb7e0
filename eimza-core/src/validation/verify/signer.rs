//! One signer: form, digest, certificate, signature value.

use super::SignerVerification;
use super::algorithms;
use super::contents::{Answer, Contents};
use super::ess::Reference;
use super::pool::Pool;
use super::signed::SignedAttributes;
use super::to_be_signed::ToBeSigned;
use super::value::{PossibleSigners, signature};
use crate::asn1::oid;
use crate::cms::Attributes;
use crate::cms::{Signer, SignerIdentifier};
use crate::crypto::DigestAlgorithm;
use crate::validation::check::{Check, CheckName, Reason};
use crate::validation::indication::SubIndication;

/// The most certificates of equal names that are tried where none is referenced by its hash.
const NAMESAKES: usize = 4;

/// What is signed.
pub(super) struct SignedInput<'s, 'a> {
    /// The type that the content-type attribute must have; `None` for a counter-signature, which has no such attribute.
    pub(super) content_type: Option<&'a [u8]>,
    pub(super) contents: &'s Contents<'s>,
}

pub(super) fn examine<'a>(
    signer: &Signer<'a>,
    parent: Option<usize>,
    input: &SignedInput<'_, 'a>,
    pool: &Pool<'_>,
) -> SignerVerification<'a> {
    let mut found = SignerVerification {
        signer: signer.clone(),
        parent,
        certificate: None,
        certificate_inside: false,
        signing_time: None,
        checks: Vec::with_capacity(6),
    };
    match signer.signed_attributes() {
        Some(attributes) => with_attributes(&mut found, &attributes, input, pool),
        None => without_attributes(&mut found, input, pool),
    }
    let expected = if matches!(signer.identifier(), SignerIdentifier::KeyIdentifier(_)) { 3 } else { 1 };
    if signer.version != Some(expected) {
        found.checks.push(Check::noted(CheckName::Version, Reason::SignerVersionUnusual));
    }
    found
}

fn with_attributes<'a>(
    found: &mut SignerVerification<'a>,
    attributes: &Attributes<'a>,
    input: &SignedInput<'_, 'a>,
    pool: &Pool<'_>,
) {
    let broken = |rule| Check::failed(CheckName::Format, rule, SubIndication::FormatFailure);
    let signed = match SignedAttributes::read(attributes) {
        Ok(signed) => signed,
        Err(rule) => return found.checks.push(broken(rule)),
    };
    let Ok(to_be_signed) = ToBeSigned::of(attributes) else {
        return found.checks.push(broken(Reason::SignedAttributesMalformed));
    };
    found.signing_time = signed.signing_time;
    found.checks.push(match (input.content_type, signed.content_type) {
        (Some(_), None) => broken(Reason::ContentTypeMissing),
        (Some(expected), Some(stated)) if expected != stated => broken(Reason::ContentTypeDiffers),
        (None, Some(_)) => Check::noted(CheckName::Format, Reason::ContentTypeInCounterSignature),
        _ => Check::passed(CheckName::Format),
    });
    content_form(found, input);
    found.checks.extend(signed.counts);
    let digest_algorithm = found.signer.digest_algorithm();
    found.checks.push(message_digest(&signed, digest_algorithm, input.contents));
    let candidates = bind(found, &signed, pool);
    let digest = digest_algorithm.map(|algorithm| to_be_signed.digest(algorithm));
    let check = signature(found, digest, &candidates, pool);
    if let Some(stored) = digest_algorithm.and_then(|algorithm| to_be_signed.digest_as_stored(algorithm)) {
        let signed_so = check.sub_indication.is_some()
            && signature(found, Some(stored), &candidates, pool).sub_indication.is_none();
        found.checks.push(if signed_so {
            Check::failed(CheckName::SignedAttributesDer, Reason::SignedAsStored, SubIndication::SigCryptoFailure)
        } else {
            Check::noted(CheckName::SignedAttributesDer, Reason::NotDerAsStored)
        });
    }
    found.checks.push(check);
    if let Some(protection) = signed.algorithm_protection {
        found.checks.push(if algorithms::protection_agrees(&protection, &found.signer) {
            Check::passed(CheckName::AlgorithmProtection)
        } else {
            Check::failed(CheckName::AlgorithmProtection, Reason::AlgorithmsDiffer, SubIndication::SigCryptoFailure)
        });
    }
}

/// RFC 5652 section 5.3 lets them be left out for id-data; it is never CAdES, and the content could be somebody else's
/// signed attributes.
fn without_attributes<'a>(found: &mut SignerVerification<'a>, input: &SignedInput<'_, 'a>, pool: &Pool<'_>) {
    let is_data = input.content_type.is_none_or(|content_type| content_type == oid::DATA.as_bytes());
    found.checks.push(if is_data {
        Check::failed(CheckName::Format, Reason::SignedAttributesAbsent, SubIndication::SigConstraintsFailure)
    } else {
        Check::failed(CheckName::Format, Reason::SignedAttributesAbsent, SubIndication::FormatFailure)
    });
    content_form(found, input);
    if input.contents.looks_like_attributes() {
        found.checks.push(Check::failed(
            CheckName::Content,
            Reason::ContentIsSignedAttributes,
            SubIndication::SigConstraintsFailure,
        ));
    }
    let answer = found.signer.digest_algorithm().map(|algorithm| input.contents.digest(algorithm));
    let (digest, check) = match answer {
        Some(Answer::Digest(digest)) => (Some(digest), None),
        Some(Answer::Differs) => {
            (None, Some(Check::failed(CheckName::MessageDigest, Reason::ContentDiffers, SubIndication::HashFailure)))
        }
        Some(Answer::Missing) => (
            None,
            Some(Check::undetermined(
                CheckName::MessageDigest,
                Reason::ContentMissing,
                SubIndication::SignedDataNotFound,
            )),
        ),
        None => (
            None,
            Some(Check::undetermined(
                CheckName::MessageDigest,
                Reason::AlgorithmUnsupported,
                SubIndication::CryptoConstraintsFailureNoPoe,
            )),
        ),
    };
    let has_content = check.is_none();
    found.checks.extend(check);
    let candidates = named(found, pool);
    if candidates.certificates.is_empty() {
        let missing = Check::undetermined(
            CheckName::SigningCertificate,
            Reason::CertificateMissing,
            SubIndication::NoSigningCertificateFound,
        );
        found.checks.push(missing);
    }
    let check = if has_content {
        signature(found, digest, &candidates, pool)
    } else {
        Check::undetermined(CheckName::Signature, Reason::ContentMissing, SubIndication::SignedDataNotFound)
    };
    found.checks.push(check);
}

/// PKCS#7 let other elements than an OCTET STRING be content, but not of the type id-data.
fn content_form(found: &mut SignerVerification<'_>, input: &SignedInput<'_, '_>) {
    if !input.contents.is_other_element() {
        return;
    }
    let is_data = input.content_type == Some(oid::DATA.as_bytes());
    found.checks.push(if is_data {
        Check::failed(CheckName::Content, Reason::ContentNotOctetString, SubIndication::FormatFailure)
    } else {
        Check::noted(CheckName::Content, Reason::ContentNotOctetString)
    });
}

fn message_digest(signed: &SignedAttributes<'_>, algorithm: Option<DigestAlgorithm>, contents: &Contents<'_>) -> Check {
    const NAME: CheckName = CheckName::MessageDigest;
    let Some(algorithm) = algorithm else {
        return Check::undetermined(NAME, Reason::AlgorithmUnsupported, SubIndication::CryptoConstraintsFailureNoPoe);
    };
    match contents.digest(algorithm) {
        Answer::Digest(digest) if digest.as_bytes() == signed.message_digest.as_ref() => Check::passed(NAME),
        Answer::Digest(_) => Check::failed(NAME, Reason::DigestDiffers, SubIndication::HashFailure),
        Answer::Differs => Check::failed(NAME, Reason::ContentDiffers, SubIndication::HashFailure),
        Answer::Missing => Check::undetermined(NAME, Reason::ContentMissing, SubIndication::SignedDataNotFound),
    }
}

/// Finds the signer's certificate by the hash that is signed; the signer identifier, which is not, has to agree.
fn bind<'p, 'c>(
    found: &mut SignerVerification<'_>,
    signed: &SignedAttributes<'_>,
    pool: &'p Pool<'c>,
) -> PossibleSigners<'p, 'c> {
    const NAME: CheckName = CheckName::SigningCertificate;
    let references: Vec<Reference<'_>> = [signed.reference_v2, signed.reference_v1].into_iter().flatten().collect();
    let Some(first) = references.first() else {
        found.checks.push(Check::failed(NAME, Reason::SigningCertificateAbsent, SubIndication::SigConstraintsFailure));
        let candidates = named(found, pool);
        if candidates.certificates.is_empty() {
            found.checks.push(Check::undetermined(
                NAME,
                Reason::CertificateMissing,
                SubIndication::NoSigningCertificateFound,
            ));
        }
        return candidates;
    };
    let by_hash = |reference: &Reference<'_>| pool.by_digest(&reference.digest()?);
    let Some((entry, certificate)) = by_hash(first).and_then(|entry| Some((entry, entry.parsed()?))) else {
        let PossibleSigners { certificates, .. } = named(found, pool);
        let is_unreadable = first.digest().is_some_and(|digest| pool.has_unreadable(&digest));
        let (reason, means) = match (first.algorithm, certificates.is_empty()) {
            _ if is_unreadable => (Reason::CertificateUnreadable, SubIndication::CertificateChainGeneralFailure),
            (_, true) => (Reason::CertificateMissing, SubIndication::NoSigningCertificateFound),
            (None, false) => (Reason::AlgorithmUnsupported, SubIndication::CryptoConstraintsFailureNoPoe),
            (Some(_), false) => (Reason::CertificateDiffers, SubIndication::NoSigningCertificateFound),
        };
        found.checks.push(Check::undetermined(NAME, reason, means));
        return PossibleSigners { certificates, certain: false };
    };
    // A reference by an algorithm that is not computed here tells nothing.
    let is_the_same = |other: &Reference<'_>| {
        other.algorithm.is_none() || by_hash(other).is_some_and(|other| std::ptr::eq(other, entry))
    };
    let others_agree = references.iter().skip(1).all(is_the_same);
    let is_named = found.signer.identifier().names(certificate);
    let check = if !others_agree {
        Check::failed(NAME, Reason::ReferencesContradict, SubIndication::NoSigningCertificateFound)
    } else if !is_named {
        Check::failed(NAME, Reason::SignerIdentifierDiffers, SubIndication::NoSigningCertificateFound)
    } else if !references.iter().all(|reference| reference.issuer_serial_fits(certificate)) {
        Check::failed(NAME, Reason::IssuerSerialDiffers, SubIndication::SigConstraintsFailure)
    } else {
        Check::passed(NAME)
    };
    found.checks.push(check);
    found.certificate = Some(certificate.clone());
    found.certificate_inside = entry.inside;
    if is_named {
        return PossibleSigners { certificates: vec![entry], certain: true };
    }
    // The signed reference names another certificate, so it does not matter whose key verifies.
    let certificates = std::iter::once(entry).chain(named(found, pool).certificates).collect();
    PossibleSigners { certificates, certain: false }
}

/// The certificates that the signer identifier names: for certain none but these, unless there are more than are tried.
fn named<'p, 'c>(found: &SignerVerification<'_>, pool: &'p Pool<'c>) -> PossibleSigners<'p, 'c> {
    let mut namesakes = pool.named(found.signer.identifier());
    let certificates = namesakes.by_ref().take(NAMESAKES).collect();
    PossibleSigners { certificates, certain: namesakes.next().is_none() }
}
