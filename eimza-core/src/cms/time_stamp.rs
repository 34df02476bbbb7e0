//! Time-stamp tokens (RFC 3161 section 2.4.2): what they state, unverified.

use std::time::Duration;

use super::read::SignedData;
use super::signer::Signer;
use crate::asn1::{Element, extension, oid, tag};
use crate::clock::Time;
use crate::crypto::{Digest, DigestAlgorithm};
use crate::error::{Error, Result, SignatureFault};

const WHAT: &str = "TSTInfo";

/// A token: a ContentInfo with SignedData over a TSTInfo, by exactly one signer.
#[derive(Clone, Debug)]
pub struct TimeStampToken<'a> {
    signed_data: SignedData<'a>,
    signer: Signer<'a>,
    info: TimeStampInfo,
}

/// ```asn1
/// TSTInfo ::= SEQUENCE {
///     version INTEGER { v1(1) }, policy OBJECT IDENTIFIER, messageImprint MessageImprint, serialNumber INTEGER,
///     genTime GeneralizedTime, accuracy Accuracy OPTIONAL, ordering BOOLEAN DEFAULT FALSE, nonce INTEGER OPTIONAL,
///     tsa [0] GeneralName OPTIONAL, extensions [1] IMPLICIT Extensions OPTIONAL }
/// MessageImprint ::= SEQUENCE { hashAlgorithm AlgorithmIdentifier, hashedMessage OCTET STRING }
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TimeStampInfo {
    /// The policy of the time-stamp unit, dotted.
    pub policy: String,
    /// The digest of what was stamped; `None` where its algorithm is not computed here.
    pub imprint: Option<Digest>,
    /// The contents octets of the serial number.
    pub serial: Vec<u8>,
    /// The stated time, a fraction of a second cut off.
    pub time: Time,
    has_fraction: bool,
    /// The accuracy; `None` where nothing is stated, and then nothing is promised.
    pub accuracy: Option<Accuracy>,
    /// Whether the unit's stamps have the order of their times, whatever the accuracy.
    pub ordering: bool,
    /// The contents octets of the nonce; a number that may be negative and of any length.
    pub nonce: Option<Vec<u8>>,
    /// The name of the unit as GeneralName in DER; it may differ from the certificate's.
    pub unit_name: Option<Vec<u8>>,
}

/// `Accuracy ::= SEQUENCE { seconds INTEGER OPTIONAL, millis [0] INTEGER (1..999) OPTIONAL, micros [1] INTEGER (1..999)
/// OPTIONAL }`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Accuracy(pub Duration);

impl<'a> TimeStampToken<'a> {
    /// Reads a token in DER or BER.
    ///
    /// # Errors
    /// Those of [`SignedData::read`]; [`Error::SignatureMalformed`] where it holds something else than a TSTInfo, or
    /// another number of signers than one; [`Error::Asn1Malformed`].
    pub fn read(octets: &'a [u8]) -> Result<Self> {
        let signed_data = SignedData::read(octets)?;
        if signed_data.content_type != oid::TIME_STAMP_INFO.as_bytes() {
            return Err(Error::SignatureMalformed { what: SignatureFault::NoTimeStamp });
        }
        let content = signed_data.content()?.ok_or(Error::SignatureMalformed { what: SignatureFault::NoTimeStamp })?;
        let info = TimeStampInfo::read(&content)?;
        let [signer] = signed_data.signers() else {
            return Err(Error::SignatureMalformed { what: SignatureFault::TimeStampSigners });
        };
        Ok(Self { signer: signer.clone(), info, signed_data })
    }

    /// What it states.
    pub fn info(&self) -> &TimeStampInfo {
        &self.info
    }

    /// The signed file that it is.
    pub fn signed_data(&self) -> &SignedData<'a> {
        &self.signed_data
    }

    /// Its one signer.
    pub fn signer(&self) -> &Signer<'a> {
        &self.signer
    }
}

