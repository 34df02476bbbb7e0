"""Tokens behind PKCS#11: SoftHSM holds the keys, pkcs11-tool and OpenSSL have the last word."""

import threading
import time
from pathlib import Path

import pytest

import eimza
import softhsm
from conftest import NATIONAL_ID, NOW, certificate, openssl_accepts
from softhsm import PIN, SO_PIN

KEYS = ["nes-rsa2048", "nes-p256", "nes-p384"]


@pytest.fixture(scope="module")
def addresses(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """One token for each key and one for each test that changes PINs, made before the module is loaded."""
    folder = tmp_path_factory.mktemp("softhsm")
    softhsm.store(folder)
    made = {key: softhsm.make(key, key, folder) for key in KEYS}
    return made | {label: softhsm.make(label, "nes-p256", folder) for label in ("CHANGE", "UNBLOCK", "WRONG")}


def signer_of(token: eimza.Token) -> eimza.TokenCertificate:
    return token.certificates().qualified().for_signing().valid_at(NOW).one()


@pytest.mark.parametrize("key", KEYS)
def test_a_token_signs(addresses: dict[str, str], key: str, tmp_path: Path) -> None:
    token = eimza.open_token(addresses[key])
    signer = signer_of(token)
    assert signer.certificate == certificate(key) and signer.label == "SIGN0"
    content = "E-Onay veriyorum.\n".encode()
    for pin in (PIN, PIN.encode(), bytearray(PIN.encode()), eimza.Pin(PIN)):
        options = eimza.SigningOptions(signing_time=NOW, detached=True)
        openssl_accepts(eimza.sign(token, signer, pin, content, options), content, tmp_path)
    assert token.pin_status().status == "ok"


def test_a_token_tells_of_itself(addresses: dict[str, str]) -> None:
    token = eimza.open_token(addresses["nes-p256"])
    info = token.info()
    assert (info.label, info.kind, info.may_be_qualified_device, info.has_keypad) == ("nes-p256", "pkcs11", False, False)
    for address in (info.address, info.address_without_national_id):
        assert eimza.open_token(address).info().serial == info.serial
    assert NATIONAL_ID not in repr(token) + repr(info) + repr(signer_of(token))
    # Only our own module is loaded: the machine's other tokens are nobody's to touch.
    [module] = [module for module in eimza.modules() if module.path == softhsm.MODULE]
    assert "SoftHSM" in module.probe()


def test_certificates_may_be_looked_for_with_the_pin(addresses: dict[str, str]) -> None:
    token = eimza.open_token(addresses["nes-p256"])
    with pytest.raises(eimza.PinIncorrect):
        token.certificates_with_pin("000000")
    assert token.certificates_with_pin(PIN).one().certificate == signer_of(token).certificate


def test_one_entry_of_the_pin_serves_to_list_and_to_sign(addresses: dict[str, str], tmp_path: Path) -> None:
    token = eimza.open_token(addresses["nes-p256"])
    found, pin = token.certificates_and_pin(PIN)
    content = "E-Onay veriyorum.\n".encode()
    options = eimza.SigningOptions(signing_time=NOW, detached=True)
    openssl_accepts(eimza.sign(token, found.one(), pin, content, options), content, tmp_path)
    with pytest.raises(eimza.EimzaError):
        token.verify_pin(pin)


def test_a_token_that_needs_a_login_signs_nothing_without(addresses: dict[str, str]) -> None:
    token = eimza.open_token(addresses["nes-p256"])
    assert token.info().needs_login
    with pytest.raises(eimza.PinNeeded):
        eimza.sign(token, signer_of(token), eimza.NotNeeded(), b"content")


def test_a_batch_takes_the_pin_once(addresses: dict[str, str]) -> None:
    token = eimza.open_token(addresses["nes-p256"])
    signer = signer_of(token)
    requests = [eimza.SignRequest(signer.certificate, bytes([number]) * 32) for number in range(3)]
    values = token.sign_batch(signer, requests, PIN)
    for request, value in zip(requests, values, strict=True):
        request.verify(signer.certificate, value)
    with pytest.raises(eimza.ArgumentInvalid):
        token.sign_batch(signer, [], PIN)


def test_several_contents_take_the_pin_once(addresses: dict[str, str], tmp_path: Path) -> None:
    token = eimza.open_token(addresses["nes-p384"])
    signer, path = signer_of(token), tmp_path / "content"
    path.write_bytes(b"two")
    now = eimza.SigningOptions(signing_time=NOW)
    detached = eimza.SigningOptions(signing_time=NOW, detached=True)
    one, two = eimza.sign_batch(token, signer, bytearray(PIN.encode()), [(b"one", now), (path, detached)])
    openssl_accepts(one, None, tmp_path)
    openssl_accepts(two, b"two", tmp_path)
    before = token.pin_status()
    with pytest.raises(eimza.InputError):
        eimza.sign_batch(token, signer, "000000", [(b"one", now), (tmp_path / "none", now)])
    assert token.pin_status() == before


def test_an_address_may_name_several_tokens(addresses: dict[str, str]) -> None:
    found = eimza.pkcs11_tokens(f"pkcs11:?module-path={softhsm.MODULE}")
    assert {token.info().label for token in found} >= set(addresses)
    assert eimza.pkcs11_tokens(f"pkcs11:token=NONE?module-path={softhsm.MODULE}") == []


def test_failures_are_remembered_in_a_file(addresses: dict[str, str], tmp_path: Path) -> None:
    memory = tmp_path / "memory"
    token = eimza.open_token(addresses["nes-p384"]).with_memory(memory)
    with pytest.raises(eimza.PukIncorrect):
        token.change_puk(eimza.Puk("00000000"), eimza.Puk(SO_PIN), spend_last_try=True)
    assert memory.exists() and b"00000000" not in memory.read_bytes()


def test_a_wrong_pin_raises_and_signs_nothing(addresses: dict[str, str]) -> None:
    token = eimza.open_token(addresses["WRONG"])
    signer = signer_of(token)
    with pytest.raises(eimza.PinIncorrect) as caught:
        token.sign(signer, eimza.SignRequest(signer.certificate, bytes(32)), "654321")
    assert caught.value.code == 3102 and caught.value.tries_left is None
    assert token.pin_status().status == "low"
    token.verify_pin(PIN)
    assert token.pin_status().status == "ok"
    with pytest.raises(eimza.SecretError):
        token.verify_pin("")
    with pytest.raises(eimza.PinError) as unusual:
        token.verify_pin("1")
    assert unusual.value.name == "pin-length-unusual"


def test_no_other_secret_is_taken_for_a_pin(addresses: dict[str, str]) -> None:
    token = eimza.open_token(addresses["WRONG"])
    for other in (eimza.Puk(PIN), eimza.VerificationCode("1" * 15), eimza.ConfirmationCode(PIN), eimza.Password(PIN), 123456):
        with pytest.raises(TypeError):
            token.verify_pin(other)  # type: ignore[arg-type]
    for bare in (SO_PIN, SO_PIN.encode(), bytearray(SO_PIN.encode()), eimza.Pin(SO_PIN)):
        with pytest.raises(TypeError):
            token.unblock_pin(bare, PIN)  # type: ignore[arg-type]
    with pytest.raises(eimza.SecretError):
        token.verify_pin("1" * 15)


def test_a_pin_object_serves_once(addresses: dict[str, str]) -> None:
    token, pin = eimza.open_token(addresses["nes-p256"]), eimza.Pin(PIN)
    token.verify_pin(pin)
    with pytest.raises(eimza.ArgumentInvalid):
        token.verify_pin(pin)
    typed = bytearray(PIN.encode())
    token.verify_pin(typed)
    assert typed == bytearray(6)


def test_a_pin_is_changed(addresses: dict[str, str]) -> None:
    token = eimza.open_token(addresses["CHANGE"])
    token.change_pin(PIN, "778899")
    assert softhsm.pkcs11_tool("CHANGE", "778899", "--list-objects")
    assert not softhsm.pkcs11_tool("CHANGE", PIN, "--list-objects")


def test_the_puk_sets_a_new_pin(addresses: dict[str, str]) -> None:
    token = eimza.open_token(addresses["UNBLOCK"])
    with pytest.raises(eimza.PukFinalTry):
        token.unblock_pin(eimza.Puk(SO_PIN), "445566")
    token.unblock_pin(eimza.Puk(SO_PIN), "445566", spend_last_try=True)
    assert softhsm.pkcs11_tool("UNBLOCK", "445566", "--list-objects")
    with pytest.raises(eimza.PukIncorrect):
        token.change_puk(eimza.Puk("00000000"), eimza.Puk(SO_PIN), spend_last_try=True)


def test_other_threads_run_while_a_token_is_at_work(addresses: dict[str, str]) -> None:
    token = eimza.open_token(addresses["nes-rsa2048"])
    signer = signer_of(token)
    requests = [eimza.SignRequest(signer.certificate, bytes(32))] * 300
    spans: list[float] = []

    def work() -> None:
        begun = time.perf_counter()
        token.sign_batch(signer, requests, PIN)
        spans.append(time.perf_counter() - begun)

    worker = threading.Thread(target=work)
    longest_pause, last = 0.0, time.perf_counter()
    worker.start()
    while worker.is_alive():
        time.sleep(0.001)
        now = time.perf_counter()
        longest_pause, last = max(longest_pause, now - last), now
    [span] = spans
    assert longest_pause < span / 2, f"{longest_pause} s of {span} s"


def test_what_is_cancelled_beforehand_is_not_tried(addresses: dict[str, str]) -> None:
    token, cancellation = eimza.open_token(addresses["nes-p256"]), eimza.Cancellation()
    cancellation.cancel()
    assert cancellation.is_cancelled
    with pytest.raises(eimza.Cancelled):
        token.verify_pin("000000", cancellation=cancellation)
    assert token.pin_status().status != "low"


@pytest.mark.parametrize(
    ("address", "class_", "name"),
    [
        ("pkcs11:token=NONE?module-path=" + softhsm.MODULE, eimza.TokenAbsent, "token-unknown"),
        ("pkcs11:?module-path=" + softhsm.MODULE, eimza.TokensSeveral, "tokens-several"),
        ("pkcs11:token=A?pin-value=1234", eimza.TokenError, "token-address-holds-pin"),
        ("pkcs11:?module-path=/nowhere.so", eimza.ModuleError, "module-missing"),
        ("nonsense", eimza.TokenError, "token-address-invalid"),
        ("file:/nowhere", eimza.InputError, "input-unreadable"),
    ],
)
def test_addresses_that_lead_nowhere(
    addresses: dict[str, str], address: str, class_: type[eimza.EimzaError], name: str
) -> None:
    with pytest.raises(class_) as caught:
        eimza.open_token(address)
    assert caught.value.name == name
