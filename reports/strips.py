"""Strips under each other on one time axis: overlaid lines at the same level would hide each other."""

from collections.abc import Sequence

from plotly import graph_objects

from reports import palette
from reports.axes import add_marks, time_axis
from reports.chart_spec import Mark, TimeAxis
from reports.plotly_words import escaped

_STRIP_PIXELS = 76
_NAME_PIXELS = 24
_GAP_PIXELS = 8


def add_strip(made: graph_objects.Figure, number: int, count: int, top: int, words: tuple[str, str]) -> str:
    """Make room for strip *number* of *count*, with a name on the left and a note on the right; return its axis."""
    axis = axis_of(number)
    height = _plot_height(count)
    strip_top = 1 - (number * _STRIP_PIXELS + _NAME_PIXELS) / height
    strip_bottom = 1 - ((number + 1) * _STRIP_PIXELS - _GAP_PIXELS) / height
    made.update_layout(
        {
            axis.replace("y", "yaxis"): {
                "domain": [max(0.0, strip_bottom), strip_top],
                "range": [0, top * 1.04],
                "tickvals": [0, top],
                "tickfont": {"size": 10, "color": palette.MUTED},
                "showgrid": False,
                "zeroline": False,
                "fixedrange": True,
                "anchor": "x",
            }
        }
    )
    name, note = words
    for text, side in ((f"<b>{escaped(name)}</b>", "left"), (escaped(note), "right")):
        made.add_annotation(
            text=text,
            name="name" if side == "left" else "note",
            x=0 if side == "left" else 1,
            y=strip_top,
            xref="paper",
            yref="paper",
            xanchor=side,
            yanchor="bottom",
            showarrow=False,
            font={"size": 12, "color": palette.INK if side == "left" else palette.MUTED},
        )
    return axis


def finish_strips(made: graph_objects.Figure, count: int, time: TimeAxis, marks: Sequence[Mark] = ()) -> None:
    """Add the time axis below *count* strips, and *marks* across them."""
    add_marks(made, marks, time.horizon)
    made.update_layout(
        height=_plot_height(count) + (92 if marks else 72),
        margin={"l": 34, "r": 12, "t": 24 if marks else 4, "b": 68},
        hovermode="closest",
        xaxis=time_axis(time, anchor=axis_of(count - 1)),
    )


def axis_of(number: int) -> str:
    """Return what plotly calls the vertical axis of a strip."""
    return "y" if number == 0 else f"y{number + 1}"


def _plot_height(count: int) -> int:
    return _STRIP_PIXELS * count - _GAP_PIXELS
