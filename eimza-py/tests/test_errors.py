"""Every number of an error has its class of exception, and every exception speaks both languages."""

import pickle

import pytest

import eimza
from conftest import NOW, certificate

CHAPTERS: dict[int, tuple[type[eimza.EimzaError], ...]] = {
    1: (eimza.InputError, eimza.Cancelled, eimza.InternalError),
    2: (eimza.TokenError,),
    3: (eimza.SecretError, eimza.PinError, eimza.PukError, eimza.KeyPinError),
    4: (eimza.CertificateError,),
    5: (eimza.SignatureError,),
    7: (eimza.ConsentError,),
    9: (eimza.ServiceError,),
}


def class_name(name: str) -> str:
    return "".join(word.capitalize() for word in name.split("-"))


def test_every_number_has_a_class_of_its_chapter() -> None:
    assert len(eimza.codes()) > 80
    for code, name in eimza.codes():
        assert issubclass(eimza.error_class(code), CHAPTERS[code // 1000]), name


def test_a_class_named_like_an_error_belongs_to_it() -> None:
    matched = 0
    for code, name in eimza.codes():
        named = getattr(eimza, class_name(name), None)
        if named is not None:
            matched += 1
            assert eimza.error_class(code) is named, name
    assert matched >= 25


def test_pins_and_puks_are_told_apart() -> None:
    by_name = {name: eimza.error_class(code) for code, name in eimza.codes()}
    assert not issubclass(by_name["puk-incorrect"], eimza.PinError)
    assert not issubclass(by_name["pin-incorrect"], eimza.PukError)
    assert by_name["verification-code-malformed"] is eimza.SecretError


def test_an_exception_carries_all_of_it_in_both_languages() -> None:
    with pytest.raises(eimza.CertificateExpired) as caught:
        certificate("nes-expired").check_validity(NOW)
    error = caught.value
    assert (error.code, error.name, error.tries_left) == (4004, "certificate-expired", None)
    assert (error.code, error.name) in eimza.codes()
    assert error.sentence("en") == f"{error.message} {error.remedy}"
    assert "Sertifika" in error.sentence("tr") and error.sentence("tr") != error.sentence("en")
    assert str(error).endswith("[4004 certificate-expired]")
    with pytest.raises(KeyError):
        error.sentence("de")  # type: ignore[arg-type]


def test_exceptions_can_be_sent_to_another_process() -> None:
    with pytest.raises(eimza.InputError) as caught:
        eimza.Certificate(b"")
    again = pickle.loads(pickle.dumps(caught.value))
    assert type(again) is type(caught.value)
    assert again.sentence("tr") == caught.value.sentence("tr")


def test_the_cause_is_kept() -> None:
    with pytest.raises(eimza.ModuleError) as caught:
        eimza.open_token(f"pkcs11:?module-path={__file__}")
    assert caught.value.name == "module-unusable"
    assert caught.value.__cause__ is not None and str(caught.value.__cause__)
