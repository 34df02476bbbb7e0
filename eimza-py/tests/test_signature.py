"""Signatures in three steps, read and verified; OpenSSL holds the key and has the last word."""

import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import pytest

import eimza
from conftest import NOW, PKI, ROOT, certificate, openssl_accepts, openssl_signs

CONTENT = "Onay metni: ĞÜŞİÖÇ\n".encode()
KEYS = ["nes-rsa2048", "nes-rsa3072", "nes-rsa4096", "nes-p256", "nes-p384", "nes-p521"]


def options(*, detached: bool = False, pss: bool = False) -> eimza.SigningOptions:
    return eimza.SigningOptions(signing_time=NOW, detached=detached, pss=pss)


@pytest.mark.parametrize("detached", [False, True])
@pytest.mark.parametrize("key", KEYS)
def test_three_steps_for_every_key(key: str, detached: bool, tmp_path: Path) -> None:
    signer = certificate(key)
    prepared = eimza.prepare(CONTENT, signer, options(detached=detached))
    value = openssl_signs(key, prepared.to_be_signed, prepared.request, tmp_path)
    prepared.request.verify(signer, value)
    file = prepared.complete(value)
    openssl_accepts(file, CONTENT if detached else None, tmp_path)

    signed_data = eimza.SignedData(file)
    assert signed_data.is_attached is not detached
    assert signed_data.content == (None if detached else CONTENT)
    assert signed_data.certificates == [signer.der]
    found = eimza.verify(signed_data, CONTENT if detached else None)
    assert found.all_passed and found.signers[0].certificate == signer
    assert found.signers[0].signing_time == NOW
    passed = {check.name for check in found.signers[0].checks if check.status == "passed"}
    assert {"message-digest", "signature", "signing-certificate"} <= passed


def test_pss(tmp_path: Path) -> None:
    prepared = eimza.prepare(CONTENT, certificate("nes-rsa2048"), options(pss=True))
    assert "PSS" in prepared.request.algorithm
    value = openssl_signs("nes-rsa2048", prepared.to_be_signed, prepared.request, tmp_path)
    openssl_accepts(prepared.complete(value), None, tmp_path)


def test_a_value_of_another_key_is_refused(tmp_path: Path) -> None:
    prepared = eimza.prepare(CONTENT, certificate("nes-p256"), options())
    value = openssl_signs("second-person-p256", prepared.to_be_signed, prepared.request, tmp_path)
    with pytest.raises(eimza.SignatureValueInvalid):
        prepared.complete(value)
    with pytest.raises(eimza.SignatureValueInvalid):
        prepared.request.verify(certificate("nes-p256"), value)


def test_the_same_is_prepared_twice() -> None:
    once, again = (eimza.prepare(CONTENT, certificate("nes-p256"), options()) for _ in range(2))
    assert once.to_be_signed == again.to_be_signed and once.request.digest == again.request.digest


def test_unfit_certificates_are_refused() -> None:
    with pytest.raises(eimza.CertificateExpired):
        eimza.prepare(CONTENT, certificate("nes-expired"), options())
    unsuitable = eimza.SigningOptions(signing_time=NOW, allow_unsuitable=True)
    eimza.prepare(CONTENT, certificate("nes-expired"), unsuitable)


def test_options_reach_the_signature(tmp_path: Path) -> None:
    chosen = eimza.SigningOptions(
        signing_time=NOW, digest="sha512", commitment="approval", mime_type="text/plain", content_identifier=b"x" * 32,
        content_description="deneme", content_reference=(b"y", b"z"), chain=[certificate("nes-ca")],
    )
    prepared = eimza.prepare(CONTENT, certificate("nes-rsa2048"), chosen)
    value = openssl_signs("nes-rsa2048", prepared.to_be_signed, prepared.request, tmp_path)
    signed_data = eimza.SignedData(prepared.complete(value))
    assert len(signed_data.certificates) == 2
    assert signed_data.digests_needed == ["sha512"] == [signer.digest_algorithm for signer in signed_data.signers]
    assert "1.2.840.113549.1.9.16.2.16" in signed_data.signers[0].signed_attributes
    assert eimza.verify(signed_data).all_passed
    with pytest.raises(eimza.ArgumentInvalid):
        eimza.SigningOptions(commitment="promise")  # type: ignore[arg-type]


def test_files_are_given_by_their_path(tmp_path: Path) -> None:
    path = tmp_path / "content"
    path.write_bytes(CONTENT * 10_000)
    signer = certificate("nes-p384")
    digest = eimza.digest_file(path, "sha384")
    for content in (path, digest, path.read_bytes()):
        prepared = eimza.prepare(content, signer, options(detached=True))
        assert prepared.to_be_signed == eimza.prepare(digest, signer, options(detached=True)).to_be_signed
    value = openssl_signs("nes-p384", prepared.to_be_signed, prepared.request, tmp_path)
    assert eimza.verify(eimza.SignedData(prepared.complete(value)), path).all_passed
    assert eimza.prepare(path, signer, options()).request.digest
    with pytest.raises(eimza.InputError) as caught:
        eimza.prepare(tmp_path / "none", signer, options())
    assert isinstance(caught.value.__cause__, FileNotFoundError)
    with pytest.raises(TypeError):
        eimza.prepare(str(path), signer)  # type: ignore[arg-type]


