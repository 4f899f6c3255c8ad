"""What luck decides, in words: which figure of whom, which repair, which way of the malware."""

from city_model.schema import City
from resilience.analysis.draws import OF_NEEDS, Draw
from resilience.base.language import _
from resilience.base.units import format_duration
from resilience.simulation.explain import name_of
from resilience.simulation.luck import Purpose
from resilience.simulation.model import Model
from resilience.simulation.uncertain import RANGES, Field, Uncertain

PER_CENTS: frozenset[Field] = frozenset({"strength", "backlog", "catch_up", "fallback_level"})
"""Figures in per cent; the others are in minutes."""


def draw_words(model: Model, draw: Draw) -> str:  # noqa: PLR0911 - one case a kind
    """Return what *draw* decides, such as "the repair of Server room"."""
    city = model.city
    if draw.figure is not None:
        return figure_words(model, draw.figure)
    name = name_of(city, draw.about)
    match draw.purpose:
        case Purpose.DETECTION:
            return _("how long a fault at {component} goes unnoticed", component=name)
        case Purpose.REPAIR:
            return _("how long the repair of {component} takes", component=name)
        case Purpose.REBUILD:
            return _("how long rebuilding {component} takes", component=name)
        case Purpose.DAMAGE_LASTS:
            return _("how long {component} is hit", component=name)
        case Purpose.INCIDENT_HITS:
            return _("whether {component} is hit", component=name)
        case Purpose.DETONATES:
            return _("whether the malware strikes at {component}", component=name)
        case Purpose.PATH_SUCCESS:
            return _("whether the malware gets along the path {path}", path=path_words(city, draw.about))
        case Purpose.PATH_DELAY:
            return _("how long the malware takes along the path {path}", path=path_words(city, draw.about))
        case _:
            return _("how long the attacker waits")


def figure_words(model: Model, figure: Uncertain) -> str:  # noqa: PLR0911 - one case a kind
    """Return what *figure* says, such as "how long Desk can do without Server room"."""
    city = model.city
    owner = name_of(city, owner_of(model, figure))
    match figure.field:
        case "buffer" | "stock":
            return _("how long {dependent} can do without {providers}", dependent=owner, providers=_from(model, figure))
        case "recharge":
            return _("how long the buffer of {dependent} for {providers} takes to fill", dependent=owner,
                     providers=_from(model, figure))  # fmt: skip
        case "strength":
            return _("how much of the loss of {providers} is felt by {dependent}", dependent=owner,
                     providers=_from(model, figure))  # fmt: skip
        case "lag":
            return _("how long {component} takes to start", component=owner)
        case "backlog":
            return _("how much work piles up at {component}", component=owner)
        case "catch_up":
            return _("how well {component} works while it catches up", component=owner)
        case "fallback_level":
            return _("how much {component} can do on its fallback", component=owner)
        case "fallback_delay":
            return _("how soon the fallback of {component} works", component=owner)
        case "fallback_duration":
            return _("how long the fallback of {component} can be kept up", component=owner)


def value_words(field: Field, value: int) -> str:
    """Return a value of a figure as people write it."""
    return f"{value}%" if field in PER_CENTS else format_duration(value)


def owner_of(model: Model, figure: Uncertain) -> str:
    """Return the id of the component that *figure* stands in."""
    if figure.field in OF_NEEDS:
        return model.parts[model.groups[figure.number].dependent].id
    return model.parts[figure.number].id


def providers_of(model: Model, figure: Uncertain) -> tuple[str, ...]:
    """Return the ids of the providers of the need that *figure* stands in; none where it stands in no need."""
    if figure.field not in OF_NEEDS:
        return ()
    return tuple(model.parts[part].id for part in model.groups[figure.number].providers)


def path_words(city: City, key: str) -> str:
    """Return an access path by the names of its ends."""
    for path in city.access_paths:
        if path.key == key:
            return f"{name_of(city, path.origin)} → {name_of(city, path.target)}"
    return key


def _from(model: Model, figure: Uncertain) -> str:
    return ", ".join(name_of(model.city, provider) for provider in providers_of(model, figure))


def ranges_words() -> str:
    """Return between which ends figures are drawn, and that nobody measured these."""
    words = {
        "one_sided": _("one side confirmed"),
        "derived": _("derived"),
        "assumed": _("assumed"),
        "unknown": _("unknown"),
    }
    ends = ", ".join(f"{said} {RANGES[name][0]}–{RANGES[name][1]}%" for name, said in words.items())
    return _(
        "Figures that both sides did not confirm are drawn, in per cent of what the map says: {ends}. These ranges are "
        "conventions of this program; nobody measured them.",
        ends=ends,
    )


def fixed_words() -> str:
    """Return that figures were not drawn."""
    return _("Every figure is taken as the map says, also those that nobody confirmed; only luck differs between runs.")
