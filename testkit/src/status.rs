//! CRLs and OCSP answers, written field by field and signed by openssl: good ones, odd ones and forged ones.

use std::fs;
use std::path::Path;
use std::process::Command;

use crate::der::{bits, children, contents, context, integer, null, octets, oid, sequence, time, tlv};
use crate::hash::Hash;
use crate::{component, folders, pki, run};

/// A CRL to be made. What is not set has the usual value.
#[derive(Clone, Debug)]
pub struct CrlDraft {
    /// The certificate whose key signs.
    pub signer: String,
    /// The issuer's Name in DER; empty for the signer's subject.
    pub issuer: Vec<u8>,
    /// thisUpdate.
    pub this_update: String,
    /// nextUpdate.
    pub next_update: Option<String>,
    /// The entries, in DER: [`entry`].
    pub entries: Vec<Vec<u8>>,
    /// The extensions, in DER: [`crate::der::extension`].
    pub extensions: Vec<Vec<u8>>,
    /// Whether the algorithm outside has no parameters, as some authorities write it, where the signed one has NULL.
    pub bare_outside: bool,
}

impl CrlDraft {
    /// A complete CRL of this certificate's subject, of 15 June 2026, for a week.
    #[must_use]
    pub fn new(signer: &str) -> Self {
        Self {
            signer: signer.to_owned(),
            issuer: Vec::new(),
            this_update: "20260615120000Z".to_owned(),
            next_update: Some("20260622120000Z".to_owned()),
            entries: Vec::new(),
            extensions: Vec::new(),
            bare_outside: false,
        }
    }

    /// The CRL; `None` where openssl is not installed.
    #[must_use]
    pub fn sign(&self) -> Option<Vec<u8>> {
        let algorithm = algorithm(&self.signer);
        let issuer = if self.issuer.is_empty() { subject(&self.signer) } else { self.issuer.clone() };
        let mut fields = vec![integer(&[1]), algorithm.clone(), issuer, time(&self.this_update)];
        fields.extend(self.next_update.as_deref().map(time));
        if !self.entries.is_empty() {
            fields.push(sequence(&self.entries));
        }
        if !self.extensions.is_empty() {
            fields.push(context(0, &sequence(&self.extensions)));
        }
        let to_be_signed = sequence(&fields);
        let value = signature(&self.signer, &to_be_signed)?;
        let outside = if self.bare_outside { sequence(&[children(&algorithm)[0].clone()]) } else { algorithm };
        Some(sequence(&[to_be_signed, outside, bits(&value)]))
    }
}

/// An entry of a CRL; `extensions` as in [`crate::der::extension`].
#[must_use]
pub fn entry(serial: &[u8], at: &str, extensions: &[Vec<u8>]) -> Vec<u8> {
    let extensions = if extensions.is_empty() { Vec::new() } else { sequence(extensions) };
    sequence(&[integer(serial), time(at), extensions])
}

/// An OCSP answer to be made. What is not set has the usual value.
#[derive(Clone, Debug)]
pub struct OcspDraft {
    /// The certificate whose key signs, and whom the answer names.
    pub signer: String,
    /// Whether the answer names its signer by the key.
    pub by_key: bool,
    /// producedAt.
    pub produced_at: String,
    /// The single responses, in DER: [`single`].
    pub responses: Vec<Vec<u8>>,
    /// The extensions, in DER.
    pub extensions: Vec<Vec<u8>>,
    /// The certificates that come with it.
    pub certificates: Vec<String>,
}

impl OcspDraft {
    /// An answer of 15 June 2026 that brings its signer's certificate.
    #[must_use]
    pub fn new(signer: &str, response: Vec<u8>) -> Self {
        Self {
            signer: signer.to_owned(),
            by_key: false,
            produced_at: "20260615120000Z".to_owned(),
            responses: vec![response],
            extensions: Vec::new(),
            certificates: vec![signer.to_owned()],
        }
    }

    /// The BasicOCSPResponse; `None` where openssl is not installed.
    #[must_use]
    pub fn sign_basic(&self) -> Option<Vec<u8>> {
        let responder = if self.by_key {
            context(2, &octets(&Hash::Sha1.digest(&key_octets(&self.signer))))
        } else {
            context(1, &subject(&self.signer))
        };
        let mut data = vec![responder, time(&self.produced_at), sequence(&self.responses)];
        if !self.extensions.is_empty() {
            data.push(context(1, &sequence(&self.extensions)));
        }
        let data = sequence(&data);
        let value = signature(&self.signer, &data)?;
        let certificates: Vec<Vec<u8>> = self.certificates.iter().map(|name| pki::certificate(name)).collect();
        Some(sequence(&[data, algorithm(&self.signer), bits(&value), context(0, &sequence(&certificates))]))
    }

