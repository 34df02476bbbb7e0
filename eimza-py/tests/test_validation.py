"""The verdict over a file, as Python sees it."""

import json
from base64 import b64encode
from pathlib import Path
from typing import Any

import pytest

import eimza
from conftest import NATIONAL_ID, NOW, ROOT, certificate, openssl_signs

CONTENT = b"Onay metni\n"


def signed(folder: Path, *, detached: bool = False) -> bytes:
    options = eimza.SigningOptions(signing_time=NOW, detached=detached)
    prepared = eimza.prepare(CONTENT, certificate("nes-p256"), options)
    return prepared.complete(openssl_signs("nes-p256", prepared.to_be_signed, prepared.request, folder))


def judged(file: bytes, **given: Any) -> eimza.Report:
    return eimza.validate(file, at=NOW, trust=[], **given)


def test_a_good_signature_is_indeterminate_while_nobody_is_trusted(tmp_path: Path) -> None:
    report = judged(signed(tmp_path))
    assert (report.indication, len(report.signatures)) == ("INDETERMINATE", 1)
    assert report.sub_indication is not None
    [signature] = report.signatures
    assert (signature.id, signature.parent, signature.profile, signature.signing_time) == ("S0", None, "P1", NOW)
    assert signature.certificate == certificate("nes-p256") and signature.level in ("BES", "B-B")
    status = {check.name: check.status for check in signature.checks}
    assert status["message-digest"] == status["signature"] == status["signing-certificate"] == "passed"


def test_the_report_is_that_of_the_command(tmp_path: Path) -> None:
    report = judged(signed(tmp_path))
    masked, revealed = json.loads(report.to_json()), json.loads(report.to_json(reveal=True))
    assert masked["signatures"][0]["signer"]["national_id"] == "100******46"
    assert revealed["signatures"][0]["signer"]["national_id"] == NATIONAL_ID
    assert masked["indication"] == report.indication
    assert masked["signatures"][0]["level"] == report.signatures[0].level
    assert NATIONAL_ID not in repr(report) + repr(report.signatures[0])


def test_a_detached_content_comes_in_every_form(tmp_path: Path) -> None:
    file, path = signed(tmp_path, detached=True), tmp_path / "content"
    path.write_bytes(CONTENT)
    for content in (CONTENT, path, eimza.digest_file(path)):
        assert judged(file, content=content, profile="P1").indication == "INDETERMINATE"
    altered = judged(file, content=CONTENT + b"!")
    assert (altered.indication, altered.sub_indication) == ("TOTAL-FAILED", "HASH_FAILURE")
    with pytest.raises(eimza.InputError):
        judged(file, content=tmp_path / "none")


def test_no_cms_raises_and_damage_is_a_verdict(tmp_path: Path) -> None:
    for file in (b"", b"hello"):
        with pytest.raises(eimza.EimzaError):
            judged(file)
    damaged = bytearray(signed(tmp_path))
    damaged[-3] ^= 1
    report = judged(bytes(damaged))
    assert (report.indication, report.sub_indication) == ("TOTAL-FAILED", "SIG_CRYPTO_FAILURE")
    with pytest.raises(eimza.ArgumentInvalid):
        judged(bytes(damaged), profile="P9")


def test_a_bad_counter_signature_counts_by_the_turkish_rules_only() -> None:
    file = (ROOT / "testkit" / "cms" / "cases" / "counter-signature-wrong.p7s").read_bytes()
    assert judged(file).indication == "TOTAL-FAILED"
    generic = judged(file, policy="generic")
    assert generic.indication == "INDETERMINATE"
    assert [signature.indication for signature in generic.signatures] == ["INDETERMINATE", "TOTAL-FAILED"]
    with pytest.raises(eimza.ArgumentInvalid):
        judged(file, policy="own")


def test_rules_of_ones_own_are_toml() -> None:
    file = (ROOT / "testkit" / "cms" / "cases" / "counter-signature-wrong.p7s").read_bytes()
    assert judged(file, policy_toml="counter_signatures_count = false").indication == "INDETERMINATE"
    assert judged(file, policy_toml='base = "tr-nes"').indication == "TOTAL-FAILED"
    with pytest.raises(eimza.EimzaError, match="grace = 1") as refused:
        judged(file, policy_toml="grace = 1")
    assert refused.value.code == 1015
    with pytest.raises(eimza.ArgumentInvalid):
        judged(file, policy="generic", policy_toml="")


