//! OpenSSL and pyHanko, judging the same files.

use std::error::Error;
use std::ffi::{c_int, c_long, c_uchar, c_void};
use std::fs;
use std::process::Command;
use std::time::Duration;

use eimza_testkit::{pki, project, run, scratch, testbed};

use crate::judged::Consent;

unsafe extern "C" {
    fn peer_trust_new(time: c_long) -> *mut c_void;
    fn peer_trust_add_certificate(trust: *mut c_void, der: *const c_uchar, length: c_long) -> c_int;
    fn peer_trust_add_crl(trust: *mut c_void, der: *const c_uchar, length: c_long) -> c_int;
    fn peer_trust_verify(trust: *mut c_void, signature: *const c_uchar, length: c_long) -> c_int;
    fn peer_trust_free(trust: *mut c_void);
}

/// OpenSSL's store with root, authority, and CRLs for the whole chain.
pub struct OpenSsl(*mut c_void);

impl OpenSsl {
    /// A store for the judgement of this consent.
    pub fn trusting(consent: &Consent) -> Result<Self, Box<dyn Error>> {
        // SAFETY: the shim takes a number alone.
        let made = Self(unsafe { peer_trust_new(consent.now.unix()) });
        made.add(peer_trust_add_certificate, &pki::certificate("root"))?;
        made.add(peer_trust_add_certificate, &pki::certificate(consent.authority))?;
        consent.crls.iter().try_for_each(|crl| made.add(peer_trust_add_crl, crl))?;
        Ok(made)
    }

    /// `CMS_verify` with `X509_V_FLAG_CRL_CHECK_ALL`.
    pub fn verifies(&self, signature: &[u8]) -> bool {
        let Ok(length) = c_long::try_from(signature.len()) else { return false };
        // SAFETY: pointer and length are those of a slice that lives through the call; the shim only reads.
        unsafe { peer_trust_verify(self.0, signature.as_ptr(), length) == 1 }
    }

    fn add(&self, add: Add, der: &[u8]) -> Result<(), Box<dyn Error>> {
        let length = c_long::try_from(der.len())?;
        // SAFETY: as above; the shim copies.
        let added = unsafe { add(self.0, der.as_ptr(), length) };
        if added == 1 { Ok(()) } else { Err("OpenSSL does not read it".into()) }
    }
}

/// Adds a certificate or a CRL.
type Add = unsafe extern "C" fn(*mut c_void, *const c_uchar, c_long) -> c_int;

impl Drop for OpenSsl {
    fn drop(&mut self) {
        // SAFETY: it was made by `peer_trust_new` and is freed once.
        unsafe { peer_trust_free(self.0) };
    }
}

/// The median time of one judgement by pyHanko, everything but the file read before.
pub fn pyhanko(consent: &Consent) -> Result<Duration, Box<dyn Error>> {
    let folder = scratch("judge");
    let write = |name: &str, octets: &[u8]| fs::write(folder.join(name), octets);
    write("signature", &consent.file)?;
    write("root", &pki::certificate("root"))?;
    write("authority", &pki::certificate(consent.authority))?;
    write("crl", &consent.crls[0])?;
    write("ocsp", &consent.ocsp)?;
    let mut command = Command::new(testbed().join("venv/bin/python"));
    command.arg(project().join("benches/judge_pyhanko.py")).arg(&folder).arg(consent.now.to_string());
    let said = run(&mut command).expect_success();
    let seconds: f64 = said.lines().last().ok_or("pyHanko says nothing")?.parse()?;
    Ok(Duration::from_secs_f64(seconds))
}