    /// The OCSPResponse; `None` where openssl is not installed.
    #[must_use]
    pub fn sign(&self) -> Option<Vec<u8>> {
        let bytes = sequence(&[oid("1.3.6.1.5.5.7.48.1.1"), octets(&self.sign_basic()?)]);
        Some(sequence(&[tlv(0x0a, &[0]), context(0, &bytes)]))
    }
}

/// A single response about `certificate` of `issuer`, its CertID by `hash` (`sha1`, `sha256` …). `status` is a CertStatus in
/// DER: [`GOOD`], [`UNKNOWN`], [`revoked`]. `None` where openssl is not installed.
#[must_use]
pub fn single(
    (certificate, issuer): (&str, &str),
    hash: &str,
    status: &[u8],
    this_update: &str,
    next_update: Option<&str>,
    extensions: &[Vec<u8>],
) -> Option<Vec<u8>> {
    let hash = Hash::named(hash);
    let id = sequence(&[
        hash.identifier_with_null(),
        octets(&hash.digest(&subject(issuer))),
        octets(&hash.digest(&key_octets(issuer))),
        serial(certificate),
    ]);
    let mut fields = vec![id, status.to_vec(), time(this_update)];
    fields.extend(next_update.map(|next| context(0, &time(next))));
    if !extensions.is_empty() {
        fields.push(context(1, &sequence(extensions)));
    }
    Some(sequence(&fields))
}

/// `good [0] IMPLICIT NULL`.
pub const GOOD: &[u8] = &[0x80, 0];

/// `unknown [2] IMPLICIT UnknownInfo`.
pub const UNKNOWN: &[u8] = &[0x82, 0];

/// `revoked [1] IMPLICIT RevokedInfo`.
#[must_use]
pub fn revoked(at: &str, reason: Option<u8>) -> Vec<u8> {
    let reason = reason.map(|reason| context(0, &tlv(0x0a, &[reason]))).unwrap_or_default();
    context(1, &[time(at), reason].concat())
}

/// The algorithm by which the key of this certificate signs SHA-256.
fn algorithm(signer: &str) -> Vec<u8> {
    const ECDSA_WITH_SHA256: &str = "1.2.840.10045.4.3.2";
    const SHA256_WITH_RSA: &str = "1.2.840.113549.1.1.11";
    let key = children(&children(&fields(signer)[5])[0])[0].clone();
    if key == oid("1.2.840.10045.2.1") {
        sequence(&[oid(ECDSA_WITH_SHA256)])
    } else {
        sequence(&[oid(SHA256_WITH_RSA), null()])
    }
}

/// The fields of a certificate's signed part, the version left out.
fn fields(name: &str) -> Vec<Vec<u8>> {
    let certificate = pki::certificate(name);
    children(&children(&certificate)[0]).into_iter().filter(|field| field[0] != 0xa0).collect()
}

/// The serial number of a certificate, as INTEGER.
#[must_use]
pub fn serial(name: &str) -> Vec<u8> {
    fields(name)[0].clone()
}

/// The subject of a certificate, in DER.
#[must_use]
pub fn subject(name: &str) -> Vec<u8> {
    fields(name)[4].clone()
}

/// The octets of the key's BIT STRING.
fn key_octets(name: &str) -> Vec<u8> {
    contents(&children(&fields(name)[5])[1])[1..].to_vec()
}

/// The signature of the key of this certificate, by SHA-256.
pub(crate) fn signature(signer: &str, octets: &[u8]) -> Option<Vec<u8>> {
    openssl(octets, |command| {
        command.args(["dgst", "-sha256", "-sign"]).arg(pki::private_key_path(signer));
    })
}

fn openssl(input: &[u8], arrange: impl FnOnce(&mut Command)) -> Option<Vec<u8>> {
    let mut command = Command::new(component("openssl")?);
    let folder = folders::scratch("status");
    let (from, to) = (folder.join("in"), folder.join("out"));
    fs::write(&from, input).expect("scratch is writable");
    arrange(&mut command);
    command.arg("-out").arg(&to).arg(&from);
    run(&mut command).expect_success();
    let read = |path: &Path| fs::read(path).expect("it said that it wrote it");
    Some(read(&to))
}
