//! Software tokens: keys in a file, with the PIN and PUK of a card, and PKCS#12 files that become one.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic)]

mod disk;
mod pins;
mod pkcs12;
mod pkcs12_forms;
mod signing;
mod support;
