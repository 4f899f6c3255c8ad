"""The section on harm to people and on money: who is in trouble after how long, and the assumptions behind it."""

from city_model.impact import Cost, Curve, Harm
from city_model.impact_themes import Known, known_impacts
from city_model.words import harm_kind_word
from reports.document import Block, Bullets, Callout, Folded, Paragraph
from reports.run import Run
from reports.tables import Table
from reports.words import counted_names, duration, number, short_duration
from resilience.base.language import _, ngettext
from resilience.base.units import MINUTES_PER_DAY, MINUTES_PER_HOUR
from resilience.simulation.contagion import Leak
from resilience.simulation.impact import HarmDone, Impact, growth, impact, rounded

_MOMENTS = (
    *(MINUTES_PER_HOUR * hours for hours in (1, 4, 12)),
    *(MINUTES_PER_DAY * days for days in (1, 3, 7, 14, 28)),
)
"""Minutes at which the number in trouble may be shown."""
_MOST_MOMENTS = 3
"""So many of them are, the last ones within the run; its end comes after them."""


def harm_blocks(run: Run) -> tuple[Block, ...]:
    """Return who is in trouble and when, leaks of personal data, costs, and what all that rests on."""
    found = impact(run.view, run.trace)
    blocks: list[Block] = [
        Callout(
            "assumption",
            _("Assumptions about people"),
            _(
                "Nobody measured what an outage does to people. The numbers below come from assumed curves, which the "
                "city can edit in impact.yaml. They compare choices; they do not predict. Rounded to two figures. "
                "People of different functions are the same people, so they are not added up."
            ),
        )
    ]
    if found.heaviest:
        blocks.append(_growth_table(run, found))
    elif found.harms:
        blocks.append(Paragraph(_("By the curves of the map nobody is in trouble within this run.")))
    else:
        blocks.append(Paragraph(_("The map does not say whom the loss of these functions harms.")))
    blocks += _leak_blocks(found)
    blocks += _cost_blocks(run, found)
    said = [*_unsaid(run, found)]
    if said:
        blocks.append(Bullets(tuple(said)))
    basis = _basis_table(run, found)
    if basis.rows:
        blocks.append(Folded(_("Show the curves and what they rest on"), (basis, _method())))
    return tuple(blocks)


def _growth_table(run: Run, found: Impact) -> Table:
    moments = [minute for minute in _MOMENTS if minute < run.trace.horizon][-_MOST_MOMENTS:]
    rows = []
    for done in found.heaviest:
        grown = growth(run.view, run.trace, done, moments)
        cells = (_about(done, rounded(value) if done.assumed else value) for value in grown)
        rows.append(
            (
                _("{function}: {who}", function=run.names.of(done.function), who=done.harm.name),
                harm_kind_word(done.harm.kind),
                *cells,
                _about(done, done.shown),
                _about(done, done.shown_vulnerable),
            )
        )
    after = tuple(_("After {time}", time=short_duration(minute)) for minute in moments)
    last = len(moments) + 2
    return Table(
        caption=_("In trouble, by how long the run has lasted"),
        header=(
            _("Who"), _("Harm to"), *after, _("At the end"), _("Vulnerable"),
        ),
        rows=tuple(rows),
        numeric=frozenset(range(2, last + 2)),
    )  # fmt: skip


def _about(done: HarmDone, value: int | None) -> str:
    if value is None:
        return _("unknown")
    return f"{'≈' if done.assumed and value else ''}{number(value)}"


def _leak_blocks(found: Impact) -> list[Block]:
    if found.leak is None:
        return []
    said = _("Personal data of {people} leaked, at {parts}.", people=_people(found.leak), parts=_parts(found.leak))
    if found.special is not None:
        said += " " + _(
            "Among it special personal data, such as on health, of {people}.", people=_people(found.special)
        )
    said += " " + _("The lower number is the largest register, the higher one all registers added up: they overlap.")
    return [Callout("warning", _("Leaked personal data"), said)]


def _people(found: Leak) -> str:
    if not found.at_most:
        return _("an unknown number of people")
    about = "≈" if found.assumed else ""
    least, most = (number(rounded(value) or 0) if found.assumed else number(value)
                   for value in (found.at_least, found.at_most))  # fmt: skip
    words = _("{most} people", most=most) if least == most else _("{least} to {most} people", least=least, most=most)
    more = _(" and more, unknown") if found.unknown else ""
    return f"{about}{words}{more}"


def _parts(found: Leak) -> str:
    return ngettext("{number} part", "{number} parts", found.components)


def _cost_blocks(run: Run, found: Impact) -> list[Block]:
    if not found.costs:
        return []
    rows = tuple(
        (
            run.names.of(cost.function),
            cost.name,
            f"{'≈' if cost.assumed else ''}{number(rounded(cost.euros) or 0 if cost.assumed else cost.euros)}",
        )
        for cost in found.costs
    )
    header = (_("City function"), _("What"), _("Euros"))
    return [Table(_("What it costs, as far as anybody said"), header, rows, numeric=frozenset({2}))]


def _unsaid(run: Run, found: Impact) -> list[str]:
    lines = []
    if found.unsaid:
        names = counted_names([run.names.of(function) for function in found.unsaid])
        lines.append(_("Whom the loss harms was not said of: {names}.", names=names))
    if found.costs and found.unpriced:
        names = counted_names([run.names.of(function) for function in found.unpriced])
        lines.append(_("What the loss costs was not said of: {names}.", names=names))
    return lines


def _basis_table(run: Run, found: Impact) -> Table:
    """Return every curve and cost that was used, with its source."""
    shown = {done.function for done in found.harms} | {cost.function for cost in found.costs}
    rows: list[tuple[str, ...]] = []
    for known in known_impacts(run.view):
        if known.function not in shown:
            continue
        name = run.names.of(known.function)
        rows += [(name, *_harm_cells(one)) for one in known.harms]
        rows += [
            (name, str(one.said.name), _("{euros} euros an hour", euros=number(one.said.per_hour)), "–",
             _source(one))
            for one in known.costs
        ]  # fmt: skip
    return Table(
        caption=_("Of every thousand residents who are without so long, this many are in trouble"),
        header=(_("City function"), _("Who, or what"), _("Residents"), _("Vulnerable residents"), _("Source")),
        rows=tuple(rows),
    )


def _harm_cells(known: Known[Harm]) -> tuple[str, str, str, str]:
    harm = known.said
    vulnerable = _curve_words(harm.vulnerable) if harm.vulnerable else _("the same")
    return (
        str(harm.name),
        _curve_words(harm.curve),
        vulnerable,
        _source(known),
    )


def _curve_words(curve: Curve) -> str:
    return "; ".join(_("{time}: {many}", time=duration(point.after), many=point.of_thousand) for point in curve)


def _source(known: Known[Harm] | Known[Cost]) -> str:
    """Return where a figure comes from; one that only took its source along says that it is an assumption."""
    words = known.source.reference
    if known.assumed and known.source.confidence != "assumed":
        words = _("Assumption after: {reference}", reference=words)
    return f"{words}. {known.said.note}" if known.said.note else words


def _method() -> Bullets:
    return Bullets(
        (
            _("A function at 60% leaves four in ten residents without. Who is served first stays served first."),
            _("Whether somebody is in trouble depends on the longest time without a break that they were without."),
            _("Between two points of a curve lies a straight line; before the first nobody is in trouble."),
            _("Vulnerable residents are those of the map; what makes somebody vulnerable differs per function."),
        )
    )
