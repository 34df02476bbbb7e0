//! Karar ne anlama gelir, şimdi ne yapmalı: verdicts in Turkish. One arm per name of EN 319 102-1; no catch-all.

use super::facts::shortfall;
use crate::error::Shortfall;
use crate::validation::{CheckName, Indication, Reason, SubIndication};

/// What it means, and what to do.
pub(in crate::messages) fn sub_indication(why: SubIndication) -> [&'static str; 2] {
    match why {
        SubIndication::FormatFailure => [
            "Dosya, imzaların biçimiyle ilgili bir kurala uymuyor.",
            "Bu imzaya güvenmeyin; imza dosyasını geldiği yerden, tek baytı değişmeden yeniden alın.",
        ],
        SubIndication::HashFailure => [
            "İçerik, imzalanan içerik değil: sonradan değiştirilmiş ya da başka bir dosya verilmiş.",
            "Bu imzaya güvenmeyin; içerikle imzanın birbirine ait olduğunu kontrol edip asıl dosyayı isteyin.",
        ],
        SubIndication::SigCryptoFailure => [
            "İmza değeri, imzacının sertifikasına uymuyor: imza sahte ya da bozuk.",
            "Bu imzaya güvenmeyin; imzacıdan yeniden imzalamasını isteyin.",
        ],
        SubIndication::Revoked => [
            "İmza atıldığında imzacının sertifikası zaten iptal edilmişti.",
            "Bu imzaya güvenmeyin; imzacıdan geçerli bir sertifikayla imzalamasını isteyin.",
        ],
        SubIndication::Expired => [
            "İmza atıldığında imzacının sertifikasının süresi zaten dolmuştu.",
            "Bu imzaya güvenmeyin; imzacıdan geçerli bir sertifikayla imzalamasını isteyin.",
        ],
        SubIndication::NotYetValid => [
            "İmza, imzacının sertifikasının geçerliliği başlamadan atılmış.",
            "Bu imzaya güvenmeyin; imzacıdan bilgisayarının saatini düzeltip yeniden imzalamasını isteyin.",
        ],
        SubIndication::NoSigningCertificateFound => [
            "İmzacının sertifikası dosyada yok ve ayrıca verilmedi ya da imza başka bir sertifikayı gösteriyor.",
            "Dosyayla birlikte imzacının sertifikasını da verip yeniden doğrulayın.",
        ],
        SubIndication::SignedDataNotFound => [
            "İçerik imza dosyasında yok ve ayrıca verilmedi.",
            "İmzayla birlikte, imzalanan dosyayı da verip yeniden doğrulayın.",
        ],
        SubIndication::SigConstraintsFailure => [
            "İmzada kuralların ya da profilin şart koştuğu bir şey, örneğin bir öznitelik ya da zaman damgası eksik.",
            "Hangi denetimin geçmediğine bakın; imzacıdan kurala uyan bir imza isteyin.",
        ],
        SubIndication::TimestampOrderFailure => [
            "İmzadaki zamanlar birbiriyle çelişiyor.",
            "İmzadaki zamanlara güvenmeyin; imzacıdan bilgisayarının saatini düzeltip yeniden imzalamasını isteyin.",
        ],
        SubIndication::CryptoConstraintsFailure => [
            "Bir algoritma ya da anahtar, kullanıldığı anda bile çok zayıftı.",
            "İmzacıdan SHA-256 ya da daha güçlü bir özetle ve yeterince uzun bir anahtarla yeniden imzalamasını isteyin.",
        ],
        SubIndication::CryptoConstraintsFailureNoPoe => [
            "Bir algoritma ya da anahtar çok zayıf ya da burada tanınmıyor; imzanın yeterince eski olduğu da kanıtlanamıyor.",
            "Varsa daha eski bir zamanın kanıtını verin; yoksa imzacıdan yeniden imzalamasını isteyin.",
        ],
        SubIndication::ChainConstraintsFailure => [
            "Zincirdeki bir sertifika kurallara uymuyor; örneğin imzacınınki nitelikli olmayabilir.",
            "Hangi denetimin geçmediğine bakın; imzacıdan uygun bir sertifikayla imzalamasını isteyin.",
        ],
        SubIndication::CertificateChainGeneralFailure => [
            "Sertifika zinciri değerlendirilemiyor.",
            "Hangi denetimin geçmediğine bakın; orada adı geçen sertifikaları ve iptal bilgisini verin.",
        ],
        SubIndication::NoCertificateChainFound => [
            "İmzacının sertifikasından, güvendiğiniz bir kök sertifikaya ulaşan bir zincir bilinmiyor.",
            "Güvendiğiniz kök sertifikayı belirtin, zincirin eksik sertifikalarını verip yeniden doğrulayın.",
        ],
        SubIndication::RevokedNoPoe => [
            "İmzacının sertifikası iptal edilmiş; imzanın iptalden önce atıldığı kanıtlanamıyor.",
            "Varsa daha eski bir zamanın kanıtını verin; yoksa imzacıdan yeniden imzalamasını isteyin.",
        ],
        SubIndication::RevokedCaNoPoe => [
            "Zincirdeki bir yayımcının sertifikası iptal edilmiş; imzanın iptalden önce atıldığı kanıtlanamıyor.",
            "Varsa daha eski bir zamanın kanıtını verin; yoksa imzacıdan yeni bir sertifikayla imzalamasını isteyin.",
        ],
        SubIndication::OutOfBoundsNotRevoked => [
            "İmzacının sertifikası iptal edilmemiş ama şu anda geçerli değil; imzanın ne zaman atıldığı kanıtlanamıyor.",
            "Varsa daha eski bir zamanın kanıtını verin; yoksa imzacıdan yeniden imzalamasını isteyin.",
        ],
        SubIndication::OutOfBoundsNoPoe => [
            "İmzacının sertifikası şu anda geçerli değil; imzanın geçerlilik süresi içinde atıldığı kanıtlanamıyor.",
            "Varsa daha eski bir zamanın kanıtını verin; yoksa imzacıdan yeniden imzalamasını isteyin.",
        ],
        SubIndication::RevocationOutOfBoundsNoPoe => [
            "Bir SİL'i (CRL) ya da ÇİSDuP (OCSP) yanıtını imzalayan sertifika şu anda geçerli değil; yanıtın daha eski olduğu kanıtlanamıyor.",
            "Daha yeni bir SİL (CRL) ya da ÇİSDuP (OCSP) yanıtı verip yeniden doğrulayın.",
        ],
        SubIndication::SignaturePolicyNotAvailable => [
            "İmza, burada bilinmeyen bir imza politikasını gösteriyor.",
            "Politikayı imzacıdan isteyin; imzayı kabul edip etmeyeceğinize politikanın metnine göre siz karar verin.",
        ],
        SubIndication::PolicyProcessingError => [
            "İmza politikası uygulanamıyor: bozuk ya da imzanın gösterdiği politika değil.",
            "Politikayı imzanın gösterdiği yerden yeniden alıp yeniden doğrulayın.",
        ],
        SubIndication::NoPoe => [
            "İmzanın, kararı belirleyen zamanda var olduğu kanıtlanamıyor.",
            "Varsa o zamanın kanıtını verin; yoksa imzacıdan yeniden imzalamasını isteyin.",
        ],
        SubIndication::TryLater => [
            "Şu anda karar vermeye yetecek kadar güncel bir iptal bilgisi yok.",
            "İmzaya henüz güvenmeyin; daha yeni bir SİL (CRL) ya da ÇİSDuP (OCSP) yanıtıyla yeniden doğrulayın.",
        ],
    }
}

