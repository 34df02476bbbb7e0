//! A session: login and PIN, objects, signing.

use std::ptr;
use std::sync::Arc;

use cryptoki_sys::{
    CK_ATTRIBUTE, CK_ATTRIBUTE_TYPE, CK_FLAGS, CK_OBJECT_HANDLE, CK_SESSION_HANDLE, CK_SESSION_INFO, CK_STATE,
    CK_UNAVAILABLE_INFORMATION, CK_USER_TYPE, CKF_RW_SESSION, CKF_SERIAL_SESSION, CKR_ATTRIBUTE_SENSITIVE,
    CKR_ATTRIBUTE_TYPE_INVALID, CKR_BUFFER_TOO_SMALL, CKR_OK, CKU_CONTEXT_SPECIFIC, CKU_SO, CKU_USER,
};

use super::attribute::ulong;
use super::{Attribute, CallError, Mechanism, Module, SlotId, Ulong};

/// No attribute that is read here is longer; certificates have a few thousand bytes.
const LONGEST_ATTRIBUTE: usize = 1 << 20;
/// No signature is longer.
const LONGEST_SIGNATURE: usize = 1 << 16;

/// Stands in a template until the module writes a length, or [`CK_UNAVAILABLE_INFORMATION`], over it.
const UNTOUCHED: Ulong = CK_UNAVAILABLE_INFORMATION - 1;

/// Who logs in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum User {
    /// The card's holder.
    Holder,
    /// The security officer; on signature cards the PUK.
    SecurityOfficer,
    /// The holder again, for one use of a key that wants the PIN each time.
    ContextSpecific,
}

impl User {
    fn number(self) -> CK_USER_TYPE {
        match self {
            Self::Holder => CKU_USER,
            Self::SecurityOfficer => CKU_SO,
            Self::ContextSpecific => CKU_CONTEXT_SPECIFIC,
        }
    }
}

/// An object on the token, known by this number as long as the session lives.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct ObjectHandle(CK_OBJECT_HANDLE);

