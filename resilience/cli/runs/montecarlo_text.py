"""What ``resilience montecarlo`` shows people in a terminal."""

from reports.words import number, rough
from resilience.analysis.city_plan import RESIDENT_HOUR, CityPlan
from resilience.analysis.distributions import Estimate, enough_words
from resilience.analysis.draw_words import fixed_words, ranges_words
from resilience.analysis.montecarlo import FunctionSpread, MonteCarlo
from resilience.analysis.tail import TAIL_PER_CENT
from resilience.analysis.tail_words import difference_words, factor_words, roughly
from resilience.base.language import _, ngettext
from resilience.base.units import format_duration
from resilience.cli import output
from resilience.cli.exercise.moments import Moments
from resilience.cli.runs.level_strip import axis, mark
from resilience.cli.text_block import INDENT, block
from resilience.simulation.explain import name_of
from scenarios.schema import Scenario

COLUMNS = 36
THOUSAND = 1000
FROM_THOUSANDS = 100_000
"""Resident-hours from which on a table counts in thousands."""


def write_monte_carlo(plan: CityPlan, scenario: Scenario, found: MonteCarlo) -> None:
    """Write the whole answer."""
    output.result(block(str(scenario.fiction)))
    output.result(_what_was_run(found))
    output.result(block(ranges_words() if found.uncertain else fixed_words()))
    output.result("")
    _write_losses(plan, found)
    _write_strips(plan, found)
    _write_settling(found)
    _write_tail(plan, found, Moments(scenario.start))


def _what_was_run(found: MonteCarlo) -> str:
    said = ngettext(
        "What the incidents do to the city in {number} run when nobody decides anything.",
        "What the incidents do to the city in {runs} runs when nobody decides anything.",
        found.runs, runs=number(found.runs),
    )  # fmt: skip
    if found.runs < found.asked:
        said += " " + _("It was stopped early: {asked} runs were asked for.", asked=number(found.asked))
    return block(said)


def _write_losses(plan: CityPlan, found: MonteCarlo) -> None:
    unit = THOUSAND if found.total.high // RESIDENT_HOUR >= FROM_THOUSANDS else 1
    rows = [
        (
            name_of(plan.city, one.function),
            *(_rounded(lost, unit) for lost in one.lost),
            *(_back(minutes) for minutes in one.time_down[1:]),
            _breach(one),
        )
        for one in found.functions
    ]
    rows.append((_("all functions"), *(_rounded(lost, unit) for lost in found.total), "", "", ""))
    output.table([_("function"), "P10", "P50", "P90", _("back P50"), _("back P90"), _("past MTD")], rows)
    counted = _("thousands of resident-hours") if unit == THOUSAND else _("resident-hours")
    output.result(
        block(
            _(
                "P10, P50 and P90: the {counted} lost in one run in ten, half, and nine in ten at most; one "
                "resident-hour is an hour without the service for one resident. Back: how long after its first loss "
                "a function is whole again for good ('-': not within the {horizon} of a run). Past MTD: the chance "
                "that its maximum tolerable downtime is passed, and between which ends that chance lies.",
                counted=counted,
                horizon=format_duration(found.horizon),
            )
        )
    )
    output.result("")


def _rounded(lost: int, unit: int) -> int:
    return (lost + RESIDENT_HOUR * unit // 2) // (RESIDENT_HOUR * unit)


def _back(minutes: int | None) -> str:
    return "-" if minutes is None else roughly(minutes) if minutes else _("never lost")


def _breach(one: FunctionSpread) -> str:
    if one.mtd is None:
        return _("no MTD known")
    runs = sum(count for _from, _to, count in one.histogram)
    low, high = one.breach_chance
    return f"{100 * one.breached // runs}% ({low}–{high})"


def _write_strips(plan: CityPlan, found: MonteCarlo) -> None:
    """Write per function the level that half of the runs reach, over time."""
    output.result(_("The level that half of the runs are at or below, over time; █ is 100%, · is 0%."))
    output.result("")
    width = max(len(name_of(plan.city, one.function)) for one in found.functions)
    for one in found.functions:
        steps = len(one.bands)
        spans = [(column * steps // COLUMNS, max((column + 1) * steps // COLUMNS, column * steps // COLUMNS + 1))
                 for column in range(COLUMNS)]  # fmt: skip
        marks = "".join(mark(min(band.middle for band in one.bands[start:end])) for start, end in spans)
        output.result(f"{name_of(plan.city, one.function):<{width}}  {marks}")
    output.result(" " * (width + 2) + axis(COLUMNS, until=found.horizon))
    output.result("")


def _write_settling(found: MonteCarlo) -> None:
    output.result(_("Were there enough runs? The mean of all losses, and how far the true mean can be from it:"))
    rows = [(number(point.runs), _hours(point.mean), _share(point)) for point in found.settling]
    output.table([_("after runs"), _("resident-hours"), _("with 95% certainty")], rows)
    output.result(block(enough_words(found.mean)))
    output.result("")


def _share(point: Estimate) -> str:
    """Return the half-width as a part of the mean."""
    tenths = -(-1000 * point.half_width // max(1, point.mean))
    return f"± {tenths // 10}.{tenths % 10}%"


def _write_tail(plan: CityPlan, found: MonteCarlo, moments: Moments) -> None:
    tail = found.tail
    model = plan.plan.model
    output.result(
        block(
            ngettext(
                "The worst {per_cent} per cent ({number} run) loses at least {from_} resident-hours; {share}% of all "
                "that is lost is lost there.",
                "The worst {per_cent} per cent ({number} runs) lose at least {from_} resident-hours; {share}% of all "
                "that is lost is lost there.",
                tail.size, per_cent=TAIL_PER_CENT, from_=_hours(tail.begins_at), share=tail.share,
            )
        )
    )  # fmt: skip
    if tail.factors:
        output.result(_("What these runs have in common:"))
        for factor in tail.factors:
            output.result(block(f"- {factor_words(model, factor)}", INDENT))
    else:
        output.result(block(_("Nothing that was drawn stands out in them from what chance alone would do.")))
    for run in tail.worst:
        more = ", ".join(f"{name_of(plan.city, one.function)} +{_hours(one.more)}" for one in run.excess[:3])
        output.result(
            block(
                _(
                    "Run {run} loses {lost}; the middle run ({middle}) {middle_lost}. Most of the difference: {more}.",
                    run=run.replication, lost=_hours(run.total), middle=tail.middle,
                    middle_lost=_hours(tail.middle_total), more=more,
                )
            )
        )  # fmt: skip
        for difference in run.differences:
            output.result(block(f"- {difference_words(model, difference, moments.when)}", INDENT))


def _hours(lost: int) -> str:
    return rough(lost // RESIDENT_HOUR)
