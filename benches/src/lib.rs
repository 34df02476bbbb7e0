//! What the measurements share: medians of interleaved rounds, so that a machine that slows down slows down both sides.

pub mod command;
pub mod judged;
pub mod peers;

use std::time::{Duration, Instant};

/// The median time of one call of each side, over rounds in which the sides take turns.
pub fn interleaved<const SIDES: usize>(
    rounds: usize,
    calls: u32,
    sides: &mut [&mut dyn FnMut(); SIDES],
) -> [Duration; SIDES] {
    let mut times: [Vec<Duration>; SIDES] = [const { Vec::new() }; SIDES];
    for _ in 0..rounds {
        for (side, times) in sides.iter_mut().zip(&mut times) {
            let start = Instant::now();
            for _ in 0..calls {
                side();
            }
            times.push(start.elapsed() / calls);
        }
    }
    times.map(|mut times| {
        times.sort();
        times.get(times.len() / 2).copied().unwrap_or_default()
    })
}

/// Microseconds, as figures are printed.
pub fn microseconds(time: Duration) -> f64 {
    time.as_secs_f64() * 1e6
}

/// Prints a line of the result and says whether the goal is met.
pub fn report(name: &str, figure: String, goal: &str, met: bool) -> bool {
    println!("{name:<44} {figure:<44} goal {goal:<14} {}", if met { "met" } else { "MISSED" });
    met
}
