"""What the tests share: the declared test PKI and a moment at which it is valid."""

import base64
import os
import shutil
import subprocess
from datetime import datetime, timezone
from pathlib import Path

import pytest

import eimza

ROOT = Path(__file__).resolve().parents[2]
PKI = ROOT / "testkit" / "pki"
NOW = datetime(2026, 6, 15, 12, 0, 30, tzinfo=timezone.utc)
NATIONAL_ID = "10000000146"


def certificate(name: str) -> eimza.Certificate:
    """A certificate of the test PKI by its name in pki.toml."""
    return eimza.Certificate((PKI / "certificates" / f"{name}.der").read_bytes())


def need(component: str) -> None:
    """Skips the test where a program or file is not installed; where nothing may be missing, it fails."""
    if shutil.which(component) or Path(component).is_file():
        return
    if os.environ.get("CI") or os.environ.get("EIMZA_TEST_ALL"):
        pytest.fail(f"{component} not installed")
    pytest.skip(f"skipped: {component} not installed")


def openssl_signs(key: str, octets: bytes, request: eimza.SignRequest, folder: Path) -> bytes:
    """What OpenSSL signs over these octets with a key of the test PKI."""
    need("openssl")
    digest = {32: "sha256", 48: "sha384", 64: "sha512"}[len(request.digest)]
    run = ["openssl", "dgst", f"-{digest}", "-sign", str(PKI / "keys" / f"{key}.pem"), str(folder / "octets")]
    if "PSS" in request.algorithm:
        run[3:3] = ["-sigopt", "rsa_padding_mode:pss", "-sigopt", "rsa_pss_saltlen:digest"]
    (folder / "octets").write_bytes(octets)
    return subprocess.run(run, check=True, capture_output=True).stdout


def openssl_accepts(file: bytes, content: bytes | None, folder: Path) -> None:
    """Fails unless OpenSSL verifies the CAdES signature, its chain included."""
    need("openssl")
    (folder / "signature.p7s").write_bytes(file)
    run = ["openssl", "cms", "-verify", "-cades", "-inform", "DER", "-in", str(folder / "signature.p7s"), "-binary"]
    authorities = [(PKI / "certificates" / f"{name}.der").read_bytes() for name in ("root", "nes-ca", "nes-ca-p384")]
    (folder / "authorities.pem").write_text("".join(pem(der) for der in authorities))
    run += ["-CAfile", str(folder / "authorities.pem"), "-purpose", "any", "-attime", str(int(NOW.timestamp()))]
    if content is not None:
        (folder / "outside").write_bytes(content)
        run += ["-content", str(folder / "outside")]
    run += ["-out", str(folder / "verified")]
    result = subprocess.run(run, capture_output=True, text=True)
    assert result.returncode == 0, result.stderr
    verified = (folder / "verified").read_bytes()
    assert content is None or verified == content


def pem(der: bytes) -> str:
    """DER as a PEM certificate."""
    return f"-----BEGIN CERTIFICATE-----\n{base64.encodebytes(der).decode()}-----END CERTIFICATE-----\n"
