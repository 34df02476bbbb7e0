//! What a verdict means and what to do now, in English. One arm per name of EN 319 102-1; no catch-all.

use crate::validation::{Indication, SubIndication};

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

/// The name of a check in words. One without a line is shown as it stands.
pub(in crate::messages) fn check_name(name: &str) -> &str {
    match name {
        "format" => "form",
        "version" => "version of the signer's part",
        "padding" => "octets behind the file",
        "content" => "what was signed",
        "message-digest" => "digest of the content",
        "signed-attributes-der" => "encoding of the attributes",
        "algorithm-protection" => "protection of the algorithm",
        "signature" => "signature value",
        "signing-certificate" => "reference to the certificate",
        "algorithm-policy" => "strength of the algorithms",
        "key-usage" => "use of the key",
        "profile" => "profile",
        "path" => "certificate chain",
        "revocation" => "revocation",
        "qualified" => "qualified certificate",
        "signature-time-stamp" => "signature time-stamp",
        "archive-time-stamp" => "archive time-stamp",
        other => other,
    }
}

/// Why a check did not pass, or what it noted. A reason without a line is shown as it stands.
pub(in crate::messages) fn reason(name: &str) -> &str {
    match name {
        // form
        "attribute-not-single-valued" => "an attribute that has one value has none or several",
        "attribute-repeated" => "an attribute is there twice",
        "attribute-without-value" => "an attribute has no value",
        "signed-attributes-absent" => "there are no signed attributes",
        "signed-attributes-empty" => "the signed attributes are empty",
        "signed-attributes-malformed" => "the signed attributes cannot be read",
        "message-digest-missing" => "the digest of the content is not among the signed attributes",
        "message-digest-malformed" => "the signed digest cannot be read",
        "content-type-missing" => "the type of the content is not among the signed attributes",
        "content-type-malformed" => "the signed type of the content cannot be read",
        "content-type-differs" => "the signed type of the content is not the file's",
        "content-type-in-counter-signature" => "a counter-signature states a type of content",
        "signing-time-malformed" => "the signing time cannot be read",
        "signing-certificate-malformed" => "the reference to the certificate cannot be read",
        "counter-signature-unreadable" => "the counter-signature cannot be read",
        "signer-version-unusual" => "an unusual version number",
        "zeros-behind-the-file" => "there are zeros behind the file",
        "not-der-as-stored" => "they are not stored in the form that was signed",
        "signed-as-stored" => "they were signed in another form than the standard's",
        // content and value
        "content-is-signed-attributes" => "the content looks like signed attributes: an attack is known that begins so",
        "content-differs" => "the content that was given is not the one in the file",
        "content-missing" => "the content is missing",
        "digest-differs" => "the content is not the one that was signed",
        "value-does-not-fit" => "the value does not fit the certificate's key",
        "algorithm-malformed" => "the algorithm cannot be read",
        "algorithm-unsupported" => "the algorithm is not computed here",
        "algorithms-contradict" => "the algorithms contradict each other",
        "algorithms-differ" => "the protected algorithms are other ones",
        // certificate
        "certificate-missing" => "the certificate is missing",
        "certificate-differs" => "the certificate is not the one that is referred to",
        "references-contradict" => "two references contradict each other",
        "signer-identifier-differs" => "the signer's name and number are another certificate's",
        "signing-certificate-absent" => "the signed attributes do not say which certificate is meant",
        "issuer-serial-differs" => "issuer and serial number in the reference are another certificate's",
        // rules
        "sha1-too-weak" => "SHA-1 is too weak",
        "rsa-key-too-short" => "the RSA key is too short",
        "signing-excluded" => "the certificate's key is not for signing",
        "profile-not-kept" => "the profile that is demanded is not kept",
        "fits-no-profile" => "it fits no profile of BTK",
        "time-stamps-not-checked" => "time-stamps are not checked",
        "not-checked" => "not checked",
        other => super::words::word(other),
    }
}
