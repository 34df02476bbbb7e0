"""What the module promises as a module: light, alone, documented."""

import inspect
import re
import subprocess
import sys
from importlib.metadata import version
from pathlib import Path
from types import ModuleType

import eimza
from eimza import _eimza


def test_it_needs_no_library_of_cards() -> None:
    linked = subprocess.run(["ldd", _eimza.__file__ or ""], check=True, capture_output=True, text=True).stdout
    assert "libc.so" in linked
    assert not re.search(r"pcsc|pkcs11|p11|ssl|crypto|python", linked), linked


def test_import_takes_less_than_50_ms() -> None:
    times = []
    for _ in range(5):
        run = [sys.executable, "-X", "importtime", "-c", "import eimza"]
        lines = subprocess.run(run, check=True, capture_output=True, text=True).stderr.splitlines()
        own = next(line for line in lines if line.endswith("| eimza"))
        times.append(int(own.split("|")[1]))
    assert min(times) < 50_000, f"{times} µs"


def test_every_name_is_documented() -> None:
    for name in eimza.__all__:
        found = getattr(eimza, name)
        assert found.__doc__ and len(found.__doc__) > 15, name
        if inspect.isclass(found) and not issubclass(found, Exception):
            for member, value in vars(found).items():
                if not member.startswith("_"):
                    assert (value.__doc__ or "").endswith((".", "…")), f"{name}.{member}"


def test_all_names_are_listed() -> None:
    public = {
        name for name, value in vars(eimza).items() if not name.startswith("_") and not isinstance(value, ModuleType)
    }
    assert public == set(eimza.__all__)
    assert {name for name in dir(_eimza) if not name.startswith("_")} <= public


def test_classes_call_themselves_after_the_package() -> None:
    for name in eimza.__all__:
        found = getattr(eimza, name)
        if inspect.isclass(found):
            assert found.__module__ == "eimza", name


def test_an_exception_is_shown_by_its_public_name() -> None:
    run = [sys.executable, "-c", "import eimza; eimza.Certificate(b'')"]
    shown = subprocess.run(run, capture_output=True, text=True).stderr
    assert "\neimza.InputError: " in shown and "_errors" not in shown.splitlines()[-1], shown


def test_the_version_is_that_of_the_package() -> None:
    assert eimza.__version__ == version("eimza")


def test_every_object_shows_what_it_is() -> None:
    for name in eimza.__all__:
        found = getattr(eimza, name)
        if inspect.isclass(found) and not issubclass(found, Exception) and found is not eimza.ConsentService:
            assert "__repr__" in vars(found), name


def test_nothing_is_collected_as_a_test(tmp_path: Path) -> None:
    (tmp_path / "test_own.py").write_text("from eimza import *\ndef test_own() -> None: ...\n")
    run = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "-W", "error", str(tmp_path)]
    told = subprocess.run(run, capture_output=True, text=True)
    assert told.returncode == 0 and "1 passed" in told.stdout, told.stdout


def test_objects_are_frozen() -> None:
    entry = eimza.PinEntry()
    try:
        entry.more = 1  # type: ignore[attr-defined]
    except AttributeError:
        return
    raise AssertionError("an attribute was set")