@pytest.mark.parametrize("detached", [False, True])
def test_a_state_is_completed_elsewhere(detached: bool, tmp_path: Path) -> None:
    signer, path = certificate("nes-p256"), tmp_path / "content"
    path.write_bytes(CONTENT)
    prepared = eimza.prepare(CONTENT, signer, options(detached=detached))
    octets = prepared.state("deneme", NOW + timedelta(hours=1)).to_bytes()
    state = eimza.State.from_bytes(octets)
    assert (state.purpose, state.expiry, state.request.digest) == ("deneme", NOW + timedelta(hours=1), prepared.request.digest)
    value = openssl_signs("nes-p256", prepared.to_be_signed, prepared.request, tmp_path)
    file = state.complete(CONTENT, signer, "deneme", value, now=NOW)
    assert file == prepared.complete(value) == state.complete(path, signer, "deneme", value, now=NOW)
    openssl_accepts(file, CONTENT if detached else None, tmp_path)


def test_a_state_serves_nothing_else(tmp_path: Path) -> None:
    signer = certificate("nes-p256")
    prepared = eimza.prepare(CONTENT, signer, options())
    value = openssl_signs("nes-p256", prepared.to_be_signed, prepared.request, tmp_path)
    state = prepared.state("deneme", NOW)
    with pytest.raises(eimza.ContentDiffers):
        state.complete(CONTENT + b"!", signer, "deneme", value, now=NOW)
    for other, purpose, now, name in [
        (certificate("nes-p384"), "deneme", NOW, "state-certificate"),
        (signer, "other", NOW, "state-purpose"),
        (signer, "deneme", NOW + timedelta(seconds=1), "state-expired"),
    ]:
        with pytest.raises(eimza.StateError) as caught:
            state.complete(CONTENT, other, purpose, value, now=now)
        assert caught.value.name == name


def test_a_sealed_state_shows_nothing_and_bears_no_change() -> None:
    key = eimza.StateKey(bytes(range(32)))
    state = eimza.prepare(CONTENT, certificate("nes-p256"), options()).state("deneme", NOW)
    sealed = bytearray(state.sealed(key))
    assert b"deneme" not in sealed and repr(key) == "eimza.StateKey(…)"
    assert eimza.State.unseal(bytes(sealed), key) == state
    sealed[-1] ^= 1
    with pytest.raises(eimza.StateError):
        eimza.State.unseal(bytes(sealed), key)
    with pytest.raises(eimza.ArgumentInvalid):
        eimza.StateKey(b"short")


def test_a_large_file_is_never_held_in_memory(tmp_path: Path) -> None:
    large = tmp_path / "large"
    with large.open("wb") as file:
        file.truncate(256 * 1024 * 1024)
    run = [sys.executable, str(Path(__file__).with_name("large_file.py")), str(large)]
    peak = int(subprocess.run(run, check=True, capture_output=True, text=True).stdout)
    assert peak < 64 * 1024, f"{peak} KiB"


def test_a_forged_signature_is_a_failed_check_and_no_exception(tmp_path: Path) -> None:
    prepared = eimza.prepare(CONTENT, certificate("nes-p256"), options())
    value = openssl_signs("nes-p256", prepared.to_be_signed, prepared.request, tmp_path)
    file = prepared.complete(value)
    assert eimza.verify(eimza.SignedData(file.replace(CONTENT, CONTENT[::-1]))).all_passed is False
    found = eimza.verify(eimza.SignedData(file), CONTENT + b"!")
    assert not found.all_passed and any(check.status == "failed" for check in found.signers[0].checks)


def test_every_case_of_the_test_kit_is_read_or_refused() -> None:
    cases = sorted((ROOT / "testkit" / "cms" / "cases").glob("*.p7s"))
    assert len(cases) > 30
    for path in cases:
        try:
            signed_data = eimza.SignedData(path.read_bytes())
            assert signed_data.octets == path.read_bytes()
            eimza.verify(signed_data, CONTENT)
        except eimza.EimzaError:
            pass


def test_pem_is_taken_as_well(tmp_path: Path) -> None:
    prepared = eimza.prepare(CONTENT, certificate("nes-p256"), options())
    file = prepared.complete(openssl_signs("nes-p256", prepared.to_be_signed, prepared.request, tmp_path))
    (tmp_path / "der").write_bytes(file)
    run = ["openssl", "cms", "-cmsout", "-inform", "DER", "-in", str(tmp_path / "der"), "-outform", "PEM"]
    pem = subprocess.run(run, check=True, capture_output=True).stdout
    assert eimza.SignedData(pem).octets == file
