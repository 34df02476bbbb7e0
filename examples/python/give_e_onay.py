"""Gives an E-Onay on an embedded software token and an embedded service, from the verification code to the receipt.

give_e_onay.py FOLDER leaves text, signature and sealed receipt there; nothing has to be installed.
"""

import sys
from datetime import datetime, timedelta, timezone
from pathlib import Path

import eimza

PIN, PUK = "482913", "87654321"


def main(folder: Path) -> None:
    now = datetime.now(timezone.utc)
    until = now + timedelta(days=365)
    person = eimza.Person("10000000146", "TEST KİŞİ")
    issuer = eimza.TestIssuer(now, until)
    key = issuer.issue(person.name, person.reveal_national_id(), now, until)
    token = eimza.create_software_token(None, "example", [key], PIN, eimza.Puk(PUK))

    # The portal, where the person is logged in: it shows a verification code.
    seal = eimza.KeyMaterial.self_signed("service", now, until)
    e_onay = eimza.Offer.e_onay()
    trust, crl = eimza.Trust([issuer.certificate]), issuer.crl(now, until)
    portal = eimza.EmbeddedService("example", [e_onay], trust, seal, crls=[crl])
    started = portal.start_consent(person, e_onay.kind)
    assert isinstance(started, eimza.Issued)

    # The application: what is shown is what is signed.
    session = eimza.ConsentSession.open(portal, started.code)
    print(f"time left: {session.remaining.seconds} s")
    text = session.show(0)
    print(text.title, text.body, sep="\n\n")
    session.read(0)
    for number, declaration in enumerate(session.request.declarations):
        print(f"[x] {declaration.text}")
        session.tick(number)

    signer = token.certificates().qualified().for_signing().valid_at(session.now).one()
    session.check_signer(signer.certificate)  # before the PIN is asked
    try:
        session.sign(token, signer, "000000")
    except eimza.PinIncorrect as error:
        print(error.sentence("tr"))  # the session stays where it was
    signed = session.sign(token, signer, PIN)
    receipt = session.submit(signed)
    print(receipt.to_json())
    assert receipt.accepted_at is not None  # TOTAL-PASSED; without status data it would only be received
    print(f"given at {receipt.accepted_at:%Y-%m-%dT%H:%M:%SZ} by {signer.certificate.subject}")

    again = portal.start_consent(person, e_onay.kind)
    assert isinstance(again, eimza.AlreadyGiven)
    print(f"already given since {again.since:%Y-%m-%dT%H:%M:%SZ}")

    (folder / "text.txt").write_bytes(text.body.encode())
    (folder / "e-onay.p7s").write_bytes(signed.signatures[0])
    (folder / "receipt.p7s").write_bytes(receipt.sealed)


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit("FOLDER")
    main(Path(sys.argv[1]))
