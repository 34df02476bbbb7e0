//! Hostile certificates: however many, however they are connected, a search ends within its budget.

use super::draft::{Draft, host, list};
use super::{Found, chain, now, search, search_with};
use crate::asn1::oid::{self, ObjectIdentifier};
use crate::asn1::{tag, write};
use crate::certificate::Certificate;
use crate::validation::path::{Budget, PathInputs};

fn most_signatures() -> usize {
    usize::try_from(Budget::default().signatures).unwrap()
}

#[test]
fn ten_thousand_of_one_name_cost_a_hundred_signatures() {
    let root = Draft::authority("root", "root").make();
    let candidate = |number: u64| Draft::authority("root", "ca").key(&format!("key {number}")).with_key_identifiers();
    let others: Vec<Certificate> = (0..10_000).map(|number| candidate(number).make()).collect();
    let unknown = Draft::new("ca", "leaf").make();
    let found = search(&unknown, &[&root], &others);
    assert_eq!((found.rule(), found.signatures), ("path-search-exceeded", most_signatures()));
    let hinted = Draft::new("ca", "leaf").signed_by("key 9000").with_key_identifiers().make();
    assert_eq!(search(&hinted, &[&root], &others).names(), [["leaf", "ca", "root"]]);
}

#[test]
fn ten_thousand_of_other_names_cost_nothing() {
    let (root, ca, leaf) = chain();
    let strangers = (0..10_000).map(|number| Draft::authority("root", &format!("stranger {number}")).make());
    let others: Vec<Certificate> = strangers.chain([ca]).collect();
    let found = search(&leaf, &[&root], &others);
    assert_eq!((found.names().len(), found.signatures), (1, 2));
}

#[test]
fn authorities_that_certify_each_other_end() {
    let web = |size: usize| -> Found {
        let names: Vec<String> = (0..size).map(|number| format!("ca {number}")).collect();
        let mut others = Vec::new();
        for issuer in &names {
            others
                .extend(names.iter().filter(|name| *name != issuer).map(|name| Draft::authority(issuer, name).make()));
        }
        search(&Draft::new("ca 0", "leaf").make(), &[], &others)
    };
    let small = web(3);
    assert_eq!((small.rule(), small.names().len()), ("issuer-unknown", 0));
    let large = web(30);
    assert_eq!(large.rule(), "path-search-exceeded");
    assert!(large.signatures <= most_signatures());
}

#[test]
fn a_long_line_is_followed_as_far_as_the_limit() {
    let line = |length: usize| {
        let mut others: Vec<Certificate> =
            (1..length).map(|at| Draft::authority(&format!("ca {at}"), &format!("ca {}", at - 1)).make()).collect();
        others.push(Draft::authority("root", &format!("ca {}", length - 1)).make());
        search(&Draft::new("ca 0", "leaf").make(), &[&Draft::authority("root", "root").make()], &others)
    };
    assert_eq!(line(16).names().len(), 1);
    assert_eq!(line(17).rule(), "path-too-long");
    assert_eq!(line(1000).rule(), "path-too-long");
}

/// Authorities in a line, each with these policies and each of them mapped to all.
fn mapped(length: usize, policies: u32) -> Found {
    let identifiers: Vec<Vec<u8>> =
        (0..policies).map(|number| write::oid(&ObjectIdentifier::new(&format!("1.2.3.{number}")).unwrap())).collect();
    let stated = list(identifiers.iter().map(|policy| write::sequence(&[policy])));
    let pairs = identifiers.iter().flat_map(|one| identifiers.iter().map(|other| write::sequence(&[one, other])));
    let mappings = list(pairs);
    let others: Vec<Certificate> = (0..length)
        .map(|at| {
            let issuer = if at == 0 { "root".to_owned() } else { format!("ca {}", at - 1) };
            let draft = Draft::authority(&issuer, &format!("ca {at}"));
            draft.with(&oid::CERTIFICATE_POLICIES, &stated).with(&oid::POLICY_MAPPINGS, &mappings).make()
        })
        .collect();
    let leaf = Draft::new(&format!("ca {}", length - 1), "leaf").with(&oid::CERTIFICATE_POLICIES, &stated).make();
    let inputs = PathInputs { require_explicit_policy: true, ..PathInputs::at(now()) };
    search_with(&inputs, &leaf, &[&Draft::authority("root", "root").make()], &others)
}

#[test]
fn policies_that_are_mapped_to_each_other_do_not_explode() {
    // As a tree: two hundred million leaves.
    assert_eq!(mapped(15, 4).paths[0].policies(), ["1.2.3.0", "1.2.3.1", "1.2.3.2", "1.2.3.3"]);
    assert_eq!(mapped(15, 100).rule(), "path-search-exceeded");
}

#[test]
fn names_and_constraints_are_counted() {
    let constrained = |count: u32, names: u32| {
        let subtrees = (0..count).map(|number| write::sequence(&[&host(&format!("h{number}.example"))]));
        let subtrees: Vec<Vec<u8>> = subtrees.collect();
        let pieces: Vec<&[u8]> = subtrees.iter().map(Vec::as_slice).collect();
        let constraints = write::sequence(&[&write::joined(tag::context(0), &pieces)]);
        let ca = Draft::authority("root", "ca").with(&oid::NAME_CONSTRAINTS, &constraints).make();
        let names = list((0..names).map(|_| host("a.h0.example")));
        let leaf = Draft::new("ca", "leaf").with(&oid::SUBJECT_ALT_NAME, &names).make();
        search(&leaf, &[&Draft::authority("root", "root").make()], &[ca])
    };
    assert_eq!(constrained(100, 100).names().len(), 1);
    assert_eq!(constrained(1000, 1000).rule(), "path-search-exceeded");
}

#[test]
fn a_name_of_a_megabyte_counts_as_many() {
    let long = "a.".repeat(500_000) + "example";
    let subtree = write::sequence(&[&host("example")]);
    let constraints = write::sequence(&[&write::joined(tag::context(0), &[subtree.as_slice(); 100])]);
    let ca = Draft::authority("root", "ca").with(&oid::NAME_CONSTRAINTS, &constraints).make();
    let leaf = Draft::new("ca", "leaf").with(&oid::SUBJECT_ALT_NAME, &list([host(&long)])).make();
    let found = search(&leaf, &[&Draft::authority("root", "root").make()], &[ca]);
    assert_eq!(found.rule(), "path-search-exceeded");
}
