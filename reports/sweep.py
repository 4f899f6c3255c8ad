"""The report on a sweep: which loss hurts residents most, which pairs hurt together, what takes a function away."""

from city_model.naming import names_of
from city_model.redaction import OFFICER
from reports.chart_spec import BarChart, HeatMap
from reports.common_parts import glossary_section, tlp_marking
from reports.document import Block, Bullets, Callout, Chart, Document, Folded, KeyFigure, KeyFigures, Paragraph, Section
from reports.tables import Table
from reports.words import Moments, counted_names, duration, number, per_cent, rough
from resilience.analysis.cut_sets import CutSets
from resilience.analysis.sweep_answer import Answer, ComponentsLost
from resilience.analysis.together import Together, cause_words
from resilience.base.language import _, ngettext
from resilience.simulation.explain import name_of

MOST_BARS = 20
MOST_ROWS = 100
MOST_SETS = 25
"""Pairs of one cut set table that are written out."""


def sweep_report(answer: Answer) -> Document:
    """Return what a sweep found, for the officer, in the current language."""
    found = answer.found
    sections = [
        Section("summary", _("Summary"), _summary(answer)),
        Section("singles", _("Lost alone"), _singles(answer)),
    ]
    if found.asked.order == 2:
        sections.append(Section("pairs", _("Lost together"), _pairs(answer)))
    sections += [
        Section("cut-sets", _("Smallest sets that take a function away"), _cut_sets(answer)),
        Section("assumptions", _("What this rests on"), _limits(answer)),
        glossary_section(),
    ]
    return Document(
        title=_("What each loss does to {city}", city=found.city.name),
        subtitle=_("Every component lost in turn, and what residents feel of it"),
        kind=_("Sweep"),
        reader=OFFICER,
        markings=(tlp_marking(found.city),),
        facts=_facts(answer),
        sections=tuple(sections),
        closing=_("The same map and seed give this same report, byte for byte."),
    )


def _facts(answer: Answer) -> tuple[tuple[str, str], ...]:
    found = answer.found
    facts = [(_("City"), str(found.city.name)), (_("Components lost"), number(len(found.singles)))]
    if found.all_pairs:
        pairs = number(len(found.pairs))
        if found.stopped:
            pairs = _("{done} of {all}: it was stopped early", done=pairs, all=number(found.all_pairs))
        facts.append((_("Pairs lost"), pairs))
    if found.asked.static:
        facts.append((_("Time"), _("left out: no buffer, fallback or repair")))
    else:
        facts += [(_("Length of a run"), duration(found.asked.horizon)), (_("Seed"), str(found.asked.seed))]
    return tuple(facts)


def _summary(answer: Answer) -> tuple[Block, ...]:
    found = answer.found
    down = [one for one in answer.singles if any(loss.is_down for loss in one.functions)]
    figures = [
        KeyFigure(number(len(answer.singles)), _("components whose loss a city function feels"),
                  _("of {number}", number=number(len(found.singles)))),
        KeyFigure(number(len(down)), _("components that alone take a city function below its minimum level")),
    ]  # fmt: skip
    if found.asked.order == 2:
        unseen = sum(one.unseen for one in answer.together)
        figures += [
            KeyFigure(number(len(answer.together)), _("pairs that take more together than apart")),
            KeyFigure(number(unseen), _("pairs that take what neither touches alone")),
        ]
    blocks: list[Block] = [KeyFigures(tuple(figures))]
    if answer.singles:
        worst = answer.singles[0]
        blocks.insert(0, Paragraph(_("The heaviest loss is {name}: {lost}.", name=_names(answer, worst),
                                     lost=_lost(answer, worst.lost)), lead=True))  # fmt: skip
    return tuple(blocks)


