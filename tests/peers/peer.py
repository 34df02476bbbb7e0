"""pyHanko as a peer: signs and verifies CMS files. The options are described in README.md."""
import asyncio
import sys
from datetime import datetime, timezone
from pathlib import Path

from asn1crypto import cms, crl, keys, pem, x509
from pyhanko.sign.signers.pdf_cms import PdfCMSSignedAttributes, SimpleSigner
from pyhanko.sign.timestamps import HTTPTimeStamper
from pyhanko.sign.validation.generic_cms import async_validate_cms_signature, async_validate_detached_cms
from pyhanko.sign.validation.settings import KeyUsageConstraints
from pyhanko_certvalidator import ValidationContext
from pyhanko_certvalidator.registry import SimpleCertificateStore


def main():
    command, options = sys.argv[1], dict(zip(sys.argv[2::2], sys.argv[3::2]))
    return {"verify": verify, "verify-many": verify_many, "sign": sign}[command](options)


def verify_many(options):
    for line in Path(options["--list"]).read_text().splitlines():
        signature, _, content = line.partition("\t")
        one = options | {"--signature": signature} | ({"--content": content} if content else {})
        try:
            accepted = verify(one) == 0
        except Exception as error:  # whatever it is, it refuses
            accepted = print(repr(error))
        print("=== accepted" if accepted else "=== refused", flush=True)
    return 0


def verify(options):
    info = cms.ContentInfo.load(Path(options["--signature"]).read_bytes(), strict=True)
    signed_data = info["content"]
    lists = [crl.CertificateList.load(der) for der in ders(options["--crl"])] if "--crl" in options else []
    context = ValidationContext(
        trust_roots=certificates(options["--anchor"]), other_certs=certificates(options["--others"]), crls=lists,
        revocation_mode="require" if lists else "soft-fail", allow_fetching=False)
    usage = KeyUsageConstraints(key_usage={"digital_signature"})
    if "--content" in options:
        content = Path(options["--content"]).read_bytes()
        status = asyncio.run(async_validate_detached_cms(content, signed_data, context, key_usage_settings=usage))
    else:
        status = asyncio.run(async_validate_cms_signature(signed_data, validation_context=context, key_usage_settings=usage))
    print(status.summary())
    return 0 if status.intact and status.valid and status.trusted else 1


def sign(options):
    key = Path(options["--key"]).read_bytes()
    store = SimpleCertificateStore.from_certs(certificates(options["--others"]))
    signer = SimpleSigner(
        x509.Certificate.load(Path(options["--certificate"]).read_bytes()),
        keys.PrivateKeyInfo.load(pem.unarmor(key)[2]), store, prefer_pss="--pss" in options)
    content = Path(options["--content"]).read_bytes()
    attributes = PdfCMSSignedAttributes(signing_time=datetime.now(timezone.utc).replace(microsecond=0))
    detached = "--detached" in options
    given = content if detached else cms.ContentInfo({"content_type": "data", "content": content})
    stamper = HTTPTimeStamper(options["--time-stamps"]) if "--time-stamps" in options else None
    signed = asyncio.run(signer.async_sign_general_data(
        given, options["--digest"], detached=detached, use_cades=True, timestamper=stamper, signed_attr_settings=attributes))
    Path(options["--out"]).write_bytes(signed.dump())
    return 0


def certificates(path):
    return [x509.Certificate.load(der) for der in ders(path)]


def ders(path):
    return [der for _, _, der in pem.unarmor(Path(path).read_bytes(), multiple=True)]


sys.exit(main())
