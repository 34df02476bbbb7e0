//! How much a search may cost. The sender of certificates chooses how many there are and how they are connected.

use super::failure::Exceeded;

/// What is left to spend. The default is far beyond what certificates in use need.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Budget {
    /// Issuer signatures that are verified.
    pub(crate) signatures: u32,
    /// Certificates that are looked at as an issuer; one counts as often as it is met.
    pub(crate) candidates: u32,
    /// Names that are compared with name constraints, a long name as several.
    pub(crate) names: u32,
    /// Policies and mappings that are followed.
    pub(crate) policies: u32,
}

impl Default for Budget {
    fn default() -> Self {
        Self { signatures: 100, candidates: 50_000, names: 100_000, policies: 50_000 }
    }
}

impl Budget {
    pub(super) fn spend_signature(&mut self) -> Result<(), Exceeded> {
        spend(&mut self.signatures, 1, Exceeded::Signatures)
    }

    pub(super) fn spend_candidates(&mut self, count: usize) -> Result<(), Exceeded> {
        spend(&mut self.candidates, count, Exceeded::Candidates)
    }

    pub(super) fn spend_names(&mut self, count: usize) -> Result<(), Exceeded> {
        spend(&mut self.names, count, Exceeded::Names)
    }

    pub(super) fn spend_policies(&mut self, count: usize) -> Result<(), Exceeded> {
        spend(&mut self.policies, count, Exceeded::Policies)
    }
}

fn spend(left: &mut u32, count: usize, exceeded: Exceeded) -> Result<(), Exceeded> {
    *left = u32::try_from(count).ok().and_then(|count| left.checked_sub(count)).ok_or(exceeded)?;
    Ok(())
}
