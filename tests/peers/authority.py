"""Runs the certificate authority of authority.yml on a free port: prints its address, ends with its standard input.

A request may name the time that it is to be answered at, in the header X-Certomancer-Fake-Time.
"""
import sys
import threading
from datetime import datetime, timedelta, timezone
from pathlib import Path
from string import Template

import yaml
from asn1crypto import x509
from certomancer.integrations.animator import Animator, AnimatorArchStore
from certomancer.registry import CertomancerConfig
from werkzeug.serving import WSGIRequestHandler, make_server

HERE = Path(__file__).resolve().parent
PKI = HERE.parent.parent / "testkit/pki"
DAYS = {"before": -10, "revoked": 30, "end": 365, "never": 20 * 365}


class WholeSeconds(Animator):
    """RFC 6960 4.2.2.1 has no fractions of a second in an answer."""

    def at_time(self, request):
        return super().at_time(request).replace(microsecond=0)


class Silent(WSGIRequestHandler):
    def log(self, *_):
        pass


def main():
    server = make_server("127.0.0.1", 0, lambda *_: [], threaded=True, request_handler=Silent)
    address = f"http://127.0.0.1:{server.port}"
    config = CertomancerConfig(declaration(), key_search_dir="/", external_url_prefix=address)
    server.app = WholeSeconds(AnimatorArchStore(config.pki_archs), with_web_ui=False)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    print(address, flush=True)
    sys.stdin.read()


def declaration():
    person = x509.Certificate.load((PKI / "certificates/nes-rsa2048.der").read_bytes())
    extensions = {each["extn_id"].dotted: each["extn_value"].contents.hex() for each in person["tbs_certificate"]["extensions"]}
    midnight = datetime.now(timezone.utc).replace(hour=0, minute=0, second=0, microsecond=0)
    filled_in = {name: f'"{(midnight + timedelta(days=days)).isoformat()}"' for name, days in DAYS.items()}
    filled_in |= {"keys": PKI / "keys", "policies": f'"{extensions["2.5.29.32"]}"', "statements": f'"{extensions["1.3.6.1.5.5.7.1.3"]}"'}
    return yaml.safe_load(Template((HERE / "authority.yml").read_text()).substitute(filled_in))


main()
