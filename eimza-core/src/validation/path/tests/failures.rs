//! Which rule is named where there is no path: the one of the path that came furthest.

use super::draft::{Draft, host, list};
use super::{chain, search};
use crate::asn1::oid::{self, ObjectIdentifier};
use crate::asn1::{tag, write};
use crate::certificate::Certificate;
use crate::validation::SubIndication;

const UNKNOWN: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.3.4");

/// The rule that a path over this authority to this certificate breaks.
fn rule(ca: Draft, leaf: Draft) -> &'static str {
    let root = Draft::authority("root", "root").make();
    search(&leaf.make(), &[&root], &[ca.make()]).rule()
}

fn ca() -> Draft {
    Draft::authority("root", "ca")
}

fn leaf() -> Draft {
    Draft::new("ca", "leaf")
}

#[test]
fn nothing_trusted_is_nothing_found() {
    let (root, ca, leaf) = chain();
    let found = search(&leaf, &[], &[ca.clone(), root.clone()]);
    let failure = found.failure.unwrap();
    assert_eq!((failure.rule.name(), failure.certificate), ("issuer-unknown", root));
    assert_eq!(failure.rule.sub_indication(), SubIndication::NoCertificateChainFound);
}

#[test]
fn each_rule_has_its_name() {
    assert_eq!(rule(ca(), leaf()), "none");
    assert_eq!(rule(ca(), leaf().signed_by("other")), "issuer-signature-invalid");
    assert_eq!(rule(Draft::new("root", "ca"), leaf()), "issuer-not-an-authority");
    let usage = |bits: u8| ca().with(&oid::KEY_USAGE, &[3, 2, 0, bits]);
    assert_eq!(rule(usage(0x04), leaf()), "none");
    assert_eq!(rule(usage(0x80), leaf()), "issuer-key-usage");
    assert_eq!(rule(ca().with(&oid::KEY_USAGE, &[5, 0]), leaf()), "extension-malformed");
    assert_eq!(rule(ca().with(&UNKNOWN, &[]), leaf()), "critical-extension-unknown");
    assert_eq!(rule(ca(), leaf().with(&UNKNOWN, &[])), "critical-extension-unknown");
    assert_eq!(rule(ca(), leaf().with(&oid::KEY_USAGE, &[]).with(&oid::KEY_USAGE, &[])), "extension-malformed");
    assert_eq!(rule(ca().with(&oid::POLICY_CONSTRAINTS, &[0x30, 3, 0x80, 1, 0]), leaf()), "policy-missing");
    for extension in [oid::POLICY_CONSTRAINTS, oid::POLICY_MAPPINGS, oid::INHIBIT_ANY_POLICY, oid::NAME_CONSTRAINTS] {
        assert_eq!(rule(ca().with(&extension, &[0x30, 1]), leaf()), "extension-malformed", "{extension}");
    }
    let with_any = write::sequence(&[&write::oid(&oid::ANY_POLICY), &write::oid(&UNKNOWN)]);
    assert_eq!(rule(ca().with(&oid::POLICY_MAPPINGS, &list([with_any])), leaf()), "any-policy-mapped");
}

#[test]
fn dates_count_last_and_have_their_sub_indication() {
    let (before, after) =
        (("2039-01-01T00:00:00Z", "2040-01-01T00:00:00Z"), ("2020-01-01T00:00:00Z", "2021-01-01T00:00:00Z"));
    for (draft, name) in [(before, "certificate-not-yet-valid"), (after, "certificate-expired")] {
        assert_eq!(rule(ca(), leaf().dates(draft.0, draft.1)), name);
        assert_eq!(rule(ca().dates(draft.0, draft.1), leaf()), name);
        assert_eq!(rule(ca(), leaf().dates(draft.0, draft.1).signed_by("other")), "issuer-signature-invalid");
    }
    let (root, ca, _) = chain();
    let failure = search(&leaf().dates(after.0, after.1).make(), &[&root], &[ca]).failure.unwrap();
    assert_eq!(failure.rule.sub_indication(), SubIndication::OutOfBoundsNoPoe);
}

#[test]
fn an_anchor_is_trusted_as_it_stands() {
    let root =
        Draft::new("root", "root").dates("2020-01-01T00:00:00Z", "2021-01-01T00:00:00Z").with(&UNKNOWN, &[]).make();
    assert_eq!(search(&Draft::new("root", "leaf").make(), &[&root], &[]).names().len(), 1);
}

#[test]
fn the_path_that_came_furthest_is_named() {
    let root = Draft::authority("root", "root").make();
    let unsigned = ca().signed_by("other").serial(2).make();
    let ended = ca().dates("2020-01-01T00:00:00Z", "2021-01-01T00:00:00Z").make();
    let others: Vec<Certificate> = vec![unsigned, ended.clone(), Draft::new("root", "ca").serial(3).make()];
    let failure = search(&leaf().make(), &[&root], &others).failure.unwrap();
    assert_eq!((failure.rule.name(), failure.certificate), ("certificate-expired", ended));
}

#[test]
fn names_that_are_not_compared_here_are_refused() {
    let other_name = write::tlv(tag::context(0), b"");
    let constraint =
        |base: Vec<u8>, place| write::sequence(&[&write::tlv(tag::context(place), &write::sequence(&[&base]))]);
    let named = |name: Vec<u8>| leaf().with(&oid::SUBJECT_ALT_NAME, &list([name]));
    let under = |value: &[u8]| ca().with(&oid::NAME_CONSTRAINTS, value);
    for place in [0, 1] {
        let others = constraint(other_name.clone(), place);
        assert_eq!(rule(under(&others), named(other_name.clone())), "name-not-comparable");
        assert_eq!(rule(under(&others), named(host("a.example"))), "none");
    }
    assert_eq!(rule(under(&constraint(host("example"), 0)), named(host("a.other"))), "name-not-permitted");
    assert_eq!(rule(under(&constraint(host("example"), 1)), named(host("a.example"))), "name-excluded");
    assert_eq!(rule(under(&constraint(host("example"), 1)), named(host("a..example"))), "name-not-comparable");
}
