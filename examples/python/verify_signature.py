"""Verifies a CAdES signature as mathematics: digest, value, binding to the certificate. It says nothing about trust.

verify_signature.py SIGNATURE [CONTENT]; CONTENT is needed for a detached signature.
"""

import sys
from pathlib import Path

import eimza


def main(arguments: list[str]) -> None:
    signed_data = eimza.SignedData(Path(arguments[0]).read_bytes())  # PEM and base64 are taken too
    # Content of any size: it is read as a stream, once for all signers.
    content = Path(arguments[1]) if len(arguments) > 1 else None
    found = eimza.verify(signed_data, content)
    for signer in found.signers:
        if signer.certificate is not None:
            print(signer.certificate.subject)
        for check in signer.checks:
            print(f"  {check.name}: {check.status} {check.reason or ''}")
    print("holds" if found.all_passed else "does not hold")


if __name__ == "__main__":
    if len(sys.argv) < 2:
        sys.exit("SIGNATURE [CONTENT]")
    main(sys.argv[1:])
