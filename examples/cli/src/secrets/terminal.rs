//! The terminal while a secret is asked for: nothing that is typed is shown, and echo always comes back.

#[cfg(not(unix))]
mod other;
#[cfg(unix)]
mod unix;

#[cfg(not(unix))]
pub(super) use other::{ask, is_there};
#[cfg(unix)]
pub(super) use unix::{ask, is_there};
