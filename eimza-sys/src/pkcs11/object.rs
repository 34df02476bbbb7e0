//! Objects: searching them.

use std::collections::HashSet;

use cryptoki::object::Attribute;
use cryptoki_sys::{CK_ATTRIBUTE, CK_INVALID_HANDLE, CK_OBJECT_HANDLE, CKR_OPERATION_ACTIVE};

use super::{CallError, Session, Ulong, ulong};

/// An object on the token, known by this number as long as the session lives.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct ObjectHandle(CK_OBJECT_HANDLE);

impl ObjectHandle {
    pub(super) fn raw(self) -> CK_OBJECT_HANDLE {
        self.0
    }
}

/// What a search came to.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Found {
    /// The objects, each once.
    pub objects: Vec<ObjectHandle>,
    /// What the module answered when it failed; what it had found before is kept.
    pub failure: Option<CallError>,
    /// There are more objects than were asked for.
    pub is_cut: bool,
}

impl Session {
    /// `C_FindObjectsInit`, `C_FindObjects`, `C_FindObjectsFinal`: at most `limit` objects that have all of these
    /// attributes.
    ///
    /// # Errors
    /// [`CallError`] where the session has ended. Any other failure stands beside what was found.
    pub fn find(&self, attributes: &[Attribute], limit: usize) -> Result<Found, CallError> {
        let mut found = Found::default();
        match self.begin_search(attributes) {
            Ok(()) => {
                let searched = self.collect_objects(limit, &mut found);
                // Everything was found by now: a search that does not end well is no loss.
                self.end_search().or_else(CallError::unless_session_ended)?;
                searched.or_else(|failure| found.keep(failure))?;
            }
            Err(failure) => found.keep(failure)?,
        }
        Ok(found)
    }

    /// A search that a failed one left open is ended first.
    fn begin_search(&self, attributes: &[Attribute]) -> Result<(), CallError> {
        let mut template: Vec<CK_ATTRIBUTE> = attributes.iter().map(Into::into).collect();
        let mut begin = || {
            self.module().call("C_FindObjectsInit", self.module().functions().C_FindObjectsInit, |function| {
                // SAFETY: the template and the attributes that it points into live through the call.
                unsafe { function(self.handle, template.as_mut_ptr(), ulong(template.len())) }
            })
        };
        match begin() {
            Err(failure) if failure.value() == Some(CKR_OPERATION_ACTIVE) => {
                self.end_search().or_else(CallError::unless_session_ended)?;
                begin()
            }
            answer => answer,
        }
    }

    fn end_search(&self) -> Result<(), CallError> {
        self.module().call("C_FindObjectsFinal", self.module().functions().C_FindObjectsFinal, |function| {
            // SAFETY: a handle is only a number.
            unsafe { function(self.handle) }
        })
    }

    /// A module that gives the same objects again and again has given all of them.
    fn collect_objects(&self, limit: usize, found: &mut Found) -> Result<(), CallError> {
        const FUNCTION: &str = "C_FindObjects";
        let mut known = HashSet::new();
        loop {
            let mut batch: [CK_OBJECT_HANDLE; 32] = [CK_INVALID_HANDLE; 32];
            let mut count: Ulong = 0;
            self.module().call(FUNCTION, self.module().functions().C_FindObjects, |function| {
                // SAFETY: as many entries are there, and they live through the call.
                unsafe { function(self.handle, batch.as_mut_ptr(), ulong(batch.len()), &raw mut count) }
            })?;
            let filled = usize::try_from(count).unwrap_or(usize::MAX);
            let handles = batch.get(..filled).ok_or(CallError::Nonsense { function: FUNCTION })?;
            let is_new = |handle: &CK_OBJECT_HANDLE| *handle != CK_INVALID_HANDLE && known.insert(*handle);
            let new: Vec<_> = handles.iter().copied().filter(is_new).map(ObjectHandle).collect();
            if new.is_empty() {
                return Ok(());
            }
            let room = limit.saturating_sub(found.objects.len());
            found.is_cut = new.len() > room;
            found.objects.extend(new.into_iter().take(room));
            if found.is_cut {
                return Ok(());
            }
        }
    }
}

impl Found {
    fn keep(&mut self, failure: CallError) -> Result<(), CallError> {
        failure.unless_session_ended()?;
        self.failure = Some(failure);
        Ok(())
    }
}
