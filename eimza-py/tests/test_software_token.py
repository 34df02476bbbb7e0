"""Software tokens: a card in a file, from Python."""

import subprocess
import threading
import time
from base64 import b64decode
from datetime import timedelta
from pathlib import Path

import pytest

import eimza
from conftest import NATIONAL_ID, NOW, PKI, certificate, need, openssl_accepts

PIN, PUK = "482913", "87654321"
QUICK = 1_000


def key(name: str) -> eimza.KeyMaterial:
    need("openssl")
    pem = PKI / "keys" / f"{name}.pem"
    pkcs8 = ["openssl", "pkcs8", "-topk8", "-nocrypt", "-in", str(pem), "-outform", "DER"]
    octets = subprocess.run(pkcs8, check=True, capture_output=True).stdout
    return eimza.KeyMaterial(octets, [certificate(name), certificate("nes-ca")])


def make(path: Path | None, *names: str) -> eimza.Token:
    keys = [key(name) for name in names]
    return eimza.create_software_token(path, "DENEME", keys, PIN, eimza.Puk(PUK), iterations=QUICK)


@pytest.mark.parametrize("name", ["nes-rsa2048", "nes-p256", "nes-p384", "nes-p521"])
def test_a_token_in_a_file_signs(name: str, tmp_path: Path) -> None:
    made = make(tmp_path / "token", name)
    token = eimza.open_token(f"file:{tmp_path / 'token'}")
    assert token.info().address == made.info().address
    assert (token.info().kind, token.info().may_be_qualified_device) == ("software", False)
    signer = token.certificates().qualified().valid_at(NOW).one()
    options = eimza.SigningOptions(signing_time=NOW)
    openssl_accepts(eimza.sign(token, signer, PIN, b"deneme", options), None, tmp_path)
    with pytest.raises(eimza.TokenFileError):
        make(tmp_path / "token", name)


def test_it_blocks_like_a_card_and_the_puk_helps() -> None:
    token = make(None, "nes-p256")
    for left in (2, 1):
        with pytest.raises(eimza.PinIncorrect) as caught:
            token.verify_pin("000000")
        assert caught.value.tries_left == left
    assert (token.pin_status().status, token.pin_status().tries_left) == ("final-try", 1)
    with pytest.raises(eimza.PinFinalTry):
        token.verify_pin(PIN)
    with pytest.raises(eimza.PinError):
        token.verify_pin("000000", spend_last_try=True)
    assert token.pin_status().status == "blocked"
    with pytest.raises(eimza.PinBlocked) as blocked:
        token.verify_pin(PIN)
    assert blocked.value.tries_left == 0
    with pytest.raises(eimza.PukIncorrect) as wrong:
        token.unblock_pin(eimza.Puk("00000000"), "112233")
    assert wrong.value.tries_left == 2
    token.unblock_pin(eimza.Puk(PUK), "112233")
    token.verify_pin("112233")
    token.change_pin("112233", "445566")
    token.change_puk(eimza.Puk(PUK), eimza.Puk("99887766"))
    assert token.puk_status().status == "ok"


def test_an_operation_is_given_up_from_another_thread() -> None:
    keys = [key("nes-p256")]
    slow = eimza.create_software_token(None, "SLOW", keys, PIN, eimza.Puk(PUK), iterations=400_000)
    begun = time.perf_counter()
    slow.verify_pin(PIN)
    whole = time.perf_counter() - begun
    cancellation = eimza.Cancellation()
    threading.Timer(whole / 10, cancellation.cancel).start()
    begun = time.perf_counter()
    with pytest.raises(eimza.PinAnswerLost):
        slow.verify_pin(PIN, cancellation=cancellation)
    assert time.perf_counter() - begun < whole * 0.75


def test_keys_serve_once_and_show_nothing() -> None:
    material = key("nes-p256")
    assert repr(material) == f"<eimza.KeyMaterial {material.certificates[0].subject}>"
    assert material.certificates == [certificate("nes-p256"), certificate("nes-ca")]
    eimza.create_software_token(None, "A", [material], PIN, eimza.Puk(PUK), iterations=QUICK)
    with pytest.raises(eimza.ArgumentInvalid):
        eimza.create_software_token(None, "B", [material], PIN, eimza.Puk(PUK), iterations=QUICK)
    with pytest.raises(TypeError):
        eimza.create_software_token(None, "C", [], PIN, PUK, iterations=QUICK)  # type: ignore[arg-type]


def test_a_key_of_another_certificate_is_refused() -> None:
    need("openssl")
    pkcs8 = ["openssl", "genpkey", "-algorithm", "EC", "-pkeyopt", "ec_paramgen_curve:P-256", "-outform", "DER"]
    octets = subprocess.run(pkcs8, check=True, capture_output=True).stdout
    with pytest.raises(eimza.EimzaError):
        eimza.KeyMaterial(octets, [certificate("nes-p256")])


