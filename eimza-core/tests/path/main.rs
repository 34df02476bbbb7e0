//! Certificate paths: NIST's test suite, what hostile certificates cost, and the rules that neither of them reaches.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

mod certval;
mod pkits;
