//! The verdict and its JSON.

use eimza_core::cades::{Placement, SigningOptions};
use eimza_core::cms::Content;
use eimza_core::validation::{Check, CheckName, Indication, Level, Policy, Profile, Reason, Validation};
use eimza_testkit::cms::{self, Expected};

use eimza_testbed::keys::sign;
use eimza_testbed::{TEXT, options, trusting_nobody};

#[test]
fn declared_files_get_the_verdict_that_is_declared() {
    let mut surprises = Vec::new();
    for case in cms::cases() {
        let mut validation = trusting_nobody();
        if let Some(content) = &case.content {
            validation = validation.content(Content::Bytes(content));
        }
        let said = match validation.of(&case.signature) {
            Ok(report) => format!("{} {}", report.indication, report.sub_indication.unwrap()),
            Err(_) => "unreadable".to_owned(),
        };
        let expected = match &case.expect {
            // Nothing passes as long as no path is looked for.
            Expected::Verified => "INDETERMINATE NO_CERTIFICATE_CHAIN_FOUND".to_owned(),
            Expected::Failed(why) => format!("TOTAL-FAILED {why}"),
            Expected::Indeterminate(why) => format!("INDETERMINATE {why}"),
            Expected::Unreadable => "unreadable".to_owned(),
        };
        if said != expected {
            surprises.push(format!("{} ({}): {said} instead of {expected}", case.name, case.says));
        }
    }
    assert!(surprises.is_empty(), "{}", surprises.join("\n"));
}

#[test]
fn the_json_is_that_of_the_command() {
    let report = trusting_nobody().of(&sign("nes-rsa2048", TEXT, &options())).unwrap();
    let json = serde_json::to_value(&report).unwrap();
    let keys = |value: &serde_json::Value| value.as_object().unwrap().keys().cloned().collect::<Vec<_>>();
    assert_eq!(keys(&json), ["indication", "sub_indication", "signatures"]);
    let signature = &json["signatures"][0];
    let expected = "id parent indication sub_indication preliminary_until level structure profile policy_oid \
                    signing_time best_signature_time signer checks";
    assert_eq!(keys(signature), expected.split(' ').collect::<Vec<_>>());
    assert_eq!(keys(&signature["signer"]), ["common_name", "certificate_sha256", "qualified", "national_id"]);
    assert_eq!(keys(&signature["checks"][0]), ["name", "status", "reason"]);
    assert_eq!(signature["id"], "S0");
    assert_eq!(signature["indication"], "INDETERMINATE");
    assert_eq!(signature["sub_indication"], "NO_CERTIFICATE_CHAIN_FOUND");
    assert_eq!(signature["level"], "B-B");
    assert_eq!(signature["profile"], "P1");
    assert_eq!(signature["signing_time"], "2026-06-15T12:00:30Z");
    assert_eq!(signature["signer"]["qualified"], true);
    assert_eq!(signature["signer"]["national_id"], "100******46");
    assert_eq!(
        serde_json::to_value(report.revealed()).unwrap()["signatures"][0]["signer"]["national_id"],
        "10000000146"
    );
    let status = |name: &str| {
        let checks = signature["checks"].as_array().unwrap();
        checks.iter().find(|check| check["name"] == name).unwrap()["status"].clone()
    };
    for name in ["format", "message-digest", "signature", "signing-certificate", "profile"] {
        assert_eq!(status(name), "passed", "{name}");
    }
    for name in ["path", "revocation", "qualified"] {
        assert_eq!(status(name), "undetermined", "{name}");
    }
}

#[test]
fn counter_signatures_name_their_parent_and_count() {
    let report = trusting_nobody().of(&cms::find("counter-signature-wrong").signature).unwrap();
    assert_eq!(report.indication, Indication::TotalFailed);
    let [parent, counter] = report.signatures.as_slice() else { panic!("{report:?}") };
    assert_eq!(counter.parent.as_deref(), Some("S0"));
    assert_eq!(parent.parent, None);
    assert_eq!(parent.indication, Indication::Indeterminate, "it says nothing about its parent");
}

