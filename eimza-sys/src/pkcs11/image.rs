//! Reads from a library's header what it was built for, so that the wrong package can be named as such.

use std::fmt;

/// The system that a library was built for, told by its file format.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum System {
    /// ELF: Linux, the BSDs.
    Unix,
    /// Mach-O: macOS.
    MacOs,
    /// PE: Windows.
    Windows,
}

impl System {
    /// The system that this program was built for.
    pub const HOST: Self = if cfg!(windows) {
        Self::Windows
    } else if cfg!(target_vendor = "apple") {
        Self::MacOs
    } else {
        Self::Unix
    };
}

impl fmt::Display for System {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Unix => "Linux or BSD",
            Self::MacOs => "macOS",
            Self::Windows => "Windows",
        })
    }
}

/// The processor that a library was built for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Architecture {
    /// 32-bit Intel.
    X86,
    /// 64-bit Intel.
    X86_64,
    /// 32-bit Arm.
    Arm,
    /// 64-bit Arm.
    Aarch64,
    /// Another one, by the number that its file format gives it.
    Other(u32),
}

impl Architecture {
    /// The processor that this program was built for.
    pub const HOST: Self = if cfg!(target_arch = "x86_64") {
        Self::X86_64
    } else if cfg!(target_arch = "aarch64") {
        Self::Aarch64
    } else if cfg!(target_arch = "x86") {
        Self::X86
    } else if cfg!(target_arch = "arm") {
        Self::Arm
    } else {
        Self::Other(0)
    };

    /// What people call it; one name for all that have none here.
    pub fn name(self) -> &'static str {
        match self {
            Self::X86 => "x86 (32-bit Intel)",
            Self::X86_64 => "x86_64 (64-bit Intel)",
            Self::Arm => "arm (32-bit Arm)",
            Self::Aarch64 => "aarch64 (64-bit Arm)",
            Self::Other(_) => "another processor",
        }
    }

    pub(crate) fn join(all: &[Self]) -> String {
        all.iter().map(Self::to_string).collect::<Vec<_>>().join(" and ")
    }
}

impl fmt::Display for Architecture {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Other(number) => write!(f, "processor type {number}"),
            known => f.write_str(known.name()),
        }
    }
}

/// What the first bytes of a library say.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Image {
    pub(crate) system: System,
    /// Several in one macOS file, one elsewhere.
    pub(crate) architectures: Vec<Architecture>,
}

impl Image {
    /// Reads the head of a file; `None` when it is no shared library that we know.
    pub(crate) fn read(head: &[u8]) -> Option<Self> {
        elf(head).or_else(|| mach_o(head)).or_else(|| portable_executable(head))
    }

    /// Whether this program could load it, as far as the header tells. A processor that we have no name for passes:
    /// the system's loader knows it better.
    pub(crate) fn fits_host(&self) -> bool {
        Architecture::HOST == Architecture::Other(0) || self.architectures.contains(&Architecture::HOST)
    }
}

/// ELF: `e_ident[EI_DATA]` at 5 gives the byte order, `e_machine` stands at 18.
fn elf(head: &[u8]) -> Option<Image> {
    if !head.starts_with(b"\x7fELF") {
        return None;
    }
    let big_endian = *head.get(5)? == 2;
    let machine = u16_at(head, 18, big_endian)?;
    let architecture = match machine {
        3 => Architecture::X86,
        62 => Architecture::X86_64,
        40 => Architecture::Arm,
        183 => Architecture::Aarch64,
        other => Architecture::Other(other.into()),
    };
    Some(Image { system: System::Unix, architectures: vec![architecture] })
}

/// Mach-O: one processor (`FEEDFACE`, `FEEDFACF`), or a table of them (`CAFEBABE`, always big-endian).
fn mach_o(head: &[u8]) -> Option<Image> {
    const MOST_PROCESSORS: usize = 16;
    let architectures = match head.get(..4)? {
        [0xce | 0xcf, 0xfa, 0xed, 0xfe] => vec![mach_o_processor(u32_at(head, 4, false)?)],
        [0xca, 0xfe, 0xba, 0xbe] => {
            let count = usize::try_from(u32_at(head, 4, true)?).ok()?;
            if count > MOST_PROCESSORS {
                return None; // Java class files begin with the same four bytes
            }
            let each = |index: usize| u32_at(head, 8 + index * 20, true).map(mach_o_processor);
            (0..count).map(each).collect::<Option<Vec<_>>>()?
        }
        _ => return None,
    };
    Some(Image { system: System::MacOs, architectures })
}

