"""A consent from the code to the receipt, its revocation, and what is refused on the way."""

import json
import threading
import time
from datetime import timedelta
from pathlib import Path

import pytest

import eimza
from conftest import NATIONAL_ID, NOW, certificate
from test_software_token import PIN, PUK, QUICK, key, make

E_ONAY = eimza.ConsentKind.e_onay()
PERSON = eimza.Person(NATIONAL_ID, "TEST KİŞİ")
YEAR = timedelta(days=365)


class World:
    """A portal, a person's token, and a clock that both go by."""

    def __init__(self, *, publishes: bool = True) -> None:
        self.clock = eimza.SettableClock(NOW)
        self.issuer = eimza.TestIssuer(NOW - YEAR, NOW + YEAR)
        self.trust = eimza.Trust([self.issuer.certificate])
        self.crl = self.issuer.crl(NOW - timedelta(hours=1), NOW + YEAR)
        seal = eimza.KeyMaterial.self_signed("service", NOW, NOW + YEAR)
        document = eimza.Document("Başvuru formu", "3", "00" * 32, "https://127.0.0.1/form.pdf")
        offer = eimza.Offer.e_onay([document])
        crls = [self.crl] if publishes else []
        self.portal = eimza.EmbeddedService("deneme", [offer], self.trust, seal, crls=crls, clock=self.clock)
        keys = [self.issuer.issue("KİŞİ", NATIONAL_ID, NOW - YEAR, NOW + YEAR)]
        self.token = eimza.create_software_token(None, "test", keys, PIN, eimza.Puk(PUK), iterations=QUICK)
        self.signer = self.token.certificates().qualified().one()

    def code(self) -> eimza.VerificationCode:
        started = self.portal.start_consent(PERSON, E_ONAY)
        assert isinstance(started, eimza.Issued)
        return started.code

    def opened(self) -> eimza.ConsentSession:
        return eimza.ConsentSession.open(self.portal, self.code(), clock=self.clock)

    def read(self, session: eimza.ConsentSession) -> eimza.ConsentSession:
        for text in range(session.text_count):
            session.show(text)
            self.clock.advance(timedelta(seconds=5))
            session.read(text)
        for declaration in range(len(session.request.declarations)):
            session.tick(declaration)
        return session

    def given(self) -> eimza.Receipt:
        session = self.read(self.opened())
        return session.submit(session.sign(self.token, self.signer, PIN))


def state(session: eimza.ConsentSession) -> str:
    """Asked anew: a type checker would take it for what it was before."""
    return session.state


@pytest.fixture
def world() -> World:
    return World()


def test_a_consent_is_given_and_stands(world: World) -> None:
    session = world.opened()
    assert (state(session), session.text_count, session.remaining) == ("opened", 1, timedelta(minutes=5))
    assert session.request.person == PERSON and session.request.purpose == "consent" and session.request.kind == E_ONAY
    assert [document.version for document in session.request.documents] == ["3"]
    text = session.show(0)
    assert state(session) == "shown" and text.title == "Elektronik Onay (E-Onay) Metni"
    world.read(session)
    assert (state(session), session.now, session.remaining) == ("read", NOW + timedelta(seconds=5), timedelta(seconds=295))
    session.check_signer(world.signer.certificate)
    signed = session.sign(world.token, world.signer, PIN)
    assert state(session) == "signed" and signed.signed_at == session.now
    [signature] = signed.signatures
    assert eimza.SignedData(signature).content == text.body.encode()
    assert eimza.verify(eimza.SignedData(signature)).all_passed

    receipt = session.submit(signed)
    assert state(session) == "accepted"
    assert receipt.record == signed.record and [one.title for one in session.texts] == [text.title]
    assert (receipt.way, receipt.accepted_at, receipt.signed_at) == ("signed", session.now, signed.signed_at)
    assert receipt.certificate_sha256 == world.signer.certificate.sha256
    assert (receipt.indication, receipt.revoked_since) == ("TOTAL-PASSED", None)
    assert NATIONAL_ID not in receipt.to_json() and "100******46" in receipt.to_json()
    assert eimza.Receipt.open(receipt.sealed, world.portal.seal_certificate) == receipt
    assert world.portal.receipt(PERSON, E_ONAY) == receipt
    again = world.portal.start_consent(PERSON, E_ONAY)
    assert isinstance(again, eimza.AlreadyGiven) and again.since == receipt.accepted_at


def test_a_receipt_of_another_or_altered_is_refused(world: World) -> None:
    receipt = world.given()
    with pytest.raises(eimza.ReceiptInvalid):
        eimza.Receipt.open(receipt.sealed, certificate("nes-ca"))
    altered = receipt.sealed.replace(b"signed", b"sighed", 1)
    with pytest.raises(eimza.EimzaError):
        eimza.Receipt.open(altered, world.portal.seal_certificate)


