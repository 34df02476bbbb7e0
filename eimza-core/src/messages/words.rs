//! Single words and moments, as people read them beside a sentence.

use super::{Language, english, turkish};
use crate::certificate::{Kind, Note, Shortfall};
use crate::clock::Time;
use crate::token::PinStatus;

/// A moment in UTC and in Istanbul, the person's own first.
pub fn time(time: Time, language: Language) -> String {
    match language {
        Language::Turkish => format!("{} (İstanbul; UTC: {time})", time.istanbul()),
        Language::English => format!("{time} ({} Istanbul)", time.istanbul()),
    }
}

/// How it stands with a PIN or PUK.
pub fn pin_status(status: PinStatus, language: Language) -> &'static str {
    match (status, language) {
        (PinStatus::Ok, Language::Turkish) => "kullanılabilir",
        (PinStatus::Ok, Language::English) => "ok",
        (PinStatus::Low, Language::Turkish) => "yanlış giriş yapılmış",
        (PinStatus::Low, Language::English) => "tried wrongly",
        (PinStatus::FinalTry, Language::Turkish) => "tek deneme hakkı kaldı",
        (PinStatus::FinalTry, Language::English) => "one try is left",
        (PinStatus::Blocked, Language::Turkish) => "kilitli",
        (PinStatus::Blocked, Language::English) => "blocked",
        (PinStatus::NotSet, Language::Turkish) => "henüz belirlenmemiş",
        (PinStatus::NotSet, Language::English) => "not set yet",
        (PinStatus::Unknown, Language::Turkish) => "bilinmiyor",
        (PinStatus::Unknown, Language::English) => "unknown",
    }
}

/// What a certificate is for.
pub fn certificate_kind(kind: Kind, language: Language) -> &'static str {
    match (kind, language) {
        (Kind::Nes, Language::Turkish) => "nitelikli elektronik sertifika (NES)",
        (Kind::Nes, Language::English) => "qualified certificate of a person (NES)",
        (Kind::MaliMuhur, Language::Turkish) => "Mali Mühür",
        (Kind::MaliMuhur, Language::English) => "company seal (Mali Mühür)",
        (Kind::Ca, Language::Turkish) => "sertifika hizmet sağlayıcısının sertifikası",
        (Kind::Ca, Language::English) => "authority",
        (Kind::Tsa, Language::Turkish) => "zaman damgası sertifikası",
        (Kind::Tsa, Language::English) => "time-stamps",
        (Kind::Ocsp, Language::Turkish) => "ÇİSDuP (OCSP) yanıtı sertifikası",
        (Kind::Ocsp, Language::English) => "OCSP answers",
        (Kind::Other, Language::Turkish) => "başka",
        (Kind::Other, Language::English) => "other",
    }
}

/// What a certificate lacks to be a qualified one.
pub fn shortfall(shortfall: Shortfall, language: Language) -> &'static str {
    match language {
        Language::Turkish => turkish::facts::shortfall(shortfall),
        Language::English => english::facts::shortfall(shortfall),
    }
}

/// What is odd about the encoding of a certificate.
pub fn certificate_note(note: Note, language: Language) -> &'static str {
    match (note, language) {
        (Note::OctetsBehind, Language::Turkish) => "sertifikanın sonundaki fazladan baytlar dikkate alınmadı",
        (Note::OctetsBehind, Language::English) => "octets behind the certificate were left out",
        (Note::TimeUnusual, Language::Turkish) => "başlangıç ya da bitiş alışılmadık biçimde yazılmış",
        (Note::TimeUnusual, Language::English) => "begin or end is written in an unusual form",
        (Note::TimeUnreadable, Language::Turkish) => "başlangıç ya da bitiş okunamıyor",
        (Note::TimeUnreadable, Language::English) => "begin or end cannot be read",
    }
}

/// A bit of the key usage, by its name in RFC 5280; one that is not known is given back.
pub fn key_usage(name: &str, language: Language) -> &str {
    match (name, language) {
        ("digitalSignature", Language::Turkish) => "sayısal imza (digitalSignature)",
        ("nonRepudiation", Language::Turkish) => "inkâr edilemezlik (nonRepudiation)",
        ("keyEncipherment", Language::Turkish) => "anahtar şifreleme (keyEncipherment)",
        ("keyCertSign", Language::Turkish) => "sertifika imzalama (keyCertSign)",
        ("cRLSign", Language::Turkish) => "SİL imzalama (cRLSign)",
        (name, _) => name,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_moment_is_told_in_istanbul_and_in_utc() {
        let at = Time::parse("2026-06-15T12:00:30Z").unwrap();
        assert_eq!(time(at, Language::Turkish), "15.06.2026 15:00:30 (İstanbul; UTC: 2026-06-15T12:00:30Z)");
        assert_eq!(time(at, Language::English), "2026-06-15T12:00:30Z (15.06.2026 15:00:30 Istanbul)");
    }
}
