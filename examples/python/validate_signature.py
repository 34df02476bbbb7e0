"""Validates a CAdES signature: the whole verdict, field by field, and that of the signer's certificate alone.

validate_signature.py SECONDS SIGNATURE ROOT AUTHORITY CRL...; SECONDS since 1970 (UTC) is the time of the judgement.
"""

import sys
from datetime import datetime, timezone
from pathlib import Path

import eimza


def main(arguments: list[str]) -> None:
    now = datetime.fromtimestamp(int(arguments[0]), timezone.utc)
    signature, root, authority, *crls = (Path(name).read_bytes() for name in arguments[1:])
    # Nobody is trusted who is not named; what lies between signer and root, and the CRLs, need no trust.
    anchors, between = [eimza.Certificate(root)], [eimza.Certificate(authority)]

    report = eimza.validate(signature, at=now, trust=anchors, certificates=between, crls=crls)
    for found in report.signatures:
        print(f"indication: {found.indication}\nwhy: {found.sub_indication or '-'}")
        print(f"level: {found.level}\nstructure: {found.structure}\nprofile: {found.profile or '-'}")
        print(f"signed: {found.signing_time}, proven: {found.best_signature_time}")
        print(f"preliminary until: {found.preliminary_until}")
        for check in found.checks:
            if check.status != "passed":
                print(f"did not pass: {check.name}\nbecause: {check.reason or '-'}")
        if found.certificate is not None:
            path = eimza.validate_certificate(
                found.certificate, at=now, trust=anchors, certificates=between, crls=crls
            )
            print(f"certificate: {path.to_json()}")
    print("passed" if report.passed else "not passed")


if __name__ == "__main__":
    if len(sys.argv) < 6:
        sys.exit("SECONDS SIGNATURE ROOT AUTHORITY CRL...")
    main(sys.argv[1:])
