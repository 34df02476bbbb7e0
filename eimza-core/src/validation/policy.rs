//! By which rules a file is judged: data, so that an application can have its own.

mod from_toml;

use std::time::Duration;

use super::algorithms::AlgorithmPolicy;
use crate::revocation::StatusPolicy;

/// The rules.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Policy {
    /// Its name, for reports.
    pub name: String,
    /// Which certificates signers must have.
    pub signers: SignerDemand,
    /// Company seals (Mali Mühür) pass too where a qualified certificate is demanded.
    pub accept_seals: bool,
    /// Certificates with a usage restriction (kullanım kısıtı) pass too where a qualified certificate is demanded.
    pub accept_usage_limit: bool,
    /// A counter-signature counts for the verdict over the file. Anyone can add one.
    pub counter_signatures_count: bool,
    /// issuerSerial in the reference to the certificate must be the certificate's; the hash alone says which was meant.
    pub issuer_serial_must_agree: bool,
    /// A time-stamp that is there must hold.
    pub time_stamps_must_hold: bool,
    /// References that are there must name everything that the verdict rests on, and where there are values, fit these one by
    /// one. Under either rule a level counts as proven only by references that fit.
    pub references_must_fit: bool,
    /// From XL up a known revocation of an OCSP responder counts, although its issuer says that its status need not be asked for
    /// (RFC 6960 section 4.2.2.2.1 would have it so).
    pub revoked_responders_count: bool,
    /// For which time the certificates of a time-stamp are judged, and the algorithms of status data.
    pub time_stamps_judged_at: StampTime,
    /// A self-signed anchor's own signature must hold, which RFC 5280 section 6.1.1 (d) does not ask.
    pub anchors_must_verify: bool,
    /// How long status data holds.
    pub status: StatusPolicy,
    /// Until when algorithms can be relied on.
    pub algorithms: AlgorithmPolicy,
    /// How long after the claimed signing time a profile's time-stamp may be taken.
    pub time_stamp_delay: Duration,
    /// How far a time-stamp may lie before the claimed signing time.
    pub time_stamp_tolerance: Duration,
    /// How long status data for P2 and P3 is waited for.
    pub grace_period: Duration,
}

/// Which certificates signers must have.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, serde::Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum SignerDemand {
    /// Any whose key may sign.
    Any,
    /// A Turkish qualified certificate, with nonRepudiation and a policy notice.
    TurkishQualified,
}

/// For which time the certificates of a time-stamp are judged, and the algorithms of status data.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, serde::Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum StampTime {
    /// For the time for which the time-stamp, or the status data, is proven to have existed, else now (EN 319 102-1 section 5.6).
    Proven,
    /// For the time that it states (BTK's guide to usage profiles: all checks of certificates use the time in the time-stamp).
    Stated,
}

impl Policy {
    /// CAdES and EN 319 102-1, without a demand on the signer's certificate.
    pub fn generic() -> Self {
        Self {
            name: "generic".into(),
            signers: SignerDemand::Any,
            accept_seals: false,
            accept_usage_limit: false,
            counter_signatures_count: false,
            issuer_serial_must_agree: false,
            time_stamps_must_hold: false,
            references_must_fit: false,
            revoked_responders_count: false,
            time_stamps_judged_at: StampTime::Proven,
            anchors_must_verify: false,
            status: StatusPolicy::default(),
            algorithms: AlgorithmPolicy::default(),
            time_stamp_delay: Duration::from_secs(2 * 60 * 60),
            time_stamp_tolerance: Duration::from_secs(5 * 60),
            grace_period: Duration::from_secs(24 * 60 * 60),
        }
    }

    /// The Turkish rules for qualified signatures: Law 5070 and BTK's guide to usage profiles.
    pub fn tr_nes() -> Self {
        Self {
            name: "tr-nes".into(),
            signers: SignerDemand::TurkishQualified,
            counter_signatures_count: true,
            issuer_serial_must_agree: true,
            time_stamps_must_hold: true,
            references_must_fit: true,
            revoked_responders_count: true,
            time_stamps_judged_at: StampTime::Stated,
            anchors_must_verify: true,
            ..Self::generic()
        }
    }

    /// The built-in one with this name: `generic` or `tr-nes`.
    pub fn from_name(name: &str) -> Option<Self> {
        match name {
            "generic" => Some(Self::generic()),
            "tr-nes" => Some(Self::tr_nes()),
            _ => None,
        }
    }

    /// Whether a qualified certificate is demanded.
    pub(super) fn demands_qualified(&self) -> bool {
        self.signers == SignerDemand::TurkishQualified
    }
}

impl Default for Policy {
    /// The Turkish rules.
    fn default() -> Self {
        Self::tr_nes()
    }
}
