"""YAML text to plain data, with the place of every value: the only module that imports yaml.

Read as YAML 1.2 with fewer surprises: unquoted ``true``, ``false``, ``null``, decimal numbers and nothing else have a
meaning of their own, so ``no``, ``12:30``, ``017`` and ``2026-11-22`` stay text. Refused, because a file of a map
needs none of it and each can hide something: anchors, aliases, tags, merge keys, directives, a second document,
a key twice, control characters. Built on the events of the C parser: no tree of nodes, no recursion, and a bomb is
refused at its first alias.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, NoReturn, TypeVar

import yaml
from pydantic import BaseModel, ValidationError

from city_model.faults import Path, describe, path_text
from resilience.base.files import MAX_TEXT_BYTES
from resilience.base.language import _
from resilience.base.problems import Problem

MAX_DEPTH = 30
"""No value of a city or scenario file lies deeper than about ten."""
MAX_VALUES = 1_000_000
"""About three times a map of 10,000 components."""
MAX_PROBLEMS = 100
"""Of one file; after that more lines help nobody."""

Model = TypeVar("Model", bound=BaseModel)

_Parser: type[yaml.CSafeLoader | yaml.SafeLoader] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_NUMBER = re.compile(r"(?P<sign>[-+]?)(0|[1-9][0-9]{0,17})(?P<fraction>\.[0-9]{1,17})?(?P<power>[eE][-+]?[0-9]{1,3})?")
_NUMBER_STARTS = frozenset("+-0123456789")
_WORDS: Mapping[str, bool | None] = {"": None, "~": None, "null": None, "true": True, "false": False}
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ufeff]")


@dataclass(frozen=True)
class Spot:
    """Where a value stands, and its key if it has one; lines and columns count from 1."""

    value: tuple[int, int]
    key: tuple[int, int]


@dataclass(frozen=True)
class Document:
    """The data of one file, and where each value of it stands."""

    file: str
    """As problems show it."""
    text: str = field(repr=False)
    data: object = field(repr=False)

    @cached_property
    def _spots(self) -> dict[Path, Spot]:
        spots: dict[Path, Spot] = {}
        _Builder(self.file, spots).build(self.text)
        return spots

    def position(self, path: Path, *, key: bool = False) -> tuple[int, int]:
        """Return line and column of the value at *path*, or of its key; of the nearest parent that exists.

        Places are not kept while reading: the text is read once more when the first fault needs them.
        """
        for length in range(len(path), -1, -1):
            spot = self._spots.get(path[:length])
            if spot:
                return spot.key if key and length == len(path) else spot.value
        return (1, 1)

    def problem(self, path: Path, what: str, repair: str, *, key: bool = False) -> Problem:
        """Return the fault at *path*, with its place in the file."""
        return Problem(self.file, *self.position(path, key=key), path_text(path, self.data), what, repair)


@dataclass(frozen=True)
class Reading:
    """What came of one file: the document if it is YAML, the problems if there are any."""

    document: Document | None
    problems: tuple[Problem, ...] = ()


def read(text: str, file: str) -> Reading:
    """Return the data in *text*; *file* is the name that problems show."""
    builder = _Builder(file)
    data = builder.build(text)
    if builder.problems:
        return Reading(None, tuple(builder.problems))
    return Reading(Document(file, text, data))


def validate(model: type[Model], text: str, file_name: str) -> tuple[Model | None, list[Problem]]:
    """Return *text* as a *model*, or None and every problem in it, in the order of the file."""
    reading = read(text, file_name)
    if reading.document is None:
        return None, list(reading.problems)
    return fit(model, reading.document)


def fit(model: type[Model], document: Document) -> tuple[Model | None, list[Problem]]:
    """Return the data of *document* as a *model*, or None and every problem, in the order of the file."""
    if document.data is None:
        what = _("this file is empty")
        return None, [document.problem((), what, _("see the reference of the file format for what belongs in it"))]
    try:
        return model.model_validate(document.data), []
    except ValidationError as error:
        faults = describe(model, document.data, error.errors(include_url=False, include_input=False))
        problems = sorted(
            {document.problem(fault.path, fault.what, fault.repair, key=fault.at_key) for fault in faults}
        )
    if len(problems) > MAX_PROBLEMS:
        rest = len(problems) - MAX_PROBLEMS
        last = Problem(document.file, 0, 0, "", _("{number} more problems in this file", number=rest), "")
        problems = [*problems[:MAX_PROBLEMS], last]
    return None, problems


class _Refusal(Exception):  # noqa: N818 - not an error of ours: it ends the reading of one file
    """What is wrong is so wrong that the rest of the file is not read."""


@dataclass
class _Open:
    """A mapping or list that is being filled."""

    value: dict[str, object] | list[object]
    path: Path
    key: str | None = None
    """The key whose value comes next; None: a key comes next (in a mapping)."""
    key_place: tuple[int, int] = (1, 1)


class _Builder:
    """Turns the events of the parser into data; keeps the place of every value in *spots* when that is given."""

    def __init__(self, file: str, spots: dict[Path, Spot] | None = None) -> None:
        self.file = file
        self.spots = spots
        self.problems: list[Problem] = []
        self.data: object = None
        self.open: list[_Open] = []
        self.documents = 0
        self.values = 0

    def build(self, text: str) -> object:
        try:
            self._check_text(text)
            for event in _events(text):
                self._take(event)
        except _Refusal:
            pass
        except yaml.MarkedYAMLError as error:
            self._add(_place(error.problem_mark or error.context_mark), *_in_plain_words(error, text))
        except yaml.reader.ReaderError as error:
            line, column = _line_and_column(text, int(error.position))
            self._add((line, column), *_control_character(chr(int(error.character))))
        return self.data

    def _check_text(self, text: str) -> None:
        try:
            size = len(text.encode())
        except UnicodeEncodeError as error:
            self._refuse(_line_and_column(text, error.start), *_control_character(text[error.start]))
        if size > MAX_TEXT_BYTES:
            what = _("this file is {size} bytes; at most {limit} are read", size=size, limit=MAX_TEXT_BYTES)
            self._refuse((0, 0), what, _("split it into smaller files"))

    def _take(self, event: yaml.Event) -> None:
        place = _place(event.start_mark)
        match event:
            case yaml.ScalarEvent():
                self._check_node(event, place)
                self._take_scalar(event, place)
            case yaml.MappingStartEvent() | yaml.SequenceStartEvent():
                self._check_node(event, place)
                self._start_collection({} if isinstance(event, yaml.MappingStartEvent) else [], place)
            case yaml.MappingEndEvent() | yaml.SequenceEndEvent():
                self.open.pop()
            case yaml.AliasEvent():
                self._add(place, _("an alias (*{name}) is not allowed", name=event.anchor), _("write the value again"))
                self._put(None, place)
            case yaml.DocumentStartEvent():
                self._start_document(event, place)

    def _start_document(self, event: yaml.DocumentStartEvent, place: tuple[int, int]) -> None:
        if event.version or event.tags:
            self._refuse(place, _("a directive (a line that starts with %) is not allowed"), _("remove that line"))
        self.documents += 1
        if self.documents > 1:
            what = _("a second document starts here")
            self._refuse(place, what, _("remove the line ---, or make two files"))

    def _check_node(self, event: yaml.ScalarEvent | yaml.CollectionStartEvent, place: tuple[int, int]) -> None:
        if event.anchor is not None:
            what = _("an anchor (&{name}) is not allowed", name=event.anchor)
            self._add(place, what, _("remove it and write the value where it is needed"))
        if event.tag is not None:
            what = _("a tag (!) is not allowed")
            self._add(place, what, _("remove it; put text that starts with ! in quotes"))
        self.values += 1
        if self.values > MAX_VALUES:
            what = _("this file holds more than {limit} values", limit=MAX_VALUES)
            self._refuse(place, what, _("split it into smaller files"))

    def _take_scalar(self, event: yaml.ScalarEvent, place: tuple[int, int]) -> None:
        text: str = event.value
        hidden = _CONTROL.search(text)
        if hidden:
            self._add(place, *_control_character(hidden.group()))
        top = self.open[-1] if self.open else None
        if top is not None and isinstance(top.value, dict) and top.key is None:
            self._take_key(top, text, place, plain=not event.style)
        else:
            self._put(text if event.style else _meaning(text), place)

    def _take_key(self, top: _Open, key: str, place: tuple[int, int], *, plain: bool) -> None:
        if key == "<<" and plain:
            self._add(place, _("a merge key (<<) is not allowed"), _("write the fields out"))
        elif key in top.value:
            what = _("the key '{key}' stands here twice", key=key)
            self._add(place, what, _("keep one of the two"))
        top.key = key
        top.key_place = place

    def _start_collection(self, value: dict[str, object] | list[object], place: tuple[int, int]) -> None:
        if len(self.open) >= MAX_DEPTH:
            what = _("values lie more than {limit} levels deep", limit=MAX_DEPTH)
            self._refuse(place, what, _("check the brackets and the indentation"))
        path = self._put(value, place)
        self.open.append(_Open(value, path))

    def _put(self, value: object, place: tuple[int, int]) -> Path:
        """Put *value* where the innermost open mapping or list expects it; return its path."""
        if not self.open:
            self.data = value
            self._note((), place, place)
            return ()
        top = self.open[-1]
        if isinstance(top.value, list):
            path = (*top.path, len(top.value))
            top.value.append(value)
            self._note(path, place, place)
            return path
        if top.key is None:
            self._refuse(place, _("a key must be a word, not a list or mapping"), _("write it as key: value"))
        key = str(top.key)
        path = (*top.path, key)
        top.value[key] = value
        self._note(path, place, top.key_place)
        top.key = None
        return path

    def _note(self, path: Path, value: tuple[int, int], key: tuple[int, int]) -> None:
        if self.spots is not None:
            self.spots[path] = Spot(value, key)

    def _add(self, place: tuple[int, int], what: str, repair: str) -> None:
        self.problems.append(Problem(self.file, *place, "", what, repair))
        if len(self.problems) >= MAX_PROBLEMS:
            raise _Refusal

    def _refuse(self, place: tuple[int, int], what: str, repair: str) -> NoReturn:
        self._add(place, what, repair)
        raise _Refusal


def _events(text: str) -> Iterator[yaml.Event]:
    parser = _Parser(text)
    try:
        while parser.check_event():
            event = parser.get_event()
            assert event is not None  # noqa: S101 - check_event said so
            yield event
    finally:
        parser.dispose()


def _meaning(text: str) -> object:
    """Return what an unquoted scalar stands for."""
    if text in _WORDS:
        return _WORDS[text]
    if text[0] not in _NUMBER_STARTS:
        return text
    number = _NUMBER.fullmatch(text)
    if number is None:
        return text
    return float(text) if number["fraction"] or number["power"] else int(text)


def _place(mark: Any) -> tuple[int, int]:  # noqa: ANN401 - see below
    """Return where *mark* is; the marks of the C parser and of the Python one share no type."""
    return (mark.line + 1, mark.column + 1) if mark else (1, 1)


def _line_and_column(text: str, position: int) -> tuple[int, int]:
    before = text[:position]
    return before.count("\n") + 1, position - (before.rfind("\n") + 1) + 1


def _control_character(character: str) -> tuple[str, str]:
    what = _("a character that cannot be seen stands here (U+{code})", code=f"{ord(character):04X}")
    return what, _("remove it")


def _in_plain_words(error: yaml.MarkedYAMLError, text: str) -> tuple[str, str]:
    """Return what a syntax error of the parser means to somebody who edits a file, and what to do."""
    place = error.problem_mark or error.context_mark
    lines = text.splitlines()
    line = lines[place.line] if place and place.line < len(lines) else ""
    if "\t" in line[: len(line) - len(line.lstrip())]:
        return _("this line is indented with a tab"), _("indent with spaces")
    found = f"{error.problem} {error.context}"
    return next(words for part, words in _syntax_words().items() if part in found)


def _syntax_words() -> dict[str, tuple[str, str]]:
    """Return the words by a part of what the parser says; the first that fits counts, the last one always fits."""
    return {
        "mapping values are not allowed": (
            _("a colon is not expected here"),
            _("put text that holds a colon and a space in quotes, and check the indentation"),
        ),
        "cannot start any token": (
            _("a value cannot start with this character"),
            _("put the value in quotes"),
        ),
        "unexpected end of stream": (
            _("a quote is opened and never closed"),
            _("close it"),
        ),
        "escape": (
            _("this is not a known escape in double quotes"),
            _("use single quotes, or write two backslashes"),
        ),
        "YAML document": (
            _("a directive (a line that starts with %) is not allowed"),
            _("remove that line"),
        ),
        "sequence entries are not allowed": (
            _("a list item is not expected here"),
            _("start the list on a line of its own"),
        ),
        "flow": (
            _("a bracket is opened and not closed, or a comma is missing"),
            _("close it, or add the comma"),
        ),
        "": (
            _("this line does not fit what stands above it"),
            _("check the indentation, the quotes and the brackets"),
        ),
    }
