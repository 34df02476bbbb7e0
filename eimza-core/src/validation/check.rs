//! The outcome of one check: what was checked, how it ended, why, and what that means for the verdict.

use std::fmt;

use super::indication::SubIndication;
use super::path::BrokenRule;
use crate::certificate::Shortfall;

/// One thing that was checked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize)]
pub struct Check {
    /// What was checked.
    pub name: CheckName,
    /// How it ended.
    pub status: CheckStatus,
    /// Why it did not pass, or what is odd although it did.
    pub reason: Option<Reason>,
    /// What that means for the verdict; `None` where it says nothing against it.
    #[serde(skip)]
    pub sub_indication: Option<SubIndication>,
}

/// How a check ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, serde::Serialize)]
#[serde(rename_all = "lowercase")]
pub enum CheckStatus {
    /// It holds.
    Passed,
    /// It does not.
    Failed,
    /// Nobody can tell yet.
    Undetermined,
}

impl CheckStatus {
    /// The stable name.
    pub fn name(self) -> &'static str {
        match self {
            CheckStatus::Passed => "passed",
            CheckStatus::Failed => "failed",
            CheckStatus::Undetermined => "undetermined",
        }
    }
}

impl Check {
    pub(crate) const fn passed(name: CheckName) -> Self {
        Self { name, status: CheckStatus::Passed, reason: None, sub_indication: None }
    }

    /// Passed, yet something is odd.
    pub(crate) const fn noted(name: CheckName, reason: Reason) -> Self {
        Self { name, status: CheckStatus::Passed, reason: Some(reason), sub_indication: None }
    }

    pub(crate) const fn failed(name: CheckName, reason: Reason, means: SubIndication) -> Self {
        Self { name, status: CheckStatus::Failed, reason: Some(reason), sub_indication: Some(means) }
    }

    pub(crate) const fn undetermined(name: CheckName, reason: Reason, means: SubIndication) -> Self {
        Self { name, status: CheckStatus::Undetermined, reason: Some(reason), sub_indication: Some(means) }
    }

    /// Did not pass, and does not count against the verdict.
    pub(crate) const fn without_weight(name: CheckName, status: CheckStatus, reason: Reason) -> Self {
        Self { name, status, reason: Some(reason), sub_indication: None }
    }
}

/// An enum whose variants have stable names at the edges: JSON, C, Python.
macro_rules! named {
    ($(#[$doc:meta])* $name:ident { $($(#[$variant_doc:meta])* $variant:ident $text:literal;)+ }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        #[non_exhaustive]
        pub enum $name {
            $($(#[$variant_doc])* $variant,)+
        }

        impl $name {
            /// All of them.
            pub const ALL: &'static [Self] = &[$($name::$variant),+];

            /// The stable name.
            pub const fn name(self) -> &'static str {
                match self { $($name::$variant => $text),+ }
            }

            /// The one with this stable name.
            pub fn from_name(name: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|one| one.name() == name)
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
                formatter.write_str(self.name())
            }
        }

        impl serde::Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str(self.name())
            }
        }

        impl<'de> serde::Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let name = <std::borrow::Cow<'de, str>>::deserialize(deserializer)?;
                Self::from_name(&name).ok_or_else(|| serde::de::Error::custom("its name is not known"))
            }
        }
    };
}

named! {
    /// What can be checked of a signature.
    CheckName {
        /// The form of signer, attributes and file (RFC 5652, EN 319 122-1).
        Format "format";
        /// The version number of the signer's part (RFC 5652 section 5.3).
        Version "version";
        /// What stands behind the ContentInfo.
        Padding "padding";
        /// What was signed.
        Content "content";
        /// The digest of the content (RFC 5652 section 11.2).
        MessageDigest "message-digest";
        /// How often signed attributes and their values stand there (RFC 5652 section 5.3).
        SignedAttributes "signed-attributes";
        /// The encoding of the signed attributes (RFC 5652 section 5.4).
        SignedAttributesDer "signed-attributes-der";
        /// The protected algorithms (RFC 6211).
        AlgorithmProtection "algorithm-protection";
        /// The signature value.
        Signature "signature";
        /// The signed reference to the certificate (RFC 5035).
        SigningCertificate "signing-certificate";
        /// The strength of algorithms and keys (ETSI TS 119 312).
        AlgorithmPolicy "algorithm-policy";
        /// Whether the key may sign (RFC 5280 section 4.2.1.3).
        KeyUsage "key-usage";
        /// The usage profile of BTK's guide.
        Profile "profile";
        /// The path to an anchor (RFC 5280 section 6).
        Path "path";
        /// The status of the certificates (RFC 5280 section 6.3, RFC 6960).
        Revocation "revocation";
        /// Whether the certificate is a qualified one.
        Qualified "qualified";
        /// A signature-time-stamp (EN 319 122-1 section 5.3).
        SignatureTimeStamp "signature-time-stamp";
        /// An archive-time-stamp (EN 319 122-1 section 5.5).
        ArchiveTimeStamp "archive-time-stamp";
        /// A content-time-stamp (EN 319 122-1 section 5.2.8).
        ContentTimeStamp "content-time-stamp";
        /// A CAdES-C-time-stamp (RFC 5126 section 6.3.5).
        CadesCTimeStamp "cades-c-time-stamp";
        /// A time-stamp over the references (RFC 5126 section 6.3.6).
        ReferencesTimeStamp "references-time-stamp";
        /// The order of the times in the signature.
        TimeOrder "time-order";
        /// References to certificates and status data against their values (EN 319 122-1 annex A).
        References "references";
        /// The signature policy.
        SignaturePolicy "signature-policy";
        /// How long status data has to be waited for.
        GracePeriod "grace-period";
        /// The caller's own proof that the file existed at an earlier time.
        ExistedSince "existed-since";
    }
}

