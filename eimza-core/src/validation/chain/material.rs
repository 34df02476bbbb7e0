//! What judgements may use: certificates and status data from the file and from the caller. None of it is trusted.

use super::proofs::Place;
use crate::certificate::Certificate;
use crate::cms::{RevocationInfo, SignedData, Signer};
use crate::error::Result;
use crate::revocation::{Crl, Ocsp, StatusData};
use crate::validation::path::CertificatePool;
use crate::validation::references::{certificate_values, revocation_values};
use crate::validation::time_stamp::TimeStamp;

/// The most CRLs of a file, and the most OCSP answers, that are looked at. Each is asked about each certificate of a path.
const STATUS_LIMIT: usize = 512;

/// Among so many certificates that were read before each one is looked for.
const READ_LIMIT: usize = 8;

/// How deep time-stamps are followed that stand in time-stamps.
const DEPTH_LIMIT: usize = 4;

/// Status data of one kind, and where in the file each stands; what the caller gave stands nowhere in it.
#[derive(Clone, Debug)]
struct Known<T> {
    all: Vec<T>,
    places: Vec<Vec<Place>>,
}

impl<T> Default for Known<T> {
    fn default() -> Self {
        Self { all: Vec::new(), places: Vec::new() }
    }
}

impl<T: Clone + PartialEq> Known<T> {
    /// Adds what stands in a file, once and up to the limit.
    fn add<'a>(&mut self, der: &'a [u8], read: impl Fn(&'a [u8]) -> Result<T>) {
        let Ok(one) = read(der) else { return };
        if let Some(known) = self.all.iter().position(|known| *known == one) {
            self.places.get_mut(known).into_iter().for_each(|places| places.push(Place::of(der)));
        } else if self.all.len() < STATUS_LIMIT {
            self.all.push(one);
            self.places.push(vec![Place::of(der)]);
        }
    }

    fn add_given(&mut self, given: &[T]) {
        self.all.extend_from_slice(given);
        self.places.resize_with(self.all.len(), Vec::new);
    }

    fn only(&self, is_wanted: impl Fn(usize, &T) -> bool) -> Self {
        let both = self.all.iter().zip(&self.places).enumerate();
        let wanted = both.filter(|(number, (one, _))| is_wanted(*number, one));
        let (all, places) = wanted.map(|(_, (one, places))| (one.clone(), places.clone())).unzip();
        Self { all, places }
    }
}

/// The material. What stands in the file comes before what the caller gave.
#[derive(Clone, Debug, Default)]
pub(in crate::validation) struct Material {
    /// In a SignedData: the file's own, or a time-stamp token's.
    inside: CertificatePool,
    /// In unsigned attributes, as values of references.
    values: CertificatePool,
    given: CertificatePool,
    crls: Known<Crl>,
    ocsps: Known<Ocsp>,
    /// How many of the CRLs, and of the OCSP answers, stand in a SignedData.
    in_signed_data: (usize, usize),
    /// How many stand in the file: these and the values of references.
    in_file: (usize, usize),
}

