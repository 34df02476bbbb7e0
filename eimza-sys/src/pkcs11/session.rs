//! A session: login and PIN, signing.

use std::ptr;
use std::sync::Arc;

use cryptoki::mechanism::Mechanism;
use cryptoki::session::UserType;
use cryptoki_sys::{
    CK_FLAGS, CK_MECHANISM, CK_SESSION_HANDLE, CK_SESSION_INFO, CK_STATE, CKF_RW_SESSION, CKF_SERIAL_SESSION,
    CKR_BUFFER_TOO_SMALL, CKR_OK,
};

use super::{CallError, Module, ObjectHandle, SlotId, Ulong, ulong};

/// No signature is longer.
const LONGEST_SIGNATURE: usize = 1 << 16;

/// A session with a token. Dropping it closes it.
#[derive(Debug)]
pub struct Session {
    module: Arc<Module>,
    pub(super) handle: CK_SESSION_HANDLE,
}

impl Session {
    pub(super) fn open(module: &Arc<Module>, slot: SlotId, read_write: bool) -> Result<Self, CallError> {
        let mut handle: CK_SESSION_HANDLE = 0;
        let flags: CK_FLAGS = CKF_SERIAL_SESSION | if read_write { CKF_RW_SESSION } else { 0 };
        module.call("C_OpenSession", module.functions().C_OpenSession, |function| {
            // SAFETY: no call-back and so no data for it; the out-pointer lives through the call.
            unsafe { function(slot.0, flags, ptr::null_mut(), None, &raw mut handle) }
        })?;
        Ok(Self { module: Arc::clone(module), handle })
    }

    /// The module that the session belongs to.
    pub fn module(&self) -> &Arc<Module> {
        &self.module
    }

    /// `C_GetSessionInfo`: the state, one of `CKS_…`.
    ///
    /// # Errors
    /// [`CallError`].
    pub fn state(&self) -> Result<CK_STATE, CallError> {
        let mut info = CK_SESSION_INFO { slotID: 0, state: 0, flags: 0, ulDeviceError: 0 };
        self.module.call("C_GetSessionInfo", self.module.functions().C_GetSessionInfo, |function| {
            // SAFETY: the structure lives through the call.
            unsafe { function(self.handle, &raw mut info) }
        })?;
        Ok(info.state)
    }

    /// `C_Login`, once. Without a PIN the token asks for it on its own keypad.
    ///
    /// # Errors
    /// [`CallError`].
    pub fn login(&self, user: UserType, pin: Option<&[u8]>) -> Result<(), CallError> {
        let (pin, length) = raw_pin(pin);
        self.module.call("C_Login", self.module.functions().C_Login, |function| {
            // SAFETY: pointer and length are those of a slice that lives through the call, or NULL and zero.
            unsafe { function(self.handle, user.into(), pin, length) }
        })
    }

    /// `C_Logout`.
    ///
    /// # Errors
    /// [`CallError`].
    pub fn logout(&self) -> Result<(), CallError> {
        self.module.call("C_Logout", self.module.functions().C_Logout, |function| {
            // SAFETY: a handle is only a number.
            unsafe { function(self.handle) }
        })
    }

    /// `C_SetPIN`, once: the old PIN, the new PIN. Without them the token asks on its own keypad.
    ///
    /// # Errors
    /// [`CallError`].
    pub fn set_pin(&self, pins: Option<(&[u8], &[u8])>) -> Result<(), CallError> {
        let (old, old_length) = raw_pin(pins.map(|(old, _)| old));
        let (new, new_length) = raw_pin(pins.map(|(_, new)| new));
        self.module.call("C_SetPIN", self.module.functions().C_SetPIN, |function| {
            // SAFETY: pointers and lengths are those of slices that live through the call, or NULL and zero.
            unsafe { function(self.handle, old, old_length, new, new_length) }
        })
    }

    /// `C_InitPIN`, once, as security officer. Without a PIN the token asks on its own keypad.
    ///
    /// # Errors
    /// [`CallError`].
    pub fn init_pin(&self, new: Option<&[u8]>) -> Result<(), CallError> {
        let (new, length) = raw_pin(new);
        self.module.call("C_InitPIN", self.module.functions().C_InitPIN, |function| {
            // SAFETY: pointer and length are those of a slice that lives through the call, or NULL and zero.
            unsafe { function(self.handle, new, length) }
        })
    }

    /// `C_SignInit`.
    ///
    /// # Errors
    /// [`CallError`].
    pub fn sign_init(&self, mechanism: &Mechanism<'_>, key: ObjectHandle) -> Result<(), CallError> {
        let mut raw = CK_MECHANISM::from(mechanism);
        self.module.call("C_SignInit", self.module.functions().C_SignInit, |function| {
            // SAFETY: the structure and the mechanism whose parameters it points to live through the call.
            unsafe { function(self.handle, &raw mut raw, key.raw()) }
        })
    }

    /// `C_Sign`, with room for `room` bytes at once: a card signs one time. Only when the module wants more room it
    /// is called a second time, which by the standard neither ends the operation nor needs another PIN.
    ///
    /// # Errors
    /// [`CallError`].
    pub fn sign(&self, data: &[u8], room: usize) -> Result<Vec<u8>, CallError> {
        const FUNCTION: &str = "C_Sign";
        let mut signature = vec![0; room];
        let (mut value, mut length) = self.sign_into(data, &mut signature)?;
        if value == CKR_BUFFER_TOO_SMALL {
            let wanted = length.max(room.saturating_mul(4));
            signature = vec![0; wanted.min(LONGEST_SIGNATURE)];
            (value, length) = self.sign_into(data, &mut signature)?;
        }
        if value != CKR_OK {
            return Err(CallError::Answered { function: FUNCTION, value });
        }
        if length > signature.len() {
            return Err(CallError::Nonsense { function: FUNCTION });
        }
        signature.truncate(length);
        Ok(signature)
    }

    fn sign_into(&self, data: &[u8], signature: &mut [u8]) -> Result<(Ulong, usize), CallError> {
        let mut length = ulong(signature.len());
        let value = self.module.answer("C_Sign", self.module.functions().C_Sign, |function| {
            // SAFETY: both buffers live through the call with the lengths told; the data is only read.
            unsafe {
                function(
                    self.handle,
                    data.as_ptr().cast_mut(),
                    ulong(data.len()),
                    signature.as_mut_ptr(),
                    &raw mut length,
                )
            }
        })?;
        Ok((value, usize::try_from(length).unwrap_or(usize::MAX)))
    }
}

impl Drop for Session {
    fn drop(&mut self) {
        // A session that is gone already (card removed, process forked) needs no closing.
        let _ = self.module.call("C_CloseSession", self.module.functions().C_CloseSession, |function| {
            // SAFETY: a handle is only a number, and this one is used no more.
            unsafe { function(self.handle) }
        });
    }
}

/// Modules only read PINs; the pointer is mutable because the C header knows no `const`.
fn raw_pin(pin: Option<&[u8]>) -> (*mut u8, Ulong) {
    pin.map_or((ptr::null_mut(), 0), |pin| (pin.as_ptr().cast_mut(), ulong(pin.len())))
}
