//! The pages of scenarios, one test each.

use super::judge;

#[test]
fn what_is_the_same_at_every_level() {
    judge("every-level");
}

#[test]
fn sha1_by_date() {
    judge("sha1");
}

#[test]
fn status_of_signer_and_authority() {
    judge("status");
}

#[test]
fn signature_time_stamps() {
    judge("time-stamp");
}

#[test]
fn references_and_values() {
    judge("references");
}

#[test]
fn archive_time_stamps() {
    judge("archive");
}

#[test]
fn profiles_of_btk() {
    judge("profiles");
}

#[test]
fn known_attacks() {
    judge("attacks");
}
