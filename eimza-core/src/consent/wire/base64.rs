//! Octets in JSON: base64 of RFC 4648 section 4, padded, without line ends.

use base64ct::{Base64, Encoding};
use serde::de::{Deserialize, Deserializer, Error};
use serde::ser::Serializer;

/// Octets that travel as text.
#[derive(Clone)]
pub(super) struct Octets(pub(super) Vec<u8>);

impl serde::Serialize for Octets {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&Base64::encode_string(&self.0))
    }
}

impl<'de> Deserialize<'de> for Octets {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        Base64::decode_vec(&text).map(Self).map_err(D::Error::custom)
    }
}
