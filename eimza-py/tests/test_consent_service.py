"""Services that are written in Python: an application's own way to a consent service behind a network."""

import gc
import json
import pickle
import weakref
from collections.abc import Callable
from datetime import timedelta
from typing import Any, Literal

import pytest

import eimza
from conftest import NATIONAL_ID, NOW, certificate
from test_consent import E_ONAY, PERSON, YEAR, World, state
from test_software_token import PIN, PUK, QUICK


class Proxy:
    """Carries everything as a network would, as JSON text, to an EmbeddedService at the far end."""

    def __init__(self, far_end: eimza.EmbeddedService) -> None:
        self.far_end = far_end
        self.seal_certificate = far_end.seal_certificate
        self.calls: list[str] = []
        self.failure: Callable[[], BaseException] | None = None
        self.watch: Callable[[], object] = lambda: None
        self.code: eimza.VerificationCode | None = None

    def redeem(self, code: eimza.VerificationCode, purpose: Literal["consent", "revocation"] | None, /) -> eimza.Redeemed:
        self.code = code
        return eimza.Redeemed.from_wire(self.carry("redeem", code=code.reveal(), purpose=purpose))

    def submit(self, session: str, submission: eimza.Submission, /) -> eimza.ConsentStatus:
        return self.read(self.carry("submit", session=session, submission=submission.to_wire()))

    def status(self, session: str, /) -> eimza.ConsentStatus:
        return self.read(self.carry("status", session=session))

    def read(self, answer: str) -> eimza.ConsentStatus:
        return eimza.ConsentStatus.from_wire(answer, self.seal_certificate)

    def carry(self, method: str, **arguments: Any) -> str:
        """There and back. A failure comes after the far end has done its part: the answer is lost, not the question."""
        self.calls.append(method)
        self.watch()
        answer: str = getattr(self, f"serve_{method}")(**json.loads(json.dumps(arguments)))
        if self.failure:
            raise self.failure()
        return answer

    def serve_redeem(self, code: str, purpose: Literal["consent", "revocation"] | None) -> str:
        return self.far_end.redeem(eimza.VerificationCode(code), purpose).to_wire()

    def serve_submit(self, session: str, submission: str) -> str:
        return self.far_end.submit(session, eimza.Submission.from_wire(submission)).to_wire()

    def serve_status(self, session: str) -> str:
        return self.far_end.status(session).to_wire()


@pytest.fixture
def world() -> World:
    return World()


@pytest.fixture
def proxy(world: World) -> Proxy:
    return Proxy(world.portal)


def opened(world: World, service: eimza.ConsentService) -> eimza.ConsentSession:
    return eimza.ConsentSession.open(service, world.code(), clock=world.clock)


def signed(world: World, service: eimza.ConsentService) -> tuple[eimza.ConsentSession, eimza.SignedConsent]:
    session = world.read(opened(world, service))
    return session, session.sign(world.token, world.signer, PIN)


def test_a_consent_and_its_revocation_go_over_a_service_in_python(world: World, proxy: Proxy) -> None:
    session, consent = signed(world, proxy)
    assert session.request.person == PERSON and session.remaining == timedelta(seconds=295)
    receipt = session.submit(consent)
    assert (state(session), receipt) == ("accepted", world.portal.receipt(PERSON, E_ONAY))
    assert proxy.calls == ["redeem", "submit"]
    assert session.settle() == receipt and proxy.calls[2:] == ["status"]

    started = world.portal.start_revocation(PERSON, E_ONAY)
    assert isinstance(started, eimza.Issued)
    revocation = eimza.ConsentSession.open_revocation(proxy, started.code, clock=world.clock)
    world.read(revocation)
    revocation.submit(revocation.sign(world.token, world.signer, PIN))
    assert world.portal.stands_since(PERSON, E_ONAY) is None
    revoked = proxy.status(session.request.session)
    assert revoked.state == "revoked" and revoked.receipt is not None and revoked.receipt.revoked_since


def test_a_lost_answer_is_settled(world: World, proxy: Proxy) -> None:
    session, consent = signed(world, proxy)

    def lost() -> BaseException:
        failure = eimza.ServiceUnreachable()
        failure.__cause__ = TimeoutError("30 s")
        return failure

    proxy.failure = lost
    for ask in (lambda: session.submit(consent), session.settle):
        with pytest.raises(eimza.ConsentOutcomeUnknown) as unknown:
            ask()
        cause = unknown.value.__cause__
        assert isinstance(cause, eimza.ServiceUnreachable) and isinstance(cause.__cause__, TimeoutError)
        assert state(session) == "outcome-unknown"
    proxy.failure = None
    receipt = session.settle()
    assert receipt is not None and state(session) == "accepted"
    assert receipt == world.portal.receipt(PERSON, E_ONAY)


