"""The exceptions of eimza, by chapter. A class says what a caller may want to do something about."""

from typing import Any, Literal

from eimza._eimza import _service_unreachable


class EimzaError(Exception):
    """What went wrong: the base of every exception of this library.

    ``code`` and ``name`` are stable and the same in every language; the sentences are for people.
    ``__cause__`` is what the system or another library said, where there is such a thing.
    """

    code: int
    """The stable number: C status code, and the command's JSON."""
    name: str
    """The stable name, in lower case with hyphens."""
    message: str
    """What happened, in English, national ids masked."""
    remedy: str
    """What to do now, in English."""
    tries_left: int | None
    """Tries that are left after a refused PIN or PUK, where the token told; else None."""

    def __init__(
        self, code: int, name: str, english: tuple[str, str], turkish: tuple[str, str], tries_left: int | None = None
    ) -> None:
        super().__init__(code, name, english, turkish, tries_left)
        self.code, self.name, self.tries_left = code, name, tries_left
        self.message, self.remedy = english
        self._turkish = turkish

    def sentence(self, language: Literal["tr", "en"]) -> str:
        """What happened and what to do now, in Turkish or English."""
        happened, remedy = {"en": (self.message, self.remedy), "tr": self._turkish}[language]
        return f"{happened} {remedy}"

    def __str__(self) -> str:
        return f"{self.message} {self.remedy} [{self.code} {self.name}]"


# 1: input, output, encodings, arguments
class InputError(EimzaError):
    """Something that was given cannot be read, or cannot be written (1000 …)."""


class ArgumentInvalid(InputError, ValueError):
    """An argument that makes no sense."""


class AlgorithmUnsupported(InputError):
    """An algorithm that is not computed here. It is never a verdict that something is forged."""


class Cancelled(EimzaError):
    """The caller cancelled the operation before it took effect."""


class InternalError(EimzaError):
    """A fault of this library, caught before it could do harm."""


# 2: token
class TokenError(EimzaError):
    """Something is the matter with a token (2000 …)."""


class TokenAbsent(TokenError):
    """No usable token was found, or none with this address."""


class TokensSeveral(TokenError):
    """Several tokens are usable and none was named."""


class TokenRemoved(TokenError):
    """The token was taken out, or another one was put in its place."""


class ModuleError(TokenError):
    """A PKCS#11 module is missing, cannot be used, or failed (2100 …)."""


class TokenFileError(TokenError):
    """A software token's file, or the PKCS#12 file it shall come from, is not as it should be (2200 …)."""


# 3: secrets, and what an attempt came to
class SecretError(EimzaError):
    """What was entered cannot be the secret that is due; nothing was spent (3000 …)."""


class PinError(EimzaError):
    """What an attempt with a PIN came to, or what kept it from being made (3100 …)."""


class PinIncorrect(PinError):
    """The token refused the PIN; ``tries_left`` says how many tries remain, where the token tells."""


class PinBlocked(PinError):
    """The PIN can no longer be tried."""


class PinFinalTry(PinError):
    """Only one try is left (or nobody can tell), and the caller did not permit to spend it. Nothing was spent."""


class PinNeeded(PinError):
    """The token wants its PIN, and NotNeeded() was given. Nothing was sent."""


class PinNotSet(PinError):
    """The token has no PIN yet."""


class PinAnswerLost(PinError):
    """The token's answer to an attempt was lost: it may have counted."""


class PukError(EimzaError):
    """What an attempt with a PUK came to, or what kept it from being made (3110 …)."""


class PukIncorrect(PukError):
    """The token refused the PUK."""


class PukBlocked(PukError):
    """The PUK can no longer be tried: the token cannot be unblocked any more."""


class PukFinalTry(PukError):
    """The last PUK try, or one that nobody can count, was not permitted. Nothing was spent."""


class KeyPinError(EimzaError):
    """What an attempt with a key's own PIN came to, or what kept it from being made (3120 …)."""


class KeyPinNeeded(KeyPinError):
    """The key has a PIN of its own, which was not given (``key_pin``). Nothing was sent."""


class KeyRefusedPin(KeyPinError):
    """The token accepted the PIN, and the key refused it: it may have a PIN of its own (``key_pin``)."""


class KeyPinIncorrect(KeyPinError):
    """The key refused the PIN that was given for it."""


class KeyPinBlocked(KeyPinError):
    """The key's own PIN can no longer be tried."""


class KeyPinFinalTry(KeyPinError):
    """What may be the last try of the key's own PIN was not permitted. Nothing was spent."""


# 4: certificate
class CertificateError(EimzaError):
    """A certificate is damaged, absent or unfit (4000 …)."""


