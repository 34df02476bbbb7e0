//! Time-stamps of every kind, their imprints put together from the standards' text; openssl makes the tokens.

use std::fs;
use std::process::Command;

use crate::der::{children, contents, context, octets, oid, sequence, tlv};
use crate::hash::Hash;
use crate::{component, folders, pki, run};

/// signature-time-stamp.
pub const SIGNATURE_TIME_STAMP: &str = "1.2.840.113549.1.9.16.2.14";
/// CAdES-C-time-stamp.
pub const CADES_C_TIME_STAMP: &str = "1.2.840.113549.1.9.16.2.25";
/// time-stamped-certs-crls-references.
pub const REFERENCES_TIME_STAMP: &str = "1.2.840.113549.1.9.16.2.26";
/// archive-time-stamp v2.
pub const ARCHIVE_TIME_STAMP_V2: &str = "1.2.840.113549.1.9.16.2.48";
/// archive-time-stamp v3.
pub const ARCHIVE_TIME_STAMP_V3: &str = "0.4.0.1733.2.4";
/// The hash index of today.
pub const HASH_INDEX_V3: &str = "0.4.0.19122.1.5";
/// The hash index of the first edition.
pub const HASH_INDEX_V1: &str = "0.4.0.1733.2.5";
/// complete-certificate-references.
pub const CERTIFICATE_REFERENCES: &str = "1.2.840.113549.1.9.16.2.21";
/// complete-revocation-references.
pub const REVOCATION_REFERENCES: &str = "1.2.840.113549.1.9.16.2.22";
/// certificate-values.
pub const CERTIFICATE_VALUES: &str = "1.2.840.113549.1.9.16.2.23";
/// revocation-values.
pub const REVOCATION_VALUES: &str = "1.2.840.113549.1.9.16.2.24";

/// A SignedData in DER with one signer, taken apart: unsigned attributes may be added.
#[derive(Clone, Debug)]
pub struct SignedFile {
    /// version, digestAlgorithms, encapContentInfo, `[0]` certificates, `[1]` crls; without the signers.
    pub fields: Vec<Vec<u8>>,
    /// The fields of the signer up to the signature.
    pub signer: Vec<Vec<u8>>,
    /// The unsigned attributes in their order.
    pub unsigned: Vec<Vec<u8>>,
}

impl SignedFile {
    /// Takes a file apart.
    #[must_use]
    pub fn read(der: &[u8]) -> Self {
        let content = &children(der)[1];
        let mut fields = children(&children(content)[0]);
        let signers = children(&fields.pop().expect("signerInfos is there"));
        assert_eq!(signers.len(), 1, "one signer");
        let (unsigned, signer): (Vec<_>, Vec<_>) =
            children(&signers[0]).into_iter().partition(|field| field[0] == 0xa1);
        Self { fields, signer, unsigned: unsigned.iter().flat_map(|set| children(set)).collect() }
    }

    /// The file.
    #[must_use]
    pub fn der(&self) -> Vec<u8> {
        let mut fields = self.fields.clone();
        fields.push(tlv(0x31, &self.signer_info()));
        sequence(&[oid("1.2.840.113549.1.7.2"), context(0, &sequence(&fields))])
    }

    /// The SignerInfo: what stands in another signature where it is a counter-signature.
    #[must_use]
    pub fn signer_info(&self) -> Vec<u8> {
        let mut signer = self.signer.clone();
        if !self.unsigned.is_empty() {
            signer.push(context(1, &self.unsigned.concat()));
        }
        sequence(&signer)
    }

    /// Adds an unsigned attribute with this one value.
    pub fn add(&mut self, identifier: &str, value: &[u8]) {
        self.unsigned.push(attribute(identifier, value));
    }

    /// The octets of the signature value.
    #[must_use]
    pub fn signature_value(&self) -> Vec<u8> {
        contents(self.signer.last().expect("a signer has a value")).to_vec()
    }

    /// attrType and attrValues of the attributes with these identifiers, in this order.
    #[must_use]
    pub fn attribute_fields(&self, identifiers: &[&str]) -> Vec<u8> {
        let of = |identifier: &&str| {
            let wanted = oid(identifier);
            self.unsigned.iter().filter(move |one| children(one)[0] == wanted).map(|one| contents(one).to_vec())
        };
        identifiers.iter().flat_map(of).collect::<Vec<_>>().concat()
    }

