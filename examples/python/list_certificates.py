"""Lists the certificates of a token: whose they are, until when, and whether they are qualified. Asks for no PIN.

    python list_certificates.py 'pkcs11:token=NES1?module-path=/usr/lib/softhsm/libsofthsm2.so'
"""

import sys

import eimza


def main(address: str | None) -> None:
    token = eimza.open_token(address) if address else eimza.only_token()
    print(token.info().label)
    for found in token.certificates():
        certificate = found.certificate
        qualified = "qualified" if certificate.qualified else "not qualified"
        print(f"{certificate.subject}  {certificate.key}  {certificate.not_after:%Y-%m-%d}  {qualified}")


try:
    main(sys.argv[1] if len(sys.argv) > 1 else None)
except eimza.EimzaError as error:
    sys.exit(str(error))
