//! The outcome of one check.

/// One thing that was checked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize)]
pub struct Check {
    /// The stable name: `format`, `message-digest`, `signature`, `signing-certificate` …
    pub name: &'static str,
    /// How it ended.
    pub status: CheckStatus,
    /// Stable name of why it did not pass, or of what is odd although it did.
    pub reason: Option<&'static str>,
    /// What that means for the verdict; `None` where it passed.
    #[serde(skip)]
    pub fault: Option<Fault>,
}

/// How a check ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, serde::Serialize)]
#[serde(rename_all = "lowercase")]
pub enum CheckStatus {
    /// It holds.
    Passed,
    /// It does not.
    Failed,
    /// Nobody can tell yet.
    Undetermined,
}

impl CheckStatus {
    /// The stable name.
    pub fn name(self) -> &'static str {
        match self {
            CheckStatus::Passed => "passed",
            CheckStatus::Failed => "failed",
            CheckStatus::Undetermined => "undetermined",
        }
    }
}

/// What a check that did not pass means, the gravest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Fault {
    /// A rule about the form is broken: nothing can be relied on.
    Format,
    /// The content is another one.
    Hash,
    /// The signature value does not fit.
    Crypto,
    /// The signer's certificate was not found, or another one was meant.
    CertificateNotFound,
    /// The content was not given.
    ContentMissing,
    /// What CAdES demands is missing.
    Constraints,
    /// An algorithm that is not computed here, or not relied on.
    Algorithm,
    /// The certificate is not meant for signing.
    Certificate,
}

impl Check {
    pub(crate) const fn passed(name: &'static str) -> Self {
        Self { name, status: CheckStatus::Passed, reason: None, fault: None }
    }

    /// Passed, yet something is odd.
    pub(crate) const fn noted(name: &'static str, reason: &'static str) -> Self {
        Self { name, status: CheckStatus::Passed, reason: Some(reason), fault: None }
    }

    pub(crate) const fn failed(name: &'static str, reason: &'static str, fault: Fault) -> Self {
        Self { name, status: CheckStatus::Failed, reason: Some(reason), fault: Some(fault) }
    }

    pub(crate) const fn undetermined(name: &'static str, reason: &'static str, fault: Fault) -> Self {
        Self { name, status: CheckStatus::Undetermined, reason: Some(reason), fault: Some(fault) }
    }
}
