//! PKCS#11 URIs (RFC 7512): how a token, and a certificate on it, is named in text.
//!
//! `pkcs11:token=NES1;serial=0123;id=%01?module-path=/usr/lib/libakisp11.so`. A PIN, or the place where one lies, is
//! never taken from an address.

use std::fmt;
use std::path::PathBuf;
use std::str::FromStr;

use eimza_sys::pkcs11::{Text, TokenInfo};

use super::slot;
use crate::error::{AddressFault, Error, Result};
use crate::token::TokenCertificate;
use crate::token::percent::{decode, encode, encode_all};

/// An address by RFC 7512. What is absent fits anything. Values are octets: labels are not always UTF-8. Padding around
/// them counts for nothing, neither in the address nor on the token.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Pkcs11Uri {
    /// `token`: the token's label.
    pub token: Option<Vec<u8>>,
    /// `serial`: the token's serial number.
    pub serial: Option<Vec<u8>>,
    /// `manufacturer`: who made the token.
    pub manufacturer: Option<Vec<u8>>,
    /// `model`: the token's model.
    pub model: Option<Vec<u8>>,
    /// `object`: the label of the certificate or key.
    pub object: Option<Vec<u8>>,
    /// `id`: the `CKA_ID` of the certificate and its key.
    pub id: Option<Vec<u8>>,
    /// `slot-id`: the slot's number, which may change from start to start.
    pub slot_id: Option<u64>,
    /// `slot-description`: the reader's name.
    pub slot_description: Option<Vec<u8>>,
    /// `module-path`: the module to load.
    pub module_path: Option<PathBuf>,
    /// `module-name`: the module's file name without `lib` in front and suffix behind.
    pub module_name: Option<Vec<u8>>,
}

/// Path attributes that the standard knows and that nothing is chosen by here; they are read over.
const READ_OVER: &[&str] =
    &["type", "library-description", "library-manufacturer", "library-version", "slot-manufacturer"];

impl FromStr for Pkcs11Uri {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self> {
        let invalid = |reason| Error::TokenAddressInvalid { reason };
        let rest = text.strip_prefix("pkcs11:").ok_or_else(|| invalid(AddressFault::NotPkcs11))?;
        let (path, query) = rest.split_once('?').map_or((rest, ""), |(path, query)| (path, query));
        let mut uri = Self::default();
        let mut seen: Vec<&str> = Vec::new();
        for (attribute, is_query) in attributes(path, ';', false).chain(attributes(query, '&', true)) {
            let (name, value) = attribute.split_once('=').ok_or_else(|| invalid(AddressFault::NoValue))?;
            if matches!(name, "pin-value" | "pin-source") {
                return Err(Error::TokenAddressHoldsPin);
            }
            if seen.contains(&name) {
                return Err(invalid(AddressFault::Repeated));
            }
            seen.push(name);
            let octets = decode(value)?;
            if is_query { uri.take_query(name, octets)? } else { uri.take_path(name, octets)? }
        }
        Ok(uri)
    }
}

impl Pkcs11Uri {
    /// Whether `id` and `object` name this certificate. An address without them names all of a token's certificates.
    pub fn names(&self, found: &TokenCertificate) -> bool {
        let label = self.object.as_ref().map(|object| slot::masked(&Text::new(object).to_string()));
        self.id.as_ref().is_none_or(|id| *id == found.key.0) && label.is_none_or(|label| label == found.label)
    }

    /// Whether the address chooses among a token's certificates.
    pub fn names_a_certificate(&self) -> bool {
        self.id.is_some() || self.object.is_some()
    }

    /// Whether it fits what a token tells of itself.
    pub(super) fn fits_token(&self, told: &TokenInfo) -> bool {
        fits(self.token.as_deref(), &told.label)
            && fits(self.serial.as_deref(), &told.serial)
            && fits(self.manufacturer.as_deref(), &told.manufacturer)
            && fits(self.model.as_deref(), &told.model)
    }

    /// Whether it fits the name of a reader.
    pub(super) fn fits_slot_description(&self, told: &Text) -> bool {
        fits(self.slot_description.as_deref(), told)
    }

