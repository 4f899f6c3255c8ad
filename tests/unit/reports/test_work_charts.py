"""Repairs, queues and reserves, read from the trace."""

from reports.naming import Names
from reports.words import Moments
from reports.work_charts import Job, Reserve, jobs_chart, jobs_of, queue_chart, reserves_chart, reserves_of
from resilience.simulation.trace import Record, Trace, What
from tests.builders import city, component, fallback, function, need, team, work
from tests.runs import outage, run
from tests.unit.reports.small_run import small_city, small_trace


def test_jobs_wait_for_their_team_and_end() -> None:
    """One crew: power 10-130; the records, damaged too, wait for it and then take 90 minutes."""
    assert jobs_of(small_trace()) == (
        Job("power", "crew", 10, 10, 130, None),
        Job("records", "crew", 10, 130, 220, None),
    )


def test_a_job_that_outlives_the_run_has_no_end() -> None:
    """What is still under way at the horizon is not called repaired."""
    made = city(component("web", repair=work(500)))

    assert jobs_of(run(made, outage("web", 10), horizon=100)) == (Job("web", None, 10, 10, None, None),)


def test_a_job_is_dropped_when_the_same_incident_strikes_again() -> None:
    """A second hit begins the repair anew: the first job is neither done nor still waiting."""
    made = city(component("web", repair=work(100)))
    first, again = outage("web", 10, name="wave"), outage("web", 50, name="wave")

    assert jobs_of(run(made, first, again, horizon=300)) == (
        Job("web", None, 10, 10, None, 50),
        Job("web", None, 50, 50, 150, None),
    )


def test_a_buffer_that_saves_the_day_does_not_run_out() -> None:
    """The drain stops when the provider is back; only a buffer that is empty ran out."""
    made = city(component("grid"), component("short", needs=[need("grid", kind="power", buffer=20)]),
                component("long", needs=[need("grid", kind="power", buffer=90)]))  # fmt: skip

    assert reserves_of(run(made, outage("grid", 10, 60), horizon=300)) == (
        Reserve("long", "buffer", 10, 60, ran_out=False),
        Reserve("short", "buffer", 10, 30, ran_out=True),
    )


def test_a_fallback_carries_until_it_is_used_up() -> None:
    """In use after its delay of 20, for 30 minutes; the rest of the outage nothing carries."""
    made = city(component("desk", fallback=fallback(40, delay=20, duration=30)))

    assert reserves_of(run(made, outage("desk", 100, 200), horizon=300)) == (
        Reserve("desk", "fallback", 120, 150, ran_out=True),
    )


def test_charts_are_left_out_where_nothing_happened() -> None:
    """A run without loss has no repairs, queues or reserves to show."""
    made = small_city()
    names, calm = Names(made), run(made, horizon=100)

    charts = [chart(names, calm, Moments()) for chart in (jobs_chart, queue_chart, reserves_chart)]
    assert charts == [None, None, None]


def test_the_chart_of_repairs_names_who_waits() -> None:
    """Rows per part, waiting and work apart, and in words how many had to wait and what is not ready."""
    made = small_city()
    chart = jobs_chart(Names(made), small_trace(made), Moments())

    assert chart is not None
    spans = [(row.name, [(span.kind, span.start, span.end) for span in row.spans]) for row in chart.rows]
    assert (spans, chart.alternative) == (
        [("power", [("work", 10, 130)]), ("records", [("waiting", 10, 130), ("work", 130, 220)])],
        "2 repairs on a time axis: waiting, then work. 1 of them had to wait.",
    )


def test_parts_that_are_not_shown_have_no_row() -> None:
    """A trace may name what the reader's view of the city does not hold."""
    small = city(component("open"), function("known"), team("crew"))
    trace = Trace("testcity", 0, 100, (Record(5, "hidden", What.JOB_WAITS, "crew"),))

    assert jobs_chart(Names(small), trace, Moments()) is None
