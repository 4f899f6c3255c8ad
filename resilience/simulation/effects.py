"""Applies effects to the memory (rules 12 and 16): one small function per effect.

Each returns whether it found anything to change; a decision that changes nothing is recorded as "no effect".
"""

from collections.abc import Callable, Iterable
from typing import Any, NamedTuple

from city_model import effects as fx
from city_model.selection import selected
from resilience.simulation.agenda import Agenda, Due, Timer
from resilience.simulation.chronicle import Chronicle
from resilience.simulation.damages import Damages
from resilience.simulation.levels import Levels
from resilience.simulation.luck import Luck, Purpose, hits
from resilience.simulation.malware import Malware
from resilience.simulation.marks import Marks
from resilience.simulation.memory import CLOSURE, ISOLATION, NEVER, Damage, Memory
from resilience.simulation.model import Model, feeds_of, level_flow, offer_of
from resilience.simulation.repairs import Repairs
from resilience.simulation.trace import What


class Given(NamedTuple):
    """Who ordered an effect, when, and where the trace says so."""

    order: str
    minute: int
    record: int


class Crew(NamedTuple):
    """Those who carry out what an effect says."""

    repairs: Repairs
    damages: Damages
    malware: Malware
    marks: Marks


class Effects:
    """Changes the memory on order."""

    def __init__(
        self,
        model: Model,
        memory: Memory,
        levels: Levels,
        chronicle: Chronicle,
        agenda: Agenda,
        crew: Crew,
        luck: Luck,
        clocks: dict[str, int],
    ) -> None:
        self._model = model
        self._memory = memory
        self._levels = levels
        self._chronicle = chronicle
        self._agenda = agenda
        self._repairs, self._damages, self._malware, self._marks = crew
        self._luck = luck
        self._clocks = clocks
        self.touched_groups: set[int] = set()
        """Needs whose charge or providers were changed this minute."""
        self._handlers: dict[type[object], Callable[[Any, Given], bool]] = {
            fx.Damage: self._damage,
            fx.Infect: self._infect,
            fx.Corrupt: lambda e, g: self._marks.corrupt(self._marked(e), g.minute, g.record),
            fx.Expose: lambda e, g: self._marks.expose(self._marked(e), g.minute, g.record),
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
            fx.Clean: lambda e, g: self._malware.clean(self._indices(e.components), g.minute, g.record),
            fx.Verify: lambda e, g: self._marks.verify(self._indices(e.components), g.minute, g.record),
        }

    def begin(self) -> None:
        """Start a new minute."""
        self.touched_groups = set()

    def apply(self, effect: fx.Effect, given: Given) -> None:
        """Apply one effect."""
        if not self._handlers[type(effect)](effect, given):
            self._chronicle.write(given.minute, given.order, What.NO_EFFECT, effect.effect, [given.record])

    def _indices(self, components: Iterable[str]) -> list[int]:
        return sorted(self._model.index[component] for component in components)

    # Damage, malware, marks

    def _hit(self, effect: fx.Damage | fx.Infect, given: Given) -> list[int]:
        """Return the selected parts that are hit: each draws on its own (rule 12.1)."""
        return [
            part
            for part in self._indices(selected(self._model.city, effect.select))
            if effect.share == 1000
            or hits(self._luck.next(f"{given.order}/{self._model.parts[part].id}", Purpose.INCIDENT_HITS), effect.share)
        ]

    def _damage(self, effect: fx.Damage, given: Given) -> bool:
        hit = self._hit(effect, given)
        if effect.again is not None:
            self._damages.recur(hit, effect, given.order, given.minute, given.record)
            return bool(hit)
        if effect.reach == "paths":
            hit = self._malware.reached(hit)
        for part in hit:
            cause = given.record
            if effect.destroys_data:
                cause = self._chronicle.write(given.minute, self._model.parts[part].id, What.DETONATED, None, [cause])
            self._damages.strike(part, effect, given.order, given.minute, cause)
        if effect.destroys_data:
            self._malware.take_backups(hit, given.order, given.minute, given.record)
        return bool(hit)

    def _infect(self, effect: fx.Infect, given: Given) -> bool:
        hit = self._hit(effect, given)
        if hit:
            self._malware.infect(hit, effect, given.order, given.minute, given.record)
        return bool(hit)

    def _marked(self, effect: fx.Corrupt | fx.Expose) -> list[int]:
        return self._indices(selected(self._model.city, effect.select))

    def _stop(self, components: Iterable[str], source: str, given: Given, *, covers_all: bool, isolates: bool) -> bool:
        new = [part for part in self._indices(components) if source not in self._memory.damages[part]]
        for part in new:
            sequence = len(self._chronicle.records)
            damage = Damage(source, 0, covers_all, isolates, "decision", False, sequence, NEVER)  # noqa: FBT003
            self._damages.inflict(part, damage, given.minute, given.record)
        return bool(new)

    def _lift(self, components: Iterable[str], source: str, given: Given) -> bool:
        lifted = [part for part in self._indices(components) if source in self._memory.damages[part]]
        for part in lifted:
            self._damages.end(part, source, given.minute, [given.record])
        return bool(lifted)

    def _end_damage(self, effect: fx.EndDamage, given: Given) -> bool:
        found = False
        for part in self._indices(effect.components):
            for source in sorted(self._memory.damages[part]):
                if source in {ISOLATION, CLOSURE} or (effect.incident and source != effect.incident):
                    continue
                self._repairs.cancel(part, source)
                self._damages.end(part, source, given.minute, [given.record])
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
            self._damages.touch(part, given.record)
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
            self._damages.touch(rule.dependent, record)

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
