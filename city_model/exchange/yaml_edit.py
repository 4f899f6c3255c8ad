"""Several changes to one hand-written file at once: values replaced, fields and items added, everything else untouched.

The text is changed by lines, never written anew, and at the end it is read again: what it says must be exactly what
was asked for, or nothing is changed at all.
"""

from collections.abc import Iterator, Mapping, Sequence
from copy import deepcopy
from typing import Any

from city_model.faults import Path, value_at
from city_model.yaml_source import Document
from city_model.yaml_writer import block_text, document_of, entry_text, flow_text, holds, set_fields, split_lines
from resilience.base.files import MAX_TEXT_BYTES
from resilience.base.language import _
from resilience.base.problems import InputError

STEP = "  "


class FileEdit:
    """The changes to one file, collected and then made in one go."""

    def __init__(self, text: str, file: str) -> None:
        self._text, self.file = text, file
        self._document = document_of(text, file)
        self._lines = split_lines(text)
        self._expected: Any = deepcopy(self._document.data)
        self._values: dict[Path, object] = {}
        self._fields: list[tuple[Path, str, object, tuple[str, ...]]] = []
        self._items: list[tuple[Path, list[Mapping[str, Any]]]] = []

    def change(self, path: Path, value: object) -> None:
        """Replace what stands at *path*; where nothing stands there yet, add it to its mapping."""
        owner = value_at(self._expected, path[:-1])
        if not isinstance(owner, dict):
            raise self._refused(path)
        if path[-1] in owner:
            self._values[path] = value
        else:
            self._fields.append((path[:-1], str(path[-1]), value, ()))
        owner[path[-1]] = deepcopy(value)

    def add_field(self, path: Path, value: object, order: Sequence[str]) -> None:
        """Add a field to the mapping at ``path[:-1]``, before the first one that comes later in *order*."""
        owner = value_at(self._expected, path[:-1])
        if not isinstance(owner, dict) or path[-1] in owner:
            raise self._refused(path)
        self._fields.append((path[:-1], str(path[-1]), value, tuple(order)))
        owner[str(path[-1])] = deepcopy(value)

    def append(self, path: Path, items: Sequence[Mapping[str, Any]]) -> None:
        """Add *items* to the end of the list at *path*, which is made where it is not there."""
        owner = value_at(self._expected, path[:-1])
        if not isinstance(owner, dict):
            raise self._refused(path)
        known = owner.setdefault(path[-1], [])
        if known is None:
            owner[path[-1]] = known = []
        self._items.append((path, list(items)))
        known.extend(deepcopy(list(items)))

    def text(self) -> str:
        """Return the changed text; raises InputError when it would not say exactly what was asked for."""
        text = set_fields(self._text, self._values, self.file) if self._values else self._text
        document, lines = document_of(text, self.file), split_lines(text)
        inserted: list[tuple[int, int, list[str]]] = []
        end = "\r\n" if lines and lines[0].endswith("\r\n") else "\n"
        if lines and lines[-1] and not lines[-1].endswith(("\n", "\r")):
            lines[-1] += end
        for owner, key, value, order in self._fields:
            self._insert_field(document, lines, inserted, owner, key, value, order)
        for path, items in self._items:
            self._insert_items(document, lines, inserted, path, items)
        for at, _number, new in sorted(inserted, key=lambda part: (part[0], part[1]), reverse=True):
            lines[at:at] = [line + end for line in new]
        changed = "".join(lines)
        if len(changed.encode(errors="replace")) > MAX_TEXT_BYTES:
            document_of(changed, self.file)  # says that the file would be too large
        if not holds(changed, self._expected):
            first = next(iter([*self._values, *((*owner, key) for owner, key, _value, _order in self._fields),
                               *(path for path, _items in self._items)]), ())  # fmt: skip
            raise self._refused(first)
        return changed

    def _insert_field(
        self,
        document: Document,
        lines: list[str],
        inserted: list[tuple[int, int, list[str]]],
        owner: Path,
        key: str,
        value: object,
        order: tuple[str, ...],
    ) -> None:
        known = value_at(document.data, owner)
        if not isinstance(known, dict) or not known:
            raise self._refused((*owner, key))
        line, column = document.position(owner)
        if lines[line - 1][column - 1 : column] == "{":
            self._insert_in_braces(lines, line - 1, column - 1, key, value)
            return
        first = next(iter(known))
        first_line, first_column = document.position((*owner, first), key=True)
        indent = " " * (first_column - 1)
        later = order[order.index(key) + 1 :] if key in order else ()
        after = next((name for name in known if name in later and name != first), None)
        at = (
            _above(lines, document.position((*owner, after), key=True)[0] - 1)
            if after
            else _end(document, lines, owner)
        )
        if at < first_line:
            raise self._refused((*owner, key))
        inserted.append((at, len(inserted), entry_text(key, value, indent)))

    def _insert_in_braces(self, lines: list[str], number: int, start: int, key: str, value: object) -> None:
        depth, line = 0, lines[number]
        for place in range(start, len(line)):
            depth += (line[place] in "{[") - (line[place] in "}]")
            if depth == 0:
                lines[number] = f"{line[:place]}, {key}: {flow_text(value)}{line[place:]}"
                return

    def _insert_items(
        self,
        document: Document,
        lines: list[str],
        inserted: list[tuple[int, int, list[str]]],
        path: Path,
        items: list[Mapping[str, Any]],
    ) -> None:
        known = value_at(document.data, path)
        owner = value_at(document.data, path[:-1])
        if isinstance(known, list) and known:
            line, column = document.position(path)
            if lines[line - 1][column - 1 : column] == "[":
                raise self._refused(path)
            indent = " " * (column - 1)
            at = _end(document, lines, path)
            roomy = len(path) == 1 and any(not text.strip() for text in lines[line - 1 : at])
            for item in items:
                inserted.append((at, len(inserted), [*([""] if roomy else []), *block_text(item, indent)]))
            return
        if isinstance(owner, dict) and path[-1] in owner:
            raise self._refused(path)  # an empty list stands there, in brackets
        if len(path) == 1:
            text = ["", f"{path[0]}:"]
            for number, item in enumerate(items):
                text += [*([""] if number else []), *block_text(item, STEP)]
            inserted.append((len(lines) if lines[-1] else len(lines) - 1, len(inserted), text))
            return
        first = next(iter(owner)) if isinstance(owner, dict) else ""
        _line, column = document.position((*path[:-1], first), key=True)
        indent = " " * (column - 1)
        text = [f"{indent}{path[-1]}:", *(line for item in items for line in block_text(item, indent + STEP))]
        inserted.append((_end(document, lines, path[:-1]), len(inserted), text))

    def _refused(self, path: Path) -> InputError:
        what = _("this place in the file is written in a way that cannot be changed line by line")
        return InputError([self._document.problem(path, what, _("change it by hand"))])


def _end(document: Document, lines: Sequence[str], path: Path) -> int:
    """Return the number of lines up to and including the last one of what stands at *path*."""
    inside = max(document.position(found)[0] for found in _paths(value_at(document.data, path), path))
    after = [document.position(found, key=True)[0] for found in _paths(document.data, ())
             if found[: len(path)] != path and document.position(found, key=True)[0] > inside]  # fmt: skip
    return _above(lines, min(after) - 1 if after else len(lines))


def _above(lines: Sequence[str], at: int) -> int:
    """Return *at*, or what is above the comments and empty lines that belong to the line below it."""
    while at > 0 and (not lines[at - 1].strip() or lines[at - 1].lstrip().startswith("#")):
        at -= 1
    return at


def _paths(data: object, path: Path) -> Iterator[Path]:
    yield path
    if isinstance(data, Mapping):
        for key, value in data.items():
            yield from _paths(value, (*path, key))
    elif isinstance(data, list):
        for number, value in enumerate(data):
            yield from _paths(value, (*path, number))
