//! What a verdict means and what to do now, in English. One arm per name of EN 319 102-1; no catch-all.

use super::facts::shortfall;
use crate::error::Shortfall;
use crate::validation::{CheckName, Indication, Reason, SubIndication};

/// What it means, and what to do.
pub(in crate::messages) fn sub_indication(why: SubIndication) -> [&'static str; 2] {
    match why {
        SubIndication::FormatFailure => [
            "The file breaks a rule for the form of signatures.",
            "Do not rely on it; get the signature file anew from where it came, octet by octet.",
        ],
        SubIndication::HashFailure => [
            "The content is not the one that was signed: it was changed later, or it is another file.",
            "Do not rely on it; make sure that content and signature belong together, and ask for the original.",
        ],
        SubIndication::SigCryptoFailure => [
            "The signature value does not fit the signer's certificate: the signature is forged or damaged.",
            "Do not rely on it; ask the signer to sign again.",
        ],
        SubIndication::Revoked => [
            "The signer's certificate was already revoked when the signature was made.",
            "Do not rely on it; ask the signer to sign with a certificate that is valid.",
        ],
        SubIndication::Expired => [
            "The signer's certificate had already expired when the signature was made.",
            "Do not rely on it; ask the signer to sign with a certificate that is valid.",
        ],
        SubIndication::NotYetValid => [
            "The signature was made before the signer's certificate became valid.",
            "Do not rely on it; ask the signer to sign again, with the computer's clock set right.",
        ],
        SubIndication::NoSigningCertificateFound => [
            "The signer's certificate is not in the file and was not given, or the signature names another one.",
            "Give the signer's certificate beside the file and validate again.",
        ],
        SubIndication::SignedDataNotFound => [
            "The content is not in the file, and it was not given.",
            "Give the file that was signed beside the signature and validate again.",
        ],
        SubIndication::SigConstraintsFailure => [
            "The signature lacks what the rules or the profile demand, such as an attribute or a time-stamp.",
            "See which check did not pass, and ask the signer for a signature that keeps the rule.",
        ],
        SubIndication::TimestampOrderFailure => [
            "The times in the signature contradict each other.",
            "Do not rely on its times; ask the signer to sign again, with the computer's clock set right.",
        ],
        SubIndication::CryptoConstraintsFailure => [
            "An algorithm or a key was already too weak when it was used.",
            "Ask the signer to sign again with SHA-256 or better and a key that is long enough.",
        ],
        SubIndication::CryptoConstraintsFailureNoPoe => [
            "An algorithm or a key is too weak or not known here, and nothing proves that the signature is old enough.",
            "Give a proof of an earlier time if you have one; otherwise ask the signer to sign again.",
        ],
        SubIndication::ChainConstraintsFailure => [
            "A certificate of the chain breaks a demand: the signer's may not be a qualified one, for instance.",
            "See which check did not pass, and ask the signer to sign with a certificate that fits.",
        ],
        SubIndication::CertificateChainGeneralFailure => [
            "The certificate chain cannot be judged.",
            "See which check did not pass, and give the certificates and status data that it names.",
        ],
        SubIndication::NoCertificateChainFound => [
            "No chain is known from the signer's certificate to a root that you trust.",
            "Name the root that you trust, give missing certificates of the chain, and validate again.",
        ],
        SubIndication::RevokedNoPoe => [
            "The signer's certificate is revoked, and nothing proves that the signature was made before.",
            "Give a proof of an earlier time if you have one; otherwise ask the signer to sign again.",
        ],
        SubIndication::RevokedCaNoPoe => [
            "An authority's certificate of the chain is revoked, and nothing proves that the signature was made before.",
            "Give a proof of an earlier time if you have one; otherwise ask the signer to sign with a new certificate.",
        ],
        SubIndication::OutOfBoundsNotRevoked => [
            "The signer's certificate was not revoked, but it is not valid now, and no proof says when the signature was made.",
            "Give a proof of an earlier time if you have one; otherwise ask the signer to sign again.",
        ],
        SubIndication::OutOfBoundsNoPoe => [
            "The signer's certificate is not valid now, and nothing proves that the signature was made while it was.",
            "Give a proof of an earlier time if you have one; otherwise ask the signer to sign again.",
        ],
        SubIndication::RevocationOutOfBoundsNoPoe => [
            "The certificate behind a CRL or an OCSP answer is not valid now, and nothing proves that the answer is older.",
            "Give a newer CRL or OCSP answer and validate again.",
        ],
        SubIndication::SignaturePolicyNotAvailable => [
            "The signature names a signature policy that is not known here.",
            "Get the policy from the signer; whether to accept the signature is for you to decide by its text.",
        ],
        SubIndication::PolicyProcessingError => [
            "The signature policy cannot be applied: it is damaged, or it is not the one that the signature names.",
            "Get the policy anew from the place that the signature names, and validate again.",
        ],
        SubIndication::NoPoe => [
            "Nothing proves that the signature existed at the time that decides.",
            "Give a proof of that time if you have one; otherwise ask the signer to sign again.",
        ],
        SubIndication::TryLater => [
            "There is no status data that is fresh enough to decide now.",
            "Do not rely on it yet; validate again with a newer CRL or OCSP answer.",
        ],
    }
}

