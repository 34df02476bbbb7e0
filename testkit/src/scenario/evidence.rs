//! CRLs and OCSP answers about a certificate, good ones and faulty ones.

use super::certificate::{Draft, Holder, Role};
use super::moment::Moment;
use super::plan::{Oddity, Source, Status, StatusFault, When};
use crate::der::{bits, contents, context, context_primitive, extension, integer, octets, oid, sequence, tlv};
use crate::hash::Hash;
use crate::key::{Key, KeyKind};
use crate::status::{GOOD, entry, revoked};

/// What is known of the revocation of one certificate.
#[derive(Clone, Debug, Default)]
pub(super) struct Evidence {
    pub(super) crl: Option<Dated>,
    /// A BasicOCSPResponse.
    pub(super) ocsp: Option<Dated>,
    /// What is known of the OCSP responder: BasicOCSPResponses of its authority. They stand nowhere in the file.
    pub(super) about_responder: Option<Vec<u8>>,
    /// What was known before. It stands in the file too where the file has room for it.
    pub(super) older: Option<Box<Evidence>>,
}

impl Evidence {
    /// `RevocationInfoChoice` (RFC 5652 section 10.2.1, RFC 5940) of what is known.
    pub(super) fn members(&self) -> Vec<Vec<u8>> {
        let ocsp = self.ocsp.iter().map(|answer| context(1, &[oid("1.3.6.1.5.5.7.16.2"), whole(&answer.der)].concat()));
        let own = self.crl.iter().map(|crl| crl.der.clone()).chain(ocsp);
        own.chain(self.older.iter().flat_map(|older| older.members())).collect()
    }
}

/// Status data, and what a reference to it names.
#[derive(Clone, Debug)]
pub(super) struct Dated {
    pub(super) der: Vec<u8>,
    pub(super) at: Moment,
    /// The Name of who issued it.
    pub(super) by: Vec<u8>,
}

/// Whose status, by whom, and for when.
#[derive(Clone, Copy)]
pub(super) struct About<'a> {
    pub(super) holder: &'a Holder,
    pub(super) issuer: &'a Holder,
    /// By what the responder's key is known.
    pub(super) responder: &'a str,
    /// When the certificate was used.
    pub(super) used_at: Moment,
    /// When status is issued, unless it is stale.
    pub(super) issued_at: Moment,
    /// Where status comes from if the plan does not say.
    pub(super) usually: Source,
}

