//! The long form in a verdict: references and values have to fit what it rests on, newer data of the caller's does not matter.

use eimza_core::Time;
use eimza_core::validation::{CheckName, CheckStatus, Level, Policy, Profile, Reason, SignatureReport};
use eimza_testkit::der::{context, null, octets, oid, sequence};
use eimza_testkit::pki;
use eimza_testkit::stamp::{SIGNATURE_TIME_STAMP, SignedFile, attribute, token};
use eimza_testkit::status::{GOOD, OcspDraft, revoked, single};

use crate::stamped::{HOUR, PASSED, Stamped, asn1, crl};
use crate::written::{Attributes, certificate_reference, crl_reference, ocsp_reference, sign_anew};

const SIGNER: &str = "nes-rsa2048";

/// Which status data about the signer is collected.
#[derive(Clone, Copy, PartialEq)]
enum About {
    Crl,
    Ocsp,
}

/// A signature with its time-stamp, and what the long form of it needs.
struct Long {
    stamped: Stamped,
    attributes: Attributes,
}

impl Long {
    /// Nothing of it is added yet, and the caller has nothing but the certificate of the authority.
    fn new(profile: Option<Profile>, about: About) -> Option<Self> {
        let mut stamped = Stamped::new()?;
        if let Some(profile) = profile {
            claim(&mut stamped.file, profile);
        }
        let value = stamped.file.signature_value();
        stamped.file.add(SIGNATURE_TIME_STAMP, &token("sha256", &value)?);
        let issued = stamped.now.before(HOUR / 2);
        let root = crl("root", issued, &[])?;
        let mut attributes = Attributes {
            certificate_references: vec![
                certificate_reference("nes-ca", "root", false),
                certificate_reference("root", "root", false),
            ],
            certificates: ["nes-ca", "root"].map(pki::certificate).to_vec(),
            ..Attributes::default()
        };
        match about {
            About::Crl => {
                let of_signer = crl("nes-ca", issued, &[])?;
                attributes.revocation_references = vec![crl_reference("nes-ca", &of_signer, &asn1(issued), None)];
                attributes.crls = vec![of_signer];
            }
            About::Ocsp => {
                let answer = answer(issued, GOOD)?;
                attributes.revocation_references = vec![ocsp_reference(&answer, "ocsp-nes-ca", &asn1(issued))];
                attributes.ocsps = vec![answer];
            }
        }
        attributes.revocation_references.push(crl_reference("root", &root, &asn1(issued), None));
        attributes.revocation_references.push(sequence(&[]));
        attributes.crls.push(root);
        stamped.crls.clear();
        Some(Self { stamped, attributes })
    }

    /// Adds the four attributes after a change to them.
    fn finish(mut self, change: impl FnOnce(&mut Attributes)) -> Stamped {
        change(&mut self.attributes);
        self.attributes.add_to(&mut self.stamped.file);
        self.stamped
    }
}

/// A BasicOCSPResponse about the signer.
fn answer(issued: Time, status: &[u8]) -> Option<Vec<u8>> {
    let next = issued.after(48 * HOUR);
    let about = single((SIGNER, "nes-ca"), "sha1", status, &asn1(issued), Some(&asn1(next)), &[])?;
    OcspDraft { produced_at: asn1(issued), ..OcspDraft::new("ocsp-nes-ca", about) }.sign_basic()
}

/// Signs anew with the profile's policy among the signed attributes.
fn claim(file: &mut SignedFile, profile: Profile) {
    let policy = match profile {
        Profile::P2 => "2.16.792.1.61.0.1.5070.3.1.1",
        Profile::P3 => "2.16.792.1.61.0.1.5070.3.2.1",
        _ => "2.16.792.1.61.0.1.5070.3.3.1",
    };
    let document = "ff39bd29463383f69b2052ac47439e06ce7c3b8646e888b6e5ae3e46ba08117a";
    let document: Vec<u8> = (0..32).map(|at| u8::from_str_radix(&document[2 * at..2 * at + 2], 16).unwrap()).collect();
    let hash = sequence(&[sequence(&[oid("2.16.840.1.101.3.4.2.1"), null()]), octets(&document)]);
    let policy = attribute("1.2.840.113549.1.9.16.2.15", &sequence(&[oid(policy), hash]));
    sign_anew(file, SIGNER, |attributes| attributes.push(policy));
}

