//! Karar ne anlama gelir, şimdi ne yapmalı: verdicts in Turkish. One arm per name of EN 319 102-1; no catch-all.

use crate::validation::{Indication, SubIndication};

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
            "Zincirdeki bir kuruluş sertifikası iptal edilmiş; imzanın iptalden önce atıldığı kanıtlanamıyor.",
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
            "Bir CRL'yi ya da OCSP yanıtını imzalayan sertifika şu anda geçerli değil; yanıtın daha eski olduğu kanıtlanamıyor.",
            "Daha yeni bir CRL ya da OCSP yanıtı verip yeniden doğrulayın.",
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
            "Şu anda karar vermeye yetecek kadar yeni bir iptal bilgisi yok.",
            "İmzaya henüz güvenmeyin; daha yeni bir CRL ya da OCSP yanıtıyla yeniden doğrulayın.",
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

/// The name of a check in words. One without a line is shown as it stands.
pub(in crate::messages) fn check_name(name: &str) -> &str {
    match name {
        "format" => "biçim",
        "version" => "imzacı bölümünün sürümü",
        "padding" => "dosyanın sonundaki baytlar",
        "content" => "imzalanan içerik",
        "message-digest" => "içeriğin özeti",
        "signed-attributes-der" => "özniteliklerin kodlanışı",
        "algorithm-protection" => "algoritma koruması",
        "signature" => "imza değeri",
        "signing-certificate" => "sertifikaya gönderme",
        "algorithm-policy" => "algoritmaların gücü",
        "key-usage" => "anahtar kullanımı",
        "profile" => "profil",
        "path" => "sertifika zinciri",
        "revocation" => "iptal denetimi",
        "qualified" => "nitelikli sertifika",
        "signature-time-stamp" => "imza zaman damgası",
        "archive-time-stamp" => "arşiv zaman damgası",
        other => other,
    }
}

/// Why a check did not pass, or what it noted. A reason without a line is shown as it stands.
pub(in crate::messages) fn reason(name: &str) -> &str {
    match name {
        // form
        "attribute-not-single-valued" => "tek değerli olması gereken bir özniteliğin değeri yok ya da birden çok",
        "attribute-repeated" => "bir öznitelik iki kez var",
        "attribute-without-value" => "bir özniteliğin değeri yok",
        "signed-attributes-absent" => "imzalı öznitelik yok",
        "signed-attributes-empty" => "imzalı öznitelikler boş",
        "signed-attributes-malformed" => "imzalı öznitelikler okunamıyor",
        "message-digest-missing" => "içeriğin özeti imzalı öznitelikler arasında yok",
        "message-digest-malformed" => "imzalı özet okunamıyor",
        "content-type-missing" => "içeriğin türü imzalı öznitelikler arasında yok",
        "content-type-malformed" => "içeriğin imzalı türü okunamıyor",
        "content-type-differs" => "içeriğin imzalı türü dosyadakinden farklı",
        "content-type-in-counter-signature" => "karşı imza bir içerik türü bildiriyor",
        "signing-time-malformed" => "imza zamanı okunamıyor",
        "signing-certificate-malformed" => "sertifikaya gönderme okunamıyor",
        "counter-signature-unreadable" => "karşı imza okunamıyor",
        "signer-version-unusual" => "alışılmadık bir sürüm numarası",
        "zeros-behind-the-file" => "dosyanın sonunda sıfırlar var",
        "not-der-as-stored" => "imzalandıkları biçimde saklanmamış",
        "signed-as-stored" => "standardın dışında bir biçimde imzalanmış",
        // content and value
        "content-is-signed-attributes" => "içerik, imzalı özniteliklere benziyor; bilinen bir saldırı böyle başlar",
        "content-differs" => "verilen içerik dosyadakiyle aynı değil",
        "content-missing" => "içerik verilmedi",
        "digest-differs" => "içerik, imzalanan içerik değil",
        "value-does-not-fit" => "değer, sertifikanın anahtarına uymuyor",
        "algorithm-malformed" => "algoritma okunamıyor",
        "algorithm-unsupported" => "algoritma burada hesaplanamıyor",
        "algorithms-contradict" => "algoritmalar birbiriyle çelişiyor",
        "algorithms-differ" => "korunan algoritmalar farklı",
        // certificate
        "certificate-missing" => "sertifika yok",
        "certificate-differs" => "sertifika, gönderme yapılan sertifika değil",
        "references-contradict" => "iki gönderme birbiriyle çelişiyor",
        "signer-identifier-differs" => "imzacının adı ve numarası başka bir sertifikanınki",
        "signing-certificate-absent" => "imzalı öznitelikler hangi sertifikanın kullanıldığını söylemiyor",
        "issuer-serial-differs" => "göndermedeki yayımcı ve seri numarası başka bir sertifikanınki",
        // rules
        "sha1-too-weak" => "SHA-1 çok zayıf",
        "rsa-key-too-short" => "RSA anahtarı çok kısa",
        "signing-excluded" => "sertifikanın anahtarı imzalama için değil",
        "profile-not-kept" => "istenen profile uyulmamış",
        "fits-no-profile" => "BTK profillerinden hiçbirine uymuyor",
        "time-stamps-not-checked" => "zaman damgaları denetlenmedi",
        "not-checked" => "denetlenmedi",
        other => super::words::word(other),
    }
}
