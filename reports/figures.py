"""From chart spec to plotly figure, as plain data: what the page hands to plotly.js.

Only graph objects are used (plotly.express needs numpy). Words are escaped, because plotly reads some HTML in them.
"""

from collections.abc import Sequence
from typing import Any

from plotly import graph_objects

from reports import palette
from reports.axes import ROW_PIXELS, label_room, row_axis, time_axis
from reports.bar_figures import bar_chart, span_chart
from reports.chart_spec import (
    BandChart,
    BarChart,
    ChartSpec,
    CurveChart,
    HeatMap,
    LayeredPicture,
    SpanChart,
    StepChart,
    StepSeries,
)
from reports.picture_figure import layered_picture
from reports.plotly_words import escaped, wrapped
from reports.spread_figures import band_chart, curve_chart
from reports.strips import add_strip, finish_strips
from resilience.base.units import format_clock

CONFIG: dict[str, Any] = {
    "displayModeBar": False,
    "displaylogo": False,
    "plotlyServerURL": "",
    "responsive": True,
    "showSendToCloud": False,
}
"""No button, no logo and no address to which a chart could be sent: what is in the page stays in the page."""

FONT = "'Segoe UI', 'Helvetica Neue', Roboto, 'Noto Sans', 'Liberation Sans', Arial, sans-serif"
_NARROWEST_LABEL = 0.05
"""The share of the width that a number in the heat map needs."""


def figure(spec: ChartSpec) -> graph_objects.Figure:
    """Return the plotly figure of *spec*."""
    match spec:
        case StepChart():
            made = _step_chart(spec)
        case HeatMap():
            made = _heat_map(spec)
        case SpanChart():
            made = span_chart(spec)
        case BarChart():
            made = bar_chart(spec)
        case BandChart():
            made = band_chart(spec)
        case CurveChart():
            made = curve_chart(spec)
        case LayeredPicture():
            made = layered_picture(spec)
    made.update_layout(
        template=graph_objects.layout.Template(),
        autosize=True,
        dragmode=False,
        showlegend=False,
        paper_bgcolor="rgba(0,0,0,0)",
        plot_bgcolor="rgba(0,0,0,0)",
        font={"family": FONT, "size": 12, "color": palette.INK},
        hoverlabel={"bgcolor": palette.BOX, "bordercolor": palette.AXIS, "font": {"color": palette.INK}},
    )
    return made


def figure_data(spec: ChartSpec) -> dict[str, Any]:
    """Return the figure of *spec* as data and layout in plain lists and mappings."""
    found: dict[str, Any] = figure(spec).to_plotly_json()
    return {"data": found["data"], "layout": found["layout"]}


def _step_points(series: StepSeries, horizon: int) -> tuple[list[int], list[int]]:
    minutes = [minute for minute, _value in series.steps if minute <= horizon]
    values = [value for minute, value in series.steps if minute <= horizon]
    return [*minutes, horizon], [*values, values[-1]]


def _step_chart(spec: StepChart) -> graph_objects.Figure:
    made = graph_objects.Figure()
    count = len(spec.series)
    for number, series in enumerate(spec.series):
        axis = add_strip(made, number, count, spec.top, (series.name, series.note))
        _add_levels(made, spec, series, axis)
    finish_strips(made, count, spec.time, spec.marks)
    return made


def _add_levels(made: graph_objects.Figure, spec: StepChart, series: StepSeries, axis: str) -> None:
    minutes, values = _step_points(series, spec.time.horizon)
    steps = {"x": minutes, "mode": "lines", "yaxis": axis, "xaxis": "x"}
    if spec.loss_is_shaded:
        whole = [spec.top] * len(minutes)
        made.add_scatter(y=whole, line={"width": 0}, hoverinfo="skip", **steps)
        made.add_scatter(
            y=values,
            line={"width": 0, "shape": "hv"},
            fill="tonexty",
            fillcolor=palette.LOSS_FILL,
            fillpattern={
                "shape": "/",
                "size": 7,
                "solidity": 0.25,
                "fgcolor": palette.LOSS,
                "bgcolor": palette.LOSS_FILL,
            },
            hoverinfo="skip",
            **steps,
        )
    made.add_scatter(
        y=values,
        line={"width": 2, "shape": "hv", "color": palette.LEVEL_LINE},
        fill="tozeroy",
        fillcolor=palette.LEVEL_FILL,
        hovertext=[
            f"{escaped(series.name)}<br>{format_clock(minute)}: {value} {spec.unit}"
            for minute, value in zip(minutes, values, strict=True)
        ],
        hoverinfo="text",
        **steps,
    )
    if series.flags:
        made.add_scatter(
            x=[flag.minute for flag in series.flags],
            y=[spec.top / 2] * len(series.flags),
            yaxis=axis,
            xaxis="x",
            mode="markers",
            marker={"symbol": "diamond", "size": 12, "color": palette.LOSS, "line": {"width": 2, "color": palette.BOX}},
            hovertext=[escaped(flag.text) for flag in series.flags],
            hoverinfo="text",
        )


def _heat_map(spec: HeatMap) -> graph_objects.Figure:
    made = graph_objects.Figure()
    middles = [column + spec.column_minutes / 2 for column in spec.columns]
    made.add_heatmap(
        x=middles,
        y=list(range(len(spec.rows))),
        z=[list(row) for row in spec.values],
        zmin=0,
        zmax=100,
        colorscale=[[stop / 100, colour] for stop, colour in palette.HEAT_STOPS],
        showscale=False,
        ygap=3,
        xgap=1 if len(middles) <= 96 else 0,
        hovertext=[
            [
                f"{escaped(name)}<br>{format_clock(column)}: {value}\N{NO-BREAK SPACE}%"
                for column, value in zip(spec.columns, row, strict=True)
            ]
            for name, row in zip(spec.rows, spec.values, strict=True)
        ],
        hoverinfo="text",
    )
    for place, row in enumerate(spec.values):
        for start, end, value in _runs(row):
            if value < 100 and (end - start) / len(row) >= _NARROWEST_LABEL:
                made.add_annotation(
                    text=str(value),
                    x=(middles[start] + middles[end - 1]) / 2,
                    y=place,
                    showarrow=False,
                    font={
                        "size": 11,
                        "color": palette.HEAT_TEXT_ON_DARK if value < 35 else palette.HEAT_TEXT_ON_LIGHT,
                    },
                )
    labels = [wrapped(name, 28, 2) for name in spec.rows]
    made.update_layout(
        height=86 + ROW_PIXELS * len(spec.rows),
        margin={"l": label_room(labels), "r": 12, "t": 6, "b": 62},
        xaxis=time_axis(spec.time, showgrid=False),
        yaxis=row_axis(labels),
        meta={"least_width": 620},
    )
    return made


def _runs(row: Sequence[int]) -> list[tuple[int, int, int]]:
    """Return (from, to, value) for each stretch of equal values."""
    found: list[tuple[int, int, int]] = []
    start = 0
    for place in range(1, len(row) + 1):
        if place == len(row) or row[place] != row[start]:
            found.append((start, place, row[start]))
            start = place
    return found
