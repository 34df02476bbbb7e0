//! What is signed: octets in memory, or the digest of octets that lie elsewhere.

use std::io::{ErrorKind, Read};
use std::path::PathBuf;

use crate::crypto::{Digest, DigestAlgorithm, Hasher};
use crate::error::{Error, Result};

/// The signed content, or what stands for it.
#[derive(Clone, Copy, Debug)]
pub enum Content<'a> {
    /// The octets themselves.
    Bytes(&'a [u8]),
    /// A digest that was computed elsewhere, for detached signatures.
    Digest(Digest),
    /// Digests of the same content by several algorithms, for files with several signers.
    Digests(&'a [Digest]),
}

impl<'a> Content<'a> {
    /// Its digest; `None` where only digests by other algorithms are known.
    pub fn digest(&self, algorithm: DigestAlgorithm) -> Option<Digest> {
        match self {
            Content::Bytes(octets) => Some(algorithm.digest(octets)),
            Content::Digest(digest) => Some(*digest).filter(|digest| digest.algorithm() == algorithm),
            Content::Digests(digests) => digests.iter().find(|digest| digest.algorithm() == algorithm).copied(),
        }
    }

    /// The octets, where they are known.
    pub fn bytes(&self) -> Option<&'a [u8]> {
        match self {
            Content::Bytes(octets) => Some(octets),
            Content::Digest(_) | Content::Digests(_) => None,
        }
    }
}

/// How many octets are held of a stream.
const BUFFER: usize = 64 * 1024;

/// Digests a stream of any size by each of these algorithms in one pass; never more than 64 KiB of it are in memory.
pub fn digest_reader(reader: &mut dyn Read, algorithms: &[DigestAlgorithm]) -> Result<Vec<Digest>> {
    let unreadable = |source| Error::InputUnreadable { path: PathBuf::new(), source };
    digest_counted(reader, algorithms).map(|(digests, _)| digests).map_err(unreadable)
}

/// The digests, and how many octets there were.
pub(super) fn digest_counted(
    reader: &mut dyn Read,
    algorithms: &[DigestAlgorithm],
) -> std::io::Result<(Vec<Digest>, u64)> {
    let mut hashers: Vec<Hasher> = algorithms.iter().map(|&algorithm| Hasher::new(algorithm)).collect();
    let mut buffer = vec![0; BUFFER];
    let mut count = 0u64;
    loop {
        let length = match reader.read(&mut buffer) {
            Ok(0) => break,
            Ok(length) => length,
            Err(error) if error.kind() == ErrorKind::Interrupted => continue,
            Err(error) => return Err(error),
        };
        let piece = buffer.get(..length).unwrap_or_default();
        hashers.iter_mut().for_each(|hasher| hasher.update(piece));
        count = count.saturating_add(u64::try_from(length).unwrap_or(u64::MAX));
    }
    Ok((hashers.into_iter().map(Hasher::finish).collect(), count))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Zeros that come in odd pieces, with interruptions.
    struct Zeros {
        left: usize,
        interrupt: bool,
    }

    impl Read for Zeros {
        fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
            assert!(buffer.len() <= BUFFER);
            self.interrupt = !self.interrupt;
            if self.interrupt {
                return Err(ErrorKind::Interrupted.into());
            }
            let length = self.left.min(buffer.len()).min(65_521);
            buffer[..length].fill(0);
            self.left -= length;
            Ok(length)
        }
    }

    #[test]
    fn a_stream_has_the_digest_of_its_octets() {
        let all = [DigestAlgorithm::Sha256, DigestAlgorithm::Sha512];
        let streamed = digest_reader(&mut Zeros { left: 1_000_000, interrupt: false }, &all).unwrap();
        assert_eq!(streamed, all.map(|algorithm| algorithm.digest(&vec![0; 1_000_000])));
    }

    #[test]
    fn a_digest_by_another_algorithm_is_none() {
        let digest = DigestAlgorithm::Sha256.digest(b"x");
        assert_eq!(Content::Digest(digest).digest(DigestAlgorithm::Sha384), None);
        assert_eq!(Content::Digests(&[digest]).digest(DigestAlgorithm::Sha256), Some(digest));
    }
}
