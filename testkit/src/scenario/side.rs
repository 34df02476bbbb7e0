//! A signer, the authorities above, and what is known of them.

use super::certificate::{Draft, Holder, Role};
use super::evidence::{About, Evidence};
use super::moment::Moment;
use super::plan::{Actor, Source};

/// A signer and the authorities above.
pub(super) struct Side {
    pub(super) root: Holder,
    pub(super) sub_ca: Holder,
    pub(super) signer: Holder,
    pub(super) about_sub_ca: Evidence,
    pub(super) about_signer: Evidence,
}

impl Side {
    pub(super) fn new(
        prefix: &str,
        root: &Holder,
        [sub_ca, signer]: [&Actor; 2],
        [used_at, issued_at]: [Moment; 2],
        usually: Source,
    ) -> Self {
        let names = ["sub-ca", "signer", "root responder", "responder"].map(|name| format!("{prefix}{name}"));
        let draft =
            |name, role, actor: &Actor| Draft { name, role, kind: actor.key, oddity: actor.certificate, used_at };
        let authority = draft(&names[0], Role::Authority, sub_ca).issued_by(root);
        let person = draft(&names[1], Role::Signer, signer).issued_by(&authority);
        let about = |holder, issuer, responder, usually, actor: &Actor| {
            About { holder, issuer, responder, used_at, issued_at, usually }.evidence(&actor.status)
        };
        Self {
            about_sub_ca: about(&authority, root, &names[2], Source::Crl, sub_ca),
            about_signer: about(&person, &authority, &names[3], usually, signer),
            root: root.clone(),
            sub_ca: authority,
            signer: person,
        }
    }
}