/// The status of the check over the references, and its reason.
fn references(signature: &SignatureReport) -> Option<(CheckStatus, Option<Reason>)> {
    let check = signature.checks.iter().find(|check| check.name == CheckName::References);
    check.map(|check| (check.status, check.reason))
}

/// Why the profile is not kept.
fn profile_reason(stamped: &Stamped) -> Option<Reason> {
    let report = stamped.report();
    report.signatures[0].checks.iter().find(|check| check.name == CheckName::Profile).unwrap().reason
}

#[test]
fn a_complete_long_form_passes_by_itself() {
    for about in [About::Crl, About::Ocsp] {
        let Some(long) = Long::new(None, about) else { return };
        let stamped = long.finish(|_| {});
        assert_eq!(stamped.verdict(), PASSED, "{:#?}", stamped.report());
        assert_eq!(stamped.level(), (Level::XL, Level::XL));
        assert_eq!(references(&stamped.report().signatures[0]), Some((CheckStatus::Passed, None)));
    }
}

#[test]
fn what_is_missing_in_the_long_form_takes_it_away() {
    type Change = fn(&mut Attributes);
    let changes: [(&str, Change); 11] = [
        ("no reference to the root", |all| drop(all.certificate_references.remove(1))),
        ("no reference to the authority", |all| drop(all.certificate_references.remove(0))),
        ("no reference to any certificate", |all| all.certificate_references.clear()),
        ("another certificate's reference", |all| {
            all.certificate_references[1] = certificate_reference("tsa", "root", false);
        }),
        ("no reference to the signer's status", |all| drop(all.revocation_references.remove(0))),
        ("no reference to the authority's status", |all| drop(all.revocation_references.remove(1))),
        ("no reference to any status", |all| all.revocation_references.clear()),
        ("another CRL's reference", |all| {
            all.revocation_references[1] = crl_reference("root", b"other", "20260615120000Z", None);
        }),
        ("the root is no value", |all| drop(all.certificates.remove(1))),
        ("the authority is no value", |all| drop(all.certificates.remove(0))),
        ("one reference too much", |all| {
            all.certificate_references.push(certificate_reference("tsa", "root", false));
        }),
    ];
    for (name, change) in changes {
        let Some(long) = Long::new(None, About::Ocsp) else { return };
        let mut stamped = long.finish(change);
        assert_eq!(stamped.verdict(), "SIG_CONSTRAINTS_FAILURE", "{name}");
        assert_eq!(stamped.level(), (Level::BT, Level::XL), "{name}");
        let failed = Some((CheckStatus::Failed, Some(Reason::ReferencesIncomplete)));
        assert_eq!(references(&stamped.report().signatures[0]), failed, "{name}");
        stamped.policy = Policy::generic();
        assert_eq!(stamped.verdict(), PASSED, "{name}: whoever can add attributes cannot fail it");
        assert_eq!(stamped.level(), (Level::BT, Level::XL), "{name}");
        assert_eq!(references(&stamped.report().signatures[0]), failed, "{name}");
    }
}

/// What the caller has mends no value that is missing in the file.
#[test]
fn status_data_of_the_caller_is_no_value() {
    for missing in [0, 1] {
        let Some(long) = Long::new(None, About::Crl) else { return };
        let crls = long.attributes.crls.clone();
        let mut stamped = long.finish(|all| drop(all.crls.remove(missing)));
        assert_eq!(stamped.verdict(), "SIG_CONSTRAINTS_FAILURE");
        stamped.crls = crls;
        assert_eq!(stamped.verdict(), "SIG_CONSTRAINTS_FAILURE");
        assert_eq!(stamped.level().0, Level::BT);
    }
}

#[test]
fn newer_data_of_the_caller_takes_nothing_away() {
    let Some(long) = Long::new(None, About::Ocsp) else { return };
    let mut stamped = long.finish(|_| {});
    let newer = stamped.now.before(HOUR / 60);
    stamped.crls = ["root", "nes-ca"].map(|issuer| crl(issuer, newer, &[]).unwrap()).to_vec();
    assert_eq!((stamped.verdict().as_str(), stamped.level().0), (PASSED, Level::XL));
    stamped.crls[1] = crl("nes-ca", newer, &[(SIGNER, newer.before(HOUR))]).unwrap();
    assert_eq!(stamped.verdict(), "REVOKED_NO_POE", "but a revocation is a revocation");
}

