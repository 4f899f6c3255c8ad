"""What the figures share: time axes, rows with names, dotted lines for decisions."""

from collections.abc import Sequence
from typing import Any

from plotly import graph_objects

from reports import palette
from reports.chart_spec import Mark, TimeAxis
from reports.plotly_words import escaped
from resilience.base.units import format_clock

ROW_PIXELS = 34
_CLOSE_MARKS = 0.035
"""The share of the width below which the signs of two marks would touch."""


def time_axis(time: TimeAxis, **more: Any) -> dict[str, Any]:  # noqa: ANN401 - options of plotly
    """Return a horizontal axis with the marks of *time*; *more* overrides."""
    return {
        "range": [0, time.horizon],
        "tickvals": [tick.minute for tick in time.ticks],
        "ticktext": [escaped(tick.label).replace("\n", "<br>") for tick in time.ticks],
        "tickfont": {"size": 11, "color": palette.MUTED},
        "tickangle": 0,
        "title": {"text": escaped(time.title), "font": {"size": 12, "color": palette.MUTED}, "standoff": 10},
        "gridcolor": palette.GRID,
        "linecolor": palette.AXIS,
        "showline": True,
        "ticks": "outside",
        "tickcolor": palette.AXIS,
        "ticklen": 4,
        "zeroline": False,
        "fixedrange": True,
        **more,
    }


def row_axis(labels: Sequence[str]) -> dict[str, Any]:
    """Return a vertical axis with one row per label, the first on top."""
    return {
        "tickvals": list(range(len(labels))),
        "ticktext": list(labels),
        "tickfont": {"size": 12, "color": palette.INK},
        "range": [len(labels) - 0.5, -0.5],
        "ticks": "",
        "showgrid": False,
        "zeroline": False,
        "fixedrange": True,
    }


def label_room(labels: Sequence[str]) -> int:
    """Return the pixels that the longest line of *labels* needs."""
    longest = max((len(line) for label in labels for line in label.split("<br>")), default=0)
    return 16 + round(longest * 6.6)


def add_marks(made: graph_objects.Figure, marks: Sequence[Mark], horizon: int) -> None:
    """Draw a dotted line for each of *marks*, with its sign on top."""
    line = {"color": palette.MARK, "width": 1.5, "dash": "dot"}
    for mark in marks:
        made.add_shape(type="line", x0=mark.minute, x1=mark.minute, y0=0, y1=1, xref="x", yref="paper", line=line)
    for group in _close_together(marks, round(horizon * _CLOSE_MARKS)):
        sign = group[0].sign if len(group) == 1 else f"{group[0].sign}–{group[-1].sign}"
        made.add_annotation(
            text=f"<b>{escaped(sign)}</b>",
            name="mark",
            hovertext="<br>".join(escaped(f"{mark.sign} {format_clock(mark.minute)} {mark.text}") for mark in group),
            x=group[0].minute,
            y=1,
            xref="x",
            yref="paper",
            xanchor="left" if len(group) > 1 or group[0].minute < horizon * _CLOSE_MARKS else "center",
            yanchor="bottom",
            showarrow=False,
            font={"size": 11, "color": palette.MARK},
        )


def _close_together(marks: Sequence[Mark], distance: int) -> list[list[Mark]]:
    """Return the marks in groups whose signs would otherwise stand on top of each other."""
    groups: list[list[Mark]] = []
    for mark in sorted(marks, key=lambda mark: mark.minute):
        if groups and mark.minute - groups[-1][-1].minute < distance:
            groups[-1].append(mark)
        else:
            groups.append([mark])
    return groups
