//! The files of a card: a tree of folders (DF) and files (EF) under the master file.

/// The identifier of the master file.
pub(super) const MASTER: u16 = 0x3f00;

/// A folder or a file.
#[derive(Clone)]
pub(super) struct Node {
    pub(super) identifier: u16,
    pub(super) content: Content,
}

/// What a node is.
#[derive(Clone)]
pub(super) enum Content {
    /// A DF, by what names it can be selected, and what is in it.
    Folder { names: Vec<Vec<u8>>, children: Vec<Node> },
    /// A transparent EF. It may be read after the PIN of this identifier only, where one is named.
    File { octets: Vec<u8>, pin: Option<u8> },
}

impl Node {
    pub(super) fn folder(identifier: u16, names: Vec<Vec<u8>>, children: Vec<Self>) -> Self {
        Self { identifier, content: Content::Folder { names, children } }
    }

    pub(super) fn file(identifier: u16, octets: Vec<u8>) -> Self {
        Self { identifier, content: Content::File { octets, pin: None } }
    }

    pub(super) fn guarded_file(identifier: u16, octets: Vec<u8>, pin: Option<u8>) -> Self {
        Self { identifier, content: Content::File { octets, pin } }
    }

    pub(super) fn is_folder(&self) -> bool {
        matches!(self.content, Content::Folder { .. })
    }

    pub(super) fn children(&self) -> &[Self] {
        match &self.content {
            Content::Folder { children, .. } => children,
            Content::File { .. } => &[],
        }
    }

    /// The node at this path below this one.
    pub(super) fn at(&self, path: &[u16]) -> Option<&Self> {
        let Some((first, rest)) = path.split_first() else { return Some(self) };
        self.children().iter().find(|child| child.identifier == *first)?.at(rest)
    }

    /// The path to the folder whose name begins with these octets.
    pub(super) fn named(&self, wanted: &[u8]) -> Option<Vec<u16>> {
        if let Content::Folder { names, .. } = &self.content
            && names.iter().any(|name| name.starts_with(wanted))
        {
            return Some(Vec::new());
        }
        self.children().iter().find_map(|child| {
            let below = child.named(wanted)?;
            Some([vec![child.identifier], below].concat())
        })
    }
}
