"""City functions over time."""

from reports.function_charts import function_heat, function_strips, function_table, lowest_per_step, recovery_table
from reports.naming import Names
from reports.words import Moments
from resilience.simulation.metrics import outcomes
from tests.builders import city, function
from tests.runs import outage, run
from tests.unit.reports.small_run import small_city, small_trace


def test_the_lowest_level_of_a_period_counts() -> None:
    """A dip inside an hour is not averaged away, and ends with the hour in which it ended."""
    made = city(function("care"))
    trace = run(made, outage("care", 70, 80, cap=30), horizon=240)

    assert lowest_per_step(trace, "care", (0, 60, 120, 180), 60) == (100, 30, 100, 100)


def test_a_long_run_takes_hours_together() -> None:
    """A month of single hours would be unreadable: at most 96 periods stand side by side."""
    made = city(function("care"))
    trace = run(made, outage("care", 70, 80), horizon=43_200)
    heat = function_heat(Names(made), trace, outcomes(made, trace), Moments())

    assert (heat.column_minutes, len(heat.columns), len(heat.values[0])) == (480, 90, 90)


def test_strips_are_told_in_words() -> None:
    """The alternative text says of every function when it fell, how low, and when it was back for good."""
    made = small_city()
    trace = small_trace(made)
    chart = function_strips(Names(made), trace, outcomes(made, trace), Moments())

    assert chart.alternative == (
        "The level of 3 city functions over the run. services falls at +00:40, to 0% at the lowest, and is back for "
        "good at +02:20. care falls at +00:10, to 40% at the lowest, and is back for good at +03:40. water stays at "
        "100%."
    )


def test_the_table_of_a_chart_holds_every_change() -> None:
    """One row for each moment at which a function changed; what never changed is named in the caption."""
    made = small_city()
    trace = small_trace(made)
    table = function_strips(Names(made), trace, outcomes(made, trace), Moments()).table

    assert (table.header, table.rows, "water" in table.caption) == (
        ("From", "services", "care"),
        (
            ("+00:00", "100", "100"),
            ("+00:10", "100", "40"),
            ("+00:40", "0", "40"),
            ("+01:00", "40", "40"),
            ("+02:00", "0", "40"),
            ("+02:20", "100", "40"),
            ("+03:40", "100", "100"),
        ),
        True,
    )


def test_lost_service_is_given_in_resident_hours() -> None:
    """A thousand residents at 0 and 40 per cent; the longest tolerable outage of an hour is passed."""
    made = small_city()
    trace = small_trace(made)
    found = outcomes(made, trace)

    assert function_table(Names(made), found, Moments()).rows == (
        ("services", "+00:40", "+00:40", "0%", "+02:20", "1,000", "1,266"),
        ("care", "+00:10", "never", "40%", "+03:40", "500", "1,050"),
        ("water", "never", "never", "100%", "did not fall", "800", "0"),
    )


def test_recovery_is_given_per_level() -> None:
    """Only functions that fell are listed; a level that was never left needs no recovery."""
    made = small_city()
    rows = recovery_table(Names(made), outcomes(made, small_trace(made))).rows

    assert [[cell.replace("\xa0", " ") for cell in row] for row in rows] == [
        ["services", "1 h 40 min", "1 h 40 min", "1 h 40 min", "1 h 40 min"],
        ["care", "3 h 30 min", "3 h 30 min", "3 h 30 min", "3 h 30 min"],
    ]
