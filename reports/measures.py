"""The report on measures: what each saves, the best portfolio under a budget, what more money buys."""

from collections.abc import Sequence

from city_model.redaction import OFFICER
from reports.chart_spec import BarChart, CurveChart, Point
from reports.common_parts import EXERCISE, glossary_section, nobody_decides, tlp_marking
from reports.document import (
    Block,
    Bullets,
    Callout,
    Chart,
    Document,
    KeyFigure,
    KeyFigures,
    Marking,
    Paragraph,
    Section,
)
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
from reports.scale import ticks_of
from reports.tables import Table
from reports.words import number, rough
from resilience.analysis.choose import Choice, Judged, Portfolio
from resilience.analysis.city_plan import RESIDENT_HOUR, CityPlan
from resilience.analysis.draw_words import fixed_words, ranges_words
from resilience.base.language import _
from resilience.simulation.explain import name_of
from scenarios.schema import Scenario


def measures_report(plan: CityPlan, scenarios: Sequence[Scenario], found: Choice) -> Document:
    """Return what *found* says, for the officer, in the current language."""
    sections = [
        Section("summary", _("Summary"), _summary(found)),
        Section("measures", _("What each measure saves"), _measures(plan, found)),
    ]
    if found.portfolio is not None:
        sections.append(
            Section("portfolio", _("The best portfolio"), _portfolio(plan, found, found.portfolio)),
        )
    if found.curve:
        sections.append(Section("curve", _("What more money buys"), (Chart(_curve(plan, found), _reading()),)))
    sections += [Section("assumptions", _("What this rests on"), _assumptions(plan, found)), glossary_section()]
    return Document(
        title=_("Measures for {city}", city=plan.city.name),
        subtitle=", ".join(str(scenario.name) for scenario in scenarios),
        kind=_("Measures"),
        reader=OFFICER,
        markings=(Marking("exercise", EXERCISE), Marking("fiction", _("FICTION")), tlp_marking(plan.city)),
        facts=(
            (_("City"), str(plan.city.name)),
            (_("Scenarios"), ", ".join(str(scenario.name) for scenario in scenarios)),
            (_("Number of runs"), number(found.runs)),
            (_("Costs over"), _("{number} years", number=found.years)),
            (_("Seed"), str(found.seed)),
        ),
        sections=tuple(sections),
        closing=_("The same map, scenario, seed and number of runs give this same report, byte for byte."),
    )


def _summary(found: Choice) -> tuple[Block, ...]:
    useful = [one for one in found.judged if one.saving.stands_out]
    figures = [
        KeyFigure(hours(found.base.mean), _("resident-hours lost without measures")),
        KeyFigure(_("{number} of {all}", number=len(useful), all=len(found.judged)),
                  _("measures that save something in these scenarios")),
    ]  # fmt: skip
    portfolio = found.portfolio
    if portfolio is None or found.budget is None:
        return KeyFigures(tuple(figures)), Paragraph(what_was_run(found))
    if portfolio.saving is not None:
        figures.append(KeyFigure(hours(portfolio.saving.mean), _("resident-hours saved by the best portfolio"),
                                 _("for {cost}", cost=euros(portfolio.cost))))  # fmt: skip
    return (
        KeyFigures(tuple(figures)),
        Paragraph(portfolio_words(found, portfolio), lead=True),
        Paragraph(what_was_run(found)),
    )


def _measures(plan: CityPlan, found: Choice) -> tuple[Block, ...]:
    called = names(plan.city)
    useful = [one for one in found.judged if one.saving.stands_out]
    table = Table(
        caption=_("Measures, by what a euro saves"),
        header=(_("Measure"), _("Cost"), _("Saves"), _("Give or take"), _("For € 1000"), _("Most for")),
        rows=tuple(_row(plan, found, one, called[one.id]) for one in useful),
        numeric=frozenset({1, 2, 3, 4}),
        when_empty=_("No measure saves anything in these scenarios."),
    )
    blocks: list[Block] = [Chart(_bars(useful, called))] if useful else []
    blocks.append(table)
    unknown, nothing = without_price(found), idle(found)
    if unknown:
        said = ", ".join(called[one.id] for one in unknown)
        text = _("Not in any portfolio, because nobody knows what they cost: {names}.", names=said)
        blocks.append(Callout("warning", _("Costs that nobody knows"), text))
    if nothing:
        said = ", ".join(called[one.id] for one in nothing)
        blocks.append(Paragraph(_("Save nothing that stands out in these scenarios: {names}.", names=said)))
    return tuple(blocks)


def _row(plan: CityPlan, found: Choice, one: Judged, name: str) -> tuple[str, ...]:
    saved = one.saving
    per_euro = "?" if one.cost.total is None else for_a_thousand(saved.mean, one.cost.total)
    best = most_for(found, plan.city, saved)
    return name, cost_words(one.cost), hours(saved.mean), hours(saved.half_width), per_euro, best


