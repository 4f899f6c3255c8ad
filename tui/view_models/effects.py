"""What a free decision may do to the model: a short list of effects, each on one named component."""

from collections.abc import Callable
from dataclasses import dataclass

from city_model.effects import Effect
from city_model.schema import City, Component
from resilience.base.language import _
from resilience.exercise.state import EFFECTS
from resilience.simulation.trace import Trace, What
from tui.view_models.decisions import effect_words
from tui.view_models.rows import Tone

NO_EFFECT = "none"
KINDS = (
    "isolate", "reconnect", "close", "reopen", "priority", "prepare", "rebuild", "end_damage", "clean", "verify",
)  # fmt: skip
_CURED_BY = {
    "clean": (frozenset({What.FOOTHOLD, What.DETONATED}), What.CLEANED),
    "verify": (frozenset({What.SUSPECT}), What.VERIFIED),
}
"""What must have happened to a component for an effect to be about it, and what ends that."""
_FIRST = 10
"""The priority of what is repaired first."""
_SHOWN = 60


@dataclass(frozen=True, slots=True)
class ComponentRow:
    """A component that an effect may be about."""

    key: str
    level: str
    tone: Tone
    name: str
    owner: str


def kind_options() -> tuple[tuple[str, str], ...]:
    """Return the effects to choose from, none first."""
    words = effect_words()
    return ((NO_EFFECT, _("no effect in the model")), *((kind, words[kind]) for kind in KINDS))


def candidates(
    city: City, kind: str, level: Callable[[str], int], text: str, trace: Trace | None = None
) -> tuple[ComponentRow, ...]:
    """Return the components that *kind* can be about and whose name holds *text*, what is down first.

    What malware or doubt about data has touched until now stands in *trace*.
    """
    wanted = text.casefold().split()
    touched = _touched(kind, trace)
    found = [
        component
        for component in city.components
        if _possible(kind, component)
        and (touched is None or component.id in touched)
        and all(word in _searched(city, component) for word in wanted)
    ]
    rows = sorted(
        ((level(component.id), str(component.name), component) for component in found), key=lambda row: row[:2]
    )
    return tuple(_row(city, component, now) for now, _name, component in rows[:_SHOWN])


def effect_of(kind: str, component: str) -> Effect:
    """Return the effect *kind* on *component*, at once."""
    plain: dict[str, object] = {"effect": kind, "components": (component,)}
    if kind == "priority":
        plain["priority"] = _FIRST
    return EFFECTS.validate_python((plain,))[0]


def nothing_to(kind: str) -> str:
    """Return what stands where *kind* can be about no component."""
    words = {
        NO_EFFECT: _("Choose an effect first."),
        "clean": _("No component is known to carry malware now."),
        "verify": _("No data is suspect now."),
    }
    return words.get(kind, _("No component fits."))


def _touched(kind: str, trace: Trace | None) -> frozenset[str] | None:
    """Return what *kind* can cure now; None for an effect that cures nothing."""
    if kind not in _CURED_BY:
        return None
    begins, ends = _CURED_BY[kind]
    found: set[str] = set()
    for record in trace.records if trace else ():
        if record.what in begins:
            found.add(record.subject)
        elif record.what is ends:
            found.discard(record.subject)
    return frozenset(found)


def _possible(kind: str, component: Component) -> bool:
    if kind == NO_EFFECT:
        return False
    if kind == "prepare":
        return component.fallback is not None
    if kind == "rebuild":
        return component.rebuild is not None
    return kind != "priority" or component.repair is not None


def _searched(city: City, component: Component) -> str:
    return f"{component.name} {component.id} {_owner(city, component)}".casefold()


def _owner(city: City, component: Component) -> str:
    organisation = city.organisation_by_id.get(component.organisation or "")
    return str(organisation.name) if organisation else ""


def _row(city: City, component: Component, now: int) -> ComponentRow:
    tone = Tone.GOOD if now == 100 else Tone.ALERT if now == 0 else Tone.WATCH
    return ComponentRow(component.id, f"{now}%", tone, str(component.name), _owner(city, component))