def test_what_never_arrived_is_handed_in_again(world: World, proxy: Proxy) -> None:
    session, consent = signed(world, proxy)

    def cut() -> None:
        raise eimza.ServiceUnreachable

    proxy.watch = cut
    with pytest.raises(eimza.ConsentOutcomeUnknown):
        session.submit(consent)
    proxy.watch = lambda: None
    assert session.settle() is None and state(session) == "outcome-unknown"
    assert session.submit(consent) == world.portal.receipt(PERSON, E_ONAY)


def test_an_unreachable_service_opens_nothing(world: World, proxy: Proxy) -> None:
    raised = eimza.ServiceUnreachable()
    proxy.failure = lambda: raised
    with pytest.raises(eimza.ServiceError) as caught:
        opened(world, proxy)
    assert caught.value is raised and (raised.code, raised.name) == (9001, "service-unreachable")
    assert (raised.code, raised.name) in eimza.codes() and "Hizmet" in raised.sentence("tr")
    assert str(pickle.loads(pickle.dumps(raised))) == str(raised)


@pytest.mark.parametrize("failure", [LookupError("no such field"), KeyboardInterrupt(), SystemExit(3)])
def test_its_own_exceptions_pass_through(world: World, proxy: Proxy, failure: BaseException) -> None:
    failure.__cause__ = ValueError("the reason")

    def passes_through(call: Callable[[], object]) -> None:
        proxy.failure = lambda: failure
        with pytest.raises(type(failure)) as caught:
            call()
        assert caught.value is failure and isinstance(failure.__cause__, ValueError)
        assert "carry" in [frame.name for frame in caught.traceback]
        proxy.failure = None

    passes_through(lambda: opened(world, proxy))
    session, consent = signed(world, proxy)
    passes_through(lambda: session.submit(consent))
    assert state(session) == "outcome-unknown"
    passes_through(session.settle)
    assert state(session) == "outcome-unknown"
    assert session.submit(consent) == world.portal.receipt(PERSON, E_ONAY)


def test_exceptions_of_the_far_end_pass_through(world: World, proxy: Proxy) -> None:
    started = world.portal.start_consent(PERSON, E_ONAY)
    assert isinstance(started, eimza.Issued)
    with pytest.raises(eimza.CodeError) as other:
        eimza.ConsentSession.open_revocation(proxy, started.code)
    assert other.value.name == "code-other-purpose"
    eimza.ConsentSession.open_any(proxy, started.code, clock=world.clock)
    with pytest.raises(eimza.CodeError) as used:
        eimza.ConsentSession.open_any(proxy, started.code)
    assert used.value.name == "code-used"


def test_the_session_can_be_looked_at_while_the_service_is_at_work(world: World, proxy: Proxy) -> None:
    session, consent = signed(world, proxy)
    seen: list[str] = []
    proxy.watch = lambda: seen.append(session.state)
    session.submit(consent)
    session.settle()
    assert seen == ["submitted", "accepted"]


def test_a_rejection_comes_with_its_reason(world: World, proxy: Proxy) -> None:
    self_made = eimza.TestIssuer(NOW, NOW + YEAR).issue("KİŞİ", NATIONAL_ID, NOW, NOW + YEAR)
    token = eimza.create_software_token(None, "A", [self_made], PIN, eimza.Puk(PUK), iterations=QUICK)
    session = world.read(opened(world, proxy))
    with pytest.raises(eimza.ConsentRejected) as refused:
        session.submit(session.sign(token, token.certificates().qualified().one(), PIN))
    assert (state(session), session.rejection, refused.value.rejection) == ("rejected", "issuer", "issuer")
    assert pickle.loads(pickle.dumps(refused.value)).rejection == "issuer"
    assert eimza.ConsentStatus.rejected("signing-time").rejection == "signing-time"
    with pytest.raises(eimza.ArgumentInvalid):
        eimza.ConsentStatus.rejected("no-reason")


def test_a_service_cannot_slip_in_another_text_or_receipt(world: World, proxy: Proxy) -> None:
    class Liar(Proxy):
        def redeem(
            self, code: eimza.VerificationCode, purpose: Literal["consent", "revocation"] | None, /
        ) -> eimza.Redeemed:
            redeemed = super().redeem(code, purpose)
            return eimza.Redeemed(redeemed.request, [eimza.ConsentText(redeemed.texts[0].title, "Her şeyi.")])

    with pytest.raises(eimza.ConsentError) as slipped:
        opened(world, Liar(world.portal))
    assert slipped.value.name == "record-malformed"

    session, consent = signed(world, proxy)
    proxy.read = lambda answer: eimza.ConsentStatus.of_receipt(other)  # type: ignore[method-assign]
    other = World().given()
    with pytest.raises(eimza.ReceiptInvalid):
        session.submit(consent)
    assert state(session) == "outcome-unknown"


