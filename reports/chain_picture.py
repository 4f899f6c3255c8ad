"""The picture of the affected chain: which part pulled which other part down, from the incident to the functions."""

from collections.abc import Container, Sequence
from dataclasses import dataclass

from city_model.schema import City
from reports.chart_spec import LayeredPicture, Node, NodeTone, Route
from reports.layout import layered
from reports.naming import Names
from reports.tables import Table
from reports.words import Moments, counted_names, per_cent
from resilience.base.language import _, ngettext
from resilience.base.units import format_clock
from resilience.simulation.metrics import order_of_failure
from resilience.simulation.trace import Record, Trace, What

_MOST_CAUSES = 6
"""Causes of one part that the picture shows."""
MOST_NODES = 36
"""More boxes than this no reader follows; the table holds the rest."""


@dataclass(frozen=True)
class Links:
    """Who pulled whom down: per part, the providers behind its first loss, the binding one first."""

    causes: dict[str, tuple[str, ...]]
    hit: tuple[str, ...]
    """The parts that an incident or decision hit itself, in order."""


def links_of(view: City, trace: Trace) -> Links:
    """Return who pulled whom down, read back from the causes of the first loss of every part.

    Parts in a circle fall together and the trace names no cause for the first of them; there the map's own needs tell.
    """
    causes: dict[str, tuple[str, ...]] = {}
    hit = tuple(dict.fromkeys(record.subject for record in trace.with_what(What.DAMAGE)))
    for record in trace.records:
        if record.what is What.LEVEL and record.subject not in causes:
            found = [provider for cause in record.causes for provider in _providers(trace, cause, record.subject)]
            if not found and record.subject not in hit:
                found = _lost_needs(view, trace, record, causes)
            causes[record.subject] = tuple(dict.fromkeys(found))
    return Links(causes=causes, hit=hit)


def _lost_needs(view: City, trace: Trace, record: Record, fell_before: Container[str]) -> list[str]:
    component = view.component_by_id.get(record.subject)
    providers = [provider for need in component.needs for provider in need.provider_ids] if component else []
    levels = {provider: trace.level_at(provider, record.minute) for provider in providers}
    lost = [provider for provider in providers if levels[provider] < 100]
    return sorted(lost, key=lambda provider: (provider not in fell_before, levels[provider]))[:1]


def _providers(trace: Trace, place: int, subject: str) -> list[str]:
    """Return the other parts whose level led to the record at *place*, looking through the records of *subject*."""
    record = trace.records[place]
    if record.subject != subject:
        return [record.subject] if record.what is What.LEVEL else []
    return [found for cause in record.causes for found in _providers(trace, cause, subject)]


def followers(view: City, trace: Trace) -> dict[str, frozenset[str]]:
    """Return, per part, which other parts fell because of it, directly or through others (binding reasons only)."""
    binding = {part: causes[0] for part, causes in links_of(view, trace).causes.items() if causes}
    found: dict[str, set[str]] = {}
    for part in binding:
        seen = {part}
        cause = binding.get(part)
        while cause is not None and cause not in seen:
            found.setdefault(cause, set()).add(part)
            seen.add(cause)
            cause = binding.get(cause)
    return {cause: frozenset(parts) for cause, parts in found.items()}


