//! The content inside of SignedData: usually an OCTET STRING, in PKCS#7 files any element (RFC 5652 section 5.2.1).

use std::borrow::Cow;

use crate::asn1::{Element, der, tag};
use crate::crypto::{Digest, DigestAlgorithm, Hasher};
use crate::error::Result;

/// eContent as it stands in the file.
#[derive(Clone, Copy, Debug)]
pub(crate) struct ContentInside<'a>(Element<'a>);

impl<'a> ContentInside<'a> {
    /// Reads what stands under the explicit tag.
    pub(crate) fn read(explicit: &Element<'a>) -> Result<Self> {
        let mut inside = explicit.reader();
        let content = Self(inside.any("eContent")?);
        inside.finish("eContent")?;
        if content.is_octet_string() {
            content.0.for_each_segment(&mut |_| Ok(()))?;
        }
        Ok(content)
    }

    /// Whether it is what CMS demands.
    pub(crate) fn is_octet_string(&self) -> bool {
        self.0.tag & !tag::CONSTRUCTED == tag::OCTET_STRING
    }

    /// The octets of the OCTET STRING; of another element all octets, its header included.
    pub(crate) fn octets(&self) -> Result<Cow<'a, [u8]>> {
        if self.is_octet_string() { self.0.octets() } else { Ok(Cow::Borrowed(self.0.bytes)) }
    }

    /// The digest of the octets in however many pieces they stand; of another element that of its contents octets in DER,
    /// without the header (RFC 2315 section 9.3).
    pub(crate) fn digest(&self, algorithm: DigestAlgorithm) -> Result<Digest> {
        let mut hasher = Hasher::new(algorithm);
        if self.is_octet_string() {
            self.0.for_each_segment(&mut |segment| {
                hasher.update(segment);
                Ok(())
            })?;
        } else {
            let is_stored = !self.0.is_constructed() || der::is_framed(&self.0);
            let der = if is_stored { None } else { der::normalised(&self.0).ok() };
            let normalised = der.as_deref().and_then(|der| Element::only(der, "eContent").ok());
            hasher.update(normalised.map_or(self.0.contents, |element| element.contents));
        }
        Ok(hasher.finish())
    }

    /// Whether this can be the digest of a detached content. Some programs digest the whole element, header included.
    pub(crate) fn has_digest(&self, digest: &Digest) -> Result<bool> {
        let algorithm = digest.algorithm();
        Ok(self.digest(algorithm)? == *digest || !self.is_octet_string() && algorithm.digest(self.0.bytes) == *digest)
    }
}
