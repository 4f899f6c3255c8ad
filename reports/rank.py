"""The report on the weak points of a city: what to act on first, what each kind weighs, how sure it is."""

from collections.abc import Sequence

from city_model.accepted import Judged
from city_model.finding import Check, check_words, severity_word
from city_model.naming import arrows, name_of, organisation_name
from city_model.redaction import OFFICER
from city_model.words import confidence_word
from reports.chart_spec import BarChart
from reports.common_parts import glossary_section, tlp_marking
from reports.document import Block, Bullets, Callout, Chart, Document, Folded, KeyFigure, KeyFigures, Paragraph, Section
from reports.tables import Table
from reports.words import duration, number, rough, sentence, short_duration
from resilience.analysis.city_plan import RESIDENT_HOUR
from resilience.analysis.felt import Felt
from resilience.analysis.first_things import first_things
from resilience.analysis.rank import Ranking, WeakPoint
from resilience.analysis.risk_register import status_words
from resilience.analysis.weak_points import RANKED
from resilience.base.language import _, ngettext

FIRST = 10
MOST_BARS = 20
WEIGHTY: tuple[Check, ...] = ("single-point", "concentration")
"""The kinds whose loss is theirs alone, so that bars of it can be compared."""


def rank_report(ranking: Ranking) -> Document:
    """Return the weak points, for the officer, in the current language."""
    kinds = [check for check in RANKED if any(point.finding.check == check for point, _one in ranking.shown)]
    return Document(
        title=_("Weak points of {city}", city=ranking.city.name),
        subtitle=_("What can take city functions away, what hurts residents most first"),
        kind=_("Weak points"),
        reader=OFFICER,
        markings=(tlp_marking(ranking.city),),
        facts=(
            (_("City"), str(ranking.city.name)),
            (_("Parts on the map"), number(len(ranking.city.components))),
            (_("Length of a run"), duration(ranking.horizon)),
            (_("Seed"), str(ranking.seed)),
        ),
        sections=(
            Section("summary", _("Summary"), _summary(ranking)),
            Section("first", _("What to act on first"), _first(ranking)),
            Section("losses", _("What each takes from residents"), _losses(ranking)),
            Section("kinds", _("All of them, by kind"), tuple(_kind(ranking, check) for check in kinds)),
            Section("assumptions", _("What this rests on"), _limits(ranking)),
            glossary_section(),
        ),
        closing=_("The same map and seed give this same report, byte for byte."),
    )


def _summary(ranking: Ranking) -> tuple[Block, ...]:
    alone = [point for point in ranking.points if point.finding.check == "single-point"]
    down = sum(bool(point.felt.down) for point in alone)
    long = sum(bool(point.felt.breached) for point in alone)
    held = len(alone) - down
    shared = sum(point.finding.check in {"hidden-common-cause", "fallback-shares-root"} for point in ranking.points)
    figures = (
        KeyFigure(number(down), _("components that alone take a city function below its minimum level")),
        KeyFigure(number(long), _("of them for longer than its longest tolerable outage")),
        KeyFigure(number(held), _("more that only buffers, fallbacks and repair hold")),
        KeyFigure(number(shared), _("redundancies and fallbacks with a common cause behind them")),
    )
    if not ranking.shown:
        return (Paragraph(_("Nothing of this kind was found.")),)
    worst = ranking.shown[0][0]
    return Paragraph(_("First of all: {what}.", what=worst.finding.what), lead=True), KeyFigures(figures)


def _first(ranking: Ranking) -> tuple[Block, ...]:
    decided = {point.finding.id: one for point, one in ranking.shown}
    first = first_things([point for point, _one in ranking.shown], FIRST)
    table = _table(ranking, _("The worst weak points, each chain once"), [(one, decided[one.finding.id])
                   for one in first], kinds=True)  # fmt: skip
    return (
        Paragraph(
            _(
                "First what takes city functions down for longer than tolerable, then what takes them down, then the "
                "rest; within these by what residents lose. What says the same of the same chain again is left out "
                "here, and stands with its kind below."
            )
        ),
        table,
    )


