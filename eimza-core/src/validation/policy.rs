//! By which rules a file is judged.

/// The rules; each is a set of demands of its own.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Policy {
    /// CAdES and EN 319 102-1. A counter-signature is reported and does not count: anyone can add one.
    Generic,
    /// Besides, the Turkish rules: counter-signatures count, and what is signed about the certificate must fit in whole.
    #[default]
    TrNes,
}

impl Policy {
    /// The name on the command line.
    pub fn name(self) -> &'static str {
        match self {
            Policy::Generic => "generic",
            Policy::TrNes => "tr-nes",
        }
    }

    /// The one with this name.
    pub fn from_name(name: &str) -> Option<Self> {
        [Self::Generic, Self::TrNes].into_iter().find(|policy| policy.name() == name)
    }
}