def test_what_is_no_service_is_refused(world: World, proxy: Proxy) -> None:
    for service in (proxy, world.portal):
        assert isinstance(service, eimza.ConsentService)
    assert not isinstance(object(), eimza.ConsentService)
    with pytest.raises(TypeError, match="redeem"):
        opened(world, object())  # type: ignore[arg-type]
    session, consent = signed(world, proxy)
    proxy.read = lambda answer: answer  # type: ignore[assignment, method-assign, return-value]
    with pytest.raises(TypeError, match="ConsentStatus"):
        session.submit(consent)


def test_the_code_is_gone_after_the_call(world: World, proxy: Proxy) -> None:
    class Keeper(Proxy):
        def redeem(
            self, code: eimza.VerificationCode, purpose: Literal["consent", "revocation"] | None, /
        ) -> eimza.Redeemed:
            self.code = code
            raise eimza.ServiceUnreachable

    keeper = Keeper(world.portal)
    with pytest.raises(eimza.ServiceUnreachable):
        opened(world, keeper)
    assert keeper.code is not None
    with pytest.raises(eimza.ArgumentInvalid):
        keeper.code.reveal()


class OwnService:
    """A receiving side of one's own: it checks what arrives and issues the receipt, for consent and revocation alike."""

    def __init__(self, world: World) -> None:
        self.portal, self.clock = world.portal, world.clock
        key = eimza.KeyMaterial.self_signed("SERVICE", NOW - YEAR, NOW + YEAR)
        self.seal = eimza.ReceiptSigner(key)
        self.trust, self.crls = world.trust, [world.crl]
        self.asked: dict[str, eimza.Redeemed] = {}
        self.answers: dict[str, eimza.ConsentStatus] = {}

    def redeem(self, code: eimza.VerificationCode, purpose: Literal["consent", "revocation"] | None, /) -> eimza.Redeemed:
        redeemed = self.portal.redeem(code, purpose)
        self.asked[redeemed.request.session] = redeemed
        return redeemed

    def submit(self, session: str, submission: eimza.Submission, /) -> eimza.ConsentStatus:
        asked = self.asked[session]
        try:
            found = eimza.check_consent(
                asked.request,
                asked.texts,
                submission.record,
                submission.signatures,
                arrived_at=self.clock.now,
                trust=self.trust,
                crls=self.crls,
            )
        except eimza.ConsentRejected as refused:
            assert refused.rejection
            return eimza.ConsentStatus.rejected(refused.rejection)
        self.answers[session] = eimza.ConsentStatus.of_receipt(eimza.Receipt.issue(found, self.seal, self.clock.now))
        return self.answers[session]

    def status(self, session: str, /) -> eimza.ConsentStatus:
        return self.answers.get(session, eimza.ConsentStatus.open())


def test_a_receiving_side_of_one_s_own(world: World) -> None:
    service = OwnService(world)
    session, consent = signed(world, service)
    receipt = session.submit(consent)
    assert eimza.Receipt.open(receipt.sealed, service.seal.certificate) == receipt
    assert receipt.way == "signed" and receipt.certificate_sha256 == world.signer.certificate.sha256
    with pytest.raises(eimza.ReceiptInvalid):
        eimza.Receipt.open(receipt.sealed, world.portal.seal_certificate)
    # A revocation of another consent does not revoke this one.
    world.given()
    revocation = world.portal.declare_revocation(PERSON, E_ONAY, acknowledged=True)
    with pytest.raises(eimza.ReceiptInvalid):
        receipt.revoked_by(revocation, service.seal)

    service.crls = []
    session, consent = signed(world, service)
    assert not session.submit(consent).accepted and state(session) == "received"

    service.trust = eimza.Trust([])
    session, consent = signed(world, service)
    with pytest.raises(eimza.ConsentRejected) as refused:
        session.submit(consent)
    assert refused.value.rejection == "issuer"


def test_a_service_that_keeps_its_session_is_freed(world: World, proxy: Proxy) -> None:
    class Client(Proxy):
        session: eimza.ConsentSession | None = None

    client = Client(world.portal)
    client.session = opened(world, client)
    gone = weakref.ref(client)
    del client
    gc.collect()
    assert gone() is None


def test_nothing_prints_the_person(world: World, proxy: Proxy) -> None:
    session, consent = signed(world, proxy)
    submission = eimza.Submission(consent.record, consent.signatures)
    assert submission == eimza.Submission(submission.record, submission.signatures) and len(submission.sha256) == 64
    redeemed = eimza.Redeemed(session.request, [])
    status = eimza.ConsentStatus.of_receipt(session.submit(consent))
    assert NATIONAL_ID not in repr(submission) + repr(redeemed) + repr(status)


def test_wrong_codes_count_for_who_gives_them(world: World) -> None:
    for _ in range(10):
        with pytest.raises(eimza.CodeError):
            world.portal.redeem(eimza.VerificationCode("000000000000000"), caller="198.51.100.7")
    with pytest.raises(eimza.CodeError) as stopped:
        world.portal.redeem(world.code(), caller="198.51.100.7")
    assert stopped.value.code == 7105
    assert world.portal.redeem(world.code(), caller="198.51.100.8").texts
