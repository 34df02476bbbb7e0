//! Rules of one's own, as a TOML file over built-in ones.

#[cfg(test)]
mod tests;

use std::collections::BTreeMap;
use std::time::Duration;

use serde::Deserialize;
use serde::de::{Deserializer, Error as _};
use toml::value::Datetime;

use super::{Policy, SignerDemand, StampTime};
use crate::clock::Time;
use crate::crypto::DigestAlgorithm;
use crate::error::{Error, Limit, Result};
use crate::revocation::StatusPolicy;
use crate::toml_page;
use crate::validation::algorithms::AlgorithmPolicy;

/// The most octets of such a file.
const SIZE: usize = 1 << 20;

/// The file: what it leaves out stays as in its base.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Rules {
    #[serde(default)]
    base: Base,
    name: Option<String>,
    signers: Option<SignerDemand>,
    accept_seals: Option<bool>,
    accept_usage_limit: Option<bool>,
    counter_signatures_count: Option<bool>,
    issuer_serial_must_agree: Option<bool>,
    time_stamps_must_hold: Option<bool>,
    references_must_fit: Option<bool>,
    revoked_responders_count: Option<bool>,
    time_stamps_judged_at: Option<StampTime>,
    anchors_must_verify: Option<bool>,
    time_stamp_delay: Option<Seconds>,
    time_stamp_tolerance: Option<Seconds>,
    grace_period: Option<Seconds>,
    #[serde(default)]
    status: StatusRules,
    #[serde(default)]
    algorithms: AlgorithmRules,
}

#[derive(Clone, Copy, Default, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum Base {
    Generic,
    #[default]
    TrNes,
}

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct StatusRules {
    clock_skew: Option<Seconds>,
    ocsp_lifetime: Option<Seconds>,
}

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct AlgorithmRules {
    digests: Option<BTreeMap<DigestName, Day>>,
    rsa_keys: Option<BTreeMap<Bits, Day>>,
    pss_keys: Option<BTreeMap<Bits, Day>>,
    ec_keys: Option<BTreeMap<Bits, Day>>,
    pkcs1_until: Option<Day>,
}

#[derive(Deserialize)]
struct Seconds(u32);

/// A digest algorithm by its name, `SHA-1`.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
struct DigestName(DigestAlgorithm);

/// A number of bits, as the key of a table.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
struct Bits(usize);

/// A date, which begins at midnight in UTC, or a time with its offset.
struct Day(Time);

impl<'de> Deserialize<'de> for DigestName {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> std::result::Result<Self, D::Error> {
        let name = String::deserialize(deserializer)?;
        DigestAlgorithm::from_name(&name).map(Self).ok_or_else(|| D::Error::custom("no such digest algorithm"))
    }
}

impl<'de> Deserialize<'de> for Bits {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> std::result::Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map(Self).map_err(D::Error::custom)
    }
}

impl<'de> Deserialize<'de> for Day {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> std::result::Result<Self, D::Error> {
        let given = Datetime::deserialize(deserializer)?;
        let midnight = if given.time.is_none() { "T00:00:00Z" } else { "" };
        Time::parse(&format!("{given}{midnight}")).map(Self).map_err(D::Error::custom)
    }
}

