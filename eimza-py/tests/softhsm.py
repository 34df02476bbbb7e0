"""SoftHSM tokens with a store of this test run alone, filled by pkcs11-tool."""

import os
import subprocess
from pathlib import Path

from conftest import PKI, need

MODULE = "/usr/lib/softhsm/libsofthsm2.so"
PIN = "123456"
SO_PIN = "12345678"


def store(folder: Path) -> None:
    """Makes an empty store; the variable is read when the module is initialised and by every program started here."""
    for component in (MODULE, "softhsm2-util", "pkcs11-tool", "openssl"):
        need(component)
    (folder / "tokens").mkdir()
    configuration = folder / "softhsm2.conf"
    configuration.write_text(f"directories.tokendir = {folder / 'tokens'}\nobjectstore.backend = file\nlog.level = ERROR\n")
    os.environ["SOFTHSM2_CONF"] = str(configuration)


def make(label: str, certificate: str, folder: Path) -> str:
    """A token with one key and its certificate; its address."""
    tool = ["softhsm2-util", "--init-token", "--free", "--label", label, "--so-pin", SO_PIN, "--pin", PIN]
    subprocess.run(tool, check=True, capture_output=True)
    key = folder / "key.der"
    pem = PKI / "keys" / f"{certificate}.pem"
    pkcs8 = ["openssl", "pkcs8", "-topk8", "-nocrypt", "-in", pem, "-outform", "DER", "-out", key]
    subprocess.run([str(part) for part in pkcs8], check=True)
    for kind, file in (("privkey", key), ("cert", PKI / "certificates" / f"{certificate}.der")):
        options = ["--type", kind, "--id", "01", "--label", "SIGN0", "--write-object", str(file)]
        options += ["--usage-sign"] if kind == "privkey" else []
        assert pkcs11_tool(label, PIN, *options)
    return f"pkcs11:token={label}?module-path={MODULE}"


def pkcs11_tool(label: str, pin: str, *options: str) -> bool:
    """Whether pkcs11-tool succeeded, logged in to this token."""
    tool = ["pkcs11-tool", "--module", MODULE, "--token-label", label, "--login", "--pin", pin, *options]
    return subprocess.run(tool, capture_output=True).returncode == 0
