//! The Public Key Interoperability Test Suite: every case, and each difference with its reason.

use std::collections::BTreeMap;
use std::fs;
use std::path::PathBuf;

use eimza_core::revocation::StatusData;
use eimza_core::validation::{CertificateReport, CertificateValidation, Indication};
use eimza_core::{Certificate, Time};

pub(crate) const ANCHOR: &str = "TrustAnchorRootCertificate.crt";
pub(crate) const NOW: &str = "2022-05-01T00:00:00Z";
const CASES: &str = include_str!("pkits.tsv");
const DIFFERENCES: &str = include_str!("pkits-differences.tsv");

pub(crate) struct Case<'a> {
    pub(crate) name: &'a str,
    pub(crate) leaf: &'a str,
    pub(crate) others: Vec<&'a str>,
    crls: Vec<&'a str>,
    pub(crate) options: Vec<&'a str>,
    is_valid: bool,
}

impl<'a> Case<'a> {
    pub(crate) fn all() -> impl Iterator<Item = Self> {
        rows(CASES).skip(1).map(|fields| {
            let [name, leaf, others, crls, options, expected] = fields[..] else { panic!("{fields:?}") };
            let words = |field: &'a str| field.split(' ').filter(|word| !word.is_empty()).collect();
            let (others, crls, options) = (words(others), words(crls), words(options));
            Self { name, leaf, others, crls, options, is_valid: expected == "valid" }
        })
    }

    /// The path and the status of each certificate in it.
    fn judge(&self, data: &Data) -> CertificateReport {
        let mut status = StatusData::new();
        for name in &self.crls {
            status.add_crls(&data.read("crls", name)).unwrap_or_else(|error| panic!("{name}: {error}"));
        }
        self.validation(data).with_status(&status).validate(&data.certificate(self.leaf))
    }

    /// The path alone, whatever CRLs say.
    pub(crate) fn judge_path(&self, data: &Data) -> CertificateReport {
        self.validation(data).without_revocation().validate(&data.certificate(self.leaf))
    }

    fn validation(&self, data: &Data) -> CertificateValidation {
        let others = self.others.iter().map(|name| data.certificate(name));
        let mut validation = CertificateValidation::at(Time::parse(NOW).unwrap())
            .trust([data.certificate(ANCHOR)])
            .with_certificates(others);
        let mut options = self.options.iter();
        while let Some(option) = options.next() {
            validation = match *option {
                "--policy-oid" => validation.accept_policy(options.next().unwrap()).unwrap(),
                "--require-explicit-policy" => validation.require_explicit_policy(),
                "--inhibit-policy-mapping" => validation.inhibit_policy_mapping(),
                "--inhibit-any-policy" => validation.inhibit_any_policy(),
                other => panic!("{other}"),
            };
        }
        validation
    }
}

pub(crate) struct Data(PathBuf);

impl Data {
    /// The suite's data, where it is installed.
    pub(crate) fn here() -> Option<Self> {
        eimza_testkit::vectors("x509/PKITS_data").map(Self)
    }

    fn certificate(&self, name: &str) -> Certificate {
        Certificate::from_der(self.read("certs", name)).unwrap_or_else(|error| panic!("{name}: {error}"))
    }

    pub(crate) fn read(&self, folder: &str, name: &str) -> Vec<u8> {
        fs::read(self.0.join(folder).join(name)).unwrap_or_else(|error| panic!("{name}: {error}"))
    }
}

#[test]
fn every_case_ends_as_it_should_or_differs_for_a_reason() {
    let Some(data) = Data::here() else { return };
    let mut differences: BTreeMap<&str, &str> =
        rows(DIFFERENCES).skip(1).map(|fields| (fields[0], fields[1])).collect();
    let mut wrong = Vec::new();
    let mut count = 0;
    for case in Case::all() {
        count += 1;
        let report = case.judge(&data);
        let is_as_expected = (report.indication == Indication::TotalPassed) == case.is_valid;
        let reason = differences.remove(case.name);
        match (is_as_expected, reason) {
            (true, None) | (false, Some(_)) => {}
            (true, Some(reason)) => wrong.push(format!("{} no longer differs ({reason})", case.name)),
            (false, None) => wrong.push(format!("{}: {:?}", case.name, report.checks)),
        }
    }
    assert_eq!(count, 246);
    assert!(differences.is_empty(), "no such cases: {differences:?}");
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

fn rows(table: &str) -> impl Iterator<Item = Vec<&str>> {
    table.lines().filter(|line| !line.starts_with('#')).map(|line| line.split('\t').collect())
}
