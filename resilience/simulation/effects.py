"""Applies effects to the memory (rules 2, 10.4, 10.5, 12 and 16): one small function per effect.

Each returns whether it found anything to change; a decision that changes nothing is recorded as "no effect".
"""

from collections.abc import Callable, Iterable
from typing import Any, NamedTuple

from city_model import effects as fx
from city_model.selection import selected
from resilience.simulation.agenda import Agenda, Due, Timer
from resilience.simulation.chronicle import Chronicle
from resilience.simulation.levels import Levels
from resilience.simulation.luck import Luck, Purpose, hits
from resilience.simulation.memory import NEVER, Damage, Memory
from resilience.simulation.model import Duration, Model, feeds_of, level_flow, offer_of
from resilience.simulation.repairs import Repairs
from resilience.simulation.trace import What

ISOLATION = "isolation"
CLOSURE = "closure"


class Given(NamedTuple):
    """Who ordered an effect, when, and where the trace says so."""

    order: str
    minute: int
    record: int


class Effects:
    """Changes the memory on order, and tells which parts were touched."""

    def __init__(
        self,
        model: Model,
        memory: Memory,
        levels: Levels,
        chronicle: Chronicle,
        agenda: Agenda,
        repairs: Repairs,
        luck: Luck,
        clocks: dict[str, int],
    ) -> None:
        self._model = model
        self._memory = memory
        self._levels = levels
        self._chronicle = chronicle
        self._agenda = agenda
        self._repairs = repairs
        self._luck = luck
        self._clocks = clocks
        self.touched: set[int] = set()
        self.touched_groups: set[int] = set()
        """Needs whose charge or providers were changed this minute."""
        self._handlers: dict[type[object], Callable[[Any, Given], bool]] = {
            fx.Damage: self._damage,
            fx.Isolate: lambda e, g: self._stop(e.components, ISOLATION, g, covers_all=False, isolates=True),
            fx.Close: lambda e, g: self._stop(e.components, CLOSURE, g, covers_all=True, isolates=False),
            fx.Reconnect: lambda e, g: self._lift(e.components, ISOLATION, g),
            fx.Reopen: lambda e, g: self._lift(e.components, CLOSURE, g),
            fx.EndDamage: self._end_damage,
            fx.Priority: self._priority,
            fx.AddTeams: lambda e, _: self._teams(e.team, e.count),
            fx.WithdrawTeams: lambda e, _: self._teams(e.team, -e.count),
            fx.Supply: self._supply,
            fx.Prepare: self._prepare,
            fx.ChooseRebuild: self._rebuild,
            fx.SwitchProvider: self._switch_provider,
            fx.AddProvider: self._add_provider,
            fx.ClosePath: lambda e, _: self._paths(e.paths, closed=True),
            fx.OpenPath: lambda e, _: self._paths(e.paths, closed=False),
            fx.Control: self._control,
            fx.StartClock: self._start_clock,
            fx.MeetClock: self._meet_clock,
            fx.ExtendClock: self._extend_clock,
            fx.SendMessage: lambda _, __: True,
            fx.Clean: lambda _, __: False,
            fx.Verify: lambda _, __: False,
        }

    def begin(self) -> None:
        """Start a new minute."""
        self.touched = set()
        self.touched_groups = set()

    def apply(self, effect: fx.Effect, given: Given) -> None:
        """Apply one effect."""
        if not self._handlers[type(effect)](effect, given):
            self._chronicle.write(given.minute, given.order, What.NO_EFFECT, effect.effect, [given.record])

    def end(self, part: int, source: str, minute: int, causes: Iterable[int]) -> None:
        """End one damage of *part*."""
        damage = self._memory.damages[part].pop(source)
        self._agenda.cancel(Timer(Due.DAMAGE_ENDS, part, source=source))
        self._memory.recount_caps(part)
        record = self._chronicle.write(
            minute, self._model.parts[part].id, What.DAMAGE_ENDED, source, [*causes, damage.record]
        )
        self._touch(part, record)

    def repaired(self, part: int, source: str, minute: int) -> None:
        """End a damage whose repair is done; the part is clean again."""
        started = self._repairs.repair_record(part, source)
        self._repairs.free_team(part, source)
        self._memory.infected.discard(part)
        self._memory.rebuild_chosen[part] = False
        self.end(part, source, minute, [started])

    def _touch(self, part: int, record: int) -> None:
        self.touched.add(part)
        self._chronicle.touch(part, record)

    def _indices(self, components: Iterable[str]) -> list[int]:
        return sorted(self._model.index[component] for component in components)

    # Damage

    def _damage(self, effect: fx.Damage, given: Given) -> bool:
        hit = [
            part
            for part in self._indices(selected(self._model.city, effect.select))
            if effect.share == 1000
            or hits(self._luck.next(f"{given.order}/{self._model.parts[part].id}", Purpose.INCIDENT_HITS), effect.share)
        ]
        if effect.reach == "paths":
            hit = self._reached(hit)
        for part in hit:
            cause = given.record
            if effect.destroys_data:
                cause = self._chronicle.write(
                    given.minute, self._model.parts[part].id, What.DETONATED, None, [given.record]
                )
            self._hit(part, effect, given.order, given.minute, cause)
        if effect.destroys_data:
            self._memory.infected.update(hit)
            self._lose_backups(given.minute, given.record)
        return bool(hit)

    def _hit(self, part: int, effect: fx.Damage, source: str, minute: int, cause: int) -> None:
        until = NEVER
        if effect.ends == "duration":
            until = minute + self._lasting(effect, source, part)
        self._inflict(
            part,
            Damage(
                source=source,
                cap=effect.cap,
                covers_all=effect.covers == "all",
                isolates=effect.isolates,
                ends=effect.ends,
                destroys_data=effect.destroys_data,
                sequence=len(self._chronicle.records),
                record=NEVER,
                until=until,
            ),
            minute,
            cause,
        )

    def _lasting(self, effect: fx.Damage, source: str, part: int) -> int:
        figure = effect.lasts
        if figure is None:
            return 1
        if figure.min is not None and figure.likely is not None and figure.max is not None:
            duration = Duration((figure.min, figure.likely, figure.max))
        elif figure.exponential is not None:
            duration = Duration(None, mean=figure.exponential)
        elif figure.empirical is not None:
            duration = Duration(None, observed=figure.empirical)
        else:
            fixed = figure.fixed or 0
            duration = Duration((fixed, fixed, fixed))
        subject = f"{source}/{self._model.parts[part].id}"
        return max(1, self._repairs.duration(duration, subject, Purpose.DAMAGE_LASTS))

    def _inflict(self, part: int, damage: Damage, minute: int, cause: int) -> None:
        """Put *damage* on *part*; the same source hitting again starts its repair over (rule 2.2)."""
        if damage.source in self._memory.damages[part]:
            self._repairs.cancel(part, damage.source)
            self._agenda.cancel(Timer(Due.DAMAGE_ENDS, part, source=damage.source))
        damage.record = self._chronicle.write(minute, self._model.parts[part].id, What.DAMAGE, damage.cap, [cause])
        self._memory.damages[part][damage.source] = damage
        self._memory.recount_caps(part)
        self._touch(part, damage.record)
        if damage.ends == "repair":
            self._repairs.open(part, damage, minute)
        if damage.until != NEVER:
            self._agenda.set(Timer(Due.DAMAGE_ENDS, part, source=damage.source), damage.until)

    def _reached(self, start: list[int]) -> list[int]:
        """Return *start* and all that open access paths lead to; isolation closes both ends (rule 10.3)."""
        memory = self._memory
        found = set(start)
        stack = list(start)
        while stack:
            origin = stack.pop()
            for path in self._model.paths:
                open_path = path.key not in memory.closed_paths and memory.path_control.get(path.key, 100) > 0
                if path.origin != origin or path.target in found or not open_path or not path.success:
                    continue
                if not memory.is_isolated(origin) and not memory.is_isolated(path.target):
                    found.add(path.target)
                    stack.append(path.target)
        return sorted(found)

    def _lose_backups(self, minute: int, record: int) -> None:
        memory = self._memory
        for number, part in enumerate(self._model.parts):
            at_risk = part.backup in {"online", "unknown"} and part.kept_on in memory.infected
            if at_risk and not memory.backup_lost[number]:
                memory.backup_lost[number] = True
                assumed = part.backup == "unknown"
                self._chronicle.write(minute, part.id, What.BACKUP_LOST, None, [record], assumed=assumed)
                self._repairs.review(number)

    def _stop(self, components: Iterable[str], source: str, given: Given, *, covers_all: bool, isolates: bool) -> bool:
        new = [part for part in self._indices(components) if source not in self._memory.damages[part]]
        for part in new:
            sequence = len(self._chronicle.records)
            damage = Damage(source, 0, covers_all, isolates, "decision", False, sequence, NEVER)  # noqa: FBT003
            self._inflict(part, damage, given.minute, given.record)
        return bool(new)

    def _lift(self, components: Iterable[str], source: str, given: Given) -> bool:
        lifted = [part for part in self._indices(components) if source in self._memory.damages[part]]
        for part in lifted:
            self.end(part, source, given.minute, [given.record])
        return bool(lifted)

    def _end_damage(self, effect: fx.EndDamage, given: Given) -> bool:
        found = False
        for part in self._indices(effect.components):
            for source in sorted(self._memory.damages[part]):
                if source in {ISOLATION, CLOSURE} or (effect.incident and source != effect.incident):
                    continue
                self._repairs.cancel(part, source)
                self.end(part, source, given.minute, [given.record])
                found = True
        return found

    # Repair

    def _priority(self, effect: fx.Priority, given: Given) -> bool:
        changed = False
        for part in self._indices(effect.components):
            changed |= self._memory.priority[part] != effect.priority
            self._memory.priority[part] = effect.priority
            self._repairs.review(part)
        return changed

    def _teams(self, team: str, change: int) -> bool:
        before = self._memory.team_total[team]
        self._memory.team_total[team] = max(0, before + change)
        self._repairs.review_kind(team)
        return self._memory.team_total[team] != before

    def _rebuild(self, effect: fx.ChooseRebuild, given: Given) -> bool:
        chosen = [part for part in self._indices(effect.components) if self._repairs.waits_or_detects(part)]
        for part in chosen:
            self._memory.rebuild_chosen[part] = True
            self._repairs.review(part)
        return bool(chosen)

    # Needs and fallbacks

    def _supply(self, effect: fx.Supply, given: Given) -> bool:
        group = self._model.group_index[effect.need]
        self._memory.charge[group] = self._levels.charge(group, given.minute) + 100 * effect.minutes
        self._memory.charge_at[group] = given.minute
        self._change_group(group, given.record)
        return effect.minutes > 0

    def _prepare(self, effect: fx.Prepare, given: Given) -> bool:
        changed = False
        for part in self._indices(effect.components):
            rule, state = self._model.parts[part].fallback, self._memory.fallback[part]
            if rule is None or state is None or state.in_use or state.prepared_at != NEVER:
                continue
            state.prepared_at = given.minute
            self._touch(part, given.record)
            if rule.delay and state.below_since == NEVER:  # a clock that runs already ends no later
                self._agenda.set(Timer(Due.FALLBACK_READY, part), given.minute + rule.delay)
            changed = True
        return changed

    def _switch_provider(self, effect: fx.SwitchProvider, given: Given) -> bool:
        group = self._model.group_index[effect.need]
        old, new = self._model.index[effect.old], self._model.index[effect.new]
        providers = self._memory.providers[group]
        if old not in providers or new in providers or new == self._model.groups[group].dependent:
            return False
        self._set_providers(group, tuple(new if part == old else part for part in providers), given.record)
        return True

    def _add_provider(self, effect: fx.AddProvider, given: Given) -> bool:
        group = self._model.group_index[effect.need]
        new = self._model.index[effect.provider]
        providers, shares = self._memory.providers[group], self._memory.shares[group]
        if new in providers or new == self._model.groups[group].dependent:
            return False
        if shares is not None:
            self._memory.shares[group] = (*shares, 100)
        self._set_providers(group, (*providers, new), given.record)
        return True

    def _set_providers(self, group: int, providers: tuple[int, ...], record: int) -> None:
        memory = self._memory
        memory.providers[group] = providers
        memory.offers[group] = offer_of(providers, self._model.groups[group].at_least, memory.shares[group])
        memory.feeds = feeds_of(len(memory.feeds), memory.providers)
        memory.flow = level_flow(self._model.groups, memory.feeds)
        self._change_group(group, record)

    def _change_group(self, group: int, record: int) -> None:
        rule = self._model.groups[group]
        self.touched_groups.add(group)
        if rule.role in {"repair", "rebuild"}:
            self._repairs.review(rule.dependent)
        else:
            self._touch(rule.dependent, record)

    # Access paths

    def _paths(self, paths: Iterable[str], *, closed: bool) -> bool:
        before = set(self._memory.closed_paths)
        if closed:
            self._memory.closed_paths.update(paths)
        else:
            self._memory.closed_paths.difference_update(paths)
        return self._memory.closed_paths != before

    def _control(self, effect: fx.Control, given: Given) -> bool:
        before = dict(self._memory.path_control)
        self._memory.path_control.update(dict.fromkeys(effect.paths, effect.per_cent))
        return self._memory.path_control != before

    # Deadlines

    def _start_clock(self, effect: fx.StartClock, given: Given) -> bool:
        if effect.clock in self._memory.deadlines or effect.clock not in self._clocks:
            return False
        deadline = given.minute + self._clocks[effect.clock]
        self._memory.deadlines[effect.clock] = deadline
        self._chronicle.write(given.minute, effect.clock, What.CLOCK_STARTED, deadline, [given.record])
        return True

    def _meet_clock(self, effect: fx.MeetClock, given: Given) -> bool:
        if effect.clock not in self._memory.deadlines or effect.clock in self._memory.met:
            return False
        self._memory.met.add(effect.clock)
        self._chronicle.write(
            given.minute, effect.clock, What.CLOCK_MET, self._memory.deadlines[effect.clock], [given.record]
        )
        return True

    def _extend_clock(self, effect: fx.ExtendClock, given: Given) -> bool:
        if effect.clock not in self._memory.deadlines or effect.clock in self._memory.met or not effect.minutes:
            return False
        self._memory.deadlines[effect.clock] += effect.minutes
        deadline = self._memory.deadlines[effect.clock]
        self._chronicle.write(given.minute, effect.clock, What.CLOCK_EXTENDED, deadline, [given.record])
        return True
