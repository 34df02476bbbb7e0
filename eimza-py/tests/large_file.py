"""Signs, completes and verifies a detached file given by its path, and prints the peak of memory in KiB."""

import resource
import sys
from datetime import datetime, timedelta, timezone
from pathlib import Path

import eimza

path, now = Path(sys.argv[1]), datetime.now(timezone.utc)
until = now + timedelta(hours=1)
key = eimza.TestIssuer(now, until).issue("KİŞİ", "10000000146", now, until)
token = eimza.create_software_token(None, "A", [key], "482913", eimza.Puk("87654321"), iterations=1_000)
signer = token.certificates().qualified().one()
options = eimza.SigningOptions(detached=True)

state = eimza.prepare(path, signer.certificate, options).state("large", until)
signature = state.complete(path, signer.certificate, "large", token.sign(signer, state.request, "482913"))
assert eimza.verify(eimza.SignedData(signature), path).all_passed
assert eimza.validate(signature, at=now, trust=[], content=path).indication == "INDETERMINATE"
assert eimza.sign(token, signer, "482913", path, options)
print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)
