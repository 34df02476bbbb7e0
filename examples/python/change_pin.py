"""Changes the PIN of a token. No try is ever spent unasked: not the last one, not after a lost answer.

change_pin.py ADDRESS; the present and the new PIN are the first two lines of standard input.
"""

import sys

import eimza


def main(address: str) -> None:
    token = eimza.open_token(address)
    print(f"before: {token.pin_status().status}")
    try:
        token.change_pin(next_line(), next_line())
        print("changed")
    except eimza.EimzaError as error:
        # A stable name and number for programs, sentences for people.
        print(f"{error.code} {error.name}: {error.sentence('tr')}")
    print(f"after: {token.pin_status().status}")


def next_line() -> eimza.Pin:
    return eimza.Pin(bytearray(sys.stdin.buffer.readline().removesuffix(b"\n")))


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit("ADDRESS")
    main(sys.argv[1])
