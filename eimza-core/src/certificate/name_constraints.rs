//! Which names may stand beneath an authority (RFC 5280 section 4.2.1.10).

use super::Certificate;
use super::general_name::GeneralName;
use crate::asn1::{Element, Reader, oid, tag};
use crate::error::{Error, Result};

/// `NameConstraints ::= SEQUENCE { permittedSubtrees [0] GeneralSubtrees OPTIONAL,
/// excludedSubtrees [1] GeneralSubtrees OPTIONAL }`.
#[derive(Clone, Debug)]
pub(crate) struct NameConstraints<'a> {
    pub(crate) permitted: Subtrees<'a>,
    pub(crate) excluded: Subtrees<'a>,
}

impl Certificate {
    /// What the names beneath this authority must keep to; `None` without the extension.
    pub(crate) fn name_constraints(&self) -> Result<Option<NameConstraints<'_>>> {
        self.extension(&oid::NAME_CONSTRAINTS).map(|found| NameConstraints::read(found.value)).transpose()
    }
}

impl<'a> NameConstraints<'a> {
    /// Reads the value of the extension.
    pub(crate) fn read(value: &'a [u8]) -> Result<Self> {
        const WHAT: &str = "name constraints";
        let mut whole = Reader::new(value);
        let mut fields = whole.read(tag::SEQUENCE, WHAT)?.reader();
        whole.finish(WHAT)?;
        let permitted = Subtrees::of(fields.optional(tag::context(0), WHAT)?);
        let excluded = Subtrees::of(fields.optional(tag::context(1), WHAT)?);
        fields.finish(WHAT)?;
        Ok(Self { permitted, excluded })
    }
}

/// `GeneralSubtrees ::= SEQUENCE SIZE (1..MAX) OF GeneralSubtree`, of each the base.
#[derive(Clone, Debug)]
pub(crate) struct Subtrees<'a>(Reader<'a>);

impl<'a> Subtrees<'a> {
    fn of(list: Option<Element<'a>>) -> Self {
        Self(list.map_or_else(|| Reader::new(&[]), |list| list.reader()))
    }

    /// `GeneralSubtree ::= SEQUENCE { base GeneralName, minimum [0] DEFAULT 0, maximum [1] OPTIONAL }`; RFC 5280 allows
    /// no other values of minimum and maximum, so a subtree with one is refused.
    fn base(&mut self) -> Result<GeneralName<'a>> {
        const WHAT: &str = "general subtree";
        let mut fields = self.0.read(tag::SEQUENCE, WHAT)?.reader();
        let base = GeneralName::of(&fields.any(WHAT)?)?;
        let minimum = fields.optional(tag::context_primitive(0), WHAT)?;
        fields.finish(WHAT)?;
        if minimum.is_some_and(|minimum| minimum.small_integer() != Some(0)) {
            return Err(Error::Asn1Malformed { what: WHAT, offset: 0 });
        }
        Ok(base)
    }
}

impl<'a> Iterator for Subtrees<'a> {
    type Item = Result<GeneralName<'a>>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.0.is_empty() {
            return None;
        }
        let base = self.base();
        if base.is_err() {
            self.0 = Reader::new(&[]);
        }
        Some(base)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::asn1::write;

    const HOST: u8 = tag::context_primitive(2);

    fn constraints(subtrees: &[&[u8]]) -> Vec<u8> {
        write::sequence(&[&write::joined(tag::context(0), subtrees)])
    }

    #[test]
    fn bases_are_read_in_their_order() {
        let base = write::tlv(HOST, b"example");
        let zero = write::tlv(tag::context_primitive(0), &[0]);
        let value = constraints(&[&write::sequence(&[&base]), &write::sequence(&[&base, &zero])]);
        let read = NameConstraints::read(&value).unwrap();
        let permitted: Result<Vec<_>> = read.permitted.collect();
        assert_eq!(permitted.unwrap(), [GeneralName::Host(b"example"); 2]);
        assert_eq!(read.excluded.count(), 0);
    }

    #[test]
    fn depths_are_refused() {
        let base = write::tlv(HOST, b"example");
        for depth in [write::tlv(tag::context_primitive(0), &[1]), write::tlv(tag::context_primitive(1), &[0])] {
            let value = constraints(&[&write::sequence(&[&base, &depth])]);
            let mut permitted = NameConstraints::read(&value).unwrap().permitted;
            assert!(permitted.next().unwrap().is_err());
            assert!(permitted.next().is_none());
        }
    }
}
