//! Ne oldu: what happened, with the facts. One arm per error, in the order of `error.rs`.

use std::io;
use std::path::Path;

use super::excluded::{excluded, shortfalls};
use super::facts;
use crate::clock::Time;
use crate::error::Error;
use crate::secret::SecretKind;

pub(in crate::messages) fn happened(error: &Error) -> String {
    match error {
        // 1: input, output, encodings, arguments
        Error::Asn1Malformed { what, offset } => {
            format!("Veri bozuk ya da beklenen türde değil: {what} okunamadı (bayt konumu: {offset}).")
        }
        Error::LimitExceeded { limit } => {
            format!("Girdi, kötü niyetli verilere karşı konmuş bir sınırı aşıyor ({}).", facts::limit(*limit))
        }
        Error::InputUnreadable { path, source } => format!("{} okunamadı{}.", the_file(path), because(source)),
        Error::OutputUnwritable { path, source } => {
            format!("{} yazılamadı{}; önceki içeriğe dokunulmadı.", the_file(path), because_of_place(source))
        }
        Error::TextNotUtf8 { offset } => format!("Metin UTF-8 değil (uymayan baytın konumu: {offset})."),
        Error::AlgorithmUnsupported { algorithm } => format!(
            "{algorithm} algoritması burada hesaplanamıyor; bu, imzanın sahte veya geçersiz olduğu anlamına gelmez."
        ),
        Error::CryptoFailed { operation } => {
            format!("Kriptografi kütüphanesi bir işlemi reddetti ({}).", facts::crypto_operation(*operation))
        }
        Error::ArgumentInvalid { argument, reason } => {
            format!("“{argument}” parametresi kullanılamıyor: {}.", facts::argument_fault(*reason))
        }
        Error::ContentChanged => "İçerik okunurken değişti.".into(),
        Error::Cancelled => "İşlem, sonuç doğurmadan iptal edildi.".into(),
        Error::Internal { what, .. } => format!("Kütüphanedeki bir hata, zarar vermeden yakalandı ({what})."),
        Error::EncodingUnreadable { what } => {
            format!("PEM veya base64 metni çözülemedi (beklenen: {what}).")
        }
        Error::TimeInvalid { given, .. } => format!("“{given}” okunabilir bir zaman değil (RFC 3339)."),
        Error::JsonMalformed { what, source } => format!(
            "JSON beklendiği gibi okunamadı ({}; satır {}, sütun {}).",
            facts::json_form(*what),
            source.line(),
            source.column()
        ),
        Error::PolicyMalformed { line, text, .. } => {
            format!("Doğrulama kuralları (TOML) okunamadı; satır {line}: “{text}”.")
        }

        // 2: token
        Error::TokenAbsent => "Kullanılabilir bir akıllı kart bulunamadı.".into(),
        Error::TokensSeveral { tokens } => {
            format!("Birden çok kart takılı ve hangisinin kullanılacağı seçilmedi: {}.", tokens.join("; "))
        }
        Error::TokenUnknown { address } => format!("“{address}” adresinde bir kart yok."),
        Error::TokenRemoved => "Kart çıkarıldı ya da yerine başka bir kart takıldı.".into(),
        Error::TokenAddressInvalid { reason } => {
            format!("Kart adresi okunamadı (RFC 7512): {}.", facts::address_fault(*reason))
        }
        Error::TokenAddressHoldsPin => {
            "Kart adresi bir PIN içeriyor ya da PIN'in yerini gösteriyor; bu adres kullanılmadı.".into()
        }
        Error::TokenBusy => "Kart şu anda başka bir program veya bu programdaki başka bir işlem tarafından \
                             kullanılıyor."
            .into(),
        Error::TokenCannot { operation } => format!("Bu kart istenen işlemi desteklemiyor ({}).", facts::token_operation(*operation)),
        Error::ModuleMissing { path } => format!("PKCS#11 modülü yerinde yok: {}.", path.display()),
        Error::ModuleUnusable { path, .. } => {
            format!("{} dosyası bir PKCS#11 modülü değil ya da yüklenemiyor.", path.display())
        }
        Error::ModuleArchitecture { path, found, needed } => format!(
            "PKCS#11 modülünün mimarisi bu programa uymuyor: {} (modül: {}; gereken: {}).",
            path.display(),
            facts::processor(*found),
            facts::processor(*needed)
        ),
        Error::ModuleFailed { function, value } => {
            format!("Kartın sürücüsü hata verdi: {function} çağrısının yanıtı {value}.")
        }
        Error::HostHoldsLogin => "Uygulama kartta zaten oturum açmış; bu yüzden PIN sınanamadı.".into(),
        Error::KeyAbsent => "Sertifikanın özel anahtarı bu kartta değil.".into(),
        Error::TokenSignatureInvalid => {
            "Kartın ürettiği imza sertifikayla uyuşmuyor; bu imza kullanılmadı ve silindi.".into()
        }
        Error::ModuleEndedProcess => "PKCS#11 modülü çöktü ya da kendisini kullanan programı sonlandırdı.".into(),
        Error::ModuleSilent { seconds } => {
            format!("PKCS#11 modülü {seconds} saniye içinde yanıt vermedi. Hiçbir deneme hakkı harcanmadı.")
        }
        Error::TokenFileMalformed { reason } => {
            format!("Dosya, bu sürümün okuyabildiği bir yazılım token'ı değil: {}.", facts::token_file_fault(*reason))
        }
        Error::TokenFileExists { path } => {
            format!("Bu adda bir dosya zaten var, ona dokunulmadı: {}.", path.display())
        }
        Error::Pkcs12Malformed { reason } => {
            format!("Dosya PKCS#12 olarak okunamadı: {}.", facts::pkcs12_fault(*reason))
        }
        Error::Pkcs12PasswordWrong => "PKCS#12 dosyasının parolası yanlış ya da dosya değiştirilmiş.".into(),
        Error::Pkcs12KeyAbsent => "PKCS#12 dosyasında özel anahtar ya da ona ait sertifika yok.".into(),
        Error::TryNotGivenBack { .. } => {
            "Bir deneme hakkı sayıldı, ama token dosyası yazılamadığı için geri verilemedi. Girilen bilgi reddedilmedi; başka bir şey değişmedi.".into()
        }
        Error::PcscAbsent => "Bu sistemde kart okuyuculara erişmek için gereken PC/SC yok.".into(),
        Error::PcscStopped => "Sistemin akıllı kart hizmeti çalışmıyor.".into(),
        Error::ReaderUnknown { reader } => format!("Bu adda bir kart okuyucu yok: {reader}."),
        Error::ReaderFailed { reader, .. } => format!("Kart okuyucuya erişilemedi: {reader}."),
        Error::CardAbsent { reader } => format!("Kart okuyucuda kart yok: {reader}."),
        Error::CardUnknown { atr } => format!("Kartın türü burada tanınmıyor (ATR {atr})."),
        Error::CardFailed { operation, status } => {
            format!("Kart işlemi reddetti: {} (durum {status:04X}).", facts::card_operation(*operation))
        }
        Error::CardNeedsModule => {
            "Kart yalnızca korumalı komutları kabul ediyor; bunun için kart üreticisinin modülü gerekir.".into()
        }
        Error::CardCommandsUnconfirmed { operation } => {
            format!("Bu kart türünün komutları doğrulanmış değil: {}. Karta hiçbir şey gönderilmedi.", facts::card_operation(*operation))
        }
        Error::CardProfileMalformed { line, text, .. } => {
            format!("Kart türünün tanımı (TOML) okunamadı; satır {line}: “{text}”.")
        }

        // 3: secrets
        Error::SecretEmpty { secret } => format!("{} girilmedi.", name(*secret)),
        Error::SecretTooLong { secret, limit } => {
            format!("{} çok uzun: en fazla {limit} bayt olabilir.", name(*secret))
        }
        Error::SecretCharacters { secret } => {
            format!("{} kabul edilmeyen karakterler içeriyor.", name(*secret))
        }
        Error::SecretLooksLikeVerificationCode { secret } => format!(
            "{} olarak girilen değer 15 haneli ve portalın doğrulama koduna benziyor; karta gönderilmedi.",
            name(*secret)
        ),
        Error::VerificationCodeMalformed => "Doğrulama kodu tam 15 haneli olmalı; girilen değer buna uymuyor.".into(),
        Error::ConfirmationCodeMalformed => {
            "SMS ile gelen onay kodu 4 ile 10 hane arasında olur; girilen değer buna uymuyor.".into()
        }

        // 3.1: what an attempt came to
        Error::PinFormRefused { secret } => {
            format!(
                "{0} karta iletildi; kart, {0} uzunluğunun ya da karakterlerinin uygun olmadığını bildirdi.",
                name(*secret)
            )
        }
        Error::PinIncorrect { tries_left } => match tries_left {
            Some(0) => "PIN yanlış ve deneme hakkı kalmadı: PIN kilitlendi.".into(),
            Some(1) => "PIN yanlış; tek deneme hakkı kaldı, bir yanlış giriş daha PIN'i kilitler.".into(),
            Some(left) => format!("PIN yanlış; {left} deneme hakkı kaldı."),
            None => "PIN yanlış; kart, kaç deneme hakkı kaldığını bildirmiyor.".into(),
        },
        Error::PinBlocked => "PIN, çok sayıda yanlış giriş nedeniyle kilitli.".into(),
        Error::PinFinalTry => {
            "Bu, PIN kilitlenmeden önceki son deneme olabilir; bu yüzden PIN karta gönderilmedi.".into()
        }
        Error::PinLengthUnusual { secret, min, max } => {
            let name = name(*secret);
            format!(
                "Kartın bildirdiği {name} uzunluğu {min} ile {max} karakter arasında; girilen {name} karta gönderilmedi."
            )
        }
        Error::PinNotSet => "Bu kartta henüz PIN oluşturulmamış.".into(),
        Error::PinAnswerLost { .. } => "Kartın yanıtı alınamadı: bu denemenin sayılıp sayılmadığı bilinmiyor.".into(),
        Error::PinExpired => "Kart, PIN'in kullanılmadan önce değiştirilmesi gerektiğini bildirdi.".into(),
        Error::PinNewRefused => "Kart yeni PIN'i kabul etmedi.".into(),
        Error::PukIncorrect { tries_left } => match tries_left {
            Some(0) => "PUK yanlış ve deneme hakkı kalmadı: kartın kilidi artık çözülemez.".into(),
            Some(1) => "PUK yanlış; tek deneme hakkı kaldı, bir yanlış PUK daha kartı kalıcı olarak kullanılmaz \
                        hâle getirebilir."
                .into(),
            Some(left) => format!(
                "PUK yanlış; {left} deneme hakkı kaldı, bunlar da biterse kart kalıcı olarak kullanılmaz hâle gelebilir."
            ),
            None => "PUK yanlış; kart, kaç deneme hakkı kaldığını bildirmiyor. Yanlış PUK girişleri kartı kalıcı \
                     olarak kullanılmaz hâle getirebilir."
                .into(),
        },
        Error::PukBlocked => "PUK kilitli: bu kartın kilidi artık çözülemez.".into(),
        Error::PukFinalTry => "Bu, PUK için son deneme olabilir; bu yüzden PUK karta gönderilmedi. Yanlış bir PUK \
                               kartı kalıcı olarak kullanılmaz hâle getirebilir."
            .into(),
        Error::PinNeeded => "Kart PIN istiyor, ancak PIN girilmedi; karta hiçbir şey gönderilmedi.".into(),
        Error::KeyPinNeeded => {
            "Bu anahtarın kendine ait bir PIN'i var ve o PIN girilmedi; karta hiçbir şey gönderilmedi.".into()
        }
        Error::KeyRefusedPin => {
            "Kart PIN'i kabul etti, ancak anahtar reddetti: bu anahtarın kendine ait bir PIN'i olabilir.".into()
        }
        Error::KeyPinIncorrect { tries_left } => match tries_left {
            Some(left) => format!("Anahtarın kendi PIN'i yanlış; kalan deneme hakkı: {left}."),
            None => "Anahtarın kendi PIN'i yanlış; kart, kaç deneme hakkı kaldığını bildirmiyor.".into(),
        },
        Error::KeyPinBlocked => "Anahtarın kendi PIN'i, çok sayıda yanlış giriş nedeniyle kilitli.".into(),
        Error::KeyPinFinalTry => {
            "Bu, anahtarın kendi PIN'i kilitlenmeden önceki son deneme olabilir; bu yüzden PIN karta gönderilmedi."
                .into()
        }
        Error::AttemptMemoryUnusable { path, source } => format!(
            "Kart, kaç deneme hakkı kaldığını bildirmiyor ve yanlış girişlerin tutulduğu {} dosyası kullanılamıyor{}; \
             PIN gönderilmedi.",
            path.display(),
            because_of_place(source)
        ),

        // 4: certificate
        Error::CertificateMalformed { field } => format!("Sertifika okunamadı ({}).", facts::certificate_field(*field)),
        Error::CertificateNoneFits { seen } if seen.is_empty() => "Hiç sertifika bulunamadı.".into(),
        Error::CertificateNoneFits { seen } => format!("Uygun sertifika yok: {}.", excluded(seen)),
        Error::CertificatesSeveral { subjects } => {
            format!("Birden çok uygun sertifika var ve biri seçilmedi: {}.", subjects.join("; "))
        }
        Error::CertificateExpired { not_after } => {
            format!("Sertifikanın süresi doldu; bitiş: {}.", at(*not_after))
        }
        Error::CertificateNotYetValid { not_before } => {
            format!("Sertifika henüz geçerli değil; başlangıç: {}.", at(*not_before))
        }
        Error::CertificateCannotSign => "Bu sertifika imza atmak için verilmemiş (anahtar kullanımı alanına göre).".into(),
        Error::CertificateNotQualified { reasons } if reasons.is_empty() => {
            "Bu, nitelikli elektronik sertifika (NES) değil.".into()
        }
        Error::CertificateNotQualified { reasons } => {
            format!("Sertifika, nitelikli elektronik sertifika (NES) olarak kullanılamaz: {}.", shortfalls(reasons))
        }
        Error::CertificateOtherPerson => "Sertifika, işlemi başlatan kişiye değil başka birine ait.".into(),
        Error::CertificateIssuerUnknown => "Sertifikayı veren kuruluş, burada kabul edilenler arasında değil.".into(),
        Error::TrustStoreMalformed { reason, .. } => {
            format!("Sertifika deposu (SertifikaDeposu.xml) okunamadı: {}.", facts::trust_store_fault(*reason))
        }

        // 5: signature
        Error::SignatureNotSignedData => "Veri bir CAdES veya CMS imzası (SignedData) değil.".into(),
        Error::SignatureMalformed { what } => format!("İmzanın yapısı kurala uymuyor ({}).", facts::signature_fault(*what)),
        Error::SignatureAbsent => "Dosyada imza yok.".into(),
        Error::ContentMissing => "Bu imza, imzalanan içerikten ayrı tutuluyor; içerik ise verilmedi.".into(),
        Error::ContentDiffers => "İçerik, imzanın ait olduğu içerikle aynı değil.".into(),
        Error::SignatureValueInvalid => "İmza değeri, imzalanması gereken veriyle uyuşmuyor.".into(),
        Error::StateMalformed => "Saklanan imza durumu okunamadı.".into(),
        Error::StateAltered => "Saklanan imza durumu değiştirilmiş ya da başka bir anahtarla mühürlenmiş.".into(),
        Error::StateExpired { expiry } => {
            format!("Saklanan imza durumunun süresi doldu; bitiş: {}.", at(*expiry))
        }
        Error::StatePurpose => "Saklanan imza durumu başka bir amaç için hazırlanmış.".into(),
        Error::StateCertificate => "Saklanan imza durumu başka bir sertifika için hazırlanmış.".into(),

        // 7: consent
        Error::ConsentTextEmpty => "Onay metni boş.".into(),
        Error::ConsentTextTooLarge { limit } => {
            format!("Onay metni çok uzun: en fazla {limit} bayt olabilir.")
        }
        Error::ConsentTextHiddenCharacter { offset, character } => {
            format!(
                "Onay metninde ya da onunla gösterilenlerde gizli bir karakter var (U+{character:04X}, bayt konumu: {offset})."
            )
        }
        Error::CodeUnknown => "Böyle bir doğrulama kodu yok.".into(),
        Error::CodeExpired => "Doğrulama kodunun süresi doldu.".into(),
        Error::CodeUsed => "Bu doğrulama kodu daha önce kullanılmış.".into(),
        Error::CodeOtherPurpose => "Bu doğrulama kodu başka bir işlem için verilmiş.".into(),
        Error::CodeGuessesExceeded => {
            "Çok sayıda yanlış doğrulama kodu girildi; bir süre yeni kod kabul edilmeyecek.".into()
        }
        Error::ConsentOrder { missing } => {
            format!("Bu adım şu anda atılamaz: {}.", facts::missing_step(*missing))
        }
        Error::ConsentExpired => "Bu onay için tanınan süre doldu.".into(),
        Error::ConsentCancelled => "Onay işlemi iptal edildi.".into(),
        Error::ConsentReadTooShort { seconds } => {
            format!("Onay metninin {seconds} saniye daha ekranda kalması gerekiyor.")
        }
        Error::ConsentDeclarationMissing { index } => {
            format!("{}. beyan işaretlenmedi.", index.saturating_add(1))
        }
        Error::ConsentRejected { reason, .. } => format!("İmzalananlar kabul edilmedi: {}.", facts::rejection(*reason)),
        Error::ConsentOutcomeUnknown { .. } => {
            "Yanıt alınamadı: onayın kabul edilip edilmediği henüz bilinmiyor.".into()
        }
        Error::ConsentUnknown => "Böyle bir onay kaydı yok.".into(),
        Error::ConsequencesNotAcknowledged => {
            "Onayı geri almanın sonuçlarını anlatan uyarı okunup kabul edilmedi.".into()
        }
        Error::RecordMalformed { field } => {
            format!("Onay isteği ya da kaydı belirlenen biçimde değil ({}).", facts::record_part(*field))
        }
        Error::ReceiptInvalid { what } => format!("Alındı belgesi geçerli değil ({}).", facts::receipt_part(*what)),

        // 9: services
        Error::ServiceUnreachable { .. } => "Hizmete ulaşılamıyor.".into(),
        Error::ServiceRefused { reason } => format!("Hizmet, isteği reddetti: {}.", facts::refusal(reason)),
        Error::ServiceFailed { .. } => "Hizmetle iletişim başarısız oldu: hizmetin yanıtı kullanılamıyor.".into(),
    }
}

