//! A login that outlives the call that made it.

use std::any::Any;
use std::fmt;

/// The token is open: the person typed the PIN on its keypad, and that one entry serves to sign as well.
///
/// It is used up by [`Token::sign`](super::Token::sign) and its like, as [`Entered::Open`](super::Entered::Open), or by
/// dropping it: then nobody is logged in any more. Meanwhile every other PIN operation on the token is refused
/// ([`Error::HostHoldsLogin`](crate::Error::HostHoldsLogin)), and nothing is spent by it.
pub struct OpenLogin(Box<dyn Any + Send + Sync>);

impl OpenLogin {
    /// What a driver keeps of the login. Dropping that logs out.
    pub fn new(kept: impl Any + Send + Sync) -> Self {
        Self(Box::new(kept))
    }

    /// What was kept, for the driver whose it is.
    pub fn kept<T: Any>(&self) -> Option<&T> {
        self.0.downcast_ref()
    }
}

impl fmt::Debug for OpenLogin {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("OpenLogin")
    }
}
