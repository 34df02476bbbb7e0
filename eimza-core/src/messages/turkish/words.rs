//! The Turkish for the short English facts that an error carries (`limit`, `operation`, `missing` …).
//!
//! One line per fact. A fact without a line is shown as it stands: better a foreign word than none.

/// The fact in Turkish.
pub(super) fn word(english: &'static str) -> &'static str {
    match english {
        "depth" => "iç içe geçme derinliği",
        "size" => "boyut",
        "signers" => "imzacı sayısı",
        "certificate" => "sertifika",
        "time" => "zaman",
        "sign" => "imzalama",
        "change PIN" => "PIN değiştirme",
        "unblock PIN" => "PIN kilidini çözme",
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
