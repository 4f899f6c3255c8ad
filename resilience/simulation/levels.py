"""Levels: what follows from the memory at one minute (rules 3, 4, 5.1, 6.4, 8.4 and 9).

The greatest solution is found at the cost of the cascade (rule 9.4): providers first, and inside a circle what can
rise is set to 100 and lowered to its formula. The rest stays where it was.
"""

from collections import deque
from collections.abc import Iterable
from heapq import heapify, heappop, heappush

from resilience.simulation.memory import NEVER, Memory
from resilience.simulation.model import Model


class Levels:
    """Computes levels of one model with one memory, and remembers what the current minute changed."""

    def __init__(self, model: Model, memory: Memory) -> None:
        self._model = model
        self._memory = memory
        self._groups = model.groups
        self._parts = model.parts
        self._level = memory.level
        self._offers = memory.offers
        self.before: dict[int, int] = {}
        """The level before this minute, of every part whose level was set in it."""
        self.normal_before: dict[int, int] = {}
        self.evaluated: set[int] = set()

    def begin(self) -> None:
        """Start a new minute."""
        self.before = {}
        self.normal_before = {}
        self.evaluated = set()

    def changed(self) -> list[int]:
        """Return the parts whose level this minute differs from the one before, in order."""
        level = self._memory.level
        return sorted(part for part, old in self.before.items() if level[part] != old)

    def charge(self, group: int, minute: int) -> int:
        """Return the buffer's charge at *minute*, in level-minutes (rules 5.1 to 5.3)."""
        memory = self._memory
        stored = memory.charge[group]
        loss = 100 - memory.input[group]
        elapsed = minute - memory.charge_at[group]
        if loss:
            return max(0, stored - loss * elapsed)
        rule = self._groups[group]
        if stored >= rule.full or not elapsed:
            return stored
        return min(rule.full, stored + rule.full * elapsed // rule.recharge)

    def group_input(self, group: int) -> int:
        """Return what the providers offer: the k-th highest level, or the sum of shares (rules 3.1 and 3.2)."""
        return self._offers[group](self._level)

    def group_level(self, group: int, minute: int) -> int:
        """Return what the dependent feels of this need (rules 3.3 and 3.4)."""
        loss = 100 - self._offers[group](self._level)
        if not loss:
            return 100
        rule = self._groups[group]
        if (rule.full or self._memory.charge[group]) and self.charge(group, minute) > 0:
            return 100
        return 100 - max(rule.strength * loss // 100, loss - rule.criticality, 0)

    def backlog(self, part: int, minute: int) -> int:
        """Return the backlog at *minute* in minutes, the running outage counted (rules 8.3 and 8.4)."""
        memory = self._memory
        if memory.out_since[part] != NEVER:
            running = self._parts[part].backlog_percent * (minute - memory.out_since[part]) // 100
            return memory.backlog[part] + running
        return max(0, memory.backlog[part] - (minute - memory.backlog_at[part]))

    def is_startable(self, part: int, minute: int) -> bool:
        """Return whether own cap, every both group and every start group are above 0 (rule 8.2)."""
        if self._memory.own_cap[part] == 0:
            return False
        rule = self._parts[part]
        for groups in (rule.both_groups, rule.start_groups):
            for group in groups:
                if not self._offers[group](self._level) and not self.group_level(group, minute):
                    return False
        return True

    def fallback_is_ready(self, part: int, minute: int) -> bool:
        """Return whether the delay has been served and time is left (rule 6.2)."""
        rule, state = self._parts[part].fallback, self._memory.fallback[part]
        assert rule is not None
        assert state is not None
        if state.used_up or (rule.duration is not None and state.used_at(minute) >= rule.duration):
            return False
        if state.served:
            return True
        starts = [moment for moment in (state.below_since, state.prepared_at) if moment != NEVER]
        return minute >= (min(starts) if starts else minute) + rule.delay

    def _fallback_level(self, part: int, minute: int) -> int:
        rule, state = self._parts[part].fallback, self._memory.fallback[part]
        if rule is None or state is None or not state.in_use or not self.fallback_is_ready(part, minute):
            return 0
        return min([rule.level, *(self.group_level(g, minute) for g in rule.groups)])

    def _formula(self, part: int, minute: int) -> int:
        """Return the level of *part* for the levels reached so far, and note its normal level (rule 4.1)."""
        memory, rule = self._memory, self._parts[part]
        if memory.stopped[part]:
            normal = 0
        else:
            normal = memory.own_cap[part]
            pending = memory.backlog[part] or memory.out_since[part] != NEVER
            if pending and rule.backlog_percent and self.backlog(part, minute) > 0:
                normal = min(normal, rule.catch_up_level)
            for group in rule.level_groups:
                if self._offers[group](self._level) < normal:  # what is felt is never less than what is offered
                    felt = self.group_level(group, minute)
                    if felt < normal:
                        normal = felt
                        if not normal:
                            break
        self.normal_before.setdefault(part, memory.normal[part])
        memory.normal[part] = normal
        level = max(normal, self._fallback_level(part, minute)) if rule.fallback else normal
        return min(level, memory.all_cap[part])

    def solve(self, touched: Iterable[int], minute: int) -> None:  # noqa: C901 - one algorithm, read in one piece
        """Bring the levels to the greatest solution, given that only the memory of *touched* parts changed.

        Providers go before their dependents, so that a part outside circles is computed once; a circle is solved as
        one, once everything that feeds it is final.
        """
        level, normal, flow = self._level, self._memory.normal, self._memory.flow
        rank, dependents, circles, evaluated = flow.rank, flow.dependents, flow.circles, self.evaluated
        due: dict[int, set[int]] = {}
        for part in touched:
            due.setdefault(rank[part], set()).add(part)
        ranks = list(due)
        heapify(ranks)
        while ranks:
            current = heappop(ranks)
            fed = due.pop(current)
            if current in circles:
                changed = self._solve_circle(fed, current, minute)
            else:
                (part,) = fed
                evaluated.add(part)
                reached, was = self._formula(part, minute), level[part]
                if reached == was:
                    continue
                self.before.setdefault(part, was)
                level[part] = reached
                changed = {part: was}
            for part, was in changed.items():
                end = 100 if level[part] > was else 0
                for dependent in dependents[part]:
                    if level[dependent] == end == normal[dependent]:  # it cannot rise, or fall, any further
                        if not end:
                            evaluated.add(dependent)
                        continue
                    place = rank[dependent]
                    if place in due:
                        due[place].add(dependent)
                    elif place != current:
                        due[place] = {dependent}
                        heappush(ranks, place)

    def _solve_circle(self, fed: set[int], rank: int, minute: int) -> dict[int, int]:
        """Solve the circle of this *rank*, *fed* by what changed; return what changed with the level it had.

        What can rise, the parts below 100 that *fed* leads to, is set to 100; then everything is lowered to its
        formula (rule 9.4).
        """
        level, normal, flow = self._level, self._memory.normal, self._memory.flow
        old: dict[int, int] = {}
        cone = {part for part in fed if level[part] < 100 or normal[part] < 100}
        stack = list(cone)
        while stack:
            for dependent in flow.dependents[stack.pop()]:
                below = level[dependent] < 100 or normal[dependent] < 100
                if below and dependent not in cone and flow.rank[dependent] == rank:
                    cone.add(dependent)
                    stack.append(dependent)
        for part in cone:
            old[part] = level[part]
            level[part] = 100
        queued = cone | fed
        waiting = deque(queued)
        while waiting:
            part = waiting.popleft()
            queued.discard(part)
            self.evaluated.add(part)
            reached = self._formula(part, minute)
            if reached < level[part]:
                old.setdefault(part, level[part])
                level[part] = reached
                for dependent in flow.dependents[part]:
                    if flow.rank[dependent] == rank and dependent not in queued:
                        queued.add(dependent)
                        waiting.append(dependent)
        changed = {part: was for part, was in old.items() if level[part] != was}
        for part, was in changed.items():
            self.before.setdefault(part, was)
        return changed
