"""Lists the certificates of a token, or of every token of this machine, without a PIN.

list_certificates.py [ADDRESS], for example list_certificates.py "pkcs11:token=NES1?module-path=/usr/lib/libakisp11.so"
"""

import sys
from datetime import datetime, timezone

import eimza


def main(arguments: list[str]) -> None:
    now = datetime.now(timezone.utc)
    tokens = [eimza.open_token(arguments[0])] if arguments else eimza.usable_tokens()
    for token in tokens:
        print(token.info().label)
        for found in token.certificates():
            certificate = found.certificate
            # National ids are masked wherever a name is printed.
            print(f"  {certificate.subject}")
            until = certificate.not_after and f"{certificate.not_after:%Y-%m-%dT%H:%M:%SZ}"
            print(f"    {certificate.kind} until {until}")
            print(f"    {certificate.sha256}")
            try:
                certificate.check_qualified()
                certificate.check_for_signing(now)
                print("    can give an E-Onay")
            except eimza.CertificateError as error:
                print(f"    cannot give an E-Onay: {error.name}")


if __name__ == "__main__":
    main(sys.argv[1:])
