//! Consents: shown, read, signed, handed in; and the service that asks for them.

pub mod answer;
pub mod callbacks;
mod cause;
pub mod check;
pub mod countdown;
pub mod exchange;
mod offer;
pub mod opening;
pub mod receipt;
pub mod received;
pub mod redeemed;
pub mod renewal;
pub mod request;
pub mod service;
pub mod session;
pub mod signed;
pub mod started;
pub mod texts;
