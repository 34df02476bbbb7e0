"""A signature prepared in one language, signed in another, completed in a third: the state is the same in all of them."""

import itertools
import subprocess
import sys
from pathlib import Path

import pytest

import softhsm
from conftest import PKI, ROOT, need, openssl_accepts
from softhsm import PIN

EXAMPLES = ROOT / "examples"
SOURCES = {
    "python": "python/two_step_signing.py",
    "rust": "rust/src/bin/two_step_signing.rs",
    "c": "c/two_step_signing.c",
    "cpp": "cpp/two_step_signing.cpp",
}
COMPILERS = {"c": ["gcc"], "cpp": ["g++", "-std=c++17"]}
LANGUAGES = [language for language, source in SOURCES.items() if (EXAMPLES / source).exists()]


def build(language: str, folder: Path) -> list[str]:
    """How this language's example is called."""
    cargo = ["cargo", "build", "--quiet", "--locked"]
    built = ROOT / "target" / "debug"
    if language == "python":
        return [sys.executable, str(EXAMPLES / SOURCES["python"])]
    if language == "rust":
        subprocess.run([*cargo, "-p", "eimza-examples", "--bin", "two_step_signing"], cwd=ROOT, check=True)
        return [str(built / "two_step_signing")]
    compiler = COMPILERS[language]
    need(compiler[0])
    subprocess.run([*cargo, "-p", "eimza-ffi"], cwd=ROOT, check=True)
    program = folder / "two_step_signing"
    library = ["-I", str(ROOT / "include"), str(built / "libeimza.a"), "-lpthread", "-ldl", "-lm"]
    subprocess.run([*compiler, str(EXAMPLES / SOURCES[language]), "-o", str(program), *library], check=True)
    return [str(program)]


@pytest.fixture(scope="module")
def programs(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[str]]:
    return {language: build(language, tmp_path_factory.mktemp(language)) for language in LANGUAGES}


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> str:
    folder = tmp_path_factory.mktemp("softhsm")
    softhsm.store(folder)
    return softhsm.make("LANGUAGES", "nes-p256", folder)


@pytest.mark.parametrize("order", list(itertools.permutations(LANGUAGES, min(3, len(LANGUAGES)))), ids="-".join)
def test_three_steps_in_several_languages(
    programs: dict[str, list[str]], address: str, order: tuple[str, ...], tmp_path: Path
) -> None:
    prepare, sign, complete = (programs[language] for language in (*order, order[0])[:3])
    certificate = str(PKI / "certificates" / "nes-p256.der")
    content, state, value, out = (str(tmp_path / name) for name in ("content", "state", "value", "out.p7s"))
    key = str(tmp_path / "key")
    Path(content).write_text("E-Onay veriyorum.\n")
    Path(key).write_bytes(bytes(range(32)))
    for program, arguments, entered in [
        (prepare, ["prepare", certificate, content, state, key], ""),
        (sign, ["sign", address, state, key, value], f"{PIN}\n"),
        (complete, ["complete", state, key, certificate, content, value, out], ""),
    ]:
        result = subprocess.run([*program, *arguments], input=entered, capture_output=True, text=True)
        assert result.returncode == 0, result.stderr
    openssl_accepts(Path(out).read_bytes(), None, tmp_path)
