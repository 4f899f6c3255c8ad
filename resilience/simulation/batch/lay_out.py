"""Puts a plan into the arrays of the batch engine, and makes the state of a run."""

from collections.abc import Container, Iterable, Sequence
from itertools import accumulate, groupby, pairwise

from resilience.simulation import luck
from resilience.simulation.batch import layout as at
from resilience.simulation.batch.compiled import blank, keys, numbers
from resilience.simulation.batch.flatten_city import Durations, FlatCity, all_providers, flatten_city
from resilience.simulation.batch.flatten_orders import FlatOrders, flatten_orders, joining_pairs, slot_kind, slots_of
from resilience.simulation.batch.relevance import needs_that_matter
from resilience.simulation.batch.tables import State, Tables
from resilience.simulation.plan import FAILURE, Plan
from resilience.simulation.uncertain import Field, uncertain_figures

_FIGURES: dict[Field, tuple[int, int]] = {
    "buffer": (at.FIG_BUFFER, at.FULL), "stock": (at.FIG_STOCK, at.FULL), "recharge": (at.FIG_NEED, at.RECHARGE),
    "strength": (at.FIG_NEED, at.STRENGTH), "lag": (at.FIG_PART, at.LAG), "backlog": (at.FIG_PART, at.BACKLOG_PERCENT),
    "catch_up": (at.FIG_PART, at.CATCH_UP), "fallback_level": (at.FIG_PART, at.FB_LEVEL),
    "fallback_delay": (at.FIG_PART, at.FB_DELAY), "fallback_duration": (at.FIG_PART, at.FB_DURATION),
}  # fmt: skip
_POSITIVE: set[Field] = {"recharge", "fallback_duration"}
_BLANK = {
    at.NORMAL: 100, at.OWN_CAP: 100, at.ALL_CAP: 100, at.SINCE: at.NEVER, at.OUT_SINCE: at.NEVER, at.BELOW: at.NEVER,
    at.PREPARED: at.NEVER, at.OLD: at.NEVER,
}  # fmt: skip


def blank_standing() -> list[int]:
    """Return the row of a part as a run begins."""
    return [_BLANK.get(place, 0) for place in range(at.STANDING_ROW)]