    /// What an archive-time-stamp v2 hashes: unsigned attributes with their header, or bare. `detached` is the content that
    /// is not inside.
    #[must_use]
    pub fn archive_v2_input(&self, detached: &[u8], with_header: bool) -> Vec<u8> {
        let kept = self.unsigned.iter().filter(|one| {
            ![ARCHIVE_TIME_STAMP_V2, ARCHIVE_TIME_STAMP_V3].iter().any(|kind| children(one)[0] == oid(kind))
        });
        let kept = kept.cloned().collect::<Vec<_>>().concat();
        let attributes = if with_header { context(1, &kept) } else { kept };
        let [encapsulated, sets @ ..] = &self.fields[2..] else { panic!("encapContentInfo is there") };
        [encapsulated.clone(), detached.to_vec(), sets.concat(), self.signer.concat(), attributes].concat()
    }

    /// An archive-time-stamp v3 over `content`, with an index of today or of the first edition: the token, its index inside.
    /// `None` where openssl is not installed.
    #[must_use]
    pub fn archive_v3(&self, content: &[u8], index_kind: &str) -> Option<Vec<u8>> {
        let (input, index) = self.archive_v3_input(content, index_kind, Hash::Sha256);
        let mut token = Self::read(&token("sha256", &input)?);
        token.add(index_kind, &index);
        Some(token.der())
    }

    /// What an archive-time-stamp v3 hashes, and the index that goes into its token.
    #[must_use]
    pub fn archive_v3_input(&self, content: &[u8], index_kind: &str, hash: Hash) -> (Vec<u8>, Vec<u8>) {
        let index = self.hash_index(index_kind, hash);
        let content_type = children(&self.fields[2])[0].clone();
        let input = [content_type, hash.digest(content), self.signer.concat(), index.clone()].concat();
        (input, index)
    }

    /// `ATSHashIndexV3`, or the older one that lists whole attributes and leaves the default out.
    #[must_use]
    pub fn hash_index(&self, kind: &str, hash: Hash) -> Vec<u8> {
        let set = |tag: u8| self.fields[3..].iter().filter(move |set| set[0] == tag).flat_map(|set| children(set));
        let list =
            |items: Vec<Vec<u8>>| sequence(&items.iter().map(|item| octets(&hash.digest(item))).collect::<Vec<_>>());
        let single = |one: &Vec<u8>| {
            let fields = children(one);
            children(&fields[1]).into_iter().map(move |value| [fields[0].clone(), value].concat()).collect::<Vec<_>>()
        };
        let is_new = kind == HASH_INDEX_V3;
        let unsigned = if is_new { self.unsigned.iter().flat_map(single).collect() } else { self.unsigned.clone() };
        let algorithm = if is_new || hash != Hash::Sha256 { hash.identifier() } else { Vec::new() };
        sequence(&[algorithm, list(set(0xa0).collect()), list(set(0xa1).collect()), list(unsigned)])
    }
}

/// `Attribute ::= SEQUENCE { attrType, attrValues SET OF }` with one value.
#[must_use]
pub fn attribute(identifier: &str, value: &[u8]) -> Vec<u8> {
    sequence(&[oid(identifier), tlv(0x31, value)])
}

/// A token of the PKI's time-stamp unit over these octets, made by openssl; `None` where it is not installed.
#[must_use]
pub fn token(hash: &str, octets: &[u8]) -> Option<Vec<u8>> {
    token_by("tsa", hash, octets, "")
}

/// A token of this signer; `settings` are further lines of openssl's configuration.
#[must_use]
pub fn token_by(signer: &str, hash: &str, octets: &[u8], settings: &str) -> Option<Vec<u8>> {
    let openssl = component("openssl")?;
    let folder = folders::scratch("stamp");
    let place = |name: &str| folder.join(name);
    let write = |name: &str, text: &[u8]| fs::write(place(name), text).expect("scratch is writable");
    write("data", octets);
    write("serial", b"0A\n");
    write("signer.pem", pki::bundle_pem(&[signer]).as_bytes());
    let configuration = format!(
        "[tsa]\ndefault_tsa = t\n[t]\nserial = {}\nsigner_digest = sha256\ndefault_policy = 1.2.3.4\n\
         digests = sha1, sha256, sha384, sha512\ness_cert_id_alg = sha256\n{settings}\n",
        place("serial").display()
    );
    write("tsa.cnf", configuration.as_bytes());
    let mut query = Command::new(&openssl);
    query.args(["ts", "-query", "-cert", &format!("-{hash}"), "-data"]).arg(place("data"));
    query.arg("-out").arg(place("query"));
    run(&mut query).expect_success();
    let mut reply = Command::new(openssl);
    reply.args(["ts", "-reply", "-token_out", "-config"]).arg(place("tsa.cnf"));
    reply.arg("-queryfile").arg(place("query")).arg("-signer").arg(place("signer.pem"));
    reply.arg("-inkey").arg(pki::private_key_path(signer)).arg("-out").arg(place("token"));
    run(&mut reply).expect_success();
    Some(fs::read(place("token")).expect("it said that it wrote it"))
}