/// Anyone can put references beside a basic signature: they say nothing there.
#[test]
fn references_in_a_basic_signature_are_not_judged() {
    let Some(mut stamped) = Stamped::new() else { return };
    Attributes::default().add_to(&mut stamped.file);
    assert_eq!(stamped.verdict(), PASSED);
    assert_eq!(stamped.level(), (Level::BB, Level::BB));
    assert_eq!(references(&stamped.report().signatures[0]), None);
}

#[test]
fn references_without_values_need_what_they_refer_to() {
    let Some(Long { mut stamped, attributes }) = Long::new(None, About::Crl) else { return };
    attributes.add_references_to(&mut stamped.file);
    stamped.crls = attributes.crls.clone();
    assert_eq!((stamped.verdict().as_str(), stamped.level()), (PASSED, (Level::C, Level::C)));
    let newer = stamped.now.before(HOUR / 60);
    stamped.crls = ["root", "nes-ca"].map(|issuer| crl(issuer, newer, &[]).unwrap()).to_vec();
    assert_eq!((stamped.verdict().as_str(), stamped.level().0), ("TRY_LATER", Level::BT));
    stamped.crls.extend(attributes.crls);
    assert_eq!((stamped.verdict().as_str(), stamped.level().0), (PASSED, Level::C));
    stamped.file.unsigned.pop();
    assert_eq!(stamped.verdict(), "SIG_CONSTRAINTS_FAILURE", "one attribute of two");
}

#[test]
fn p4_wants_an_answer_about_the_signer_among_the_values() {
    let Some(long) = Long::new(Some(Profile::P4), About::Ocsp) else { return };
    let mut stamped = long.finish(|_| {});
    assert_eq!(stamped.verdict(), PASSED, "{:#?}", stamped.report());
    assert_eq!(stamped.report().signatures[0].profile, Some(Profile::P4));
    let newer = stamped.now.before(HOUR / 60);
    stamped.crls = ["root", "nes-ca"].map(|issuer| crl(issuer, newer, &[]).unwrap()).to_vec();
    assert_eq!(stamped.verdict(), PASSED, "a newer CRL of the caller's does not matter");

    let Some(long) = Long::new(Some(Profile::P4), About::Crl) else { return };
    let mut stamped = long.finish(|_| {});
    stamped.ocsps = vec![answer(newer, GOOD).unwrap()];
    assert_eq!(stamped.verdict(), "SIG_CONSTRAINTS_FAILURE");
    assert_eq!(profile_reason(&stamped), Some(Reason::StatusOfAnotherKind));
}

#[test]
fn p3_wants_crls_among_the_values() {
    let Some(long) = Long::new(Some(Profile::P3), About::Crl) else { return };
    let mut stamped = long.finish(|_| {});
    stamped.policy.grace_period = std::time::Duration::ZERO;
    stamped.ocsps = vec![answer(stamped.now.before(HOUR / 60), GOOD).unwrap()];
    assert_eq!(stamped.verdict(), PASSED, "a newer answer of the caller's does not matter: {:#?}", stamped.report());

    let Some(long) = Long::new(Some(Profile::P3), About::Ocsp) else { return };
    let mut stamped = long.finish(|_| {});
    stamped.policy.grace_period = std::time::Duration::ZERO;
    assert_eq!(profile_reason(&stamped), Some(Reason::StatusOfAnotherKind));
}

#[test]
fn p2_wants_crls_wherever_they_are() {
    let Some(Long { mut stamped, attributes }) = Long::new(Some(Profile::P2), About::Crl) else { return };
    stamped.policy.grace_period = std::time::Duration::ZERO;
    stamped.crls = attributes.crls;
    stamped.ocsps = vec![answer(stamped.now.before(HOUR / 60), GOOD).unwrap()];
    assert_eq!(stamped.verdict(), PASSED, "{:#?}", stamped.report());
    stamped.crls.remove(0);
    assert_eq!(profile_reason(&stamped), Some(Reason::StatusOfAnotherKind));
}

