//! QC statements: what a qualified certificate says of itself (RFC 3739 section 3.2.6, EN 319 412-5, BTK).

use std::fmt;

use super::Certificate;
use super::list::members;
use crate::asn1::oid::{self, ObjectIdentifier, dotted};
use crate::asn1::{Element, tag};
use crate::personal::Personal;

/// The statements of a certificate; empty where it makes none.
#[derive(Clone, Debug, Default, PartialEq, Eq, serde::Serialize)]
pub struct Statements {
    /// It says that it is a qualified certificate (EN 319 412-5 section 4.2.1).
    pub compliance: bool,
    /// BTK's statement for qualified certificates of persons, with its sentence.
    pub turkish_nes: Option<Personal<String>>,
    /// BTK's statement for company seals, with its sentence.
    pub turkish_seal: Option<Personal<String>>,
    /// The most that a transaction may be worth. No limit, not even 0, makes a signature invalid.
    pub limit: Option<LimitValue>,
    /// Restrictions of use (kullanım kısıtı), as texts for people; a text may be empty.
    pub usage_limits: Vec<Personal<String>>,
    /// Object identifiers of all other statements.
    pub others: Vec<String>,
}

/// An amount of money: `amount` times ten to the power of `exponent` (EN 319 412-5 section 4.3.2).
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct LimitValue {
    /// The currency's three letters or number (ISO 4217).
    pub currency: Personal<String>,
    /// The amount's digits.
    pub amount: u32,
    /// The power of ten.
    pub exponent: u32,
}

impl fmt::Display for LimitValue {
    /// `15000 TRY`; a power of ten beyond all money is left as it is: `1e400 TRY`.
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let factor = 10u64.checked_pow(self.exponent).and_then(|factor| factor.checked_mul(u64::from(self.amount)));
        match factor {
            Some(whole) => write!(formatter, "{whole} {}", self.currency),
            None => write!(formatter, "{}e{} {}", self.amount, self.exponent, self.currency),
        }
    }
}

impl Certificate {
    /// The QC statements.
    pub fn statements(&self) -> Statements {
        let mut statements = Statements::default();
        for (identifier, information) in self.statement_list() {
            statements.take(identifier, information);
        }
        statements
    }

    /// Whether it restricts what its signatures may be used for.
    pub(crate) fn has_usage_limit(&self) -> bool {
        !self.statements().usage_limits.is_empty()
    }

    /// Whether one of the QC statements has this identifier.
    pub(crate) fn has_statement(&self, statement: &ObjectIdentifier) -> bool {
        self.statement_list().any(|(identifier, _)| identifier == statement.as_bytes())
    }

    /// `QCStatement ::= SEQUENCE { statementId OID, statementInfo ANY OPTIONAL }`.
    fn statement_list(&self) -> impl Iterator<Item = (&[u8], Option<Element<'_>>)> {
        let value = self.extension(&oid::QC_STATEMENTS).map(|extension| extension.value);
        members(value.unwrap_or_default()).filter_map(|statement| {
            let mut fields = statement.reader();
            Some((fields.oid("statement identifier").ok()?, fields.any("statement information").ok()))
        })
    }
}

impl Statements {
    pub(super) fn personal(&mut self) -> impl Iterator<Item = &mut Personal<String>> {
        let currency = self.limit.iter_mut().map(|limit| &mut limit.currency);
        self.turkish_nes.iter_mut().chain(&mut self.turkish_seal).chain(&mut self.usage_limits).chain(currency)
    }

    fn take(&mut self, identifier: &[u8], information: Option<Element<'_>>) {
        let is = |known: ObjectIdentifier| known.as_bytes() == identifier;
        let text = || Personal::new(information.and_then(|information| information.text()).unwrap_or_default());
        if is(oid::QC_COMPLIANCE) {
            self.compliance = true;
        } else if is(oid::QC_TURKISH_NES) {
            self.turkish_nes = Some(text());
        } else if is(oid::QC_TURKISH_SEAL) {
            self.turkish_seal = Some(text());
        } else if is(oid::QC_LIMIT_VALUE) {
            self.limit = information.and_then(limit_value);
        } else if is(oid::QC_USAGE_LIMIT) || is(oid::QC_USAGE_LIMIT_CORPORATE) || is(oid::QC_USAGE_LIMIT_SEAL) {
            self.usage_limits.push(text());
        } else {
            self.others.push(dotted(identifier));
        }
    }
}

/// `MonetaryValue ::= SEQUENCE { currency CHOICE { PrintableString, INTEGER }, amount INTEGER, exponent INTEGER }`.
fn limit_value(value: Element<'_>) -> Option<LimitValue> {
    let mut fields = value.reader();
    let currency = fields.any("currency").ok()?;
    let currency = match currency.tag {
        tag::INTEGER => currency.small_integer()?.to_string(),
        _ => currency.text()?,
    };
    let mut number = || fields.read(tag::INTEGER, "limit value").ok()?.small_integer();
    Some(LimitValue { currency: Personal::new(currency), amount: number()?, exponent: number()? })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn limits_are_read_and_written_for_people() {
        let zero = [0x30, 0x0b, 0x13, 0x03, 0x54, 0x52, 0x59, 0x02, 0x01, 0x00, 0x02, 0x01, 0x00];
        assert_eq!(limit_value(Element::only(&zero, "limit").unwrap()).unwrap().to_string(), "0 TRY");
        let numeric = [0x30, 0x0a, 0x02, 0x02, 0x03, 0xb5, 0x02, 0x01, 0x0f, 0x02, 0x01, 0x03];
        assert_eq!(limit_value(Element::only(&numeric, "limit").unwrap()).unwrap().to_string(), "15000 949");
        let huge = LimitValue { currency: Personal::new("TRY".into()), amount: 1, exponent: u32::MAX };
        assert_eq!(huge.to_string(), "1e4294967295 TRY");
        assert_eq!(limit_value(Element::only(&[0x30, 0x00], "limit").unwrap()), None);
    }
}
