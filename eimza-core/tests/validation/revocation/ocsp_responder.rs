//! Who may answer for an authority (RFC 6960 section 4.2.2.2).

use eimza_core::revocation::{OcspAnswer, Responder, Status, Unusable, by_ocsp};
use eimza_testkit::status::{GOOD, OcspDraft, single};

use super::{Asked, certificate, issued, ocsp};

fn answered_by(signer: &str) -> Option<OcspDraft> {
    let single = single(("nes-rsa2048", "nes-ca"), "sha256", GOOD, "20260615120000Z", None, &[])?;
    Some(OcspDraft::new(signer, single))
}

fn judged(draft: &OcspDraft, trusted: &[&str]) -> Option<OcspAnswer> {
    let trusted: Vec<_> = trusted.iter().map(|name| certificate(name)).collect();
    Some(by_ocsp(&Asked::nes().question(), &ocsp(draft.sign()?), &trusted))
}

fn good() -> Status {
    Status::Good { as_of: issued() }
}

#[test]
fn the_issuer_itself_may_answer_by_name_and_by_key() {
    for by_key in [false, true] {
        let Some(draft) = answered_by("nes-ca") else { return };
        let draft = OcspDraft { by_key, certificates: vec![], ..draft };
        let answer = judged(&draft, &[]).unwrap();
        assert_eq!((answer.status, answer.responder), (good(), Some(Responder::Issuer)));
    }
}

#[test]
fn whom_the_issuer_has_appointed_may_answer() {
    for by_key in [false, true] {
        let Some(draft) = answered_by("ocsp-nes-ca") else { return };
        // Its certificate need not be the first.
        let certificates = vec!["root".to_owned(), "ocsp-nes-ca".to_owned()];
        let answer = judged(&OcspDraft { by_key, certificates, ..draft }, &[]).unwrap();
        let Some(Responder::Delegate(delegate)) = answer.responder else { panic!("{answer:?}") };
        assert_eq!((answer.status, &delegate), (good(), &certificate("ocsp-nes-ca")));
        assert!(delegate.has_ocsp_no_check() && !certificate("nes-ca").has_ocsp_no_check());
    }
}

#[test]
fn nobody_else_may_answer() {
    // A holder without the purpose, an authority above, the namesake with another key.
    for signer in ["second-person", "root", "other-ca"] {
        let Some(draft) = answered_by(signer) else { return };
        let answer = judged(&draft, &[]).unwrap();
        let refused = Status::Unusable(Unusable::SignerNotAuthorised);
        assert_eq!((answer.status, answer.responder), (refused, None), "{signer}");
    }
}

/// The responder of one authority does not speak for another one, not even one of the same name.
#[test]
fn a_responder_speaks_for_its_own_authority_only() {
    let Some(draft) = answered_by("ocsp-nes-ca") else { return };
    let single = single(("nes-rsa2048", "other-ca"), "sha1", GOOD, "20260615120000Z", None, &[]).unwrap();
    let answer = ocsp(OcspDraft { responses: vec![single], ..draft }.sign().unwrap());
    let asked = Asked { issuer: certificate("other-ca"), ..Asked::nes() };
    let status = by_ocsp(&asked.question(), &answer, &[]).status;
    assert_eq!(status, Status::Unusable(Unusable::SignerNotAuthorised));
}

#[test]
fn whom_the_caller_trusts_may_answer() {
    let Some(draft) = answered_by("second-person") else { return };
    let answer = judged(&OcspDraft { certificates: vec![], ..draft }, &["root", "second-person"]).unwrap();
    assert_eq!(answer.status, good());
    assert_eq!(answer.responder, Some(Responder::Trusted(certificate("second-person"))));
}

#[test]
fn an_unknown_signer_says_nothing() {
    let Some(draft) = answered_by("ocsp-nes-ca") else { return };
    let answer = judged(&OcspDraft { certificates: vec![], ..draft }, &[]).unwrap();
    assert_eq!(answer.status, Status::Unusable(Unusable::SignerUnknown));
}

/// Certificates of the test PKI begin in 2026.
#[test]
fn a_responder_must_be_valid_when_it_answers() {
    let Some(draft) = answered_by("ocsp-nes-ca") else { return };
    let early = OcspDraft { produced_at: "20251231235959Z".into(), ..draft };
    assert_eq!(judged(&early, &[]).unwrap().status, Status::Unusable(Unusable::SignerNotValid));
}
