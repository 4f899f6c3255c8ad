"""Writes the trace: every record with the earlier records that caused it.

Order in a minute: what was applied; what ran out (buffers, backlogs, fallbacks) by id; levels in rounds, each part
once every provider named by its reason is written; then per part, by id, what the new levels mean for its memory;
then teams (semantics, section Trace).
"""

from collections.abc import Iterable

from resilience.simulation.levels import Levels
from resilience.simulation.memory import Memory
from resilience.simulation.model import Model
from resilience.simulation.trace import Record, What

Ground = tuple[int | None, list[int]]
"""The need that binds, if one does, and the providers that the reason of a change names."""


class Chronicle:
    """The growing list of records of one run."""

    def __init__(self, model: Model, memory: Memory, levels: Levels) -> None:
        self._model = model
        self._memory = memory
        self._levels = levels
        self._minute = 0
        self.records: list[Record] = []
        self._grounds: dict[int, Ground] = {}
        """Per part that changes this minute, what its reason names."""
        self._level_record: dict[int, int] = {}
        self._empty_record: dict[int, int] = {}
        self._latest: dict[tuple[str, What], int] = {}
        self.touched: dict[int, list[int]] = {}
        """Per part, the records of this minute that changed its memory."""

    def begin(self, minute: int) -> None:
        """Start *minute*."""
        self._minute = minute
        self.touched = {}

    def write(
        self,
        minute: int,
        subject: str,
        what: What,
        value: int | str | None = None,
        causes: Iterable[int] = (),
        *,
        assumed: bool = False,
    ) -> int:
        """Append a record and return its place; it is assumed when a cause is."""
        records, place = self.records, len(self.records)
        because: tuple[int, ...] = ()
        for cause in causes:
            if cause >= 0 and cause not in because:
                because = (*because, cause)
                assumed = assumed or records[cause].assumed
        records.append(Record(minute, subject, what, value, because, assumed))
        self._latest[subject, what] = place
        return place

    def latest(self, part: int, what: What) -> list[int]:
        """Return the last record of this kind for *part*, if there is one."""
        record = self._latest.get((self._model.parts[part].id, what))
        return [] if record is None else [record]

    def touch(self, part: int, record: int) -> None:
        """Note that *record* of this minute changed the memory of *part*."""
        self.touched.setdefault(part, []).append(record)

    def buffer_empty(self, group: int, minute: int) -> None:
        """Write that the buffer of a need ran empty."""
        rule = self._model.groups[group]
        dependent = self._model.parts[rule.dependent].id
        causes = self._provider_records(self._lost(group))
        record = self.write(minute, dependent, What.BUFFER_EMPTY, rule.key, causes, assumed=rule.buffer_assumed)
        self._empty_record[group] = record
        self.touch(rule.dependent, record)

    def levels(self, minute: int, stood: set[int], carried: set[int]) -> None:
        """Write what stood up, what fell back, and every changed level, in rounds."""
        pending = {*self._levels.changed(), *stood, *carried}
        self._grounds = {part: self._ground(part) for part in pending}
        waits: dict[int, set[int]] = {}
        waiters: dict[int, list[int]] = {}
        ready = []
        for part in sorted(pending):
            needed = pending.intersection(self._grounds[part][1])
            if needed:
                waits[part] = needed
                for provider in needed:
                    waiters.setdefault(provider, []).append(part)
            else:
                ready.append(part)
        while pending:
            if not ready:
                ready = [self._first_of_circle(pending, waits)]
            following: list[int] = []
            for part in sorted(ready):
                if part not in pending:
                    continue
                pending.discard(part)
                self._write_part(part, minute, stood, carried)
                for waiter in waiters.get(part, ()):
                    waits[waiter].discard(part)
                    if not waits[waiter] and waiter in pending:
                        following.append(waiter)
            ready = following

    def rise_causes(self, part: int) -> tuple[int, ...]:
        """Return why *part* works again this minute: its own level or standing, else the providers that came back."""
        own = [*self.latest(part, What.LEVEL), *self.latest(part, What.STANDING)]
        return (*own, *self._provider_records(self._risen(self._model.parts[part].level_groups)))

    def _first_of_circle(self, pending: set[int], waits: dict[int, set[int]]) -> int:
        """Return the part of a circle to write first: the lowest id that knows a reason outside, else the lowest id."""
        walked: list[int] = []
        part = min(pending)
        while part not in walked:
            walked.append(part)
            part = min(waits[part])
        circle = sorted(walked[walked.index(part) :])
        for member in circle:
            if any(provider not in pending for provider in self._grounds[member][1]):
                return member
        for member in circle:  # the parts of a circle at one level name each other; another need may lead outside
            for group in self._model.parts[member].level_groups:
                lost = self._lost(group)
                if self._levels.group_level(group, self._minute) < 100 and not pending.issuperset(lost):
                    self._grounds[member] = (group, lost)
                    return member
        return circle[0]

    def need_causes(self, groups: Iterable[int]) -> list[int]:
        """Return the records behind the level of *groups*: the lost providers, lowest first, and empty buffers."""
        return [cause for group in groups for cause in self._need_causes(group, self._lost(group))]

    def _need_causes(self, group: int, lost: list[int]) -> list[int]:
        found = self._provider_records(lost)
        if lost and group in self._empty_record:
            found.append(self._empty_record[group])
        return found

    def start_causes(self, part: int) -> tuple[int, ...]:
        """Return what made *part* startable this minute: what touched it, else the providers that came back."""
        rule = self._model.parts[part]
        risen = self._risen((*rule.both_groups, *rule.start_groups))
        return (*self.touched.get(part, ()), *self._provider_records(risen))

    def _write_part(self, part: int, minute: int, stood: set[int], carried: set[int]) -> None:
        rule, memory = self._model.parts[part], self._memory
        causes, assumed = self._reason(part, carried)
        if part in stood:
            because = [*memory.start_cause[part], *self.touched.get(part, ())] or causes
            assumed_lag = rule.lag > 0 and rule.lag_assumed
            record = self.write(minute, rule.id, What.STANDING, None, because, assumed=assumed_lag)
            causes = [record]
        if part in carried:
            assert rule.fallback is not None
            risen = self._provider_records(self._risen(rule.fallback.groups))
            because = [*self._shortfall(part), *risen]
            record = self.write(minute, rule.id, What.FALLBACK_IN_USE, None, because, assumed=rule.fallback.assumed)
            if memory.level[part] > memory.normal[part]:
                causes = [*causes, record]
        if memory.level[part] != self._levels.before.get(part, memory.level[part]):
            self._level_record[part] = self.write(
                minute, rule.id, What.LEVEL, memory.level[part], causes, assumed=assumed
            )

    def _ground(self, part: int) -> Ground:
        memory, rule, level = self._memory, self._model.parts[part], self._memory.level[part]
        before = self._levels.before.get(part, level)
        if level > before:
            return None, self._risen((*rule.level_groups, *rule.start_groups, *self._fallback_groups(part)))
        if memory.own_cap[part] < 100 and memory.own_cap[part] == memory.normal[part]:
            return None, []
        group = self._binding_group(part) if level < before else None
        named = self._lowest(rule.level_groups) if group is None else group
        return group, [] if named is None else self._lost(named)

    def _reason(self, part: int, carried: set[int]) -> tuple[list[int], bool]:
        """Return the causes of the change of *part*'s level, binding first, and whether they rest on an assumption."""
        memory, rule = self._memory, self._model.parts[part]
        level, before = memory.level[part], self._levels.before.get(part, memory.level[part])
        group, named = self._grounds[part]
        own = self.touched.get(part, [])
        if level < before:
            if memory.own_cap[part] < 100 and memory.own_cap[part] == memory.normal[part]:
                return self._shortfall(part), False
            used_up = [r for r in own if self.records[r].what is What.FALLBACK_USED_UP]
            if group is None or used_up:
                return [*used_up, *own] or self._own_level(part), False
            groups = self._model.groups
            played = group in self._empty_record
            assumed = groups[group].assumed or (played and groups[group].buffer_assumed)
            return [*self._need_causes(group, named), *own], assumed
        if level == before:
            named = self._risen((*rule.level_groups, *rule.start_groups, *self._fallback_groups(part)))
        causes = own or self._provider_records(named) or self._own_level(part)
        return list(causes), part in carried and bool(rule.fallback and rule.fallback.assumed)

    def _shortfall(self, part: int) -> list[int]:
        """Return why normal working falls short: the lowest damage, or the lowest need."""
        memory = self._memory
        if memory.own_cap[part] < 100 and memory.own_cap[part] == memory.normal[part]:
            damages = sorted(memory.damages[part].values(), key=lambda damage: (damage.cap, damage.sequence))
            return [damages[0].record]
        lowest = self._lowest(self._model.parts[part].level_groups)
        return (self.need_causes([lowest]) if lowest is not None else []) or self._own_level(part)

    def _lowest(self, groups: Iterable[int]) -> int | None:
        """Return the need that is felt lowest, first in the file; none when all are whole."""
        lowest, found = 100, None
        for group in groups:
            felt = self._levels.group_level(group, self._minute)
            if felt < lowest:
                lowest, found = felt, group
        return found

    def _own_level(self, part: int) -> list[int]:
        return [self._level_record[part]] if part in self._level_record else []

    def _fallback_groups(self, part: int) -> tuple[int, ...]:
        rule = self._model.parts[part].fallback
        return rule.groups if rule else ()

    def _binding_group(self, part: int) -> int | None:
        """Return the need with the lowest level, first in the file; the fallback's where only that fell."""
        memory, rule = self._memory, self._model.parts[part]
        minute_normal = self._levels.normal_before.get(part, memory.normal[part])
        only_fallback_fell = rule.fallback is not None and memory.normal[part] == minute_normal
        return self._lowest(self._fallback_groups(part) if only_fallback_fell else rule.level_groups)

    def _lost(self, group: int) -> list[int]:
        """Return the providers whose loss was needed for the input of *group*, lowest level first, then lowest id."""
        level, providers = self._memory.level, self._memory.providers[group]
        bound = 99 if self._memory.shares[group] is not None else min(99, self._levels.group_input(group))
        found = [(level[part], part) for part in providers if level[part] <= bound]
        found.sort()
        return [part for _, part in found]

    def _risen(self, groups: Iterable[int]) -> list[int]:
        level, before, providers = self._memory.level, self._levels.before, self._memory.providers
        found: list[int] = []
        for group in groups:
            for part in providers[group]:
                if part in before and before[part] < level[part] and part not in found:
                    found.append(part)
        return found

    def _provider_records(self, parts: Iterable[int]) -> list[int]:
        return [self._level_record[part] for part in parts if part in self._level_record]
