"""One value of a hand-written file replaced on its own line; comments, quotes and layout around it stay."""

import re
from collections.abc import Mapping, Sequence
from copy import deepcopy
from typing import Any

from city_model.faults import Path, value_at
from city_model.yaml_source import Document, read
from city_model.yaml_writer import flow_text, plain_value, scalar_text
from resilience.base.canonical import canonical_json
from resilience.base.language import _
from resilience.base.problems import InputError

_LINES = re.compile(r"(?<=\n)|(?<=\r)(?!\n)|(?<=[\x85\u2028\u2029])")
"""Where the parser of YAML starts a new line."""
_END = re.compile(r"\s+#|[\r\n\x85\u2028\u2029]")
"""What ends a value without quotes: a comment, or the line."""
_END_IN_FLOW = re.compile(r"\s+#|[\r\n\x85\u2028\u2029]|[,\]}]")


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
        if not stands(document.data, path):
            raise _refused(document, path, _("nothing stands here yet"))
        number, column = place[0] - 1, place[1] - 1
        flow = bool(path) and in_brackets(document, lines, path[:-1])
        end = _end_of(lines[number], column, flow=flow)
        if end is None:
            raise _refused(document, path, _("this value takes more than one line"))
        value = changes[path]
        collection = isinstance(value, (Mapping, list, tuple))
        written = flow_text(value) if flow or collection else scalar_text(value)
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


def stands(data: object, path: Path) -> bool:
    """Return whether something stands at *path* in *data*, be it nothing by name."""
    owner = value_at(data, path[:-1]) if path else None
    if isinstance(owner, dict):
        return path[-1] in owner
    return isinstance(owner, list) and isinstance(path[-1], int) and path[-1] < len(owner)


def _put(data: Any, path: Path, value: object) -> None:  # noqa: ANN401 - whatever a file holds
    for part in path[:-1]:
        data = data[part]
    data[path[-1]] = plain_value(value)


def in_brackets(document: Document, lines: Sequence[str], path: Path) -> bool:
    """Return whether what stands at *path* is written in brackets or braces, or within such."""
    for length in range(len(path) + 1):
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
