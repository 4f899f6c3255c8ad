"""Our fields as properties of an ArchiMate model, and back: one property for each value, with the path as its key."""

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final

from city_model.yaml_source import read
from city_model.yaml_writer import flow_text, scalar_text

PREFIX: Final = "keten:"
"""Starts the key of every property that is ours; any other property belongs to the architect."""
TYPE: Final = f"{PREFIX}type"
DEEPEST = 10
"""Names in a key; the deepest field of ours has five."""
_SURELY_TEXT = re.compile(
    r"[^\W\d_](?:[^:#\n]|:(?=\S)|(?<=\S)#)*[^\s:#\n]|[0-9]{4}-[0-9]{2}-[0-9]{2}|(?:[0-9]+[wdhm])+"
)
_WHOLE = re.compile(r"0|[1-9][0-9]{0,15}")
_QUOTED = re.compile(r"'(?:[^'\n]|'')*'")
_WORDS = frozenset({"null", "true", "false"})


def flattened(data: Mapping[str, object], path: str = "") -> Iterator[tuple[str, str]]:
    """Yield key and text of every value in *data*; lists count from 1, lists of single values stay one value."""
    for key, value in data.items():
        name = f"{path}{key}"
        if isinstance(value, Mapping) and value:
            yield from flattened(value, f"{name}.")
        elif isinstance(value, list) and any(isinstance(item, Mapping) for item in value):
            yield from flattened({str(number): item for number, item in enumerate(value, start=1)}, f"{name}.")
        else:
            yield f"{PREFIX}{name}", flow_text(value) if isinstance(value, (list, dict)) else scalar_text(value)


def nested(properties: Iterable[tuple[str, str]]) -> dict[str, Any]:
    """Return the data that the properties of ours say; the others are passed over."""
    root: dict[str, Any] = {}
    for key, text in properties:
        if not key.startswith(PREFIX):
            continue
        *owners, last = key.removeprefix(PREFIX).split(".")
        if len(owners) > DEEPEST:
            continue
        inside = root
        for owner in owners:
            found = inside.setdefault(owner, {})
            inside = found if isinstance(found, dict) else inside
        inside[last] = value_of(text)
    return {key: _with_lists(value) for key, value in root.items()}


def value_of(text: str) -> object:
    """Return the value that *text* stands for, as in a file of a city; what cannot be read so is text."""
    if _SURELY_TEXT.fullmatch(text) and text.lower() not in _WORDS:
        return text
    if _WHOLE.fullmatch(text):
        return int(text)
    if _QUOTED.fullmatch(text):
        return text[1:-1].replace("''", "'")
    reading = read(f"value: {text}\n", "")
    data = reading.document.data if reading.document else None
    return data["value"] if isinstance(data, dict) and list(data) == ["value"] else text


def _with_lists(value: object) -> object:
    """Return *value* with every mapping whose keys are numbers as the list that it was."""
    if not isinstance(value, dict):
        return value
    inside = {key: _with_lists(item) for key, item in value.items()}
    if inside and all(key.isdecimal() for key in inside):
        return [inside[key] for key in sorted(inside, key=int)]
    return inside
