"""Certificates as Python sees them, over the test PKI."""

import json
import re
from datetime import datetime, timedelta, timezone

import pytest

import eimza
from conftest import NATIONAL_ID, NOW, PKI, certificate

ISTANBUL = timezone(timedelta(hours=3))


def test_a_qualified_certificate() -> None:
    nes = certificate("nes-p384")
    assert (nes.kind, nes.key, nes.qualified, nes.shortfalls) == ("nes", "EC P-384", True, [])
    assert nes.common_name == "TEST KİŞİ"
    assert nes.subject == "serialNumber=100******46,CN=TEST KİŞİ,C=TR"
    assert nes.reveal_subject() == "serialNumber=10000000146,CN=TEST KİŞİ,C=TR"
    assert nes.key_usage == ["digitalSignature", "nonRepudiation"] and nes.can_sign
    assert nes.statements.compliance and nes.statements.turkish_nes and nes.statements.limit is None
    assert [policy.oid for policy in nes.policies] == ["2.16.792.1.2.1.1.5.7.1.1"]
    assert nes.policies[0].notices == ["Bu sertifika deneme içindir, hiçbir hukuki sonucu yoktur."]
    assert nes.ocsp_addresses and nes.issuer_addresses
    nes.check_qualified()
    nes.check_for_signing(NOW)


def test_a_national_id_is_masked_until_it_is_revealed() -> None:
    nes = certificate("nes-rsa2048")
    person = nes.national_id
    assert person is not None and person.is_checksum_valid
    assert str(person) == "100******46" and person.reveal() == NATIONAL_ID
    for text in (repr(person), repr(nes), nes.subject, nes.to_json(), repr(eimza.Candidates([nes]).one())):
        assert NATIONAL_ID not in text
    assert json.loads(nes.to_json(reveal=True))["national_id"] == NATIONAL_ID
    assert eimza.mask_national_ids(f"/home/{NATIONAL_ID}.p12") == "/home/100******46.p12"


def test_addresses_can_be_opened_and_details_mask_them() -> None:
    der = certificate("nes-p384").der.replace(b"nes-ca-p384.crl", NATIONAL_ID.encode() + b".crl")
    nes = eimza.Certificate(der)
    assert nes.crl_addresses == [f"http://127.0.0.1/{NATIONAL_ID}.crl"]
    assert nes.details()["crl_addresses"] == ["http://127.0.0.1/100******46.crl"]
    assert nes.details(reveal=True)["crl_addresses"] == nes.crl_addresses


def test_a_seal_shows_its_tax_number() -> None:
    seal = certificate("seal")
    assert (seal.kind, seal.tax_id, seal.national_id) == ("mali-muhur", "1234567890", None)


def test_times_are_aware_and_in_utc() -> None:
    nes = certificate("nes-rsa2048")
    assert nes.not_before == datetime(2026, 1, 1, tzinfo=timezone.utc)
    assert nes.not_after is not None and nes.not_after.tzinfo == timezone.utc
    assert nes.renewable_from == datetime(2039, 11, 1, tzinfo=timezone.utc)
    nes.check_validity(nes.not_after)
    nes.check_validity(datetime(2026, 1, 1, 3, tzinfo=ISTANBUL))
    with pytest.raises(eimza.CertificateNotYetValid):
        nes.check_validity(datetime(2026, 1, 1, 2, 59, 59, 999_999, tzinfo=ISTANBUL))
    with pytest.raises(eimza.CertificateExpired):
        nes.check_validity(nes.not_after + timedelta(seconds=1))


def test_a_time_without_zone_is_refused() -> None:
    with pytest.raises(ValueError) as caught:
        certificate("nes-rsa2048").check_validity(datetime(2026, 6, 15))
    assert isinstance(caught.value, eimza.ArgumentInvalid)
    with pytest.raises(TypeError):
        certificate("nes-rsa2048").check_validity("2026-06-15T12:00:00Z")  # type: ignore[arg-type]


def test_what_a_certificate_lacks() -> None:
    lacking = certificate("nes-without-qc-statements")
    assert not lacking.qualified and "compliance-missing" in lacking.shortfalls
    with pytest.raises(eimza.CertificateNotQualified):
        certificate("nes-without-non-repudiation").check_qualified()
    with pytest.raises(eimza.CertificateOtherPerson):
        certificate("second-person").check_person(NATIONAL_ID)
    with pytest.raises(eimza.CertificateIssuerUnknown):
        certificate("self-signed-nes").check_issued_by(certificate("nes-ca"))
    certificate("nes-rsa2048").check_issued_by(certificate("nes-ca"))
    with pytest.raises(eimza.CertificateError) as caught:
        certificate("encryption").check_for_signing(NOW)
    assert caught.value.name == "certificate-cannot-sign"


def test_choosing_reads_as_a_sentence() -> None:
    names = ["encryption", "nes-expired", "nes-without-qc-statements", "nes-rsa2048", "root"]
    candidates = eimza.Candidates([certificate(name) for name in names])
    left = candidates.qualified().for_signing().valid_at(NOW)
    assert left.one() == certificate("nes-rsa2048")
    assert len(candidates) == 5 and len(left) == 1 and len(left.excluded) == 4
    assert left.one() == candidates.with_fingerprint(certificate("nes-rsa2048").sha256).one()
    assert [found.kind for found in left.of_person(NATIONAL_ID).issued_by(certificate("nes-ca"))] == ["nes"]


def test_none_and_several_name_what_there_is() -> None:
    two = eimza.Candidates([certificate("nes-rsa2048"), certificate("nes-p256")])
    with pytest.raises(eimza.CertificatesSeveral) as several:
        two.one()
    with pytest.raises(eimza.CertificateNoneFits) as none:
        two.of_person("10000000145").one()
    for caught in (several.value, none.value):
        assert "TEST KİŞİ" in caught.message and not re.search(r"\d{11}", str(caught))


def test_octets_are_kept_and_equality_is_theirs() -> None:
    for path in sorted((PKI / "certificates").glob("*.der")):
        octets = path.read_bytes()
        found = eimza.Certificate(octets)
        assert found.der == octets
        assert eimza.Certificate.read_all(octets) == [found]
        assert json.loads(found.to_json())["certificate_sha256"] == found.sha256
    assert len({certificate("root"), certificate("root"), certificate("nes-ca")}) == 2


def test_damage_raises_and_nothing_else() -> None:
    octets = certificate("nes-p256").der
    for length in range(0, len(octets), 7):
        with pytest.raises(eimza.EimzaError):
            eimza.Certificate(octets[:length])
    for index in range(0, len(octets), 3):
        flipped = bytearray(octets)
        flipped[index] ^= 0xFF
        try:
            eimza.Certificate(bytes(flipped)).to_json()
        except eimza.EimzaError:
            pass