fn name(secret: SecretKind) -> &'static str {
    match secret {
        SecretKind::Pin => "PIN",
        SecretKind::Puk => "PUK",
        SecretKind::VerificationCode => "Doğrulama kodu",
        SecretKind::ConfirmationCode => "SMS ile gelen onay kodu",
        SecretKind::Password => "Parola",
    }
}

pub(super) fn at(time: Time) -> String {
    format!("{} (İstanbul)", time.istanbul())
}

fn the_file(path: &Path) -> String {
    if path.as_os_str().is_empty() { "Girdi".into() } else { format!("{} dosyası", path.display()) }
}

/// The system's reasons that people meet, in our words; the others stay in the source.
fn because(source: &io::Error) -> &'static str {
    match source.kind() {
        io::ErrorKind::NotFound => " (böyle bir dosya veya klasör yok)",
        io::ErrorKind::PermissionDenied => " (izin yok)",
        io::ErrorKind::IsADirectory => " (bu bir klasör)",
        io::ErrorKind::StorageFull => " (disk dolu)",
        io::ErrorKind::ReadOnlyFilesystem => " (disk salt okunur)",
        _ => "",
    }
}

/// Where something is to be written, what is not there is the folder.
fn because_of_place(source: &io::Error) -> &'static str {
    match source.kind() {
        io::ErrorKind::NotFound => " (bulunacağı klasör yok)",
        _ => because(source),
    }
}
