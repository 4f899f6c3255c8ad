"""The document model: what a report says, apart from the page it is set on.

Every text in it is already in the reader's language and already went through the reader's view of the city.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal, TypeAlias

from city_model.redaction import Reader
from reports.chart_spec import ChartSpec
from reports.tables import Table


@dataclass(frozen=True)
class Paragraph:
    """Running text; *lead* sets the sentence that a hurried reader must see."""

    text: str
    lead: bool = False


@dataclass(frozen=True)
class Bullets:
    """Short points; *ordered* when their order says something."""

    items: tuple[str, ...]
    ordered: bool = False


@dataclass(frozen=True)
class Chart:
    """A chart with, below it, a sentence on how to read it."""

    spec: ChartSpec
    reading: str = ""
    open_table: bool = False
    """Whether its table stands open on the page: where the table says more than the chart."""


EntryKind: TypeAlias = Literal["incident", "inject", "decision", "consequence", "clock", "note", "recovery"]


@dataclass(frozen=True)
class Entry:
    """One moment in a time line; *label* is the word for its kind, so that colour is never alone."""

    moment: str
    kind: EntryKind
    label: str
    title: str
    text: str = ""


@dataclass(frozen=True)
class Timeline:
    """What happened, in order."""

    caption: str
    entries: tuple[Entry, ...]


@dataclass(frozen=True)
class Callout:
    """A box beside the text: a note, a warning, or what rests on an assumption."""

    tone: Literal["note", "warning", "assumption"]
    title: str
    text: str


@dataclass(frozen=True)
class KeyFigure:
    """One number that a council member remembers, with what it counts."""

    value: str
    label: str
    note: str = ""


@dataclass(frozen=True)
class KeyFigures:
    """A row of at most six key figures."""

    figures: tuple[KeyFigure, ...]


@dataclass(frozen=True)
class Definitions:
    """Words with their meaning, or fields with their content."""

    entries: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Steps:
    """How one thing came about: (moment, sentence) from the first cause to the last consequence."""

    title: str
    steps: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Folded:
    """Detail that opens on request, and on paper unless it would fill a book."""

    summary: str
    blocks: "tuple[Block, ...]"
    on_paper: bool = True


Block: TypeAlias = Paragraph | Bullets | Table | Chart | Timeline | Callout | KeyFigures | Definitions | Steps | Folded


@dataclass(frozen=True)
class Section:
    """A headed part; *key* is its anchor and must be unique in the document."""

    key: str
    title: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True)
class Marking:
    """A word that stands on every page: what kind of document this is and who may have it."""

    kind: Literal["exercise", "fiction", "tlp"]
    text: str


@dataclass(frozen=True)
class Document:
    """A whole report for one reader."""

    title: str
    subtitle: str
    kind: str
    """What kind of report this is, above the title."""
    reader: Reader
    markings: tuple[Marking, ...]
    facts: tuple[tuple[str, str], ...]
    """What the report is about and what it was computed from: (field, content)."""
    sections: tuple[Section, ...]
    closing: str = ""
    """The last line of the page: how to make the same report again."""

    def __post_init__(self) -> None:
        """Refuse two sections or two charts with one key: their anchors would collide."""
        keys = [section.key for section in self.sections]
        keys += [chart.spec.key for chart in self.charts]
        double = sorted({key for key in keys if keys.count(key) > 1})
        if double:
            msg = f"more than one part of {self.title} is called {double[0]}"
            raise ValueError(msg)

    @property
    def charts(self) -> tuple[Chart, ...]:
        """Every chart, in the order of the page."""
        return tuple(
            block for section in self.sections for block in _unfolded(section.blocks) if isinstance(block, Chart)
        )


def _unfolded(blocks: tuple[Block, ...]) -> Iterator[Block]:
    for block in blocks:
        yield block
        if isinstance(block, Folded):
            yield from _unfolded(block.blocks)
