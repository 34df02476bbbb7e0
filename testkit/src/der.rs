//! Writing DER from scratch: what the test kit makes shares no line with the library that reads it.

/// An element of these contents.
#[must_use]
pub fn tlv(tag: u8, contents: &[u8]) -> Vec<u8> {
    let length = contents.len();
    let octets: Vec<u8> = length.to_be_bytes().into_iter().skip_while(|octet| *octet == 0).collect();
    let mut element = vec![tag];
    if length < 0x80 {
        element.push(u8::try_from(length).expect("it is short"));
    } else {
        element.push(0x80 | u8::try_from(octets.len()).expect("it is at most eight"));
        element.extend_from_slice(&octets);
    }
    element.extend_from_slice(contents);
    element
}

/// SEQUENCE of these elements.
#[must_use]
pub fn sequence(elements: &[Vec<u8>]) -> Vec<u8> {
    tlv(0x30, &elements.concat())
}

/// `[number]`, constructed.
#[must_use]
pub fn context(number: u8, contents: &[u8]) -> Vec<u8> {
    tlv(0xa0 | number, contents)
}

/// `[number]`, primitive.
#[must_use]
pub fn context_primitive(number: u8, contents: &[u8]) -> Vec<u8> {
    tlv(0x80 | number, contents)
}

/// OBJECT IDENTIFIER from its dotted form.
#[must_use]
pub fn oid(dotted: &str) -> Vec<u8> {
    let arcs: Vec<u64> = dotted.split('.').map(|arc| arc.parse().expect("arcs are numbers")).collect();
    let first = [arcs[0] * 40 + arcs[1]];
    let octets = first.iter().chain(&arcs[2..]).flat_map(|arc| base128(*arc));
    tlv(0x06, &octets.collect::<Vec<u8>>())
}

/// INTEGER from contents octets, as they are.
#[must_use]
pub fn integer(octets: &[u8]) -> Vec<u8> {
    tlv(0x02, octets)
}

/// OCTET STRING.
#[must_use]
pub fn octets(contents: &[u8]) -> Vec<u8> {
    tlv(0x04, contents)
}

/// BIT STRING without unused bits.
#[must_use]
pub fn bits(contents: &[u8]) -> Vec<u8> {
    tlv(0x03, &[&[0], contents].concat())
}

/// GeneralizedTime: `20260615120000Z`.
#[must_use]
pub fn time(text: &str) -> Vec<u8> {
    tlv(0x18, text.as_bytes())
}

/// NULL.
#[must_use]
pub fn null() -> Vec<u8> {
    tlv(0x05, &[])
}

/// `Extension ::= SEQUENCE { extnID, critical, extnValue }`.
#[must_use]
pub fn extension(identifier: &str, critical: bool, value: &[u8]) -> Vec<u8> {
    let flag = if critical { tlv(0x01, &[0xff]) } else { Vec::new() };
    sequence(&[oid(identifier), flag, octets(value)])
}

/// The elements inside of an element, each with its header; lengths have at most four octets.
#[must_use]
pub fn children(element: &[u8]) -> Vec<Vec<u8>> {
    let mut rest = &element[header(element).0..];
    let mut found = Vec::new();
    while !rest.is_empty() {
        let (begin, length) = header(rest);
        found.push(rest[..begin + length].to_vec());
        rest = &rest[begin + length..];
    }
    found
}

/// The contents of an element.
#[must_use]
pub fn contents(element: &[u8]) -> &[u8] {
    &element[header(element).0..]
}

/// Tags and contents of simple elements that follow one another; `None` where they do not fill the octets exactly.
#[must_use]
pub fn short_elements(mut octets: &[u8]) -> Option<Vec<(u8, &[u8])>> {
    let mut found = Vec::new();
    while let [tag, length @ 0..0x80, rest @ ..] = octets {
        let (value, behind) = rest.split_at_checked(usize::from(*length))?;
        found.push((*tag, value));
        octets = behind;
    }
    octets.is_empty().then_some(found)
}

/// How many octets the header has, and the contents.
fn header(element: &[u8]) -> (usize, usize) {
    let first = usize::from(element[1]);
    if first < 0x80 {
        return (2, first);
    }
    let octets = &element[2..2 + first - 0x80];
    (2 + octets.len(), octets.iter().fold(0, |sum, octet| (sum << 8) | usize::from(*octet)))
}

fn base128(arc: u64) -> Vec<u8> {
    let mut groups = vec![u8::try_from(arc & 0x7f).expect("seven bits")];
    let mut rest = arc >> 7;
    while rest > 0 {
        groups.insert(0, 0x80 | u8::try_from(rest & 0x7f).expect("seven bits"));
        rest >>= 7;
    }
    groups
}