def test_every_step_has_its_place(world: World) -> None:
    session = world.opened()
    with pytest.raises(eimza.ConsentOrder):
        session.read(0)
    with pytest.raises(eimza.ConsentOrder):
        session.sign(world.token, world.signer, PIN)
    session.show(0)
    session.read(0)
    with pytest.raises(eimza.ConsentError) as unticked:
        session.sign(world.token, world.signer, PIN)
    assert unticked.value.name == "consent-declaration-missing"
    with pytest.raises(eimza.ArgumentInvalid):
        session.show(7)
    assert world.token.pin_status().tries_left == 3


def test_a_wrong_pin_leaves_the_session_at_read(world: World) -> None:
    session = world.read(world.opened())
    with pytest.raises(eimza.PinIncorrect) as caught:
        session.sign(world.token, world.signer, "000000")
    assert caught.value.tries_left == 2 and state(session) == "read"
    session.submit(session.sign(world.token, world.signer, PIN))


def test_the_countdown_goes_on_while_a_token_signs(world: World) -> None:
    keys = [key("nes-p256")]
    slow = eimza.create_software_token(None, "SLOW", keys, PIN, eimza.Puk(PUK), iterations=400_000)
    signer = slow.certificates().qualified().one()
    session = world.read(world.opened())
    worker = threading.Thread(target=session.sign, args=(slow, signer, PIN))
    worker.start()
    looks = 0
    while worker.is_alive():
        assert session.remaining <= timedelta(seconds=295)
        looks += 1
        time.sleep(0.001)
    assert looks > 20 and state(session) == "signed"


def test_another_persons_certificate_costs_no_try(world: World) -> None:
    other = make(None, "second-person-p256")
    signer = other.certificates().qualified().one()
    session = world.read(world.opened())
    with pytest.raises(eimza.CertificateOtherPerson):
        session.sign(other, signer, "000000")
    assert other.pin_status().tries_left == 3


def test_a_self_made_certificate_is_rejected(world: World) -> None:
    issuer = eimza.TestIssuer(NOW, NOW + YEAR)
    self_made = issuer.issue("KİŞİ", NATIONAL_ID, NOW, NOW + YEAR)
    token = eimza.create_software_token(None, "A", [self_made], PIN, eimza.Puk(PUK), iterations=QUICK)
    signer = token.certificates().qualified().one()
    session = world.read(world.opened())
    with pytest.raises(eimza.ConsentRejected) as caught:
        session.submit(session.sign(token, signer, PIN))
    assert "root" in caught.value.message and (state(session), session.rejection) == ("rejected", "issuer")


def test_codes_are_used_once_and_end(world: World) -> None:
    started = world.portal.start_consent(PERSON, E_ONAY)
    assert isinstance(started, eimza.Issued) and started.expires_at == NOW + timedelta(minutes=5)
    code = started.code
    assert len(started.reveal_code()) == 15
    eimza.ConsentSession.open(world.portal, code, clock=world.clock)
    with pytest.raises(eimza.ArgumentInvalid):
        eimza.ConsentSession.open(world.portal, code)
    with pytest.raises(eimza.CodeError) as used:
        eimza.ConsentSession.open(world.portal, started.code)
    assert used.value.name == "code-used"
    with pytest.raises(TypeError):
        eimza.ConsentSession.open(world.portal, started.reveal_code())  # type: ignore[arg-type]
    code = world.code()
    world.clock.advance(timedelta(minutes=6))
    with pytest.raises(eimza.CodeError) as ended:
        eimza.ConsentSession.open(world.portal, code)
    assert ended.value.name == "code-expired"


def test_the_time_runs_out(world: World) -> None:
    session = world.read(world.opened())
    world.clock.advance(timedelta(minutes=5))
    assert state(session) == "expired" and session.remaining == timedelta(0)
    with pytest.raises(eimza.ConsentExpired):
        session.sign(world.token, world.signer, PIN)


def test_a_signed_revocation(world: World) -> None:
    assert isinstance(world.portal.start_revocation(PERSON, E_ONAY), eimza.NothingToRevoke)
    world.given()
    started = world.portal.start_revocation(PERSON, E_ONAY)
    assert isinstance(started, eimza.Issued)
    session = eimza.ConsentSession.open_revocation(world.portal, started.code, clock=world.clock)
    assert session.request.purpose == "revocation"
    world.read(session)
    session.submit(session.sign(world.token, world.signer, PIN))
    assert world.portal.stands_since(PERSON, E_ONAY) is None


def test_a_declared_revocation(world: World) -> None:
    world.given()
    with pytest.raises(eimza.ConsentError) as caught:
        world.portal.declare_revocation(PERSON, E_ONAY, acknowledged=False)
    assert caught.value.name == "consequences-not-acknowledged"
    assert world.portal.declare_revocation(PERSON, E_ONAY, acknowledged=True).way == "declared"
    assert world.portal.stands_since(PERSON, E_ONAY) is None


def test_an_early_application_waits(world: World) -> None:
    nes = world.signer.certificate
    assert world.portal.apply_for_renewal(PERSON, nes).state == "needs-paper"
    world.given()
    [application] = world.portal.applications(PERSON)
    assert (application.state, application.held_until) == ("held", nes.renewable_from)


