"""What ``resilience measures`` shows people in a terminal."""

from collections.abc import Sequence

from city_model.schema import City
from reports.measures_words import (
    cost_words,
    estimated_costs,
    euros,
    for_a_thousand,
    hours,
    idle,
    most_for,
    names,
    portfolio_words,
    what_was_run,
    without_price,
)
from resilience.analysis.choose import Choice, Judged, Portfolio
from resilience.analysis.draw_words import fixed_words, ranges_words
from resilience.base.language import _
from resilience.cli import output
from resilience.cli.text_block import INDENT, block
from resilience.simulation.explain import name_of
from scenarios.schema import Scenario


def write_choice(city: City, scenarios: Sequence[Scenario], found: Choice) -> None:
    """Write the whole answer."""
    for scenario in scenarios:
        output.result(block(str(scenario.fiction)))
    output.result(block(what_was_run(found)))
    output.result("")
    _write_measures(city, found)
    if found.portfolio is not None:
        _write_portfolio(city, found, found.portfolio)
    _write_curve(city, found)
    output.result(block(ranges_words() if found.uncertain else fixed_words()))
    output.result(block(_("{number} of the costs are estimates that nobody confirmed.", number=estimated_costs(city))))


def _write_measures(city: City, found: Choice) -> None:
    called = names(city)
    useful = [one for one in found.judged if one.saving.stands_out]
    if useful:
        output.table(
            [_("measure"), _("cost"), _("saves"), "±", _("for € 1000"), _("most for")],
            [_row(city, found, one, called[one.id]) for one in useful],
        )
        output.result(_("Saves, and for € 1000: resident-hours. What a euro saves most with stands first."))
    unknown = without_price(found)
    if unknown:
        said = ", ".join(called[one.id] for one in unknown)
        output.result(block(_("Not in any portfolio, because nobody knows what they cost: {names}.", names=said)))
    nothing = idle(found)
    if nothing:
        said = ", ".join(called[one.id] for one in nothing)
        output.result(block(_("Save nothing that stands out in these scenarios: {names}.", names=said)))
    output.result("")


def _row(city: City, found: Choice, one: Judged, name: str) -> tuple[str, ...]:
    saved = one.saving
    per_euro = "?" if one.cost.total is None else for_a_thousand(saved.mean, one.cost.total)
    cost = cost_words(one.cost)
    return name, cost, hours(saved.mean), hours(saved.half_width), per_euro, most_for(found, city, saved)


def _write_portfolio(city: City, found: Choice, portfolio: Portfolio) -> None:
    called = names(city)
    output.result(block(portfolio_words(found, portfolio)))
    for name in portfolio.ids:
        output.result(block(f"- {called[name]}", INDENT))
    if portfolio.saving is not None and portfolio.ids:
        saved = portfolio.saving.by_function
        rows = [
            (name_of(city, name), hours(lost), hours(lost - less), hours(less), for_a_thousand(less, portfolio.cost))
            for name, lost, less in zip(found.functions, found.base.means, saved, strict=True)
        ]
        output.table([_("function"), _("lost without"), _("lost with"), _("saved"), _("for € 1000")], rows)
    output.result("")


def _write_curve(city: City, found: Choice) -> None:
    if not found.curve:
        return
    called = names(city)
    output.result(_("What more money buys, each time with the measure that then saves most for it:"))
    rows = [(_("nothing"), euros(0), hours(found.base.mean))]
    rows += [(called[step.id], euros(step.cost), hours(step.losses.mean)) for step in found.curve]
    output.table([_("and also"), _("cost so far"), _("still lost")], rows)
    output.result("")
