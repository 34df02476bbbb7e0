"""What the tests share: the declared test PKI and a moment at which it is valid."""

from datetime import datetime, timezone
from pathlib import Path

import eimza

ROOT = Path(__file__).resolve().parents[2]
PKI = ROOT / "testkit" / "pki"
NOW = datetime(2026, 6, 15, 12, 0, 30, tzinfo=timezone.utc)
NATIONAL_ID = "10000000146"


def certificate(name: str) -> eimza.Certificate:
    """A certificate of the test PKI by its name in pki.toml."""
    return eimza.Certificate((PKI / "certificates" / f"{name}.der").read_bytes())
