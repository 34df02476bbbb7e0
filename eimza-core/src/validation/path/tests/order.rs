//! Which paths are found, and in which order.

use super::draft::Draft;
use super::{chain, search};
use crate::certificate::Certificate;

#[test]
fn a_chain_is_found_whatever_stands_beside_it() {
    let (root, ca, leaf) = chain();
    let strangers = (0..40).map(|number| Draft::authority("root", &format!("stranger {number}")).make());
    let others: Vec<Certificate> = strangers.chain([ca, leaf.clone(), root.clone()]).collect();
    let found = search(&leaf, &[&root], &others);
    assert_eq!(found.names(), [["leaf", "ca", "root"]]);
    assert_eq!(found.signatures, 2);
}

#[test]
fn an_anchor_is_its_own_path() {
    let (root, ca, _) = chain();
    assert_eq!(search(&root, &[&root], &[]).names(), [["root"]]);
    let found = search(&ca, &[&ca, &root], &[]);
    assert_eq!(found.names(), [vec!["ca"], vec!["ca", "root"]]);
}

#[test]
fn further_paths_are_handed_out_one_after_the_other() {
    let (root, ca, leaf) = chain();
    let other_root = Draft::authority("other root", "other root").make();
    let crossed = Draft::authority("other root", "ca").make();
    let found = search(&leaf, &[&root, &other_root], &[ca, crossed]);
    assert_eq!(found.names(), [["leaf", "ca", "root"], ["leaf", "ca", "other root"]]);
}

#[test]
fn a_certificate_in_two_places_is_one() {
    let (root, ca, leaf) = chain();
    let found = search(&leaf, &[&root], &[ca.clone(), ca]);
    assert_eq!(found.names().len(), 1);
}

#[test]
fn a_new_key_of_the_same_authority_is_followed() {
    let root = Draft::authority("root", "root").make();
    let new_with_old = Draft::authority("root", "root").key("new").make();
    let leaf = Draft::new("root", "leaf").signed_by("new").make();
    let found = search(&leaf, &[&root], &[new_with_old]);
    assert_eq!(found.names(), [["leaf", "root", "root"]]);
}

#[test]
fn the_key_that_is_named_is_tried_first() {
    let root = Draft::authority("root", "root").make();
    let candidate = |key: &str| Draft::authority("root", "ca").key(key).with_key_identifiers().make();
    let others: Vec<Certificate> = (0..90).map(|number| candidate(&format!("key {number}"))).collect();
    let leaf = Draft::new("ca", "leaf").signed_by("key 60").with_key_identifiers().make();
    let found = search(&leaf, &[&root], &others);
    assert_eq!(found.names(), [["leaf", "ca", "root"]]);
    assert_eq!(found.paths[0].certificates()[1], others[60]);
}

#[test]
fn what_is_valid_is_tried_before_what_has_ended() {
    let (root, ca, leaf) = chain();
    let ended = Draft::authority("root", "ca").serial(2).dates("2020-01-01T00:00:00Z", "2021-01-01T00:00:00Z").make();
    let found = search(&leaf, &[&root], &[ended, ca.clone()]);
    assert_eq!(found.paths[0].certificates()[1], ca);
    assert_eq!(found.paths.len(), 1);
}
