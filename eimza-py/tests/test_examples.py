"""The examples, run as a reader would run them, on real tokens; what came out is looked at by others."""

import subprocess
import sys
from pathlib import Path

import pytest

import softhsm
from conftest import PKI, ROOT, need, openssl_accepts
from softhsm import PIN

EXAMPLES = ROOT / "examples" / "python"
TEXT = "E-Onay veriyorum.\n"


@pytest.fixture(scope="module")
def addresses(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    folder = tmp_path_factory.mktemp("softhsm")
    softhsm.store(folder)
    tokens = {"LIST": "nes-p256", "CONSENT": "nes-rsa2048", "STEPS": "nes-p384", "PIN": "nes-p256"}
    return {label: softhsm.make(label, certificate, folder) for label, certificate in tokens.items()}


def run(example: str, *arguments: str | Path, entered: str = "") -> subprocess.CompletedProcess[str]:
    command = [sys.executable, str(EXAMPLES / f"{example}.py"), *map(str, arguments)]
    return subprocess.run(command, input=entered, capture_output=True, text=True)


def said(result: subprocess.CompletedProcess[str]) -> str:
    assert result.returncode == 0, result.stderr
    return result.stdout


def test_list_certificates(addresses: dict[str, str]) -> None:
    listed = said(run("list_certificates", addresses["LIST"]))
    assert "can give an E-Onay" in listed and "100******46" in listed and "10000000146" not in listed


def test_sign_consent_pkcs11_and_verify_signature(addresses: dict[str, str], tmp_path: Path) -> None:
    text, out = tmp_path / "text.txt", tmp_path / "out.p7s"
    text.write_text(TEXT)
    refused = run("sign_consent_pkcs11", addresses["CONSENT"], text, out, entered="000000\n")
    assert refused.returncode != 0 and "pin-incorrect" in refused.stderr and not out.exists()
    assert TEXT in said(run("sign_consent_pkcs11", addresses["CONSENT"], text, out, entered=f"{PIN}\n"))
    openssl_accepts(out.read_bytes(), None, tmp_path)
    assert said(run("verify_signature", out)).endswith("\nholds\n")
    out.write_bytes(out.read_bytes().replace(b"veriyorum", b"VERIYORUM"))
    verified = said(run("verify_signature", out))
    assert verified.endswith("\ndoes not hold\n") and "message-digest: failed" in verified


def test_two_step_signing(addresses: dict[str, str], tmp_path: Path) -> None:
    certificate = PKI / "certificates" / "nes-p384.der"
    content, state, key, value, out = (tmp_path / name for name in ("content", "state", "key", "value", "out.p7s"))
    content.write_text(TEXT)
    key.write_bytes(bytes(range(32)))
    said(run("two_step_signing", "prepare", certificate, content, state, key))
    said(run("two_step_signing", "sign", addresses["STEPS"], state, key, value, entered=f"{PIN}\n"))
    said(run("two_step_signing", "complete", state, key, certificate, content, value, out))
    openssl_accepts(out.read_bytes(), None, tmp_path)
    out.unlink()
    content.write_text("something else")
    refused = run("two_step_signing", "complete", state, key, certificate, content, value, out)
    assert "content-differs" in refused.stderr and not out.exists()


def test_change_pin(addresses: dict[str, str]) -> None:
    assert "changed" in said(run("change_pin", addresses["PIN"], entered=f"{PIN}\n778899\n"))
    assert softhsm.pkcs11_tool("PIN", "778899", "--list-objects")
    assert "3102 pin-incorrect" in said(run("change_pin", addresses["PIN"], entered=f"{PIN}\n112233\n"))
    assert softhsm.pkcs11_tool("PIN", "778899", "--list-objects")


def test_every_example_fits_on_a_page_and_says_what_it_shows() -> None:
    names = {path.stem for path in EXAMPLES.glob("*.py")}
    assert names >= {path.stem for path in (ROOT / "examples" / "rust" / "src" / "bin").glob("*.rs")}
    for path in EXAMPLES.glob("*.py"):
        text = path.read_text()
        assert text.startswith('"""') and len(text.splitlines()) <= 80, path


def test_give_e_onay(tmp_path: Path) -> None:
    told = said(run("give_e_onay", tmp_path))
    assert "already given since" in told and '"national_id": "100******46"' in told and "10000000146" not in told
    need("openssl")
    for name, inside in [("e-onay.p7s", (tmp_path / "text.txt").read_bytes()), ("receipt.p7s", b"eimza-receipt-1")]:
        verify = ["openssl", "cms", "-verify", "-noverify", "-inform", "DER", "-binary", "-in", str(tmp_path / name)]
        verified = subprocess.run(verify, capture_output=True)
        assert verified.returncode == 0 and inside in verified.stdout


def test_receive_e_onay(tmp_path: Path) -> None:
    told = said(run("receive_e_onay", tmp_path)).splitlines()
    assert told[0].startswith("received: TRY_LATER") and "status-missing" in told[0]
    assert told[1].startswith("accepted: TOTAL-PASSED by CRL ")
    assert (tmp_path / "e-onay.p7s").stat().st_size and (tmp_path / "receipt.p7s").stat().st_size


def test_the_lines_of_the_readme(addresses: dict[str, str]) -> None:
    text = (ROOT / "eimza-py" / "README.md").read_text(encoding="utf-8")
    lines = text.split("```python\n")[1].split("```")[0]
    lines = lines.replace("pkcs11:token=NES1?module-path=/usr/lib/libakisp11.so", addresses["LIST"])
    root = f"import eimza\nroot = eimza.Certificate(open({str(PKI / 'certificates' / 'root.der')!r}, 'rb').read())"
    program = f"pin = {PIN!r}\n{root}\n{lines}\nprint(report.indication)"
    assert said(subprocess.run([sys.executable, "-c", program], capture_output=True, text=True)) == "INDETERMINATE\n"
