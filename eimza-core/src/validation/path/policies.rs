//! Which policies hold for a whole path (RFC 5280 sections 6.1.2 to 6.1.5).
//!
//! The valid policy tree is kept as the graph of RFC 9618: one node for each policy of a certificate, however many ways
//! lead to it. The tree of two mappings each in thirty certificates has a billion leaves; the graph has sixty.

use std::collections::{BTreeMap, BTreeSet};

use super::budget::Budget;
use super::extensions::readable;
use super::failure::{BrokenRule, PathFailure};
use super::inputs::PathInputs;
use crate::asn1::oid;
use crate::certificate::Certificate;

/// The user-constrained policy set of a path, whose first certificate is the last one's; the anchor is not in it.
pub(super) fn valid_policies(
    path: &[&Certificate],
    inputs: &PathInputs,
    budget: &mut Budget,
) -> Result<Vec<Vec<u8>>, PathFailure> {
    let mut state = State::new(inputs, path.len());
    for (beneath, certificate) in path.iter().enumerate().rev() {
        state.process(certificate, beneath, budget).map_err(|rule| rule.of(certificate))?;
    }
    let policies = state.user_constrained(inputs);
    match path.first() {
        Some(certificate) if policies.is_empty() && state.explicit_policy == 0 => {
            Err(BrokenRule::PolicyMissing.of(certificate))
        }
        _ => Ok(policies),
    }
}

/// A policy, by the contents octets of its identifier.
type PolicyOid<'a> = &'a [u8];

const ANY: &[u8] = oid::ANY_POLICY.as_bytes();

/// The state variables of section 6.1.2 that concern policies.
struct State<'a> {
    levels: Vec<Level<'a>>,
    explicit_policy: u32,
    policy_mapping: u32,
    inhibit_any_policy: u32,
}

/// The nodes of one depth.
#[derive(Default)]
struct Level<'a> {
    /// Whether there is one for anyPolicy; its parent can be none but another one.
    any: bool,
    /// The others, each with its parents; without parents its parent is the one for anyPolicy.
    nodes: BTreeMap<PolicyOid<'a>, Vec<PolicyOid<'a>>>,
    /// Expected policies of those that are mapped, each with the nodes that expect it.
    mapped: BTreeMap<PolicyOid<'a>, Vec<PolicyOid<'a>>>,
    /// The nodes that are mapped; all others expect themselves.
    sources: BTreeSet<PolicyOid<'a>>,
}

impl<'a> State<'a> {
    fn new(inputs: &PathInputs, length: usize) -> Self {
        let never = u32::try_from(length).unwrap_or(u32::MAX).saturating_add(1);
        let initially = |inhibited| if inhibited { 0 } else { never };
        Self {
            levels: vec![Level { any: true, ..Level::default() }],
            explicit_policy: initially(inputs.require_explicit_policy),
            policy_mapping: initially(inputs.inhibit_policy_mapping),
            inhibit_any_policy: initially(inputs.inhibit_any_policy),
        }
    }

    fn process(&mut self, certificate: &'a Certificate, beneath: usize, budget: &mut Budget) -> Result<(), BrokenRule> {
        let is_counted = !certificate.is_self_issued();
        let any_counts = self.inhibit_any_policy > 0 || (beneath > 0 && !is_counted);
        let level = self.next_level(certificate, any_counts, budget)?;
        self.levels.push(level);
        if self.explicit_policy == 0 && self.is_empty() {
            return Err(BrokenRule::PolicyMissing);
        }
        let constraints = readable(certificate.policy_constraints(), &oid::POLICY_CONSTRAINTS)?;
        if beneath == 0 {
            self.explicit_policy = self.explicit_policy.saturating_sub(1);
            if constraints.require_explicit_policy == Some(0) {
                self.explicit_policy = 0;
            }
            return Ok(());
        }
        self.map(certificate, budget)?;
        let step = u32::from(is_counted);
        let lowered = |counter: u32, to: Option<u32>| counter.saturating_sub(step).min(to.unwrap_or(u32::MAX));
        self.explicit_policy = lowered(self.explicit_policy, constraints.require_explicit_policy);
        self.policy_mapping = lowered(self.policy_mapping, constraints.inhibit_policy_mapping);
        let inhibited = readable(certificate.inhibit_any_policy(), &oid::INHIBIT_ANY_POLICY)?;
        self.inhibit_any_policy = lowered(self.inhibit_any_policy, inhibited);
        Ok(())
    }

