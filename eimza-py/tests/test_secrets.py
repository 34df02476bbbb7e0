"""Five classes of secrets: none turns into another, none shows itself, each serves once."""

from typing import Any

import pytest

import eimza

CODE = "123456789012345"
CLASSES: list[tuple[Any, str]] = [
    (eimza.Pin, "123456"),
    (eimza.Puk, "87654321"),
    (eimza.VerificationCode, CODE),
    (eimza.ConfirmationCode, "482913"),
    (eimza.Password, "parola"),
]


@pytest.mark.parametrize(("class_", "secret"), CLASSES)
def test_every_form_is_taken_and_nothing_is_shown(class_: Any, secret: str) -> None:
    for entered in (secret, secret.encode(), bytearray(secret.encode())):
        made = class_(entered)
        assert repr(made) == str(made) == f"eimza.{class_.__name__}(…)"
        assert secret not in str(getattr(made, "__dict__", ""))


@pytest.mark.parametrize(("class_", "secret"), CLASSES)
def test_a_bytearray_is_wiped(class_: Any, secret: str) -> None:
    entered = bytearray(secret.encode())
    class_(entered)
    assert entered == bytearray(len(secret))


def test_a_bytearray_is_wiped_even_when_it_is_refused() -> None:
    entered = bytearray(CODE.encode())
    with pytest.raises(eimza.SecretError):
        eimza.Pin(entered)
    assert entered == bytearray(15)


@pytest.mark.parametrize(("class_", "secret"), CLASSES)
def test_none_is_made_of_another(class_: Any, secret: str) -> None:
    for other, others_secret in CLASSES:
        with pytest.raises(TypeError) as caught:
            class_(other(others_secret))
        assert others_secret not in str(caught.value)


@pytest.mark.parametrize("class_", [eimza.Pin, eimza.Puk])
def test_fifteen_digits_are_a_verification_code(class_: Any) -> None:
    with pytest.raises(eimza.SecretError) as caught:
        class_(CODE)
    assert caught.value.name == "secret-looks-like-verification-code"
    assert CODE not in str(caught.value)


def test_an_unusual_pin_is_one_on_demand() -> None:
    for unusual in (CODE, "1" * 65, "1" * 1024):
        eimza.Pin(unusual, unusual=True)
    with pytest.raises(TypeError):
        eimza.Puk(CODE, unusual=True)  # type: ignore[call-arg]


@pytest.mark.parametrize(
    ("class_", "entered", "name"),
    [
        (eimza.Pin, "", "secret-empty"),
        (eimza.Pin, "1" * 65, "secret-too-long"),
        (eimza.VerificationCode, "12345678901234", "verification-code-malformed"),
        (eimza.VerificationCode, "12345678901234x", "verification-code-malformed"),
        (eimza.ConfirmationCode, "123", "confirmation-code-malformed"),
        (eimza.Password, b"\xff", "secret-characters"),
    ],
)
def test_what_cannot_be_right_is_refused(class_: Any, entered: str | bytes, name: str) -> None:
    with pytest.raises(eimza.SecretError) as caught:
        class_(entered)
    assert caught.value.name == name


@pytest.mark.parametrize(("class_", "secret"), CLASSES)
def test_text_that_is_none_is_not_shown(class_: Any, secret: str) -> None:
    with pytest.raises(eimza.SecretError) as caught:
        class_(secret + "\udc80")
    assert (caught.value.code, caught.value.name) == (3003, "secret-characters")
    assert caught.value.__cause__ is None and caught.value.__context__ is None
    assert not hasattr(caught.value, "object")


def test_a_pin_that_is_no_text_costs_no_try() -> None:
    token = eimza.create_software_token(None, "TEST KARTI", [], "123456", eimza.Puk("87654321"), iterations=1000)
    for entered in ("123456\udc80", "123\u200b456", b"123456\xff"):
        with pytest.raises(eimza.SecretError) as caught:
            token.verify_pin(entered)
        assert caught.value.name == "secret-characters"
    assert token.pin_status().tries_left == 3


def test_a_verification_code_may_be_grouped() -> None:
    eimza.VerificationCode(" 12345 67890 12345\n")


def test_a_keypad_fills_a_pin() -> None:
    entry = eimza.PinEntry()
    for octet in b"12349":
        entry.push(octet)
    entry.backspace()
    assert len(entry) == 4
    assert isinstance(entry.finish(), eimza.Pin)
    assert len(entry) == 0
    with pytest.raises(eimza.SecretError):
        entry.finish()


def test_classes_are_final() -> None:
    for class_, _ in CLASSES:
        with pytest.raises(TypeError):
            type("Other", (class_,), {})
