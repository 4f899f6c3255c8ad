"""What a chart shows, apart from how it is drawn: every back end draws from these frozen values.

Each spec carries a title, an alternative text in words, and its data as a table, so that a chart never holds
anything that a screen reader, a printer or a colour-blind reader cannot have.
"""

from dataclasses import dataclass
from typing import Literal, TypeAlias

from reports.tables import Table


@dataclass(frozen=True)
class Tick:
    """A mark on the time axis."""

    minute: int
    label: str


@dataclass(frozen=True)
class Mark:
    """A moment that concerns the whole chart, such as a decision; *sign* is the short name beside the line."""

    minute: int
    sign: str
    text: str


@dataclass(frozen=True)
class TimeAxis:
    """Minutes 0..horizon with their marks."""

    title: str
    horizon: int
    ticks: tuple[Tick, ...]


@dataclass(frozen=True)
class Flag:
    """A moment that concerns one series, such as a maximum tolerable downtime that was exceeded."""

    minute: int
    text: str


@dataclass(frozen=True)
class StepSeries:
    """A level over time: (minute, level from that minute on), the first one at minute 0."""

    name: str
    steps: tuple[tuple[int, int], ...]
    note: str = ""
    """A few words that stand beside the name in the chart."""
    flags: tuple[Flag, ...] = ()

    def value_at(self, minute: int) -> int:
        """Return the value during [minute, minute + 1)."""
        value = self.steps[0][1]
        for changed, new in self.steps:
            if changed > minute:
                break
            value = new
        return value


@dataclass(frozen=True)
class StepChart:
    """Levels over time, one strip per series under each other on one time axis."""

    key: str
    title: str
    alternative: str
    time: TimeAxis
    series: tuple[StepSeries, ...]
    table: Table
    top: int = 100
    """The highest value that the strips can show."""
    unit: str = "%"
    marks: tuple[Mark, ...] = ()
    value_label: str = ""
    """What the filled part of a strip means."""
    flag_label: str = ""
    """What a flag on a strip means."""
    loss_is_shaded: bool = True
    """Whether the part between a value and *top* is shaded as loss."""


@dataclass(frozen=True)
class HeatMap:
    """A value per row and per step of time; *columns* holds the first minute of each step."""

    key: str
    title: str
    alternative: str
    time: TimeAxis
    columns: tuple[int, ...]
    column_minutes: int
    rows: tuple[str, ...]
    values: tuple[tuple[int, ...], ...]
    table: Table
    scale_title: str


SpanKind: TypeAlias = Literal["waiting", "work", "buffer", "fallback", "running", "missed"]


@dataclass(frozen=True)
class Span:
    """A bar from *start* to *end* in one row; *text* stands in the bar where it fits."""

    start: int
    end: int
    kind: SpanKind
    text: str = ""


@dataclass(frozen=True)
class SpanRow:
    """One row of bars."""

    name: str
    spans: tuple[Span, ...]


@dataclass(frozen=True)
class SpanChart:
    """Bars on a time axis: who works when, which reserve lasts until when."""

    key: str
    title: str
    alternative: str
    time: TimeAxis
    rows: tuple[SpanRow, ...]
    kinds: tuple[tuple[SpanKind, str], ...]
    """The kinds that occur, with the word for each in the legend."""
    table: Table
    marks: tuple[Mark, ...] = ()


@dataclass(frozen=True)
class BarChart:
    """One horizontal bar per row; negative values run to the left of zero."""

    key: str
    title: str
    alternative: str
    axis_title: str
    rows: tuple[str, ...]
    values: tuple[int, ...]
    labels: tuple[str, ...]
    """What stands at the end of each bar, so that nobody has to read it off the axis."""
    table: Table


@dataclass(frozen=True)
class BandSeries:
    """A value over time as it spreads over many runs: (minute, low, middle, high) from that minute on."""

    name: str
    steps: tuple[tuple[int, int, int, int], ...]
    note: str = ""


@dataclass(frozen=True)
class BandChart:
    """Bands over time, one strip per series under each other on one time axis."""

    key: str
    title: str
    alternative: str
    time: TimeAxis
    series: tuple[BandSeries, ...]
    table: Table
    band_label: str
    """What lies within the band."""
    line_label: str
    """What the line in it is."""
    top: int = 100
    unit: str = "%"


@dataclass(frozen=True)
class Point:
    """A point of a curve, with the ends between which it certainly lies, and its words."""

    x: int
    y: int
    low: int
    high: int
    label: str = ""
    """What stands beside the point."""
    text: str = ""
    """What a reader who points at it gets to see."""


@dataclass(frozen=True)
class CurveChart:
    """One line through points in the order of x, with how sure each of them is."""

    key: str
    title: str
    alternative: str
    x_title: str
    y_title: str
    x_ticks: tuple[tuple[int, str], ...]
    y_ticks: tuple[tuple[int, str], ...]
    points: tuple[Point, ...]
    table: Table
    line_label: str
    bar_label: str = ""
    """What the bars at the points mean; empty where every point is certain."""
    holds: bool = False
    """Whether a value holds until the next point, so that the line runs in steps."""


NodeTone: TypeAlias = Literal["cause", "down", "reduced", "held", "whole"]


@dataclass(frozen=True)
class Node:
    """A box in the picture: its name, a second line that says what happened, and its place."""

    key: str
    name: str
    detail: str
    tone: NodeTone
    is_function: bool
    column: int
    row: float


@dataclass(frozen=True)
class Route:
    """A line between two boxes, by way of *points* (column, row) where it passes other columns."""

    origin: str
    target: str
    points: tuple[tuple[float, float], ...]
    is_binding: bool
    """Whether this is the reason why the target fell, or only a further dependency."""


@dataclass(frozen=True)
class LayeredPicture:
    """Boxes in columns from cause (left) to consequence (right)."""

    key: str
    title: str
    alternative: str
    nodes: tuple[Node, ...]
    routes: tuple[Route, ...]
    tones: tuple[tuple[NodeTone, str], ...]
    """The tones that occur, with the words for each in the legend."""
    table: Table


ChartSpec: TypeAlias = StepChart | HeatMap | SpanChart | BarChart | BandChart | CurveChart | LayeredPicture
