//! Writing what was typed into the command.

use super::structure::{Format, Modify, Verify};

/// The command with the PIN in it; `None` where the structure cannot be followed.
pub(super) fn verify(verify: &Verify, pin: &str) -> Option<Vec<u8>> {
    let (header, mut data) = divided(&verify.template)?;
    verify.format.write(&mut data, 0, pin)?;
    Some(joined(header, &data))
}

/// The command with both PINs in it, or with the new one only where the old one is not asked for.
pub(super) fn modify(modify: &Modify, old: &str, new: &str) -> Option<Vec<u8>> {
    let (header, mut data) = divided(&modify.template)?;
    if modify.asks_old() {
        modify.format.write(&mut data, usize::from(modify.offset_old), old)?;
    }
    // Where blocks are as long as their PINs, the new one comes behind the old one.
    let behind = if modify.format.size() == 0 { data.len() } else { usize::from(modify.offset_new) };
    modify.format.write(&mut data, behind, new)?;
    Some(joined(header, &data))
}

/// The four octets in front, and the data behind Lc.
fn divided(template: &[u8]) -> Option<([u8; 4], Vec<u8>)> {
    let (header, rest) = template.split_first_chunk::<4>()?;
    let data = match rest {
        [] => &[][..],
        [length, data @ ..] if data.len() == usize::from(*length) => data,
        _ => return None,
    };
    Some((*header, data.to_vec()))
}

fn joined(header: [u8; 4], data: &[u8]) -> Vec<u8> {
    [&header[..], &[u8::try_from(data.len()).expect("PINs are short")], data].concat()
}

impl Format {
    /// The size of the block in octets; 0 where it is as long as the PIN.
    fn size(self) -> usize {
        usize::from(self.block & 0x0f)
    }

    fn write(self, data: &mut Vec<u8>, offset: usize, pin: &str) -> Option<()> {
        let position = usize::from((self.string >> 3) & 0x0f);
        let position = if self.string & 0x80 != 0 { position } else { position / 8 };
        let begin = offset + position;
        let filled = |place: usize, data: &[u8]| data.get(place).map_or(0x0f, |octet| octet & 0x0f);
        let digits: Vec<u8> = pin.bytes().map(|digit| digit.wrapping_sub(b'0')).collect();
        let written: Vec<u8> = match self.string & 0x03 {
            0 => digits,
            1 => {
                let fill = filled(begin + digits.len() / 2, data);
                digits.chunks(2).map(|pair| (pair[0] << 4) | pair.get(1).unwrap_or(&fill)).collect()
            }
            2 => pin.bytes().collect(),
            _ => return None,
        };
        let end = begin + self.size().max(written.len());
        if self.size() > 0 && (data.len() < end || written.len() > self.size()) {
            return None;
        }
        data.resize(data.len().max(end), 0);
        let to_the_right = self.string & 0x04 != 0;
        let begin = if to_the_right { end - written.len() } else { begin };
        data[begin..begin + written.len()].copy_from_slice(&written);
        self.write_length(data, offset, pin.len())
    }

    /// The length of the PIN, where the host wants it to stand in the command.
    fn write_length(self, data: &mut [u8], offset: usize, length: usize) -> Option<()> {
        let length = u8::try_from(length).ok()?;
        let position = usize::from(self.length & 0x0f);
        let (place, shift) = match (self.block >> 4, self.length & 0x10 != 0) {
            (0, _) => return Some(()),
            (8, true) => (position, 0),
            (8, false) => (position / 8, 0),
            (4, false) => (position / 8, if position % 8 < 4 { 4 } else { 0 }),
            (4, true) => (position, 4),
            _ => return None,
        };
        let octet = data.get_mut(offset + place)?;
        let whole = self.block >> 4 == 8;
        *octet = if whole { length } else { *octet & !(0x0f << shift) | (length & 0x0f) << shift };
        Some(())
    }
}
