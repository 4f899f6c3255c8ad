"""How outcomes spread, as plotly figures: bands over time, and curves whose points are not certain."""

from plotly import graph_objects

from reports import palette
from reports.chart_spec import BandChart, BandSeries, CurveChart
from reports.plotly_words import escaped
from reports.strips import add_strip, finish_strips
from resilience.base.units import format_clock

_CURVE_PIXELS = 360
_ROOM = 0.06
"""The share of the width that stays free on both sides of a curve."""


def band_chart(spec: BandChart) -> graph_objects.Figure:
    """Return one strip per series, with a band around a line."""
    made = graph_objects.Figure()
    count = len(spec.series)
    for number, series in enumerate(spec.series):
        axis = add_strip(made, number, count, spec.top, (series.name, series.note))
        _add_band(made, spec, series, axis)
    finish_strips(made, count, spec.time)
    return made


def _add_band(made: graph_objects.Figure, spec: BandChart, series: BandSeries, axis: str) -> None:
    kept = [step for step in series.steps if step[0] <= spec.time.horizon]
    rows = [*kept, (spec.time.horizon, *kept[-1][1:])]
    minutes = [row[0] for row in rows]
    line = {"x": minutes, "mode": "lines", "yaxis": axis, "xaxis": "x"}
    edge = {"width": 1, "shape": "hv", "color": palette.LEVEL_LINE, "dash": "dot"}
    made.add_scatter(y=[row[1] for row in rows], line=edge, hoverinfo="skip", **line)
    made.add_scatter(
        y=[row[3] for row in rows],
        line=edge,
        fill="tonexty",
        fillcolor=palette.LEVEL_FILL,
        hoverinfo="skip",
        **line,
    )
    made.add_scatter(
        y=[row[2] for row in rows],
        line={"width": 2, "shape": "hv", "color": palette.LEVEL_LINE},
        hovertext=[
            f"{escaped(series.name)}<br>{format_clock(minute)}: {middle} {spec.unit} ({low}–{high})"
            for minute, low, middle, high in rows
        ],
        hoverinfo="text",
        **line,
    )


def curve_chart(spec: CurveChart) -> graph_objects.Figure:
    """Return one line through its points, each with a bar for what is not certain."""
    made = graph_objects.Figure()
    points = spec.points
    left, right = points[0].x, points[-1].x
    room = max(1.0, _ROOM * (right - left))
    bottom = spec.y_ticks[0][0]
    top = max(bottom + 1, *(point.high for point in points))
    made.add_scatter(
        x=[point.x for point in points],
        y=[point.y for point in points],
        mode="lines+markers+text",
        line={"width": 2, "color": palette.LEVEL_LINE, "shape": "hv" if spec.holds else "linear"},
        marker={"size": 8, "color": palette.LEVEL_LINE},
        error_y={
            "type": "data",
            "symmetric": False,
            "array": [point.high - point.y for point in points],
            "arrayminus": [point.y - point.low for point in points],
            "color": palette.MUTED,
            "thickness": 1.5,
            "width": 5,
            "visible": bool(spec.bar_label),
        },
        text=[escaped(point.label) for point in points],
        textposition="top right",
        textfont={"size": 11, "color": palette.INK},
        cliponaxis=False,
        hovertext=[escaped(point.text) for point in points],
        hoverinfo="text",
    )
    titles = {"font": {"size": 12, "color": palette.MUTED}, "standoff": 10}
    plain = {
        "gridcolor": palette.GRID,
        "linecolor": palette.AXIS,
        "showline": True,
        "zeroline": False,
        "fixedrange": True,
        "tickfont": {"size": 11, "color": palette.MUTED},
    }
    made.update_layout(
        height=_CURVE_PIXELS,
        margin={"l": 84, "r": 24, "t": 24, "b": 62},
        xaxis={
            **plain,
            "range": [left - room, right + room],
            "tickvals": [value for value, _label in spec.x_ticks],
            "ticktext": [escaped(label) for _value, label in spec.x_ticks],
            "tickangle": 0,
            "title": {"text": escaped(spec.x_title), **titles},
        },
        yaxis={
            **plain,
            "range": [bottom, top + _ROOM * (top - bottom)],
            "tickvals": [value for value, _label in spec.y_ticks],
            "ticktext": [escaped(label) for _value, label in spec.y_ticks],
            "title": {"text": escaped(spec.y_title), **titles},
        },
        meta={"least_width": 560},
    )
    return made
