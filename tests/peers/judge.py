"""pyHanko's verdict by EN 319 102-1 over many files: judge.py LIST. The options are described in README.md.

Each line of the list is a question; each answer ends with a line "=== VERDICT".
"""
import asyncio
import hashlib
import logging
import sys
from datetime import datetime
from pathlib import Path

from asn1crypto import cms, crl, ocsp, x509
from pyhanko.sign.validation.ades import ades_basic_validation, ades_with_time_validation
from pyhanko.sign.validation.policy_decl import LocalKnowledge, RevinfoOnlineFetchingRule, RevocationInfoGatheringSpec, SignatureValidationSpec
from pyhanko.sign.validation.settings import KeyUsageConstraints
from pyhanko_certvalidator.authority import CertTrustAnchor
from pyhanko_certvalidator.context import CertValidationPolicySpec, ValidationDataHandlers
from pyhanko_certvalidator.ltv.types import ValidationTimingInfo
from pyhanko_certvalidator.policy_decl import CertRevTrustPolicy, RevocationCheckingPolicy, RevocationCheckingRule
from pyhanko_certvalidator.registry import SimpleTrustManager
from pyhanko_certvalidator.revinfo.archival import CRLContainer, OCSPContainer

OCSP_RESPONSE = "1.3.6.1.5.5.7.16.2"
SIGNATURE_TIME_STAMP = "signature_time_stamp_token"


def main():
    logging.disable()
    for line in Path(sys.argv[1]).read_text().splitlines():
        words = line.split("\t")
        try:
            verdict = judge(dict(zip(words[::2], words[1::2])))
        except Exception as error:  # whatever it is, there is no verdict
            print(repr(error))
            verdict = "ERROR"
        print("===", verdict, flush=True)


def judge(options):
    signed_data = cms.ContentInfo.load(Path(options["--signature"]).read_bytes(), strict=True)["content"]
    at = datetime.fromisoformat(options["--time"])
    digest = None
    if "--content" in options:
        algorithm = signed_data["signer_infos"][0]["digest_algorithm"]["algorithm"].native
        digest = hashlib.new(algorithm, Path(options["--content"]).read_bytes()).digest()
    unsigned = signed_data["signer_infos"][0]["unsigned_attrs"]
    is_stamped = any(attribute["type"].native == SIGNATURE_TIME_STAMP for attribute in unsigned)
    validate = ades_with_time_validation if is_stamped else ades_basic_validation
    timing = ValidationTimingInfo(at, at, point_in_time_validation=True)
    result = asyncio.run(validate(signed_data, specification(options, signed_data), timing_info=timing, raw_digest=digest))
    if result.failure_msg:
        print(result.failure_msg)
    return result.ades_subindic.standard_name if result.ades_subindic.status.name != "PASSED" else "PASSED"


def specification(options, signed_data):
    """The path under the anchors with status data for everybody, and nothing from a network."""
    anchors = SimpleTrustManager.build(trust_roots=certificates(options, "--anchors"))
    required = RevocationCheckingRule.CRL_OR_OCSP_REQUIRED
    policy = CertValidationPolicySpec(
        trust_manager=anchors,
        revinfo_policy=CertRevTrustPolicy(RevocationCheckingPolicy(ee_certificate_rule=required, intermediate_ca_cert_rule=required)))
    crls, ocsps = inside(signed_data)
    crls += [crl.CertificateList.load(der) for der in files(options, "--crls")]
    ocsps += [ocsp.OCSPResponse.load(der) for der in files(options, "--ocsps")]
    known = LocalKnowledge(
        known_crls=[CRLContainer(each) for each in crls],
        known_ocsps=[container for each in ocsps for container in OCSPContainer.load_multi(each)],
        known_certs=certificates(options, "--others") + [each.chosen for each in signed_data["certificates"]])
    return SignatureValidationSpec(
        cert_validation_policy=policy,
        ts_cert_validation_policy=policy,
        local_knowledge=known,
        key_usage_settings=KeyUsageConstraints(key_usage={"non_repudiation"}),
        revinfo_gathering_policy=RevocationInfoGatheringSpec(online_fetching_rule=RevinfoOnlineFetchingRule.LOCAL_ONLY))


def inside(signed_data):
    """CRLs and OCSP answers of SignedData, which pyHanko does not collect by itself."""
    crls, ocsps = [], []
    for choice in signed_data["crls"] or []:
        if choice.name != "other":
            crls.append(choice.chosen)
        elif choice.chosen["other_rev_info_format"].dotted == OCSP_RESPONSE:
            ocsps.append(ocsp.OCSPResponse.load(choice.chosen["other_rev_info"].dump()))
    return crls, ocsps


def certificates(options, name):
    return [x509.Certificate.load(der) for der in files(options, name)]


def files(options, name):
    return [Path(path).read_bytes() for path in options.get(name, "").split(",") if path]


main()
