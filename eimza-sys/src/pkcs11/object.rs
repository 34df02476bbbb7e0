//! Objects: searching them and reading their attributes.

use std::ptr;

use cryptoki::object::{Attribute, AttributeType};
use cryptoki_sys::{
    CK_ATTRIBUTE, CK_OBJECT_HANDLE, CK_UNAVAILABLE_INFORMATION, CKR_ATTRIBUTE_SENSITIVE, CKR_ATTRIBUTE_TYPE_INVALID,
    CKR_OK,
};

use super::{CallError, Session, Ulong, ulong};

/// No attribute that is read here is longer; certificates have a few thousand bytes.
const LONGEST_ATTRIBUTE: usize = 1 << 20;
/// Stands in a template until the module writes a length, or [`CK_UNAVAILABLE_INFORMATION`], over it.
const UNTOUCHED: Ulong = CK_UNAVAILABLE_INFORMATION - 1;

/// An object on the token, known by this number as long as the session lives.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct ObjectHandle(CK_OBJECT_HANDLE);

impl ObjectHandle {
    pub(super) fn raw(self) -> CK_OBJECT_HANDLE {
        self.0
    }
}

impl Session {
    /// `C_FindObjectsInit`, `C_FindObjects`, `C_FindObjectsFinal`: at most `limit` objects that have all of these
    /// attributes.
    ///
    /// # Errors
    /// [`CallError`].
    pub fn find(&self, attributes: &[Attribute], limit: usize) -> Result<Vec<ObjectHandle>, CallError> {
        let functions = self.module().functions();
        let mut template: Vec<CK_ATTRIBUTE> = attributes.iter().map(Into::into).collect();
        self.module().call("C_FindObjectsInit", functions.C_FindObjectsInit, |function| {
            // SAFETY: the template and the attributes that it points into live through the call.
            unsafe { function(self.handle, template.as_mut_ptr(), ulong(template.len())) }
        })?;
        let found = self.collect_objects(limit);
        let closed = self.module().call("C_FindObjectsFinal", functions.C_FindObjectsFinal, |function| {
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
            self.module().call(FUNCTION, self.module().functions().C_FindObjects, |function| {
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
    pub fn attributes(&self, object: ObjectHandle, kinds: &[AttributeType]) -> Result<Vec<Option<Vec<u8>>>, CallError> {
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
    pub fn attribute(&self, object: ObjectHandle, kind: AttributeType) -> Result<Option<Vec<u8>>, CallError> {
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
        let value = self.module().answer(FUNCTION, self.module().functions().C_GetAttributeValue, |function| {
            // SAFETY: each entry points to as many bytes as it says, or to NULL; all live through the call.
            unsafe { function(self.handle, object.0, template.as_mut_ptr(), count) }
        })?;
        match value {
            CKR_OK | CKR_ATTRIBUTE_SENSITIVE | CKR_ATTRIBUTE_TYPE_INVALID => Ok(()),
            value => Err(CallError::Answered { function: FUNCTION, value }),
        }
    }
}

fn empty(kind: AttributeType) -> CK_ATTRIBUTE {
    CK_ATTRIBUTE { type_: kind.into(), pValue: ptr::null_mut(), ulValueLen: UNTOUCHED }
}
