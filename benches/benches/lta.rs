//! A whole verdict over a B-LTA with RSA keys, beside EU DSS in a Java that has been warmed up, both with nothing but the
//! file and the anchor. EU DSS makes the file with the services of the test bed's authority.

use std::hint::black_box;
use std::time::{Duration, Instant};

use eimza_benches::{microseconds, report};
use eimza_core::validation::{Anchors, Cache, Indication, Level, Policy, TrustedFor, Validation};
use eimza_core::{Certificate, Clock, SystemClock, Time};
use eimza_testkit::peers::{BaselineOrder, Dss, Question, authority};

const CONTENT: &[u8] = b"A consent text of ordinary length, such as a person reads before signing.";
const ROUNDS: usize = 9;
const OURS: u32 = 200;
const THEIRS: u32 = 20;
/// By then Java has compiled what it runs: further calls are not faster.
const WARM: u32 = 400;

type Outcome<T> = Result<T, Box<dyn std::error::Error>>;

fn main() -> Outcome<()> {
    let dss = Dss::for_measurements().ok_or("EU DSS is not installed")?;
    let authority = authority().ok_or("certomancer is not installed")?;
    let root = authority.certificate("root");
    let mut question = Question {
        signature: dss.sign(authority, &BaselineOrder::new("LTA", "rsa"), CONTENT),
        anchors: vec![root.clone()],
        ..Question::default()
    };
    let now = SystemClock::new().now();
    question.time = now.to_string();
    let anchors = Anchors::new().trust(Certificate::from_der(root)?, TrustedFor::Everything);
    let cache = Cache::new();
    let ours = |file: &[u8]| passes(file, now, &anchors, &cache);

    let mut damaged = question.clone();
    let place = damaged.signature.windows(CONTENT.len()).position(|window| window == CONTENT).ok_or("no content")?;
    if let Some(octet) = damaged.signature.get_mut(place) {
        *octet ^= 1;
    }
    assert!(ours(&question.signature) && !ours(&damaged.signature), "we tell good from bad");
    assert!(theirs(&dss, &question, WARM)?.0 && !theirs(&dss, &damaged, 1)?.0, "EU DSS tells good from bad");

    let (mut us, mut peer) = (Vec::new(), Vec::new());
    for _ in 0..ROUNDS {
        let start = Instant::now();
        for _ in 0..OURS {
            assert!(ours(black_box(&question.signature)));
        }
        us.push(start.elapsed() / OURS);
        peer.push(theirs(&dss, &question, THEIRS)?.1);
    }
    let (us, peer) = (median(us), median(peer));
    let ratio = peer.as_secs_f64() / us.as_secs_f64();
    let figure = format!("{:.0} µs; EU DSS {:.1} ms; {ratio:.0} times", microseconds(us), microseconds(peer) / 1e3);
    if report("judge a B-LTA with RSA keys", figure, "≥ 100 times", ratio >= 100.0) {
        Ok(())
    } else {
        Err("a goal was missed".into())
    }
}

/// By the European rules, as DSS judges, and with the level proven.
fn passes(file: &[u8], now: Time, anchors: &Anchors, cache: &Cache) -> bool {
    let judged = Validation::new(now, anchors).policy(Policy::generic()).cache(cache).of(file);
    judged.is_ok_and(|report| {
        report.indication == Indication::TotalPassed && report.signatures.iter().all(|one| one.level == Level::BLta)
    })
}

/// Whether DSS passes it, and how long one of so many judgements takes inside of Java.
fn theirs(dss: &Dss, question: &Question, times: u32) -> Outcome<(bool, Duration)> {
    let (judgement, nanoseconds) = dss.judge_often(question, times)?;
    let passed = judgement.signatures.iter().all(|one| one.indication == "TOTAL_PASSED");
    Ok((passed, Duration::from_nanos(nanoseconds)))
}

fn median(mut times: Vec<Duration>) -> Duration {
    times.sort();
    times.get(times.len() / 2).copied().unwrap_or_default()
}