impl TimeStampInfo {
    fn read(octets: &[u8]) -> Result<Self> {
        let mut fields = Element::only_sequence(octets, WHAT)?.reader();
        if fields.read(tag::INTEGER, WHAT)?.small_integer() != Some(1) {
            return Err(Error::SignatureMalformed { what: SignatureFault::TimeStampVersion });
        }
        let policy = oid::dotted(fields.oid(WHAT)?);
        let imprint = imprint(&fields.read(tag::SEQUENCE, "messageImprint")?)?;
        let serial = fields.read(tag::INTEGER, WHAT)?.contents.to_vec();
        let stated = fields.read(tag::GENERALIZED_TIME, "genTime")?;
        let time = stated.time().ok_or(Error::Asn1Malformed { what: "genTime", offset: 0 })?;
        let accuracy = fields.optional(tag::SEQUENCE, "accuracy")?.map(|stated| Accuracy::read(&stated)).transpose()?;
        let ordering = fields.optional(tag::BOOLEAN, "ordering")?.is_some_and(|flag| flag.boolean() != Some(false));
        let nonce = fields.optional(tag::INTEGER, "nonce")?.map(|nonce| nonce.contents.to_vec());
        let unit_name = fields.optional(tag::context(0), "tsa")?.map(|name| name.contents.to_vec());
        let extensions = fields.optional(tag::context(1), "extensions")?;
        fields.finish(WHAT)?;
        check_extensions(extensions)?;
        let fraction = stated.contents.split(|octet| *octet == b'.').nth(1).unwrap_or_default();
        let has_fraction = fraction.iter().any(|digit| matches!(digit, b'1'..=b'9'));
        Ok(Self { policy, imprint, serial, time, has_fraction, accuracy, ordering, nonce, unit_name })
    }

    /// The latest moment of the stamp: the stated time plus its accuracy, rounded up to full seconds.
    pub fn latest(&self) -> Time {
        let accuracy = self.accuracy.map_or(Duration::ZERO, |accuracy| accuracy.0);
        let part = self.has_fraction || accuracy.subsec_nanos() > 0;
        self.time.after(Duration::from_secs(accuracy.as_secs().saturating_add(u64::from(part))))
    }

    /// The earliest moment of the stamp: the stated time less its accuracy, rounded down to full seconds.
    pub fn earliest(&self) -> Time {
        let accuracy = self.accuracy.map_or(Duration::ZERO, |accuracy| accuracy.0);
        let part = accuracy.subsec_nanos() > 0;
        self.time.before(Duration::from_secs(accuracy.as_secs().saturating_add(u64::from(part))))
    }
}

impl Accuracy {
    fn read(element: &Element<'_>) -> Result<Self> {
        let mut fields = element.reader();
        let mut number = |tag| -> Result<u64> {
            match fields.optional(tag, "accuracy")? {
                Some(number) => {
                    number.small_integer().map(u64::from).ok_or(Error::Asn1Malformed { what: "accuracy", offset: 0 })
                }
                None => Ok(0),
            }
        };
        let seconds = number(tag::INTEGER)?;
        let (millis, micros) = (number(tag::context_primitive(0))?, number(tag::context_primitive(1))?);
        fields.finish("accuracy")?;
        Ok(Self(Duration::from_secs(seconds) + Duration::from_millis(millis) + Duration::from_micros(micros)))
    }
}

/// The digest; its length must be its algorithm's.
fn imprint(element: &Element<'_>) -> Result<Option<Digest>> {
    let mut fields = element.reader();
    let algorithm = DigestAlgorithm::from_identifier(&fields.read(tag::SEQUENCE, WHAT)?);
    let octets = fields.read(tag::OCTET_STRING, WHAT)?.contents;
    fields.finish(WHAT)?;
    match algorithm.map(|algorithm| Digest::from_octets(algorithm, octets)) {
        Some(None) => Err(Error::SignatureMalformed { what: SignatureFault::ImprintLength }),
        digest => Ok(digest.flatten()),
    }
}

