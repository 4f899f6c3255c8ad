"""What luck decides anew in each run of a plan: the figures that are drawn, and the draws of repairs and malware.

A draw depends on names only (rule 13), so it can be read back for any run without doing the run again.
"""

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from city_model import effects as fx
from city_model.selection import selected
from resilience.simulation.luck import Purpose, draw
from resilience.simulation.many import Plan
from resilience.simulation.model import Model, along_paths
from resilience.simulation.orders import Order
from resilience.simulation.uncertain import Uncertain, uncertain_figures

OF_NEEDS = frozenset({"buffer", "stock", "recharge", "strength"})
"""The figures that stand in a need; the others stand in a component."""
SELECTING = (fx.Damage, fx.Infect, fx.Corrupt, fx.Expose)
NAMING = (fx.Isolate, fx.Reconnect, fx.Close, fx.Reopen, fx.EndDamage, fx.Priority, fx.Prepare, fx.ChooseRebuild,
          fx.Clean, fx.Verify)  # fmt: skip
OF_A_NEED = (fx.Supply, fx.SwitchProvider, fx.AddProvider)


class Draw(NamedTuple):
    """One thing that luck decides in each run."""

    subject: str
    purpose: Purpose
    about: str
    """The component, or the access path, that it is about; of a figure its subject."""
    figure: Uncertain | None = None

    def of(self, seed: int, replication: int) -> int:
        """Return its draw in one replication, 0..2^22 - 1: of the first time where it happens more than once."""
        return draw(seed, replication, self.subject, self.purpose, 0)


def draws_of(plan: Plan, failed: Iterable[str] = ()) -> tuple[Draw, ...]:
    """Return everything that luck can decide in the runs of *plan*, or where *failed* fail, and that can matter.

    Figures of what nothing can reach are left out: they change no level.
    """
    model = plan.model
    struck = parts_struck(model, plan.orders, failed)
    found: list[Draw] = []
    if plan.uncertain:
        found += [Draw(one.subject, Purpose.UNCERTAIN_FIGURE, one.subject, one)
                  for one in figures_reached(model, reached(model, plan.orders, struck))]  # fmt: skip
    for part in sorted(struck):
        rule = model.parts[part]
        works = (
            (Purpose.DETECTION, rule.detection),
            (Purpose.REPAIR, rule.repair.duration),
            (Purpose.REBUILD, rule.rebuild.duration),
        )
        found += [Draw(rule.id, purpose, rule.id) for purpose, duration in works if not duration.is_fixed]
    return (*found, *_of_orders(plan, struck))


def parts_struck(model: Model, orders: Sequence[Order], failed: Iterable[str] = ()) -> frozenset[int]:
    """Return every part that *orders* can hit themselves, by way of access paths too, and those that *failed*."""
    found = {model.index[name] for name in failed}
    for _order, effect in _effects(orders):
        if isinstance(effect, SELECTING):
            hit = {model.index[name] for name in selected(model.city, effect.select)}
            found |= along_paths(model, hit) if _travels(effect) else hit
        elif isinstance(effect, NAMING):
            found |= {model.index[name] for name in effect.components}
    return frozenset(found)


def reached(model: Model, orders: Sequence[Order], struck: Iterable[int]) -> frozenset[int]:
    """Return every part whose level can differ from 100: what is *struck*, and all that rests on it in any way."""
    found = set(struck)
    for _order, effect in _effects(orders):
        if isinstance(effect, OF_A_NEED):
            found.add(model.groups[model.group_index[effect.need]].dependent)
    stack = list(found)
    while stack:
        for group in model.feeds[stack.pop()]:
            dependent = model.groups[group].dependent
            if dependent not in found:
                found.add(dependent)
                stack.append(dependent)
    return frozenset(found)


def figures_reached(model: Model, parts: frozenset[int]) -> list[Uncertain]:
    """Return the figures that are drawn of these *parts*; of a need only where a provider is among them."""

    def matters(figure: Uncertain) -> bool:
        if figure.field in OF_NEEDS:
            return not parts.isdisjoint(model.groups[figure.number].providers)
        return figure.number in parts

    return [figure for figure in uncertain_figures(model) if matters(figure)]


def nothing(number: int) -> tuple[Draw, ...]:
    """Return draws that decide nothing: what they seem to do to an outcome is noise."""
    return tuple(Draw(f"nothing/{place}", Purpose.UNCERTAIN_FIGURE, "") for place in range(number))


def _of_orders(plan: Plan, struck: frozenset[int]) -> Iterator[Draw]:
    """Yield the draws that belong to one incident: whom it hits, how long it lasts, where its malware comes."""
    model = plan.model
    ids = [model.parts[part].id for part in sorted(struck)]
    for order, effect in _effects(plan.orders):
        if isinstance(effect, fx.Damage | fx.Infect) and effect.share < 1000:
            yield from (Draw(f"{order.id}/{name}", Purpose.INCIDENT_HITS, name) for name in ids)
        if isinstance(effect, fx.Damage) and effect.lasts is not None and effect.lasts.fixed is None:
            yield from (Draw(f"{order.id}/{name}", Purpose.DAMAGE_LASTS, name) for name in ids)
        if isinstance(effect, fx.Infect):
            yield from _of_malware(model, order, effect, struck)


def _of_malware(model: Model, order: Order, effect: fx.Infect, struck: frozenset[int]) -> Iterator[Draw]:
    if effect.dwell is not None and effect.dwell.fixed is None:
        yield Draw(order.id, Purpose.DWELL, order.id)
    if effect.detonates < 1000:
        names = (model.parts[part].id for part in sorted(struck))
        yield from (Draw(f"{order.id}/{name}", Purpose.DETONATES, name) for name in names)
    for path in model.paths:
        if path.origin in struck:
            subject = f"{order.id}/{path.key}"
            if path.success < 1000:
                yield Draw(subject, Purpose.PATH_SUCCESS, path.key)
            if not path.delay.is_fixed:
                yield Draw(subject, Purpose.PATH_DELAY, path.key)


def _effects(orders: Sequence[Order]) -> Iterator[tuple[Order, fx.Effect]]:
    for order in orders:
        for effect in order.effects:
            yield order, effect


def _travels(effect: fx.Effect) -> bool:
    return isinstance(effect, fx.Infect) or (isinstance(effect, fx.Damage) and effect.reach == "paths")
