//! Attributes of objects. Whatever fails, is odd or is empty is untold, and hides no other attribute.

use std::ptr;

use cryptoki::object::AttributeType;
use cryptoki_sys::{
    CK_ATTRIBUTE, CK_RV, CK_UNAVAILABLE_INFORMATION, CKR_ATTRIBUTE_SENSITIVE, CKR_ATTRIBUTE_TYPE_INVALID, CKR_OK,
};

use super::{CallError, ObjectHandle, Session, Ulong, ulong};

/// No attribute that is read here is longer; certificates have a few thousand octets.
const LONGEST: usize = 1 << 20;
/// Room for a value whose length the module does not tell, or does not tell rightly.
const GENEROUS: usize = 1 << 14;
/// Stands in a template until the module writes a length, or [`CK_UNAVAILABLE_INFORMATION`], over it.
const UNTOUCHED: Ulong = CK_UNAVAILABLE_INFORMATION - 1;

/// What a module tells of an attribute's length.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Length {
    /// As many octets, at most [`LONGEST`].
    Told(usize),
    /// There is nothing to be read.
    Absent,
    /// The module said nothing of it, or failed.
    Odd,
}

impl Session {
    /// `C_GetAttributeValue`: one value for each kind asked for. `None` is what the object does not have, keeps secret,
    /// has empty, or what cannot be read.
    ///
    /// # Errors
    /// [`CallError`] where the session has ended.
    pub fn attributes(&self, object: ObjectHandle, kinds: &[AttributeType]) -> Result<Vec<Option<Vec<u8>>>, CallError> {
        match self.attributes_at_once(object, kinds)? {
            Some(values) => Ok(values),
            // Some modules fail as a whole, or stop, at the first attribute that they do not know.
            None => kinds.iter().map(|&kind| self.attribute(object, kind)).collect(),
        }
    }

    /// All lengths with one call, all values with a second one; `None` if either did not come to an end.
    fn attributes_at_once(
        &self,
        object: ObjectHandle,
        kinds: &[AttributeType],
    ) -> Result<Option<Vec<Option<Vec<u8>>>>, CallError> {
        let mut template: Vec<CK_ATTRIBUTE> = kinds.iter().map(|&kind| unasked(kind)).collect();
        let lengths: Vec<Length> = match self.fill(object, &mut template)? {
            answer if is_complete(answer) => template.iter().map(length).collect(),
            _ => return Ok(None),
        };
        if lengths.contains(&Length::Odd) {
            return Ok(None);
        }
        let mut values: Vec<Option<Vec<u8>>> = lengths.iter().copied().map(room).collect();
        let mut wanted: Vec<CK_ATTRIBUTE> = Vec::new();
        for (attribute, value) in template.iter().zip(&mut values) {
            wanted.extend(value.as_mut().map(|value| with_room(attribute, value)));
        }
        if !wanted.is_empty() && !is_complete(self.fill(object, &mut wanted)?) {
            return Ok(None);
        }
        for (attribute, value) in wanted.iter().zip(values.iter_mut().filter(|value| value.is_some())) {
            *value = value.take().and_then(|octets| written(attribute, octets));
        }
        Ok(Some(values))
    }

    /// One attribute with calls of its own.
    fn attribute(&self, object: ObjectHandle, kind: AttributeType) -> Result<Option<Vec<u8>>, CallError> {
        let mut asked = [unasked(kind)];
        let answer = self.fill(object, &mut asked)?;
        let told = asked.first().filter(|_| is_complete(answer)).map_or(Length::Odd, length);
        let value = match told {
            Length::Absent => return Ok(None),
            Length::Told(length) => self.read(object, kind, length)?,
            Length::Odd => None,
        };
        match value {
            None => self.read(object, kind, GENEROUS),
            value => Ok(value),
        }
    }

    fn read(&self, object: ObjectHandle, kind: AttributeType, room: usize) -> Result<Option<Vec<u8>>, CallError> {
        let mut octets = vec![0; room];
        let mut wanted = [with_room(&unasked(kind), &mut octets)];
        let answer = self.fill(object, &mut wanted)?;
        Ok(wanted.first().filter(|_| answer == CKR_OK).and_then(|attribute| written(attribute, octets)))
    }

    /// One call with a template, and its answer.
    fn fill(&self, object: ObjectHandle, template: &mut [CK_ATTRIBUTE]) -> Result<CK_RV, CallError> {
        const FUNCTION: &str = "C_GetAttributeValue";
        let count = ulong(template.len());
        let value = self.module().answer(FUNCTION, self.module().functions().C_GetAttributeValue, |function| {
            // SAFETY: each entry points to as many octets as it says, or to NULL; all live through the call.
            unsafe { function(self.handle, object.raw(), template.as_mut_ptr(), count) }
        })?;
        CallError::Answered { function: FUNCTION, value }.unless_session_ended()?;
        Ok(value)
    }
}

/// Whether a module that keeps to the standard has looked at all attributes; the length of one that it refused says so.
fn is_complete(answer: CK_RV) -> bool {
    matches!(answer, CKR_OK | CKR_ATTRIBUTE_SENSITIVE | CKR_ATTRIBUTE_TYPE_INVALID)
}

fn unasked(kind: AttributeType) -> CK_ATTRIBUTE {
    CK_ATTRIBUTE { type_: kind.into(), pValue: ptr::null_mut(), ulValueLen: UNTOUCHED }
}

fn length(attribute: &CK_ATTRIBUTE) -> Length {
    match attribute.ulValueLen {
        UNTOUCHED => Length::Odd,
        CK_UNAVAILABLE_INFORMATION | 0 => Length::Absent,
        length => usize::try_from(length).ok().filter(|&length| length <= LONGEST).map_or(Length::Absent, Length::Told),
    }
}

fn room(length: Length) -> Option<Vec<u8>> {
    match length {
        Length::Told(length) => Some(vec![0; length]),
        Length::Absent | Length::Odd => None,
    }
}

fn with_room(attribute: &CK_ATTRIBUTE, octets: &mut [u8]) -> CK_ATTRIBUTE {
    CK_ATTRIBUTE { pValue: octets.as_mut_ptr().cast(), ulValueLen: ulong(octets.len()), ..*attribute }
}

/// The octets that the module says it wrote, if there was room for as many.
fn written(attribute: &CK_ATTRIBUTE, mut octets: Vec<u8>) -> Option<Vec<u8>> {
    let length = usize::try_from(attribute.ulValueLen).ok().filter(|length| (1..=octets.len()).contains(length))?;
    octets.truncate(length);
    Some(octets)
}