named! {
    /// Why a check did not pass, or what it noted.
    Reason {
        /// An attribute that has one value has none or several.
        AttributeNotSingleValued "attribute-not-single-valued";
        /// An attribute is there twice.
        AttributeRepeated "attribute-repeated";
        /// An attribute has no value.
        AttributeWithoutValue "attribute-without-value";
        /// There are no signed attributes.
        SignedAttributesAbsent "signed-attributes-absent";
        /// The signed attributes are empty.
        SignedAttributesEmpty "signed-attributes-empty";
        /// The signed attributes cannot be read.
        SignedAttributesMalformed "signed-attributes-malformed";
        /// The digest of the content is not among the signed attributes.
        MessageDigestMissing "message-digest-missing";
        /// The signed digest cannot be read.
        MessageDigestMalformed "message-digest-malformed";
        /// The type of the content is not among the signed attributes.
        ContentTypeMissing "content-type-missing";
        /// The signed type of the content cannot be read.
        ContentTypeMalformed "content-type-malformed";
        /// The signed type of the content is not the file's.
        ContentTypeDiffers "content-type-differs";
        /// A counter-signature states a type of content.
        ContentTypeInCounterSignature "content-type-in-counter-signature";
        /// The signing time cannot be read.
        SigningTimeMalformed "signing-time-malformed";
        /// The reference to the certificate cannot be read.
        SigningCertificateMalformed "signing-certificate-malformed";
        /// The counter-signature cannot be read.
        CounterSignatureUnreadable "counter-signature-unreadable";
        /// An unusual version number.
        SignerVersionUnusual "signer-version-unusual";
        /// There are zeros behind the file.
        ZerosBehindTheFile "zeros-behind-the-file";
        /// They are not stored in the form that was signed.
        NotDerAsStored "not-der-as-stored";
        /// They were signed in another form than the standard's.
        SignedAsStored "signed-as-stored";
        /// The content looks like signed attributes: an attack is known that begins so.
        ContentIsSignedAttributes "content-is-signed-attributes";
        /// The content is no OCTET STRING, as in PKCS#7 files.
        ContentNotOctetString "content-not-octet-string";
        /// The content that was given is not the one in the file.
        ContentDiffers "content-differs";
        /// The content is missing.
        ContentMissing "content-missing";
        /// The content is not the one that was signed.
        DigestDiffers "digest-differs";
        /// The value does not fit the certificate's key.
        ValueDoesNotFit "value-does-not-fit";
        /// The algorithm cannot be read.
        AlgorithmMalformed "algorithm-malformed";
        /// The algorithm is not computed here.
        AlgorithmUnsupported "algorithm-unsupported";
        /// The key cannot be read, or is none.
        KeyUnusable "key-unusable";
        /// Computing it would cost too much.
        TooCostly "too-costly";
        /// The algorithms contradict each other.
        AlgorithmsContradict "algorithms-contradict";
        /// The protected algorithms are other ones.
        AlgorithmsDiffer "algorithms-differ";
        /// The certificate is missing.
        CertificateMissing "certificate-missing";
        /// The certificate is there but cannot be read.
        CertificateUnreadable "certificate-unreadable";
        /// The certificate is not the one that is referred to.
        CertificateDiffers "certificate-differs";
        /// Two references contradict each other.
        ReferencesContradict "references-contradict";
        /// The signer's name and number are another certificate's.
        SignerIdentifierDiffers "signer-identifier-differs";
        /// The signed attributes do not say which certificate is meant.
        SigningCertificateAbsent "signing-certificate-absent";
        /// Issuer and serial number in the reference are another certificate's.
        IssuerSerialDiffers "issuer-serial-differs";
        /// SHA-1 is too weak.
        Sha1TooWeak "sha1-too-weak";
        /// The RSA key is too short.
        RsaKeyTooShort "rsa-key-too-short";
        /// The certificate's key is not for signing.
        SigningExcluded "signing-excluded";
        /// The profile that is demanded is not kept.
        ProfileNotKept "profile-not-kept";
        /// It fits no profile of BTK.
        FitsNoProfile "fits-no-profile";
        /// Time-stamps are not checked.
        TimeStampsNotChecked "time-stamps-not-checked";
        /// No issuer of a certificate of the chain is known.
        IssuerUnknown "issuer-unknown";
        /// A certificate of the chain was not signed by its issuer.
        IssuerSignatureInvalid "issuer-signature-invalid";
        /// The signature over a certificate of the chain is not computed here.
        IssuerAlgorithmUnsupported "issuer-algorithm-unsupported";
        /// An issuer's key cannot be read.
        IssuerKeyUnreadable "issuer-key-unreadable";
        /// A certificate of the chain was issued by one that is no authority's.
        IssuerNotAnAuthority "issuer-not-an-authority";
        /// An issuer's key is not for issuing certificates.
        IssuerKeyUsage "issuer-key-usage";
        /// The chain is longer than an authority allows.
        PathTooLong "path-too-long";
        /// A certificate of the chain has a critical extension that is not known here.
        CriticalExtensionUnknown "critical-extension-unknown";
        /// An extension in the chain cannot be read.
        ExtensionMalformed "extension-malformed";
        /// A name in the chain lies outside of what an authority permits.
        NameNotPermitted "name-not-permitted";
        /// A name in the chain is excluded by an authority.
        NameExcluded "name-excluded";
        /// A name in the chain cannot be compared with what an authority permits.
        NameNotComparable "name-not-comparable";
        /// An authority maps a policy that may not be mapped.
        AnyPolicyMapped "any-policy-mapped";
        /// No policy holds for the whole chain.
        PolicyMissing "policy-missing";
        /// The dates of a certificate of the chain cannot be read.
        CertificateDatesUnreadable "certificate-dates-unreadable";
        /// A certificate of the chain was not valid yet.
        CertificateNotYetValid "certificate-not-yet-valid";
        /// A certificate of the chain was not valid any more.
        CertificateExpired "certificate-expired";
        /// The search for a chain was given up.
        PathSearchExceeded "path-search-exceeded";
        /// The certificate is revoked.
        CertificateRevoked "certificate-revoked";
        /// An authority's certificate is revoked.
        AuthorityRevoked "authority-revoked";
        /// A certificate is suspended.
        CertificateOnHold "certificate-on-hold";
        /// There is no status data for a certificate of the chain.
        StatusMissing "status-missing";
        /// The status data is too old.
        StatusNotFresh "status-not-fresh";
        /// The status data cannot be used.
        StatusUnusable "status-unusable";
        /// The status data was signed with an algorithm or key that is too weak.
        StatusTooWeak "status-too-weak";
        /// The responder does not know a certificate of the chain.
        StatusUnknown "status-unknown";
        /// A company's seal is not accepted here.
        SealNotAccepted "seal-not-accepted";
        /// The certificate has no policy notice.
        PolicyNoticeMissing "policy-notice-missing";
        /// The digest algorithm is too weak.
        DigestTooWeak "digest-too-weak";
        /// The padding of the signature is too weak.
        PaddingTooWeak "padding-too-weak";
        /// The time was proven by the caller.
        ProofOfCaller "proof-of-caller";
        /// A certificate of the chain was signed with an algorithm or key that is too weak.
        ChainTooWeak "chain-too-weak";
        /// The root's signature over itself does not hold.
        AnchorSignatureInvalid "anchor-signature-invalid";
        /// There are more time-stamps than are looked at.
        TimeStampsTooMany "time-stamps-too-many";
        /// The time-stamp cannot be read.
        TimeStampMalformed "time-stamp-malformed";
        /// What the time-stamp covers cannot be computed here.
        ImprintNotComputed "imprint-not-computed";
        /// The time-stamp is over something else.
        ImprintDiffers "imprint-differs";
        /// The list of what the archive time-stamp covers is wrong.
        HashIndexWrong "hash-index-wrong";
        /// The time-stamp's own signature does not hold.
        TimeStampSignatureInvalid "time-stamp-signature-invalid";
        /// The time-stamp was made by a certificate that is not for time-stamps alone.
        TimeStampPurposeWrong "time-stamp-purpose-wrong";
        /// The time-stamp is later than the time of the judgement.
        TimeStampFromTheFuture "time-stamp-from-the-future";
        /// The claimed signing time is later than the time-stamp.
        SigningTimeAfterTimeStamp "signing-time-after-time-stamp";
        /// The times of the time-stamps contradict each other.
        TimeStampsOutOfOrder "time-stamps-out-of-order";
        /// The time-stamp was taken too long after the claimed signing time.
        TimeStampTooLate "time-stamp-too-late";
        /// There is no time-stamp that holds.
        TimeStampMissing "time-stamp-missing";
        /// The signature policy is not one of the profiles.
        SignaturePolicyUnknown "signature-policy-unknown";
        /// The hash of the signature policy is another one's.
        SignaturePolicyHashDiffers "signature-policy-hash-differs";
        /// The reference to the certificate is by an algorithm that is too weak.
        CertificateReferenceWeak "certificate-reference-weak";
        /// The profile demands status data of another kind.
        StatusOfAnotherKind "status-of-another-kind";
        /// References and values do not fit each other.
        ReferencesIncomplete "references-incomplete";
        /// The file does not hold the status data for its time-stamp.
        StampStatusNotInside "stamp-status-not-inside";
        /// Status data from after the grace period is not there yet.
        GracePeriodOpen "grace-period-open";
        /// Not checked.
        NotChecked "not-checked";
        /// The certificate does not say that it is qualified.
        ComplianceMissing "compliance-missing";
        /// The certificate has neither of BTK's statements.
        TurkishStatementMissing "turkish-statement-missing";
        /// It is an authority's certificate.
        Authority "authority";
        /// The key may not sign what cannot be disowned later.
        NonRepudiationMissing "non-repudiation-missing";
        /// The certificate is for something else than a person's signatures.
        NotPersonal "not-personal";
        /// The certificate's use is restricted.
        UsageRestricted "usage-restricted";
        /// An extension stands in the certificate twice.
        ExtensionRepeated "extension-repeated";
        /// A critical extension of the certificate is not known.
        ExtensionUnknown "extension-unknown";
        /// An extension of the certificate cannot be read.
        ExtensionUnreadable "extension-unreadable";
        /// The certificate's key is too short.
        KeyWeak "key-weak";
        /// The certificate was signed by an algorithm that is too weak.
        SignatureWeak "signature-weak";
    }
}

