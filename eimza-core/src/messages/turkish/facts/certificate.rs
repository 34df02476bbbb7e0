//! The facts of errors about certificates, in Turkish.

use crate::error::{CertificateField, Shortfall, TrustStoreFault};

pub(in crate::messages) fn trust_store_fault(fault: TrustStoreFault) -> &'static str {
    match fault {
        TrustStoreFault::NotXml => "kurallara uygun bir XML değil",
        TrustStoreFault::DocumentType => "belge türü bildirimi (DOCTYPE) kabul edilmiyor",
        TrustStoreFault::NoRoots => "içinde kök sertifika yok",
    }
}

pub(in crate::messages) fn certificate_field(field: CertificateField) -> &'static str {
    match field {
        CertificateField::NotBefore => "başlangıç zamanı",
        CertificateField::NotAfter => "bitiş zamanı",
    }
}

pub(in crate::messages) fn shortfall(shortfall: Shortfall) -> &'static str {
    match shortfall {
        Shortfall::ComplianceMissing => "nitelikli sertifika beyanı yok",
        Shortfall::TurkishStatementMissing => "5070 sayılı Kanuna göre nitelikli olduğu beyanı yok",
        Shortfall::Authority => "bir sertifika hizmet sağlayıcısının sertifikası",
        Shortfall::NonRepudiationMissing => "inkâr edilemezlik (nonRepudiation) kullanımı yok",
        Shortfall::NotPersonal => "bir kişinin imza sertifikası değil",
        Shortfall::UsageRestricted => "kullanım kısıtı var",
        Shortfall::ExtensionRepeated => "bir uzantısı iki kez yazılmış",
        Shortfall::ExtensionUnknown => "burada bilinmeyen kritik bir uzantısı var",
        Shortfall::ExtensionUnreadable => "bir uzantısı okunamıyor",
        Shortfall::KeyWeak => "anahtarı çok kısa",
        Shortfall::SignatureWeak => "zayıf bir algoritmayla imzalanmış",
    }
}
