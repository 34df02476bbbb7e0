//! Systems without a terminal of that kind: the console is read by a crate, which puts it in order by itself.

use std::io;

use zeroize::Zeroizing;

use crate::line::Deadline;

/// A console that is not there is found out by the prompt.
pub(in crate::secrets) fn is_there() -> bool {
    true
}

/// Asks for a line. Nothing tells without reading, so the time is looked at before only.
pub(in crate::secrets) fn ask(prompt: &str, deadline: Option<Deadline<'_>>) -> io::Result<Zeroizing<Vec<u8>>> {
    deadline.map_or(Ok(()), |deadline| deadline.left().map(drop))?;
    Ok(Zeroizing::new(rpassword::prompt_password(prompt)?.into_bytes()))
}
