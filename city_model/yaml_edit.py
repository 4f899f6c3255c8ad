"""Changing files of a city in place: a value, a field, an item of a list; everything else keeps its very bytes.

All changes of one file are worked out on its data first. Then only the parts of the text that say something else are
written again, from the bottom up, and the result must read back as the data that was meant.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass
from typing import Any, Final

from city_model.faults import Path, value_at
from city_model.yaml_lines import document_of, holds, in_brackets, set_fields, split_lines, stands
from city_model.yaml_source import Document
from city_model.yaml_writer import block_text, entry_text
from resilience.base.files import MAX_TEXT_BYTES
from resilience.base.language import _
from resilience.base.problems import InputError

APPEND: Final = -1
"""As the last part of a path: a new item at the end of the list, which is made where it is not there."""
_LAST_FIELDS: Final = ("needs",)
"""Fields that people expect at the end of a component: a new one goes before them."""
_AFTER_OWNER: Final = ("teams", "components", "measures", "districts", "functions", "paths")


@dataclass(frozen=True)
class Edit:
    """Put *value* at *path*; None as a value takes away the item of a list that stands there."""

    path: Path
    value: object
    order: tuple[str, ...] = ()
    """The fields of the mapping in the order in which they belong; a new field goes before those that come later."""


def edited(text: str, edits: Sequence[Edit], file: str = "") -> str:
    """Return *text* with *edits* made; raises InputError when its layout does not allow that."""
    if not edits:
        return text
    document = document_of(text, file)
    expected = deepcopy(document.data)
    touched = [_apply(document, expected, edit) for edit in edits]
    removals = [path for path, edit in zip(touched, edits, strict=True) if edit.value is None]
    for path in sorted(removals, key=_in_the_file, reverse=True):
        _take_out(expected, path)
    orders = {path: edit.order for path, edit in zip(touched, edits, strict=True)}
    result = _Text(document, expected, orders).rewritten(touched, removals)
    if len(result.encode(errors="replace")) > MAX_TEXT_BYTES:
        document_of(result, file)  # says that the file would be too large
    if not holds(result, expected):
        raise _by_hand(document, edits[0].path)
    return result


def _apply(document: Document, data: Any, edit: Edit) -> Path:  # noqa: ANN401 - the data of a file
    """Make *edit* in *data* and return its path with the number of a new item filled in."""
    path: list[str | int] = []
    here: Any = data
    for part, after in zip(edit.path, (*edit.path[1:], None), strict=True):
        if not _may_hold(here, part):
            raise _by_hand(document, edit.path)
        if part == APPEND:
            part = len(here)  # noqa: PLW2901 - the number of the new item
            here.append(None)
        path.append(part)
        if after is None:
            if edit.value is not None:
                here[part] = deepcopy(edit.value)
        else:
            inside = value_at(here, (part,))
            if inside is None:
                inside = here[part] = [] if after == APPEND else {}
            here = inside
    return tuple(path)


def _may_hold(owner: object, part: str | int) -> bool:
    return isinstance(owner, list if isinstance(part, int) else dict)


def _take_out(data: Any, path: Path) -> None:  # noqa: ANN401 - the data of a file
    owner = value_at(data, path[:-1])
    assert isinstance(owner, list)  # noqa: S101 - only items of lists are taken away
    del owner[int(path[-1])]
    if not owner:
        above: Any = value_at(data, path[:-2])
        del above[path[-2]]


def _in_the_file(path: Path) -> list[tuple[int, str]]:
    """Order items of one list by their number."""
    return [(part, "") if isinstance(part, int) else (-1, part) for part in path]


class _Text:
    """The text of one file, and what it must come to say."""

    def __init__(
        self,
        document: Document,
        expected: Any,  # noqa: ANN401 - the data of a file
        orders: Mapping[Path, tuple[str, ...]],
    ) -> None:
        self.document = document
        self.expected = expected
        self.orders = orders
        self.lines = split_lines(document.text)
        self.ending = "\r\n" if self.lines and self.lines[0].endswith("\r\n") else "\n"

    def rewritten(self, touched: Iterable[Path], removals: Iterable[Path]) -> str:
        """Return the text with everything at *touched* as it must be."""
        gone = list(removals)
        anchors = self._without_covered(dict.fromkeys(self._anchor(path) for path in touched if path not in gone))
        inline = {path: self._value(path) for path in anchors if self._stands(path) and self._fits_on_its_line(path)}
        blocks = [path for path in anchors if path not in inline]
        changes = [*(self._block_change(path) for path in blocks), *(self._removal(path) for path in gone)]
        # The places are those of the original text, so what lies lowest goes first; values on one line come before
        # all, since they move no line.
        if inline:
            text = set_fields(self.document.text, inline, self.document.file)
            self.lines = split_lines(text)
        if changes and self.lines[-1] and not self.lines[-1].endswith(("\n", "\r")):
            self.lines[-1] += self.ending
        # Of several at one place the last goes first, because each comes to stand above those before it.
        numbered = sorted(enumerate(changes), key=lambda item: (item[1][:2], item[0]), reverse=True)
        for _number, (first, last, new) in numbered:
            self.lines[first:last] = [line + self.ending for line in new]
        return "".join(self.lines)

    def _anchor(self, path: Path) -> Path:
        """Return the nearest place at or above *path* that can be written by itself."""
        while path and not isinstance(value_at(self.document.data, path[:-1]), (dict, list)):
            path = path[:-1]
        if self._stands(path) or not path:
            return path
        while path and self._in_brackets(path[:-1]):
            path = path[:-1]
        return path

    def _without_covered(self, anchors: Collection[Path]) -> list[Path]:
        return [path for path in anchors if not any(path[:length] in anchors for length in range(len(path)))]

    def _stands(self, path: Path) -> bool:
        return not path or stands(self.document.data, path)

    def _value(self, path: Path) -> object:
        return value_at(self.expected, path)

    def _in_brackets(self, path: Path) -> bool:
        return in_brackets(self.document, self.lines, path)

    def _fits_on_its_line(self, path: Path) -> bool:
        """Whether the value at *path* stands on the line of its key, and so can be replaced there."""
        old = value_at(self.document.data, path)
        return self._in_brackets(path) or not isinstance(old, (dict, list)) or not old

    def _block_change(self, path: Path) -> tuple[int, int, list[str]]:
        """Return the lines to replace, from and to, and what to write there, for a block or for something new."""
        if self._stands(path):
            line, column = self.document.position(path, key=True)
            new = entry_text(str(path[-1]), self._value(path), " " * (column - 1))
            return line - 1, self._end(line - 1, column - 1), new
        owner = path[:-1]
        if isinstance(path[-1], int):
            return self._new_item(owner, path)
        column = self._column_of_fields(owner)
        place = self._place_of_new_field(path, column)
        new = entry_text(str(path[-1]), self._value(path), " " * column)
        if not owner:
            new = [*new, ""] if any(line.strip() for line in self.lines[place:]) else ["", *new]
        return place, place, new

    def _new_item(self, owner: Path, path: Path) -> tuple[int, int, list[str]]:
        items = value_at(self.document.data, owner)
        assert isinstance(items, list)  # noqa: S101 - the number of an item has a list above it
        line, column = self.document.position((*owner, len(items) - 1))
        hyphen = self.lines[line - 1].rfind("-", 0, column - 1)
        end = self._end(line - 1, hyphen)
        value = self._value(path)
        if not isinstance(value, dict):
            raise _by_hand(self.document, owner)
        first = self.document.position((*owner, 0))[0]
        apart = len(owner) == 1 and any(not text.strip() for text in self.lines[first - 1 : end])
        return end, end, [*([""] if apart else []), *block_text(value, " " * hyphen)]

    def _removal(self, path: Path) -> tuple[int, int, list[str]]:
        items = value_at(self.document.data, path[:-1])
        if self._in_brackets(path[:-1]) or not isinstance(items, list):
            raise _by_hand(self.document, path)
        if len(items) == 1:
            line, column = self.document.position(path[:-1], key=True)
            return line - 1, self._end(line - 1, column - 1), []
        line, column = self.document.position(path)
        hyphen = self.lines[line - 1].rfind("-", 0, column)
        return line - 1, self._end(line - 1, hyphen), []

    def _column_of_fields(self, owner: Path) -> int:
        fields = value_at(self.document.data, owner)
        if not isinstance(fields, dict) or not fields:
            raise _by_hand(self.document, owner)
        return self.document.position((*owner, next(iter(fields))), key=True)[1] - 1

    def _place_of_new_field(self, path: Path, column: int) -> int:
        """Return the line before which the new field at *path* goes: before the first that belongs after it."""
        owner, name = path[:-1], str(path[-1])
        fields = value_at(self.document.data, owner)
        assert isinstance(fields, dict)  # noqa: S101 - its first field was found
        order = self.orders.get(path, ())
        usual = _LAST_FIELDS if owner else _AFTER_OWNER
        later = order[order.index(name) + 1 :] if name in order else usual if name not in usual else ()
        first, *others = fields
        after = next((field for field in others if field in later), None)
        if after is None and first in later and not owner:
            after = first
        if after is not None:
            return self._above_comments(self.document.position((*owner, after), key=True)[0] - 1)
        last = list(fields)[-1]
        return self._end(self.document.position((*owner, last), key=True)[0] - 1, column)

    def _above_comments(self, line: int) -> int:
        """Return the first of the comment lines right above *line*, which belong to what stands there."""
        while line and self.lines[line - 1].lstrip().startswith("#"):
            line -= 1
        return line

    def _end(self, first: int, column: int) -> int:
        """Return the line after the block that starts on line *first* at *column*; what trails it stays out."""
        end = last = first + 1
        while end < len(self.lines):
            text = self.lines[end]
            bare = text.strip()
            indent = len(text) - len(text.lstrip())
            listed = indent == column and bare.startswith("- ") and self.lines[first].rstrip().endswith(":")
            if bare and not bare.startswith("#"):
                if indent <= column and not listed:
                    break
                last = end + 1
            end += 1
        return last


def _by_hand(document: Document, path: Path) -> InputError:
    what = _("the layout of this file does not allow this change")
    return InputError([document.problem(path, what, _("change it by hand"))])