    /// Whether it fits the name of a module's file.
    pub(super) fn fits_module(&self, stem: &[u8]) -> bool {
        fits(self.module_name.as_deref(), &Text::new(stem))
    }

    fn take_path(&mut self, name: &str, octets: Vec<u8>) -> Result<()> {
        match name {
            "token" => self.token = Some(octets),
            "serial" => self.serial = Some(octets),
            "manufacturer" => self.manufacturer = Some(octets),
            "model" => self.model = Some(octets),
            "object" => self.object = Some(octets),
            "id" => self.id = Some(octets),
            "slot-description" => self.slot_description = Some(octets),
            "slot-id" => {
                let number = Text::new(&octets).to_string().parse();
                self.slot_id =
                    Some(number.map_err(|_| Error::TokenAddressInvalid { reason: AddressFault::SlotNoNumber })?);
            }
            name if READ_OVER.contains(&name) => {}
            // An attribute that is not compared here could be the one that tells two tokens apart.
            _ => return Err(Error::TokenAddressInvalid { reason: AddressFault::Unknown }),
        }
        Ok(())
    }

    fn take_query(&mut self, name: &str, octets: Vec<u8>) -> Result<()> {
        match name {
            "module-path" => self.module_path = Some(path(octets)?),
            "module-name" => self.module_name = Some(octets),
            _ => {} // section 2.4: query attributes that are not known are ignored
        }
        Ok(())
    }
}

/// A value of an address beside the token's: the same octets, or the same letters. People type a label as they see it.
fn fits(wanted: Option<&[u8]>, told: &Text) -> bool {
    wanted.map(Text::new).is_none_or(|wanted| wanted == *told || wanted.to_string() == told.to_string())
}

/// A path is octets on Unix.
#[cfg(unix)]
fn path(octets: Vec<u8>) -> Result<PathBuf> {
    use std::os::unix::ffi::OsStringExt;
    Ok(std::ffi::OsString::from_vec(octets).into())
}

#[cfg(not(unix))]
fn path(octets: Vec<u8>) -> Result<PathBuf> {
    let text = String::from_utf8(octets).map_err(|_| Error::TokenAddressInvalid { reason: AddressFault::NotUtf8 })?;
    Ok(text.into())
}

impl fmt::Display for Pkcs11Uri {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let slot = self.slot_id.map(|number| number.to_string().into_bytes());
        let values = [
            ("token", &self.token),
            ("serial", &self.serial),
            ("manufacturer", &self.manufacturer),
            ("model", &self.model),
            ("slot-description", &self.slot_description),
            ("slot-id", &slot),
            ("object", &self.object),
        ];
        let mut path: Vec<String> = values
            .into_iter()
            .filter_map(|(name, value)| Some(format!("{name}={}", encode(value.as_ref()?, PATH_MARKS))))
            .collect();
        path.extend(self.id.iter().map(|id| format!("id={}", encode_all(id))));
        write!(formatter, "pkcs11:{}", path.join(";"))?;

        let module_path = self.module_path.as_ref().map(|path| path.as_os_str().as_encoded_bytes());
        let query: Vec<String> = [("module-path", module_path), ("module-name", self.module_name.as_deref())]
            .into_iter()
            .filter_map(|(name, value)| Some(format!("{name}={}", encode(value?, QUERY_MARKS))))
            .collect();
        if query.is_empty() { Ok(()) } else { write!(formatter, "?{}", query.join("&")) }
    }
}

impl fmt::Debug for Pkcs11Uri {
    /// As it is written, national ids masked.
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "Pkcs11Uri({})", slot::masked(&self.to_string()))
    }
}

/// Marks that need no encoding in a path attribute beside letters and digits (section 2.3).
const PATH_MARKS: &[u8] = b"-._~:[]@!$'()*+,=&";
/// The same for a query attribute.
const QUERY_MARKS: &[u8] = b"-._~:[]@!$'()*+,=/?|";