/// A session with a token. Dropping it closes it.
#[derive(Debug)]
pub struct Session {
    module: Arc<Module>,
    handle: CK_SESSION_HANDLE,
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
    pub fn login(&self, user: User, pin: Option<&[u8]>) -> Result<(), CallError> {
        let (pin, length) = raw_pin(pin);
        self.module.call("C_Login", self.module.functions().C_Login, |function| {
            // SAFETY: pointer and length are those of a slice that lives through the call, or NULL and zero.
            unsafe { function(self.handle, user.number(), pin, length) }
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

    /// `C_FindObjectsInit`, `C_FindObjects`, `C_FindObjectsFinal`: at most `limit` objects that have all of these
    /// attributes.
    ///
    /// # Errors
    /// [`CallError`].
    pub fn find(&self, attributes: &[Attribute], limit: usize) -> Result<Vec<ObjectHandle>, CallError> {
        let functions = self.module.functions();
        let mut template: Vec<CK_ATTRIBUTE> = attributes.iter().map(Attribute::as_raw).collect();
        self.module.call("C_FindObjectsInit", functions.C_FindObjectsInit, |function| {
            // SAFETY: the template and the attributes that it points into live through the call.
            unsafe { function(self.handle, template.as_mut_ptr(), ulong(template.len())) }
        })?;
        let found = self.collect_objects(limit);
        let closed = self.module.call("C_FindObjectsFinal", functions.C_FindObjectsFinal, |function| {
            // SAFETY: a handle is only a number.
            unsafe { function(self.handle) }
        });
        let found = found?;
        closed?;
        Ok(found)
    }

    fn collect_objects(&self, limit: usize) -> Result<Vec<ObjectHandle>, CallError> {
        const FUNCTION: &str = "C_FindObjects";
        let mut found = Vec::new();
        while found.len() < limit {
            let mut batch: [CK_OBJECT_HANDLE; 32] = [0; 32];
            let room = batch.len().min(limit - found.len());
            let mut count: Ulong = 0;
            self.module.call(FUNCTION, self.module.functions().C_FindObjects, |function| {
                // SAFETY: `room` entries are there, and they live through the call.
                unsafe { function(self.handle, batch.as_mut_ptr(), ulong(room), &raw mut count) }
            })?;
            let filled = usize::try_from(count).unwrap_or(usize::MAX);
            if filled == 0 {
                break;
            }
            if filled > room {
                return Err(CallError::Nonsense { function: FUNCTION });
            }
            found.extend(batch.iter().take(filled).copied().map(ObjectHandle));
        }
        Ok(found)
    }

    /// `C_GetAttributeValue`: one value for each kind asked for, `None` where the object has it not or keeps it secret.
    ///
    /// # Errors
    /// [`CallError`].
    pub fn attributes(
        &self,
        object: ObjectHandle,
        kinds: &[CK_ATTRIBUTE_TYPE],
    ) -> Result<Vec<Option<Vec<u8>>>, CallError> {
        let mut template: Vec<CK_ATTRIBUTE> = kinds.iter().map(|&kind| empty(kind)).collect();
        self.fill(object, &mut template)?;
        if template.len() > 1 && template.iter().any(|attribute| attribute.ulValueLen == UNTOUCHED) {
            // Some modules stop at the first attribute that they do not know: ask for each alone.
            return kinds.iter().map(|&kind| self.attribute(object, kind)).collect();
        }
        self.values(object, template)
    }

    /// Like [`Self::attributes`], for a single kind.
    ///
    /// # Errors
    /// [`CallError`].
    pub fn attribute(&self, object: ObjectHandle, kind: CK_ATTRIBUTE_TYPE) -> Result<Option<Vec<u8>>, CallError> {
        let mut template = vec![empty(kind)];
        self.fill(object, &mut template)?;
        Ok(self.values(object, template)?.into_iter().next().flatten())
    }

    /// Second step: lengths are known, room is made, values are read.
    fn values(&self, object: ObjectHandle, mut template: Vec<CK_ATTRIBUTE>) -> Result<Vec<Option<Vec<u8>>>, CallError> {
        let room = |attribute: &CK_ATTRIBUTE| match attribute.ulValueLen {
            CK_UNAVAILABLE_INFORMATION | UNTOUCHED => None,
            length => Some(usize::try_from(length).unwrap_or(usize::MAX)),
        };
        let rooms: Vec<Option<usize>> = template.iter().map(room).collect();
        if rooms.iter().flatten().any(|&room| room > LONGEST_ATTRIBUTE) {
            return Err(CallError::Nonsense { function: "C_GetAttributeValue" });
        }
        let mut values: Vec<Option<Vec<u8>>> = rooms.iter().map(|room| room.map(|room| vec![0; room])).collect();
        let mut known: Vec<CK_ATTRIBUTE> = Vec::new();
        for (attribute, value) in template.iter_mut().zip(&mut values) {
            if let Some(value) = value {
                attribute.pValue = value.as_mut_ptr().cast();
                known.push(*attribute);
            }
        }
        if known.is_empty() {
            return Ok(values);
        }
        self.fill(object, &mut known)?;
        for (attribute, value) in known.iter().zip(values.iter_mut().filter(|value| value.is_some())) {
            let Some(bytes) = value else { continue };
            match room(attribute) {
                Some(length) if length <= bytes.len() => bytes.truncate(length),
                Some(_) => {
                    return Err(CallError::Nonsense { function: "C_GetAttributeValue" });
                }
                None => *value = None,
            }
        }
        Ok(values)
    }

    /// One call with a template. A refusal of single attributes is no error: their length says it.
    fn fill(&self, object: ObjectHandle, template: &mut [CK_ATTRIBUTE]) -> Result<(), CallError> {
        const FUNCTION: &str = "C_GetAttributeValue";
        let count = ulong(template.len());
        let value = self.module.answer(FUNCTION, self.module.functions().C_GetAttributeValue, |function| {
            // SAFETY: each entry points to as many bytes as it says, or to NULL; all live through the call.
            unsafe { function(self.handle, object.0, template.as_mut_ptr(), count) }
        })?;
        match value {
            CKR_OK | CKR_ATTRIBUTE_SENSITIVE | CKR_ATTRIBUTE_TYPE_INVALID => Ok(()),
            value => Err(CallError::Answered { function: FUNCTION, value }),
        }
    }

    /// `C_SignInit`.
    ///
    /// # Errors
    /// [`CallError`].
    pub fn sign_init(&self, mechanism: Mechanism, key: ObjectHandle) -> Result<(), CallError> {
        self.module.call("C_SignInit", self.module.functions().C_SignInit, |function| {
            // SAFETY: `with_raw` keeps the mechanism and its parameters alive through the call.
            mechanism.with_raw(|raw| unsafe { function(self.handle, raw, key.0) })
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

fn empty(kind: CK_ATTRIBUTE_TYPE) -> CK_ATTRIBUTE {
    CK_ATTRIBUTE { type_: kind, pValue: ptr::null_mut(), ulValueLen: UNTOUCHED }
}

/// Modules only read PINs; the pointer is mutable because the C header knows no `const`.
fn raw_pin(pin: Option<&[u8]>) -> (*mut u8, Ulong) {
    pin.map_or((ptr::null_mut(), 0), |pin| (pin.as_ptr().cast_mut(), ulong(pin.len())))
}
