"""The rows that widgets show. Every text in them is in the language of the moment at which the row was made.

No meaning rests on colour: a tone only repeats what the mark and the word of a row already say.
"""

from dataclasses import dataclass
from enum import StrEnum


class Tone(StrEnum):
    """How a text is shown: a class of the style sheet."""

    PLAIN = "plain"
    MUTED = "muted"
    STRONG = "strong"
    GOOD = "good"
    WATCH = "watch"
    ALERT = "alert"


@dataclass(frozen=True, slots=True)
class InjectRow:
    """One inject on the agenda."""

    key: str
    mark: str
    word: str
    tone: Tone
    time: str
    title: str
    cells: str
    past: bool = False
    """Whether it is skipped, or was sent longer ago than a few minutes."""


@dataclass(frozen=True, slots=True)
class FunctionRow:
    """One city function on the board."""

    key: str
    mark: str
    word: str
    tone: Tone
    level: str
    bar: str
    name: str
    since: str
    limit: str
    """How long the level may stay below its minimum."""
    limit_tone: Tone
    ahead: str
    """The next change, when nobody decides anything."""
    ahead_tone: Tone


@dataclass(frozen=True, slots=True)
class PointRow:
    """A decision point, or a decision that no point asked for."""

    key: str
    mark: str
    word: str
    tone: Tone
    time: str
    title: str
    cell: str


@dataclass(frozen=True, slots=True)
class PictureRow:
    """One line of the picture."""

    key: str
    mark: str
    word: str
    tone: Tone
    time: str
    text: str
    cell: str


@dataclass(frozen=True, slots=True)
class ClockRow:
    """One deadline."""

    key: str
    mark: str
    word: str
    tone: Tone
    due: str
    left: str
    name: str


@dataclass(frozen=True, slots=True)
class LogRow:
    """One entry of the log."""

    key: str
    mark: str
    tone: Tone
    time: str
    text: str


@dataclass(frozen=True, slots=True)
class EffectRow:
    """What a decision changes for one function."""

    key: str
    mark: str
    tone: Tone
    name: str
    difference: str
    people: str
    first: str


@dataclass(frozen=True, slots=True)
class Tab:
    """One part of the console: its number key, its name, and what asks for attention in it."""

    key: str
    number: str
    title: str
    badge: str
    tone: Tone


@dataclass(frozen=True, slots=True)
class Header:
    """What stands above every part."""

    exercise: str
    phase: str
    phase_tone: Tone
    scale: str
    wall: str
    time: str
    calendar: str
    following: str
    following_tone: Tone
    notice: str
    """What limits this console: another one conducts, or nothing can be computed again."""


@dataclass(frozen=True, slots=True)
class Block:
    """A heading with lines below it."""

    heading: str
    lines: tuple[str, ...]
    numbered: bool = False


@dataclass(frozen=True, slots=True)
class Sheet:
    """A page to read: a title, a line below it, facts with their labels, and blocks of text."""

    title: str
    lead: str = ""
    facts: tuple[tuple[str, str], ...] = ()
    blocks: tuple[Block, ...] = ()


@dataclass(frozen=True, slots=True)
class Console:
    """Everything on the console except the header, which moves every second."""

    injects: tuple[InjectRow, ...]
    functions: tuple[FunctionRow, ...]
    points: tuple[PointRow, ...]
    picture: tuple[PictureRow, ...]
    clocks: tuple[ClockRow, ...]
    log: tuple[LogRow, ...]
    tabs: tuple[Tab, ...]
    strip: str
    """The city in one line."""
    strip_tone: Tone
    board_note: str
    """What the board must say beside its rows."""
