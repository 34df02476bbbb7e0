//! What a verdict rests on beside the signature itself: chains, and the status data that counted.

use super::chain::{Chain, Material};
use crate::asn1::{oid, tag, write};
use crate::certificate::Certificate;
use crate::cms::{Additions, SignedData};
use crate::revocation::{Crl, Ocsp, StatusWanted};

/// What a verdict rests on: with it inside, the file can be judged again when nothing else is to be had any more.
#[derive(Clone, Debug, Default)]
pub struct Grounds {
    /// The signer's chain, the anchor last; empty where there is none.
    pub chain: Vec<Certificate>,
    /// The chains of the units that made the file's time-stamps, the anchor last in each.
    pub time_stamp_chains: Vec<Vec<Certificate>>,
    /// Who signed status data and stands in no chain.
    pub status_signers: Vec<Certificate>,
    /// The CRLs that counted.
    pub crls: Vec<Crl>,
    /// The OCSP answers that counted.
    pub ocsps: Vec<Ocsp>,
}

impl Grounds {
    /// Of the signer's chain and those of the time-stamps.
    pub(super) fn of<'a>(
        signer: Option<&'a Chain>,
        time_stamps: impl IntoIterator<Item = &'a Chain>,
        material: &Material,
    ) -> Self {
        let mut grounds = Self::default();
        if let Some(chain) = signer {
            grounds.chain = chain.certificates().to_vec();
            grounds.add_status(chain, material);
        }
        for chain in time_stamps {
            add(&mut grounds.time_stamp_chains, &chain.certificates().to_vec());
            grounds.add_status(chain, material);
        }
        grounds
    }

    /// The anchor at which the signer's chain ends.
    pub fn anchor(&self) -> Option<&Certificate> {
        self.chain.last()
    }

    /// The certificates of all chains whose status counts, each with its issuer.
    pub fn status_wanted(&self) -> Vec<StatusWanted<'_>> {
        let chains = std::iter::once(&self.chain).chain(&self.time_stamp_chains);
        let pairs = chains.flat_map(|chain| chain.iter().zip(chain.iter().skip(1)));
        pairs.map(|(certificate, issuer)| StatusWanted { certificate, issuer }).collect()
    }

    /// What of it does not stand in the file yet, for [`SignedData::with`].
    pub fn additions(&self, file: &SignedData<'_>) -> Additions {
        let there: Vec<&[u8]> = file.certificates().collect();
        let chains = std::iter::once(&self.chain).chain(&self.time_stamp_chains).flatten();
        let mut added: Vec<&[u8]> = Vec::new();
        for certificate in chains.chain(&self.status_signers).map(Certificate::der) {
            if !there.contains(&certificate) && !added.contains(&certificate) {
                added.push(certificate);
            }
        }
        let additions = added.into_iter().fold(Additions::new(), Additions::certificate);
        let there: Vec<&[u8]> = file.revocation_data().collect();
        let members = self.crls.iter().map(|crl| crl.der().to_vec()).chain(self.ocsps.iter().filter_map(member));
        members.filter(|member| !there.contains(&member.as_slice())).fold(additions, Additions::revocation_data)
    }

    fn add_status(&mut self, chain: &Chain, material: &Material) {
        for crl in chain.used.crls.iter().filter_map(|number| material.crls().get(*number)) {
            add(&mut self.crls, crl);
            let named = |one: &&Certificate| crl.is_in_name_of(one);
            let in_chain = chain.certificates().iter().filter(named).any(|one| crl.is_signed_by(one).unwrap_or(false));
            let mut others = material.all_certificates().filter(named);
            let signer = others.find(|one| !in_chain && crl.is_signed_by(one).unwrap_or(false));
            signer.into_iter().for_each(|signer| add(&mut self.status_signers, signer));
        }
        let ocsps = chain.used.ocsps.iter().filter_map(|number| material.ocsps().get(*number));
        ocsps.for_each(|ocsp| add(&mut self.ocsps, ocsp));
        chain.used.signers.iter().for_each(|signer| add(&mut self.status_signers, signer));
    }
}

fn add<T: Clone + PartialEq>(all: &mut Vec<T>, one: &T) {
    if !all.contains(one) {
        all.push(one.clone());
    }
}

/// `OtherRevocationInfoFormat ::= [1] SEQUENCE { id-ri-ocsp-response, OCSPResponse }` (RFC 5652 section 10.2.1, RFC 5940
/// section 2.1). What is a BasicOCSPResponse alone becomes a whole response (RFC 6960 section 4.2.1).
fn member(answer: &Ocsp) -> Option<Vec<u8>> {
    let basic = answer.basic_der()?;
    let whole = if basic.len() == answer.der().len() {
        let bytes = write::sequence(&[&write::oid(&oid::OCSP_BASIC), &write::octet_string(basic)]);
        let successful = write::tlv(tag::ENUMERATED, &[0]);
        write::sequence(&[&successful, &write::tlv(tag::context(0), &bytes)])
    } else {
        answer.der().to_vec()
    };
    let fields = [write::oid(&oid::REVOCATION_OCSP), whole].concat();
    Some(write::tlv(tag::context(1), &fields))
}