/// None is known here, so none may be critical.
fn check_extensions(list: Option<Element<'_>>) -> Result<()> {
    for extension in list.iter().flat_map(extension::all) {
        if extension?.critical {
            return Err(Error::SignatureMalformed { what: SignatureFault::TimeStampCritical });
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::asn1::write;

    /// A TSTInfo of these fields after the serial number.
    fn info(fields: &[&[u8]]) -> Result<TimeStampInfo> {
        info_of(1, 32, fields)
    }

    fn info_of(version: u64, length: usize, fields: &[&[u8]]) -> Result<TimeStampInfo> {
        let hash = write::octet_string(&vec![7; length]);
        let imprint = write::sequence(&[&DigestAlgorithm::Sha256.identifier(), &hash]);
        let (version, policy) = (write::integer(version), write::oid(&oid::DATA));
        let serial = write::tlv(tag::INTEGER, &[0x7f; 40]);
        let mut all: Vec<&[u8]> = vec![&version, &policy, &imprint, &serial];
        all.extend(fields);
        TimeStampInfo::read(&write::sequence(&all))
    }

    fn at(text: &str) -> Vec<u8> {
        write::tlv(tag::GENERALIZED_TIME, text.as_bytes())
    }

    fn time(text: &str) -> Time {
        Time::parse(text).unwrap()
    }

    #[test]
    fn the_least_is_enough() {
        let info = info(&[&at("20260615120000Z")]).unwrap();
        assert_eq!((info.serial.len(), info.nonce, info.accuracy, info.ordering), (40, None, None, false));
        assert_eq!(info.imprint.map(|digest| digest.as_bytes().to_vec()), Some(vec![7; 32]));
    }

    #[test]
    fn fractions_and_accuracy_widen_the_time_to_full_seconds() {
        let between = |stated: &str, accuracy: &[u8]| {
            let info = info(&[&at(stated), &write::sequence(&[accuracy])]).unwrap();
            (info.earliest(), info.latest())
        };
        let exact = time("2026-06-15T12:00:00Z");
        assert_eq!(between("20260615120000Z", &[]), (exact, exact));
        assert_eq!(between("20260615120000.000Z", &[]), (exact, exact));
        assert_eq!(between("20260615120000.25Z", &[]), (exact, time("2026-06-15T12:00:01Z")));
        let two_seconds = (time("2026-06-15T11:59:58Z"), time("2026-06-15T12:00:02Z"));
        assert_eq!(between("20260615120000Z", &[0x02, 1, 2]), two_seconds);
        let half = (time("2026-06-15T11:59:59Z"), time("2026-06-15T12:00:01Z"));
        assert_eq!(between("20260615120000Z", &[0x80, 2, 1, 0xf4]), half);
        assert_eq!(between("20260615120000Z", &[0x81, 1, 1]), half);
    }

    #[test]
    fn odd_forms_are_read() {
        let nonce = write::tlv(tag::INTEGER, &[0x80; 30]);
        let ordering = write::tlv(tag::BOOLEAN, &[0]);
        let name = write::tlv(tag::context(0), &write::tlv(tag::context(4), &write::sequence(&[])));
        let info = info(&[&at("20260615120000Z"), &ordering, &nonce, &name]).unwrap();
        assert_eq!((info.ordering, info.nonce), (false, Some(vec![0x80; 30])));
        assert_eq!(info.unit_name, Some(vec![0xa4, 2, 0x30, 0]));
    }

    #[test]
    fn broken_rules_are_refused() {
        let time = at("20260615120000Z");
        let extension = |critical: u8| {
            let (name, flag) = (write::oid(&oid::DATA), write::tlv(tag::BOOLEAN, &[critical]));
            write::tlv(tag::context(1), &write::sequence(&[&name, &flag, &write::octet_string(&[])]))
        };
        assert!(info(&[&time, &extension(0)]).is_ok());
        assert!(info(&[&time, &extension(0xff)]).is_err());
        assert!(info_of(2, 32, &[&time]).is_err());
        assert!(info_of(1, 20, &[&time]).is_err());
        assert!(info(&[&write::time(Time::from_unix(0).unwrap())]).is_err(), "UTCTime");
        let negative = write::sequence(&[&write::tlv(tag::INTEGER, &[0xff])]);
        assert!(info(&[&time, &negative]).is_err());
    }
}