def test_the_receiving_side_checks(world: World) -> None:
    session = world.read(world.opened())
    request, text = eimza.Request.from_json(session.request.to_json(reveal=True)), session.show(0)
    assert request == session.request and json.loads(request.to_json(reveal=True))["person"]["national_id"] == NATIONAL_ID
    assert NATIONAL_ID not in request.to_json() and "100******46" in request.to_json()
    with pytest.raises(eimza.EimzaError):
        eimza.Request.from_json(request.to_json())
    signed = session.sign(world.token, world.signer, PIN)
    found = eimza.check_consent(
        request, [text], signed.record, signed.signatures, arrived_at=session.now, trust=world.trust, crls=[world.crl]
    )
    assert found.certificate == world.signer.certificate and found.signed_at == signed.signed_at and found.accepted
    assert found.record == signed.record and found.verdict["indication"] == "TOTAL-PASSED"
    submission = eimza.Submission(signed.record, signed.signatures)
    assert len(found.completed(submission)[0]) > len(signed.signatures[0])
    without = eimza.check_consent(
        request, [text], signed.record, signed.signatures, arrived_at=session.now, trust=world.trust
    )
    assert not without.accepted and without.verdict["missing"] == [{"check": "revocation", "reason": "status-missing"}]
    for record, signatures, arrived_at, trusted in [
        (signed.record + b" ", signed.signatures, session.now, world.trust),
        (signed.record, [], session.now, world.trust),
        (signed.record, signed.signatures, session.now + timedelta(minutes=10), world.trust),
        (signed.record, signed.signatures, session.now, eimza.Trust([certificate("other-ca")])),
    ]:
        with pytest.raises(eimza.ConsentRejected):
            eimza.check_consent(request, [text], record, signatures, arrived_at=arrived_at, trust=trusted)


def test_what_is_received_is_judged_again_when_status_data_has_come() -> None:
    world = World(publishes=False)
    session = world.read(world.opened())
    receipt = session.submit(session.sign(world.token, world.signer, PIN))
    assert state(session) == "received" and not receipt.accepted and receipt.accepted_at is None
    assert receipt.verdict is not None and receipt.verdict["sub_indication"] == "TRY_LATER"
    [waiting] = world.portal.received()
    started = world.portal.start_consent(PERSON, E_ONAY)
    assert isinstance(started, eimza.AlreadyReceived)
    assert (started.session, started.since) == (waiting, receipt.received_at)
    application = world.portal.apply_for_renewal(PERSON, world.signer.certificate)
    assert (application.state, application.awaits_since) == ("awaits-verdict", receipt.received_at)
    assert world.portal.judge_again(waiting).state == "received" and world.portal.signatures(waiting) is None
    world.portal.add_status(ocsps=[world.issuer.ocsp(world.signer.certificate, NOW, NOW + YEAR)])
    answer = world.portal.judge_again(waiting)
    assert answer.state == "accepted" and world.portal.received() == []
    assert session.settle() == answer.receipt and state(session) == "accepted"
    kept = world.portal.signatures(waiting)
    assert kept is not None
    later = eimza.validate(
        kept[0], at=NOW + 20 * YEAR, trust=[world.issuer.certificate], existed_since=receipt.received_at
    )
    assert later.passed


def test_what_is_revoked_meanwhile_is_refused() -> None:
    world = World(publishes=False)
    session = world.read(world.opened())
    session.submit(session.sign(world.token, world.signer, PIN))
    [waiting] = world.portal.received()
    world.clock.advance(timedelta(hours=1))
    world.issuer.revoke(world.signer.certificate, NOW + timedelta(minutes=30))
    world.portal.add_status(crls=[world.issuer.crl(NOW + timedelta(minutes=45), NOW + YEAR)])
    assert world.portal.judge_again(waiting).rejection == "revoked"
    with pytest.raises(eimza.ConsentRejected):
        session.settle()


def test_a_key_elsewhere_signs(world: World, tmp_path: Path) -> None:
    session = world.read(world.opened())
    prepared = session.prepare(world.signer.certificate)
    values = world.token.sign_batch(world.signer, prepared.requests, PIN)
    signed = session.complete(prepared, values)
    with pytest.raises(eimza.ArgumentInvalid):
        session.complete(prepared, values)
    session.submit(signed)


@pytest.mark.parametrize("body", ["", "gizli\u202emetin", "a\x00b", b"\xff\xfe"])
def test_texts_that_could_hide_something_are_refused(body: str | bytes) -> None:
    with pytest.raises(eimza.EimzaError):
        eimza.ConsentText("başlık", body)


def test_hidden_characters_can_be_shown() -> None:
    text = eimza.ConsentText("başlık", "a\u202eb", show_hidden_characters=True)
    assert text.hidden_characters == [(1, "\u202e")]


def test_persons_are_printed_masked() -> None:
    assert NATIONAL_ID not in repr(PERSON) + PERSON.national_id and PERSON.reveal_national_id() == NATIONAL_ID
    with pytest.raises(eimza.ArgumentInvalid):
        eimza.Person("123", "TEST KİŞİ")
