//! The text of a memory file.
//!
//! A first line that says what it is, then one line per name ([`TokenPin::names`](crate::token::TokenPin::names)): digest,
//! PIN, failures since the last success, and then `lost` where the last answer was, `begun` where an attempt has begun,
//! `overlapped` where another one was under way then, `own` for a key's own PIN. It holds no secret, and the token's serial number only in a digest.
//!
//! A file that does not read so is left alone: it is damaged, or belongs to another program.

use std::collections::BTreeMap;
use std::fmt::Write;

use super::Recollection;

const TITLE: &str = "eimza attempts 1";

/// What is remembered, by name.
pub(in crate::token) type Lines = BTreeMap<String, Recollection>;

/// The lines after something was counted. A name of which nothing is to be remembered is left out.
pub(in crate::token) fn updated(mut lines: Lines, counted: &Lines) -> Lines {
    lines.extend(counted.iter().map(|(name, recollection)| (name.clone(), *recollection)));
    lines.retain(|_, known| known.failures > 0 || known.begun || known.is_own);
    lines
}

/// Reads a whole file; `None` for what no memory wrote.
pub(super) fn read(octets: &[u8]) -> Option<Lines> {
    let text = str::from_utf8(octets).ok()?;
    if text.is_empty() {
        return Some(Lines::new());
    }
    let mut lines = text.strip_suffix('\n')?.split('\n');
    if lines.next() != Some(TITLE) {
        return None;
    }
    lines.map(line).collect()
}

/// Writes a whole file.
pub(super) fn write(lines: &Lines) -> String {
    let mut text = format!("{TITLE}\n");
    for (name, recollection) in lines {
        let mark = |is_set: bool, word: &'static str| if is_set { word } else { "" };
        let (lost, begun) = (mark(recollection.answer_lost, " lost"), mark(recollection.begun, " begun"));
        let (overlapped, own) = (mark(recollection.overlapped, " overlapped"), mark(recollection.is_own, " own"));
        // Writing to a text cannot fail.
        let _ = writeln!(text, "{name} {}{lost}{begun}{overlapped}{own}", recollection.failures);
    }
    text
}

fn line(line: &str) -> Option<(String, Recollection)> {
    let mut words = line.split(' ');
    let (digest, pin) = (words.next()?, words.next()?);
    if digest.len() != 64 || pin.is_empty() {
        return None;
    }
    let mut recollection = Recollection { failures: words.next()?.parse().ok()?, ..Recollection::default() };
    for word in words {
        match word {
            "lost" => recollection.answer_lost = true,
            "begun" => recollection.begun = true,
            "overlapped" => recollection.overlapped = true,
            "own" => recollection.is_own = true,
            _ => return None,
        }
    }
    Some((format!("{digest} {pin}"), recollection))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_read_again() {
        let name = |pin: &str| format!("{} {pin}", "a".repeat(64));
        let lost = Recollection { failures: 2, answer_lost: true, begun: true, ..Recollection::default() };
        let own = Recollection { is_own: true, ..Recollection::default() };
        let lines = Lines::from([(name("pin"), lost), (name("pin:0b"), own)]);
        assert_eq!(read(write(&lines).as_bytes()).unwrap(), lines);
        assert_eq!(read(b"").unwrap(), Lines::new());
    }

    #[test]
    fn what_no_memory_wrote_is_not_read() {
        let good = write(&Lines::from([(format!("{} pin", "a".repeat(64)), Recollection::default())]));
        assert!(read(good.as_bytes()).is_some());
        let cut = &good.as_bytes()[..good.len() - 1];
        for text in [b"shopping list\n".as_slice(), b"\n", b"\xff\n", cut, good.replace(" 0", " x").as_bytes()] {
            assert!(read(text).is_none(), "{}", String::from_utf8_lossy(text));
        }
        assert!(read(good.replace(" 0", " 0 unheard-of").as_bytes()).is_none());
    }
}