/// A verdict beside which no reason stands.
pub(in crate::messages) fn indication(verdict: Indication) -> [&'static str; 2] {
    match verdict {
        Indication::TotalPassed => ["İmza geçerli.", "Bu imzaya güvenebilirsiniz; yapılacak başka bir şey yok."],
        Indication::Indeterminate => [
            "İmzanın geçerli olup olmadığı henüz söylenemiyor.",
            "Hangi denetimin geçmediğine bakın; o zamana kadar imzaya güvenmeyin.",
        ],
        Indication::TotalFailed => ["İmza geçersiz.", "Bu imzaya güvenmeyin; imzacıdan yeniden imzalamasını isteyin."],
    }
}

/// The name of a check in words.
pub(in crate::messages) fn check_name(name: CheckName) -> &'static str {
    match name {
        CheckName::Format => "biçim",
        CheckName::Version => "imzacı bölümünün sürümü",
        CheckName::Padding => "dosyanın sonundaki baytlar",
        CheckName::Content => "imzalanan içerik",
        CheckName::MessageDigest => "içeriğin özeti",
        CheckName::SignedAttributes => "imzalı öznitelikler",
        CheckName::SignedAttributesDer => "özniteliklerin kodlanışı",
        CheckName::AlgorithmProtection => "algoritma koruması",
        CheckName::Signature => "imza değeri",
        CheckName::SigningCertificate => "sertifika referansı",
        CheckName::AlgorithmPolicy => "algoritmaların gücü",
        CheckName::KeyUsage => "anahtar kullanımı",
        CheckName::Profile => "profil",
        CheckName::Path => "sertifika zinciri",
        CheckName::Revocation => "iptal denetimi",
        CheckName::Qualified => "nitelikli sertifika",
        CheckName::SignatureTimeStamp => "imza zaman damgası",
        CheckName::ContentTimeStamp => "içerik zaman damgası",
        CheckName::CadesCTimeStamp => "CAdES-C zaman damgası",
        CheckName::ReferencesTimeStamp => "referansların zaman damgası",
        CheckName::TimeOrder => "zamanların sırası",
        CheckName::References => "referanslar ve değerleri",
        CheckName::SignaturePolicy => "imza politikası",
        CheckName::GracePeriod => "kesinleşme süresi",
        CheckName::ExistedSince => "verilen zaman kanıtı",
        CheckName::ArchiveTimeStamp => "arşiv zaman damgası",
    }
}

