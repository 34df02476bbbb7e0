//! Rules of one's own: every key, what is left out, what is refused.

use super::*;
use crate::messages::Language;

fn day(day: &str) -> Time {
    Time::parse(&format!("{day}T00:00:00Z")).unwrap()
}

#[test]
fn what_is_left_out_stays_as_in_the_base() {
    let own = |policy: Policy| Policy { name: "own".into(), ..policy };
    assert_eq!(Policy::from_toml("").unwrap(), own(Policy::tr_nes()));
    assert_eq!(Policy::from_toml("base = \"generic\"").unwrap(), own(Policy::generic()));
}

#[test]
fn every_rule_can_be_changed() {
    let rules = r#"
        base = "generic"
        name = "archive"
        signers = "turkish-qualified"
        accept_seals = true
        accept_usage_limit = true
        counter_signatures_count = true
        issuer_serial_must_agree = true
        time_stamps_must_hold = true
        references_must_fit = true
        revoked_responders_count = true
        time_stamps_judged_at = "stated"
        anchors_must_verify = true
        time_stamp_delay = 1
        time_stamp_tolerance = 2
        grace_period = 3
        [status]
        clock_skew = 4
        ocsp_lifetime = 5
        [algorithms]
        digests = { "SHA-1" = 2011-01-01, "SHA-256" = 2040-01-01 }
        rsa_keys = { 2048 = 2030-01-01T03:00:00+03:00 }
        pss_keys = {}
        ec_keys = { 384 = 2031-01-01 }
        pkcs1_until = 9999-12-31
    "#;
    let seconds = Duration::from_secs;
    let expected = Policy {
        name: "archive".into(),
        signers: SignerDemand::TurkishQualified,
        accept_seals: true,
        accept_usage_limit: true,
        counter_signatures_count: true,
        issuer_serial_must_agree: true,
        time_stamps_must_hold: true,
        references_must_fit: true,
        revoked_responders_count: true,
        time_stamps_judged_at: StampTime::Stated,
        anchors_must_verify: true,
        status: StatusPolicy { clock_skew: seconds(4), ocsp_lifetime: seconds(5) },
        algorithms: AlgorithmPolicy {
            digests: vec![(DigestAlgorithm::Sha1, day("2011-01-01")), (DigestAlgorithm::Sha256, day("2040-01-01"))],
            rsa_keys: vec![(2048, day("2030-01-01"))],
            pss_keys: Vec::new(),
            ec_keys: vec![(384, day("2031-01-01"))],
            pkcs1_until: Some(day("9999-12-31")),
        },
        time_stamp_delay: seconds(1),
        time_stamp_tolerance: seconds(2),
        grace_period: seconds(3),
    };
    assert_eq!(Policy::from_toml(rules).unwrap(), expected);
}

#[test]
fn what_is_no_rule_is_refused_with_its_line() {
    for wrong in [
        "grace = 1",
        "base = \"own\"",
        "grace_period = -1",
        "grace_period = \"1 h\"",
        "status = { skew = 1 }",
        "algorithms = { digests = { MD5 = 2010-01-01 } }",
        "algorithms = { rsa_keys = { many = 2010-01-01 } }",
        "algorithms = { pkcs1_until = 2029-01-01T00:00:00 }",
        "algorithms = { pkcs1_until = 2029-13-01 }",
        "no rule",
    ] {
        let error = Policy::from_toml(&format!("name = \"own\"\n\n{wrong}\n")).unwrap_err();
        assert_eq!(error.name(), "policy-malformed");
        for language in [Language::English, Language::Turkish] {
            let happened = error.sentence(language).happened;
            assert!(happened.contains(wrong) && happened.contains('3'), "{wrong}: {happened}");
        }
    }
}

#[test]
fn hostile_files_end_at_a_limit() {
    assert_eq!(Policy::from_toml(&" ".repeat(SIZE + 1)).unwrap_err().name(), "limit-exceeded");
    let nested = format!("name = {}", "[".repeat(100_000));
    assert_eq!(Policy::from_toml(&nested).unwrap_err().name(), "policy-malformed");
}
