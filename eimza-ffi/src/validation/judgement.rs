//! How files are judged: time, anchors, rules, and what is known besides the file.

use std::ffi::c_char;
use std::mem::MaybeUninit;

use eimza_core::consent::Trust;
use eimza_core::crypto::{Digest, DigestAlgorithm};
use eimza_core::error::ArgumentFault;
use eimza_core::revocation::StatusData;
use eimza_core::validation::{Anchors, Cache, Policy, Profile, Report, TrustedFor, Validation};
use eimza_core::{Certificate, Error, Result, Time};

use crate::cades::eimza_content;
use crate::certificate::{eimza_certificate, eimza_certificates};
use crate::error::eimza_error;
use crate::output::json;
use crate::raw::{eimza_text, eimza_view};
use crate::status::eimza_status;
use crate::wall::{self, need, need_mut};

/// What files are judged by. Made once, it judges any number of them; it remembers issuers' signatures in between. While
/// it judges, other threads may judge with it too; while it is changed, nobody else may use it.
pub struct eimza_validation {
    now: Time,
    anchors: Anchors,
    certificates: Vec<Certificate>,
    status: StatusData,
    policy: Policy,
    profile: Option<Profile>,
    existed_since: Option<Time>,
    cache: Cache,
}

/// What the certificates beneath an anchor are accepted for: one of the EIMZA_TRUSTED_FOR_ numbers.
pub type eimza_trusted_for = u32;
/// Signers and time-stamps.
pub const EIMZA_TRUSTED_FOR_EVERYTHING: eimza_trusted_for = 0;
/// Signers, companies' seals among them.
pub const EIMZA_TRUSTED_FOR_SIGNERS: eimza_trusted_for = 1;
/// Companies' seals (Mali Mühür) alone.
pub const EIMZA_TRUSTED_FOR_SEALS: eimza_trusted_for = 2;
/// Time-stamps.
pub const EIMZA_TRUSTED_FOR_TIME_STAMPS: eimza_trusted_for = 3;

/// Judges as of `now` (seconds since 1970 UTC), by the Turkish rules; nobody is trusted yet. Free it with
/// eimza_validation_free.
#[unsafe(no_mangle)]
pub extern "C" fn eimza_validation_new(
    now: i64,
    out: Option<&mut MaybeUninit<*mut eimza_validation>>,
    error: Option<&mut MaybeUninit<*mut eimza_error>>,
) -> eimza_status {
    wall::give(out, error, || {
        Ok(eimza_validation {
            now: Time::from_unix(now)?,
            anchors: Anchors::new(),
            certificates: Vec::new(),
            status: StatusData::new(),
            policy: Policy::default(),
            profile: None,
            existed_since: None,
            cache: Cache::new(),
        })
    })
}

/// Trusts a certificate for one of the EIMZA_TRUSTED_FOR_ purposes.
#[unsafe(no_mangle)]
pub extern "C" fn eimza_validation_trust(
    validation: Option<&mut eimza_validation>,
    anchor: Option<&eimza_certificate>,
    trusted_for: eimza_trusted_for,
    error: Option<&mut MaybeUninit<*mut eimza_error>>,
) -> eimza_status {
    change(validation, error, |validation| {
        let trusted_for = match trusted_for {
            EIMZA_TRUSTED_FOR_EVERYTHING => TrustedFor::Everything,
            EIMZA_TRUSTED_FOR_SIGNERS => TrustedFor::Signers,
            EIMZA_TRUSTED_FOR_SEALS => TrustedFor::Seals,
            EIMZA_TRUSTED_FOR_TIME_STAMPS => TrustedFor::TimeStamps,
            _ => return Err(Error::ArgumentInvalid { argument: "trusted_for", reason: ArgumentFault::NoSuchOne }),
        };
        let anchor = need(anchor, "anchor")?.0.clone();
        validation.anchors = std::mem::take(&mut validation.anchors).trust(anchor, trusted_for);
        Ok(())
    })
}

