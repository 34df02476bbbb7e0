"""A PIN that is typed on a keypad, through a PKCS#11 module that plays one."""

import os
import subprocess
import sys
from pathlib import Path

import softhsm
from conftest import ROOT, need
from softhsm import PIN

MODULE = ROOT / "target" / "debug" / "libfake_pkcs11.so"


def test_one_entry_on_the_keypad_lists_and_signs(tmp_path: Path) -> None:
    need(str(MODULE))
    softhsm.store(tmp_path)
    softhsm.make("KEYPAD", "nes-p256", tmp_path)
    log = tmp_path / "calls"
    quirks = {"FAKE_PKCS11_QUIRKS": "certificates-need-login,protected-path", "FAKE_PKCS11_KEYPAD": PIN}
    script = Path(__file__).with_name("keypad.py")
    run = [sys.executable, str(script), f"pkcs11:token=KEYPAD?module-path={MODULE}"]
    environment = os.environ | quirks | {"FAKE_PKCS11_LOG": str(log), "XDG_STATE_HOME": str(tmp_path)}
    ended = subprocess.run(run, env=environment, capture_output=True, text=True)
    assert (ended.returncode, ended.stdout) == (0, "argument-invalid\n"), ended.stdout + ended.stderr
    # To list and sign; to list alone.
    assert sum("C_Login" in line for line in log.read_text().splitlines()) == 2
