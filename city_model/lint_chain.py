"""Checks of the chain: what rests on nothing, what goes round in a circle, what stands less apart than it seems."""

from collections.abc import Iterator

import networkx as nx

from city_model.common_root import Redundancy, Root, SharedFallback, common_roots
from city_model.finding import Finding, Severity
from city_model.graph import dependency_graph
from city_model.naming import arrows, listed, name_of, names_of, organisation_name, responsible_for
from city_model.schema import City
from resilience.base.canonical import sha256_hex
from resilience.base.language import _, ngettext
from resilience.base.units import MINUTES_PER_DAY, format_duration

RANK_OF_SHARED: dict[str, Severity] = {"supplier": "medium", "product": "medium"}
"""What sharing a field of the schema weighs; anything else is low."""


def chain_findings(city: City) -> Iterator[Finding]:
    """Yield what is wrong with the chain itself."""
    yield from functions_without_provider(city)
    yield from nothing_needed(city)
    redundancies, fallbacks = common_roots(city)
    for redundancy in redundancies:
        yield _hidden_common_cause(city, redundancy)
    for fallback in fallbacks:
        yield _falls_together(city, fallback)
    yield from run_circles(city)


def functions_without_provider(city: City) -> Iterator[Finding]:
    """A city function rests on something that somebody runs, not on other functions alone."""
    chain = dependency_graph(city, ("level",))
    for function in city.functions:
        below = nx.descendants(chain, function.id)
        if all(city.component_by_id[name].kind == "function" for name in below):
            what = _("{name} rests on no service, application, infrastructure or facility", name=function.name)
            yield Finding("function-without-provider", function.id, "high", what, (function.id,))


def nothing_needed(city: City) -> Iterator[Finding]:
    """Services and applications need at least something; infrastructure and facilities may be where a map ends."""
    for component in city.components:
        if component.kind in {"service", "application"} and not component.needs:
            what = _("{name} needs nothing in this map", name=component.name)
            owner = responsible_for(city, component.id)
            yield Finding("nothing-needed", component.id, "medium", what, (component.id,), owner)


def run_circles(city: City) -> Iterator[Finding]:
    """Name each set of components that need each other, by a shortest circle in it."""
    chain = dependency_graph(city, ("level",))
    for members in sorted(map(sorted, nx.strongly_connected_components(chain))):
        if len(members) > 1:
            inside = chain.subgraph(members)
            first = members[0]
            steps = nx.single_source_shortest_path_length(inside, first)
            back = min(sorted(inside.predecessors(first)), key=steps.__getitem__)
            circle = [*nx.shortest_path(inside, first, back), first]
            what = _("these need each other: {circle}", circle=arrows(city, circle))
            rest = len(members) - len(circle) + 1
            if rest:
                what += " " + ngettext("({number} more hangs in it)", "({number} more hang in it)", rest)
            place = f"{first}~{sha256_hex(' '.join(members))[:8]}"
            yield Finding("run-circle", place, "info", what, (*circle[:-1], *sorted(set(members) - set(circle))))


def _hidden_common_cause(city: City, found: Redundancy) -> Finding:
    values = {"providers": names_of(city, found.providers), "dependents": names_of(city, found.dependents, 3)}
    parts = [_("{providers} count as alternatives for {dependents}", **values)]
    if found.roots:
        parts.append(_("all that are needed fall with {roots}", roots=_roots(city, found.roots)))
    shared = [_shared_words(city, field, value) for field, value, _names in found.shared]
    if shared:
        parts.append(_("they share {what}", what=listed(shared)))
    return Finding(
        "hidden-common-cause",
        f"{'+'.join(found.providers)}/{found.spare}",
        _severity(found),
        "; ".join(parts),
        (*[root.component for root in found.roots], *found.providers),
        responsible_for(city, found.dependents[0]),
    )


def _severity(found: Redundancy) -> Severity:
    if found.roots:
        first = min(root.minutes for root in found.roots)
        return "high" if first == 0 else "medium" if first < MINUTES_PER_DAY else "low"
    return min((RANK_OF_SHARED.get(field, "low") for field, _value, _names in found.shared), key=_LOW_LAST.index)


_LOW_LAST = ("high", "medium", "low")


def _roots(city: City, roots: tuple[Root, ...]) -> str:
    return listed((_after(city, root) for root in roots), 3)


def _after(city: City, root: Root) -> str:
    if root.minutes == 0:
        return _("{name} (at once)", name=name_of(city, root.component))
    return _("{name} (after {time})", name=name_of(city, root.component), time=format_duration(root.minutes))


def _shared_words(city: City, field: str, value: str) -> str:
    if field == "product":
        return _("the product {name}", name=value)
    if field == "district":
        found = next((district for district in city.districts if district.id == value), None)
        return _("the district {name}", name=found.name if found else value)
    name = organisation_name(city, value)
    if field == "supplier":
        return _("the supplier {name}", name=name)
    return _("the operator {name}", name=name) if field == "operator" else _("the owner {name}", name=name)


def _falls_together(city: City, found: SharedFallback) -> Finding:
    """Say how long the fallback helps when the worst root fails: not at all is high, a while is medium."""
    root, normal = found.roots[0]
    name = name_of(city, found.component)
    values = {"root": name_of(city, root.component), "name": name}
    if root.minutes <= normal:
        what = _("when {root} fails, the fallback of {name} is gone before it is needed", **values)
    else:
        time = format_duration(root.minutes - normal)
        what = _("when {root} fails, the fallback of {name} lasts {time} and is gone too", **values, time=time)
    others = list(dict.fromkeys(other.component for other, _normal in found.roots if other.component != root.component))
    if others:
        what += "; " + _("the same for {names}", names=names_of(city, others, 3))
    severity: Severity = "high" if root.minutes <= normal else "medium"
    components = (found.component, root.component, *others)
    return Finding("fallback-shares-root", found.component, severity, what, components,
                   responsible_for(city, found.component))  # fmt: skip
