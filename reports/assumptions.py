"""What a run rests on that nobody confirmed: the figures of the parts that took part in it, with their sources."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pydantic import BaseModel

from city_model.areas import areas
from city_model.quality import Share
from city_model.schema import City, Need
from city_model.values import (
    UNKNOWN,
    CountFigure,
    DistributionFigure,
    DurationFigure,
    PerCentFigure,
    Provenance,
)
from reports.document import Block, Bullets, Callout, Folded, Paragraph
from reports.naming import Names
from reports.tables import Table
from reports.words import number, per_cent, short_duration
from resilience.base.language import _, ngettext
from resilience.simulation.metrics import order_of_failure
from resilience.simulation.trace import Trace, What

_MOST_SOURCES = 8
_MOST_ON_PAPER = 120
"""A longer list is for the screen: printed, nobody reads it."""
_UNUSED = frozenset({"vulnerable", "rto", "rpo", "personal_data", "substitution", "offline_alternative", "capable"})
"""Fields whose figures the engine and this report do not use."""


@dataclass(frozen=True)
class AssumedFigure:
    """A figure, or a need, that nobody confirmed, and the part that it belongs to."""

    component: str
    path: tuple[str, ...]
    said: Provenance
    detail: str = ""


def assumed_figures(view: City, trace: Trace) -> tuple[AssumedFigure, ...]:
    """Return the unconfirmed figures and needs of every part that fell or was hit, in the order of failure."""
    parts = [failure.component for failure in order_of_failure(trace)]
    parts += [record.subject for record in trace.with_what(What.DAMAGE, What.BUFFER_RUNNING)]
    found: list[AssumedFigure] = []
    for part in dict.fromkeys(parts):
        component = view.component_by_id.get(part)
        if component is not None:
            found += [figure for figure in _figures(part, component, ()) if view.is_assumed(figure.said)]
    return tuple(found)


def _figures(part: str, holder: BaseModel, path: tuple[str, ...], detail: str = "") -> Iterator[AssumedFigure]:
    for field in type(holder).model_fields:
        value = getattr(holder, field)
        if field in _UNUSED:
            continue
        for item in value if isinstance(value, tuple) else (value,):
            here = (*path, field)
            about = "+".join(item.provider_ids) if isinstance(item, Need) else detail
            if isinstance(item, Provenance):
                yield AssumedFigure(part, here, item, about)
            if isinstance(item, BaseModel):
                yield from _figures(part, item, here, about)


def share_assumed(trace: Trace) -> tuple[int, int]:
    """Return how many changes of level rest on an unconfirmed figure, and how many there are."""
    levels = trace.with_what(What.LEVEL)
    return sum(record.assumed for record in levels), len(levels)


def assumption_callout(trace: Trace) -> Callout:
    """Return the box that says how far a reader may lean on the figures."""
    assumed, total = share_assumed(trace)
    if not assumed:
        return Callout(
            "note",
            _("Rests on confirmed figures"),
            _("No change of level in this run rests on a figure that nobody confirmed."),
        )
    return Callout(
        "assumption",
        _("Rests on assumptions"),
        _(
            "{assumed} of the {total} changes of level in this run rest on at least one figure that nobody confirmed. "
            "Read times and amounts as an indication, and the order of events as what the map says now. The section on "
            "assumptions lists the figures.",
            assumed=number(assumed),
            total=number(total),
        ),
    )


def assumption_blocks(names: Names, trace: Trace) -> tuple[Block, ...]:
    """Return the section on assumptions: how much rests on them, their sources, and every figure."""
    figures = assumed_figures(names.view, trace)
    assumed, total = share_assumed(trace)
    intro = Paragraph(
        _(
            "{assumed} of the {total} changes of level rest on at least one figure that nobody confirmed. The parts "
            "that fell or were hit carry {figures} such figures and dependencies. Confirming the ones below, with the "
            "partner they belong to, makes this report firmer.",
            assumed=number(assumed),
            total=number(total),
            figures=number(len(figures)),
        )
    )
    if not figures:
        return (Paragraph(_("Every figure that this run used was confirmed by at least one of the parties.")),)
    return (
        intro,
        known_table(names),
        *_source_tables(names.view, figures),
        Folded(
            ngettext(
                "Show the {number} unconfirmed figure and dependency",
                "Show all {number} unconfirmed figures and dependencies",
                len(figures),
            ),
            (figures_table(names, figures),),
            on_paper=len(figures) <= _MOST_ON_PAPER,
        ),
        Bullets(
            (
                _("An unknown figure is never read as zero: the engine then uses the default of its kind."),
                _("A change of level counts as assumed when it, or anything that led to it, rests on such a figure."),
            )
        ),
    )


def known_table(names: Names) -> Table:
    """Return for each city function how much of its chain is filled in and confirmed, and whether that is enough."""
    rows = tuple(
        (names.of(function), number(known.components), _share(known.completeness), _share(known.confidence),
         _("✓ enough") if known.enough else _("▲ not enough"))
        for function, known in areas(names.view).items()
    )  # fmt: skip
    return Table(
        caption=_("What the map knows of each city function and all that it rests on"),
        header=(_("City function"), _("Components"), _("Filled in"), _("Confirmed"), _("Enough to rely on the hours")),
        rows=rows,
        numeric=frozenset({1, 2, 3}),
    )


def _share(share: Share) -> str:
    return "–" if share.per_cent is None else per_cent(share.per_cent)


def _source_tables(view: City, figures: Sequence[AssumedFigure]) -> tuple[Block, ...]:
    """Return the sources behind *figures*, those with the most first; the many with a figure or two fold away."""
    counts: dict[str, int] = {}
    for figure in figures:
        counts[figure.said.source] = counts.get(figure.said.source, 0) + 1
    rows = [
        (source.reference, source.by, f"{source.date:%Y-%m-%d}", source.note or "–", number(counts[source.id]))
        for source in sorted(view.sources, key=lambda source: (-counts.get(source.id, 0), source.id))
        if source.id in counts
    ]
    header = (_("Source"), _("Recorded by"), _("Date"), _("Note"), _("Figures"))
    numeric, firm = frozenset({4}), frozenset({2})
    first = Table(_("Where most of these figures come from"), header, tuple(rows[:_MOST_SOURCES]), numeric, firm)
    rest = tuple(rows[_MOST_SOURCES:])
    if not rest:
        return (first,)
    others = ngettext("Show {number} other source", "Show {number} other sources", len(rest))
    return first, Folded(others, (Table(_("The other sources"), header, rest, numeric, firm),))


def figures_table(names: Names, figures: Sequence[AssumedFigure]) -> Table:
    """Return *figures* with what they say and where that comes from."""
    view = names.view
    rows = tuple(
        (
            names.of(figure.component),
            field_words(names, figure),
            value_words(figure.said),
            view.source_by_id[figure.said.source].reference,
            figure.said.note or "–",
        )
        for figure in figures
    )
    return Table(
        caption=_("Figures and dependencies that nobody confirmed, in the order in which the parts fell"),
        header=(_("Part"), _("What"), _("Value"), _("Source"), _("Note")),
        rows=rows,
    )


def field_words(names: Names, figure: AssumedFigure) -> str:
    """Return what a figure says about its part, in words."""
    words = {
        "residents": _("residents served"),
        "minimum_level": _("lowest level that still counts as working"),
        "required": _("longest tolerable outage (MTD)"),
        "restart_lag": _("time to start again"),
        "backlog": _("backlog after an outage"),
        "catch_up_level": _("level while working off the backlog"),
        "buffer": _("buffer"),
        "recharge": _("time to refill the buffer"),
        "strength": _("how much of the loss is felt"),
        "criticality": _("what still works when it is wholly gone"),
        "level": _("level of the fallback"),
        "delay": _("time until the fallback runs"),
        "people": _("people concerned"),
        "needs": _("the dependency itself"),
    }
    last = figure.path[-1]
    if last == "duration":
        place = figure.path[-2]
        found = {
            "fallback": _("how long the fallback lasts"),
            "detection": _("time to find the fault"),
            "repair": _("time to repair"),
            "rebuild": _("time to rebuild"),
        }.get(place, last)
    else:
        found = words.get(last, last)
    if not figure.detail:
        return found
    providers = " / ".join(names.of(provider) for provider in figure.detail.split("+"))
    return _("{what}: needs {providers}", what=found, providers=providers)


def value_words(said: Provenance) -> str:
    """Return the value of a figure in words."""
    match said:
        case DistributionFigure():
            return _distribution_words(said)
        case DurationFigure(value=int(minutes)):
            return short_duration(minutes)
        case PerCentFigure(value=int(value)):
            return per_cent(value)
        case CountFigure(value=int(value)):
            return number(value)
        case _ if getattr(said, "value", None) == UNKNOWN:
            return _("unknown")
    return "–"


def _distribution_words(said: DistributionFigure) -> str:
    if said.min is not None and said.likely is not None and said.max is not None:
        return _(
            "{least} to {most}, likely {likely}",
            least=short_duration(said.min),
            most=short_duration(said.max),
            likely=short_duration(said.likely),
        )
    if said.fixed is not None:
        return short_duration(said.fixed)
    if said.exponential is not None:
        return _("{mean} on average", mean=short_duration(said.exponential))
    if said.empirical is not None:
        return ngettext("{number} observed duration", "{number} observed durations", len(said.empirical))
    return _("unknown")