impl From<Shortfall> for Reason {
    fn from(shortfall: Shortfall) -> Self {
        match shortfall {
            Shortfall::ComplianceMissing => Reason::ComplianceMissing,
            Shortfall::TurkishStatementMissing => Reason::TurkishStatementMissing,
            Shortfall::Authority => Reason::Authority,
            Shortfall::NonRepudiationMissing => Reason::NonRepudiationMissing,
            Shortfall::NotPersonal => Reason::NotPersonal,
            Shortfall::UsageRestricted => Reason::UsageRestricted,
            Shortfall::ExtensionRepeated => Reason::ExtensionRepeated,
            Shortfall::ExtensionUnknown => Reason::ExtensionUnknown,
            Shortfall::ExtensionUnreadable => Reason::ExtensionUnreadable,
            Shortfall::KeyWeak => Reason::KeyWeak,
            Shortfall::SignatureWeak => Reason::SignatureWeak,
        }
    }
}

impl From<&BrokenRule> for Reason {
    fn from(rule: &BrokenRule) -> Self {
        match rule {
            BrokenRule::IssuerUnknown => Reason::IssuerUnknown,
            BrokenRule::SignatureInvalid => Reason::IssuerSignatureInvalid,
            BrokenRule::AlgorithmUnsupported { .. } => Reason::IssuerAlgorithmUnsupported,
            BrokenRule::KeyUnreadable => Reason::IssuerKeyUnreadable,
            BrokenRule::NotAnAuthority => Reason::IssuerNotAnAuthority,
            BrokenRule::IssuingExcluded => Reason::IssuerKeyUsage,
            BrokenRule::PathTooLong { .. } => Reason::PathTooLong,
            BrokenRule::UnknownCriticalExtension { .. } => Reason::CriticalExtensionUnknown,
            BrokenRule::ExtensionMalformed { .. } => Reason::ExtensionMalformed,
            BrokenRule::NameNotPermitted => Reason::NameNotPermitted,
            BrokenRule::NameExcluded => Reason::NameExcluded,
            BrokenRule::NameNotComparable => Reason::NameNotComparable,
            BrokenRule::AnyPolicyMapped => Reason::AnyPolicyMapped,
            BrokenRule::PolicyMissing => Reason::PolicyMissing,
            BrokenRule::DatesUnreadable => Reason::CertificateDatesUnreadable,
            BrokenRule::NotYetValid { .. } => Reason::CertificateNotYetValid,
            BrokenRule::Expired { .. } => Reason::CertificateExpired,
            BrokenRule::SearchExceeded(_) => Reason::PathSearchExceeded,
        }
    }
}
