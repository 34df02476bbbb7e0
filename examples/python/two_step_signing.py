"""Signs in three steps that may run in different processes, on different machines, in different languages.

two_step_signing.py prepare CERT.der CONTENT STATE KEY says what is to be signed,
two_step_signing.py sign TOKEN STATE KEY VALUE has a token sign it (PIN: first line of standard input),
two_step_signing.py complete STATE KEY CERT.der CONTENT VALUE OUT.p7s verifies the value and writes the signature.

KEY holds 32 random octets that only these steps know: nobody else can read or change a state between them.
"""

import sys
from datetime import datetime, timedelta, timezone
from pathlib import Path

import eimza

# What the state is for: a state of another purpose is refused.
PURPOSE = "two-step-signing"


def prepare(certificate: str, content: str, state: str, key: str) -> None:
    signer = eimza.Certificate(Path(certificate).read_bytes())
    prepared = eimza.prepare(Path(content), signer)
    expiry = datetime.now(timezone.utc) + timedelta(minutes=10)
    Path(state).write_bytes(prepared.state(PURPOSE, expiry).sealed(read_key(key)))


def sign(address: str, state: str, key: str, value: str) -> None:
    request = eimza.State.unseal(Path(state).read_bytes(), read_key(key)).request
    token = eimza.open_token(address)
    signer = token.certificates().for_signing().one()
    pin = bytearray(sys.stdin.buffer.readline().removesuffix(b"\n"))
    Path(value).write_bytes(token.sign(signer, request, pin))


def complete(state: str, key: str, certificate: str, content: str, value: str, out: str) -> None:
    saved = eimza.State.unseal(Path(state).read_bytes(), read_key(key))
    signer = eimza.Certificate(Path(certificate).read_bytes())
    # Everything is given again and compared: an altered or swapped state cannot become a signature over something else.
    signature = saved.complete(Path(content), signer, PURPOSE, Path(value).read_bytes())
    Path(out).write_bytes(signature)


def read_key(key: str) -> eimza.StateKey:
    return eimza.StateKey(Path(key).read_bytes())


if __name__ == "__main__":
    match sys.argv[1:]:
        case ["prepare", certificate, content, state, key]:
            prepare(certificate, content, state, key)
        case ["sign", address, state, key, value]:
            sign(address, state, key, value)
        case ["complete", state, key, certificate, content, value, out]:
            complete(state, key, certificate, content, value, out)
        case _:
            sys.exit(__doc__)