/// A verdict beside which no reason stands.
pub(in crate::messages) fn indication(verdict: Indication) -> [&'static str; 2] {
    match verdict {
        Indication::TotalPassed => ["The signature is valid.", "You can rely on it; there is nothing else to do."],
        Indication::Indeterminate => [
            "It cannot be told yet whether the signature is valid.",
            "See which check did not pass; do not rely on the signature until then.",
        ],
        Indication::TotalFailed => ["The signature is not valid.", "Do not rely on it; ask the signer to sign again."],
    }
}

/// The name of a check in words.
pub(in crate::messages) fn check_name(name: CheckName) -> &'static str {
    match name {
        CheckName::Format => "form",
        CheckName::Version => "version of the signer's part",
        CheckName::Padding => "octets behind the file",
        CheckName::Content => "what was signed",
        CheckName::MessageDigest => "digest of the content",
        CheckName::SignedAttributes => "signed attributes",
        CheckName::SignedAttributesDer => "encoding of the attributes",
        CheckName::AlgorithmProtection => "protection of the algorithm",
        CheckName::Signature => "signature value",
        CheckName::SigningCertificate => "reference to the certificate",
        CheckName::AlgorithmPolicy => "strength of the algorithms",
        CheckName::KeyUsage => "use of the key",
        CheckName::Profile => "profile",
        CheckName::Path => "certificate chain",
        CheckName::Revocation => "revocation",
        CheckName::Qualified => "qualified certificate",
        CheckName::SignatureTimeStamp => "signature time-stamp",
        CheckName::ContentTimeStamp => "content time-stamp",
        CheckName::CadesCTimeStamp => "CAdES-C time-stamp",
        CheckName::ReferencesTimeStamp => "time-stamp over the references",
        CheckName::TimeOrder => "order of the times",
        CheckName::References => "references and values",
        CheckName::SignaturePolicy => "signature policy",
        CheckName::GracePeriod => "grace period",
        CheckName::ExistedSince => "the caller's proof of time",
        CheckName::ArchiveTimeStamp => "archive time-stamp",
    }
}

