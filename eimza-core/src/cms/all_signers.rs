//! Signers and counter-signers of a file in one list.

use super::read::{FILE_ATTRIBUTE_LIMIT, SIGNER_LIMIT, SignedData};
use super::signer::Signer;
use crate::asn1::oid;
use crate::error::{Error, Limit, Result};

/// All who signed, each before those who counter-signed it (RFC 5652 section 11.4).
pub(crate) struct AllSigners<'a> {
    /// With the number of the one whose signature is counter-signed.
    pub(crate) signers: Vec<(Signer<'a>, Option<usize>)>,
    /// For each counter-signature that cannot be read: the number of the signer that it stands in.
    pub(crate) unreadable: Vec<usize>,
    attributes: usize,
}

impl<'a> AllSigners<'a> {
    /// Follows the counter-signatures, and theirs in turn, without recursion.
    pub(crate) fn of(signed_data: &SignedData<'a>) -> Result<Self> {
        let signers = Vec::with_capacity(signed_data.signers().len());
        let mut found = Self { signers, unreadable: Vec::new(), attributes: 0 };
        for signer in signed_data.signers() {
            let mut next = found.signers.len();
            found.add(signer.clone(), None)?;
            while let Some((signer, _)) = found.signers.get(next) {
                if let Some(unsigned) = signer.unsigned_attributes() {
                    let attributes = unsigned.all(oid::COUNTER_SIGNATURE);
                    for value in attributes.flat_map(|attribute| attribute.elements()) {
                        match Signer::read(value) {
                            Ok(counter_signer) => found.add(counter_signer, Some(next))?,
                            Err(_) => found.add_unreadable(next)?,
                        }
                    }
                }
                next += 1;
            }
        }
        Ok(found)
    }

    fn add(&mut self, signer: Signer<'a>, parent: Option<usize>) -> Result<()> {
        if self.signers.len() == SIGNER_LIMIT {
            return Err(Error::LimitExceeded { limit: Limit::Signers });
        }
        self.attributes += signer.value_count();
        if self.attributes > FILE_ATTRIBUTE_LIMIT {
            return Err(Error::LimitExceeded { limit: Limit::Attributes });
        }
        self.signers.push((signer, parent));
        Ok(())
    }

    fn add_unreadable(&mut self, parent: usize) -> Result<()> {
        if self.unreadable.len() == SIGNER_LIMIT {
            return Err(Error::LimitExceeded { limit: Limit::Signers });
        }
        self.unreadable.push(parent);
        Ok(())
    }
}
