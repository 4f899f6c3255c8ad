"""One byte sequence for one value: JSON with sorted keys, for hashes, stores and outputs that must not differ."""

import hashlib
import json


def canonical_json(value: object) -> str:
    """Return *value* as JSON with sorted keys and no white space; NaN and infinity are refused."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)


def readable_json(value: object) -> str:
    """Return *value* as indented JSON with sorted keys and a final line end, for people and diffs."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, indent=2, allow_nan=False) + "\n"


def sha256_hex(text: str) -> str:
    """Return the SHA-256 of the UTF-8 bytes of *text*, in hexadecimal."""
    return hashlib.sha256(text.encode()).hexdigest()
