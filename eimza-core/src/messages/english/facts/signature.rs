//! The facts of errors about signatures.

use crate::error::SignatureFault;

pub(in crate::messages) fn signature_fault(fault: SignatureFault) -> &'static str {
    match fault {
        SignatureFault::SeveralPemBlocks => "several PEM blocks",
        SignatureFault::OctetsBehind => "octets behind the ContentInfo",
        SignatureFault::CertificateHash => "certificate hash",
        SignatureFault::SigningCertificate => "signing-certificate",
        SignatureFault::ReferencesRepeated => "references or values that stand there twice",
        SignatureFault::NoTimeStamp => "no time-stamp inside",
        SignatureFault::TimeStampSigners => "a time-stamp has exactly one signer",
        SignatureFault::TimeStampVersion => "version of the time-stamp",
        SignatureFault::TimeStampCritical => "critical extension of the time-stamp",
        SignatureFault::ImprintLength => "length of the imprint",
    }
}