    /// Section 6.1.3 (d) and (e).
    fn next_level(
        &self,
        certificate: &'a Certificate,
        any_counts: bool,
        budget: &mut Budget,
    ) -> Result<Level<'a>, BrokenRule> {
        budget.spend_policies(1)?;
        let mut next = Level::default();
        let (Some(above), Some(stated)) =
            (self.levels.last(), readable(certificate.policy_identifiers(), &oid::CERTIFICATE_POLICIES)?)
        else {
            return Ok(next);
        };
        budget.spend_policies(stated.len())?;
        for policy in stated.iter().copied().filter(|policy| *policy != ANY) {
            let parents = above.expecting(policy);
            budget.spend_policies(parents.len())?;
            if above.any || !parents.is_empty() {
                next.nodes.insert(policy, parents);
            }
        }
        if any_counts && stated.contains(&ANY) {
            next.any = above.any;
            for policy in above.expected() {
                if !next.nodes.contains_key(policy) {
                    let parents = above.expecting(policy);
                    budget.spend_policies(1 + parents.len())?;
                    next.nodes.insert(policy, parents);
                }
            }
        }
        Ok(next)
    }

    /// Section 6.1.4 (a) and (b).
    fn map(&mut self, certificate: &'a Certificate, budget: &mut Budget) -> Result<(), BrokenRule> {
        let Some(mappings) = readable(certificate.policy_mappings(), &oid::POLICY_MAPPINGS)? else { return Ok(()) };
        if mappings.iter().any(|mapping| mapping.issuer == ANY || mapping.subject == ANY) {
            return Err(BrokenRule::AnyPolicyMapped);
        }
        budget.spend_policies(mappings.len())?;
        let Some(level) = self.levels.last_mut() else { return Ok(()) };
        for mapping in mappings {
            if self.policy_mapping == 0 {
                level.nodes.remove(mapping.issuer);
                continue;
            }
            if level.any {
                level.nodes.entry(mapping.issuer).or_default();
            }
            if level.nodes.contains_key(mapping.issuer) {
                level.sources.insert(mapping.issuer);
                level.mapped.entry(mapping.subject).or_default().push(mapping.issuer);
            }
        }
        Ok(())
    }

    /// Whether the graph has come to its end: what has no child is no part of it.
    fn is_empty(&self) -> bool {
        self.levels.last().is_none_or(|level| !level.any && level.nodes.is_empty())
    }

    /// Section 6.1.5 (g), in the issuers' own policies: those at the uppermost ends of what reaches the last certificate.
    fn user_constrained(&self, inputs: &PathInputs) -> Vec<Vec<u8>> {
        let mut found: BTreeSet<PolicyOid<'_>> = BTreeSet::new();
        let mut reached: BTreeSet<PolicyOid<'_>> = BTreeSet::new();
        for (depth, level) in self.levels.iter().rev().enumerate() {
            let mut parents = BTreeSet::new();
            for (policy, above) in level.nodes.iter().filter(|(policy, _)| depth == 0 || reached.contains(*policy)) {
                if above.is_empty() {
                    found.insert(policy);
                }
                parents.extend(above.iter().copied());
            }
            reached = parents;
        }
        let any = self.levels.last().is_some_and(|level| level.any);
        match inputs.policies.as_slice() {
            [] => found.into_iter().chain(any.then_some(ANY)).map(<[u8]>::to_vec).collect(),
            accepted => {
                let holds = |policy: &&oid::ObjectIdentifier| any || found.contains(policy.as_bytes());
                accepted.iter().filter(holds).map(|policy| policy.as_bytes().to_vec()).collect()
            }
        }
    }
}

impl<'a> Level<'a> {
    /// The nodes that expect a policy.
    fn expecting(&self, policy: PolicyOid<'_>) -> Vec<PolicyOid<'a>> {
        let itself = self.nodes.get_key_value(policy).map(|(policy, _)| *policy);
        let itself = itself.filter(|policy| !self.sources.contains(policy));
        self.mapped.get(policy).into_iter().flatten().copied().chain(itself).collect()
    }

    /// All policies but anyPolicy that are expected.
    fn expected(&self) -> impl Iterator<Item = PolicyOid<'a>> {
        let themselves = self.nodes.keys().copied().filter(|policy| !self.sources.contains(policy));
        self.mapped.keys().copied().chain(themselves)
    }
}
