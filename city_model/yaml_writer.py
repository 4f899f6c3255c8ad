"""Files of a city as text, written in one fixed style.

A file that this module wrote comes back byte for byte when it is loaded and written again. Files that people wrote are
changed in place, by yaml_edit.
"""

import datetime as dt
import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache, lru_cache
from typing import Any, Final, get_args

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from city_model.impact import ImpactFile
from city_model.schema import AccessFile, CityFile, OrganisationFile
from city_model.values import Minutes, Provenance
from resilience.base.units import format_duration

WIDTH = 120
"""Columns; a longer flow mapping or list is written as a block."""
STEP = "  "
ROOMY = 3
"""Lines of an item from which the items of a list at the top are kept apart by an empty line."""

_MINUTES: Final = get_args(Minutes)[1]
"""What marks a field as a duration."""
_PLAIN = re.compile(r"[^\W_][^\t]*|[(/][^\t]*")
_NOT_PLAIN = re.compile(r":(\s|$)|\s#|\s$")
_NOT_PLAIN_IN_FLOW = re.compile(r"[,\[\]{}:?\"'`]")
_NUMBER_LIKE = re.compile(r"[-+]?[0-9][0-9_,.]*([eE][-+]?[0-9]+)?")
_WORDS = frozenset({"", "~", "null", "true", "false", "yes", "no", "on", "off", "y", "n"})
"""Words that some reader of YAML takes for something else than text."""
_HIDDEN = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufeff\ufffe\uffff]")


def file_text(file: CityFile | OrganisationFile | AccessFile | ImpactFile) -> str:
    """Return the text of one file of a city: keys in the order of the schema, defaults left out."""
    parts: list[str] = []
    for key, value in plain(file).items():
        lines = list(_entry(key, value, "", top=True))
        if parts and (len(lines) > 1 or parts[-1].count("\n")):
            lines.insert(0, "")
        parts.append("\n".join(lines))
    return "\n".join(parts) + "\n"


def plain(value: BaseModel) -> dict[str, Any]:
    """Return *value* as the plain data of a file: durations as people write them, defaults left out."""
    found = {}
    for name, default, minutes in _fields(type(value)):
        item = getattr(value, name)
        if item != default:
            found[name] = _duration(item) if minutes else plain_value(item)
    return found


def block_text(data: Mapping[str, object], indent: str) -> list[str]:
    """Return the lines of one item of a list: *data* as a block mapping behind a hyphen at *indent*."""
    lines = [line for key, value in data.items() for line in _entry(key, value, f"{indent}{STEP}")]
    return [f"{indent}- {lines[0].lstrip()}", *lines[1:]]


def entry_text(key: str, value: object, indent: str) -> list[str]:
    """Return the lines of one key with its value at *indent*."""
    return list(_entry(key, value, indent))


def flow_text(value: object) -> str:
    """Return *value* on one line, fit to stand inside brackets."""
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{_scalar(key, flow=True)}: {flow_text(item)}" for key, item in value.items()) + "}"
    if isinstance(value, Sequence) and not isinstance(value, str):
        return "[" + ", ".join(map(flow_text, value)) + "]"
    return _scalar(value, flow=True)


def scalar_text(value: object) -> str:
    """Return a single value as it stands behind a colon; reading it back gives the same value."""
    return _scalar(value, flow=False)


@cache
def _fields(model: type[BaseModel]) -> tuple[tuple[str, object, bool], ...]:
    """Return the fields of *model*, who says so last: name, default (none where it must be there), whether minutes."""
    missing = object()
    inherited = Provenance.model_fields if issubclass(model, Provenance) else {}
    names = [*(name for name in model.model_fields if name not in inherited), *inherited]
    return tuple(
        (name, missing if field.is_required() else _default(field), _in_minutes(field))
        for name, field in ((name, model.model_fields[name]) for name in names)
    )


def _default(field: FieldInfo) -> object:
    return field.get_default(call_default_factory=True, validated_data={})


def _in_minutes(field: FieldInfo) -> bool:
    waiting: list[Any] = [field.annotation, *field.metadata]
    while waiting:
        part = waiting.pop()
        if part is _MINUTES:
            return True
        waiting += get_args(part)
    return False


def plain_value(value: object) -> object:
    """Return one value as the plain data of a file."""
    if isinstance(value, BaseModel):
        return plain(value)
    if isinstance(value, (tuple, list)):
        return [plain_value(item) for item in value]
    if isinstance(value, Mapping):
        return {str(key): plain_value(item) for key, item in value.items()}
    return value.isoformat() if isinstance(value, dt.date) else value


def _duration(value: object) -> object:
    if isinstance(value, tuple):
        return [_duration(item) for item in value]
    return format_duration(value) if isinstance(value, int) else value


def _entry(key: str, value: object, indent: str, *, top: bool = False) -> Iterator[str]:
    """Yield the lines of *key* with *value*."""
    if isinstance(value, Mapping) and value:
        inline = f"{indent}{key}: {flow_text(value)}"
        if len(inline) <= WIDTH and all(_is_small(item) for item in value.values()):
            yield inline
            return
        yield f"{indent}{key}:"
        for name, item in value.items():
            yield from _entry(_scalar(name, flow=False), item, indent + STEP)
    elif isinstance(value, list) and value:
        yield from _list(key, value, indent, top=top)
    else:
        yield f"{indent}{key}: {flow_text(value) if isinstance(value, (Mapping, list)) else _scalar(value, flow=False)}"


def _list(key: str, value: list[Any], indent: str, *, top: bool) -> Iterator[str]:
    mappings = all(isinstance(item, Mapping) and item for item in value)
    if not mappings:
        inline = f"{indent}{key}: {flow_text(value)}"
        if len(inline) <= WIDTH:
            yield inline
            return
        yield f"{indent}{key}:"
        for item in value:
            yield f"{indent}{STEP}- {flow_text(item)}"
        return
    yield f"{indent}{key}:"
    items = [block_text(item, indent + STEP) for item in value]
    apart = top and any(len(lines) >= ROOMY for lines in items)
    for number, lines in enumerate(items):
        if apart and number:
            yield ""
        yield from lines


def _is_small(value: object) -> bool:
    """Whether *value* may stand inside the braces of its owner: a single value or a list of such."""
    if isinstance(value, list):
        return not any(isinstance(item, (Mapping, list)) for item in value)
    return not isinstance(value, Mapping)


def _scalar(value: object, *, flow: bool) -> str:
    if value is None or isinstance(value, bool):
        return {None: "null", True: "true", False: "false"}[value]
    if isinstance(value, (int, float)):
        return repr(value)
    return _quoted(str(value), flow=flow)


@lru_cache(maxsize=50_000)
def _quoted(text: str, *, flow: bool) -> str:
    """Return *text* with the quotes that it needs; a map says the same words often."""
    if _HIDDEN.search(text):
        return _in_double_quotes(text)
    if _is_plain(text, flow=flow):
        return text
    return _in_double_quotes(text) if "'" in text and '"' not in text else "'" + text.replace("'", "''") + "'"


def _is_plain(text: str, *, flow: bool) -> bool:
    if text.lower() in _WORDS or _NUMBER_LIKE.fullmatch(text) or not _PLAIN.fullmatch(text):
        return False
    return not _NOT_PLAIN.search(text) and not (flow and _NOT_PLAIN_IN_FLOW.search(text))


def _in_double_quotes(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n").replace("\t", "\\t")
    return '"' + _HIDDEN.sub(lambda hidden: f"\\u{ord(hidden.group()):04x}", escaped) + '"'
