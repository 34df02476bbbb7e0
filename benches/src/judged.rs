//! What is judged: a consent with a chain of three certificates, a CRL and an OCSP answer, and an archived signature.

#![allow(clippy::indexing_slicing)]

use std::error::Error;

use aws_lc_rs::signature as lc;
use eimza_core::cades::SigningOptions;
use eimza_core::cms::SignedData;
use eimza_core::revocation::StatusData;
use eimza_core::validation::{Anchors, TrustedFor, Validation};
use eimza_core::{Certificate, Clock, SystemClock, Time};
use eimza_testbed::keys::{certificate, sign};
use eimza_testkit::der::{children, contents, context};
use eimza_testkit::pki;
use eimza_testkit::stamp::{ARCHIVE_TIME_STAMP_V3, HASH_INDEX_V3, SIGNATURE_TIME_STAMP, SignedFile, token};
use eimza_testkit::status::{CrlDraft, GOOD, OcspDraft, single};

/// What is signed.
pub const CONTENT: &[u8] = b"A consent text of ordinary length, such as a person reads before signing.";

const OPENSSL: &str = "openssl makes the status data";

/// A kind of key, who signs with it, and how the judgement has to stand to its yardsticks.
pub struct Kind {
    /// The signer's certificate in the test PKI.
    pub signer: &'static str,
    /// The authority that issued it, beneath the root.
    pub authority: &'static str,
    /// Who answers by OCSP for the authority.
    responder: &'static str,
    /// At most so many times one bare verification.
    pub times_bare: f64,
    /// At least so many times faster than OpenSSL.
    pub times_openssl: f64,
    /// At least so many times faster than pyHanko.
    pub times_pyhanko: f64,
}

/// The kinds that are measured.
pub const KINDS: [Kind; 3] = [
    Kind {
        signer: "nes-rsa2048",
        authority: "nes-ca",
        responder: "ocsp-nes-ca",
        times_bare: 1.6,
        times_openssl: 5.0,
        times_pyhanko: 30.0,
    },
    Kind {
        signer: "nes-p256",
        authority: "nes-ca",
        responder: "ocsp-nes-ca",
        times_bare: 1.3,
        times_openssl: 5.0,
        times_pyhanko: 30.0,
    },
    Kind {
        signer: "nes-p384",
        authority: "nes-ca-p384",
        responder: "nes-ca-p384",
        times_bare: 1.1,
        times_openssl: 3.0,
        times_pyhanko: 10.0,
    },
];

/// A signature and everything that its judgement needs, as octets.
pub struct Consent {
    /// The file.
    pub file: Vec<u8>,
    /// The signature value alone.
    pub bare: Bare,
    /// The certificates between signer and root.
    pub authority: &'static str,
    /// CRLs of the root and of the authority.
    pub crls: [Vec<u8>; 2],
    /// An OCSP answer about the signer.
    pub ocsp: Vec<u8>,
    /// The time of the judgement.
    pub now: Time,
    signer: &'static str,
    responder: &'static str,
}

/// The same, read.
pub struct Given {
    anchors: Anchors,
    certificates: [Certificate; 1],
    status: StatusData,
}

impl Consent {
    /// A consent of this moment.
    pub fn of(kind: &Kind) -> Result<Self, Box<dyn Error>> {
        Self::signed(kind, SystemClock::new().now())
    }

    fn signed(kind: &Kind, now: Time) -> Result<Self, Box<dyn Error>> {
        let minute = std::time::Duration::from_secs(60);
        let (issued, next) = (asn1(now.before(minute)), asn1(now.after(minute * 60)));
        let file = sign(kind.signer, CONTENT, &SigningOptions::new(now));
        let crl = |issuer| {
            let draft =
                CrlDraft { this_update: issued.clone(), next_update: Some(next.clone()), ..CrlDraft::new(issuer) };
            draft.sign().ok_or(OPENSSL)
        };
        let about = single((kind.signer, kind.authority), "sha1", GOOD, &issued, Some(&next), &[]).ok_or(OPENSSL)?;
        let answer = OcspDraft { produced_at: issued.clone(), ..OcspDraft::new(kind.responder, about) };
        Ok(Self {
            bare: Bare::of_signer(&file, kind.signer)?,
            file,
            authority: kind.authority,
            crls: [crl("root")?, crl(kind.authority)?],
            ocsp: answer.sign().ok_or(OPENSSL)?,
            now: now.after(minute),
            signer: kind.signer,
            responder: kind.responder,
        })
    }

    /// The file with one octet of the content changed.
    pub fn damaged(&self) -> Vec<u8> {
        let mut damaged = self.file.clone();
        let place = damaged.windows(CONTENT.len()).position(|window| window == CONTENT);
        if let Some(octet) = place.and_then(|place| damaged.get_mut(place)) {
            *octet ^= 1;
        }
        damaged
    }

