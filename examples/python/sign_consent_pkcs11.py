"""Signs a consent text with a qualified certificate on a PKCS#11 token, as proof of approval.

sign_consent_pkcs11.py ADDRESS TEXT OUT.p7s; the PIN is the first line of standard input.
"""

import sys
from datetime import datetime, timezone
from pathlib import Path

import eimza


def main(address: str, text: Path, out: Path) -> None:
    now = datetime.now(timezone.utc)
    token = eimza.open_token(address)
    signer = token.certificates().qualified().for_signing().valid_at(now).one()
    print(f"{signer.certificate.subject} signs:")
    content = text.read_bytes()
    print(content.decode())

    options = eimza.SigningOptions(
        signing_time=now, commitment="approval", mime_type="text/plain; charset=utf-8"
    )
    pin = bytearray(sys.stdin.buffer.readline().removesuffix(b"\n"))  # a bytearray is wiped when it was taken
    out.write_bytes(eimza.sign(token, signer, pin, content, options))
    print(f"signed: {out}")


if __name__ == "__main__":
    if len(sys.argv) != 4:
        sys.exit("ADDRESS TEXT OUT.p7s")
    main(sys.argv[1], Path(sys.argv[2]), Path(sys.argv[3]))
