"""What changed in what the loss of a city function does to people and money: whom, how many after how long, how dear.

What a function takes over from a theme of the program counts as said by the city, so that naming another theme shows
in figures and not as a word.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from city_model.impact import Cost, Curve, Harm
from city_model.impact_themes import Known, KnownImpact, known_impacts
from city_model.schema import City
from city_model.words import confidence_word, harm_kind_word
from resilience.base.language import _
from resilience.base.units import format_duration


@dataclass(frozen=True)
class ImpactChange:
    """One harm or cost that came, went or says something else."""

    function: str
    id: str
    said: str
    """What is said of it, or what changed, in words."""
    before: str | None
    after: str | None


def impact_changes(old: City, new: City) -> Iterator[ImpactChange]:
    """Yield what differs between the harms and costs of two versions of a map, function by function."""
    was, now = ({one.function: one for one in known_impacts(city)} for city in (old, new))
    for function in [*was, *(name for name in now if name not in was)]:
        before, after = _by_id(was.get(function)), _by_id(now.get(function))
        for name in [*before, *(name for name in after if name not in before)]:
            change = _changed(function, name, before.get(name), after.get(name))
            if change:
                yield change


def _by_id(known: KnownImpact | None) -> dict[str, Known[Harm] | Known[Cost]]:
    if known is None:
        return {}
    found: tuple[Known[Harm] | Known[Cost], ...] = (*known.harms, *known.costs)
    return {one.said.id: one for one in found}


def _changed(
    function: str, name: str, before: Known[Harm] | Known[Cost] | None, after: Known[Harm] | Known[Cost] | None
) -> ImpactChange | None:
    shown = after or before
    assert shown is not None  # noqa: S101 - one of both is there
    was, now = (_figures(one.said) if one else None for one in (before, after))
    who = str(shown.said.name)
    if before is None or after is None:
        return ImpactChange(function, name, f"{who}: {now or was}", was, now)
    said = []
    if before.said.name != after.said.name:
        said.append(_("was called {before}", before=before.said.name))
    if was != now:
        said.append(f"{was} → {now}")
    sure = (_confidence(before), _confidence(after))
    if sure[0] != sure[1]:
        said.append(f"{sure[0]} → {sure[1]}")
    return ImpactChange(function, name, f"{who}: {', '.join(said)}", was, now) if said else None


def _figures(said: Harm | Cost) -> str:
    """Return the figures of a harm or cost in words."""
    if isinstance(said, Cost):
        return _("{euros} euros an hour", euros=said.per_hour)
    found = f"{harm_kind_word(said.kind)}: {_curve(said.curve)}"
    if said.vulnerable:
        found += "; " + _("vulnerable people: {curve}", curve=_curve(said.vulnerable))
    if said.people_each and isinstance(said.people_each.value, int):
        found += "; " + _("{number} residents each", number=said.people_each.value)
    return found


def _curve(curve: Curve) -> str:
    points = ", ".join(
        _("{number} after {time}", number=point.of_thousand, time=format_duration(point.after)) for point in curve
    )
    return _("of 1,000 people {points}", points=points)


def _confidence(known: Known[Harm] | Known[Cost]) -> str:
    return confidence_word(known.said.confidence or known.source.confidence)