/// The grace period is over when there is a CRL from after it, whatever an answer says.
#[test]
fn the_grace_period_ends_with_a_crl() {
    let Some(Long { mut stamped, attributes }) = Long::new(Some(Profile::P2), About::Crl) else { return };
    stamped.crls = attributes.crls;
    let (stamped_at, later) = (stamped.now, stamped.now.after(25 * HOUR));
    stamped.now = stamped_at.after(26 * HOUR);
    stamped.ocsps = vec![answer(later, GOOD).unwrap()];
    assert_eq!(stamped.verdict(), "TRY_LATER");
    stamped.crls.push(crl("nes-ca", later, &[]).unwrap());
    stamped.ocsps = vec![answer(stamped_at, GOOD).unwrap()];
    assert_eq!(stamped.verdict(), PASSED);
}

#[test]
fn the_profiles_want_the_status_of_the_time_stamp_in_the_file() {
    let Some(Long { mut stamped, mut attributes }) = Long::new(Some(Profile::P4), About::Ocsp) else { return };
    // The status of the authority by an answer too: no CRL that would tell of the time-stamp unit as well.
    let issued = stamped.now.before(HOUR / 2);
    let about = single(("nes-ca", "root"), "sha1", GOOD, &asn1(issued), Some(&asn1(issued.after(48 * HOUR))), &[]);
    let draft =
        OcspDraft { produced_at: asn1(issued), certificates: Vec::new(), ..OcspDraft::new("root", about.unwrap()) };
    let of_authority = draft.sign_basic().unwrap();
    attributes.revocation_references[1] = ocsp_reference(&of_authority, "root", &asn1(issued));
    attributes.ocsps.push(of_authority);
    let of_unit = std::mem::take(&mut attributes.crls);
    attributes.add_to(&mut stamped.file);
    stamped.crls = of_unit.clone();
    assert_eq!(stamped.verdict(), "SIG_CONSTRAINTS_FAILURE");
    assert_eq!(profile_reason(&stamped), Some(Reason::StampStatusNotInside));
    stamped.crls.clear();
    stamped.file.fields.push(context(1, &of_unit.concat()));
    assert_eq!(stamped.verdict(), PASSED, "{:#?}", stamped.report());
}

/// Where BTK's list and RFC 6960 disagree: from XL up a responder that is known to have been revoked speaks no more, whatever
/// its issuer waives.
#[test]
fn a_revoked_responder_counts_in_the_long_form() {
    let judged = |policy: Policy, revoked_at: fn(Time) -> Time, is_long: bool| {
        let Long { mut stamped, attributes } = Long::new(None, About::Ocsp)?;
        stamped.policy = policy;
        let of_responder = crl("nes-ca", stamped.now.before(HOUR), &[("ocsp-nes-ca", revoked_at(stamped.now))])?;
        stamped.crls = vec![attributes.crls[0].clone(), of_responder];
        if is_long {
            attributes.add_to(&mut stamped.file);
        } else {
            stamped.ocsps = attributes.ocsps;
        }
        Some((stamped.verdict(), stamped.level().0))
    };
    let with = |revoked_at, is_long| judged(Policy::tr_nes(), revoked_at, is_long);
    let before = |now: Time| now.before(2 * HOUR);
    let after = |now: Time| now.after(HOUR);
    let Some(basic) = with(before, false) else { return };
    assert_eq!(basic, (PASSED.to_owned(), Level::BT));
    assert_eq!(with(after, true).unwrap(), (PASSED.to_owned(), Level::XL));
    assert_eq!(with(before, true).unwrap(), ("SIG_CONSTRAINTS_FAILURE".to_owned(), Level::BT));
    assert_eq!(judged(Policy::generic(), before, true).unwrap(), (PASSED.to_owned(), Level::XL), "RFC 6960 waives it");
}

#[test]
fn a_revocation_among_the_values_is_one() {
    let Some(long) = Long::new(None, About::Ocsp) else { return };
    let issued = long.stamped.now.before(HOUR / 2);
    let gone = answer(issued, &revoked(&asn1(issued.before(HOUR)), None)).unwrap();
    let stamped = long.finish(|all| {
        all.revocation_references[0] = ocsp_reference(&gone, "ocsp-nes-ca", &asn1(issued));
        all.ocsps = vec![gone];
    });
    assert_eq!(stamped.verdict(), "REVOKED_NO_POE");
    let unjudged = Some((CheckStatus::Undetermined, Some(Reason::NotChecked)));
    assert_eq!(references(&stamped.report().signatures[0]), unjudged);
}
