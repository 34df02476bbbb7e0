"""Checks JSON files against a JSON schema: schema.py SCHEMA FILE... (exit 0: all fit)."""

import json
import sys

from jsonschema import Draft202012Validator


def main() -> int:
    with open(sys.argv[1], encoding="utf-8") as file:
        schema = json.load(file)
    Draft202012Validator.check_schema(schema)
    validator = Draft202012Validator(schema)
    faults = 0
    for path in sys.argv[2:]:
        with open(path, encoding="utf-8") as file:
            for fault in validator.iter_errors(json.load(file)):
                print(f"{path}: {fault.json_path}: {fault.message}")
                faults += 1
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
