//! The facts of errors about signatures, in Turkish.

use crate::error::SignatureFault;

pub(in crate::messages) fn signature_fault(fault: SignatureFault) -> &'static str {
    match fault {
        SignatureFault::SeveralPemBlocks => "birden çok PEM bloğu var",
        SignatureFault::OctetsBehind => "ContentInfo'dan sonra fazladan veri var",
        SignatureFault::CertificateHash => "sertifika özeti",
        SignatureFault::SigningCertificate => "signing-certificate özniteliği",
        SignatureFault::ReferencesRepeated => "iki kez yazılmış referans ya da değer",
        SignatureFault::NoTimeStamp => "içinde zaman damgası yok",
        SignatureFault::TimeStampSigners => "zaman damgasının yalnızca bir imzacısı olur",
        SignatureFault::TimeStampVersion => "zaman damgasının sürümü",
        SignatureFault::TimeStampCritical => "zaman damgasının kritik uzantısı",
        SignatureFault::ImprintLength => "damgalanan özetin uzunluğu",
    }
}
