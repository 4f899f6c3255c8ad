"""A small city, and one run on it that uses everything a report can show, for every test of reports."""

import datetime as dt
from typing import Any

from city_model.schema import City
from reports.chart_spec import (
    BandChart,
    BandSeries,
    BarChart,
    ChartSpec,
    CurveChart,
    Flag,
    HeatMap,
    LayeredPicture,
    Mark,
    Node,
    Point,
    Route,
    Span,
    SpanChart,
    SpanRow,
    StepChart,
    StepSeries,
)
from reports.tables import Table
from reports.words import Moments
from resilience.simulation.trace import Trace
from tests.builders import assumed, city, component, fallback, function, need, team, work
from tests.runs import decide, outage, run

HOSTILE = '<script>alert("x")</script>'
"""A name that would run in a page that does not escape."""
MOMENTS = Moments(dt.datetime(2027, 1, 11, 9, 0, tzinfo=dt.UTC))


def small_city(**fields: Any) -> City:
    """Return power -> server -> two applications -> two functions; *fields* go to the server."""
    return city(
        component("power", kind="infrastructure", repair=work(120, "crew")),
        component(
            "server", needs=[need("power", kind="power", buffer=assumed(30))], restart_lag=10, repair=work(60, "crew"),
            **fields,
        ),
        component("forms", needs=["server"], fallback=fallback(40, delay=20, duration=60)),
        component("records", needs=["server"], repair=work(90, "crew")),
        function("services", needs=["forms"], residents=1000, mtd=60),
        function("care", needs=[need("records", strength=60)], residents=500),
        function("water", residents=800),
        team("crew"),
    )  # fmt: skip


def small_trace(made: City | None = None) -> Trace:
    """Return a day in which power and records fail at minute 10, and a decision at minute 200 comes too late."""
    return run(
        made or small_city(),
        outage("power records", 10, name="storm"),
        decide(200, "prepare", name="use-paper", components="forms"),
        horizon=1440,
    )


def table(words: str = "cell") -> Table:
    """Return a table with *words* in every cell."""
    return Table(caption="Data", header=("A", "B"), rows=((words, words),), numeric=frozenset({1}))


def one_of_each(words: str = "name") -> tuple[ChartSpec, ...]:
    """Return one chart of every kind, with *words* wherever a name can stand."""
    time = MOMENTS.axis(600)
    series = StepSeries(words, ((0, 100), (60, 0), (120, 100)), words, (Flag(90, words),))
    return (
        StepChart(
            "steps", words, words, time, (series,), table(words), marks=(Mark(30, "D1", words),), flag_label=words
        ),
        HeatMap("heat", words, words, time, (0, 60), 60, (words,), ((100, 20),), table(words), words),
        SpanChart(
            "spans",
            words,
            words,
            time,
            (SpanRow(words, (Span(0, 60, "work", words),)),),
            (("work", words),),
            table(words),
        ),
        BarChart("bars", words, words, words, (words, words), (10, -5), (words, words), table(words)),
        BandChart(
            "bands", words, words, time, (BandSeries(words, ((0, 100, 100, 100), (60, 0, 40, 80)), words),),
            table(words), words, words,
        ),
        CurveChart(
            "curve", words, words, words, words, ((0, words),), ((0, words),),
            (Point(0, 10, 5, 15, words, words), Point(10, 5, 4, 6)), table(words), words, words,
        ),
        LayeredPicture(
            "picture",
            words,
            words,
            (
                Node("a", words, words, "cause", is_function=False, column=0, row=0.0),
                Node("b", words, words, "down", is_function=True, column=1, row=0.5),
            ),
            (Route("a", "b", ((0.0, 0.0), (1.0, 0.5)), is_binding=True),),
            (("cause", words), ("down", words)),
            table(words),
        ),
    )  # fmt: skip
