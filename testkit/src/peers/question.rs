//! What a program is asked for a whole verdict: a file, and everything that it may be judged by.

use std::fs;
use std::path::{Path, PathBuf};

/// A file and all that it is to be judged by; DER throughout.
#[derive(Clone, Debug, Default)]
pub struct Question {
    /// The file.
    pub signature: Vec<u8>,
    /// The content of a detached signature.
    pub content: Option<Vec<u8>>,
    /// Whom to trust.
    pub anchors: Vec<Vec<u8>>,
    /// Further certificates for paths.
    pub others: Vec<Vec<u8>>,
    /// CRLs.
    pub crls: Vec<Vec<u8>>,
    /// OCSP responses.
    pub ocsps: Vec<Vec<u8>>,
    /// The time of the judgement, in RFC 3339.
    pub time: String,
}

impl Question {
    /// Writes the files into a folder and names them as options, separated by tabs.
    pub(super) fn words(&self, folder: &Path) -> String {
        fs::create_dir_all(folder).expect("scratch is writable");
        let one = |name: &str, octets: &Vec<u8>| path(folder, name, octets).display().to_string();
        let many = |name: &str, list: &[Vec<u8>]| {
            let paths = list.iter().enumerate().map(|(at, octets)| one(&format!("{name}-{at}"), octets));
            paths.collect::<Vec<_>>().join(",")
        };
        let mut words = vec!["--signature".to_owned(), one("signature", &self.signature)];
        if let Some(content) = &self.content {
            words.extend(["--content".to_owned(), one("content", content)]);
        }
        for (name, list) in
            [("anchors", &self.anchors), ("others", &self.others), ("crls", &self.crls), ("ocsps", &self.ocsps)]
        {
            if !list.is_empty() {
                words.extend([format!("--{name}"), many(name, list)]);
            }
        }
        words.extend(["--time".to_owned(), self.time.clone()]);
        words.join("\t")
    }
}

fn path(folder: &Path, name: &str, octets: &[u8]) -> PathBuf {
    let path = folder.join(name);
    fs::write(&path, octets).expect("scratch is writable");
    path
}