impl Policy {
    /// One's own rules, in TOML. `base` names the built-in ones that they change (`"tr-nes"`, or `"generic"`); the other keys
    /// are the fields of [`Policy`], those of its parts in the tables `status` and `algorithms`. Durations are whole seconds.
    /// A table of algorithms stands for the one in the base as a whole.
    ///
    /// ```
    /// use eimza_core::validation::Policy;
    ///
    /// let policy = Policy::from_toml(
    ///     r#"
    ///     base = "tr-nes"
    ///     name = "archive"
    ///     accept_seals = true
    ///     grace_period = 3600
    ///
    ///     [status]
    ///     clock_skew = 60
    ///
    ///     [algorithms]
    ///     pkcs1_until = 2031-01-01
    ///     digests = { "SHA-1" = 2012-08-01 }
    ///     rsa_keys = { 1900 = 2019-10-01 }
    ///     "#,
    /// )?;
    /// assert!(policy.accept_seals);
    /// # Ok::<(), eimza_core::Error>(())
    /// ```
    ///
    /// # Errors
    /// [`Error::PolicyMalformed`] with the line, also for a key that is not known; [`Error::LimitExceeded`].
    pub fn from_toml(text: &str) -> Result<Self> {
        if text.len() > SIZE {
            return Err(Error::LimitExceeded { limit: Limit::Size });
        }
        toml::from_str::<Rules>(text).map(Rules::policy).map_err(|error| malformed(text, error))
    }
}

impl Rules {
    fn policy(self) -> Policy {
        let base = match self.base {
            Base::Generic => Policy::generic(),
            Base::TrNes => Policy::tr_nes(),
        };
        Policy {
            name: self.name.unwrap_or_else(|| "own".into()),
            signers: self.signers.unwrap_or(base.signers),
            accept_seals: self.accept_seals.unwrap_or(base.accept_seals),
            accept_usage_limit: self.accept_usage_limit.unwrap_or(base.accept_usage_limit),
            counter_signatures_count: self.counter_signatures_count.unwrap_or(base.counter_signatures_count),
            issuer_serial_must_agree: self.issuer_serial_must_agree.unwrap_or(base.issuer_serial_must_agree),
            time_stamps_must_hold: self.time_stamps_must_hold.unwrap_or(base.time_stamps_must_hold),
            references_must_fit: self.references_must_fit.unwrap_or(base.references_must_fit),
            revoked_responders_count: self.revoked_responders_count.unwrap_or(base.revoked_responders_count),
            time_stamps_judged_at: self.time_stamps_judged_at.unwrap_or(base.time_stamps_judged_at),
            anchors_must_verify: self.anchors_must_verify.unwrap_or(base.anchors_must_verify),
            status: StatusPolicy {
                clock_skew: duration(self.status.clock_skew, base.status.clock_skew),
                ocsp_lifetime: duration(self.status.ocsp_lifetime, base.status.ocsp_lifetime),
            },
            algorithms: self.algorithms.policy(base.algorithms),
            time_stamp_delay: duration(self.time_stamp_delay, base.time_stamp_delay),
            time_stamp_tolerance: duration(self.time_stamp_tolerance, base.time_stamp_tolerance),
            grace_period: duration(self.grace_period, base.grace_period),
        }
    }
}

impl AlgorithmRules {
    fn policy(self, base: AlgorithmPolicy) -> AlgorithmPolicy {
        AlgorithmPolicy {
            digests: table(self.digests, |DigestName(digest)| digest, base.digests),
            rsa_keys: table(self.rsa_keys, |Bits(bits)| bits, base.rsa_keys),
            pss_keys: table(self.pss_keys, |Bits(bits)| bits, base.pss_keys),
            ec_keys: table(self.ec_keys, |Bits(bits)| bits, base.ec_keys),
            pkcs1_until: self.pkcs1_until.map(|Day(time)| time).or(base.pkcs1_until),
        }
    }
}

fn duration(given: Option<Seconds>, base: Duration) -> Duration {
    given.map_or(base, |Seconds(seconds)| Duration::from_secs(seconds.into()))
}

fn table<K, T>(given: Option<BTreeMap<K, Day>>, key: fn(K) -> T, base: Vec<(T, Time)>) -> Vec<(T, Time)> {
    given.map_or(base, |given| given.into_iter().map(|(one, Day(until))| (key(one), until)).collect())
}

/// The error, with the line to which the reader points.
fn malformed(page: &str, error: toml::de::Error) -> Error {
    let (line, text) = toml_page::place(page, &error);
    Error::PolicyMalformed { line, text, source: error.into() }
}
