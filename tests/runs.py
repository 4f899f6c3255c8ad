"""Orders and runs in few words, for tests of the engine. Times are whole minutes."""

from typing import Any

from pydantic import TypeAdapter

from city_model.effects import Effect
from city_model.schema import City
from resilience.simulation.engine import simulate
from resilience.simulation.orders import Order
from resilience.simulation.trace import Trace

_EFFECT: TypeAdapter[Effect] = TypeAdapter(Effect)
_DURATIONS = frozenset({"minutes", "delay"})


def effect(kind: str, /, **fields: Any) -> Effect:
    """Return an effect; *components* and *paths* may be words in one string, durations are minutes."""
    given: dict[str, Any] = {"effect": kind}
    for name, value in fields.items():
        if name in {"components", "paths"} and isinstance(value, str):
            given[name] = tuple(value.split())
        else:
            given[name] = f"{value}m" if name in _DURATIONS else value
    return _EFFECT.validate_python(given)


def outage(ids: str, start: int, end: int | None = None, *, name: str | None = None, **fields: Any) -> Order:
    """Return an incident that damages the components in *ids*: until *end*, or until repaired."""
    given: dict[str, Any] = {"select": {"ids": tuple(ids.split())}, **fields}
    if end is not None:
        given |= {"ends": "duration", "lasts": {"fixed": f"{end - start}m", "source": "fact"}}
    return Order(name or f"outage-{start}", "incident", start, (effect("damage", **given),))


def decide(minute: int, kind: str, /, *, name: str = "decision", **fields: Any) -> Order:
    """Return a decision with one effect."""
    return Order(name, "decision", minute, (effect(kind, **fields),))


def run(city: City, *orders: Order, horizon: int = 1000, seed: int = 0) -> Trace:
    """Return the trace of a whole run."""
    return simulate(city, orders, horizon=horizon, seed=seed)


def levels(trace: Trace, component: str) -> dict[int, int]:
    """Return the changes of one level: minute to level."""
    return dict(trace.levels.get(component, ()))


def rows(trace: Trace) -> list[tuple[int, str, str, object, tuple[int, ...]]]:
    """Return the whole trace as plain tuples: minute, subject, what, value, causes."""
    return [(r.minute, r.subject, str(r.what), r.value, r.causes) for r in trace.records]
