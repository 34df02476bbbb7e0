//! PKCS#12 files that no program writes, made from their parts.

/// An element of these parts.
#[must_use]
pub fn tlv(tag: u8, parts: &[&[u8]]) -> Vec<u8> {
    let contents = parts.concat();
    let [_, length @ ..] = u32::try_from(contents.len()).expect("parts are small").to_be_bytes();
    [&[tag, 0x83], length.as_slice(), &contents].concat()
}

/// A file without encryption and MAC.
#[must_use]
pub fn plain(keys: &[Vec<u8>], certificates: &[Vec<u8>]) -> Vec<u8> {
    const BAG: [u8; 12] = [0x06, 0x0b, 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x0c, 0x0a, 0x01];
    const X509: [u8; 12] = [0x06, 0x0a, 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x09, 0x16, 0x01];
    const DATA: [u8; 11] = [0x06, 0x09, 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x07, 0x01];
    let bag = |kind: u8, value: &[u8]| tlv(0x30, &[&BAG, &[kind], &tlv(0xa0, &[value])]);
    let mut bags: Vec<_> = keys.iter().map(|key| bag(1, key)).collect();
    for certificate in certificates {
        let octets = tlv(0xa0, &[&tlv(0x04, &[certificate])]);
        bags.push(bag(3, &tlv(0x30, &[&X509, &octets])));
    }
    let data = |octets: &[u8]| tlv(0x30, &[&DATA, &tlv(0xa0, &[&tlv(0x04, &[octets])])]);
    let safe = data(&tlv(0x30, &[&bags.concat()]));
    tlv(0x30, &[&[0x02, 0x01, 0x03], &data(&tlv(0x30, &[&safe]))])
}
