//! The Turkish root certificates that the opt-in table trusts, by SHA-256: roots only, each for its purpose.
//!
//! A root is listed once its purpose is known; roots that have ended are among them, for old signatures.
//! Sub-authorities are not listed: the revocation of an anchor is never looked at.

use super::{PinnedRoot, TrustedFor};
use crate::crypto::Digest;

/// The table.
pub(super) const ALL: &[PinnedRoot] = &[
    // E-Güven: e-Guven Elektronik Sertifika Hizmet Saglayicisi, RSA-2048, 2006-12-15 to 2016-12-15
    root("39941434293a00ae6a20234b1e03e511fb1be0616c286e61b1b42d1a951243f7", TrustedFor::Signers),
    // E-Güven: e-Guven Kok Elektronik Sertifika Hizmet Saglayicisi, RSA-2048, 2007-01-04 to 2017-01-04
    root("e609078465a419780cb6ac4c1c0bfb4653d9d9cc6eb3946eb7f3d69997bad598", TrustedFor::Everything),
    // E-Güven: E-GUVEN Kok Elektronik Sertifika Hizmet Saglayicisi S2, RSA-2048, 2013-03-11 to 2023-03-10
    root("732ff5bc473c33efaad9b187fb459a732ffbeea59df0fdfb8e2fb5def4032afe", TrustedFor::Everything),
    // E-Tuğra: EBG Elektronik Sertifika Hizmet Sağlayıcısı, RSA-4096, 2006-08-17 to 2016-08-14
    root("35ae5bddd8f7ae635cffba5682a8f00b95f48462c7108ee9a0e5292b074aafb2", TrustedFor::Everything),
    // E-Tuğra: E-Tugra Certification Authority, RSA-4096, 2013-03-05 to 2023-03-03
    root("b0bfd52bb0d7d9bd92bf5d4dc13da255c02c542f378365ea893911f55e55f23c", TrustedFor::Everything),
    // E-Tuğra: E-Tugra Certification Authority Root NES ECC v3, EC P-384, 2020-03-02 to 2030-02-28
    root("1cb8df3ef244b47cbb99cc5da826b1bd673459f22cb784d23c70c95e6772cfd4", TrustedFor::Everything),
    // KamuSM: TÜBİTAK UEKAE Kök Sertifika Hizmet Sağlayıcısı - Sürüm 3, RSA-2048, 2007-08-24 to 2017-08-21
    root("e4c73430d7a5b50925df43370a0d216e9a79b9d6db8373a0c69eb1cc31c7c52a", TrustedFor::Everything),
    // KamuSM: KamuSM Kurumsal Kök Sertifika Hizmet Sağlayıcısı - Sürüm 1, RSA-2048, 2009-11-12 to 2030-11-12
    root("dc2c797ead271a061178fbf554f56a53bdbf8d54727d7c3a885e209a73d52aa8", TrustedFor::Seals),
    // KamuSM: KamuSM Mobil Kök Sertifika Hizmet Sağlayıcısı - Sürüm 1, RSA-2048, 2011-04-11 to 2021-04-11
    root("5389509e125a7fc9e5c5f43288682904604a779b219120c0c3e5a158ed2e576b", TrustedFor::Signers),
    // KamuSM: Kamu SM Kök Sertifika Hizmet Sağlayıcısı - Sürüm 4, RSA-2048, 2012-05-11 to 2022-05-09
    root("fb3d224bbc9b70b0d11929865e23d3993145b0d45b0cc54a3b8db0b55cd7c90c", TrustedFor::Everything),
    // KamuSM: Kamu SM Kök Sertifika Hizmet Sağlayıcısı - Sürüm 5, RSA-2048, 2013-01-15 to 2023-01-13
    root("0f41d3bdb0687fd825303974cd052ccaca0a03b4125a2fd4a18f5063512318f3", TrustedFor::Everything),
    // KamuSM: Kamu SM Mobil Kök Sertifika Hizmet Sağlayıcısı - Sürüm 2, RSA-2048, 2013-01-17 to 2023-01-15
    root("617a0c024936be638fcb2c88f861f25a90b9e196d91d2f09c53de3a183cb8b51", TrustedFor::Signers),
    // KamuSM: KamuSM Kurumsal Kök Sertifika Hizmet Sağlayıcısı - Sürüm 2, EC P-384, 2022-08-11 to 2042-08-11
    root("82f01501cd76672c343502e0835ee9f0dc8d9fdbecdc6955a4304659a331393b", TrustedFor::Seals),
    // KKTC: KKTC Kimlik Kartı Kök Sertifika Hizmet Sağlayıcısı – Sürüm1, RSA-2048, 2014-03-05 to 2035-03-05
    root("d08d6f77f04772e02e2f02ee6b76d6d3111c08190bc20545adce2ce6f0b72c21", TrustedFor::Everything),
    // TÜRKTRUST: TÜRKTRUST Elektronik Sertifika Hizmet Sağlayıcısı, RSA-2048, 2007-12-25 to 2017-12-22
    root("978cd966f2faa07ba7aa9500d9c02e9d77f2cdada6ad6ba74af4b91c66593c50", TrustedFor::Everything),
];

/// What the root with this hash is good for; `None` where it is not in the table.
pub(super) fn purpose(sha256: &Digest) -> Option<TrustedFor> {
    let sha256 = sha256.to_hex();
    ALL.iter().find(|root| root.sha256 == sha256).map(|root| root.trusted_for)
}

const fn root(sha256: &'static str, trusted_for: TrustedFor) -> PinnedRoot {
    PinnedRoot { sha256, trusted_for }
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;
    use crate::crypto::DigestAlgorithm;

    #[test]
    fn every_row_is_a_hash_of_its_own() {
        let is_hash =
            |hash: &str| hash.len() == 64 && hash.bytes().all(|digit| matches!(digit, b'0'..=b'9' | b'a'..=b'f'));
        assert!(ALL.iter().all(|root| is_hash(root.sha256)));
        assert_eq!(ALL.iter().map(|root| root.sha256).collect::<HashSet<_>>().len(), ALL.len());
    }

    #[test]
    fn a_hash_tells_what_its_root_is_good_for() {
        for root in ALL {
            let sha256 = Digest::from_hex(DigestAlgorithm::Sha256, root.sha256).unwrap();
            assert_eq!(purpose(&sha256), Some(root.trusted_for));
        }
        assert_eq!(purpose(&DigestAlgorithm::Sha256.digest(b"another")), None);
    }
}
