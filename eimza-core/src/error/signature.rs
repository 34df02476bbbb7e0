//! The facts of errors about signatures.

use super::facts::facts;

facts! {
    /// The rule that a signature file breaks.
    SignatureFault {
        /// There are several PEM blocks, and nothing says which one is meant.
        SeveralPemBlocks,
        /// Other octets than zeros stand behind the ContentInfo.
        OctetsBehind,
        /// A certificate is referred to by something else than a hash.
        CertificateHash,
        /// The signing-certificate attribute names no certificate.
        SigningCertificate,
        /// An attribute that may stand there once is there twice, or has several values.
        ReferencesRepeated,
        /// What should be a time-stamp holds something else.
        NoTimeStamp,
        /// A time-stamp has another number of signers than one.
        TimeStampSigners,
        /// A time-stamp is of another version than 1.
        TimeStampVersion,
        /// A time-stamp has a critical extension.
        TimeStampCritical,
        /// The imprint has not the length of its algorithm.
        ImprintLength,
    }
}
