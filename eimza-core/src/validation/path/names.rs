//! Whether every name of a path lies where the authorities above permit it (RFC 5280 sections 4.2.1.10, 6.1.3 (b), (c)).

use super::budget::Budget;
use super::extensions::readable;
use super::failure::{BrokenRule, PathFailure};
use super::subtree::is_within;
use crate::asn1::oid;
use crate::certificate::{Certificate, GeneralName, NameConstraints};

/// Checks a path, whose first certificate is the last one's; the anchor is not in it. What the caller permits and excludes
/// from the beginning counts as if the anchor said it.
pub(super) fn check(path: &[&Certificate], initially: &[Vec<u8>], budget: &mut Budget) -> Result<(), PathFailure> {
    let mut above: Vec<NameConstraints<'_>> = Vec::new();
    if let Some(first) = path.last() {
        for value in initially {
            let constraints = readable(NameConstraints::read(value), &oid::NAME_CONSTRAINTS);
            above.push(constraints.map_err(|rule| rule.of(first))?);
        }
    }
    for (beneath, certificate) in path.iter().enumerate().rev() {
        let broken = |rule: BrokenRule| rule.of(certificate);
        let is_constrained = beneath == 0 || !certificate.is_self_issued();
        if is_constrained && !above.is_empty() {
            check_names(certificate, &above, budget).map_err(broken)?;
        }
        if beneath > 0 {
            let constraints = readable(certificate.name_constraints(), &oid::NAME_CONSTRAINTS);
            above.extend(constraints.map_err(broken)?);
        }
    }
    Ok(())
}

fn check_names(
    certificate: &Certificate,
    above: &[NameConstraints<'_>],
    budget: &mut Budget,
) -> Result<(), BrokenRule> {
    let subject = certificate.subject();
    if !subject.is_empty() {
        check_name(&GeneralName::Directory(subject), above, budget)?;
    }
    match readable(certificate.alternative_names(), &oid::SUBJECT_ALT_NAME)? {
        Some(names) => {
            for name in names {
                check_name(&readable(name, &oid::SUBJECT_ALT_NAME)?, above, budget)?;
            }
        }
        // Where mail addresses stood before there were alternative names.
        None => {
            budget.spend_names(cost(subject.der()))?;
            for address in subject.values(&oid::EMAIL_ADDRESS) {
                check_name(&GeneralName::Mail(address.as_bytes()), above, budget)?;
            }
        }
    }
    Ok(())
}

/// Every authority is asked: what one permits, another may forbid.
fn check_name(name: &GeneralName<'_>, above: &[NameConstraints<'_>], budget: &mut Budget) -> Result<(), BrokenRule> {
    budget.spend_names(cost(name.octets()))?;
    for constraints in above {
        let mut permitted = None;
        for base in constraints.permitted.clone() {
            permitted =
                matches(name, base, budget)?.map(|is_within| is_within || permitted == Some(true)).or(permitted);
        }
        if permitted == Some(false) {
            return Err(BrokenRule::NameNotPermitted);
        }
        for base in constraints.excluded.clone() {
            if matches(name, base, budget)? == Some(true) {
                return Err(BrokenRule::NameExcluded);
            }
        }
    }
    Ok(())
}

/// Whether the name lies within the base; `None` where the base is of another kind and says nothing of the name.
fn matches(
    name: &GeneralName<'_>,
    base: crate::error::Result<GeneralName<'_>>,
    budget: &mut Budget,
) -> Result<Option<bool>, BrokenRule> {
    let base = readable(base, &oid::NAME_CONSTRAINTS)?;
    budget.spend_names(cost(name.octets()).max(cost(base.octets())))?;
    if !name.is_same_kind(&base) {
        return Ok(None);
    }
    is_within(name, &base).map(Some).ok_or(BrokenRule::NameNotComparable)
}

/// As how many a name counts.
fn cost(name: &[u8]) -> usize {
    1 + name.len() / LONG
}

/// A name of so many octets counts as one more.
const LONG: usize = 256;
