"""Lays orders out in flat arrays: what is due when, on which slots, parts, paths and needs."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from city_model import effects as fx
from city_model.selection import selected
from city_model.values import DistributionFigure
from resilience.simulation.batch import layout as at
from resilience.simulation.batch.flatten_city import Durations
from resilience.simulation.memory import CLEANING, CLOSURE, ISOLATION, VERIFICATION
from resilience.simulation.model import Model, along_paths, duration_of
from resilience.simulation.orders import Order

_KINDS = {ISOLATION: at.ISOLATION, CLOSURE: at.CLOSURE, CLEANING: at.CLEANING, VERIFICATION: at.VERIFICATION}
_ENDS = {"repair": at.BY_REPAIR, "duration": at.BY_DURATION, "decision": at.BY_DECISION}


@dataclass
class FlatOrders:
    """The arrays of the orders, as lists, and what is known of their sources."""

    events: list[list[int]] = field(default_factory=list)
    targets: list[int] = field(default_factory=list)
    slots: list[tuple[int, str]] = field(default_factory=list)
    """(part, source), sorted."""
    sources: list[str] = field(default_factory=list)
    outbreaks: dict[str, fx.Infect] = field(default_factory=dict)


def joining_pairs(model: Model, orders: Sequence[Order]) -> list[tuple[int, int]]:
    """Return the (need, part) pairs that the orders may bring together, those that are there included."""
    found = []
    for order in orders:
        for effect in order.effects:
            if isinstance(effect, fx.SwitchProvider):
                need = model.group_index[effect.need]
                found += [(need, model.index[effect.old]), (need, model.index[effect.new])]
            elif isinstance(effect, fx.AddProvider):
                found.append((model.group_index[effect.need], model.index[effect.provider]))
    return sorted(set(found))


def flatten_orders(
    model: Model,
    orders: Sequence[Order],
    durations: Durations,
    places: dict[tuple[int, int], int],
    failure: str | None,
    *,
    start: int,
) -> FlatOrders:
    """Return the arrays of *orders*, whose targets will stand from *start* on.

    *failure* is the source by which runs let parts fail, if they do.
    """
    return _Flattener(model, orders, durations, places, failure, start).flat


def slots_of(model: Model, orders: Sequence[Order], failure: str | None) -> set[tuple[int, str]]:
    """Return every (part, source) of which there may be damage or work."""
    found: set[tuple[int, str]] = set()
    for order in orders:
        for effect in order.effects:
            match effect:
                case fx.Damage():
                    parts = _selected(model, effect.select)
                    found |= {(p, order.id) for p in (along_paths(model, parts) if effect.reach == "paths" else parts)}
                case fx.Infect():
                    found |= {(p, order.id) for p in along_paths(model, _selected(model, effect.select))}
                case fx.Isolate() | fx.Close() | fx.Clean() | fx.Verify():
                    found |= {(model.index[name], _OWN[type(effect)]) for name in effect.components}
                case _:
                    pass
    if failure is not None:
        found |= {(part, failure) for part in range(len(model.parts))}
    return found


def _selected(model: Model, select: fx.Selector) -> list[int]:
    return sorted(model.index[name] for name in selected(model.city, select))


class _Flattener:
    def __init__(
        self,
        model: Model,
        orders: Sequence[Order],
        durations: Durations,
        places: dict[tuple[int, int], int],
        failure: str | None,
        start: int,
    ) -> None:
        self.model = model
        self.start = start
        self.durations = durations
        self.places = places
        self.flat = FlatOrders()
        self.paths = {path.key: number for number, path in enumerate(model.paths)}
        self.teams = {name: number for number, name in enumerate(model.teams)}
        rows = [
            (order.minute + effect.delay, _class_of(order, effect), number, place, order.id, effect)
            for number, order in enumerate(orders)
            for place, effect in enumerate(order.effects)
        ]
        rows.sort(key=lambda row: row[:4])
        self.flat.slots = sorted(slots_of(model, orders, failure))
        self.flat.sources = sorted({source for _part, source in self.flat.slots})
        self.slot_of = {slot: number for number, slot in enumerate(self.flat.slots)}
        self.by_part: dict[int, list[str]] = defaultdict(list)
        for part, source in self.flat.slots:
            self.by_part[part].append(source)
        for _minute, _kind, _number, _place, source, effect in rows:
            if isinstance(effect, fx.Infect):
                self.flat.outbreaks.setdefault(source, effect)
        self.outbreak_of = {source: number for number, source in enumerate(sorted(self.flat.outbreaks))}
        for minute, kind, _number, _place, source, effect in rows:
            self.event(minute, kind, source, effect)
        if failure is not None:
            self.add(0, at.HARM, at.DAMAGE, (), 0, 0, 0, at.BY_REPAIR, at.NEVER, 1000, 0, at.NEVER)

    def named(self, names: Iterable[str]) -> list[int]:
        return sorted(self.model.index[name] for name in names)

    def add(self, minute: int, kind: int, code: int, targets: Iterable[int], *values: int) -> None:
        first = self.start + len(self.flat.targets)
        self.flat.targets += targets
        row = [minute, kind, code, first, self.start + len(self.flat.targets), *values]
        self.flat.events.append(row + [0] * (at.EVENT_ROW - len(row)))

    def distribution(self, figure: DistributionFigure | None) -> int:
        return at.NEVER if figure is None else self.durations.number(duration_of(figure))

    def own(self, names: Iterable[str], source: str) -> list[int]:
        """Return the slots of these components for a source that is no incident, where they exist."""
        return [self.slot_of[part, source] for part in self.named(names) if (part, source) in self.slot_of]

    def event(self, minute: int, kind: int, source: str, effect: fx.Effect) -> None:
        match effect:
            case fx.Damage():
                hit = [self.slot_of[part, source] for part in _selected(self.model, effect.select)]
                flags = int(effect.destroys_data) + 2 * (effect.reach == "paths")
                self.add(
                    minute, kind, at.DAMAGE, hit, effect.cap, int(effect.covers == "all"), int(effect.isolates),
                    _ENDS[effect.ends], self.distribution(effect.lasts), effect.share, flags,
                    self.distribution(effect.again),
                )  # fmt: skip
            case fx.Infect():
                hit = [self.slot_of[part, source] for part in _selected(self.model, effect.select)]
                after = at.NEVER if effect.detonates_after is None else effect.detonates_after
                dwell = self.distribution(effect.dwell)
                self.add(minute, kind, at.INFECT, hit, self.outbreak_of[source], effect.share, after, dwell)
            case fx.Corrupt():
                self.add(minute, kind, at.CORRUPT, _selected(self.model, effect.select))
            case fx.Expose():
                self.add(minute, kind, at.EXPOSE, _selected(self.model, effect.select))
            case fx.Isolate():
                self.add(minute, kind, at.STOP, self.own(effect.components, ISOLATION), 0, 1)
            case fx.Close():
                self.add(minute, kind, at.STOP, self.own(effect.components, CLOSURE), 1, 0)
            case fx.Reconnect():
                self.add(minute, kind, at.LIFT, self.own(effect.components, ISOLATION))
            case fx.Reopen():
                self.add(minute, kind, at.LIFT, self.own(effect.components, CLOSURE))
            case fx.EndDamage():
                self.add(minute, kind, at.END_DAMAGE, self.ended(effect))
            case fx.Priority():
                self.add(minute, kind, at.PRIORITY, self.named(effect.components), effect.priority)
            case fx.AddTeams() | fx.WithdrawTeams():
                change = effect.count if isinstance(effect, fx.AddTeams) else -effect.count
                self.add(minute, kind, at.TEAMS, (), self.teams[effect.team], change)
            case fx.Supply():
                self.add(minute, kind, at.SUPPLY, (), self.model.group_index[effect.need], effect.minutes)
            case fx.Prepare():
                self.add(minute, kind, at.PREPARE, self.named(effect.components))
            case fx.ChooseRebuild():
                self.add(minute, kind, at.CHOOSE_REBUILD, self.named(effect.components))
            case fx.SwitchProvider():
                need = self.model.group_index[effect.need]
                old, new = (self.places[need, self.model.index[name]] for name in (effect.old, effect.new))
                self.add(minute, kind, at.SWITCH, (), need, old, new)
            case fx.AddProvider():
                need = self.model.group_index[effect.need]
                new = self.places[need, self.model.index[effect.provider]]
                self.add(minute, kind, at.ADD, (), need, at.NEVER, new)
            case fx.Clean():
                self.add(minute, kind, at.CLEAN, self.own(effect.components, CLEANING))
            case fx.Verify():
                self.add(minute, kind, at.VERIFY, self.own(effect.components, VERIFICATION))
            case fx.ClosePath():
                self.add(minute, kind, at.CLOSE_PATH, [self.paths[name] for name in effect.paths])
            case fx.OpenPath():
                self.add(minute, kind, at.OPEN_PATH, [self.paths[name] for name in effect.paths])
            case fx.Control():
                self.add(minute, kind, at.CONTROL, [self.paths[name] for name in effect.paths], effect.per_cent)
            case _:
                pass  # deadlines and messages change no level

    def ended(self, effect: fx.EndDamage) -> list[int]:
        return [
            self.slot_of[part, source]
            for part in self.named(effect.components)
            for source in self.by_part[part]
            if source not in _KINDS and (effect.incident is None or source == effect.incident)
        ]


_OWN: dict[type, str] = {
    fx.Isolate: ISOLATION,
    fx.Close: CLOSURE,
    fx.Clean: CLEANING,
    fx.Verify: VERIFICATION,
}


def _class_of(order: Order, effect: fx.Effect) -> int:
    if order.kind == "decision":
        return at.DECISION
    detonates = isinstance(effect, fx.Damage) and (effect.destroys_data or effect.reach == "paths")
    return at.MALWARE if detonates or isinstance(effect, fx.Infect) else at.HARM


def slot_kind(source: str) -> int:
    """Return what kind of source a slot has."""
    return _KINDS.get(source, at.INCIDENT)
