//! What a verdict says to people: what an indication means, what to do now, and each check in words.

use super::{Language, Sentence, english, turkish};
use crate::consent::Verdict;
use crate::validation::{CheckName, CheckStatus, Indication, Reason, Report, SignatureReport, SubIndication};

/// What a verdict means, and what to do now.
pub fn verdict(indication: Indication, why: Option<SubIndication>, language: Language) -> Sentence {
    let [means, remedy] = match (why, language) {
        (Some(why), Language::Turkish) => turkish::verdict::sub_indication(why),
        (Some(why), Language::English) => english::verdict::sub_indication(why),
        (None, Language::Turkish) => turkish::verdict::indication(indication),
        (None, Language::English) => english::verdict::indication(indication),
    };
    Sentence { happened: means.to_owned(), remedy }
}

/// The name of a check in words: `message-digest` → "digest of the content".
pub fn check_name(name: CheckName, language: Language) -> &'static str {
    match language {
        Language::Turkish => turkish::verdict::check_name(name),
        Language::English => english::verdict::check_name(name),
    }
}

/// The reason of a check in words.
pub fn check_reason(reason: Reason, language: Language) -> &'static str {
    match language {
        Language::Turkish => turkish::verdict::reason(reason),
        Language::English => english::verdict::reason(reason),
    }
}

/// What a check came to, in one word.
pub fn check_status(status: CheckStatus, language: Language) -> &'static str {
    match (status, language) {
        (_, Language::English) => status.name(),
        (CheckStatus::Passed, Language::Turkish) => "geçti",
        (CheckStatus::Failed, Language::Turkish) => "başarısız",
        (CheckStatus::Undetermined, Language::Turkish) => "belirsiz",
    }
}

impl Report {
    /// What the verdict means, and what to do now.
    pub fn sentence(&self, language: Language) -> Sentence {
        verdict(self.indication, self.sub_indication, language)
    }
}

impl Verdict {
    /// What the verdict means, and what to do now.
    pub fn sentence(&self, language: Language) -> Sentence {
        verdict(self.indication, self.sub_indication, language)
    }
}

impl SignatureReport {
    /// What the verdict means, and what to do now.
    pub fn sentence(&self, language: Language) -> Sentence {
        verdict(self.indication, self.sub_indication, language)
    }
}

#[cfg(test)]
mod tests {

    use std::collections::HashSet;

    use super::*;

    const INDICATIONS: [Indication; 3] = [Indication::TotalPassed, Indication::Indeterminate, Indication::TotalFailed];

    fn all(language: Language) -> Vec<Sentence> {
        let whys = SubIndication::ALL.iter().map(|why| verdict(Indication::Indeterminate, Some(*why), language));
        whys.chain(INDICATIONS.map(|indication| verdict(indication, None, language))).collect()
    }

    #[test]
    fn every_verdict_is_said_in_both_languages() {
        let [turkish, english] = [Language::Turkish, Language::English].map(all);
        // The names of the standard, and one sentence for each indication that stands alone.
        assert_eq!(turkish.len(), 24 + 3);
        for (turkish, english) in turkish.iter().zip(&english) {
            assert_ne!(turkish.happened, english.happened);
            assert_ne!(turkish.remedy, english.remedy);
        }
        for sentences in [turkish, english] {
            let meanings: HashSet<&str> = sentences.iter().map(|one| one.happened.as_str()).collect();
            assert_eq!(meanings.len(), sentences.len(), "two verdicts mean the same");
            for text in sentences.iter().flat_map(|one| [one.happened.as_str(), one.remedy]) {
                assert!(text.ends_with('.') && text.chars().count() <= 160, "{text}");
                assert!(!text.contains("  ") && !text.starts_with(char::is_lowercase), "{text}");
            }
        }
    }

    #[test]
    fn what_is_not_valid_is_not_to_be_relied_on() {
        for why in [SubIndication::FormatFailure, SubIndication::HashFailure, SubIndication::SigCryptoFailure] {
            let say = |language| verdict(Indication::TotalFailed, Some(why), language).remedy;
            assert!(say(Language::English).starts_with("Do not rely on it"));
            assert!(say(Language::Turkish).starts_with("Bu imzaya güvenmeyin"));
        }
    }

    /// No sentence is the same in both languages. Only a few technical names are the same in English as in JSON.
    #[test]
    fn every_check_and_reason_is_said_in_both_languages() {
        const BOTH: [Language; 2] = [Language::Turkish, Language::English];
        for name in CheckName::ALL {
            let [turkish, english] = BOTH.map(|language| check_name(*name, language));
            assert!(turkish != name.name() && turkish != english, "{name}");
        }
        for reason in Reason::ALL {
            let [turkish, english] = BOTH.map(|language| check_reason(*reason, language));
            assert!(turkish != reason.name() && english != reason.name() && turkish != english, "{reason}");
        }
    }
}
