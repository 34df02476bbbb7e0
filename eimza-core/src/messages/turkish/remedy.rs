//! Ne yapmalı: what to do now. One arm per error, in the order of `error.rs`. No remedy invites anybody to guess.

use crate::error::Error;
use crate::messages::only_not_chosen;
use crate::secret::SecretKind;

pub(in crate::messages) fn remedy(error: &Error) -> &'static str {
    match error {
        // 1: input, output, encodings, arguments
        Error::Asn1Malformed { .. } => "Veriyi geldiği yerden yeniden alın; sorun sürerse veriyi hazırlayana bildirin.",
        Error::LimitExceeded { .. } => {
            "Verinin nereden geldiğini kontrol edin; güvenilirse hazırlayandan daha küçük veya daha sade bir dosya isteyin."
        }
        Error::InputUnreadable { .. } => "Dosya yolunu ve okuma izninizi kontrol edip yeniden deneyin.",
        Error::OutputUnwritable { .. } => {
            "Klasörün var olduğunu, yazma izninizi ve diskte yer kaldığını kontrol edip yeniden deneyin."
        }
        Error::TextNotUtf8 { .. } => "Metni UTF-8 olarak kaydedip o dosyayı kullanın.",
        Error::AlgorithmUnsupported { .. } => {
            "Bu algoritmayı tanıyan bir program kullanın; yeni imzalarda RSA ya da ECDSA (P-256, P-384, P-521) \
             anahtarlı bir sertifika seçin."
        }
        Error::CryptoFailed { .. } => {
            "Sorun yinelenirse hangi işlemde ve hangi dosyada olduğunu uygulamanın geliştiricisine bildirin."
        }
        Error::ArgumentInvalid { .. } => {
            "Parametreyi kütüphaneyi çağıran yerde düzeltin; geçerli değerler belgelerde yazılıdır."
        }
        Error::ContentChanged => "Dosyaya yazan programları kapatıp baştan başlayın.",
        Error::Cancelled => "Hiçbir şey imzalanmadı ve değişmedi; dilediğiniz zaman yeniden başlayabilirsiniz.",
        Error::Internal { .. } => {
            "Lütfen sürümü ve o sırada ne yaptığınızı belirterek bildirin; PIN, kod ve kişisel veri yazmayın."
        }
        Error::EncodingUnreadable { .. } => {
            "Metni eksiksiz olarak, varsa BEGIN ve END satırlarıyla birlikte yeniden kopyalayın."
        }
        Error::TimeInvalid { .. } => "Zamanı 2026-06-15T12:00:30Z ya da 2026-06-15T15:00:30+03:00 biçiminde yazın.",
        Error::JsonMalformed { .. } => "JSON'u belirtilen yerde düzeltin ya da dosyayı hazırlayandan yeniden alın.",
        Error::PolicyMalformed { .. } => {
            "Belirtilen kuralı düzeltin; kuralın adı belgelerde yazılı olanlardan biri olmalıdır."
        }

        // 2: token
        Error::TokenAbsent => {
            "Kartı takın; kart okuyucunun bağlı, kart sürücüsünün kurulu olduğunu kontrol edip yeniden deneyin."
        }
        Error::TokensSeveral { .. } => "Birini adresiyle seçin ya da diğerlerini çıkarın.",
        Error::TokenUnknown { .. } => "Takılı kartları listeleyip adresi oradan kopyalayın.",
        Error::TokenRemoved => "Aynı kartı yeniden takıp işleme baştan başlayın.",
        Error::TokenAddressInvalid { .. } => "Takılı kartları listeleyip adresi oradan olduğu gibi kopyalayın.",
        Error::TokenAddressHoldsPin => {
            "Adresten pin-value ve pin-source alanlarını çıkarın, PIN'i sorulduğunda girin; başkaları görmüş \
             olabilirse PIN'inizi değiştirin."
        }
        Error::TokenBusy => "Diğer işlemi tamamlayıp ya da kapatıp yeniden deneyin.",
        Error::TokenCannot { .. } => {
            "Bu işlem için kart üreticisinin programını ya da işlemi destekleyen başka bir kartı kullanın."
        }
        Error::ModuleMissing { .. } => "Kartın sürücüsünü kurun ya da PKCS#11 modülünün doğru yolunu verin.",
        Error::ModuleUnusable { .. } => {
            "Yolun, kart sürücüsünün PKCS#11 modülünü gösterdiğini kontrol edin; doğruysa sürücüyü yeniden kurun."
        }
        Error::ModuleArchitecture { .. } => {
            "Kart sürücüsünün bu programın mimarisine uygun sürümünü ya da programın sürücüye uygun sürümünü kurun."
        }
        Error::ModuleFailed { .. } => {
            "Kartı çıkarıp yeniden takın; sorun sürerse bu çağrıyı ve yanıtı sürücünün üreticisine bildirin."
        }
        Error::HostHoldsLogin => "Uygulamadaki kart oturumunu kapatıp yeniden deneyin.",
        Error::KeyAbsent => "Sertifikanın ait olduğu kartı takın ya da bu karttaki sertifikalardan birini seçin.",
        Error::TokenSignatureInvalid => {
            "Seçilen sertifikanın bu karta ait olduğunu kontrol edin; öyleyse kartı veren kuruluşa başvurun."
        }
        Error::ModuleEndedProcess => {
            "PIN girildiyse deneme hakkı sayılmış olabilir: önce PIN'in durumuna bakın. Kartın sürücüsünü yeniden kurun ya da üreticisine başvurun."
        }
        Error::ModuleSilent { .. } => {
            "Kartı çıkarıp yeniden takın; bu yetmezse kartın sürücüsünü yeniden kurun ya da üreticisine başvurun."
        }
        Error::TokenFileMalformed { .. } => {
            "Dosya yolunu kontrol edin; dosya daha yeni bir sürümle oluşturulduysa bu programı güncelleyin."
        }
        Error::TokenFileExists { .. } => "Yeni yazılım token'ı için başka bir dosya adı seçin.",
        Error::Pkcs12Malformed { .. } => {
            "Dosyanın .p12 veya .pfx olduğunu kontrol edin; gerekirse yeniden dışa aktarın."
        }
        Error::Pkcs12PasswordWrong => {
            "Dosya dışa aktarılırken belirlenen parolayı, büyük ve küçük harflere dikkat ederek girin."
        }
        Error::Pkcs12KeyAbsent => "Dosyayı özel anahtar ve sertifikasıyla birlikte yeniden dışa aktarın.",
        Error::TryNotGivenBack { .. } => {
            "Token dosyasının klasörüne yazılabildiğinden ve diskin dolu olmadığından emin olup yeniden deneyin: doğru bir giriş bütün deneme haklarını geri verir."
        }
        Error::PcscAbsent => "Sisteme PC/SC kurun (Debian'da pcscd ve libpcsclite1 paketleri).",
        Error::PcscStopped => "Sistemin akıllı kart hizmetini (pcscd) başlatıp yeniden deneyin.",
        Error::ReaderUnknown { .. } => {
            "Kart okuyucuyu takın ya da başka bir okuyucu seçin; `eimza readers` okuyucuları listeler."
        }
        Error::ReaderFailed { .. } => {
            "Kart okuyucuyu çıkarıp yeniden takın ve yeniden deneyin; deneme hakkınız eksilmedi."
        }
        Error::CardAbsent { .. } => "Kartı çipi önde olacak şekilde takıp yeniden deneyin.",
        Error::CardUnknown { .. } => "Kartı, üreticisinin PKCS#11 modülüyle kullanın.",
        Error::CardFailed { .. } => "Kartı çıkarıp yeniden takın; bu yetmezse kart üreticisinin modülünü kullanın.",
        Error::CardNeedsModule => "Kart üreticisinin PKCS#11 modülünü kurup kartı onunla kullanın.",
        Error::CardCommandsUnconfirmed { .. } => {
            "Kart üreticisinin PKCS#11 modülünü kullanın. Değersiz bir kartta denemek isteyen, doğrulanmamış komutlara adıyla izin verebilir."
        }
        Error::CardProfileMalformed { .. } => {
            "Belirtilen satırı düzeltin; anahtarlar CONTRIBUTING belgesinde yazılıdır."
        }

        // 3: secrets
        Error::SecretEmpty { .. } => "Bu bilgiyi girip devam edin; deneme hakkınız eksilmedi.",
        Error::SecretTooLong { .. } => {
            "Yapıştırırken başka bir şey eklenmediğinden emin olun; deneme hakkınız eksilmedi."
        }
        Error::SecretCharacters { .. } => {
            "Klavye düzenini kontrol edin ve fazladan karakter olmadan girin; deneme hakkınız eksilmedi."
        }
        Error::SecretLooksLikeVerificationCode { secret: SecretKind::Puk } => {
            "Doğrulama kodunu yalnızca bu uygulamadaki kendi alanına girin: kod, uygulamayı portaldaki oturumunuza \
             bağlar; PUK olarak girilirse kartı kullanılmaz hâle getirebilir. Deneme hakkınız eksilmedi."
        }
        Error::SecretLooksLikeVerificationCode { .. } => {
            "Doğrulama kodunu yalnızca bu uygulamadaki kendi alanına girin: kod, uygulamayı portaldaki oturumunuza \
             bağlar. Buraya kartınızın PIN'i girilir. Deneme hakkınız eksilmedi."
        }
        Error::VerificationCodeMalformed => {
            "Kodu portal sayfasından yeniden kopyalayın; işlem bitene kadar o sayfayı kapatmayın."
        }
        Error::ConfirmationCodeMalformed => {
            "Kayıtlı telefonunuza gelen en son SMS'teki rakamları, başka bir şey eklemeden girin."
        }

        // 3.1: what an attempt came to
        Error::PinIncorrect { tries_left: Some(0) } | Error::PinBlocked => {
            "PUK ile ya da sertifikanızı veren kuruluşun portalından (PIN oluşturma / Kilit çözme) yeni bir PIN \
             belirleyin; portalın doğrulama kodunu asla PUK olarak girmeyin."
        }
        Error::PinIncorrect { tries_left: Some(1) } => {
            "PIN'inizden emin değilseniz yeniden girmeyin; PUK ile ya da sertifikanızı veren kuruluşun portalından \
             yeni bir PIN belirleyin."
        }
        Error::PinIncorrect { .. } => {
            "Klavyeyi (Num Lock, klavye düzeni) kontrol edin ve PIN'i ancak biliyorsanız yeniden girin; birkaç yanlış \
             girişten sonra PIN kilitlenir."
        }
        Error::PinFinalTry => {
            "Son denemeye ancak PIN'inizden eminseniz izin verin; değilseniz PUK ile ya da sertifikanızı veren \
             kuruluşun portalından yeni bir PIN belirleyin."
        }
        Error::PinFormRefused { .. } => {
            "Yeniden girmeden önce durumu sorgulayın: bu deneme sayılmış olabilir. Sonra uzunluğu ve karakterleri \
             kontrol edin."
        }
        Error::PinLengthUnusual { .. } => {
            "Girdiğinizi kontrol edip eksiksiz girin; deneme hakkınız eksilmedi. Bu uzunlukta ancak doğru olduğunu \
             biliyorsanız ısrar edin."
        }
        Error::PinNotSet => {
            "İlk PIN'inizi sertifikanızı veren kuruluşun portalından (PIN oluşturma / Kilit çözme) belirleyip \
             yeniden başlayın."
        }
        Error::PinAnswerLost { .. } => {
            "Hemen yeniden denemeyin: kartı çıkarıp takın ve önce PIN'in durumuna bakın. \
             Yeni bir PIN belirleniyorduysa eski PIN de yeni PIN de geçerli olabilir."
        }
        Error::PinExpired => "PIN'inizi değiştirin, ardından işlemi yeni PIN'le yineleyin.",
        Error::PinNewRefused => {
            "Kartın izin verdiği uzunlukta, aynı rakamı yinelemeyen ve 1234 gibi sıralı olmayan başka bir PIN seçin."
        }
        Error::PukIncorrect { tries_left: Some(0) } | Error::PukBlocked => {
            "Sertifikanızı veren kuruluştan yeni kart ve yeni sertifika isteyin; bu kart artık hiçbir PIN veya PUK \
             ile açılamaz."
        }
        Error::PukIncorrect { .. } => {
            "Burada durun; PUK'u sertifikanızı veren kuruluşun belgelerinden bulun ya da kuruluşa sorun. Portalın \
             15 haneli doğrulama kodu PUK değildir."
        }
        Error::PukFinalTry => {
            "Denemeye ancak kuruluşun verdiği PUK elinizdeyse izin verin; değilse önce kuruluşa sorun."
        }
        Error::PinNeeded => "PIN'i girip işleme baştan başlayın; deneme hakkınız eksilmedi.",
        Error::KeyPinNeeded => {
            "Anahtarın kendi PIN'ini de girin: sertifikanızı veren kuruluşun belgelerinde imza PIN'i diye geçen \
             PIN'dir. Yoksa kuruluşa sorun; onun yerine kartın PIN'ini denemeyin."
        }
        Error::KeyRefusedPin => {
            "Kuruluş size imza için ikinci bir PIN verdiyse onu anahtarın PIN'i olarak girin. Girdiğiniz PIN bu \
             anahtara bir daha gönderilmeyecek; anahtarın kendi PIN'inden bir deneme hakkı eksilmiş olabilir."
        }
        Error::KeyPinIncorrect { .. } => {
            "Klavyeyi (Num Lock, klavye düzeni) kontrol edin ve anahtarın PIN'ini ancak biliyorsanız yeniden girin; bu, \
             kartı açan PIN değildir."
        }
        Error::KeyPinBlocked => {
            "Anahtarın kendi PIN'inin nasıl yenileneceğini sertifikanızı veren kuruluşa sorun; kartı açan PIN bundan \
             dolayı kilitlenmez."
        }
        Error::KeyPinFinalTry => {
            "Son denemeye ancak anahtarın kendi PIN'inden eminseniz izin verin; değilseniz önce kuruluşa sorun."
        }
        Error::AttemptMemoryUnusable { .. } => {
            "Dosyanın yazılabilir olmasını sağlayın; dosya bozuksa ya da başka bir programa aitse başka yere taşıyın. \
             PIN'inizden eminseniz, son deneme olup olmadığı bilinmese de bu denemeye izin verebilirsiniz."
        }

        // 4: certificate
        Error::CertificateMalformed { .. } => "Sertifikayı yeniden dışa aktarın ya da veren kuruluştan yeniden alın.",
        Error::CertificateNoneFits { seen } if only_not_chosen(seen) => {
            "Karttaki sertifikaların sahip adlarına ve SHA-256 değerlerine bakıp birini bunlarla seçin."
        }
        Error::CertificateNoneFits { .. } => {
            "Geçerli nitelikli elektronik sertifikanızın bulunduğu kartı takıp sertifikaları yeniden listeleyin."
        }
        Error::CertificatesSeveral { .. } => "Birini seçip SHA-256 değeriyle ya da sahip adıyla belirtin.",
        Error::CertificateExpired { .. } => {
            "Yeni sertifika için veren kuruluşa başvurun; bu tarih henüz gelmediyse bilgisayarın saatini düzeltin."
        }
        Error::CertificateNotYetValid { .. } => {
            "O zamana kadar bekleyin; o zaman geçtiyse bilgisayarın saatini düzeltin."
        }
        Error::CertificateCannotSign => {
            "İmzalama sertifikasını seçin; aynı kartta çoğu kez yanında bir şifreleme sertifikası da bulunur."
        }
        Error::CertificateNotQualified { .. } => {
            "Nitelikli elektronik sertifikanızla imzalayın; Mali Mühür onun yerine geçmez."
        }
        Error::CertificateOtherPerson => {
            "İşlemi portalda başlatan kişinin kartını takın ya da işlemi kendi adınıza yeniden başlatın."
        }
        Error::CertificateIssuerUnknown => {
            "Kabul edilen bir kuruluşun sertifikasını kullanın; hangilerinin kabul edildiğini hizmeti sunan belirler."
        }
        Error::TrustStoreMalformed { .. } => "Sertifika deposunu yayımlandığı yerden yeniden alın.",

        // 5: signature
        Error::SignatureNotSignedData => {
            "Verdiğiniz dosyanın imzalanan belge değil, imza dosyası olduğunu kontrol edin."
        }
        Error::SignatureMalformed { .. } => "Bu imzaya güvenmeyin; güncel bir programla yeniden imzalanmasını isteyin.",
        Error::SignatureAbsent => "Gönderenden imzalı dosyayı isteyin; bu dosyada yalnızca içerik veya sertifika var.",
        Error::ContentMissing => "İmzayla birlikte, imzalanan dosyayı da verin.",
        Error::ContentDiffers => {
            "İmzalanan ya da imzaya hazırlanan dosyanın aynısını verin; dönüştürülmüş bir satır sonu bile fark yaratır."
        }
        Error::SignatureValueInvalid => "Bu imzaya güvenmeyin; imzacıdan yeniden imzalamasını isteyin.",
        Error::StateMalformed => "İmzayı yeniden hazırlayın ve durumu hiçbir dönüşüm yapmadan bayt olarak saklayın.",
        Error::StateAltered => {
            "Bu imzayı tamamlamayın; yeniden hazırlayın ve saklanan durumu kimin değiştirmiş olabileceğini araştırın."
        }
        Error::StateExpired { .. } => "İmzayı yeniden hazırlayıp süresi içinde tamamlayın.",
        Error::StatePurpose => "İmzayı hazırlandığı işlemde tamamlayın ya da bu amaç için yeni bir imza hazırlayın.",
        Error::StateCertificate => "İmzayı, hazırlandığı sertifikayla tamamlayın ya da yeniden hazırlayın.",

        // 7: consent
        Error::ConsentTextEmpty => "Onay metnini, kimseye gösterilmeden önce isteğe ekleyin.",
        Error::ConsentTextTooLarge { .. } => "Metni kısaltın ya da uzun bölümü ekli belge olarak gösterin.",
        Error::ConsentTextHiddenCharacter { .. } => {
            "Karakteri metinden çıkarın: kişi neyi imzalıyorsa tam olarak onu görmelidir."
        }
        Error::CodeUnknown => "Kodu portal sayfasından yeniden kopyalayın ya da oradan yeni kod alın.",
        Error::CodeExpired => "Portal sayfasından yeni kod alın ve geri sayım bitmeden girin.",
        Error::CodeUsed => "Portal sayfasından yeni kod alın; her kod bir kez kullanılır.",
        Error::CodeOtherPurpose => "Portalda, burada yapmak istediğiniz işlemi başlatıp onun kodunu girin.",
        Error::CodeGuessesExceeded => "Birkaç dakika bekleyin, ardından portal sayfasından yeni kod alın.",
        Error::ConsentOrder { .. } => "Önce burada belirtileni yapın.",
        Error::ConsentExpired => "Portal sayfasından yeni kod alıp baştan başlayın; onay verilmiş sayılmadı.",
        Error::ConsentCancelled => "Onay verilmiş sayılmadı; dilerseniz portaldan yeniden başlayın.",
        Error::ConsentReadTooShort { .. } => "Metni acele etmeden okuyun; süre dolunca devam edebilirsiniz.",
        Error::ConsentDeclarationMissing { .. } => "Beyanı okuyun, kabul ediyorsanız işaretleyin.",
        Error::ConsentRejected { .. } => {
            "Portaldan yeni kod alıp baştan başlayın; yine kabul edilmezse bu nedeni hizmetin destek birimine iletin."
        }
        Error::ConsentOutcomeUnknown { .. } => "Yeniden imzalamadan ya da göndermeden önce onayın durumunu sorgulayın.",
        Error::ConsentUnknown => "Hangi onayları verdiğinizi portalda kontrol edin.",
        Error::ConsequencesNotAcknowledged => {
            "Uyarıyı okuyun; yine de geri almak istiyorsanız kabul edin. Sonraki başvurular ıslak imzalı belgeyle \
             yapılır."
        }
        Error::RecordMalformed { .. } => {
            "Kaydı saklandığı gibi, tek bir baytı değişmeden alın; isteği ise hizmet düzeltmelidir."
        }
        Error::ReceiptInvalid { .. } => "Bu alındı belgesine güvenmeyin; hizmetten yeniden isteyin.",

        // 9: services
        Error::ServiceUnreachable { .. } => {
            "Ağ bağlantısını ve hizmetin adresini kontrol edin, bir süre sonra yeniden deneyin."
        }
        Error::ServiceRefused { .. } => "Hizmetin yanıtında isteneni yapın ya da hizmetin destek birimine başvurun.",
        Error::ServiceFailed { .. } => {
            "Yarım kalan işlemin durumunu sorgulayın, ardından bu programı geliştirene başvurun."
        }
    }
}
