//! What the stable names of facts mean, where a name alone is no word for people.

/// What a certificate lacks. A name without a line is shown as it stands.
pub(in crate::messages) fn word(name: &str) -> &str {
    match name {
        "compliance-missing" => "it does not say that it is qualified",
        "turkish-statement-missing" => "it does not say that it is qualified by Law 5070",
        "authority" => "it is an authority's",
        "non-repudiation-missing" => "its key usage lacks nonRepudiation",
        "not-personal" => "it is not for a person's signatures",
        "usage-restricted" => "its use is restricted",
        "extension-repeated" => "an extension stands in it twice",
        "extension-unknown" => "it has a critical extension that is not known here",
        "extension-unreadable" => "an extension cannot be read",
        "key-weak" => "its key is too short",
        "signature-weak" => "it was signed with a weak algorithm",
        other => other,
    }
}

/// Several facts in one line.
pub(super) fn words(names: &[&'static str]) -> String {
    names.iter().map(|name| word(name)).collect::<Vec<_>>().join(", ")
}