def test_a_test_issuer_says_what_it_is() -> None:
    issuer = eimza.TestIssuer(NOW, NOW + timedelta(days=1))
    issued = issuer.issue("KİŞİ", NATIONAL_ID, NOW, NOW + timedelta(days=1), key="EC P-384").certificates[0]
    issued.check_issued_by(issuer.certificate)
    issued.check_qualified()
    issued.check_person(NATIONAL_ID)
    assert issued.key == "EC P-384" and "TEST" in issued.subject and "TEST" in issuer.certificate.subject
    with pytest.raises(eimza.ArgumentInvalid):
        issuer.issue("KİŞİ", NATIONAL_ID, NOW, NOW, key="DSA")  # type: ignore[arg-type]


def test_keys_come_from_pkcs12(tmp_path: Path) -> None:
    need("openssl")
    p12 = tmp_path / "key.p12"
    files = {"in": PKI / "certificates" / "nes-rsa2048.der", "inkey": PKI / "keys" / "nes-rsa2048.pem"}
    pem = tmp_path / "certificate.pem"
    subprocess.run(["openssl", "x509", "-inform", "DER", "-in", str(files["in"]), "-out", str(pem)], check=True)
    make_p12 = ["openssl", "pkcs12", "-export", "-in", str(pem), "-inkey", str(files["inkey"]), "-out", str(p12)]
    subprocess.run([*make_p12, "-passout", "pass:parola"], check=True)
    [material] = eimza.KeyMaterial.from_pkcs12(p12.read_bytes(), eimza.Password("parola"))
    assert material.certificates == [certificate("nes-rsa2048")]
    with pytest.raises(eimza.TokenFileError) as caught:
        eimza.KeyMaterial.from_pkcs12(p12.read_bytes(), eimza.Password("yanlış"))
    assert caught.value.name == "pkcs12-password-wrong"
    with pytest.raises(TypeError):
        eimza.KeyMaterial.from_pkcs12(p12.read_bytes(), "parola")  # type: ignore[arg-type]


def test_what_is_passed_over_of_a_pkcs12_file_is_named() -> None:
    """A key beside a damaged certificate: the one serves, the other is named."""
    def tlv(tag: int, *parts: bytes) -> bytes:
        contents = b"".join(parts)
        return bytes([tag, 0x83]) + len(contents).to_bytes(3, "big") + contents

    def bag(kind: int, value: bytes) -> bytes:
        return tlv(0x30, bytes.fromhex("060b2a864886f70d010c0a01"), bytes([kind]), tlv(0xA0, value))

    def data(octets: bytes) -> bytes:
        return tlv(0x30, bytes.fromhex("06092a864886f70d010701"), tlv(0xA0, tlv(0x04, octets)))

    def certificate_bag(der: bytes) -> bytes:
        return bag(3, tlv(0x30, bytes.fromhex("060a2a864886f70d01091601"), tlv(0xA0, tlv(0x04, der))))

    pem = (PKI / "keys" / "nes-p256.pem").read_text().split("-----")[2]
    bags = [bag(1, b64decode(pem)), certificate_bag(certificate("nes-p256").der), certificate_bag(b"damaged")]
    file = tlv(0x30, b"\x02\x01\x03", data(tlv(0x30, data(tlv(0x30, *bags)))))
    contents = eimza.Pkcs12(file, eimza.Password(""))
    [material], [passed_over] = contents.keys, contents.passed_over
    assert material.certificates == [certificate("nes-p256")]
    assert isinstance(passed_over, eimza.EimzaError) and "1 keys, 1 parts" in repr(contents)
    token = eimza.create_software_token(None, "p12", contents.keys, "123456", eimza.Puk("87654321"), iterations=1000)
    token.check_key_pin_attempt(token.certificates().one())
    with pytest.raises(eimza.EimzaError):
        eimza.create_software_token(None, "p12", contents.keys, "123456", eimza.Puk("87654321"), iterations=1000)


def test_a_key_without_a_pin_of_its_own_is_given_none() -> None:
    token = make(None, "nes-p256")
    signer = token.certificates().qualified().one()
    assert signer.wanted_pin == "token" and token.key_pin_status(signer).status == "unknown"
    request = eimza.SignRequest(signer.certificate, bytes(32))
    value = token.sign(signer, request, PIN, key_pin="000000", spend_last_try_of_key_pin=True)
    request.verify(signer.certificate, value)
    assert token.pin_status().tries_left == 3


def test_errors_of_a_key_s_pin_have_a_class_of_their_own() -> None:
    for name, raised in [("key-pin-needed", eimza.KeyPinNeeded), ("key-refused-pin", eimza.KeyRefusedPin)]:
        code = next(code for code, known in eimza.codes() if known == name)
        assert eimza.error_class(code) is raised and issubclass(raised, eimza.KeyPinError)
    assert not issubclass(eimza.KeyPinError, eimza.PukError)
