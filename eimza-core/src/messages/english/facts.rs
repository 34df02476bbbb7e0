//! The facts that errors carry, in words.

mod certificate;
mod consent;
mod input;
mod signature;
mod token;

pub(in crate::messages) use certificate::{certificate_field, shortfall, trust_store_fault};
pub(in crate::messages) use consent::{missing_step, receipt_part, record_part, refusal, rejection};
pub(in crate::messages) use input::{argument_fault, crypto_operation, json_form, limit};
pub(in crate::messages) use signature::signature_fault;
pub(in crate::messages) use token::{
    address_fault, card_operation, pkcs12_fault, processor, token_file_fault, token_operation,
};
