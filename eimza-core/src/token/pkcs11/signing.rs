//! Signing digests.

use std::cell::Cell;

use cryptoki::mechanism::rsa::{PkcsMgfType, PkcsPssParams};
use cryptoki::mechanism::{Mechanism, MechanismType};
use cryptoki::session::UserType;
use cryptoki_sys::{CKR_OPERATION_ACTIVE, CKR_USER_NOT_LOGGED_IN};
use eimza_sys::pkcs11::{Session, Ulong};

use super::answer::{self, Presented};
use super::keys::{self, Key};
use super::objects;
use super::pins;
use super::slot::Seen;
use crate::crypto::{Digest, DigestAlgorithm, KeyType, SignatureAlgorithm};
use crate::error::{ArgumentFault, Error, Result, TokenOperation};
use crate::secret::Pin;
use crate::token::{CallContext, Entered, SignRequest, TokenCertificate, value_form};

/// Room for a signature by any key that people have: RSA-8192. Some modules refuse a buffer that just fits.
const ROOM: usize = 1024;

/// What is to be signed, and with which key.
pub(super) struct Wanted<'a> {
    pub(super) signer: &'a TokenCertificate,
    pub(super) requests: &'a [SignRequest],
    /// The certificate is seen only after the login.
    pub(super) is_hidden: bool,
}

/// One login where one is needed and none was left open, then each digest in order. Says besides whether the key asked for the PIN each time.
pub(super) fn sign(
    session: &Session,
    seen: &Seen,
    wanted: &Wanted<'_>,
    pin: &Entered<Pin>,
    context: &CallContext,
) -> Result<(Vec<Vec<u8>>, bool)> {
    let signer = wanted.signer;
    let offered = Offered::ask(seen)?;
    let prepared: Vec<_> = wanted
        .requests
        .iter()
        .map(|request| Ok((request, Prepared::new(&offered, signer, request)?)))
        .collect::<Result<_>>()?;
    let operation =
        |has_rights| Operation { session, pin, context, has_rights, has_no_login_for_a_use: Cell::new(false) };
    if matches!(pin, Entered::Open(_)) {
        objects::check_present(session, signer)?;
        return operation(true).sign_all(signer, &prepared);
    }
    if !pins::needs_login(&seen.told) {
        match operation(false).sign_all(signer, &prepared) {
            // Its keys want a login after all.
            Err(Error::PinNeeded | Error::KeyAbsent) if pin.check().is_ok() => {}
            done => return done,
        }
    }
    let _rights = pins::login(session, seen, pin, context)?;
    if wanted.is_hidden {
        objects::check_present(session, signer)?;
    }
    operation(true).sign_all(signer, &prepared)
}

/// What a request comes to in PKCS#11's terms. Made before the PIN is sent, so that nothing is spent on what the token
/// cannot do.
struct Prepared {
    mechanism: Mechanism<'static>,
    data: Vec<u8>,
}

impl Prepared {
    fn new(offered: &Offered, signer: &TokenCertificate, request: &SignRequest) -> Result<Self> {
        let public = signer.certificate.public_key()?;
        let digest = &request.digest;
        let unsupported = || Error::AlgorithmUnsupported { algorithm: request.algorithm.name() };
        if request.algorithm.digest() != digest.algorithm() {
            return Err(Error::ArgumentInvalid { argument: "digest", reason: ArgumentFault::DigestOfAnother });
        }
        match (request.algorithm, &public.key_type) {
            // The host makes the DigestInfo: this is what every token with RSA can sign.
            (SignatureAlgorithm::RsaPkcs1(_), KeyType::Rsa { .. }) => {
                offered.check(MechanismType::RSA_PKCS, "RSA")?;
                Ok(Self { mechanism: Mechanism::RsaPkcs, data: digest.digest_info() })
            }
            (SignatureAlgorithm::RsaPss { mask_digest, salt_length, .. }, KeyType::Rsa { .. }) => {
                let usual = mask_digest == digest.algorithm() && salt_length == digest.algorithm().length();
                let parameters = pss(digest).filter(|_| usual);
                let mechanism = Mechanism::RsaPkcsPss(parameters.ok_or_else(unsupported)?);
                offered.check(MechanismType::RSA_PKCS_PSS, "RSA-PSS")?;
                Ok(Self { mechanism, data: digest.as_bytes().to_vec() })
            }
            (SignatureAlgorithm::Ecdsa(_), KeyType::Ec(curve)) => {
                offered.check(MechanismType::ECDSA, "ECDSA")?;
                // Of a digest longer than the curve only the leftmost bits count (FIPS 186-5 section 6.4.1), and not
                // every token cuts them off by itself.
                let data = digest.as_bytes().iter().copied().take(curve.field_octets()).collect();
                Ok(Self { mechanism: Mechanism::Ecdsa, data })
            }
            _ => Err(unsupported()),
        }
    }
}

/// The mechanisms that the token lists. A token without a list tells nothing.
struct Offered(Vec<Ulong>);

impl Offered {
    fn ask(seen: &Seen) -> Result<Self> {
        match seen.loaded.module.mechanisms(seen.slot) {
            Err(failure) if failure.ends_the_session() => Err(answer::error(failure)),
            list => Ok(Self(list.unwrap_or_default())),
        }
    }

    fn check(&self, wanted: MechanismType, algorithm: &'static str) -> Result<()> {
        let is_offered = self.0.is_empty() || self.0.contains(&wanted.into());
        if is_offered { Ok(()) } else { Err(Error::TokenCannot { operation: TokenOperation::SignWith(algorithm) }) }
    }
}

