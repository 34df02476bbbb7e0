//! The Turkish for the short English facts that an error carries (`limit`, `operation`, `missing` …).
//!
//! One line per fact. A fact without a line is shown in English.

/// The fact in Turkish.
pub(in crate::messages) fn word(english: &str) -> &str {
    match english {
        // limits
        "depth" => "iç içe geçme derinliği",
        "size" => "boyut",
        "signers" => "imzacı sayısı",
        "extensions" => "uzantı sayısı",
        "certificate references" => "sertifika referanslarının sayısı",
        "revocation references" => "iptal bilgisi referanslarının sayısı",
        "certificate values" => "sertifika değerlerinin sayısı",
        "revocation values" => "iptal bilgisi değerlerinin sayısı",
        "time-stamps" => "zaman damgası sayısı",
        "hash index" => "özet dizini (ATSHashIndex)",
        "OCSP responses" => "ÇİSDuP (OCSP) yanıtındaki sertifika sayısı",
        "chain" => "zincirdeki sertifika sayısı",
        "attributes" => "öznitelik sayısı",
        "signature value" => "imza değeri",
        "iterations" => "yineleme sayısı",
        "key size" => "anahtar boyutu",
        "salt" => "tuz (salt)",
        "bags" => "PKCS#12 bölümlerinin sayısı",
        "objects on a token" => "karttaki nesne sayısı",
        // cryptography
        "seal" => "mühürleme",
        "seal key" => "mühür anahtarı",
        "drawing random octets" => "rastgele sayı üretme",
        "drawing a verification code" => "doğrulama kodu üretme",
        "private key" => "özel anahtarı okuma",
        "public key" => "açık anahtarı okuma",
        "key generation" => "anahtar üretme",
        "signing" => "imzalama",
        "digest" => "özet alma",
        // encodings
        "several PEM blocks" => "birden çok PEM bloğu var",
        "octets behind the ContentInfo" => "ContentInfo'dan sonra fazladan veri var",
        "genTime" => "damganın zamanı (genTime)",
        "accuracy" => "damga zamanının doğruluğu (accuracy)",
        "references or values that stand there twice" => "iki kez yazılmış referans ya da değer",
        "no time-stamp inside" => "içinde zaman damgası yok",
        "a time-stamp has exactly one signer" => "zaman damgasının yalnızca bir imzacısı olur",
        "version of the time-stamp" => "zaman damgasının sürümü",
        "length of the imprint" => "damgalanan özetin uzunluğu",
        "critical extension of the time-stamp" => "zaman damgasının kritik uzantısı",
        "certificate hash" => "sertifika özeti",
        "repeated extension" => "iki kez yazılmış uzantı",
        "signature algorithm" => "imza algoritması",
        "certStatus" => "sertifika durumu (certStatus)",
        "OCSP time" => "ÇİSDuP (OCSP) yanıtındaki zaman",
        "response type" => "ÇİSDuP (OCSP) yanıtının türü",
        "producedAt" => "yanıtın üretim zamanı (producedAt)",
        "octet string segment" => "OCTET STRING parçası",
        "high tag number" => "büyük etiket numarası",
        // files
        "a SHA-256 has 64 hexadecimal digits" => "SHA-256 özeti 64 onaltılık rakamdan oluşur",
        "no trust store is given" => "sertifika deposu verilmedi",
        "policy_toml holds the rules" => "kurallar policy_toml içinde verildi",
        "it is no well-formed XML" => "kurallara uygun bir XML değil",
        "a document type is not read" => "belge türü bildirimi (DOCTYPE) kabul edilmiyor",
        "it holds no root certificate" => "içinde kök sertifika yok",
        "PFX version" => "PFX sürümü",
        "it is not protected by a password" => "parolayla korunmuyor",
        "a part that is not protected by a password" => "parolayla korunmayan bir bölüm var",
        "a key does not belong to its certificate or token" => "bir anahtar, sertifikasına ya da token'a ait değil",
        "it is no token file of a version that is known here" => "bilinen bir sürümün token dosyası değil",
        "it is damaged" => "dosya bozuk",
        "it is cut short or not a token file" => "yarım kalmış ya da token dosyası değil",
        "its number of iterations is outside of the limits" => "yineleme sayısı sınırların dışında",
        "its tries are not countable" => "deneme sayacı okunamıyor",
        "a field has the wrong length" => "bir alanın uzunluğu yanlış",
        // arguments
        "it is longer than 1024 octets" => "1024 bayttan uzun",
        "it lies before 1970" => "1970 yılından önce",
        "SHA-1 is too weak for new signatures" => "SHA-1 yeni imzalar için çok zayıf",
        "new signatures are made with SHA-256, SHA-384 or SHA-512" => {
            "yeni imzalar SHA-256, SHA-384 ya da SHA-512 ile atılır"
        }
        "the key is bound to another one" => "anahtar başka bir özet algoritmasına bağlı",
        "not an object identifier" => "nesne tanımlayıcısı (OID) değil",
        "there is no signer with this number" => "bu numarada imzacı yok",
        "what is added as an attribute is none" => "öznitelik olarak eklenen veri öznitelik değil",
        "an addition is not one element of ASN.1" => "eklenen veri tek bir ASN.1 öğesi değil",
        "an archive-time-stamp v2 covers certificates and revocation data whole" => {
            "bir arşiv zaman damgası (v2), sertifikaların ve iptal bilgilerinin tamamını kapsıyor"
        }
        "it is empty" => "boş bırakılmış",
        "it must be 1000 to 10000000" => "1000 ile 10000000 arasında olmalıdır",
        "it must have eleven digits" => "11 haneli olmalıdır",
        "it is longer than memory can be" => "belleğin alabileceğinden uzun",
        // token
        "sign" => "imzalama",
        "change PIN" => "PIN değiştirme",
        "unblock PIN" => "PIN kilidini çözme",
        "PIN entry in the application" => "PIN'in uygulamada girilmesi (PIN, okuyucunun tuş takımında girilir)",
        "PIN entry on the device" => "PIN'in okuyucunun tuş takımında girilmesi",
        "old and new are both typed into the application, or both on the device" => {
            "eskisi de yenisi de aynı yerde girilmelidir: ya uygulamada ya da okuyucunun tuş takımında"
        }
        "it is not that of the algorithm" => "imza algoritması başka bir özet kullanıyor",
        "x86 (32-bit Intel)" => "x86 (32 bit Intel)",
        "x86_64 (64-bit Intel)" => "x86_64 (64 bit Intel)",
        "arm (32-bit Arm)" => "arm (32 bit Arm)",
        "aarch64 (64-bit Arm)" => "aarch64 (64 bit Arm)",
        "another processor" => "başka bir işlemci",
        "it does not begin with pkcs11:" => "pkcs11: ile başlamıyor",
        "it does not begin with file:" => "file: ile başlamıyor",
        "it begins neither with pkcs11: nor with file:" => "ne pkcs11: ne de file: ile başlıyor",
        "this program was built without PKCS#11" => "bu program PKCS#11 desteği olmadan derlenmiş",
        "this program was built without software tokens" => "bu program yazılım token'ı desteği olmadan derlenmiş",
        "an attribute has no value" => "bir alanın değeri yok",
        "an attribute is there twice" => "bir alan iki kez verilmiş",
        "% is not followed by two hexadecimal digits" => "% işaretinden sonra iki onaltılık rakam yok",
        "a value is not UTF-8" => "bir değer UTF-8 değil",
        "slot-id is not a number" => "slot-id bir sayı değil",
        "an attribute is not known" => "bilinmeyen bir alan var",
        "it has no time zone" => "saat dilimi belirtilmemiş",
        "it has not 11 digits" => "11 haneli değil",
        "it has not 32 octets" => "uzunluğu 32 bayt değil",
        "it was used already" => "daha önce kullanıldı",
        "its length does not fit the algorithm" => "uzunluğu algoritmaya uymuyor",
        "its name is not known" => "adı bilinmiyor",
        "there is no such one" => "böyle bir öğe yok",
        "it is NULL" => "NULL verildi",
        "it is for another certificate" => "başka bir sertifika için hazırlanmış",
        "it must have 32 octets" => "uzunluğu 32 bayt olmalıdır",
        "it has no code" => "içinde kod yok",
        "a file has no keypad" => "bir dosyanın tuş takımı yoktur",
        "there is nothing to sign" => "imzalanacak bir şey yok",
        "it has no receipt" => "içinde alındı belgesi yok",
        "it was not rejected" => "reddedilmemiş",
        "it needs a receipt or a rejection" => "alındı belgesi ya da ret nedeni gerekir",
        "rejection" => "ret nedeni",
        "the service gave none" => "hizmet yanıt vermedi",
        "it has its own portal" => "hizmetin kendi portalı var",
        // what a certificate lacks
        "its begin" => "başlangıç zamanı",
        "its end" => "bitiş zamanı",
        "compliance-missing" => "nitelikli sertifika beyanı yok",
        "turkish-statement-missing" => "5070 sayılı Kanuna göre nitelikli olduğu beyanı yok",
        "authority" => "bir sertifika hizmet sağlayıcısının sertifikası",
        "non-repudiation-missing" => "inkâr edilemezlik (nonRepudiation) kullanımı yok",
        "not-personal" => "bir kişinin imza sertifikası değil",
        "usage-restricted" => "kullanım kısıtı var",
        "extension-repeated" => "bir uzantısı iki kez yazılmış",
        "extension-unknown" => "burada bilinmeyen kritik bir uzantısı var",
        "extension-unreadable" => "bir uzantısı okunamıyor",
        "key-weak" => "anahtarı çok kısa",
        "signature-weak" => "zayıf bir algoritmayla imzalanmış",
        // consent record and receipt
        "record size" => "onay kaydının boyutu",
        "message size" => "iletinin boyutu",
        "issued code" => "verilen kod",
        "redeemed code" => "kodun açtığı istek",
        "submission" => "gönderilen onay",
        "status" => "durum",
        "receipt size" => "alındı belgesinin boyutu",
        "texts" => "onay metinleri",
        "documents" => "belgeler",
        "declarations" => "onaylanacak beyanlar",
        "session" => "oturum",
        "nonce" => "rastgele sayı",
        "person" => "kişi",
        "the application's own service says so" => "uygulamanın kendi hizmeti böyle bildiriyor",
        "its seal cannot sign now" => "hizmetin mührü şu anda imza atamıyor",
        "page" => "sayfa",
        "consent record" => "onay kaydı",
        "receipt" => "alındı belgesi",
        "version" => "sürüm",
        "form" => "biçim",
        "revokes" => "geri alınan onay",
        "request" => "istek",
        "kind" => "onay türü",
        "record" => "onay kaydı",
        "schema" => "şema",
        "masked" => "kişisel verileri maskelenmiş",
        "ticked" => "işaretlenen beyanlar",
        "digests" => "özet değerleri",
        "moments" => "zamanlar",
        "revocation" => "geri alma notu",
        "way" => "onayın verilme yolu",
        "least_reading_seconds" => "en kısa okuma süresi",
        "signature" => "imza",
        "signatures" => "imzalar",
        "service" => "hizmet",
        "content" => "içerik",
        "the service offers no such consent" => "hizmet böyle bir onay sunmuyor",
        // steps of a consent
        "the text has to be shown first" => "önce metin gösterilmelidir",
        "every text has to be read first" => "önce her metin okunmalıdır",
        "what was prepared has changed; it has to be prepared again" => {
            "hazırlananlar değişti, yeniden hazırlanmalıdır"
        }
        "the texts have to be signed first" => "önce metinler imzalanmalıdır",
        "it is signed already; only handing it in is left" => "onay zaten imzalandı, yalnızca gönderilmesi kaldı",
        "it was handed in; ask for its status" => "onay gönderildi, durumu sorgulanmalıdır",
        "it was accepted already; for another one, a new code is needed" => {
            "onay zaten kabul edildi, başka bir onay için yeni kod gerekir"
        }
        "a consent stands already; to end it, a code for a revocation is needed" => {
            "onay zaten verilmiş, sona erdirmek için geri alma kodu gerekir"
        }
        other => other,
    }
}

/// Names of structures, algorithms and standards, the same in every language.
#[cfg(test)]
pub(in crate::messages) const NAMES: &[&str] = &["AES-256-GCM", "AES-CBC", "CMS", "PFX", "RSA-PSS", "eContent"];

/// Several facts in one line.
pub(super) fn words(english: &[&'static str]) -> String {
    english.iter().map(|fact| word(fact)).collect::<Vec<_>>().join(", ")
}