impl Material {
    /// What stands in the file, with what came with its time-stamps. A member that cannot be read hides no other; what was
    /// `read` before is not read again.
    pub(in crate::validation) fn of_file<'s, 'a: 's>(
        signed_data: &SignedData<'a>,
        signers: impl Iterator<Item = &'s Signer<'a>>,
        read: &[&Certificate],
    ) -> Self {
        let mut material = Self::default();
        let mut all: Vec<Signer<'a>> = Vec::new();
        material.add_signed_data(signed_data, read);
        signers.for_each(|signer| material.add_time_stamps(signer, DEPTH_LIMIT, &mut all));
        material.in_signed_data = (material.crls.all.len(), material.ocsps.all.len());
        all.iter().for_each(|signer| material.add_values(signer));
        material.in_file = (material.crls.all.len(), material.ocsps.all.len());
        material
    }

    fn add_signed_data(&mut self, signed_data: &SignedData<'_>, read: &[&Certificate]) {
        let known = |der: &[u8]| read.iter().take(READ_LIMIT).find(|known| known.der() == der).copied().cloned();
        let certificate = |der| known(der).or_else(|| Certificate::from_der(der).ok());
        self.inside.extend(signed_data.certificates().filter_map(certificate));
        signed_data.revocation_data().for_each(|member| self.add_member(member));
    }

    /// Adds what stands in the tokens of a signer, and lists the signer and theirs.
    fn add_time_stamps<'a>(&mut self, signer: &Signer<'a>, depth: usize, all: &mut Vec<Signer<'a>>) {
        all.push(signer.clone());
        let Some(depth) = depth.checked_sub(1) else { return };
        for stamp in TimeStamp::all(signer).unwrap_or_default() {
            let Ok(token) = stamp.token() else { continue };
            self.add_signed_data(token.signed_data(), &[]);
            self.add_time_stamps(token.signer(), depth, all);
        }
    }

    /// Adds the values of a signer's references.
    fn add_values(&mut self, signer: &Signer<'_>) {
        if let Ok(Some(values)) = certificate_values(signer) {
            self.values.extend(values.into_iter().filter_map(|der| Certificate::from_der(der).ok()));
        }
        if let Ok(Some(values)) = revocation_values(signer) {
            values.crls.into_iter().for_each(|der| self.crls.add(der, Crl::from_der));
            values.ocsps.into_iter().for_each(|der| self.ocsps.add(der, Ocsp::from_der));
        }
    }

    /// The CRLs.
    pub(in crate::validation) fn crls(&self) -> &[Crl] {
        &self.crls.all
    }

    /// The OCSP answers.
    pub(in crate::validation) fn ocsps(&self) -> &[Ocsp] {
        &self.ocsps.all
    }

    /// How much status data stands in the file.
    pub(super) fn count_in_file(&self) -> usize {
        self.in_file.0 + self.in_file.1
    }

    /// Where in the file a CRL stands.
    pub(super) fn places_of_crl(&self, number: usize) -> &[Place] {
        self.crls.places.get(number).map(Vec::as_slice).unwrap_or_default()
    }

    /// Where in the file an OCSP answer stands.
    pub(super) fn places_of_ocsp(&self, number: usize) -> &[Place] {
        self.ocsps.places.get(number).map(Vec::as_slice).unwrap_or_default()
    }

    /// Drops the status data of the file.
    pub(in crate::validation) fn forget_status(&mut self) {
        (self.crls, self.ocsps) = (Known::default(), Known::default());
        (self.in_signed_data, self.in_file) = ((0, 0), (0, 0));
    }

    /// Whether status data about this certificate stands in a SignedData. Who signed it is not asked.
    pub(in crate::validation) fn has_status_inside(&self, certificate: &Certificate) -> bool {
        let (crls, ocsps) = self.in_signed_data;
        let by_crl = self.crls.all.iter().take(crls).any(|crl| crl.is_in_name_of_issuer_of(certificate));
        let is_about = |answer: &Ocsp| answer.responses().any(|single| single.serial() == certificate.serial());
        by_crl || self.ocsps.all.iter().take(ocsps).any(is_about)
    }

    /// Who may have issued this certificate, of those in a SignedData.
    pub(in crate::validation) fn issuer_inside<'a>(&'a self, certificate: &'a Certificate) -> Option<&'a Certificate> {
        self.inside.issuers_of(certificate).next()
    }

    /// Adds what the caller gave, once everything of the file is there.
    pub(in crate::validation) fn with_given(
        mut self,
        certificates: &[Certificate],
        status: Option<&StatusData>,
    ) -> Self {
        self.given.extend(certificates.iter().cloned());
        if let Some(status) = status {
            self.crls.add_given(&status.crls);
            self.ocsps.add_given(&status.ocsps);
        }
        self
    }

    /// What stands in the file.
    pub(in crate::validation) fn inside(&self) -> Self {
        let (crls, ocsps) = self.in_file;
        Self {
            inside: self.inside.clone(),
            values: self.values.clone(),
            crls: self.crls.only(|number, _| number < crls),
            ocsps: self.ocsps.only(|number, _| number < ocsps),
            ..Self::default()
        }
    }

    /// These certificates alone, and of the status data what is wanted.
    pub(in crate::validation) fn only(
        &self,
        certificates: Vec<Certificate>,
        wants_crl: impl Fn(&Crl) -> bool,
        wants_ocsp: impl Fn(&Ocsp) -> bool,
    ) -> Self {
        let mut only = Self {
            crls: self.crls.only(|_, crl| wants_crl(crl)),
            ocsps: self.ocsps.only(|_, answer| wants_ocsp(answer)),
            ..Self::default()
        };
        only.given.extend(certificates);
        only
    }

    /// The certificates that paths may be built of.
    pub(in crate::validation) fn certificates(&self) -> [&CertificatePool; 3] {
        [&self.inside, &self.values, &self.given]
    }

    /// Every certificate.
    pub(in crate::validation) fn all_certificates(&self) -> impl Iterator<Item = &Certificate> {
        self.certificates().into_iter().flat_map(CertificatePool::iter)
    }

    /// Adds a member of `crls`. Other formats are kept in the file and not used.
    fn add_member(&mut self, member: &[u8]) {
        match RevocationInfo::of(member) {
            Some(RevocationInfo::Crl(der)) => self.crls.add(der, Crl::from_der),
            Some(RevocationInfo::Ocsp(der)) => self.ocsps.add(der, Ocsp::from_der),
            Some(RevocationInfo::Other(_)) | None => {}
        }
    }
}
