"""What an application writes itself: the way to a consent service."""

from typing import Literal, Protocol, runtime_checkable

from eimza._eimza import ConsentStatus, Redeemed, Submission, VerificationCode


@runtime_checkable
class ConsentService(Protocol):
    """The application's face of a service, for ConsentSession: an EmbeddedService, or an HTTP client of one's own.

    Where it cannot be known whether a call arrived, a method raises ServiceUnreachable: while something is handed in it
    becomes ConsentOutcomeUnknown, and settle() asks again. Whatever else a method raises comes out of the session's call
    as it was. What it returns is checked: texts that the request does not name are refused, and so is the receipt of
    another request. No lock is held while a method runs.
    """

    def redeem(self, code: VerificationCode, purpose: Literal["consent", "revocation"] | None, /) -> Redeemed:
        """Redeems a code: code.reveal() gives its digits, once. With a purpose, a code for something else is refused and
        stays usable. The code is wiped when the call ends."""

    def submit(self, session: str, submission: Submission, /) -> ConsentStatus:
        """Hands in what was signed. The same submission again gets the same answer."""

    def status(self, session: str, /) -> ConsentStatus:
        """How it stands with a session."""


ConsentService.__module__ = "eimza"