class LaidOut:
    """A plan, laid out once for any number of runs; where it is not *whole*, only what matters for what is watched."""

    def __init__(self, plan: Plan, *, fails: bool, whole: bool) -> None:
        self.plan = plan
        durations, joining = Durations(), joining_pairs(plan.model, plan.orders)
        providers = all_providers(plan.model, joining)
        fed: Container[int] = range(len(providers))
        if not whole:
            harmed = {part for part, _source in slots_of(plan.model, plan.orders, None)}
            start = harmed.union(plan.model.index[name] for name in plan.watch)
            fed = needs_that_matter(plan.model, providers, start, all_may_fail=fails)
        self._city: FlatCity = flatten_city(plan.model, durations, joining, providers, fed)
        failure = FAILURE if fails else None
        self.orders: FlatOrders = flatten_orders(
            plan.model, plan.orders, durations, self._city.new_places, failure, start=len(self._city.rows)
        )
        self._durations = durations
        self._fails = fails
        self.steps = len(range(0, plan.horizon, plan.grid)) if plan.grid else 0

    def tables(self) -> Tables:
        """Return the tables; a thread that draws uncertain figures needs its own."""
        plan, model, city, orders = self.plan, self.plan.model, self._city, self.orders
        outbreaks = sorted(orders.outbreaks)
        part, need = self._parts(), list(city.need)
        figures, figure_keys = self._figures(part, need)
        rows = [*city.rows, *orders.targets]
        observed = len(rows)
        rows += self._durations.observed
        n = [0] * at.AT_TIMERS
        n[at.AT_SHARE], n[at.AT_ON] = city.providers, 2 * city.providers
        for where, table in (
            (at.AT_SLOT, self._slots(outbreaks)),
            (at.AT_DURATION, self._durations.placed(observed)),
            (at.AT_PATH, city.path),
            (at.AT_EVENT, [number for row in orders.events for number in row]),
            (at.AT_OUTBREAK, self._outbreaks(outbreaks)),
            (at.AT_FIGURE, figures),
            (at.AT_QUANTILE, list(luck.exponential_quantiles())),
            (at.AT_TEAM, list(model.teams.values())),
            (at.AT_WATCHED, [model.index[name] for name in plan.watch]),
            (at.AT_ORDER, city.order),
        ):
            n[where] = len(rows)
            rows += table
        ids = [rule.id for rule in model.parts]
        found = [luck.key(name) for name in ids]
        for where, subjects in (
            (at.AT_SLOT_KEY, [f"{source}/{ids[number]}" for number, source in orders.slots]),
            (at.AT_PATH_KEY, [f"{source}/{path.key}" for source in outbreaks for path in model.paths]),
            (at.AT_OUTBREAK_KEY, outbreaks),
            (at.AT_FIGURE_KEY, figure_keys),
        ):
            n[where] = len(found)
            found += map(luck.key, subjects)
        events = len(orders.events) - self._fails
        n[: at.AT_SHARE] = [
            len(model.parts), len(model.groups), len(orders.slots), len(model.paths), len(outbreaks), events,
            len(model.teams), len(figure_keys), len(plan.watch), plan.grid or 0, self.steps, events,
            words_for(words_for(len(model.parts))), words_for(len(model.parts)),
        ]  # fmt: skip
        return Tables(
            part=numbers(part), need=numbers(need, bits=64), rows=numbers(rows),
            key=keys(found), n=numbers([*n, *self._timers()]),
        )  # fmt: skip

    def state(self, log: int) -> State:
        """Return the state of a run that has not begun; it can write the first *log* things that happen."""
        model, orders, city = self.plan.model, self.orders, self._city
        parts, needs, paths, slots = len(model.parts), len(model.groups), len(model.paths), len(orders.slots)
        outbreaks, teams, watched = len(orders.outbreaks), len(model.teams), len(self.plan.watch)
        lists = list[int]()
        where = [0] * at.AT_ROW
        room = {
            at.AT_TOUCHED: parts, at.AT_EVALUATED: parts, at.AT_LOOK: parts, at.AT_CHANGED: parts,
            at.AT_CONE: 3 * parts, at.AT_SUSPECTS: parts, at.AT_EXPOSED: parts, at.AT_PART_LIST: parts,
            at.AT_NEEDS: needs, at.AT_MOVED: needs, at.AT_OFFERS: needs, at.AT_NEED_LIST: needs,
            at.AT_WAITING: slots, at.AT_DETECTED: slots, at.AT_SLOT_LIST: slots, at.AT_DOORS: outbreaks * paths,
            at.AT_FOOTHOLDS: outbreaks * parts,
            at.AT_FOOTHOLD: outbreaks * parts, at.AT_AT_DOOR: outbreaks * paths, at.AT_OUTBREAK_ON: outbreaks,
            at.AT_PATH_CLOSED: paths, at.AT_TEAM_BUSY: teams, at.AT_WATCH: watched * (at.WATCH_ROW + 1),
            at.AT_LOG: log * at.LOG_ROW,
        }  # fmt: skip
        for place, count in room.items():
            where[place] = len(lists)
            lists += [0] * count
        where[at.AT_PATH_CONTROL] = len(lists)
        lists += [100] * paths
        where[at.AT_TEAM_TOTAL] = len(lists)
        lists += model.teams.values()
        timers = self._timers()[-1]
        heap_room = 2 * timers + 64
        where[at.HORIZON], where[at.LOG_ROOM], where[at.HEAP_ROOM] = self.plan.horizon, log, heap_room
        where[at.AT_SHARES] = city.providers
        charged = list[int]()
        for group in model.groups:
            row = [0] * at.CHARGED_ROW
            row[at.CHARGE], row[at.INPUT] = group.full, 100
            charged += row
        return State(
            level=blank(parts, 100, bits=8), offer=blank(needs, 100, bits=8),
            felt=blank(needs, 100, bits=8), lacking=blank(needs),
            standing=numbers(blank_standing() * parts),
            charged=numbers(charged, bits=64),
            damaged=blank(slots * at.DAMAGED_ROW), on=numbers([*city.provider_on, *city.share], bits=8),
            due=blank(timers, at.NEVER), heap=blank(heap_room, bits=64),
            queue=blank(words_for(parts) + words_for(words_for(parts)), bits=64), lists=numbers(lists),
            n=blank(at.N_ROW), at=numbers(where), luck=keys([0]),
        )  # fmt: skip

    def _parts(self) -> list[int]:
        plan, part = self.plan, list(self._city.part)
        starts = _starts(self.orders, len(plan.model.parts))
        for number, (first, last) in enumerate(pairwise(starts)):
            row = number * at.PART_ROW
            part[row + at.SLOTS_OF], part[row + at.SLOTS_OF_END] = first, last
        for number, (owner, source) in enumerate(self.orders.slots):
            if source == FAILURE:
                part[owner * at.PART_ROW + at.FAILURE_SLOT] = number
        for number, name in enumerate(plan.watch):
            row = plan.model.index[name] * at.PART_ROW
            part[row + at.WATCHED] = number
            part[row + at.MTD] = plan.mtds.get(name, at.NEVER)
            part[row + at.MINIMUM] = plan.minimum_levels.get(name, 50)
        return part

    def _figures(self, part: list[int], need: list[int]) -> tuple[list[int], list[str]]:
        """Return the uncertain figures and their subjects, and tell each part and need in its row which are its own."""
        rows, found = list[int](), list[str]()
        figures = uncertain_figures(self.plan.model) if self.plan.uncertain else ()
        for is_part, owners, width, begin in (
            (False, need, at.NEED_ROW, at.NEED_FIGURES),
            (True, part, at.PART_ROW, at.PART_FIGURES),
        ):
            mine = [figure for figure in figures if (_FIGURES[figure.field][0] == at.FIG_PART) is is_part]
            for owner, group in groupby(sorted(mine, key=lambda figure: figure.number), lambda figure: figure.number):
                owners[owner * width + begin] = len(found)
                for figure in group:
                    kind, place = _FIGURES[figure.field]
                    rows += [kind, place, figure.field in _POSITIVE, figure.low, figure.likely, figure.high]
                    found.append(figure.subject)
                owners[owner * width + begin + 1] = len(found)
        return rows, found

    def _slots(self, outbreaks: Sequence[str]) -> list[int]:
        numbers = {source: number for number, source in enumerate(self.orders.sources)}
        rows = list[int]()
        for part, source in self.orders.slots:
            outbreak = outbreaks.index(source) if source in self.orders.outbreaks else at.NEVER
            rows += [part, numbers[source], slot_kind(source), outbreak]
        return rows

    def _outbreaks(self, outbreaks: Sequence[str]) -> list[int]:
        rows = list[int]()
        for source in outbreaks:
            effect = self.orders.outbreaks[source]
            number = self.orders.sources.index(source) if source in self.orders.sources else at.NEVER
            rows += [number, effect.cap, effect.detonates, int(effect.destroys_data), int(effect.steals)]
        return rows

    def _timers(self) -> list[int]:
        model, slots, outbreaks = self.plan.model, len(self.orders.slots), len(self.orders.outbreaks)
        parts, needs = len(model.parts), len(model.groups)
        starts = [0]
        for length in (slots, slots, outbreaks * len(model.paths), outbreaks, slots, slots, needs, *[parts] * 4):
            starts.append(starts[-1] + length)
        return starts


def words_for(count: int) -> int:
    """Return how many words of 64 bits hold *count* bits."""
    return -(-count // 64)


def _starts(orders: FlatOrders, parts: int) -> list[int]:
    """Return per part where its slots begin, and one more for the end."""
    counts = [0] * parts
    for part, _source in orders.slots:
        counts[part] += 1
    return running_total(counts)


def running_total(counts: Iterable[int]) -> list[int]:
    """Return 0 and the sums of the first, the first two, … of *counts*."""
    return list(accumulate(counts, initial=0))
