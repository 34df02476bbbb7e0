//! The Turkish for the short English facts that an error carries (`limit`, `operation`, `missing` …).
//!
//! One line per fact. A fact without a line is shown as it stands: better a foreign word than none.

/// The fact in Turkish.
pub(super) fn word(english: &'static str) -> &'static str {
    match english {
        // limits
        "depth" => "iç içe geçme derinliği",
        "size" => "boyut",
        "signers" => "imzacı sayısı",
        "extensions" => "uzantı sayısı",
        // token
        "sign" => "imzalama",
        "change PIN" => "PIN değiştirme",
        "unblock PIN" => "PIN kilidini çözme",
        "PIN entry on the device" => "PIN'in cihazın kendi tuşlarıyla girilmesi",
        "old and new are both typed into the application, or both on the device" => {
            "eskisi ve yenisi ya birlikte uygulamaya ya da birlikte cihaza girilmelidir"
        }
        "it is not that of the algorithm" => "imza algoritmasının özeti bu değil",
        "x86 (32-bit Intel)" => "x86 (32 bit Intel)",
        "x86_64 (64-bit Intel)" => "x86_64 (64 bit Intel)",
        "arm (32-bit Arm)" => "arm (32 bit Arm)",
        "aarch64 (64-bit Arm)" => "aarch64 (64 bit Arm)",
        "another processor" => "başka bir işlemci",
        "it does not begin with pkcs11:" => "pkcs11: ile başlamıyor",
        "an attribute has no value" => "bir alanın değeri yok",
        "an attribute is there twice" => "bir alan iki kez verilmiş",
        "% is not followed by two hexadecimal digits" => "% işaretinden sonra iki onaltılık rakam yok",
        "a value is not UTF-8" => "bir değer UTF-8 değil",
        "slot-id is not a number" => "slot-id bir sayı değil",
        "an attribute is not known" => "bilinmeyen bir alan var",
        "it has no time zone" => "saat dilimi belirtilmemiş",
        "it has not 11 digits" => "11 rakam değil",
        "it has not 32 octets" => "32 bayt değil",
        "it was used already" => "daha önce kullanıldı",
        "its length does not fit the algorithm" => "uzunluğu algoritmaya uymuyor",
        "its name is not known" => "adı bilinmiyor",
        "there is no such one" => "böyle biri yok",
        "it is NULL" => "NULL verildi",
        "it must have 32 octets" => "32 bayt olmalıdır",
        "it has no code" => "içinde kod yok",
        "a file has no keypad" => "bir dosyanın tuş takımı yoktur",
        "there is nothing to sign" => "imzalanacak bir şey yok",
        // what a certificate lacks
        "compliance-missing" => "nitelikli sertifika beyanı yok",
        "turkish-statement-missing" => "5070 sayılı Kanuna göre nitelikli olduğu beyanı yok",
        "authority" => "bir sertifika hizmet sağlayıcısının sertifikası",
        "non-repudiation-missing" => "inkâr edilemezlik (nonRepudiation) kullanımı yok",
        // steps of a consent
        "shown" => "metnin gösterilmesi",
        "read" => "metnin okunması",
        "signed" => "metnin imzalanması",
        other => other,
    }
}

/// Several facts in one line.
pub(super) fn words(english: &[&'static str]) -> String {
    english.iter().map(|fact| word(fact)).collect::<Vec<_>>().join(", ")
}
