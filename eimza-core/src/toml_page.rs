//! Pages of TOML that people write: where an error stands in one.

/// The most characters of a line that are shown.
const SHOWN: usize = 80;

/// The line to which the reader points, counted from 1, and what stands there.
pub(crate) fn place(page: &str, error: &toml::de::Error) -> (usize, String) {
    let at = error.span().map_or(0, |span| span.start);
    let before = page.get(..at).unwrap_or_default();
    let begin = before.rfind('\n').map_or(0, |end| end + 1);
    let line = page.get(begin..).and_then(|rest| rest.lines().next()).unwrap_or_default();
    (before.matches('\n').count() + 1, line.trim().chars().take(SHOWN).collect())
}
