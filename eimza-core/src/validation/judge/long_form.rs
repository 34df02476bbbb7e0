//! The long form: references to everything that the verdict rests on, and in its last stage the values of them (RFC 5126
//! sections 6.2 and 6.3, EN 319 122-1 annex A.1).
//!
//! The verdict is come to once more, by what is referred to alone. So data that the caller has besides, newer as it may be,
//! neither mends an incomplete form nor takes anything away from a complete one.

use super::context::Context;
use crate::clock::Time;
use crate::revocation::{Crl, Ocsp};
use crate::validation::chain::{Chain, Chains, CrlSigners, Material, StatusKind};
use crate::validation::check::{Check, CheckName, CheckStatus, Reason};
use crate::validation::indication::SubIndication;
use crate::validation::level::Shape;
use crate::validation::path::{CertificatePool, PathInputs};
use crate::validation::policy::Policy;
use crate::validation::references::{Needed, ReferenceFault, References};
use crate::validation::verify::SignerVerification;

/// What the references of one signature come to.
pub(super) enum LongForm {
    /// They and their values fit everything that the verdict rests on.
    Fits(Box<Referenced>),
    /// They do not.
    Incomplete,
    /// There are no values, and what is referred to was not given.
    NotAtHand,
    /// There is no good path that they could be compared with.
    NotJudged,
}

/// What is referred to, and the judgement by it alone.
pub(super) struct Referenced {
    material: Material,
    anchors: CertificatePool,
    chain: Chain,
}

impl LongForm {
    /// That of a signature; `None` where it has no references, or no signature-time-stamp from which on they count: anyone
    /// can put them beside a basic signature.
    pub(super) fn of(
        found: &SignerVerification<'_>,
        shape: &Shape,
        chain: Option<&Chain>,
        at: Time,
        context: &Context<'_>,
    ) -> Option<Self> {
        if !shape.has_references {
            return None;
        }
        let references = match References::of(&found.signer) {
            Ok(Some(references)) if references.check_matched().is_ok() => references,
            _ => return Some(Self::Incomplete),
        };
        let Some(chain) = chain.filter(|chain| chain.holds()) else { return Some(Self::NotJudged) };
        Some(match Referenced::judged(&references, chain, at, context) {
            Ok(referenced) => Self::Fits(Box::new(referenced)),
            Err(ReferenceFault::RevocationReferenceMissing) if references.values.is_none() => Self::NotAtHand,
            Err(_) => Self::Incomplete,
        })
    }

    pub(super) fn check(&self, policy: &Policy) -> Check {
        const NAME: CheckName = CheckName::References;
        const REASON: Reason = Reason::ReferencesIncomplete;
        let counts = policy.references_must_fit;
        match self {
            Self::Fits(_) => Check::passed(NAME),
            Self::NotJudged => Check::without_weight(NAME, CheckStatus::Undetermined, Reason::NotChecked),
            Self::Incomplete if counts => Check::failed(NAME, REASON, SubIndication::SigConstraintsFailure),
            Self::Incomplete => Check::without_weight(NAME, CheckStatus::Failed, REASON),
            Self::NotAtHand if counts => Check::undetermined(NAME, REASON, SubIndication::TryLater),
            Self::NotAtHand => Check::without_weight(NAME, CheckStatus::Undetermined, REASON),
        }
    }

    pub(super) fn fits(&self) -> bool {
        matches!(self, Self::Fits(_))
    }

    /// Whether the verdict holds by what is referred to where the status is told by data of this kind.
    pub(super) fn holds_by(&self, kind: StatusKind, at: Time, context: &Context<'_>) -> bool {
        let Self::Fits(referenced) = self else { return false };
        let Referenced { material, anchors, chain } = referenced.as_ref();
        let crl_signers = CrlSigners::default();
        let chains = context.chains_by(anchors, material, &crl_signers).by_status_of(kind);
        chains.good_as_of(chain.certificates(), at).is_some()
    }
}

impl Referenced {
    /// Judges the signer by what is referred to, and compares that with references and values one by one.
    fn judged(
        references: &References<'_>,
        chain: &Chain,
        at: Time,
        context: &Context<'_>,
    ) -> Result<Self, ReferenceFault> {
        let [signer, above @ ..] = chain.certificates() else { return Err(ReferenceFault::CertificateValueMissing) };
        let certificates = match &references.values {
            Some(values) => values.certificates.clone(),
            None => [above, &chain.used.signers].concat(),
        };
        let mut anchors = CertificatePool::default();
        let trusted = context.anchors_for_signer(signer);
        anchors.extend(certificates.iter().chain([signer]).filter(|one| trusted.contains(one)).cloned());
        let is_referenced = |crl: &Crl| references.has_crl_value(crl) && references.names_crl(crl);
        let is_named = |answer: &Ocsp| references.has_ocsp_value(answer) && references.names_ocsp(answer);
        let material = context.material.only(certificates, is_referenced, is_named);
        let crl_signers = CrlSigners::default();
        let asks_every_responder = context.validation.policy.revoked_responders_count;
        let chains = Chains { asks_every_responder, ..context.chains_by(&anchors, &material, &crl_signers) };
        let found = chains.judge(signer, &PathInputs::at(at));
        if found.path.is_none() {
            return Err(ReferenceFault::CertificateValueMissing);
        }
        let needed = Needed { certificates: found.certificates().get(1..).unwrap_or_default(), ..Needed::default() };
        references.check(&needed)?;
        if !found.holds() {
            return Err(ReferenceFault::RevocationReferenceMissing);
        }
        Ok(Self { material, anchors, chain: found })
    }
}