fn mach_o_processor(number: u32) -> Architecture {
    match number {
        0x0000_0007 => Architecture::X86,
        0x0100_0007 => Architecture::X86_64,
        0x0000_000c => Architecture::Arm,
        0x0100_000c => Architecture::Aarch64,
        other => Architecture::Other(other),
    }
}

/// PE: the offset of its signature stands at 60, the machine follows the signature.
fn portable_executable(head: &[u8]) -> Option<Image> {
    if !head.starts_with(b"MZ") {
        return None;
    }
    let start = usize::try_from(u32_at(head, 60, false)?).ok()?;
    if head.get(start..start.checked_add(4)?)? != b"PE\0\0" {
        return None;
    }
    let architecture = match u16_at(head, start + 4, false)? {
        0x014c => Architecture::X86,
        0x8664 => Architecture::X86_64,
        0x01c4 => Architecture::Arm,
        0xaa64 => Architecture::Aarch64,
        other => Architecture::Other(other.into()),
    };
    Some(Image { system: System::Windows, architectures: vec![architecture] })
}

fn u16_at(bytes: &[u8], at: usize, big_endian: bool) -> Option<u16> {
    let bytes: [u8; 2] = bytes.get(at..at.checked_add(2)?)?.try_into().ok()?;
    Some(if big_endian { u16::from_be_bytes(bytes) } else { u16::from_le_bytes(bytes) })
}

fn u32_at(bytes: &[u8], at: usize, big_endian: bool) -> Option<u32> {
    let bytes: [u8; 4] = bytes.get(at..at.checked_add(4)?)?.try_into().ok()?;
    Some(if big_endian { u32::from_be_bytes(bytes) } else { u32::from_le_bytes(bytes) })
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::indexing_slicing)]
    use super::*;

    #[test]
    fn this_program_is_recognised() {
        let bytes = std::fs::read(std::env::current_exe().unwrap()).unwrap();
        let image = Image::read(&bytes).unwrap();
        assert_eq!(image.system, System::HOST);
        assert!(image.fits_host());
    }

    #[test]
    fn a_library_for_two_macs_names_both() {
        let mut fat = vec![0xca, 0xfe, 0xba, 0xbe, 0, 0, 0, 2];
        for processor in [0x0100_0007_u32, 0x0100_000c] {
            fat.extend(processor.to_be_bytes());
            fat.extend([0; 16]);
        }
        let image = Image::read(&fat).unwrap();
        assert_eq!(image.architectures, [Architecture::X86_64, Architecture::Aarch64]);
        assert_eq!(Architecture::join(&image.architectures), "x86_64 (64-bit Intel) and aarch64 (64-bit Arm)");
    }

    #[test]
    fn a_windows_library_is_told_from_a_text_that_begins_alike() {
        let mut dll = vec![0; 80];
        dll[..2].copy_from_slice(b"MZ");
        dll[60] = 64;
        dll[64..70].copy_from_slice(b"PE\0\0\x64\xaa");
        assert_eq!(Image::read(&dll).unwrap().architectures, [Architecture::Aarch64]);
        assert_eq!(Image::read(b"MZ is how this text begins"), None);
    }

    #[test]
    fn a_head_cut_at_every_byte_is_no_panic() {
        let bytes = std::fs::read(std::env::current_exe().unwrap()).unwrap();
        for length in 0..64 {
            let _ = Image::read(&bytes[..length]);
            let _ = Image::read(&[b"MZ".as_slice(), &bytes[..length]].concat());
            let _ = Image::read(&[[0xca, 0xfe, 0xba, 0xbe].as_slice(), &bytes[..length]].concat());
        }
    }
}
