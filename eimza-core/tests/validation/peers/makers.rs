//! Signatures that OpenSSL, pyHanko, BouncyCastle and pkijs make get their full verdict: at once, and when time has passed.

use std::time::Duration;

use eimza_core::validation::Level;
use eimza_core::{Clock, SystemClock, Time};
use eimza_testbed::TEXT;
use eimza_testkit::peers::{Order, Peer, Question, authority};
use eimza_testkit::pki;
use eimza_testkit::stamp::{SIGNATURE_TIME_STAMP, SignedFile, token};

use super::judged;
use crate::stamped::crl;

const HOUR: Duration = Duration::from_secs(60 * 60);
const PASSED: &str = "TOTAL-PASSED";

fn orders() -> [Order; 6] {
    [
        Order::new("nes-rsa2048"),
        Order::new("nes-rsa2048").detached(),
        Order::new("nes-rsa2048").pss(),
        Order::new("nes-p256"),
        Order::new("nes-p384").digest("sha384").detached(),
        Order::new("nes-rsa2048").streamed(),
    ]
}

/// A file that is judged at that time with CRLs of that time; `revoked` is when its signer was.
fn question(signature: Vec<u8>, order: &Order, at: Time, revoked: Option<Time>) -> Question {
    let of = |issuer: &str| {
        let listed: Vec<_> =
            revoked.map(|time| (order.signer(), time)).into_iter().filter(|_| issuer != "root").collect();
        crl(issuer, at.before(HOUR / 4), &listed).unwrap()
    };
    Question {
        signature,
        content: order.is_detached().then(|| TEXT.to_vec()),
        anchors: vec![pki::certificate("root")],
        others: ["nes-ca", "nes-ca-p384"].map(pki::certificate).to_vec(),
        crls: ["root", "nes-ca", "nes-ca-p384"].map(of).to_vec(),
        time: at.to_string(),
        ..Question::default()
    }
}

/// What becomes of a signature when its certificate is revoked an hour later, and when it has ended.
fn time_passes(signature: &[u8], order: &Order, proven: Level, [after_revocation, after_the_end]: [&str; 2]) {
    let now = SystemClock::new().now().after(Duration::from_secs(30));
    let expect = |question: Question, expected: &str, when: &str| {
        assert_eq!(judged(&question), (expected.to_owned(), proven), "{order:?} {when}");
    };
    expect(question(signature.to_vec(), order, now, None), PASSED, "at once");
    expect(question(signature.to_vec(), order, now.after(2 * HOUR), None), PASSED, "hours later");
    let revoked = Some(now.after(HOUR));
    expect(question(signature.to_vec(), order, now.after(3 * HOUR), revoked), after_revocation, "after the revocation");
    let years_later = Time::parse("2041-01-01T00:00:00Z").unwrap();
    let mut ended = question(signature.to_vec(), order, now, None);
    ended.time = years_later.to_string();
    expect(ended, after_the_end, "after the end");
}

#[test]
fn what_each_of_them_signs_passes_until_its_certificate_ends() {
    for order in orders() {
        for peer in Peer::ALL.into_iter().filter(|peer| peer.can(&order)) {
            let Some(signature) = peer.sign(&order, TEXT) else { return };
            time_passes(&signature, &order, Level::BB, ["REVOKED_NO_POE", "OUT_OF_BOUNDS_NO_POE"]);
        }
    }
}

#[test]
fn a_time_stamp_keeps_it_valid() {
    let order = Order::new("nes-rsa2048");
    for peer in Peer::ALL {
        let Some(signature) = peer.sign(&order, TEXT) else { return };
        let mut file = SignedFile::read(&signature);
        let value = file.signature_value();
        file.add(SIGNATURE_TIME_STAMP, &token("sha256", &value).unwrap());
        time_passes(&file.der(), &order, Level::BT, [PASSED; 2]);
    }
}

/// pyHanko asks a time-stamp authority by itself.
#[test]
fn a_time_stamp_that_the_peer_fetches_counts() {
    let Some(authority) = authority() else { return };
    let order = Order::new("nes-p256").time_stamped(&authority.time_stamps());
    for peer in Peer::ALL.into_iter().filter(|peer| peer.can(&order)) {
        let Some(signature) = peer.sign(&order, TEXT) else { return };
        let at = SystemClock::new().now().after(Duration::from_secs(30));
        let mut question = question(signature, &order, at, None);
        question.anchors.push(authority.certificate("root"));
        question.crls.push(authority.crl("root", &at.to_string()));
        assert_eq!(judged(&question), (PASSED.to_owned(), Level::BT));
    }
}
