//! Complete judgements: chain, status, rules, everything that `eimza validate` does offline.
//!
//! The yardstick is one bare verification of the signature value by aws-lc-rs in the same run; beside it stand OpenSSL's
//! `CMS_verify` with CRLs for the whole chain, which does less, and pyHanko, which does as much. Only ratios within one run
//! mean anything: the machine may be busy. `cargo bench -p eimza-benches --bench judge`

#![allow(clippy::expect_used)]

use std::hint::black_box;
use std::time::Duration;

use eimza_benches::judged::{Bare, Consent, KINDS, Kind, archived};
use eimza_benches::peers::{OpenSsl, pyhanko};
use eimza_benches::{command, interleaved, microseconds, report};
use eimza_core::validation::{Cache, Validation};

/// Single calls in turn: on a busy machine a longer piece of work is interrupted, and its median would say so.
const ROUNDS: usize = 501;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut all_met = true;
    for kind in &KINDS {
        all_met &= warm(kind)?;
        all_met &= cold(kind)?;
    }
    all_met &= archives()?;
    all_met &= started()?;
    if all_met { Ok(()) } else { Err("a goal was missed".into()) }
}

/// Nothing but the file is new.
fn warm(kind: &Kind) -> Result<bool, Box<dyn std::error::Error>> {
    let consent = Consent::of(kind)?;
    let (given, cache) = (consent.given()?, Cache::new());
    let validation = given.validation(&consent).cache(&cache);
    let openssl = OpenSsl::trusting(&consent)?;
    let damaged = consent.damaged();
    assert!(passes(&validation, &consent.file) && !passes(&validation, &damaged), "we tell good from bad");
    assert!(consent.bare.holds(), "the value fits");
    assert!(openssl.verifies(&consent.file) && !openssl.verifies(&damaged), "OpenSSL tells good from bad");
    let [us, bare, peer] = interleaved(
        ROUNDS,
        1,
        &mut [
            &mut || assert!(passes(&validation, black_box(&consent.file))),
            &mut || assert!(black_box(&consent.bare).holds()),
            &mut || assert!(openssl.verifies(black_box(&consent.file))),
        ],
    );
    let times = us.as_secs_f64() / bare.as_secs_f64();
    let figure = format!("{:.1} µs; bare {:.1} µs; {times:.2} times", microseconds(us), microseconds(bare));
    let goal = format!("≤ {} times", kind.times_bare);
    let mut met = report(&format!("judge {}, caches warm", kind.signer), figure, &goal, times <= kind.times_bare);

    let times = peer.as_secs_f64() / us.as_secs_f64();
    let figure = format!("CMS_verify {:.1} µs; {times:.1} times", microseconds(peer));
    met &= report("  beside OpenSSL", figure, &format!("≥ {} times", kind.times_openssl), times >= kind.times_openssl);

    let peer = pyhanko(&consent)?;
    let times = peer.as_secs_f64() / us.as_secs_f64();
    let figure = format!("{:.0} µs; {times:.0} times", microseconds(peer));
    met &= report("  beside pyHanko", figure, &format!("≥ {} times", kind.times_pyhanko), times >= kind.times_pyhanko);
    Ok(met)
}

/// Nothing is known: certificates, CRL and OCSP answer are read anew, every signature is verified.
fn cold(kind: &Kind) -> Result<bool, Box<dyn std::error::Error>> {
    let consent = Consent::of(kind)?;
    let needed = consent.needed()?;
    assert!(needed.iter().all(Bare::holds), "every signature that is needed holds");
    let judge = || {
        let given = consent.given().expect("it was read before");
        assert!(passes(&given.validation(&consent), &consent.file));
    };
    let [us, bare] =
        interleaved(ROUNDS, 1, &mut [&mut || judge(), &mut || assert!(black_box(&needed).iter().all(Bare::holds))]);
    let times = us.as_secs_f64() / bare.as_secs_f64();
    let figure = format!(
        "{:.1} µs; {} bare ones {:.1} µs; {times:.2} times",
        microseconds(us),
        needed.len(),
        microseconds(bare)
    );
    Ok(report(&format!("judge {}, nothing known", kind.signer), figure, "≤ 1.3 times", times <= 1.3))
}

/// Signature, signature-time-stamp and archive-time-stamp v3, each with its chain.
fn archives() -> Result<bool, Box<dyn std::error::Error>> {
    let (archive, cache) = (archived()?, Cache::new());
    let given = archive.given()?;
    let validation = given.validation(&archive).cache(&cache);
    assert!(passes(&validation, &archive.file) && !passes(&validation, &archive.damaged()), "good from bad");
    let [us] = interleaved(ROUNDS, 1, &mut [&mut || assert!(passes(&validation, black_box(&archive.file)))]);
    let per_second = 1.0 / us.as_secs_f64();
    let figure = format!("{:.1} µs; {per_second:.0} per second", microseconds(us));
    Ok(report("judge B-LTA, caches warm", figure, "≥ 1000 a second", per_second >= 1000.0))
}

/// The command on one file, from its start to its end.
fn started() -> Result<bool, Box<dyn std::error::Error>> {
    let consent = Consent::of(&KINDS[0])?;
    let command = command::validating(&consent)?;
    let [us] = interleaved(31, 1, &mut [&mut || command.run()]);
    let figure = format!("{:.1} ms", microseconds(us) / 1e3);
    let mut met = report("eimza validate", figure, "< 10 ms", us < Duration::from_millis(10));
    let kibibytes = command.peak_memory()?;
    let figure = format!("{:.1} MiB", f64::from(kibibytes) / 1024.0);
    met &= report("  its peak memory", figure, "< 20 MiB", kibibytes < 20 * 1024);
    Ok(met)
}

fn passes(validation: &Validation<'_>, file: &[u8]) -> bool {
    validation.of(file).is_ok_and(|report| report.sub_indication.is_none())
}