def _singles(answer: Answer) -> tuple[Block, ...]:
    shown = answer.singles[:MOST_BARS]
    if not shown:
        return (Paragraph(_("No loss of one component touches a city function.")),)
    bars = BarChart(
        key="losses",
        title=_("What residents lose, per component that is lost"),
        alternative=_("The heaviest loss is {name}: {lost}.", name=_names(answer, shown[0]),
                      lost=_lost(answer, shown[0].lost)),
        axis_title=_unit_words(answer),
        rows=tuple(_names(answer, one) for one in shown),
        values=tuple(one.lost // answer.unit for one in shown),
        labels=tuple(rough(one.lost // answer.unit) for one in shown),
        table=_matrix(answer, shown),
    )  # fmt: skip
    blocks: list[Block] = [Chart(bars, _more(len(shown), len(answer.singles)))]
    if not answer.found.asked.static:
        blocks.append(Chart(_heat(answer, shown), _("Each row is one loss; a cell is the mean level of all city "
                            "functions in that period, weighted by the residents that they serve.")))  # fmt: skip
    table = _matrix(answer, answer.singles[:MOST_ROWS])
    blocks.append(Folded(_("Show the lowest level of every function per loss"), (table,), on_paper=False))
    return tuple(blocks)


def _matrix(answer: Answer, shown: tuple[ComponentsLost, ...]) -> Table:
    """Return per loss the lowest level of every function; what is below its minimum level is marked."""
    found = answer.found
    rows = []
    for one in shown:
        felt = {loss.function: loss for loss in one.functions}
        cells = (
            "" if name not in felt else f"▼ {felt[name].lowest}" if felt[name].is_down else str(felt[name].lowest)
            for name in found.functions
        )
        rows.append((_names(answer, one), rough(one.lost // answer.unit), *cells))
    return Table(
        caption=_("Lowest level (%) of each function; empty: not touched, ▼: below its minimum level"),
        header=(_("Lost"), _unit_words(answer), *(name_of(found.city, name) for name in found.functions)),
        rows=tuple(rows),
        numeric=frozenset(range(1, len(found.functions) + 2)),
    )


def _heat(answer: Answer, shown: tuple[ComponentsLost, ...]) -> HeatMap:
    moments, horizon, grid = Moments(), answer.found.asked.horizon, answer.grid
    columns = tuple(range(0, horizon, grid))
    rows = tuple(_names(answer, one) for one in shown)
    lowest = min(min(one.levels) for one in shown)
    return HeatMap(
        key="losses-over-time",
        title=_("What is left of all city functions, over time"),
        alternative=_("The mean level of all functions after each of {number} losses; the lowest is {level}.",
                      number=len(shown), level=per_cent(lowest)),
        time=moments.axis(horizon),
        columns=columns,
        column_minutes=grid,
        rows=rows,
        values=tuple(one.levels for one in shown),
        table=Table(
            caption=_("Mean level (%) per period of {period}", period=duration(grid)),
            header=(_("From"), *rows),
            rows=tuple(
                (moments.moment(column), *(str(one.levels[place]) for one in shown))
                for place, column in enumerate(columns)
            ),
            numeric=frozenset(range(1, len(rows) + 1)),
        ),
        scale_title=_("From 0% (nothing works) to 100% (normal operation)"),
    )  # fmt: skip


def _pairs(answer: Answer) -> tuple[Block, ...]:
    shown = answer.together[:MOST_BARS]
    if not shown:
        return (Paragraph(_("No pair takes more together than apart.")),)
    bars = BarChart(
        key="more-together",
        title=_("What a pair takes more together than its two components apart"),
        alternative=_("The worst pair is {name}: {lost} more together than apart.", name=_pair_name(answer, shown[0]),
                      lost=_lost(answer, shown[0].more)),
        axis_title=_unit_words(answer),
        rows=tuple(_pair_name(answer, one) for one in shown),
        values=tuple(one.more // answer.unit for one in shown),
        labels=tuple(rough(one.more // answer.unit) for one in shown),
        table=_pair_table(answer, shown),
    )  # fmt: skip
    every = _pair_table(answer, answer.together[:MOST_ROWS])
    return (
        Chart(bars, _more(len(shown), len(answer.together))),
        Folded(_("Show these pairs with why, and in which functions"), (every,), on_paper=False),
    )


def _pair_table(answer: Answer, shown: tuple[Together, ...]) -> Table:
    return Table(
        caption=_("Pairs that take more together than apart"),
        header=(_("Lost together"), _("More than apart"), _("In all"), _("Because"), _("Mostly")),
        rows=tuple(
            (
                _pair_name(answer, one),
                rough(one.more // answer.unit),
                rough(answer.pair(one).lost // answer.unit),
                cause_words(one.cause),
                names_of(answer.found.city, [name for name, _more in one.functions], 3),
            )
            for one in shown
        ),
        numeric=frozenset({1, 2}),
        firm=frozenset({1, 2}),
    )


def _cut_sets(answer: Answer) -> tuple[Block, ...]:
    both = answer.found.asked.order == 2
    blocks: list[Block] = [
        Paragraph(
            _(
                "A set takes a function away when the function sinks below the level named while no buffer, fallback "
                "or repair holds anything up; it is minimal when no part of it does that alone. So this is what "
                "buffers, fallbacks and repair must hold."
            )
        ),
        _cut_table(answer, both=both),
    ]
    blocks += [_written_out(answer, cut, both=both) for cut in answer.down if cut.single or cut.pairs]
    return tuple(blocks)


def _cut_table(answer: Answer, *, both: bool) -> Table:
    found = answer.found
    heads = [_("City function"), _("Below"), _("One is enough")]
    heads += [_("Two together")] if both else []
    heads.append(_("One is enough for 0%"))
    heads += [_("Two together for 0%")] if both else []
    rows = []
    for down, gone in zip(answer.down, answer.gone, strict=True):
        cells = [name_of(found.city, found.functions[down.function]), per_cent(down.below), str(len(down.single))]
        cells += [str(len(down.pairs))] if both else []
        cells.append(str(len(gone.single)))
        cells += [str(len(gone.pairs))] if both else []
        rows.append(tuple(cells))
    return Table(
        caption=_("How many smallest sets each function has"),
        header=tuple(heads),
        rows=tuple(rows),
        numeric=frozenset(range(1, len(heads))),
    )


def _written_out(answer: Answer, cut: CutSets, *, both: bool) -> Folded:
    failing, city = answer.found.failing, answer.found.city
    names = [name_of(city, failing[place]) for place in cut.single]
    pairs = [" + ".join(name_of(city, failing[place]) for place in pair) for pair in cut.pairs]
    blocks: list[Block] = []
    if names:
        blocks += [Paragraph(_("One of these is enough:")), Bullets(tuple(names))]
    if pairs:
        blocks += [Paragraph(_("Two together:")), Bullets(tuple(pairs[:MOST_SETS]))]
    if len(pairs) > MOST_SETS:
        rest = len(pairs) - MOST_SETS
        blocks.append(Paragraph(ngettext("{number} more pair; the command with --json gives all.",
                                         "{number} more pairs; the command with --json gives all.", rest)))  # fmt: skip
    name = name_of(city, answer.found.functions[cut.function])
    title = _("{function} below {level}: {single} alone", function=name, level=per_cent(cut.below), single=len(names))
    if both:
        title += ", " + ngettext("{number} pair", "{number} pairs", len(pairs))
    return Folded(title, tuple(blocks), on_paper=False)


def _limits(answer: Answer) -> tuple[Block, ...]:
    points = [
        _("Each loss is total and nothing else goes wrong. Nobody decides anything: no extra crews, no emergency "
          "power, no other order of repair."),
        _("Residents are counted per function; somebody who uses three functions is counted three times."),
        _("What is not on the map does not fail, and does not help either."),
        _("A loss of less than one point of level counts as none. A pair is named only when it takes more than that "
          "together."),
    ]  # fmt: skip
    assumed = sum(answer.found.city.is_assumed(placed.need) for placed in answer.found.city.placed_needs)
    every = len(answer.found.city.placed_needs)
    text = _("{assumed} of the {all} dependencies on this map were confirmed by nobody. Take the order of the list as "
             "where to ask first, not as a measurement.", assumed=number(assumed), all=number(every))  # fmt: skip
    return Callout("assumption", _("A list of questions"), text), Bullets(tuple(points))


def _names(answer: Answer, one: ComponentsLost) -> str:
    return counted_names([name_of(answer.found.city, name) for name in one.components])


def _pair_name(answer: Answer, one: Together) -> str:
    return " + ".join(name_of(answer.found.city, name) for name in one.members)


def _unit_words(answer: Answer) -> str:
    return _("Residents without service") if answer.found.asked.static else _("Lost resident-hours")


def _lost(answer: Answer, lost: int) -> str:
    amount = rough(lost // answer.unit)
    if answer.found.asked.static:
        return _("{amount} residents without service", amount=amount)
    return _("{amount} resident-hours", amount=amount)


def _more(shown: int, every: int) -> str:
    return _("Shown are the first {shown} of {all}.", shown=shown, all=number(every)) if shown < every else ""