def test_of_a_trust_store_only_what_is_pinned_is_trusted(tmp_path: Path) -> None:
    file, issuer = signed(tmp_path), certificate("nes-ca")
    value = b64encode(issuer.der).decode()
    store = f"<depo><koksertifika><mValue>{value}</mValue></koksertifika></depo>".encode()

    def path(**given: Any) -> str:
        [signature] = judged(file, trust_store=store, **given).signatures
        return {check.name: check.status for check in signature.checks}["path"]

    assert path() == "undetermined"
    assert path(pin_sha256=["00" * 32]) == "undetermined"
    assert path(pin_sha256=[issuer.sha256]) == "passed"
    with pytest.raises(eimza.ArgumentInvalid):
        path(pin_sha256=["12"])
    with pytest.raises(eimza.ArgumentInvalid):
        judged(file, pin_sha256=[issuer.sha256])
    with pytest.raises(eimza.EimzaError) as refused:
        judged(file, trust_store=b"<depo/>")
    assert refused.value.code == 4010


def test_every_case_of_the_test_kit_gets_a_verdict_or_an_exception() -> None:
    cases = sorted((ROOT / "testkit" / "cms" / "cases").glob("*.p7s"))
    assert len(cases) > 30
    for path in cases:
        try:
            report = judged(path.read_bytes(), content=(ROOT / "testkit" / "cms" / "content").read_bytes())
            assert report.indication in ("TOTAL-FAILED", "INDETERMINATE"), path
        except eimza.EimzaError:
            pass


def test_a_result_has_no_truth_of_its_own(tmp_path: Path) -> None:
    file = signed(tmp_path)
    report, verification = judged(file), eimza.verify(eimza.SignedData(file))
    for result in (report, report.signatures[0], verification, verification.signers[0], verification.signers[0].checks[0]):
        with pytest.raises(TypeError, match=r"neither true nor false: ask \.passed"):
            bool(result)
    assert report.passed is False and report.signatures[0].passed is False
    assert verification.passed is True and verification.signers[0].passed is True
    altered = eimza.verify(eimza.SignedData(file), CONTENT + b"!")
    assert altered.passed is False and "message-digest failed" in repr(altered)


def test_a_verdict_says_what_it_means_and_what_to_do(tmp_path: Path) -> None:
    report = judged(signed(tmp_path, detached=True))
    assert report.sentence("tr").startswith("İçerik imza dosyasında yok") and "yeniden doğrulayın" in report.sentence("tr")
    assert report.signatures[0].sentence("en") == report.sentence("en")
    assert repr(report) == "<eimza.Report INDETERMINATE / SIGNED_DATA_NOT_FOUND>"
    with pytest.raises(eimza.ArgumentInvalid):
        report.sentence("de")  # type: ignore[arg-type]


def test_what_is_inside_is_shown(tmp_path: Path) -> None:
    seen = eimza.inspect(signed(tmp_path))
    assert seen["encoding"] == "DER" and seen["attached"] is True and len(seen["signers"]) == 1
    assert NATIONAL_ID not in json.dumps(seen)
    with pytest.raises(eimza.EimzaError):
        eimza.inspect(b"hello")


def test_one_certificate_is_judged_by_the_inputs_of_rfc_5280() -> None:
    root, authority, signer = (certificate(name) for name in ("root", "nes-ca", "nes-p256"))
    policy = "2.16.792.1.2.1.1.5.7.1.1"

    def judge(**given: Any) -> eimza.CertificateReport:
        return eimza.validate_certificate(signer, at=NOW, trust=[root], certificates=[authority], **given)

    found = judge(revocation=False, policy_oids=[policy], require_explicit_policy=True)
    assert found.passed and (found.indication, found.sub_indication) == ("TOTAL-PASSED", None)
    assert found.path == [signer, authority, root] and found.policies == [policy]
    assert (found.broken_rule, found.broken_by) == (None, None)
    assert [check.name for check in found.checks] == ["path"]
    assert json.loads(found.to_json())["policies"] == [policy]
    assert NATIONAL_ID in found.to_json(reveal=True) and NATIONAL_ID not in found.to_json() + repr(found)

    assert judge().sub_indication == "TRY_LATER"
    refused = judge(policy_oids=["1.2.3"], require_explicit_policy=True, inhibit_policy_mapping=True)
    assert (refused.broken_rule, refused.path) == ("policy-missing", [])
    # directoryName "C=DE" is the only permitted subtree.
    country = bytes.fromhex("3009 0603 550406 1302 4445")
    name = bytes([0x30, len(country) + 2, 0x31, len(country)]) + country
    base = bytes([0xA4, len(name)]) + name
    tree = bytes([0xA0, len(base) + 2, 0x30, len(base)]) + base
    foreign = judge(revocation=False, name_constraints=bytes([0x30, len(tree)]) + tree)
    assert foreign.broken_rule == "name-not-permitted"
    with pytest.raises(eimza.ArgumentInvalid):
        judge(policy_oids=["policy"])
    with pytest.raises(TypeError):
        bool(found)
