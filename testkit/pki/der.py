"""A very small DER writer: enough to write a certificate byte by byte, odd ones included."""


def tlv(tag, *parts):
    body = b"".join(parts)
    if len(body) < 128:
        return bytes([tag, len(body)]) + body
    length = len(body).to_bytes((len(body).bit_length() + 7) // 8, "big")
    return bytes([tag, 0x80 | len(length)]) + length + body


def sequence(*parts):
    return tlv(0x30, *parts)


def set_of(*parts):
    return tlv(0x31, *sorted(parts))


def integer(value):
    return tlv(0x02, value.to_bytes(value.bit_length() // 8 + 1, "big", signed=True))


def boolean(value):
    return tlv(0x01, b"\xff" if value else b"\x00")


def oid(dotted):
    first, second, *rest = (int(arc) for arc in dotted.split("."))
    out = bytearray()
    for arc in (first * 40 + second, *rest):
        groups = [arc & 0x7F]
        while arc := arc >> 7:
            groups.append(0x80 | arc & 0x7F)
        out += bytes(reversed(groups))
    return tlv(0x06, bytes(out))


def octets(value):
    return tlv(0x04, value)


def bits(value, unused=0):
    return tlv(0x03, bytes([unused]), value)


def utf8(text):
    return tlv(0x0C, text.encode())


def printable(text):
    return tlv(0x13, text.encode("ascii"))


def ia5(text):
    return tlv(0x16, text.encode("ascii"))


def bmp(text):
    return tlv(0x1E, text.encode("utf-16-be"))


def explicit(number, *parts):
    return tlv(0xA0 | number, *parts)


def implicit(number, value):
    """A primitive context tag, as GeneralName's uniformResourceIdentifier [6] or keyIdentifier [0]."""
    return tlv(0x80 | number, value)


def time(moment, generalized=False):
    """RFC 5280 4.1.2.5: UTCTime up to 2049, GeneralizedTime after; `generalized` breaks that rule."""
    if generalized or moment.year >= 2050:
        return tlv(0x18, moment.strftime("%Y%m%d%H%M%SZ").encode())
    return tlv(0x17, moment.strftime("%y%m%d%H%M%SZ").encode())


def children(encoded):
    """The elements inside one constructed element, each with its own head."""
    body, _ = content(encoded)
    out = []
    while body:
        _, size = content(body)
        out.append(body[:size])
        body = body[size:]
    return out


def content(encoded):
    """(content, whole size) of the first element."""
    length, head = encoded[1], 2
    if length & 0x80:
        head += length & 0x7F
        length = int.from_bytes(encoded[2:head], "big")
    return encoded[head : head + length], head + length
