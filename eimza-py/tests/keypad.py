"""Lists and signs with a token that hides its certificates and has a keypad; tests run it in a process of its own."""

import sys
from datetime import datetime, timezone

import eimza

token = eimza.open_token(sys.argv[1])
options = eimza.SigningOptions(signing_time=datetime(2026, 6, 15, 12, 0, 30, tzinfo=timezone.utc))
assert len(token.certificates()) == 0

found, login = token.certificates_and_pin(eimza.OnDevice())
assert isinstance(login, eimza.OpenLogin), login
try:
    token.verify_pin(eimza.OnDevice())
    sys.exit("another operation while the token is open")
except eimza.EimzaError as error:
    assert error.name == "host-holds-login", error
file = eimza.sign(token, found.one(), login, b"content", options)
assert eimza.verify(eimza.SignedData(file)).all_passed
assert len(token.certificates()) == 0

found, login = token.certificates_and_pin(eimza.OnDevice())
assert isinstance(login, eimza.OpenLogin), login
login.close()
assert len(found) == 1 and len(token.certificates()) == 0
try:
    eimza.sign(token, found.one(), login, b"content", options)
    sys.exit("a login that was closed signs")
except eimza.EimzaError as error:
    print(error.name)
