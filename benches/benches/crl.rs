//! A CRL of two million entries, about a hundred megabytes: reading it and looking a certificate up, its signature verified; and
//! what a further look-up takes. `cargo bench -p eimza-benches --bench crl`

#![allow(clippy::expect_used)]

use std::hint::black_box;
use std::time::{Duration, Instant};

use eimza_benches::{interleaved, microseconds, report};
use eimza_core::revocation::{Crl, Question, Status, StatusPolicy, by_crls};
use eimza_core::{Certificate, Time};
use eimza_testkit::pki;
use eimza_testkit::status::{CrlDraft, entry};

const ENTRIES: u32 = 2_000_000;
const ROUNDS: usize = 5;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let der = large().ok_or("openssl signs it")?;
    let read = |name| Certificate::from_der(pki::certificate(name));
    let (certificate, issuer, at) = (read("nes-p256")?, read("nes-ca")?, Time::parse("2026-06-15T12:30:00Z")?);
    let question =
        Question { certificate: &certificate, issuer: &issuer, at, now: at, policy: StatusPolicy::default() };
    let is_good = |crl: &Crl| {
        let answer = by_crls(&question, std::slice::from_ref(crl), &|_| Vec::new());
        matches!(answer.status, Status::Good { .. })
    };

    let mut first: Vec<(Duration, Crl)> = Vec::new();
    for _ in 0..ROUNDS {
        let octets = der.clone();
        let start = Instant::now();
        let crl = Crl::from_der(octets)?;
        assert!(is_good(&crl), "it is not listed");
        first.push((start.elapsed(), crl));
        first.sort_by_key(|(time, _)| *time);
        first.truncate(ROUNDS / 2 + 1);
    }
    let (median, crl) = first.pop().ok_or("no round")?;
    let figure = format!("{:.0} ms; {:.0} MB", median.as_secs_f64() * 1e3, der.len() as f64 / 1e6);
    let mut all_met = report("first look-up in two million", figure, "< 1 s", median < Duration::from_secs(1));

    let [further] = interleaved(21, 100, &mut [&mut || assert!(is_good(black_box(&crl)))]);
    let figure = format!("{:.1} µs", microseconds(further));
    all_met &= report("  a further one", figure, "< 1 ms", further < Duration::from_millis(1));
    if all_met { Ok(()) } else { Err("a goal was missed".into()) }
}

/// Serial numbers of sixteen octets, each entry with a reason.
fn large() -> Option<Vec<u8>> {
    let reason = eimza_testkit::der::extension("2.5.29.21", false, &[0x0a, 1, 1]);
    let serial = |number: u32| {
        let mixed = u64::from(number).wrapping_mul(0x9e37_79b9_7f4a_7c15).to_be_bytes();
        [&[0x01], &mixed[..], &mixed[..7]].concat()
    };
    let entries = (0..ENTRIES).map(|number| entry(&serial(number), "20260601000000Z", std::slice::from_ref(&reason)));
    CrlDraft { entries: entries.collect(), ..CrlDraft::new("nes-ca") }.sign()
}
