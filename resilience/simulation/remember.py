"""What the final levels of a minute mean for the memory: buffers, stops, lags, backlogs, fallbacks (rules 5, 6, 8)."""

from collections.abc import Iterable

from resilience.simulation.agenda import Agenda, Due, Timer
from resilience.simulation.chronicle import Chronicle
from resilience.simulation.levels import Levels
from resilience.simulation.memory import NEVER, FallbackState, Memory
from resilience.simulation.model import FallbackRule, Model
from resilience.simulation.trace import What


class Remember:
    """Step 3 of the minute, and the timers that it sets."""

    def __init__(self, model: Model, memory: Memory, levels: Levels, chronicle: Chronicle, agenda: Agenda) -> None:
        self._model = model
        self._memory = memory
        self._levels = levels
        self._chronicle = chronicle
        self._agenda = agenda
        self._starts = [group.role == "start" for group in model.groups]
        self._has_start = any(self._starts)

    def start_dependents(self, parts: Iterable[int]) -> set[int]:
        """Return the parts that need one of *parts* to restart."""
        if not self._has_start:
            return set()
        groups, feeds = self._model.groups, self._memory.feeds
        return {groups[group].dependent for part in parts for group in feeds[part] if self._starts[group]}

    def buffer_ran_empty(self, group: int, minute: int) -> bool:
        """Note that a buffer is empty, unless it was filled this very minute; return whether it is."""
        memory = self._memory
        if self._levels.charge(group, minute) > 0:
            return False
        memory.charge[group], memory.charge_at[group] = 0, minute
        self._chronicle.buffer_empty(group, minute)
        return True

    def run_out(self, timer: Timer, minute: int) -> None:
        """Note that a backlog or a fallback came to its end; a lag or a delay that was served changes nothing."""
        part, memory = timer.number, self._memory
        rule = self._model.parts[part]
        if timer.due is Due.CAUGHT_UP and memory.out_since[part] == NEVER:
            memory.backlog[part], memory.backlog_at[part] = 0, minute
            causes = self._chronicle.latest(part, What.CATCH_UP)
            self._chronicle.touch(part, self._chronicle.write(minute, rule.id, What.CAUGHT_UP, None, causes))
        elif timer.due is Due.FALLBACK_USED_UP:
            state = memory.fallback[part]
            assert state is not None
            state.count(minute, 0)
            state.in_use, state.used_up = False, True
            causes = self._chronicle.latest(part, What.FALLBACK_IN_USE)
            self._chronicle.touch(part, self._chronicle.write(minute, rule.id, What.FALLBACK_USED_UP, None, causes))

    def after(
        self, minute: int, touched: set[int], changed: list[int], carried: set[int], touched_groups: set[int]
    ) -> None:
        """Update the memory of everything that this minute looked at, part by part in order."""
        memory, parts = self._memory, self._model.parts
        visited = touched | self._levels.evaluated | self.start_dependents(changed)
        buffers = self._fed_buffers(changed, touched_groups)
        for part in sorted(visited.union(buffers)):
            for group in buffers.get(part, ()):
                self._buffer(group, minute)
            if part in visited:
                if memory.stopped[part]:
                    self._await_restart(part, minute)
                elif not memory.normal[part]:  # while anything works nothing that stops it can be missing
                    self._stop(part, minute)
                if parts[part].backlog_percent:
                    self._backlog(part, minute)
                if memory.fallback[part] is not None:
                    self._fallback(part, minute, new=part in carried)

    def _fed_buffers(self, changed: list[int], touched_groups: set[int]) -> dict[int, list[int]]:
        """Return per part the needs with a buffer whose input differs now, or that were changed themselves."""
        memory, rules = self._memory, self._model.groups
        found: dict[int, list[int]] = {}
        for group in sorted(touched_groups.union(*[memory.feeds[part] for part in changed])):
            has_buffer = rules[group].full or memory.charge[group]
            if has_buffer and (memory.offers[group](memory.level) != memory.input[group] or group in touched_groups):
                found.setdefault(rules[group].dependent, []).append(group)
        return found

    def _buffer(self, group: int, minute: int) -> None:
        memory, rule = self._memory, self._model.groups[group]
        reached = self._levels.group_input(group)
        charge = self._levels.charge(group, minute)
        memory.charge[group], memory.charge_at[group], memory.input[group] = charge, minute, reached
        timer = Timer(Due.BUFFER_EMPTY, group)
        if reached == 100 or charge == 0:
            self._agenda.cancel(timer)
            return
        empty_at = minute - (-charge // (100 - reached))
        self._agenda.set(timer, empty_at)
        causes = self._chronicle.need_causes([group])
        dependent = self._model.parts[rule.dependent].id
        assumed = rule.buffer_assumed
        self._chronicle.write(minute, dependent, What.BUFFER_RUNNING, empty_at, causes, assumed=assumed)

    def _stop(self, part: int, minute: int) -> None:
        memory, rule = self._memory, self._model.parts[part]
        missing = [group for group in rule.both_groups if self._levels.group_level(group, minute) == 0]
        if memory.own_cap[part] > 0 and not missing:
            return
        memory.stopped[part] = True
        memory.startable_since[part] = NEVER
        damages = sorted(memory.damages[part].values(), key=lambda damage: (damage.cap, damage.sequence))
        causes = [damages[0].record] if memory.own_cap[part] == 0 else self._chronicle.need_causes(missing[:1])
        self._chronicle.write(minute, rule.id, What.STOPPED, None, causes)

    def _await_restart(self, part: int, minute: int) -> None:
        memory = self._memory
        since = memory.startable_since[part]
        if self._levels.is_startable(part, minute):
            if since == NEVER:
                memory.startable_since[part] = minute
                memory.start_cause[part] = self._chronicle.start_causes(part)
                self._agenda.set(Timer(Due.LAG_SERVED, part), minute + self._model.parts[part].lag)
        elif since != NEVER:
            memory.startable_since[part] = NEVER
            self._agenda.cancel(Timer(Due.LAG_SERVED, part))

    def _backlog(self, part: int, minute: int) -> None:
        memory, rule = self._memory, self._model.parts[part]
        down = memory.normal[part] == 0
        if down == (memory.out_since[part] != NEVER):
            return
        timer = Timer(Due.CAUGHT_UP, part)
        memory.backlog[part] = self._levels.backlog(part, minute)
        memory.backlog_at[part] = minute
        if down:
            memory.out_since[part] = minute
            self._agenda.cancel(timer)
            return
        memory.out_since[part] = NEVER
        if memory.backlog[part]:
            ends = minute + memory.backlog[part]
            self._agenda.set(timer, ends)
            causes = self._chronicle.rise_causes(part)
            self._chronicle.write(minute, rule.id, What.CATCH_UP, ends, causes, assumed=rule.catch_up_assumed)

    def _fallback(self, part: int, minute: int, *, new: bool) -> None:
        memory, rule, state = self._memory, self._model.parts[part].fallback, self._memory.fallback[part]
        assert rule is not None
        assert state is not None
        if memory.normal[part] >= rule.level:
            self._back_at_level(part, state, minute, new=new)
            return
        if state.below_since == NEVER:
            state.below_since = minute
            state.count(minute, 0)
            starts = minute if state.prepared_at == NEVER else min(minute, state.prepared_at)
            if starts + rule.delay > minute:
                self._agenda.set(Timer(Due.FALLBACK_READY, part), starts + rule.delay)
        if not state.in_use:
            return
        if any(self._levels.group_level(group, minute) == 0 for group in rule.groups):
            state.in_use = False
            state.count(minute, 0)
            self._agenda.cancel(Timer(Due.FALLBACK_USED_UP, part))
            causes = self._chronicle.need_causes(rule.groups)
            self._chronicle.write(minute, self._model.parts[part].id, What.FALLBACK_OUT, None, causes)
        elif new:
            self._take_into_use(part, rule, state, minute)

    def _take_into_use(self, part: int, rule: FallbackRule, state: FallbackState, minute: int) -> None:
        state.served = True
        state.prepared_at = NEVER
        state.count(minute, 1)
        if rule.duration is not None:
            self._agenda.set(Timer(Due.FALLBACK_USED_UP, part), minute + rule.duration - state.used)

    def _back_at_level(self, part: int, state: FallbackState, minute: int, *, new: bool) -> None:
        if state.in_use:
            state.in_use = False
            self._agenda.cancel(Timer(Due.FALLBACK_USED_UP, part))
            if not new:
                causes = [
                    *self._chronicle.latest(part, What.LEVEL),
                    *self._chronicle.latest(part, What.FALLBACK_IN_USE),
                ]
                self._chronicle.write(minute, self._model.parts[part].id, What.FALLBACK_OUT, None, causes)
        if state.below_since != NEVER or state.direction == 1:
            state.count(minute, -1)
        state.below_since = NEVER
        state.served = state.used_up = False