fn attributes(part: &str, separator: char, is_query: bool) -> impl Iterator<Item = (&str, bool)> {
    part.split(separator).filter(|attribute| !attribute.is_empty()).map(move |attribute| (attribute, is_query))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refusal(text: &str) -> &'static str {
        text.parse::<Pkcs11Uri>().unwrap_err().name()
    }

    #[test]
    fn the_contract_s_example_is_read_and_written_alike() {
        let text = "pkcs11:token=NES1?module-path=/usr/lib/softhsm/libsofthsm2.so";
        let uri: Pkcs11Uri = text.parse().unwrap();
        assert_eq!(uri.token.as_deref(), Some(b"NES1".as_slice()));
        assert_eq!(uri.module_path.as_deref(), Some("/usr/lib/softhsm/libsofthsm2.so".as_ref()));
        assert_eq!(uri.to_string(), text);
    }

    #[test]
    fn a_national_id_is_not_printed_by_accident() {
        let uri: Pkcs11Uri = "pkcs11:token=10000000146SIGN0".parse().unwrap();
        assert!(uri.to_string().contains("10000000146"));
        assert!(!format!("{uri:?}").contains("10000000146"));
    }

    #[test]
    fn everything_survives_a_round_trip() {
        let uri = Pkcs11Uri {
            token: Some("TÜRK; NES=1/2 %?&#".into()),
            serial: Some("00 1".into()),
            manufacturer: Some("m".into()),
            model: Some(Vec::new()),
            object: Some("SIGN0".into()),
            id: Some(vec![0, 1, b'a', 0xff]),
            slot_id: Some(7),
            slot_description: Some("Virtual PCD 00 00".into()),
            module_path: Some("/opt/a b&c;d/lib.so".into()),
            module_name: Some("akisp11".into()),
        };
        assert_eq!(uri.to_string().parse::<Pkcs11Uri>().unwrap(), uri);
    }

    #[test]
    fn a_pin_in_the_address_is_refused() {
        assert_eq!(refusal("pkcs11:token=NES1?pin-value=123456"), "token-address-holds-pin");
        assert_eq!(refusal("pkcs11:token=NES1?pin-source=file:/tmp/pin"), "token-address-holds-pin");
        assert_eq!(refusal("pkcs11:token=NES1;pin-value=123456"), "token-address-holds-pin");
    }

    #[test]
    fn what_cannot_be_read_is_refused() {
        for text in [
            "pkcs12:token=a",
            "pkcs11:token",
            "pkcs11:token=%4",
            "pkcs11:token=%zz",
            "pkcs11:token=a;token=b",
            "pkcs11:slot-id=x",
            "pkcs11:colour=red",
        ] {
            assert_eq!(refusal(text), "token-address-invalid", "{text}");
        }
    }

    #[test]
    fn values_that_are_no_utf8_are_given_back() {
        let text = "pkcs11:token=T%DCRK?module-path=/opt/%FE/lib.so";
        let uri: Pkcs11Uri = text.parse().unwrap();
        assert_eq!(uri.token.as_deref(), Some(b"T\xdcRK".as_slice()));
        #[cfg(unix)]
        assert_eq!(uri.to_string(), text);
    }

    #[test]
    fn padding_counts_for_nothing() {
        let told = Text::new(b"NES 1               ");
        for wanted in ["NES%201", "NES%201%00%00", "%20NES%201%20%20", "NES%201%20%00"] {
            let uri: Pkcs11Uri = format!("pkcs11:token={wanted}").parse().unwrap();
            assert!(fits(uri.token.as_deref(), &told), "{wanted}");
        }
        let uri: Pkcs11Uri = "pkcs11:token=NES1".parse().unwrap();
        assert!(!fits(uri.token.as_deref(), &told));
        let turkish = Text::new(b"\xdeEF\xddK");
        assert!(fits(Some("ŞEFİK".as_bytes()), &turkish) && fits(Some(b"\xdeEF\xddK "), &turkish));
    }

    #[test]
    fn unknown_query_attributes_are_ignored() {
        assert_eq!("pkcs11:?x-vendor=1".parse::<Pkcs11Uri>().unwrap(), Pkcs11Uri::default());
    }
}
