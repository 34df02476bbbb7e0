//! Signing with a key of a card: what the card is given, and the commands for it.

use super::command::{Command, SHORT_ANSWER};
use super::pkcs15::{KeyEntry, Scheme};
use super::profile::ChooseKey;
use super::seen::Seen;
use super::session::{Session, Stop};
use crate::asn1::{Reader, write};
use crate::certificate::Certificate;
use crate::crypto::{KeyType, SignatureAlgorithm, pkcs1_block};
use crate::error::{ArgumentFault, Error, Result};
use crate::token::SignRequest;

const MANAGE_SECURITY_ENVIRONMENT: u8 = 0x22;
const PERFORM_SECURITY_OPERATION: u8 = 0x2a;
const GENERAL_AUTHENTICATE: u8 = 0x87;

/// What a request comes to on this card. Made before the PIN is sent, so that nothing is spent on what the card cannot do.
pub(super) struct Prepared {
    algorithm: u8,
    key: u8,
    data: Vec<u8>,
    /// How many octets the value has at most.
    expected: usize,
}

impl Prepared {
    pub(super) fn new(seen: &Seen, key: &KeyEntry, certificate: &Certificate, request: &SignRequest) -> Result<Self> {
        let public = certificate.public_key()?;
        let unsupported = || Error::AlgorithmUnsupported { algorithm: request.algorithm.name() };
        if request.algorithm.digest() != request.digest.algorithm() {
            return Err(Error::ArgumentInvalid { argument: "digest", reason: ArgumentFault::DigestOfAnother });
        }
        let digest = &request.digest;
        let (scheme_choices, bits, expected): (&[Scheme], usize, usize) = match (request.algorithm, &public.key_type) {
            (SignatureAlgorithm::RsaPkcs1(_), KeyType::Rsa { bits }) => {
                (&[Scheme::RsaPkcs1, Scheme::RsaPadded], *bits, bits.div_ceil(8))
            }
            (SignatureAlgorithm::RsaPss { mask_digest, salt_length, .. }, KeyType::Rsa { bits })
                if mask_digest == digest.algorithm() && salt_length == digest.algorithm().length() =>
            {
                (&[Scheme::RsaPss], *bits, bits.div_ceil(8))
            }
            (SignatureAlgorithm::Ecdsa(_), KeyType::Ec(curve)) => {
                (&[Scheme::Ecdsa], curve.field_octets() * 8, SHORT_ANSWER)
            }
            _ => return Err(unsupported()),
        };
        let mut offered = scheme_choices.iter().filter_map(|scheme| Some((*scheme, seen.algorithm(*scheme, bits)?)));
        let (scheme, algorithm) = offered.next().ok_or_else(unsupported)?;
        let data = match (scheme, &public.key_type) {
            (Scheme::RsaPkcs1, _) => digest.digest_info(),
            (Scheme::RsaPadded, _) => pkcs1_block(digest, expected).ok_or_else(unsupported)?,
            (Scheme::Ecdsa, KeyType::Ec(curve)) => {
                // Of a digest longer than the curve only the leftmost bits count (FIPS 186-5 section 6.4.1).
                digest.as_bytes().iter().copied().take(curve.field_octets()).collect()
            }
            (Scheme::RsaPss | Scheme::Ecdsa, _) => digest.as_bytes().to_vec(),
        };
        Ok(Self { algorithm, key: key.reference.ok_or(Error::KeyAbsent)?, data, expected })
    }
}

impl Session<'_, '_> {
    /// Has the card sign, once its PIN was verified.
    pub(super) fn sign(&mut self, prepared: &Prepared) -> std::result::Result<Vec<u8>, Stop> {
        match self.seen.profile.signature.choose {
            ChooseKey::Environment => {
                let template = [0x80, 0x01, prepared.algorithm, 0x84, 0x01, prepared.key];
                self.send(&Command::new(MANAGE_SECURITY_ENVIRONMENT, 0x41, 0xb6).data(&template))?;
                self.compute(prepared)
            }
            ChooseKey::Reference => {
                self.send(&Command::new(MANAGE_SECURITY_ENVIRONMENT, 0xc3, prepared.key))?;
                self.compute(prepared)
            }
            ChooseKey::GeneralAuthenticate => self.authenticate(prepared),
        }
    }

    fn compute(&mut self, prepared: &Prepared) -> std::result::Result<Vec<u8>, Stop> {
        let command = Command::new(PERFORM_SECURITY_OPERATION, 0x9e, 0x9a).data(&prepared.data);
        Ok(self.send(&command.expecting(prepared.expected.max(SHORT_ANSWER)))?.data.to_vec())
    }

    /// `7C { 82 empty, 81 challenge }`, answered by `7C { 82 response }` (NIST SP 800-73-4 part 2, section 3.2.4).
    fn authenticate(&mut self, prepared: &Prepared) -> std::result::Result<Vec<u8>, Stop> {
        const TEMPLATE: u8 = 0x7c;
        const CHALLENGE: u8 = 0x81;
        const RESPONSE: u8 = 0x82;
        let fields = [write::tlv(RESPONSE, &[]), write::tlv(CHALLENGE, &prepared.data)].concat();
        let command = Command::new(GENERAL_AUTHENTICATE, prepared.algorithm, prepared.key);
        let command = command.data(&write::tlv(TEMPLATE, &fields)).expecting(SHORT_ANSWER);
        let answer = self.send(&command)?;
        let template = Reader::new(&answer.data).read(TEMPLATE, "dynamic authentication template")?;
        Ok(template.reader().read(RESPONSE, "response")?.contents.to_vec())
    }
}