def _bars(useful: Sequence[Judged], called: dict[str, str]) -> BarChart:
    most = sorted(useful, key=lambda one: (-one.saving.mean, one.id))
    rows = tuple(called[one.id] for one in most)
    words = tuple(hours(one.saving.mean) for one in most)
    return BarChart(
        key="savings",
        title=_("Resident-hours that each measure saves on its own"),
        alternative=_("{measure} saves most: {saved}.", measure=rows[0], saved=words[0]),
        axis_title=_("Resident-hours saved"),
        rows=rows,
        values=tuple(one.saving.mean // RESIDENT_HOUR for one in most),
        labels=words,
        table=Table(
            caption=_("Resident-hours that each measure saves on its own"),
            header=(_("Measure"), _("Saves"), _("Give or take")),
            rows=tuple(
                (row, word, hours(one.saving.half_width)) for row, word, one in zip(rows, words, most, strict=True)
            ),
            numeric=frozenset({1, 2}),
        ),
    )


def _portfolio(plan: CityPlan, found: Choice, portfolio: Portfolio) -> tuple[Block, ...]:
    called = names(plan.city)
    cost = {one.id: cost_words(one.cost) for one in found.judged}
    blocks: list[Block] = [Paragraph(portfolio_words(found, portfolio))]
    if portfolio.ids:
        blocks.append(
            Bullets(tuple(_("{measure}: {cost}", measure=called[name], cost=cost[name]) for name in portfolio.ids))
        )
    if portfolio.ids and portfolio.saving is not None:
        rows = tuple(
            (
                name_of(plan.city, name),
                hours(lost),
                hours(lost - less),
                hours(less),
                for_a_thousand(less, portfolio.cost),
            )
            for name, lost, less in zip(found.functions, found.base.means, portfolio.saving.by_function, strict=True)
        )
        blocks.append(
            Table(
                caption=_("What the portfolio buys per city function, in resident-hours"),
                header=(_("City function"), _("Lost without"), _("Lost with"), _("Saved"), _("For € 1000")),
                rows=rows,
                numeric=frozenset(range(1, 5)),
            )
        )
    return tuple(blocks)


def _curve(plan: CityPlan, found: Choice) -> CurveChart:
    called = names(plan.city)
    lost = [(0, found.base.mean, _("nothing"))]
    lost += [(step.cost, step.losses.mean, called[step.id]) for step in found.curve]
    points = tuple(
        Point(
            cost,
            left // RESIDENT_HOUR,
            left // RESIDENT_HOUR,
            left // RESIDENT_HOUR,
            label=str(place) if place else "",
            text=_("{place}. {measure}: {cost} so far, {lost} still lost", place=place, measure=name, cost=euros(cost),
                   lost=hours(left)),
        )
        for place, (cost, left, name) in enumerate(lost)
    )  # fmt: skip
    low, high = min(point.y for point in points), max(point.y for point in points)
    return CurveChart(
        key="money",
        title=_("Loss that remains, as more is spent"),
        alternative=_("From {before} resident-hours without measures to {after} after {cost}.",
                      before=hours(found.base.mean), after=hours(lost[-1][1]), cost=euros(lost[-1][0])),
        x_title=_("Euros spent over {number} years", number=found.years),
        y_title=_("Resident-hours still lost"),
        x_ticks=tuple((value, rough(value)) for value in ticks_of(lost[-1][0])),
        y_ticks=tuple((value, rough(value)) for value in ticks_of(high, low)),
        points=points,
        table=Table(
            caption=_("One measure after the other, each time the one that then saves most for its money"),
            header=("#", _("Measure"), _("Cost so far"), _("Resident-hours still lost")),
            rows=tuple((str(place), name, euros(cost), hours(left)) for place, (cost, left, name) in enumerate(lost)),
            numeric=frozenset({2, 3}),
        ),
        line_label=_("Loss with all measures so far; the numbers are those in the table"),
        holds=True,
    )  # fmt: skip


def _reading() -> str:
    return _("The order is the best step at each moment; a set budget can do a little better, see the best portfolio.")


def _assumptions(plan: CityPlan, found: Choice) -> tuple[Block, ...]:
    what = ranges_words() if found.uncertain else fixed_words()
    points = (
        nobody_decides(),
        _("A measure works at once and always, from before the incident; what it takes to keep it working is not run."),
        _("Only what these scenarios hit is weighed: a measure that does nothing here can matter elsewhere."),
        _("{number} of the costs are estimates that nobody confirmed.", number=estimated_costs(plan.city)),
    )
    return Callout("assumption", _("Conventions, not measurements"), what), Bullets(points)
