//! The declared CMS files and the peers agree as far as the declaration says, and no further.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs)]

use eimza_testkit::cms::{self, Expected};
use eimza_testkit::peers::{Peer, Trust};

#[test]
fn peers_accept_what_the_declaration_says_and_nothing_else() {
    let cases = cms::cases();
    let files: Vec<_> = cases.iter().map(|case| (case.signature.as_slice(), case.content.as_deref())).collect();
    let mut surprises = Vec::new();
    for peer in Peer::ALL {
        let Some(answers) = peer.verify_many(&Trust::test_pki(), &files) else { continue };
        for (case, answer) in cases.iter().zip(answers) {
            let name = format!("{peer:?}").to_lowercase();
            if answer.success != case.accepted_by.contains(&name) {
                surprises.push(format!("{}: {name} accepts: {}\n{}", case.name, answer.success, answer.output));
            }
        }
    }
    assert!(surprises.is_empty(), "{}", surprises.join("\n"));
}

#[test]
fn collection_holds_every_kind_of_answer() {
    let cases = cms::cases();
    let count = |wanted: fn(&Expected) -> bool| cases.iter().filter(|case| wanted(&case.expect)).count();
    assert!(count(|expect| *expect == Expected::Verified) >= 25);
    assert!(count(|expect| matches!(expect, Expected::Failed(_))) >= 25);
    assert!(count(|expect| matches!(expect, Expected::Indeterminate(_))) >= 5);
    assert!(cases.iter().all(|case| !case.says.is_empty()));
}
