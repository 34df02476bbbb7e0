//! Signature algorithms as AlgorithmIdentifier: read from files, written into new ones.

use super::digest::DigestAlgorithm;
use super::signature::SignatureAlgorithm;
use crate::asn1::oid::{self, ObjectIdentifier, dotted};
use crate::asn1::{Element, tag, write};
use crate::error::{Error, Result};

impl SignatureAlgorithm {
    /// Reads an AlgorithmIdentifier. `rsaEncryption` names no digest: it takes `digest_algorithm` (RFC 5652).
    pub(crate) fn from_identifier(identifier: &Element<'_>, digest_algorithm: Option<DigestAlgorithm>) -> Result<Self> {
        const WHAT: &str = "signature algorithm";
        let mut reader = identifier.reader();
        let name = reader.oid(WHAT)?;
        let unsupported = || Error::AlgorithmUnsupported { algorithm: dotted(name) };
        if name == oid::RSA_PSS.as_bytes() {
            let parameters = reader.read(tag::SEQUENCE, WHAT)?;
            reader.finish(WHAT)?;
            return pss_parameters(&parameters)?.ok_or_else(unsupported);
        }
        // These names say everything. What else stands there as parameters is not understood here.
        let is_odd = !reader.is_empty() && reader.any(WHAT)?.tag != tag::NULL;
        reader.finish(WHAT)?;
        if is_odd {
            return Err(unsupported());
        }
        if name == oid::RSA_ENCRYPTION.as_bytes() {
            return digest_algorithm.map(Self::RsaPkcs1).ok_or_else(unsupported);
        }
        let named = NAMED.iter().find(|(oid, _)| oid.as_bytes() == name);
        named.map(|(_, algorithm)| *algorithm).ok_or_else(unsupported)
    }

    /// Writes the AlgorithmIdentifier: RSA with NULL, also in the hash identifiers of PSS, and ECDSA without parameters
    /// (RFC 5754, RFC 4055 section 2.1, RFC 8017 appendix A.2.3).
    pub(crate) fn identifier(self) -> Vec<u8> {
        if let Self::RsaPss { digest, mask_digest, salt_length } = self {
            let hash = digest.identifier_with_null();
            let mask = write::sequence(&[&write::oid(&oid::MGF1), &mask_digest.identifier_with_null()]);
            let salt = write::integer(u64::try_from(salt_length).unwrap_or(u64::MAX));
            let parameters = write::sequence(&[
                &write::tlv(tag::context(0), &hash),
                &write::tlv(tag::context(1), &mask),
                &write::tlv(tag::context(2), &salt),
            ]);
            return write::sequence(&[&write::oid(&oid::RSA_PSS), &parameters]);
        }
        let name = NAMED.iter().find(|(_, algorithm)| *algorithm == self).map(|(oid, _)| write::oid(oid));
        let parameters: &[u8] = if matches!(self, Self::RsaPkcs1(_)) { &write::NULL } else { &[] };
        write::sequence(&[&name.unwrap_or_default(), parameters])
    }
}

use DigestAlgorithm::{
    Sha1, Sha3_224, Sha3_256, Sha3_384, Sha3_512, Sha224, Sha256, Sha384, Sha512, Sha512_224, Sha512_256,
};
use SignatureAlgorithm::{Ecdsa, RsaPkcs1};

/// The names that say everything. The first one of an algorithm is the one that is written.
const NAMED: [(ObjectIdentifier, SignatureAlgorithm); 21] = [
    (oid::SHA1_WITH_RSA, RsaPkcs1(Sha1)),
    (oid::SHA1_WITH_RSA_OLD, RsaPkcs1(Sha1)),
    (oid::SHA224_WITH_RSA, RsaPkcs1(Sha224)),
    (oid::SHA256_WITH_RSA, RsaPkcs1(Sha256)),
    (oid::SHA384_WITH_RSA, RsaPkcs1(Sha384)),
    (oid::SHA512_WITH_RSA, RsaPkcs1(Sha512)),
    (oid::SHA512_224_WITH_RSA, RsaPkcs1(Sha512_224)),
    (oid::SHA512_256_WITH_RSA, RsaPkcs1(Sha512_256)),
    (oid::SHA3_224_WITH_RSA, RsaPkcs1(Sha3_224)),
    (oid::SHA3_256_WITH_RSA, RsaPkcs1(Sha3_256)),
    (oid::SHA3_384_WITH_RSA, RsaPkcs1(Sha3_384)),
    (oid::SHA3_512_WITH_RSA, RsaPkcs1(Sha3_512)),
    (oid::ECDSA_WITH_SHA1, Ecdsa(Sha1)),
    (oid::ECDSA_WITH_SHA224, Ecdsa(Sha224)),
    (oid::ECDSA_WITH_SHA256, Ecdsa(Sha256)),
    (oid::ECDSA_WITH_SHA384, Ecdsa(Sha384)),
    (oid::ECDSA_WITH_SHA512, Ecdsa(Sha512)),
    (oid::ECDSA_WITH_SHA3_224, Ecdsa(Sha3_224)),
    (oid::ECDSA_WITH_SHA3_256, Ecdsa(Sha3_256)),
    (oid::ECDSA_WITH_SHA3_384, Ecdsa(Sha3_384)),
    (oid::ECDSA_WITH_SHA3_512, Ecdsa(Sha3_512)),
];

