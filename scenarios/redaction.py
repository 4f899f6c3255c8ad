"""A scenario as one reader of the map may see it: what it strikes outside the reader's view is left out.

A scenario has no marks of its own. It names components, and its texts may; so it passes through the same view as the
map does, and nothing that is left of it depends on what is hidden. What is played in it (injects, decisions) is for
those who play.
"""

from collections.abc import Collection, Sequence
from typing import Any

from pydantic import BaseModel

from city_model.effects import Effect, Selector
from city_model.redaction import OFFICER, View
from city_model.schema import City
from city_model.targets import effect_faults, selectable
from city_model.values import Text
from resilience.base.language import _
from resilience.base.problems import InputError
from scenarios.schema import Incident, Scenario


def scenario_for(scenario: Scenario, view: View) -> Scenario:
    """Return what the reader of *view* gets of *scenario*; the officer gets *scenario* itself.

    Raises InputError when nothing of what it strikes is in the view: there would be nothing to compute.
    """
    if view.reader.role == OFFICER.role:
        return scenario
    names = [incident.id for incident in scenario.incidents]
    struck = [_seen_of(incident, view.city, names) for incident in scenario.incidents]
    incidents = tuple(incident for incident in struck if incident.effects)
    if not incidents:
        what = _("all that {scenario} strikes is hidden from this reader", scenario=scenario.id)
        raise InputError.because(what, _("give another scenario, or another reader"))
    seen = scenario.model_copy(update={"incidents": incidents, "injects": (), "decisions": ()})
    cleaned: Scenario = _cleaned(seen, view)
    return cleaned


def _seen_of(incident: Incident, city: City, incidents: Sequence[str]) -> Incident:
    """Return *incident* with what it does in *city*, and where else it strikes left unsaid."""
    narrowed = [_narrowed(effect, city) for effect in incident.effects]
    effects = tuple(effect for effect in narrowed if _fits(effect, city, incidents))
    return incident.model_copy(update={"effects": effects, "select": None, "teams": (), "parameters": {}, "note": None})


def _narrowed(effect: Effect, city: City) -> Effect:
    """Return *effect* on those of its targets that are in *city*."""
    known: dict[str, Collection[str]] = {
        "components": city.component_by_id,
        "paths": {path.key for path in city.access_paths},
    }
    changes: dict[str, object] = {
        field: tuple(name for name in getattr(effect, field) if name in names)
        for field, names in known.items()
        if hasattr(effect, field)
    }
    if isinstance(select := getattr(effect, "select", None), Selector):
        kept = {
            field: tuple(word for word in getattr(select, field) if word in names)
            for field, (_kind, names) in selectable(city).items()
        }
        emptied = any(getattr(select, field) and not words for field, words in kept.items())
        changes["select"] = Selector() if emptied else select.model_copy(update=kept)
    return effect.model_copy(update=changes)


def _fits(effect: Effect, city: City, incidents: Sequence[str]) -> bool:
    """Whether *effect* has an object in *city*; from which source its figures come does not matter for that."""
    aimless = any(getattr(effect, field, True) == () for field in ("components", "paths"))
    return not aimless and all(fault.path[-1] == "source" for fault in effect_faults((), effect, city, incidents))


def _cleaned(value: Any, view: View) -> Any:  # noqa: ANN401 - the same kind of thing
    """Return *value* with every text for people cleaned."""
    if isinstance(value, tuple):
        return tuple(_cleaned(item, view) for item in value)
    if isinstance(value, Text):
        return Text(nl=view.clean(value.nl), en=view.clean(value.en))
    if isinstance(value, BaseModel):
        return value.model_copy(
            update={name: _cleaned(getattr(value, name), view) for name in type(value).model_fields}
        )
    return value