#[test]
fn by_the_generic_rules_nobody_can_fail_a_file_with_a_counter_signature() {
    let generic = trusting_nobody().policy(Policy::generic());
    let file = cms::find("counter-signature-wrong").signature;
    let report = generic.of(&file).unwrap();
    assert_eq!(report.sub_indication.unwrap().name(), "NO_CERTIFICATE_CHAIN_FOUND");
    assert_eq!(report.signatures[1].indication, Indication::TotalFailed, "it is reported all the same");
    let unreadable = swapped(&file, b"\x02\x01\x01\x30", b"\x02\x01\x01\x31");
    let told = |validation: &Validation<'_>| {
        let report = validation.of(&unreadable).unwrap();
        (report.indication, report.signatures.last().unwrap().checks[0].reason)
    };
    assert_eq!(told(&generic), (Indication::Indeterminate, Some(Reason::CounterSignatureUnreadable)));
    assert_eq!(told(&trusting_nobody()).0, Indication::TotalFailed);
}

#[test]
fn by_the_generic_rules_the_hash_alone_names_the_certificate() {
    let report = |policy| trusting_nobody().policy(policy).of(&cms::find("ess-issuer-serial-wrong").signature).unwrap();
    assert_eq!(report(Policy::tr_nes()).sub_indication.unwrap().name(), "SIG_CONSTRAINTS_FAILURE");
    let generic = report(Policy::generic());
    assert_eq!(generic.sub_indication.unwrap().name(), "NO_CERTIFICATE_CHAIN_FOUND");
    let noted = |check: &&Check| {
        check.name == CheckName::SigningCertificate && check.reason == Some(Reason::IssuerSerialDiffers)
    };
    assert!(generic.signatures[0].checks.iter().any(|check| noted(&check)), "it is told all the same");
}

/// The file with the last `from` in it replaced.
fn swapped(file: &[u8], from: &[u8], to: &[u8]) -> Vec<u8> {
    let at = file.windows(from.len()).rposition(|window| window == from).unwrap();
    [&file[..at], to, &file[at + from.len()..]].concat()
}

#[test]
fn a_key_that_is_not_for_signing_is_reported_under_every_policy() {
    let file = sign("encryption", TEXT, &SigningOptions { allow_unsuitable: true, ..options() });
    for policy in [Policy::generic(), Policy::tr_nes()] {
        let report = trusting_nobody().policy(policy).of(&file).unwrap();
        assert_eq!(report.sub_indication.unwrap().name(), "CHAIN_CONSTRAINTS_FAILURE");
    }
}

#[test]
fn structure_and_profile_follow_the_attributes() {
    let shape = |name: &str| {
        let report = trusting_nobody().of(&cms::find(name).signature).unwrap();
        (report.signatures[0].structure, report.signatures[0].profile)
    };
    assert_eq!(shape("attached-rsa2048"), (Level::BB, Some(Profile::P1)));
    assert_eq!(shape("no-signing-certificate"), (Level::Cms, None));
    assert_eq!(shape("no-signed-attributes"), (Level::Cms, None));
    assert_eq!(shape("no-certificates").0, Level::Bes);
    assert_eq!(shape("attributes-unsorted-signed-sorted").0, Level::Bes);
}

#[test]
fn a_demanded_profile_must_be_kept() {
    let verdict = |name: &str, profile| {
        trusting_nobody().profile(profile).of(&cms::find(name).signature).unwrap().sub_indication.unwrap().name()
    };
    assert_eq!(verdict("attached-rsa2048", Profile::P1), "NO_CERTIFICATE_CHAIN_FOUND");
    assert_eq!(verdict("attached-rsa2048", Profile::P2), "SIG_CONSTRAINTS_FAILURE");
}

#[test]
fn detached_content_may_be_given_as_digests() {
    let signature = sign("nes-p384", TEXT, &SigningOptions { placement: Placement::Detached, ..options() });
    let signed_data = eimza_core::cms::SignedData::read(&signature).unwrap();
    let digests: Vec<_> = signed_data.digests_needed().iter().map(|algorithm| algorithm.digest(TEXT)).collect();
    let sub_indication = |validation: Validation<'_>| validation.of(&signature).unwrap().sub_indication.unwrap().name();
    assert_eq!(sub_indication(trusting_nobody().content(Content::Digests(&digests))), "NO_CERTIFICATE_CHAIN_FOUND");
    assert_eq!(sub_indication(trusting_nobody()), "SIGNED_DATA_NOT_FOUND");
}

#[test]
fn what_is_no_cms_is_unreadable() {
    for file in [&b""[..], b"hello", b"\x30", b"\x30\x03\x02\x01\x05", b"\x00\x00"] {
        assert!(trusting_nobody().of(file).is_err(), "{file:?}");
    }
}
