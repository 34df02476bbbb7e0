//! What a certificate is, by what stands in it.

use std::fmt;

use super::Certificate;
use crate::asn1::oid::{self, ObjectIdentifier};

/// What a certificate is for, by what stands in it: neither trust nor time is judged.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Kind {
    /// Nitelikli elektronik sertifika: the qualified certificate of a person.
    Nes,
    /// A company's seal: Mali Mühür (also its encryption certificate), or one with BTK's statement for seals.
    MaliMuhur,
    /// An authority that issues certificates.
    Ca,
    /// A time-stamping authority (EKU timeStamping).
    Tsa,
    /// One that answers about revocation (EKU OCSPSigning).
    Ocsp,
    /// Anything else.
    Other,
}

impl Kind {
    /// Every kind.
    pub const ALL: [Self; 6] = [Self::Nes, Self::MaliMuhur, Self::Ca, Self::Tsa, Self::Ocsp, Self::Other];

    /// The stable name.
    pub fn name(self) -> &'static str {
        match self {
            Kind::Nes => "nes",
            Kind::MaliMuhur => "mali-muhur",
            Kind::Ca => "ca",
            Kind::Tsa => "tsa",
            Kind::Ocsp => "ocsp",
            Kind::Other => "other",
        }
    }
}

impl fmt::Display for Kind {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.name())
    }
}

impl Certificate {
    /// What it is for.
    pub fn kind(&self) -> Kind {
        if self.is_ca() {
            return Kind::Ca;
        }
        if self.has_purpose(&oid::EKU_TIME_STAMPING) {
            return Kind::Tsa;
        }
        if self.has_purpose(&oid::EKU_OCSP_SIGNING) {
            return Kind::Ocsp;
        }
        if self.is_seal() {
            return Kind::MaliMuhur;
        }
        if self.is_nes() { Kind::Nes } else { Kind::Other }
    }

    fn is_seal(&self) -> bool {
        self.has_purpose(&oid::EKU_MALI_MUHUR_SIGNING)
            || self.has_purpose(&oid::EKU_MALI_MUHUR_ENCRYPTION)
            || self.has_policy(&oid::POLICY_MALI_MUHUR)
            || self.has_statement(&oid::QC_TURKISH_SEAL)
    }

    /// By BTK's statement; without it, by a policy under which qualified certificates are issued. Such a policy stands
    /// in other certificates as well, hence it counts only where the key may sign.
    fn is_nes(&self) -> bool {
        self.has_statement(&oid::QC_TURKISH_NES)
            || self.can_sign() && NES_POLICIES.iter().any(|policy| self.has_policy(policy))
    }
}

const NES_POLICIES: [ObjectIdentifier; 6] = [
    oid::POLICY_NES_KAMU_SM,
    oid::POLICY_NES_KAMU_SM_MOBILE,
    oid::POLICY_NES_E_GUVEN,
    oid::POLICY_NES_TURKTRUST,
    oid::POLICY_NES_E_TUGRA,
    oid::POLICY_NES_E_IMZA_TR,
];
