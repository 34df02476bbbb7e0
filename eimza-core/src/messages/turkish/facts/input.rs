//! The facts of errors about input, output, encodings and arguments, in Turkish.

use crate::error::{ArgumentFault, CryptoOperation, JsonForm, Limit};

pub(in crate::messages) fn limit(limit: Limit) -> &'static str {
    match limit {
        Limit::Depth => "iç içe geçme derinliği",
        Limit::Size => "boyut",
        Limit::Signers => "imzacı sayısı",
        Limit::Attributes => "öznitelik sayısı",
        Limit::DigestAlgorithms => "özet algoritması sayısı",
        Limit::Certificates => "sertifika sayısı",
        Limit::RevocationData => "iptal bilgisi sayısı",
        Limit::Extensions => "uzantı sayısı",
        Limit::Chain => "zincirdeki sertifika sayısı",
        Limit::CertificateReferences => "sertifika referanslarının sayısı",
        Limit::RevocationReferences => "iptal bilgisi referanslarının sayısı",
        Limit::CertificateValues => "sertifika değerlerinin sayısı",
        Limit::RevocationValues => "iptal bilgisi değerlerinin sayısı",
        Limit::TimeStamps => "zaman damgası sayısı",
        Limit::IssuerSignatures => "sertifika makamlarının imzaları",
        Limit::HashIndex => "özet dizini (ATSHashIndex)",
        Limit::OcspResponses => "ÇİSDuP (OCSP) yanıtındaki sertifika sayısı",
        Limit::SignatureValue => "imza değeri",
        Limit::KeySize => "anahtar boyutu",
        Limit::Iterations => "yineleme sayısı",
        Limit::Salt => "tuz (salt)",
        Limit::Bags => "PKCS#12 bölümlerinin sayısı",
        Limit::TokenObjects => "karttaki nesne sayısı",
        Limit::RecordSize => "onay kaydının boyutu",
        Limit::ReceiptSize => "alındı belgesinin boyutu",
        Limit::MessageSize => "iletinin boyutu",
        Limit::Texts => "onay metinleri",
    }
}

pub(in crate::messages) fn crypto_operation(operation: CryptoOperation) -> &'static str {
    match operation {
        CryptoOperation::Seal => "mühürleme",
        CryptoOperation::Random => "rastgele sayı üretme",
        CryptoOperation::VerificationCode => "doğrulama kodu üretme",
        CryptoOperation::PrivateKey => "özel anahtarı okuma",
        CryptoOperation::PublicKey => "açık anahtarı okuma",
        CryptoOperation::KeyGeneration => "anahtar üretme",
        CryptoOperation::Signing => "imzalama",
        CryptoOperation::Digest => "özet alma",
        CryptoOperation::AesCbc => "AES-CBC",
    }
}

pub(in crate::messages) fn argument_fault(fault: ArgumentFault) -> &'static str {
    match fault {
        ArgumentFault::Null => "NULL verildi",
        ArgumentFault::Empty => "boş bırakılmış",
        ArgumentFault::NameUnknown => "adı bilinmiyor",
        ArgumentFault::NoSuchOne => "böyle bir öğe yok",
        ArgumentFault::UsedAlready => "daha önce kullanıldı",
        ArgumentFault::LongerThanMemory => "belleğin alabileceğinden uzun",
        ArgumentFault::LongerThan1024 => "1024 bayttan uzun",
        ArgumentFault::Not32Octets => "uzunluğu 32 bayt olmalıdır",
        ArgumentFault::Not11Digits => "11 haneli olmalıdır",
        ArgumentFault::NotSha256 => "SHA-256 özeti 64 onaltılık rakamdan oluşur",
        ArgumentFault::DigestLength => "uzunluğu algoritmaya uymuyor",
        ArgumentFault::DigestOfAnother => "imza algoritması başka bir özet kullanıyor",
        ArgumentFault::DigestWeak => "SHA-1 yeni imzalar için çok zayıf",
        ArgumentFault::DigestNotForSigning => "yeni imzalar SHA-256, SHA-384 ya da SHA-512 ile atılır",
        ArgumentFault::KeyBoundToAnother => "anahtar başka bir özet algoritmasına bağlı",
        ArgumentFault::NotIdentifier => "nesne tanımlayıcısı (OID) değil",
        ArgumentFault::Before1970 => "1970 yılından önce",
        ArgumentFault::NoTimeZone => "saat dilimi belirtilmemiş",
        ArgumentFault::IterationsOutside => "1000 ile 10000000 arasında olmalıdır",
        ArgumentFault::OtherSubmission => "denetlenen gönderim bu değil",
        ArgumentFault::OtherCertificate => "başka bir sertifika için hazırlanmış",
        ArgumentFault::NothingToSign => "imzalanacak bir şey yok",
        ArgumentFault::NoSuchSigner => "bu numarada imzacı yok",
        ArgumentFault::NoAttribute => "öznitelik olarak eklenen veri öznitelik değil",
        ArgumentFault::NotOneElement => "eklenen veri tek bir ASN.1 öğesi değil",
        ArgumentFault::CoveredByArchive => {
            "bir arşiv zaman damgası (v2), sertifikaların ve iptal bilgilerinin tamamını kapsıyor"
        }
        ArgumentFault::EnteredApart => {
            "eskisi de yenisi de aynı yerde girilmelidir: ya uygulamada ya da okuyucunun tuş takımında"
        }
        ArgumentFault::NoKeypad => "bir dosyanın tuş takımı yoktur",
        ArgumentFault::NoTrustStore => "sertifika deposu verilmedi",
        ArgumentFault::RulesGiven => "kurallar policy_toml içinde verildi",
        ArgumentFault::NotOffered => "hizmet böyle bir onay sunmuyor",
        ArgumentFault::NoCode => "içinde kod yok",
        ArgumentFault::NoReceipt => "içinde alındı belgesi yok",
        ArgumentFault::NotRejected => "reddedilmemiş",
        ArgumentFault::NoOutcome => "alındı belgesi ya da ret nedeni gerekir",
        ArgumentFault::NoAnswer => "hizmet yanıt vermedi",
        ArgumentFault::OwnPortal => "hizmetin kendi portalı var",
    }
}

pub(in crate::messages) fn json_form(form: JsonForm) -> &'static str {
    match form {
        JsonForm::Page => "sayfa",
        JsonForm::Summary => "sertifika özeti",
        JsonForm::Inspection => "imza dosyasının içeriği",
        JsonForm::Report => "rapor",
        JsonForm::ConsentRecord => "onay kaydı",
        JsonForm::Receipt => "alındı belgesi",
        JsonForm::Request => "istek",
        JsonForm::Kind => "onay türü",
        JsonForm::Offer => "sunulan onay",
        JsonForm::Documents => "belgeler",
        JsonForm::Declarations => "onaylanacak beyanlar",
        JsonForm::Rejection => "ret nedeni",
        JsonForm::IssuedCode => "verilen kod",
        JsonForm::RedeemedCode => "kodun açtığı istek",
        JsonForm::Submission => "gönderilen onay",
        JsonForm::Status => "durum",
    }
}
