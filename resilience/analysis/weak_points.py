"""What may be weak in a city: what would fail together, and the finding that its run makes of it.

Single points of failure are the cut sets of order one, concentrations are what components have in common, crossroads
and circles are read from the chain; the rest are checks of the map whose weight a run tells.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial

from city_model.common_root import common_roots
from city_model.finding import Check, Finding, Severity
from city_model.lint import lint
from city_model.naming import listed, name_of, names_of, organisation_name, responsible_for
from city_model.schema import City
from resilience.analysis.concentration import Shared, shared
from resilience.analysis.crossroads import Crossroads, Gates, crossroads
from resilience.analysis.felt import Failed, Felt, Hit
from resilience.analysis.findings import black_start_findings, circular_redundancy_findings, repair_circle_findings
from resilience.base.language import _, ngettext
from resilience.base.units import format_duration
from resilience.simulation.model import Group, Model

RANKED: tuple[Check, ...] = (
    "single-point", "concentration", "hidden-common-cause", "fallback-shares-root", "circular-redundancy",
    "black-start", "repair-circle", "no-offline-alternative", "run-circle", "crossroads",
)  # fmt: skip
"""The kinds of weak points, those to look at first in front."""
MOST_CROSSROADS = 10
MOST_GATES = 3
ENDLESS = 1 << 40
"""A buffer, in level-minutes, that no run empties."""
Worst = Callable[[Iterable[str]], str]
"""Returns which of some components, failing alone, takes most from residents."""


@dataclass(frozen=True)
class Suspect:
    """What may be weak: components that fail together."""

    failed: Failed
    """What has to fail to feel it."""
    finding: Callable[[Felt], Finding]
    """Makes the finding of what the run shows."""
    certain: bool
    """Whether it is a finding also when its run takes no city function down."""
    mend: Callable[[Model], Model] | None = None
    """Returns the city without this weakness: only what it makes worse is laid at its door."""
    by_way_of: str | None = None
    """The component that suffers from it first."""


def single_points(city: City, cut: Mapping[str, tuple[str, ...]]) -> Iterator[Suspect]:
    """Yield every component as a single point of failure.

    *cut*: per component the functions that it alone takes down when no buffer or fallback holds them.
    """
    gates = Gates(city)
    for component in city.components:
        if component.kind != "function":
            functions = cut.get(component.id, ())
            make = partial(_single_point, city, gates, component.id, functions)
            yield Suspect((component.id,), make, certain=bool(functions))


def concentrations(city: City) -> Iterator[Suspect]:
    """Yield everything that components have in common."""
    for one in shared(city):
        yield Suspect(one.failing, partial(_concentration, city, one), certain=False)


def busiest(city: City) -> Iterator[Suspect]:
    """Yield the components through which most ways run."""
    for one in crossroads(city)[:MOST_CROSSROADS]:
        yield Suspect((one.component,), partial(_crossroads, city, one), certain=True)


def known_findings(city: City, worst: Worst) -> Iterator[Suspect]:
    """Yield what the checks of the map find about the chain, with what has to fail to see what it weighs."""
    redundancies, _fallbacks = common_roots(city)
    known = {(*(root.component for root in one.roots), *one.providers): one for one in redundancies}
    circles = (black_start_findings, repair_circle_findings, circular_redundancy_findings)
    for finding in [*lint(city), *(found for find in circles for found in find(city))]:
        keep = partial(_as_it_is, finding)
        match finding.check:
            case "hidden-common-cause":
                one = known[finding.components]
                failed = (one.roots[0].component,) if one.roots else one.providers
                mend = partial(_always_met, one.providers)
                yield Suspect(failed, keep, certain=True, mend=mend, by_way_of=one.dependents[0])
            case "fallback-shares-root":
                component, root, *_others = finding.components
                mend = partial(_fallback_stands_alone, component)
                yield Suspect((root,), keep, certain=True, mend=mend, by_way_of=component)
            case "black-start" | "repair-circle":
                yield Suspect(finding.components, keep, certain=True)
            case "run-circle":
                yield Suspect((worst(finding.components),), keep, certain=True)
            case "circular-redundancy" | "no-offline-alternative":
                yield Suspect(finding.components[:1], keep, certain=True)


def functions_in_words(city: City, hits: Sequence[Hit]) -> str:
    """Return the functions that go down, each with when."""
    return listed(
        _("{name} (at once)", name=name_of(city, hit.function))
        if not hit.down
        else _("{name} (after {time})", name=name_of(city, hit.function), time=format_duration(hit.down))
        for hit in sorted(hits, key=lambda hit: hit.down or 0)
    )


def _always_met(providers: tuple[str, ...], model: Model) -> Model:
    """Return *model* in which no need is felt that counts these providers as alternatives."""
    numbers = {model.index[name] for name in providers}

    def better(group: Group) -> Group:
        spare = group.shares is not None or group.at_least < len(group.providers)
        return replace(group, full=ENDLESS) if spare and set(group.providers) == numbers else group

    return replace(model, groups=tuple(map(better, model.groups)))


def _fallback_stands_alone(component: str, model: Model) -> Model:
    """Return *model* in which the fallback of *component* needs nobody."""
    parts = list(model.parts)
    number = model.index[component]
    fallback = parts[number].fallback
    if fallback is not None:
        parts[number] = replace(parts[number], fallback=replace(fallback, groups=()))
    return replace(model, parts=tuple(parts))


def _as_it_is(finding: Finding, _felt: Felt) -> Finding:
    return finding


def _single_point(city: City, gates: Gates, component: str, cut: tuple[str, ...], felt: Felt) -> Finding:
    name = name_of(city, component)
    down = felt.down
    parts = []
    if down:
        parts.append(_("without {name} these go down: {functions}", name=name,
                       functions=functions_in_words(city, down)))  # fmt: skip
        parts += _too_long(city, felt)
    held = [function for function in cut if function not in {hit.function for hit in down}]
    if held:
        names = names_of(city, held)
        parts.append(
            _("only buffers, fallbacks and repair still hold {functions}", functions=names)
            if down
            else _("without {name} only buffers, fallbacks and repair hold {functions}", name=name, functions=names)
        )
    worst = down[0].function if down else cut[0] if cut else ""
    between = gates.between(worst, component)[:MOST_GATES] if worst else ()
    if between:
        parts.append(_("every way to {function} runs through {gates}", function=name_of(city, worst),
                       gates=names_of(city, between)))  # fmt: skip
    severity: Severity = "high" if felt.breached else "medium" if down else "low"
    return Finding(
        "single-point", component, severity, "; ".join(parts), (component, *between), responsible_for(city, component)
    )


def _too_long(city: City, felt: Felt) -> list[str]:
    if not felt.breached:
        return []
    return [_("longer than tolerable (MTD): {functions}",
              functions=names_of(city, [hit.function for hit in felt.breached]))]  # fmt: skip


def _concentration(city: City, one: Shared, felt: Felt) -> Finding:
    parts = [_shared_words(city, one)]
    if felt.down:
        parts.append(_("these go down without it: {functions}", functions=functions_in_words(city, felt.down)))
        parts += _too_long(city, felt)
    severity: Severity = "high" if felt.breached else "medium" if felt.down else "low"
    organisation = one.value if one.aspect == "supplier" else responsible_for(city, one.failing[0])
    return Finding("concentration", f"{one.aspect}/{one.value}", severity, "; ".join(parts), one.failing, organisation)


def _shared_words(city: City, one: Shared) -> str:
    number = len(one.resting)
    match one.aspect:
        case "supplier":
            name = organisation_name(city, one.value)
            return ngettext("{number} component hangs on {name}", "{number} components hang on {name}", number,
                            name=name)  # fmt: skip
        case "product":
            return ngettext("{number} component is {name}", "{number} components share the product {name}",
                            number, name=one.value)  # fmt: skip
        case "district":
            name = next((str(district.name) for district in city.districts if district.id == one.value), one.value)
            return ngettext("{number} component is in the district {name}",
                            "{number} components are in the district {name}", number, name=name)  # fmt: skip
        case "place":
            return ngettext("{number} component rests on the building {name}",
                            "{number} components rest on the building {name}", number,
                            name=name_of(city, one.value))  # fmt: skip
        case "energy":
            return ngettext("{number} component gets its power by way of {name}",
                            "{number} components get their power by way of {name}", number,
                            name=name_of(city, one.value))  # fmt: skip


def _crossroads(city: City, one: Crossroads, _felt: Felt) -> Finding:
    share = round(one.per_mille / 10)
    what = _("{per_cent}% of all shortest ways in the chain run through {name}", per_cent=share,
             name=name_of(city, one.component))  # fmt: skip
    return Finding("crossroads", one.component, "info", what, (one.component,), responsible_for(city, one.component))
