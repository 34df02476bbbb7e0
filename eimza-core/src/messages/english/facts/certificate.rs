//! The facts of errors about certificates.

use crate::error::{CertificateField, Shortfall, TrustStoreFault};

pub(in crate::messages) fn trust_store_fault(fault: TrustStoreFault) -> &'static str {
    match fault {
        TrustStoreFault::NotXml => "it is no well-formed XML",
        TrustStoreFault::DocumentType => "a document type is not read",
        TrustStoreFault::NoRoots => "it holds no root certificate",
    }
}

pub(in crate::messages) fn certificate_field(field: CertificateField) -> &'static str {
    match field {
        CertificateField::NotBefore => "its begin",
        CertificateField::NotAfter => "its end",
    }
}

pub(in crate::messages) fn shortfall(shortfall: Shortfall) -> &'static str {
    match shortfall {
        Shortfall::ComplianceMissing => "it does not say that it is qualified",
        Shortfall::TurkishStatementMissing => "it does not say that it is qualified by Law 5070",
        Shortfall::Authority => "it is an authority's",
        Shortfall::NonRepudiationMissing => "its key usage lacks nonRepudiation",
        Shortfall::NotPersonal => "it is not for a person's signatures",
        Shortfall::UsageRestricted => "its use is restricted",
        Shortfall::ExtensionRepeated => "an extension stands in it twice",
        Shortfall::ExtensionUnknown => "it has a critical extension that is not known here",
        Shortfall::ExtensionUnreadable => "an extension cannot be read",
        Shortfall::KeyWeak => "its key is too short",
        Shortfall::SignatureWeak => "it was signed with a weak algorithm",
    }
}
