"""The receiving side of an E-Onay: received without status data, judged again when it has come, kept for years.

receive_e_onay.py FOLDER leaves the signature as the service keeps it, and the sealed receipt. The person's side is the
same as in give_e_onay.py; here it is over in one function.
"""

import sys
from datetime import datetime, timedelta, timezone
from pathlib import Path

import eimza

PIN, PUK = "482913", "87654321"
E_ONAY = eimza.Offer.e_onay()


def main(folder: Path) -> None:
    now = datetime.now(timezone.utc)
    until = now + timedelta(days=365)
    issuer = eimza.TestIssuer(now, until)

    # Whom the service trusts. Of revocations it knows nothing yet.
    seal = eimza.KeyMaterial.self_signed("service", now, until)
    portal = eimza.EmbeddedService("example", [E_ONAY], eimza.Trust([issuer.certificate]), seal)
    key = issuer.issue("KİŞİ", "10000000146", now, until)
    received = hand_in(portal, eimza.create_software_token(None, "example", [key], PIN, eimza.Puk(PUK)))
    assert not received.accepted and received.verdict is not None
    print("received:", received.verdict["sub_indication"], received.verdict["missing"])

    # The issuer publishes; whatever waits is judged again, for instance by a timer.
    portal.add_status(crls=[issuer.crl(now, until)])
    for session in portal.received():
        answer = portal.judge_again(session)
        if answer.state != "accepted" or answer.receipt is None or answer.receipt.verdict is None:
            print(answer.state, answer.rejection)
            continue
        verdict = answer.receipt.verdict
        print("accepted:", verdict["indication"], "by CRL", *verdict["crls_sha256"])
        kept = portal.signatures(session)
        assert kept is not None
        (folder / "e-onay.p7s").write_bytes(kept[0])
        (folder / "receipt.p7s").write_bytes(answer.receipt.sealed)


def hand_in(portal: eimza.EmbeddedService, token: eimza.Token) -> eimza.Receipt:
    """The person's side, from the code to the answer of the service."""
    started = portal.start_consent(eimza.Person("10000000146", "TEST KİŞİ"), E_ONAY.kind)
    assert isinstance(started, eimza.Issued)
    session = eimza.ConsentSession.open(portal, started.code)
    session.show(0)
    session.read(0)
    session.tick(0)
    signer = token.certificates().qualified().for_signing().valid_at(session.now).one()
    return session.submit(session.sign(token, signer, PIN))


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit("FOLDER")
    main(Path(sys.argv[1]))