/// Why a check did not pass, or what it noted.
pub(in crate::messages) fn reason(reason: Reason) -> &'static str {
    match reason {
        // form
        Reason::AttributeNotSingleValued => "tek değerli olması gereken bir özniteliğin değeri yok ya da birden çok",
        Reason::AttributeRepeated => "bir öznitelik iki kez var",
        Reason::AttributeWithoutValue => "bir özniteliğin değeri yok",
        Reason::SignedAttributesAbsent => "imzalı öznitelik yok",
        Reason::SignedAttributesEmpty => "imzalı öznitelikler boş",
        Reason::SignedAttributesMalformed => "imzalı öznitelikler okunamıyor",
        Reason::MessageDigestMissing => "içeriğin özeti imzalı öznitelikler arasında yok",
        Reason::MessageDigestMalformed => "imzalı özet okunamıyor",
        Reason::ContentTypeMissing => "içeriğin türü imzalı öznitelikler arasında yok",
        Reason::ContentTypeMalformed => "içeriğin imzalı türü okunamıyor",
        Reason::ContentTypeDiffers => "içeriğin imzalı türü dosyadakinden farklı",
        Reason::ContentTypeInCounterSignature => "karşı imza bir içerik türü bildiriyor",
        Reason::SigningTimeMalformed => "imza zamanı okunamıyor",
        Reason::SigningCertificateMalformed => "sertifika referansı okunamıyor",
        Reason::CounterSignatureUnreadable => "karşı imza okunamıyor",
        Reason::SignerVersionUnusual => "alışılmadık bir sürüm numarası",
        Reason::ZerosBehindTheFile => "dosyanın sonunda sıfırlar var",
        Reason::NotDerAsStored => "imzalandıkları biçimde saklanmamış",
        Reason::SignedAsStored => "standardın dışında bir biçimde imzalanmış",
        // content and value
        Reason::ContentIsSignedAttributes => "içerik, imzalı özniteliklere benziyor; bilinen bir saldırı böyle başlar",
        Reason::ContentNotOctetString => "içerik, PKCS#7 dosyalarında olduğu gibi bir OCTET STRING değil",
        Reason::ContentDiffers => "verilen içerik dosyadakiyle aynı değil",
        Reason::ContentMissing => "içerik verilmedi",
        Reason::DigestDiffers => "içerik, imzalanan içerik değil",
        Reason::ValueDoesNotFit => "değer, sertifikanın anahtarına uymuyor",
        Reason::AlgorithmMalformed => "algoritma okunamıyor",
        Reason::AlgorithmUnsupported => "algoritma burada hesaplanamıyor",
        Reason::KeyUnusable => "anahtar okunamıyor",
        Reason::TooCostly => "hesaplanması çok uzun sürer",
        Reason::AlgorithmsContradict => "algoritmalar birbiriyle çelişiyor",
        Reason::AlgorithmsDiffer => "korunan algoritmalar farklı",
        // certificate
        Reason::CertificateMissing => "sertifika yok",
        Reason::CertificateUnreadable => "sertifika okunamıyor",
        Reason::CertificateDiffers => "sertifika, imzanın gösterdiği sertifika değil",
        Reason::ReferencesContradict => "iki sertifika referansı birbiriyle çelişiyor",
        Reason::SignerIdentifierDiffers => "imzacıyı belirten bilgi başka bir sertifikaya ait",
        Reason::SigningCertificateAbsent => "imzalı öznitelikler hangi sertifikanın kullanıldığını söylemiyor",
        Reason::IssuerSerialDiffers => "referanstaki yayımcı ve seri numarası başka bir sertifikaya ait",
        // rules
        Reason::Sha1TooWeak => "SHA-1 çok zayıf",
        Reason::RsaKeyTooShort => "RSA anahtarı çok kısa",
        Reason::SigningExcluded => "sertifikanın anahtarı imzalama için değil",
        Reason::ProfileNotKept => "istenen profile uyulmamış",
        Reason::FitsNoProfile => "BTK profillerinden hiçbirine uymuyor",
        Reason::TimeStampsNotChecked => "zaman damgaları denetlenmedi",
        Reason::NotChecked => "denetlenmedi",
        // path and status
        Reason::IssuerUnknown => "zincirdeki bir sertifikanın yayımcısı bilinmiyor",
        Reason::IssuerSignatureInvalid => "zincirdeki bir sertifikayı yayımcısı imzalamamış",
        Reason::IssuerAlgorithmUnsupported => "zincirdeki bir sertifikanın imzası burada hesaplanamıyor",
        Reason::IssuerKeyUnreadable => "bir yayımcının anahtarı okunamıyor",
        Reason::IssuerNotAnAuthority => "zincirdeki bir yayımcının sertifikası, sertifika yayımlama yetkisi vermiyor",
        Reason::IssuerKeyUsage => "bir yayımcının anahtarı sertifika yayımlamak için değil",
        Reason::PathTooLong => "zincir, bir yayımcının izin verdiğinden uzun",
        Reason::CriticalExtensionUnknown => "zincirdeki bir sertifikada burada bilinmeyen kritik bir uzantı var",
        Reason::ExtensionMalformed => "zincirdeki bir uzantı okunamıyor",
        Reason::NameNotPermitted => "zincirdeki bir ad, bir yayımcının izin verdiği adların dışında",
        Reason::NameExcluded => "zincirdeki bir ad, bir yayımcının yasakladığı adlar arasında",
        Reason::NameNotComparable => "zincirdeki bir ad, bir yayımcının izin verdiği adlarla karşılaştırılamıyor",
        Reason::AnyPolicyMapped => "bir yayımcı, eşlenemeyecek bir ilkeyi eşlemiş",
        Reason::PolicyMissing => "zincirin tamamında geçerli bir ilke yok",
        Reason::CertificateDatesUnreadable => "zincirdeki bir sertifikanın tarihleri okunamıyor",
        Reason::CertificateNotYetValid => "zincirdeki bir sertifika henüz geçerli değildi",
        Reason::CertificateExpired => "zincirdeki bir sertifikanın süresi dolmuştu",
        Reason::PathSearchExceeded => "zincir araması yarıda bırakıldı",
        Reason::CertificateRevoked => "sertifika iptal edilmiş",
        Reason::AuthorityRevoked => "bir yayımcının sertifikası iptal edilmiş",
        Reason::CertificateOnHold => "bir sertifika askıya alınmış",
        Reason::StatusMissing => "zincirdeki bir sertifika için iptal bilgisi yok",
        Reason::StatusNotFresh => "iptal bilgisi güncel değil",
        Reason::StatusUnusable => "iptal bilgisi kullanılamıyor",
        Reason::StatusTooWeak => "iptal bilgisi, çok zayıf bir algoritma veya anahtarla imzalanmış",
        Reason::StatusUnknown => "ÇİSDuP (OCSP), zincirdeki bir sertifikayı tanımıyor",
        Reason::SealNotAccepted => "Mali Mühür burada kabul edilmiyor",
        Reason::PolicyNoticeMissing => "sertifikada ilke bildirimi metni yok",
        Reason::DigestTooWeak => "özet algoritması çok zayıf",
        Reason::PaddingTooWeak => "imzanın dolgusu çok zayıf",
        Reason::ProofOfCaller => "zaman, ayrıca verilen bir kanıta dayanıyor",
        Reason::ChainTooWeak => "zincirdeki bir sertifika çok zayıf bir algoritma ya da anahtarla imzalanmış",
        Reason::AnchorSignatureInvalid => "kök sertifikanın kendi imzası geçersiz",
        Reason::TimeStampsTooMany => "denetlenebilecek olandan çok zaman damgası var",
        Reason::TimeStampMalformed => "zaman damgası okunamıyor",
        Reason::ImprintNotComputed => "damgalanan özet burada hesaplanamıyor",
        Reason::ImprintDiffers => "zaman damgası başka bir şeye ait",
        Reason::HashIndexWrong => "arşiv zaman damgasının özet dizini yanlış",
        Reason::TimeStampSignatureInvalid => "zaman damgasının kendi imzası geçersiz",
        Reason::TimeStampPurposeWrong => {
            "zaman damgasının sertifikası, yalnızca zaman damgası için verilmiş bir sertifika değil"
        }
        Reason::TimeStampFromTheFuture => "zaman damgası doğrulama zamanından sonra",
        Reason::SigningTimeAfterTimeStamp => "beyan edilen imza zamanı zaman damgasından sonra",
        Reason::TimeStampsOutOfOrder => "zaman damgalarının zamanları birbiriyle çelişiyor",
        Reason::TimeStampTooLate => "zaman damgası, beyan edilen imza zamanından çok sonra alınmış",
        Reason::TimeStampMissing => "geçerli bir zaman damgası yok",
        Reason::SignaturePolicyUnknown => "imza politikası, profillerinkilerden biri değil",
        Reason::SignaturePolicyHashDiffers => "imza politikasının özeti başka bir politikaya ait",
        Reason::CertificateReferenceWeak => "sertifika referansı çok zayıf bir algoritmayla yapılmış",
        Reason::StatusOfAnotherKind => "profil, başka türden iptal bilgisi istiyor",
        Reason::ReferencesIncomplete => "referanslar ile değerler birbirine uymuyor",
        Reason::StampStatusNotInside => "dosyada, profilin istediği zaman damgası iptal bilgisi yok",
        Reason::GracePeriodOpen => "kesinleşme süresinden sonraki iptal bilgisi henüz yok",
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
