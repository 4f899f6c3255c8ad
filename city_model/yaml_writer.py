"""Files of a city as text: written in one fixed style, or changed in place, one line for one value.

A file that this module wrote comes back byte for byte when it is loaded and written again. A file that people wrote
keeps its comments and its layout: `set_field` touches only the line on which the value stands.
"""

import datetime as dt
import re
from collections.abc import Iterator, Mapping, Sequence
from copy import deepcopy
from functools import cache, lru_cache
from typing import Any, Final, get_args

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from city_model.faults import Path, value_at
from city_model.impact import ImpactFile
from city_model.schema import AccessFile, CityFile, OrganisationFile
from city_model.values import Minutes, Provenance
from city_model.yaml_source import Document, read
from resilience.base.canonical import canonical_json
from resilience.base.language import _
from resilience.base.problems import InputError
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
_LINES = re.compile(r"(?<=\n)|(?<=\r)(?!\n)|(?<=[\x85\u2028\u2029])")
"""Where the parser of YAML starts a new line."""
_END = re.compile(r"\s+#|[\r\n\x85\u2028\u2029]")
"""What ends a value without quotes: a comment, or the line."""
_END_IN_FLOW = re.compile(r"\s+#|[\r\n\x85\u2028\u2029]|[,\]}]")


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
            found[name] = _duration(item) if minutes else _plain(item)
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


def set_field(text: str, path: Path, value: object, file: str = "") -> str:
    """Return *text* with the value at *path* replaced by *value*: exactly one line differs.

    Raises InputError when nothing stands at *path*, or when what stands there takes more than one line.
    """
    return set_fields(text, {path: value}, file)


def set_fields(text: str, changes: Mapping[Path, object], file: str = "") -> str:
    """Return *text* with every value of *changes* in place; only the lines on which they stand differ."""
    document = document_of(text, file)
    lines = split_lines(text)
    expected = deepcopy(document.data)
    for place, path in sorted(((document.position(path), path) for path in changes), reverse=True):
        if not _stands(document.data, path):
            raise _refused(document, path, _("nothing stands here yet"))
        number, column = place[0] - 1, place[1] - 1
        flow = _in_flow(document, lines, path)
        end = _end_of(lines[number], column, flow=flow)
        if end is None:
            raise _refused(document, path, _("this value takes more than one line"))
        value = changes[path]
        collection = isinstance(value, (Mapping, list, tuple))
        written = flow_text(value) if flow or collection else _scalar(value, flow=False)
        gap = " " if column and lines[number][column - 1] in ":-" else ""
        lines[number] = lines[number][:column] + gap + written + lines[number][end:]
        _put(expected, path, value)
    changed = "".join(lines)
    if not holds(changed, expected):
        first = next(iter(changes))
        raise _refused(document, first, _("this value cannot be changed on its own line"))
    return changed


def document_of(text: str, file: str) -> Document:
    """Return *text* read as YAML; raises InputError with what is wrong."""
    reading = read(text, file)
    if reading.document is None:
        raise InputError(reading.problems)
    return reading.document


def holds(text: str, expected: object) -> bool:
    """Return whether *text* is YAML that says exactly *expected*."""
    reading = read(text, "")
    return reading.document is not None and canonical_json(reading.document.data) == canonical_json(expected)


def split_lines(text: str) -> list[str]:
    """Return the lines of *text*, line ends included, where the parser of YAML sees them end."""
    return _LINES.split(text)


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


def _plain(value: object) -> object:
    if isinstance(value, BaseModel):
        return plain(value)
    if isinstance(value, (tuple, list)):
        return [_plain(item) for item in value]
    if isinstance(value, Mapping):
        return {str(key): _plain(item) for key, item in value.items()}
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


def _stands(data: object, path: Path) -> bool:
    owner = value_at(data, path[:-1]) if path else None
    if isinstance(owner, dict):
        return path[-1] in owner
    return isinstance(owner, list) and isinstance(path[-1], int) and path[-1] < len(owner)


def _put(data: Any, path: Path, value: object) -> None:  # noqa: ANN401 - whatever a file holds
    for part in path[:-1]:
        data = data[part]
    data[path[-1]] = _plain(value)


def _in_flow(document: Document, lines: Sequence[str], path: Path) -> bool:
    """Whether the value at *path* stands inside brackets or braces."""
    for length in range(len(path)):
        line, column = document.position(path[:length])
        if lines[line - 1][column - 1 : column] in {"{", "["}:
            return True
    return False


def _end_of(line: str, start: int, *, flow: bool) -> int | None:
    """Return where the value that starts at *start* ends on its line; None when it goes on below."""
    first = line[start : start + 1]
    if first in {"'", '"'}:
        return _end_of_quoted(line, start)
    if first in {"{", "["}:
        return _end_of_brackets(line, start)
    if first in {"|", ">"} and not flow:
        return None
    stop = (_END_IN_FLOW if flow else _END).search(line, start)
    return start + len(line[start : stop.start() if stop else len(line)].rstrip())


def _end_of_quoted(line: str, start: int) -> int | None:
    pattern = r"'(?:[^']|'')*'" if line[start] == "'" else r'"(?:[^"\\]|\\.)*"'
    found = re.compile(pattern).match(line, start)
    return found.end() if found else None


def _end_of_brackets(line: str, start: int) -> int | None:
    depth = 0
    place = start
    while place < len(line):
        character = line[place]
        if character in "'\"" and line[place - 1] in " ,:[{":
            end = _end_of_quoted(line, place)
            if end is None:
                return None
            place = end
            continue
        depth += (character in "{[") - (character in "}]")
        place += 1
        if depth == 0:
            return place
    return None


def _refused(document: Document, path: Path, what: str) -> InputError:
    return InputError([document.problem(path, what, _("change it by hand"))])
