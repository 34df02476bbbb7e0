//! The E-Onay: from the code to the receipt, over a network and through a store, and what is refused on the way.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing)]

mod attacks;
mod bed;
mod flow;
mod outcome;
mod received;
mod rejections;
mod schema;
mod store;
mod tokens;
mod verdict;
mod wire;
