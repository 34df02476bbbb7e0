"""Judges one signature again and again by pyHanko and prints the median time of a judgement in seconds."""
import asyncio
import sys
import time
from datetime import datetime
from pathlib import Path

from asn1crypto import cms, crl, ocsp, x509
from pyhanko.sign.validation.generic_cms import async_validate_cms_signature
from pyhanko.sign.validation.settings import KeyUsageConstraints
from pyhanko_certvalidator import ValidationContext

ROUNDS = 15


async def main(folder, now):
    signature = (folder / "signature").read_bytes()
    root, authority = (x509.Certificate.load((folder / name).read_bytes()) for name in ("root", "authority"))
    lists = [crl.CertificateList.load((folder / "crl").read_bytes())]
    answers = [ocsp.OCSPResponse.load((folder / "ocsp").read_bytes())]
    usage = KeyUsageConstraints(key_usage={"digital_signature"})
    taken = []
    for _ in range(ROUNDS):
        start = time.perf_counter()
        context = ValidationContext(
            trust_roots=[root], other_certs=[authority], crls=lists, ocsps=answers, moment=now,
            revocation_mode="hard-fail", allow_fetching=False)
        signed_data = cms.ContentInfo.load(signature)["content"]
        status = await async_validate_cms_signature(signed_data, validation_context=context, key_usage_settings=usage)
        taken.append(time.perf_counter() - start)
        if not (status.intact and status.valid and status.trusted):
            sys.exit(status.summary())
    print(sorted(taken)[ROUNDS // 2])


asyncio.run(main(Path(sys.argv[1]), datetime.fromisoformat(sys.argv[2].replace("Z", "+00:00"))))