/// `RSASSA-PSS-params ::= SEQUENCE { [0] hash, [1] mask, [2] saltLength, [3] trailerField }`, all explicit and all with
/// a default: SHA-1, MGF1 with SHA-1, 20, 1 (RFC 4055 section 3.1). `None`: a combination that is not computed here.
fn pss_parameters(parameters: &Element<'_>) -> Result<Option<SignatureAlgorithm>> {
    const WHAT: &str = "RSASSA-PSS parameters";
    let mut reader = parameters.reader();
    let digest = match reader.optional(tag::context(0), WHAT)? {
        Some(hash) => DigestAlgorithm::from_identifier(&Element::only(hash.contents, WHAT)?),
        None => Some(DigestAlgorithm::Sha1),
    };
    let mask_digest = match reader.optional(tag::context(1), WHAT)? {
        Some(mask) => {
            let mut mask = Element::only(mask.contents, WHAT)?.reader();
            let is_mgf1 = mask.oid(WHAT)? == oid::MGF1.as_bytes();
            DigestAlgorithm::from_identifier(&mask.read(tag::SEQUENCE, WHAT)?).filter(|_| is_mgf1)
        }
        None => Some(DigestAlgorithm::Sha1),
    };
    let mut number = |context, default| -> Result<Option<u32>> {
        match reader.optional(tag::context(context), WHAT)? {
            Some(value) => Ok(Element::only(value.contents, WHAT)?.small_integer()),
            None => Ok(Some(default)),
        }
    };
    let (salt_length, trailer) = (number(2, 20)?, number(3, 1)?);
    reader.finish(WHAT)?;
    let salt_length = salt_length.and_then(|length| usize::try_from(length).ok());
    Ok(match (digest, mask_digest, salt_length, trailer) {
        (Some(digest), Some(mask_digest), Some(salt_length), Some(1)) => {
            Some(SignatureAlgorithm::RsaPss { digest, mask_digest, salt_length })
        }
        _ => None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hash_identifiers_of_pss_are_written_with_null() {
        let written = SignatureAlgorithm::RsaPss { digest: Sha256, mask_digest: Sha256, salt_length: 32 }.identifier();
        let with_null = Sha256.identifier_with_null();
        assert_eq!(written.windows(with_null.len()).filter(|window| *window == with_null).count(), 2);
        let read = SignatureAlgorithm::from_identifier(&Element::only(&written, "test").unwrap(), None);
        assert_eq!(read.unwrap().identifier(), written);
    }

    #[test]
    fn every_name_is_read_as_it_is_written() {
        for (name, algorithm) in NAMED {
            let identifier = write::sequence(&[&write::oid(&name)]);
            let read = SignatureAlgorithm::from_identifier(&Element::only(&identifier, "test").unwrap(), None).unwrap();
            assert_eq!(read, algorithm);
            let written = algorithm.identifier();
            let again = SignatureAlgorithm::from_identifier(&Element::only(&written, "test").unwrap(), None).unwrap();
            assert_eq!(again, algorithm);
        }
    }

    #[test]
    fn nothing_may_stand_behind_the_parameters() {
        let algorithm = SignatureAlgorithm::RsaPss { digest: Sha256, mask_digest: Sha256, salt_length: 32 };
        let identifier = algorithm.identifier();
        let identifier = Element::only(&identifier, "test").unwrap().contents;
        let read = |contents: &[u8]| {
            let identifier = write::tlv(tag::SEQUENCE, contents);
            SignatureAlgorithm::from_identifier(&Element::only(&identifier, "test").unwrap(), None)
        };
        assert_eq!(read(identifier).unwrap(), algorithm);
        assert!(read(&[identifier, &write::NULL].concat()).is_err());
    }
}