    /// Reads everything but the file: the root's CRL and the OCSP answer.
    pub fn given(&self) -> eimza_core::Result<Given> {
        let mut status = StatusData::new();
        status.add_crls(&self.crls[0])?;
        status.add_ocsps(&self.ocsp)?;
        let read = |name| Certificate::from_der(pki::certificate(name));
        Ok(Given {
            anchors: Anchors::new().trust(read("root")?, TrustedFor::Everything),
            certificates: [read(self.authority)?],
            status,
        })
    }

    /// Every signature that the judgement rests on.
    pub fn needed(&self) -> Result<Vec<Bare>, Box<dyn Error>> {
        let mut needed = vec![
            Bare::of_signer(&self.file, self.signer)?,
            Bare::of_outer(&pki::certificate(self.signer), self.authority),
            Bare::of_outer(&pki::certificate(self.authority), "root"),
            Bare::of_outer(&pki::certificate("root"), "root"),
            Bare::of_outer(&self.crls[0], "root"),
            Bare::of_outer(contents(&children(&children(&children(&self.ocsp)[1])[0])[1]), self.responder),
        ];
        if self.responder != self.authority {
            needed.push(Bare::of_outer(&pki::certificate(self.responder), self.authority));
        }
        Ok(needed)
    }
}

impl Given {
    /// The judgement, by the Turkish rules.
    pub fn validation(&self, consent: &Consent) -> Validation<'_> {
        Validation::new(consent.now, &self.anchors).certificates(&self.certificates).status(&self.status)
    }
}

/// A B-LTA by RSA: chain and status inside, stamped and archived by the test PKI's unit.
pub fn archived() -> Result<Consent, Box<dyn Error>> {
    let mut consent = Consent::of(&KINDS[0])?;
    let mut file = SignedFile::read(&consent.file);
    let certificates = [consent.signer, consent.authority, "root"].map(pki::certificate);
    file.fields[3] = context(0, &certificates.concat());
    file.fields.push(context(1, &consent.crls.concat()));
    let stamp = token("sha256", &file.signature_value()).ok_or(OPENSSL)?;
    file.add(SIGNATURE_TIME_STAMP, &stamp);
    let archive = file.archive_v3(CONTENT, HASH_INDEX_V3).ok_or(OPENSSL)?;
    file.add(ARCHIVE_TIME_STAMP_V3, &archive);
    consent.file = file.der();
    Ok(consent)
}

/// One signature: what is signed, by whose key, the value.
pub struct Bare {
    key: lc::UnparsedPublicKey<Vec<u8>>,
    signed: Vec<u8>,
    value: Vec<u8>,
}

impl Bare {
    /// Verifies it, and does nothing else.
    pub fn holds(&self) -> bool {
        self.key.verify(&self.signed, &self.value).is_ok()
    }

    /// That of a file's first signer.
    fn of_signer(file: &[u8], signer: &str) -> Result<Self, Box<dyn Error>> {
        let signed_data = SignedData::read(file)?;
        let one = signed_data.signers().first().ok_or("no signer")?;
        let attributes = one.signed_attributes().ok_or("no signed attributes")?;
        let mut signed = attributes.bytes().to_vec();
        signed[0] = 0x31;
        let is_long = signer.ends_with("p384");
        Ok(Self { key: key_of(&certificate(signer), is_long), signed, value: one.value().to_vec() })
    }

    /// That of a certificate, a CRL or a BasicOCSPResponse: signed part, algorithm, value; all by SHA-256.
    fn of_outer(der: &[u8], signer: &str) -> Self {
        let fields = children(der);
        let value = contents(&fields[2])[1..].to_vec();
        // sha384WithRSAEncryption and ecdsa-with-SHA384 end so.
        let is_long = matches!(contents(&children(&fields[1])[0]).last(), Some(12 | 3));
        Self { key: key_of(&certificate(signer), is_long), signed: fields[0].clone(), value }
    }
}

fn key_of(certificate: &Certificate, is_long: bool) -> lc::UnparsedPublicKey<Vec<u8>> {
    let spki = children(certificate.public_key_der());
    let octets = contents(&spki[1])[1..].to_vec();
    let algorithm: &'static dyn lc::VerificationAlgorithm = match (octets.len(), is_long) {
        (65, false) => &lc::ECDSA_P256_SHA256_ASN1,
        (97, false) => &lc::ECDSA_P384_SHA256_ASN1,
        (97, true) => &lc::ECDSA_P384_SHA384_ASN1,
        (_, true) => &lc::RSA_PKCS1_2048_8192_SHA384,
        _ => &lc::RSA_PKCS1_2048_8192_SHA256,
    };
    lc::UnparsedPublicKey::new(algorithm, octets)
}

/// `YYYYMMDDHHMMSSZ`.
fn asn1(time: Time) -> String {
    time.to_string().replace(['-', ':', 'T'], "")
}
