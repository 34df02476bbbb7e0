use super::samples::{moment, samples};
use super::*;
use crate::error::CODES;
use crate::secret::SecretKind;

const BOTH: [Language; 2] = [Language::Turkish, Language::English];

fn happened(error: &Error, language: Language) -> String {
    error.sentence(language).happened
}

#[test]
fn every_error_has_a_sample() {
    let sampled: Vec<_> = samples().iter().map(|error| (error.code(), error.name())).collect();
    for code in CODES {
        assert_eq!(sampled.iter().filter(|sample| *sample == code).count(), 1, "samples.rs: {code:?}");
    }
    assert_eq!(sampled.len(), CODES.len());
}

#[test]
fn every_sentence_is_complete_and_fit_to_be_read() {
    for error in samples() {
        for language in BOTH {
            let Sentence { happened, remedy } = error.sentence(language);
            for text in [happened.as_str(), remedy] {
                let at = format!("{} in {language:?}: {text}", error.name());
                assert!(text.len() > 12 && text.ends_with('.') && !text.ends_with(".."), "{at}");
                assert!(text.chars().count() <= 240, "too long: {at}");
                assert!(!text.contains(['{', '}', '\n', '\t']) && !text.contains("  "), "{at}");
                assert!(!text.starts_with(char::is_lowercase) && text.trim() == text, "{at}");
            }
        }
    }
}

#[test]
fn the_languages_differ() {
    for error in samples() {
        let [turkish, english] = BOTH.map(|language| error.sentence(language));
        assert_ne!(turkish.happened, english.happened, "{}", error.name());
        assert_ne!(turkish.remedy, english.remedy, "{}", error.name());
    }
}

#[test]
fn no_two_errors_say_the_same() {
    for language in BOTH {
        let mut seen = std::collections::HashSet::new();
        for error in samples() {
            assert!(seen.insert(happened(&error, language)), "{} in {language:?}", error.name());
        }
    }
}

#[test]
fn no_national_id_is_shown() {
    let mut masked = 0;
    for error in samples() {
        for language in BOTH {
            let happened = happened(&error, language);
            assert!(!happened.contains("10000000146"), "{happened}");
            masked += usize::from(happened.contains("100******46"));
        }
    }
    assert_eq!(masked, 2 * 11, "the samples with a national id no longer show their facts");
}

#[test]
fn nobody_is_told_to_guess() {
    for error in samples() {
        for (language, words) in [(Language::Turkish, ["tahmin", "rastgele"]), (Language::English, ["guess", "random"])]
        {
            let remedy = error.sentence(language).remedy.to_lowercase();
            assert!(words.iter().all(|word| !remedy.contains(word)), "{remedy}");
        }
    }
}

#[test]
fn display_is_the_english_sentence() {
    for error in samples() {
        assert_eq!(error.to_string(), happened(&error, Language::English));
    }
}

#[test]
fn a_wrong_pin_tells_what_is_left() {
    let say = |tries_left, language| happened(&Error::PinIncorrect { tries_left }, language);
    assert_eq!(say(Some(2), Language::Turkish), "PIN yanlış; 2 deneme hakkı kaldı.");
    assert_eq!(
        say(Some(1), Language::Turkish),
        "PIN yanlış; tek deneme hakkı kaldı, bir yanlış giriş daha PIN'i kilitler."
    );
    assert_eq!(say(Some(0), Language::Turkish), "PIN yanlış ve deneme hakkı kalmadı: PIN kilitlendi.");
    assert_eq!(say(Some(2), Language::English), "The PIN is wrong; 2 tries are left.");
    assert_eq!(say(Some(1), Language::English), "The PIN is wrong; one try is left, and the next wrong PIN blocks it.");
    assert_eq!(say(None, Language::English), "The PIN is wrong; the token does not tell how many tries are left.");
}

#[test]
fn a_wrong_puk_warns_that_the_card_can_be_lost() {
    for tries_left in [None, Some(1), Some(2)] {
        let error = Error::PukIncorrect { tries_left };
        assert!(happened(&error, Language::Turkish).contains("kalıcı olarak kullanılmaz"), "{tries_left:?}");
        assert!(happened(&error, Language::English).contains("useless for good"), "{tries_left:?}");
    }
    let spent = Error::PukIncorrect { tries_left: Some(0) };
    assert_eq!(spent.sentence(Language::Turkish).remedy, Error::PukBlocked.sentence(Language::Turkish).remedy);
}

#[test]
fn a_verification_code_in_the_wrong_field_is_explained() {
    for (secret, own) in [(SecretKind::Pin, "kartınızın PIN'i"), (SecretKind::Puk, "PUK olarak girilirse")] {
        let Sentence { happened, remedy } =
            Error::SecretLooksLikeVerificationCode { secret }.sentence(Language::Turkish);
        assert!(happened.contains("doğrulama koduna benziyor; karta gönderilmedi"), "{happened}");
        assert!(remedy.contains("portaldaki oturumunuza bağlar") && remedy.contains(own), "{remedy}");
    }
}

#[test]
fn times_are_shown_in_istanbul_and_in_english_in_utc_too() {
    let error = Error::CertificateExpired { not_after: moment() };
    assert_eq!(
        happened(&error, Language::Turkish),
        "Sertifikanın süresi doldu; bitiş: 15.06.2026 15:00:30 (İstanbul)."
    );
    assert_eq!(
        happened(&error, Language::English),
        "The certificate expired at 2026-06-15T12:00:30Z (15.06.2026 15:00:30 Istanbul)."
    );
}

#[test]
fn a_missing_file_is_named_with_the_reason() {
    let error = |path: &str| Error::InputUnreadable { path: path.into(), source: std::io::ErrorKind::NotFound.into() };
    assert_eq!(
        happened(&error("a.txt"), Language::Turkish),
        "a.txt dosyası okunamadı (böyle bir dosya veya klasör yok)."
    );
    assert_eq!(happened(&error("a.txt"), Language::English), "The file a.txt cannot be read: it is not there.");
    assert_eq!(happened(&error(""), Language::English), "The input cannot be read: it is not there.");
}