struct Operation<'a> {
    session: &'a Session,
    pin: &'a Entered<Pin>,
    context: &'a CallContext,
    /// Somebody is logged in.
    has_rights: bool,
    /// The module has no login for one use, or does not want it: `C_Sign` decides.
    has_no_login_for_a_use: Cell<bool>,
}

impl Operation<'_> {
    fn sign_all(
        &self,
        signer: &TokenCertificate,
        prepared: &[(&SignRequest, Prepared)],
    ) -> Result<(Vec<Vec<u8>>, bool)> {
        let mut keys = keys::candidates(self.session, signer)?;
        let mut values = Vec::with_capacity(prepared.len());
        for (request, prepared) in prepared {
            self.context.check()?;
            values.push(self.sign(&mut keys, signer, request, prepared)?);
        }
        Ok((values, keys.first().is_some_and(|key| key.asks_each_time)))
    }

    /// Signs with the first key whose signature verifies. It is then the only one left.
    fn sign(
        &self,
        keys: &mut Vec<Key>,
        signer: &TokenCertificate,
        request: &SignRequest,
        prepared: &Prepared,
    ) -> Result<Vec<u8>> {
        let public = signer.certificate.public_key()?;
        let is_ambiguous = keys.len() > 1;
        let mut failure = Error::KeyAbsent;
        for index in 0..keys.len() {
            let Some(key) = keys.get_mut(index) else { break };
            let value = self.sign_with(key, prepared);
            match value.and_then(|value| value_form::normalised(&value, request, &public)) {
                Ok(value) => {
                    let key = *key;
                    *keys = vec![key];
                    return Ok(value);
                }
                // A key for something else: not the one that is looked for.
                Err(Error::TokenCannot { .. } | Error::TokenSignatureInvalid | Error::KeyAbsent)
                    if is_ambiguous || key.is_said_other() => {}
                Err(error @ Error::ModuleFailed { .. }) if is_ambiguous => failure = error,
                Err(error) => return Err(error),
            }
            if key.asks_each_time {
                break; // another key would need the PIN once more and give no signature
            }
        }
        Err(failure)
    }

    fn sign_with(&self, key: &mut Key, prepared: &Prepared) -> Result<Vec<u8>> {
        match self.session.sign_init(&prepared.mechanism, key.handle) {
            // Some modules want the PIN for one use before that.
            Err(failure) if answer::is(failure, CKR_USER_NOT_LOGGED_IN) => {
                self.check_rights()?;
                key.asks_each_time = true;
                self.login_again(key)?;
                self.session.sign_init(&prepared.mechanism, key.handle).map_err(answer::error)?;
            }
            begun => {
                begun.map_err(answer::error)?;
                if key.asks_each_time {
                    self.login_again(key)?;
                }
            }
        }
        match self.session.sign(&prepared.data, ROOM) {
            Err(failure) if answer::is(failure, CKR_USER_NOT_LOGGED_IN) && !key.asks_each_time => {
                self.check_rights()?;
                // The key wants the PIN each time and does not say so.
                key.asks_each_time = true;
                match self.session.sign_init(&prepared.mechanism, key.handle) {
                    Err(failure) if !answer::is(failure, CKR_OPERATION_ACTIVE) => return Err(answer::error(failure)),
                    _ => {}
                }
                self.login_again(key)?;
                self.session.sign(&prepared.data, ROOM).map_err(answer::error)
            }
            answer => answer.map_err(answer::error),
        }
    }

    /// Fails where a login is still to come.
    fn check_rights(&self) -> Result<()> {
        if self.has_rights { Ok(()) } else { Err(Error::PinNeeded) }
    }

    /// The PIN for one use of the key. No other call may come between `C_SignInit`, this and `C_Sign`. An answer that judged
    /// no PIN is no obstacle: whether the key may be used `C_Sign` tells. A key that is said to be another one than the
    /// certificate's is given none.
    fn login_again(&self, key: &Key) -> Result<()> {
        self.check_rights()?;
        if key.is_said_other() {
            return Err(Error::KeyAbsent);
        }
        if self.has_no_login_for_a_use.get() {
            return Ok(());
        }
        let answer = self.context.present_to_key(self.pin, |octets| {
            let answer = self.session.login(UserType::ContextSpecific, octets);
            answer.map_err(|failure| answer::attempt(Presented::Pin, failure))
        });
        match answer {
            Err(Error::TokenCannot { .. } | Error::HostHoldsLogin | Error::TokenBusy | Error::ModuleFailed { .. }) => {
                self.has_no_login_for_a_use.set(true);
                Ok(())
            }
            answer => answer,
        }
    }
}

/// RSA-PSS as signatures of today have it (RFC 8017 section 9.1): one digest everywhere, and a salt of its length.
fn pss(digest: &Digest) -> Option<PkcsPssParams> {
    let (hash_alg, mgf) = match digest.algorithm() {
        DigestAlgorithm::Sha256 => (MechanismType::SHA256, PkcsMgfType::MGF1_SHA256),
        DigestAlgorithm::Sha384 => (MechanismType::SHA384, PkcsMgfType::MGF1_SHA384),
        DigestAlgorithm::Sha512 => (MechanismType::SHA512, PkcsMgfType::MGF1_SHA512),
        _ => return None,
    };
    Some(PkcsPssParams { hash_alg, mgf, s_len: digest.as_bytes().len().try_into().ok()? })
}
