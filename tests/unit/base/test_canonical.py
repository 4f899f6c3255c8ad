"""One byte sequence for one value."""

import json
import math
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from resilience.base.canonical import canonical_json, readable_json, sha256_hex

_TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=8)
_PLAIN = st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | _TEXT
VALUES: st.SearchStrategy[Any] = st.recursive(
    _PLAIN, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(_TEXT, inner, max_size=4), max_leaves=12
)


def turned(value: Any) -> Any:
    """Return *value* with the keys of every mapping in the opposite order."""
    if isinstance(value, dict):
        return {key: turned(value[key]) for key in reversed(value)}
    return [turned(item) for item in value] if isinstance(value, list) else value


@given(VALUES)
def test_the_order_of_keys_does_not_matter(value: Any) -> None:
    """Two equal values give the same text, hence the same hash."""
    assert (canonical_json(turned(value)), readable_json(turned(value))) == (
        canonical_json(value),
        readable_json(value),
    )


@given(VALUES)
def test_both_forms_hold_the_value(value: Any) -> None:
    """Nothing is lost or added; the form for people differs only in white space."""
    assert (json.loads(canonical_json(value)), json.loads(readable_json(value))) == (value, value)


@pytest.mark.parametrize("number", [math.nan, math.inf, -math.inf])
@pytest.mark.parametrize("write", [canonical_json, readable_json])
def test_what_json_cannot_hold_is_refused(write: Any, number: float) -> None:
    """A reader in another language would choke on it."""
    with pytest.raises(ValueError, match="JSON compliant"):
        write({"level": number})


def test_the_forms_are_as_documented() -> None:
    """Without white space for hashes; indented, with a last line end, for people; letters with accents stay letters."""
    value = {"b": [1, "één"], "a": None}

    assert (canonical_json(value), readable_json(value)) == (
        '{"a":null,"b":[1,"één"]}',
        '{\n  "a": null,\n  "b": [\n    1,\n    "één"\n  ]\n}\n',
    )


def test_the_hash_is_sha256_of_utf8() -> None:
    """The published value for "abc", and one for a letter of two bytes."""
    assert (sha256_hex("abc"), sha256_hex("é")) == (
        "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad",
        "4a99557e4033c3539de2eb65472017cad5f9557f7a0625a09f1c3f6e2ba69c4c",
    )
