//! Every fact of an error is said in both languages, and no two facts of a kind are said alike.

use std::collections::HashSet;
use std::fmt::Debug;

use super::{english, turkish};
use crate::error::*;

/// Names of algorithms and standards, the same in every language.
const NAMES: &[&str] = &["AES-CBC"];

fn said<T: Copy + Debug>(all: &[T], english: fn(T) -> &'static str, turkish: fn(T) -> &'static str) {
    let mut seen = HashSet::new();
    for fact in all {
        let [english, turkish] = [english(*fact), turkish(*fact)];
        assert!(
            seen.insert(english) && seen.insert(turkish) || NAMES.contains(&english),
            "{fact:?}: {english}, {turkish}"
        );
        assert!(!english.ends_with('.') && !turkish.ends_with('.'), "the sentence around {fact:?} has the full stop");
    }
}

#[test]
fn every_fact_is_said_in_both_languages() {
    use {english::facts as en, turkish::facts as tr};
    said(Limit::ALL, en::limit, tr::limit);
    said(CryptoOperation::ALL, en::crypto_operation, tr::crypto_operation);
    said(ArgumentFault::ALL, en::argument_fault, tr::argument_fault);
    said(JsonForm::ALL, en::json_form, tr::json_form);
    said(AddressFault::ALL, en::address_fault, tr::address_fault);
    said(TokenFileFault::ALL, en::token_file_fault, tr::token_file_fault);
    said(Processor::ALL, en::processor, tr::processor);
    said(TrustStoreFault::ALL, en::trust_store_fault, tr::trust_store_fault);
    said(CertificateField::ALL, en::certificate_field, tr::certificate_field);
    said(SignatureFault::ALL, en::signature_fault, tr::signature_fault);
    said(MissingStep::ALL, en::missing_step, tr::missing_step);
    said(RecordPart::ALL, en::record_part, tr::record_part);
    said(ReceiptPart::ALL, en::receipt_part, tr::receipt_part);
    said(Shortfall::ALL, en::shortfall, tr::shortfall);
    said(Rejection::ALL, en::rejection, tr::rejection);
}
