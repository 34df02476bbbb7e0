//! What a path is asked for (RFC 5280 section 6.1.1).

use crate::asn1::oid::ObjectIdentifier;
use crate::clock::Time;

/// The inputs besides certificates and anchors.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct PathInputs {
    /// (b): the time at which every certificate has to be valid.
    pub(crate) at: Time,
    /// (c) user-initial-policy-set: acceptable policies; empty for any.
    pub(crate) policies: Vec<ObjectIdentifier>,
    /// (e) initial-policy-mapping-inhibit.
    pub(crate) inhibit_policy_mapping: bool,
    /// (f) initial-explicit-policy: without an acceptable policy there is no path.
    pub(crate) require_explicit_policy: bool,
    /// (g) initial-any-policy-inhibit.
    pub(crate) inhibit_any_policy: bool,
    /// (h), (i) initial-permitted-subtrees and initial-excluded-subtrees: values of the extension NameConstraints.
    pub(crate) subtrees: Vec<Vec<u8>>,
}

impl PathInputs {
    /// Any policy, and none is demanded.
    pub(crate) fn at(at: Time) -> Self {
        Self {
            at,
            policies: Vec::new(),
            inhibit_policy_mapping: false,
            require_explicit_policy: false,
            inhibit_any_policy: false,
            subtrees: Vec::new(),
        }
    }
}
