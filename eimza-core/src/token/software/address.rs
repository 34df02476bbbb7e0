//! Addresses of token files: `file:PATH`, the path as it is.
//!
//! A path that is no text, which it may be on Unix, is written as `file://` and the path with its odd octets as `%` and two
//! digits (RFC 8089, with an empty host), so that it can be printed and given back.

use std::path::{Path, PathBuf};

use super::ADDRESS_PREFIX;
use crate::error::{AddressFault, Error, Result};
use crate::token::percent;

/// What an address with encoded octets begins with, behind [`ADDRESS_PREFIX`].
const ENCODED: &str = "//";

/// Marks that stand for themselves in an encoded path.
const MARKS: &[u8] = b"/-._~:@!$'()*+,;=&";

/// The address of the token in this file. What it says can be given back to [`open`](crate::token::open).
pub fn address(path: &Path) -> String {
    match path.to_str() {
        Some(text) if !text.starts_with(ENCODED) => format!("{ADDRESS_PREFIX}{text}"),
        _ => format!("{ADDRESS_PREFIX}{ENCODED}{}", percent::encode(path.as_os_str().as_encoded_bytes(), MARKS)),
    }
}

/// The file that an address names.
///
/// # Errors
/// [`Error::TokenAddressInvalid`](crate::Error::TokenAddressInvalid) where it is no address of a token file.
pub fn path_of(address: &str) -> Result<PathBuf> {
    const NO_FILE: Error = Error::TokenAddressInvalid { reason: AddressFault::NotFile };
    let path = address.strip_prefix(ADDRESS_PREFIX).ok_or(NO_FILE)?;
    match path.strip_prefix(ENCODED) {
        Some(encoded) => path_from(percent::decode(encoded)?),
        None => Ok(path.into()),
    }
}

#[cfg(unix)]
fn path_from(octets: Vec<u8>) -> Result<PathBuf> {
    use std::os::unix::ffi::OsStringExt;
    Ok(std::ffi::OsString::from_vec(octets).into())
}

#[cfg(not(unix))]
fn path_from(octets: Vec<u8>) -> Result<PathBuf> {
    let text = String::from_utf8(octets).map_err(|_| Error::TokenAddressInvalid { reason: AddressFault::NotUtf8 })?;
    Ok(text.into())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_printed_can_be_given_back() {
        for path in ["card.eimza", "/home/kişi/a b%41?.eimza", "//odd"] {
            assert_eq!(path_of(&address(Path::new(path))).unwrap(), Path::new(path));
        }
        assert_eq!(address(Path::new("a%41")), "file:a%41");
        assert_eq!(path_of("file:///a%41%20").unwrap(), Path::new("/aA "));
        for wrong in ["card", "pkcs11:", "file:///a%4"] {
            assert_eq!(path_of(wrong).unwrap_err().name(), "token-address-invalid");
        }
    }

    #[cfg(unix)]
    #[test]
    fn a_path_that_is_no_text_can_be_given_back() {
        use std::ffi::OsStr;
        use std::os::unix::ffi::OsStrExt;

        let path = Path::new(OsStr::from_bytes(b"/tmp/k\xfe\xff %41"));
        assert_eq!(address(path), "file:///tmp/k%FE%FF%20%2541");
        assert_eq!(path_of(&address(path)).unwrap(), path);
    }
}
