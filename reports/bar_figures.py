"""Bars as plotly figures: spans on a time axis, and amounts."""

from plotly import graph_objects

from reports import palette
from reports.axes import ROW_PIXELS, add_marks, label_room, row_axis, time_axis
from reports.chart_spec import BarChart, SpanChart, SpanKind
from reports.plotly_words import escaped, wrapped
from resilience.base.units import format_clock

PATTERNS: dict[SpanKind, str] = {
    "waiting": ".",
    "work": "",
    "buffer": "/",
    "fallback": "x",
    "running": "",
    "missed": "\\",
}
FILLS: dict[SpanKind, str] = {
    "waiting": palette.WAITING_FILL,
    "work": palette.WORK_FILL,
    "buffer": palette.BUFFER_FILL,
    "fallback": palette.FALLBACK_FILL,
    "running": palette.RUNNING_FILL,
    "missed": palette.MISSED_FILL,
}


def span_chart(spec: SpanChart) -> graph_objects.Figure:
    """Return bars on a time axis; each kind has a pattern of its own beside its colour."""
    made = graph_objects.Figure()
    for kind, words in spec.kinds:
        bars = [(place, span) for place, row in enumerate(spec.rows) for span in row.spans if span.kind == kind]
        fill = FILLS[kind]
        on_dark = kind in {"work", "missed"}
        made.add_bar(
            orientation="h",
            y=[place for place, _span in bars],
            base=[span.start for _place, span in bars],
            x=[max(1, min(span.end, spec.time.horizon) - span.start) for _place, span in bars],
            width=0.62,
            marker={
                "color": fill,
                "line": {"color": palette.AXIS, "width": 1},
                "pattern": {
                    "shape": PATTERNS[kind],
                    "fgcolor": palette.MUTED,
                    "bgcolor": fill,
                    "size": 6,
                    "solidity": 0.2,
                },
            },
            text=[escaped(span.text) for _place, span in bars],
            textposition="inside",
            insidetextanchor="start",
            textangle=0,
            textfont={"size": 11, "color": palette.SPAN_TEXT_ON_DARK if on_dark else palette.INK},
            hovertext=[
                "<br>".join(
                    (
                        escaped(spec.rows[place].name),
                        f"{escaped(words)}: {format_clock(span.start)} – {format_clock(span.end)}",
                        escaped(span.text),
                    )
                )
                for place, span in bars
            ],
            hoverinfo="text",
        )
    add_marks(made, spec.marks, spec.time.horizon)
    labels = [wrapped(row.name, 30, 2) for row in spec.rows]
    made.update_layout(
        height=90 + ROW_PIXELS * len(spec.rows),
        barmode="overlay",
        margin={"l": label_room(labels), "r": 12, "t": 22 if spec.marks else 6, "b": 62},
        xaxis=time_axis(spec.time),
        yaxis={**row_axis(labels), "showgrid": True, "gridcolor": palette.GRID, "gridwidth": 1},
        uniformtext={"minsize": 10, "mode": "hide"},
        meta={"least_width": 620},
    )
    return made


def bar_chart(spec: BarChart) -> graph_objects.Figure:
    """Return one bar per row, with its words at the end; what runs to the left is hatched."""
    made = graph_objects.Figure()
    largest = max((abs(value) for value in spec.values), default=0) or 1
    least = min(0, *spec.values) if spec.values else 0
    made.add_bar(
        orientation="h",
        y=list(range(len(spec.rows))),
        x=list(spec.values),
        width=0.6,
        marker={
            "color": [palette.GAIN if value >= 0 else palette.LOSS for value in spec.values],
            "pattern": {"shape": ["" if value >= 0 else "/" for value in spec.values], "solidity": 0.3},
        },
        text=[escaped(label) for label in spec.labels],
        textposition="outside",
        textfont={"size": 12, "color": palette.INK},
        cliponaxis=False,
        hoverinfo="skip",
    )
    labels = [wrapped(row, 30, 2) for row in spec.rows]
    made.update_layout(
        height=80 + ROW_PIXELS * len(spec.rows),
        margin={"l": label_room(labels), "r": 16, "t": 6, "b": 52},
        xaxis={
            "range": [-(largest * 0.3 - least) if least < 0 else 0, largest * 1.3],
            "showticklabels": False,
            "title": {"text": escaped(spec.axis_title), "font": {"size": 12, "color": palette.MUTED}, "standoff": 10},
            "gridcolor": palette.GRID,
            "zeroline": True,
            "zerolinecolor": palette.AXIS,
            "fixedrange": True,
            "nticks": 6,
        },
        yaxis=row_axis(labels),
        meta={"least_width": 560},
    )
    return made