impl About<'_> {
    /// What the plan says is known.
    pub(super) fn evidence(&self, status: &Status) -> Evidence {
        if status.fault == Some(StatusFault::Nowhere) {
            return Evidence::default();
        }
        let evidence = self.told(status);
        if status.fault != Some(StatusFault::Replayed) {
            return evidence;
        }
        let before = Status { fault: None, revoked: None, ..*status };
        let older = Self { issued_at: self.used_at.plus(-40), ..*self }.told(&before);
        Evidence { older: Some(Box::new(older)), ..evidence }
    }

    /// What one CRL or one answer says.
    fn told(&self, status: &Status) -> Evidence {
        match status.by.unwrap_or(self.usually) {
            Source::Crl => Evidence { crl: Some(self.crl(status)), ..Evidence::default() },
            Source::Ocsp => Evidence {
                ocsp: Some(self.ocsp(status)),
                about_responder: status.responder_revoked.map(|when| self.about_responder(status, when)),
                ..Evidence::default()
            },
        }
    }

    /// From when to when.
    fn period(&self, status: &Status) -> (Moment, Moment) {
        let is_stale = status.fault == Some(StatusFault::Stale);
        let issued = if is_stale { self.used_at.plus_days(-3) } else { self.issued_at };
        (issued, issued.plus_days(1))
    }

    fn revoked_at(&self, when: When) -> Moment {
        self.used_at.plus(match when {
            When::Before => -30,
            When::After => 15,
        })
    }

    /// `CertificateList` (RFC 5280 section 5.1).
    fn crl(&self, status: &Status) -> Dated {
        let (this_update, next_update) = self.period(status);
        let issuer = self.speaker(status);
        let algorithm = issuer.key.algorithm(issuer.key.usual_hash());
        let listed = status.revoked.map(|when| {
            let serial = contents(&self.holder.serial);
            sequence(&[entry(serial, &self.revoked_at(when).text(), &[])])
        });
        let mut extensions = vec![extension("2.5.29.20", false, &integer(&CRL_NUMBER))];
        if status.fault == Some(StatusFault::OfAnotherScope) {
            // IssuingDistributionPoint with onlyContainsAttributeCerts (RFC 5280 section 5.2.5).
            extensions.push(extension("2.5.29.28", true, &sequence(&[context_primitive(5, &[0xff])])));
        }
        let to_be_signed = sequence(&[
            integer(&[1]),
            algorithm.clone(),
            self.issuer.subject.clone(),
            this_update.utc(),
            next_update.utc(),
            listed.unwrap_or_default(),
            context(0, &sequence(&extensions)),
        ]);
        let value = self.value(&issuer, status, &to_be_signed);
        let der = sequence(&[to_be_signed, algorithm, bits(&value)]);
        Dated { der, at: this_update, by: self.issuer.subject.clone() }
    }

    fn ocsp(&self, status: &Status) -> Dated {
        let (this_update, next_update) = self.period(status);
        let responder = self.responder(status, this_update);
        let state = status.revoked.map_or(GOOD.to_vec(), |when| revoked(&self.revoked_at(when).text(), None));
        let serial = match status.fault {
            Some(StatusFault::OfAnother) => integer(&[5]),
            _ => self.holder.serial.clone(),
        };
        let single =
            [self.identifier(serial), state, this_update.generalized(), context(0, &next_update.generalized())];
        let data = data(&responder, this_update, &sequence(&single));
        let value = self.value(&responder, status, &data);
        let der = answer(data, &responder, &value, std::slice::from_ref(&responder.certificate));
        Dated { der, at: this_update, by: responder.subject }
    }

    /// The authority itself says that its responder is revoked, and of nobody else anything.
    fn about_responder(&self, status: &Status, when: When) -> Vec<u8> {
        let (this_update, _) = self.period(&Status::default());
        let responder = self.responder(status, this_update);
        let state = revoked(&self.revoked_at(when).text(), None);
        let single = [self.identifier(responder.serial), state, this_update.generalized()];
        let data = data(self.issuer, this_update, &sequence(&single));
        let value = self.value(self.issuer, &Status::default(), &data);
        answer(data, self.issuer, &value, &[])
    }

    /// The responder that the issuer has appointed.
    fn responder(&self, status: &Status, used_at: Moment) -> Holder {
        let (name, oddity) = (self.responder, status.responder);
        let draft = Draft { name, role: Role::Responder, kind: KeyKind::P256, oddity, used_at };
        draft.issued_by(&self.speaker(status))
    }

    /// Who signs CRLs and appoints responders: the issuer, or whom the plan puts in its place.
    fn speaker(&self, status: &Status) -> Holder {
        let kind = KeyKind::P256;
        match status.fault {
            Some(StatusFault::ByNamesake) => Holder { key: Key::named("namesake", kind), ..self.issuer.clone() },
            Some(StatusFault::ByAnotherAuthority) => {
                let (name, role, oddity) = ("another authority", Role::Authority, Oddity::None);
                Draft { name, role, kind, oddity, used_at: self.used_at }.self_signed()
            }
            _ => self.issuer.clone(),
        }
    }

    /// `CertID` (RFC 6960 section 4.1.1).
    fn identifier(&self, serial: Vec<u8>) -> Vec<u8> {
        let hash = |octets_of: &[u8]| octets(&Hash::Sha1.digest(octets_of));
        let issuer = self.issuer;
        sequence(&[Hash::Sha1.identifier_with_null(), hash(&issuer.subject), hash(&issuer.key.public_octets()), serial])
    }

    /// The signature of this key, or one over something else.
    fn value(&self, signer: &Holder, status: &Status, to_be_signed: &[u8]) -> Vec<u8> {
        let is_forged = status.fault == Some(StatusFault::Forged);
        let signed = if is_forged { b"something else".as_slice() } else { to_be_signed };
        signer.key.sign(signer.key.usual_hash(), signed)
    }
}

/// When status is usually issued: soon after the use of what it is about.
pub(super) fn issued_after(used_at: Moment) -> Moment {
    used_at.plus(30)
}

/// The number of every CRL.
pub(super) const CRL_NUMBER: [u8; 1] = [7];

/// `ResponseData` (RFC 6960 section 4.2.1).
fn data(responder: &Holder, produced_at: Moment, single: &[u8]) -> Vec<u8> {
    sequence(&[context(1, &responder.subject), produced_at.generalized(), sequence(&[single.to_vec()])])
}

/// `BasicOCSPResponse`.
fn answer(data: Vec<u8>, signer: &Holder, value: &[u8], certificates: &[Vec<u8>]) -> Vec<u8> {
    let algorithm = signer.key.algorithm(signer.key.usual_hash());
    let brought = if certificates.is_empty() { Vec::new() } else { context(0, &sequence(certificates)) };
    sequence(&[data, algorithm, bits(value), brought])
}

/// `OCSPResponse` around a BasicOCSPResponse.
pub(super) fn whole(basic: &[u8]) -> Vec<u8> {
    let bytes = sequence(&[oid("1.3.6.1.5.5.7.48.1.1"), octets(basic)]);
    sequence(&[tlv(0x0a, &[0]), context(0, &bytes)])
}