/// Why a check did not pass, or what it noted.
pub(in crate::messages) fn reason(reason: Reason) -> &'static str {
    match reason {
        // form
        Reason::AttributeNotSingleValued => "an attribute that has one value has none or several",
        Reason::AttributeRepeated => "an attribute is there twice",
        Reason::AttributeWithoutValue => "an attribute has no value",
        Reason::SignedAttributesAbsent => "there are no signed attributes",
        Reason::SignedAttributesEmpty => "the signed attributes are empty",
        Reason::SignedAttributesMalformed => "the signed attributes cannot be read",
        Reason::MessageDigestMissing => "the digest of the content is not among the signed attributes",
        Reason::MessageDigestMalformed => "the signed digest cannot be read",
        Reason::ContentTypeMissing => "the type of the content is not among the signed attributes",
        Reason::ContentTypeMalformed => "the signed type of the content cannot be read",
        Reason::ContentTypeDiffers => "the signed type of the content is not the file's",
        Reason::ContentTypeInCounterSignature => "a counter-signature states a type of content",
        Reason::SigningTimeMalformed => "the signing time cannot be read",
        Reason::SigningCertificateMalformed => "the reference to the certificate cannot be read",
        Reason::CounterSignatureUnreadable => "the counter-signature cannot be read",
        Reason::SignerVersionUnusual => "an unusual version number",
        Reason::ZerosBehindTheFile => "there are zeros behind the file",
        Reason::NotDerAsStored => "they are not stored in the form that was signed",
        Reason::SignedAsStored => "they were signed in another form than the standard's",
        // content and value
        Reason::ContentIsSignedAttributes => {
            "the content looks like signed attributes: an attack is known that begins so"
        }
        Reason::ContentNotOctetString => "the content is not an octet string, as in PKCS#7 files",
        Reason::ContentDiffers => "the content that was given is not the one in the file",
        Reason::ContentMissing => "the content is missing",
        Reason::DigestDiffers => "the content is not the one that was signed",
        Reason::ValueDoesNotFit => "the value does not fit the certificate's key",
        Reason::AlgorithmMalformed => "the algorithm cannot be read",
        Reason::AlgorithmUnsupported => "the algorithm is not computed here",
        Reason::KeyUnusable => "the key cannot be read",
        Reason::TooCostly => "computing it would take too long",
        Reason::AlgorithmsContradict => "the algorithms contradict each other",
        Reason::AlgorithmsDiffer => "the protected algorithms are other ones",
        // certificate
        Reason::CertificateMissing => "the certificate is missing",
        Reason::CertificateUnreadable => "the certificate cannot be read",
        Reason::CertificateDiffers => "the certificate is not the one that is referred to",
        Reason::ReferencesContradict => "two references contradict each other",
        Reason::SignerIdentifierDiffers => "the signer's name and number are another certificate's",
        Reason::SigningCertificateAbsent => "the signed attributes do not say which certificate is meant",
        Reason::IssuerSerialDiffers => "issuer and serial number in the reference are another certificate's",
        // rules
        Reason::Sha1TooWeak => "SHA-1 is too weak",
        Reason::RsaKeyTooShort => "the RSA key is too short",
        Reason::SigningExcluded => "the certificate's key is not for signing",
        Reason::ProfileNotKept => "the profile that is demanded is not kept",
        Reason::FitsNoProfile => "it fits no profile of BTK",
        Reason::TimeStampsNotChecked => "time-stamps are not checked",
        Reason::NotChecked => "not checked",
        // path and status
        Reason::IssuerUnknown => "no issuer of a certificate of the chain is known",
        Reason::IssuerSignatureInvalid => "a certificate of the chain was not signed by its issuer",
        Reason::IssuerAlgorithmUnsupported => "the signature over a certificate of the chain is not computed here",
        Reason::IssuerKeyUnreadable => "an issuer's key cannot be read",
        Reason::IssuerNotAnAuthority => "a certificate of the chain was issued by one that is no authority's",
        Reason::IssuerKeyUsage => "an issuer's key is not for issuing certificates",
        Reason::PathTooLong => "the chain is longer than an authority allows",
        Reason::CriticalExtensionUnknown => {
            "a certificate of the chain has a critical extension that is not known here"
        }
        Reason::ExtensionMalformed => "an extension in the chain cannot be read",
        Reason::NameNotPermitted => "a name in the chain lies outside of what an authority permits",
        Reason::NameExcluded => "a name in the chain is excluded by an authority",
        Reason::NameNotComparable => "a name in the chain cannot be compared with what an authority permits",
        Reason::AnyPolicyMapped => "an authority maps a policy that may not be mapped",
        Reason::PolicyMissing => "no policy holds for the whole chain",
        Reason::CertificateDatesUnreadable => "the dates of a certificate of the chain cannot be read",
        Reason::CertificateNotYetValid => "a certificate of the chain was not valid yet",
        Reason::CertificateExpired => "a certificate of the chain was not valid any more",
        Reason::PathSearchExceeded => "the search for a chain was given up",
        Reason::CertificateRevoked => "the certificate is revoked",
        Reason::AuthorityRevoked => "an authority's certificate is revoked",
        Reason::CertificateOnHold => "a certificate is suspended",
        Reason::StatusMissing => "there is no status data for a certificate of the chain",
        Reason::StatusNotFresh => "the status data is too old",
        Reason::StatusUnusable => "the status data cannot be used",
        Reason::StatusTooWeak => "the status data was signed with an algorithm or key that is too weak",
        Reason::StatusUnknown => "the responder does not know a certificate of the chain",
        Reason::SealNotAccepted => "a company's seal is not accepted here",
        Reason::PolicyNoticeMissing => "the certificate has no policy notice",
        Reason::DigestTooWeak => "the digest algorithm is too weak",
        Reason::PaddingTooWeak => "the padding of the signature is too weak",
        Reason::ProofOfCaller => "the time was proven by the caller",
        Reason::ChainTooWeak => "a certificate of the chain was signed with an algorithm or key that is too weak",
        Reason::AnchorSignatureInvalid => "the root's signature over itself does not hold",
        Reason::TimeStampsTooMany => "there are more time-stamps than are looked at",
        Reason::TimeStampMalformed => "the time-stamp cannot be read",
        Reason::ImprintNotComputed => "what the time-stamp covers cannot be computed here",
        Reason::ImprintDiffers => "the time-stamp is over something else",
        Reason::HashIndexWrong => "the list of what the archive time-stamp covers is wrong",
        Reason::TimeStampSignatureInvalid => "the time-stamp's own signature does not hold",
        Reason::TimeStampPurposeWrong => "the time-stamp was made by a certificate that is not for time-stamps alone",
        Reason::TimeStampFromTheFuture => "the time-stamp is later than the time of the judgement",
        Reason::SigningTimeAfterTimeStamp => "the claimed signing time is later than the time-stamp",
        Reason::TimeStampsOutOfOrder => "the times of the time-stamps contradict each other",
        Reason::TimeStampTooLate => "the time-stamp was taken too long after the claimed signing time",
        Reason::TimeStampMissing => "there is no time-stamp that holds",
        Reason::SignaturePolicyUnknown => "the signature policy is not one of the profiles",
        Reason::SignaturePolicyHashDiffers => "the hash of the signature policy is another one's",
        Reason::CertificateReferenceWeak => "the reference to the certificate is by an algorithm that is too weak",
        Reason::StatusOfAnotherKind => "the profile demands status data of another kind",
        Reason::ReferencesIncomplete => "references and values do not fit each other",
        Reason::StampStatusNotInside => {
            "the file does not hold the status data for its time-stamp, which the profile demands"
        }
        Reason::GracePeriodOpen => "status data from after the grace period is not there yet",
        // what a certificate lacks
        Reason::ComplianceMissing => shortfall(Shortfall::ComplianceMissing),
        Reason::TurkishStatementMissing => shortfall(Shortfall::TurkishStatementMissing),
        Reason::Authority => shortfall(Shortfall::Authority),
        Reason::NonRepudiationMissing => shortfall(Shortfall::NonRepudiationMissing),
        Reason::NotPersonal => shortfall(Shortfall::NotPersonal),
        Reason::UsageRestricted => shortfall(Shortfall::UsageRestricted),
        Reason::ExtensionRepeated => shortfall(Shortfall::ExtensionRepeated),
        Reason::ExtensionUnknown => shortfall(Shortfall::ExtensionUnknown),
        Reason::ExtensionUnreadable => shortfall(Shortfall::ExtensionUnreadable),
        Reason::KeyWeak => shortfall(Shortfall::KeyWeak),
        Reason::SignatureWeak => shortfall(Shortfall::SignatureWeak),
    }
}