/// Trusts the Turkish roots of the built-in table, by SHA-256 and each for its purpose, wherever they are found.
#[unsafe(no_mangle)]
pub extern "C" fn eimza_validation_trust_turkish_roots(
    validation: Option<&mut eimza_validation>,
    error: Option<&mut MaybeUninit<*mut eimza_error>>,
) -> eimza_status {
    change(validation, error, |validation| {
        validation.anchors = std::mem::take(&mut validation.anchors).trust_turkish_roots();
        Ok(())
    })
}

/// Takes anchors out of a SertifikaDeposu.xml of Kamu SM: entries whose SHA-256 stands in the built-in table, each for its
/// purpose, or in `pinned_sha256`, for everything. That is hexadecimal, several with commas between them, or NULL.
#[unsafe(no_mangle)]
pub extern "C" fn eimza_validation_trust_store(
    validation: Option<&mut eimza_validation>,
    file: eimza_view,
    pinned_sha256: eimza_text,
    error: Option<&mut MaybeUninit<*mut eimza_error>>,
) -> eimza_status {
    const NO_HASH: Error = Error::ArgumentInvalid { argument: "pinned_sha256", reason: ArgumentFault::NotSha256 };
    change(validation, error, |validation| {
        let hashes = pinned_sha256.optional("pinned_sha256")?.unwrap_or_default().split(',').map(str::trim);
        let hashes = hashes.filter(|hash| !hash.is_empty());
        let pinned = hashes.map(|hash| Digest::from_hex(DigestAlgorithm::Sha256, hash).ok_or(NO_HASH));
        let pinned = pinned.collect::<Result<Vec<_>>>()?;
        validation.anchors = validation.anchors.clone().trust_store(file.octets("file")?, &pinned)?;
        Ok(())
    })
}

/// Adds certificates for signers and paths; they are not trusted by that.
#[unsafe(no_mangle)]
pub extern "C" fn eimza_validation_add_certificates(
    validation: Option<&mut eimza_validation>,
    certificates: Option<&eimza_certificates>,
    error: Option<&mut MaybeUninit<*mut eimza_error>>,
) -> eimza_status {
    change(validation, error, |validation| {
        validation.certificates.extend(need(certificates, "certificates")?.0.iter().cloned());
        Ok(())
    })
}

/// Adds the CRLs of a file in DER or PEM.
#[unsafe(no_mangle)]
pub extern "C" fn eimza_validation_add_crls(
    validation: Option<&mut eimza_validation>,
    file: eimza_view,
    error: Option<&mut MaybeUninit<*mut eimza_error>>,
) -> eimza_status {
    change(validation, error, |validation| validation.status.add_crls(file.octets("file")?))
}

/// Adds the OCSP answers of a file in DER or PEM.
#[unsafe(no_mangle)]
pub extern "C" fn eimza_validation_add_ocsps(
    validation: Option<&mut eimza_validation>,
    file: eimza_view,
    error: Option<&mut MaybeUninit<*mut eimza_error>>,
) -> eimza_status {
    change(validation, error, |validation| validation.status.add_ocsps(file.octets("file")?))
}

/// Chooses the rules: "generic" or "tr-nes". It takes back what eimza_validation_accept let pass.
#[unsafe(no_mangle)]
pub extern "C" fn eimza_validation_policy(
    validation: Option<&mut eimza_validation>,
    name: eimza_text,
    error: Option<&mut MaybeUninit<*mut eimza_error>>,
) -> eimza_status {
    const UNKNOWN: Error = Error::ArgumentInvalid { argument: "policy", reason: ArgumentFault::NameUnknown };
    change(validation, error, |validation| {
        validation.policy = Policy::from_name(name.text("name")?).ok_or(UNKNOWN)?;
        Ok(())
    })
}

/// Takes rules of one's own, as TOML in UTF-8: `base` names the built-in ones that they change, every other key one of them. It
/// takes back what eimza_validation_accept let pass.
#[unsafe(no_mangle)]
pub extern "C" fn eimza_validation_policy_toml(
    validation: Option<&mut eimza_validation>,
    toml: eimza_text,
    error: Option<&mut MaybeUninit<*mut eimza_error>>,
) -> eimza_status {
    change(validation, error, |validation| {
        validation.policy = Policy::from_toml(toml.text("toml")?)?;
        Ok(())
    })
}