def _losses(ranking: Ranking) -> tuple[Block, ...]:
    points = [point for point, _one in ranking.shown if point.finding.check in WEIGHTY and point.felt.lost]
    different = {point.felt.failed: point for point in reversed(points)}
    shown = sorted(different.values(), key=lambda point: -point.felt.lost)[:MOST_BARS]
    if not shown:
        return (Paragraph(_("None of these takes anything from residents in these runs.")),)
    rows = tuple(_short_name(ranking, point) for point in shown)
    amounts = tuple(point.felt.lost // RESIDENT_HOUR for point in shown)
    return (
        Chart(
            BarChart(
                key="causes",
                title=_("Lost resident-hours, per cause"),
                alternative=_("The heaviest is {name}: {lost}.", name=rows[0],
                              lost=_("{amount} resident-hours", amount=rough(amounts[0]))),
                axis_title=_("Lost resident-hours"),
                rows=rows,
                values=amounts,
                labels=tuple(rough(amount) for amount in amounts),
                table=Table(
                    caption=_("Lost resident-hours, per cause"),
                    header=(_("Cause"), _("Lost resident-hours"), _("City functions that go down")),
                    rows=tuple(
                        (row, rough(amount), _down_words(ranking, point.felt))
                        for row, amount, point in zip(rows, amounts, shown, strict=True)
                    ),
                    numeric=frozenset({1}),
                ),
            ),
            _("Components that fail alone, and sets that fail as one: of a supplier, a product, a district."),
        ),
    )  # fmt: skip


def _kind(ranking: Ranking, check: Check) -> Folded:
    words = check_words(check)
    pairs = [pair for pair in ranking.shown if pair[0].finding.check == check]
    blocks: tuple[Block, ...] = (
        Paragraph(_("Why: {text}.", text=words.why)),
        Paragraph(_("Helps: {text}.", text=words.repair)),
        _table(ranking, words.title, pairs),
    )
    return Folded(f"{words.title} ({len(pairs)})", blocks, on_paper=False)


def _table(ranking: Ranking, caption: str, pairs: Sequence[tuple[WeakPoint, Judged]], *, kinds: bool = False) -> Table:
    """Return weak points in their order; with *kinds* each says what kind it is."""
    return Table(
        caption=caption,
        header=("#", _("Weak point"), _("Path"), _("Residents"), _("Lost resident-hours"), _("Weakest link"),
                _("Whose")),
        rows=tuple(
            (
                str(place),
                _said(point, one, kinds=kinds),
                arrows(ranking.city, point.felt.path),
                number(point.felt.residents) if point.felt.hits else "–",
                rough(point.felt.lost // RESIDENT_HOUR),
                _sure(point.felt),
                organisation_name(ranking.city, point.finding.organisation) or "–",
            )
            for place, (point, one) in enumerate(pairs, start=1)
        ),
        numeric=frozenset({3, 4}),
        firm=frozenset({3, 4}),
    )  # fmt: skip


def _said(point: WeakPoint, one: Judged, *, kinds: bool) -> str:
    """Return what was found, how bad it is, and what was decided about it."""
    finding = point.finding
    title = check_words(finding.check).title
    kind = f"{title} ({severity_word(finding.severity)})" if kinds else sentence(severity_word(finding.severity))
    decided = f" ({status_words(one)})" if one.acceptance else ""
    return f"{kind}: {finding.what}{decided}"


def _short_name(ranking: Ranking, point: WeakPoint) -> str:
    """Return what fails, for a bar."""
    if len(point.felt.failed) == 1:
        return name_of(ranking.city, point.felt.failed[0])
    aspect, _slash, value = point.finding.place.partition("/")
    named = {
        "supplier": _("all of {name}", name=organisation_name(ranking.city, value)),
        "product": _("all that is {name}", name=value),
        "district": _("all in {name}",
                      name=next((str(one.name) for one in ranking.city.districts if one.id == value), value)),
    }  # fmt: skip
    return named.get(aspect, value)


def _down_words(ranking: Ranking, seen: Felt) -> str:
    if not seen.down:
        return "–"
    return "; ".join(
        _("{name} after {time}", name=name_of(ranking.city, hit.function), time=short_duration(hit.down))
        if hit.down
        else _("{name} at once", name=name_of(ranking.city, hit.function))
        for hit in sorted(seen.down, key=lambda hit: hit.down or 0)
    )


def _sure(seen: Felt) -> str:
    if len(seen.path) < 2:
        return "–"
    return confidence_word(seen.confidence) + (" ≈" if seen.assumed else "")


def left_words(ranking: Ranking) -> str:
    """Say how many suspects nobody looked at."""
    return ngettext(
        "Stopped early: {number} possible weak point was not looked at. What takes most was looked at first.",
        "Stopped early: {number} possible weak points were not looked at. What takes most was looked at first.",
        ranking.left,
    )


def _limits(ranking: Ranking) -> tuple[Block, ...]:
    resting = sum(point.felt.assumed for point in ranking.points)
    text = ngettext(
        "{resting} of {number} weak point rests on a figure that nobody confirmed (≈). Ask the owner before you act.",
        "{resting} of {number} weak points rest on a figure that nobody confirmed (≈). Ask the owners before you act.",
        len(ranking.points), resting=number(resting),
    )  # fmt: skip
    points = (
        _("Everything that is said to fail, fails at once and wholly, and is repaired as the map says. Nobody decides "
          "anything."),
        _("A redundancy or fallback with a common cause is weighed by what residents would not lose without that "
          "weakness, when its nearest common cause fails. A single point of failure is weighed by all that is lost."),
        _("The path is the one along which the function goes down. Where nothing is felt in the run, it is the one "
          "that buffers and fallbacks close."),
        _("Residents are those of the largest function that goes down; lost resident-hours are those of all functions, "
          "so somebody who uses three functions is counted three times."),
        _("What is not on the map does not fail, and does not help either."),
    )  # fmt: skip
    stopped = (left_words(ranking),) if ranking.left else ()
    return Callout("assumption", _("A list of questions"), text), Bullets((*stopped, *points))