def chain_picture(names: Names, trace: Trace, moments: Moments) -> LayeredPicture:
    """Return the picture of at most MOST_NODES parts: the functions that fell, and what led to each of them."""
    links = links_of(names.view, trace)
    affected = [failure.component for failure in order_of_failure(trace) if names.is_shown(failure.component)]
    chosen = _chosen(names.view, affected, links)
    edges = [(cause, part) for part in chosen for cause in links.causes.get(part, ())[:_MOST_CAUSES] if cause in chosen]
    binding = {(links.causes[part][0], part) for part in chosen if links.causes.get(part)}
    functions = {function.id for function in names.view.functions}
    layout = layered(chosen, edges, last=functions & set(chosen))
    nodes = tuple(
        _node(
            names,
            trace,
            part,
            layout.places[part],
            is_function=part in functions,
            is_hit=part in links.hit and not links.causes.get(part),
        )
        for part in chosen
    )
    routes = tuple(
        Route(
            origin=origin, target=target, points=layout.routes[origin, target], is_binding=(origin, target) in binding
        )
        for origin, target in edges
    )
    tones: tuple[tuple[NodeTone, str], ...] = (
        ("cause", _("Hit by the incident")),
        ("down", _("Fell to 0%")),
        ("reduced", _("Fell below 50%")),
        ("held", _("Fell, but not below 50%")),
    )
    used = {node.tone for node in nodes}
    return LayeredPicture(
        key="affected-chain",
        title=_("The affected chain, from cause (left) to consequence (right)"),
        alternative=_in_words(names, links, chosen, len(affected)),
        nodes=nodes,
        routes=routes,
        tones=tuple(tone for tone in tones if tone[0] in used),
        table=_table(names, trace, links, affected, moments),
    )


def _chosen(view: City, affected: Sequence[str], links: Links) -> list[str]:
    """Return the functions that fell and what led to them, nearest first; without such functions, the first to fall."""
    shown = set(affected)
    functions = {function.id for function in view.functions}
    chosen = [part for part in affected if part in functions][:MOST_NODES]
    for most in (1, _MOST_CAUSES):  # the binding reasons of everything first, then what was lost beside them
        for part in chosen:  # grows while it runs: the causes of functions, then the causes of those
            for cause in links.causes.get(part, ())[:most]:
                if cause in shown and cause not in chosen and len(chosen) < MOST_NODES:
                    chosen.append(cause)
    return [part for part in affected if part in set(chosen)] or list(affected[:MOST_NODES])


def _node(names: Names, trace: Trace, part: str, place: tuple[int, float], *, is_function: bool, is_hit: bool) -> Node:
    changes = trace.levels[part]
    lowest = min(level for _minute, level in changes)
    first = next(minute for minute, level in changes if level < 100)
    detail = _("{level} · {moment}", level=per_cent(lowest), moment=format_clock(first))
    return Node(
        key=part,
        name=names.of(part),
        detail=detail,
        tone=_tone(lowest, is_hit=is_hit),
        is_function=is_function,
        column=place[0],
        row=place[1],
    )


def _tone(lowest: int, *, is_hit: bool) -> NodeTone:
    if is_hit:
        return "cause"
    if lowest == 0:
        return "down"
    return "reduced" if lowest < 50 else "held"


def _in_words(names: Names, links: Links, chosen: Sequence[str], affected: int) -> str:
    hit = [names.of(part) for part in links.hit if part in set(chosen)]
    fell = [names.of(function.id) for function in names.view.functions if function.id in set(chosen)]
    words = _(
        "A picture with {shown} of the {affected} affected parts, in columns from cause on the left to consequence on "
        "the right. Hit by the incident: {hit}. Functions that fell: {fell}.",
        shown=len(chosen),
        affected=affected,
        hit=counted_names(hit, 8),
        fell=counted_names(fell, 12),
    )
    return (
        words
        + " "
        + ngettext(
            "The table below names what pulled the {number} affected part down.",
            "The table below names what pulled each of the {number} affected parts down.",
            affected,
        )
    )


def _table(names: Names, trace: Trace, links: Links, affected: Sequence[str], moments: Moments) -> Table:
    rows = []
    for part in affected:
        changes = trace.levels[part]
        first = next(minute for minute, level in changes if level < 100)
        causes = [names.of(cause) for cause in links.causes.get(part, ())]
        because = counted_names(causes, 4) if causes else _("the incident itself")
        rows.append((names.of(part), moments.moment(first), per_cent(min(level for _m, level in changes)), because))
    return Table(
        caption=_("Every affected part, and what pulled it down first"),
        header=(_("Part"), _("First below 100%"), _("Lowest level"), _("Pulled down by")),
        rows=tuple(rows),
        numeric=frozenset({2}),
        firm=frozenset({1}),
    )