/// What the Turkish rules let pass besides: companies' seals, certificates with a usage restriction.
#[unsafe(no_mangle)]
pub extern "C" fn eimza_validation_accept(
    validation: Option<&mut eimza_validation>,
    seals: bool,
    usage_limit: bool,
    error: Option<&mut MaybeUninit<*mut eimza_error>>,
) -> eimza_status {
    change(validation, error, |validation| {
        (validation.policy.accept_seals, validation.policy.accept_usage_limit) = (seals, usage_limit);
        Ok(())
    })
}

/// Demands a usage profile of BTK's guide: "P1" … "P4".
#[unsafe(no_mangle)]
pub extern "C" fn eimza_validation_profile(
    validation: Option<&mut eimza_validation>,
    name: eimza_text,
    error: Option<&mut MaybeUninit<*mut eimza_error>>,
) -> eimza_status {
    const UNKNOWN: Error = Error::ArgumentInvalid { argument: "profile", reason: ArgumentFault::NameUnknown };
    change(validation, error, |validation| {
        validation.profile = Some(Profile::from_name(name.text("name")?).ok_or(UNKNOWN)?);
        Ok(())
    })
}

/// The caller's own proof that the file existed at `time` (seconds since 1970 UTC), such as an archive's record.
#[unsafe(no_mangle)]
pub extern "C" fn eimza_validation_existed_since(
    validation: Option<&mut eimza_validation>,
    time: i64,
    error: Option<&mut MaybeUninit<*mut eimza_error>>,
) -> eimza_status {
    change(validation, error, |validation| {
        validation.existed_since = Some(Time::from_unix(time)?);
        Ok(())
    })
}

/// The verdict over a file in DER, BER, PEM or base64 by EN 319 102-1, as the JSON of `eimza validate`; `content` is that of a
/// detached signature, or NULL. Free the text with eimza_string_free. What is wrong with a signature is no error but
/// part of the verdict.
#[unsafe(no_mangle)]
pub extern "C" fn eimza_validation_judge(
    validation: Option<&eimza_validation>,
    file: eimza_view,
    content: Option<&eimza_content>,
    out: Option<&mut MaybeUninit<*mut c_char>>,
    error: Option<&mut MaybeUninit<*mut eimza_error>>,
) -> eimza_status {
    wall::give_text(out, error, || json(&need(validation, "validation")?.judged(file, content)?))
}

/// Frees a validation; NULL is nothing.
#[unsafe(no_mangle)]
pub extern "C" fn eimza_validation_free(validation: Option<Box<eimza_validation>>) {
    wall::free(validation);
}

impl eimza_validation {
    /// The verdict over a file that C gave.
    pub(super) fn judged(&self, file: eimza_view, content: Option<&eimza_content>) -> Result<Report> {
        let mut judge = self.as_core();
        if let Some(content) = content {
            judge = judge.content(content.content()?);
        }
        judge.of(file.octets("file")?)
    }

    /// The time of the judgement.
    pub(crate) fn now(&self) -> Time {
        self.now
    }

    /// Whom it trusts, and its rules.
    pub(crate) fn trust(&self) -> Trust {
        let (anchors, certificates) = (self.anchors.clone(), self.certificates.clone());
        Trust { anchors, certificates, policy: self.policy.clone() }
    }

    /// The status data that it has.
    pub(crate) fn status(&self) -> &StatusData {
        &self.status
    }

    /// What it remembers.
    pub(crate) fn cache(&self) -> &Cache {
        &self.cache
    }

    fn as_core(&self) -> Validation<'_> {
        let mut validation = Validation::new(self.now, &self.anchors)
            .certificates(&self.certificates)
            .status(&self.status)
            .policy(self.policy.clone())
            .cache(&self.cache);
        if let Some(profile) = self.profile {
            validation = validation.profile(profile);
        }
        if let Some(time) = self.existed_since {
            validation = validation.existed_since(time);
        }
        validation
    }
}

fn change(
    validation: Option<&mut eimza_validation>,
    error: Option<&mut MaybeUninit<*mut eimza_error>>,
    by: impl FnOnce(&mut eimza_validation) -> Result<()>,
) -> eimza_status {
    wall::run(error, || by(need_mut(validation, "validation")?))
}
