//! A second opinion: `certval`, another implementation of RFC 5280 section 6, judges the same paths.

use certval::{
    CertificationPath, CertificationPathResults, CertificationPathSettings, Error, PDVCertificate,
    PDVTrustAnchorChoice, PkiEnvironment, TimeOfInterest, validate_path_rfc5280,
};
use der::Encode;
use der::asn1::BitString;
use eimza_core::crypto::{DigestAlgorithm, PublicKey, SignatureAlgorithm};
use x509_cert::spki::{AlgorithmIdentifierOwned, SubjectPublicKeyInfoOwned};

use super::pkits::{ANCHOR, Case, Data, NOW};

/// Sections in which the path alone decides: all but those about CRLs.
const SECTIONS: [&str; 13] =
    ["401", "402", "403", "405", "406", "407", "408", "409", "410", "411", "412", "413", "416"];

#[test]
fn another_implementation_comes_to_the_same() {
    let Some(data) = Data::here() else { return };
    let (mut compared, mut wrong) = (0, Vec::new());
    for case in Case::all().filter(|case| SECTIONS.iter().any(|section| case.name.starts_with(section))) {
        let ours = case.judge_path(&data);
        let above: Vec<Vec<u8>> = match ours.certificates.as_slice() {
            // What we accept, as we found it; else as the table has it, the last one's issuer first.
            [_, above @ .., _] => above.iter().map(|certificate| certificate.der().to_vec()).collect(),
            _ => case.others.iter().map(|name| data.read("certs", name)).collect(),
        };
        let Some(theirs) = accepts(&case, &data, &above) else { continue };
        compared += 1;
        if theirs == ours.certificates.is_empty() {
            wrong.push(format!("{}: they say {theirs}, we say {:?}", case.name, ours.failure));
        }
    }
    assert!(compared > 150, "only {compared} cases were compared");
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// Whether `certval` accepts the path; `None` where it cannot read one of its certificates.
fn accepts(case: &Case<'_>, data: &Data, above: &[Vec<u8>]) -> Option<bool> {
    let read = |der: &[u8]| PDVCertificate::try_from(der).ok();
    let anchor = PDVTrustAnchorChoice::try_from(data.read("certs", ANCHOR).as_slice()).unwrap();
    let intermediates = above.iter().rev().map(|der| read(der)).collect::<Option<Vec<_>>>()?;
    let path = CertificationPath::new(anchor, intermediates, read(&data.read("certs", case.leaf))?);

    let mut settings = CertificationPathSettings::new();
    let now = u64::try_from(NOW.parse::<jiff::Timestamp>().unwrap().as_second()).unwrap();
    settings.set_time_of_interest(TimeOfInterest::from_unix_secs(now).unwrap());
    settings.set_require_ta_store(false);
    let mut options = case.options.iter();
    let mut policies = Vec::new();
    while let Some(option) = options.next() {
        match *option {
            "--policy-oid" => policies.push((*options.next().unwrap()).to_owned()),
            "--require-explicit-policy" => settings.set_initial_explicit_policy_indicator(true),
            "--inhibit-policy-mapping" => settings.set_initial_policy_mapping_inhibit_indicator(true),
            "--inhibit-any-policy" => settings.set_initial_inhibit_any_policy_indicator(true),
            other => panic!("{other}"),
        }
    }
    if !policies.is_empty() {
        settings.set_initial_policy_set(policies);
    }
    let mut environment = PkiEnvironment::default();
    environment.populate_5280_pki_environment();
    environment.add_verify_signature_message_callback(verify);
    Some(validate_path_rfc5280(&environment, &settings, &path, &mut CertificationPathResults::new()).is_ok())
}

/// RSA, which `certval` leaves to its caller.
fn verify(
    _: &PkiEnvironment,
    message: &[u8],
    value: &BitString,
    algorithm: &AlgorithmIdentifierOwned,
    key: &SubjectPublicKeyInfoOwned,
) -> certval::Result<()> {
    if algorithm.oid.to_string() != "1.2.840.113549.1.1.11" {
        return Err(Error::Unrecognized);
    }
    let key = key.to_der().unwrap();
    let key = PublicKey::from_spki(&key).map_err(|_| Error::Unrecognized)?;
    let digest = DigestAlgorithm::Sha256.digest(message);
    match SignatureAlgorithm::RsaPkcs1(DigestAlgorithm::Sha256).verify(&key, &digest, value.raw_bytes()) {
        Ok(true) => Ok(()),
        _ => Err(Error::PathValidation(certval::PathValidationStatus::SignatureVerificationFailure)),
    }
}