class CertificateNoneFits(CertificateError):
    """No certificate fits."""


class CertificatesSeveral(CertificateError):
    """Several certificates fit and none was chosen."""


class CertificateExpired(CertificateError):
    """The certificate has ended."""


class CertificateNotYetValid(CertificateError):
    """The certificate is not valid yet."""


class CertificateNotQualified(CertificateError):
    """The certificate is no qualified one (NES)."""


class CertificateOtherPerson(CertificateError):
    """The certificate belongs to another person."""


class CertificateIssuerUnknown(CertificateError):
    """The certificate was not issued by an issuer that is accepted here."""


# 5: signature
class SignatureError(EimzaError):
    """A signature file cannot be read, or a signature cannot be made (5000 …)."""


class ContentMissing(SignatureError):
    """The signed content is needed and was not given."""


class ContentDiffers(SignatureError):
    """The content is not the one that was signed, or to be signed."""


class SignatureValueInvalid(SignatureError):
    """The signature value does not fit what was to be signed."""


class StateError(SignatureError):
    """A saved signing state is damaged, altered, too old, or made for something else (5100 …)."""


# 7: consent
class ConsentError(EimzaError):
    """Something is the matter with a consent (7000 …)."""


class CodeError(ConsentError):
    """The verification code is not accepted (7100 …)."""


class ConsentOrder(ConsentError):
    """A step is missing before this one."""


class ConsentExpired(ConsentError):
    """The time for this consent has run out."""


class ConsentRejected(ConsentError):
    """What was handed in was not accepted: a consent, a revocation, or something of another session."""

    rejection: str | None = None
    """The stable name of the check that did not pass."""


class ConsentOutcomeUnknown(ConsentError):
    """The service's answer was lost: ask for the status."""


class ReceiptInvalid(ConsentError):
    """The receipt does not hold."""


# 9: services
class ServiceError(EimzaError):
    """A service cannot be reached, refused the request, or the way to it failed (9000 …)."""


class ServiceUnreachable(ServiceError):
    """The service cannot be reached, or its answer was lost.

    A ConsentService raises it: ``raise ServiceUnreachable from error``, with what the network said as its cause.
    """

    def __init__(self, *facts: Any) -> None:
        super().__init__(*(facts or _service_unreachable()))


def error_class(code: int) -> type[EimzaError]:
    """The class of exception that belongs to an error's number."""
    return _EXACT.get(code) or next(
        (chapter for first, chapter in _CHAPTERS if code >= first), EimzaError
    )


_EXACT: dict[int, type[EimzaError]] = {
    1006: AlgorithmUnsupported,
    1008: ArgumentInvalid,
    1010: Cancelled,
    1011: InternalError,
    2001: TokenAbsent,
    2002: TokensSeveral,
    2003: TokenAbsent,
    2004: TokenRemoved,
    3102: PinIncorrect,
    3103: PinBlocked,
    3104: PinFinalTry,
    3106: PinNotSet,
    3107: PinAnswerLost,
    3110: PinNeeded,
    3112: PukIncorrect,
    3113: PukBlocked,
    3114: PukFinalTry,
    3121: KeyPinNeeded,
    3122: KeyRefusedPin,
    3123: KeyPinIncorrect,
    3124: KeyPinBlocked,
    3125: KeyPinFinalTry,
    4002: CertificateNoneFits,
    4003: CertificatesSeveral,
    4004: CertificateExpired,
    4005: CertificateNotYetValid,
    4007: CertificateNotQualified,
    4008: CertificateOtherPerson,
    4009: CertificateIssuerUnknown,
    5004: ContentMissing,
    5005: ContentDiffers,
    5006: SignatureValueInvalid,
    7201: ConsentOrder,
    7202: ConsentExpired,
    7301: ConsentRejected,
    7302: ConsentOutcomeUnknown,
    7402: ReceiptInvalid,
    9001: ServiceUnreachable,
}

# From which number on, the highest first.
_CHAPTERS: tuple[tuple[int, type[EimzaError]], ...] = (
    (9000, ServiceError),
    (7200, ConsentError),
    (7100, CodeError),
    (7000, ConsentError),
    (5100, StateError),
    (5000, SignatureError),
    (4000, CertificateError),
    (3130, PinError),
    (3120, KeyPinError),
    (3110, PukError),
    (3100, PinError),
    (3000, SecretError),
    (2200, TokenFileError),
    (2105, TokenError),
    (2100, ModuleError),
    (2000, TokenError),
    (1000, InputError),
)

# What people and tracebacks read is the public name.
for _named in tuple(globals().values()):
    if isinstance(_named, type) and issubclass(_named, EimzaError):
        _named.__module__ = "eimza"
