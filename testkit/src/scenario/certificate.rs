//! Certificates: written field by field, signed by keys of this process.

use std::sync::Arc;

use super::moment::Moment;
use super::plan::Oddity;
use crate::der::{bits, context, context_primitive, extension, integer, null, octets, oid, sequence, tlv};
use crate::hash::Hash;
use crate::key::{Key, KeyKind};

/// Somebody with a certificate.
#[derive(Clone)]
pub(super) struct Holder {
    pub(super) certificate: Vec<u8>,
    pub(super) subject: Vec<u8>,
    /// The serial number, as INTEGER.
    pub(super) serial: Vec<u8>,
    /// The issuer's Name.
    pub(super) issuer: Vec<u8>,
    pub(super) key: Arc<Key>,
}

/// What a certificate is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Role {
    Authority,
    Signer,
    TimeStampUnit,
    Responder,
}

/// A certificate to be made.
#[derive(Clone, Copy)]
pub(super) struct Draft<'a> {
    /// By what the key is known, and what the serial number comes from.
    pub(super) name: &'a str,
    pub(super) role: Role,
    pub(super) kind: KeyKind,
    pub(super) oddity: Oddity,
    /// When it is used.
    pub(super) used_at: Moment,
}

impl Draft<'_> {
    /// By this issuer.
    pub(super) fn issued_by(&self, issuer: &Holder) -> Holder {
        self.issue(&issuer.subject, &issuer.key)
    }

    /// By oneself.
    pub(super) fn self_signed(&self) -> Holder {
        let subject = self.subject();
        self.issue(&subject, &Key::named(self.name, self.kind))
    }

    fn issue(&self, issuer: &[u8], issuer_key: &Key) -> Holder {
        let (key, subject) = (Key::named(self.name, self.kind), self.subject());
        let hash = issuer_key.usual_hash();
        let algorithm = issuer_key.algorithm(hash);
        let serial = integer(&[&[0x40], &Hash::Sha256.digest(self.name.as_bytes())[..8]].concat());
        let to_be_signed = sequence(&[
            context(0, &integer(&[2])),
            serial.clone(),
            algorithm.clone(),
            issuer.to_vec(),
            self.validity(),
            subject.clone(),
            key.public(),
            context(3, &sequence(&self.extensions(&key, issuer_key))),
        ]);
        // What is forged was signed by the issuer too, yet not in this form.
        let signed = if self.oddity == Oddity::Forged { b"something else".as_slice() } else { &to_be_signed };
        let certificate = sequence(&[to_be_signed.clone(), algorithm, bits(&issuer_key.sign(hash, signed))]);
        Holder { certificate, subject, serial, issuer: issuer.to_vec(), key }
    }

    fn validity(&self) -> Vec<u8> {
        let end = match self.oddity {
            Oddity::Ended => self.used_at.plus(-60).utc(),
            Oddity::EndsSoon => self.used_at.plus(40).utc(),
            _ => self.used_at.new_year(15),
        };
        let begin = match self.oddity {
            Oddity::BeginsLater => self.used_at.plus(10).utc(),
            _ => self.used_at.new_year(-5),
        };
        sequence(&[begin, end])
    }

    fn subject(&self) -> Vec<u8> {
        if self.oddity == Oddity::Seal {
            return name(&[("2.5.4.5", 0x13, "1234567890"), ("2.5.4.3", 0x0c, "DENEME ANONİM ŞİRKETİ")]);
        }
        let country = ("2.5.4.6", 0x13, "TR");
        match self.role {
            Role::Signer => name(&[country, ("2.5.4.3", 0x0c, "TEST KİŞİ"), ("2.5.4.5", 0x13, "10000000146")]),
            _ => name(&[country, ("2.5.4.10", 0x0c, "Eimza Deneme"), ("2.5.4.3", 0x0c, self.name)]),
        }
    }

    fn extensions(&self, key: &Key, issuer_key: &Key) -> Vec<Vec<u8>> {
        let identifier = |key: &Key| Hash::Sha1.digest(&key.public_octets());
        let mut all = vec![
            extension("2.5.29.35", false, &sequence(&[context_primitive(0, &identifier(issuer_key))])),
            extension("2.5.29.14", false, &octets(&identifier(key))),
            extension("2.5.29.15", true, &self.key_usage()),
        ];
        let purpose = |purpose: &str| sequence(&[oid(purpose)]);
        match (self.role, self.oddity) {
            (Role::Authority, Oddity::NotAnAuthority) => {}
            (Role::Authority, _) => all.push(extension("2.5.29.19", true, &sequence(&[tlv(0x01, &[0xff])]))),
            (Role::TimeStampUnit, _) => all.push(extension("2.5.29.37", true, &purpose("1.3.6.1.5.5.7.3.8"))),
            (Role::Responder, _) => {
                if self.oddity != Oddity::WithoutPurpose {
                    all.push(extension("2.5.29.37", false, &purpose("1.3.6.1.5.5.7.3.9")));
                }
                all.push(extension("1.3.6.1.5.5.7.48.1.5", false, &null()));
            }
            (Role::Signer, Oddity::Seal) => {
                all.push(extension("2.5.29.19", true, &sequence(&[])));
                all.push(extension("2.5.29.37", false, &purpose("2.16.792.1.2.1.1.5.7.50.1")));
                all.push(extension("2.5.29.32", false, &self.policy("2.16.792.1.2.1.1.5.7.4.1")));
            }
            (Role::Signer, _) => {
                all.push(extension("2.5.29.32", false, &self.policy("2.16.792.1.2.1.1.5.7.1.1")));
                all.push(extension("1.3.6.1.5.5.7.1.3", false, &sequence(&self.statements())));
            }
        }
        if self.oddity == Oddity::UnknownExtension {
            all.push(extension("1.3.6.1.5.5.7.13.1", true, &null()));
        }
        all
    }

    /// `KeyUsage ::= BIT STRING` (RFC 5280 section 4.2.1.3).
    fn key_usage(&self) -> Vec<u8> {
        let octets: &[u8] = match (self.role, self.oddity) {
            (Role::Authority, Oddity::NotAnAuthority) => &[6, 0xc0],
            (Role::Authority, _) => &[1, 0x06],
            (Role::Responder, _) | (_, Oddity::Seal | Oddity::WithoutNonRepudiation) => &[7, 0x80],
            _ => &[6, 0xc0],
        };
        tlv(0x03, octets)
    }

    /// One `PolicyInformation` with the address of a statement and a notice (RFC 5280 section 4.2.1.4).
    fn policy(&self, identifier: &str) -> Vec<u8> {
        let address = sequence(&[oid("1.3.6.1.5.5.7.2.1"), tlv(0x16, b"http://127.0.0.1/ilke")]);
        let text = tlv(0x0c, "Bu sertifika deneme içindir, hiçbir hukuki sonucu yoktur.".as_bytes());
        let notice = sequence(&[oid("1.3.6.1.5.5.7.2.2"), sequence(&[text])]);
        let qualifiers = if self.oddity == Oddity::WithoutNotice { vec![address] } else { vec![address, notice] };
        sequence(&[sequence(&[oid(identifier), sequence(&qualifiers)])])
    }

    /// QCStatements (RFC 3739 section 3.2.6, EN 319 412-5 section 4.3), with the Turkish ones.
    fn statements(&self) -> Vec<Vec<u8>> {
        const BTK: &str = "Bu sertifika, 5070 sayılı Elektronik İmza Kanununa göre nitelikli elektronik sertifikadır.";
        let mut all = vec![sequence(&[oid("1.3.6.1.5.5.7.11.1")])];
        if self.oddity != Oddity::WithoutEtsiStatement {
            all.push(sequence(&[oid("0.4.0.1862.1.1")]));
        }
        if self.oddity != Oddity::WithoutBtkStatement {
            all.push(sequence(&[oid("2.16.792.1.61.0.1.5070.1.1"), tlv(0x0c, BTK.as_bytes())]));
        }
        if self.oddity == Oddity::MoneyLimitOfZero {
            let amount = sequence(&[tlv(0x13, b"TRY"), integer(&[0]), integer(&[0])]);
            all.push(sequence(&[oid("0.4.0.1862.1.2"), amount]));
        }
        if self.oddity == Oddity::UsageLimit {
            let text = tlv(0x0c, "Yalnızca deneme amacıyla kullanılabilir.".as_bytes());
            all.push(sequence(&[oid("2.16.792.1.2.1.1.5.7.2.9999"), text]));
        }
        all
    }
}

/// A Name of these attributes: identifier, tag, text.
fn name(parts: &[(&str, u8, &str)]) -> Vec<u8> {
    let relative = |(identifier, tag, text): &(&str, u8, &str)| {
        tlv(0x31, &sequence(&[oid(identifier), tlv(*tag, text.as_bytes())]))
    };
    sequence(&parts.iter().map(relative).collect::<Vec<_>>())
}
