"""The rules once more, written to be obviously right and slow: every minute, every component, from the text alone.

It shares no code with the engine but the schema and the orders, takes fixed durations only, and knows the effects
that the generated cities use. Compared with the engine minute for minute in tests/property.
"""

from dataclasses import dataclass, field
from typing import Any

from city_model.schema import City, Component, Need, PlacedNeed
from resilience.simulation.orders import Order


def figure(value: Any, default: int) -> int:
    """Return the value of a figure, or *default* when absent or unknown."""
    plain = None if value is None else value.value
    return plain if isinstance(plain, int) else default


@dataclass
class Buffer:
    """A stock of level-minutes, stepped one minute at a time."""

    full: int
    recharge: int
    charge: int = 0
    charge_when_whole: int = 0
    whole_for: int = 0

    def step(self, reached: int) -> None:
        """Let one minute pass at input *reached*."""
        if reached < 100:
            self.charge = max(0, self.charge - (100 - reached))
            self.whole_for = 0
            return
        if self.whole_for == 0:
            self.charge_when_whole = self.charge
        self.whole_for += 1
        filled = self.charge_when_whole + self.full * self.whole_for // self.recharge
        self.charge = max(self.charge_when_whole, min(self.full, filled))

    def supply(self, minutes: int) -> None:
        """Add minutes of supply; counting of whole minutes starts anew."""
        self.charge += 100 * minutes
        self.whole_for = 0


@dataclass
class Damage:
    """One damage with the state of its repair."""

    source: str
    cap: int
    covers_all: bool
    ends_at: int | None
    repair: bool
    sequence: int
    detected: int = 0
    working: bool = False
    destroys: bool = False


@dataclass
class Work:
    """Cleaning or verification that waits or is under way."""

    since: int
    sequence: int
    ends_at: int | None = None


@dataclass
class Part:
    """What is remembered of one component."""

    component: Component
    level: int = 100
    normal: int = 100
    stopped: bool = False
    startable_since: int | None = None
    backlog: int = 0
    out_for: int | None = None
    in_use: bool = False
    delay_from: int | None = None
    prepared: int | None = None
    served: bool = False
    used: int = 0
    used_up: bool = False
    priority: int = 0
    damages: dict[str, Damage] = field(default_factory=dict)
    work: dict[str, Work] = field(default_factory=dict)
    suspect: bool = False
    exposed: bool = False
    backup_lost: bool = False


@dataclass
class Outbreak:
    """The malware of one incident; times and chances are fixed here."""

    effect: Any
    goes_off: int | None
    state: dict[str, str] = field(default_factory=dict)
    under_way: list[tuple[int, str]] = field(default_factory=list)
    waiting: list[str] = field(default_factory=list)


class Reference:
    """Runs a city minute by minute."""

    def __init__(self, city: City, orders: tuple[Order, ...], horizon: int) -> None:
        self.parts = {component.id: Part(component) for component in city.components}
        self.needs: dict[tuple[str, str], list[PlacedNeed]] = {}
        self.buffers: dict[str, Buffer] = {}
        for placed in city.placed_needs:
            self.needs.setdefault((placed.dependent, placed.role), []).append(placed)
            full = 100 * figure(placed.need.buffer, 0)
            recharge = max(1, figure(placed.need.recharge, figure(placed.need.buffer, 0)))
            self.buffers[placed.key] = Buffer(full, recharge, full)
        self.placed = city.need_by_key
        self.free = {team.id: figure(team.count, 1) for team in city.teams}
        self.orders = orders
        self.sequence = 0
        self.history: list[dict[str, int]] = []
        self.stops: list[tuple[int, str]] = []
        self.repairs: list[tuple[int, str, int]] = []
        self.footholds: list[tuple[int, str, str]] = []
        self.marks: list[tuple[int, str, str]] = []
        self.outbreaks: dict[str, Outbreak] = {}
        self.gone_off: set[tuple[int, str, str]] = set()
        self.taking: dict[str, set[str]] = {}
        self.paths = {path.key: path for path in sorted(city.access_paths, key=lambda path: path.key)}
        self.closed: set[str] = set()
        self.control: dict[str, int] = {}
        for minute in range(horizon + 1):
            self.minute(minute)

    def minute(self, now: int) -> None:
        """Apply, evaluate, remember, teams."""
        self.give(now, "decision", ("",))
        self.end_damages(now)
        self.arrive(now)
        self.give(now, "incident", ("infect",))
        for name, outbreak in self.outbreaks.items():
            if outbreak.goes_off == now:
                for place, state in outbreak.state.items():
                    if state == "foothold" and (now, place, name) not in self.gone_off:
                        self.go_off(name, place, now)
        self.give(now, "incident", ("damage", "corrupt", "expose"))
        self.evaluate(now)
        self.remember(now)
        self.spread(now)
        self.teams(now)
        self.history.append({name: part.level for name, part in self.parts.items()})
        for key, buffer in self.buffers.items():
            buffer.step(self.input(self.placed[key].need))

    def give(self, now: int, kind: str, wanted: tuple[str, ...]) -> None:
        """Apply the orders of this minute that are of *kind*; of incidents only the *wanted* effects."""
        for order in self.orders:
            if order.kind == kind and order.minute == now:
                for effect in order.effects:
                    if kind == "decision" or effect.effect in wanted:
                        self.apply(effect, order, now)

    def isolated(self, name: str) -> bool:
        """Rule 10.3."""
        return "isolation" in self.parts[name].damages

    def arrive(self, now: int) -> None:
        """Rule 10.2."""
        for name in sorted(self.outbreaks):
            outbreak = self.outbreaks[name]
            outbreak.waiting += [key for due, key in outbreak.under_way if due == now]
            for key in list(outbreak.waiting):
                path = self.paths[key]
                if path.target in outbreak.state or outbreak.state[path.origin] != "foothold":
                    outbreak.waiting.remove(key)
                elif key not in self.closed and not self.isolated(path.origin) and not self.isolated(path.target):
                    outbreak.waiting.remove(key)
                    self.foothold(name, path.target, now)

    def foothold(self, name: str, place: str, now: int) -> None:
        """Rules 10.2, 10.4 and 11.2."""
        outbreak = self.outbreaks[name]
        outbreak.state[place] = "foothold"
        self.footholds.append((now, place, name))
        if outbreak.effect.steals:
            self.expose(place, now)
        for key, path in self.paths.items():
            chance = figure(path.success, 1000) * self.control.get(key, 100) // 100
            assert chance in {0, 1000}, "the reference does not draw"
            if path.origin == place and chance:
                outbreak.under_way.append((now + max(1, path.delay.fixed or 0), key))  # type: ignore[union-attr]
        if outbreak.goes_off is not None and now >= outbreak.goes_off:
            self.go_off(name, place, now)

    def go_off(self, name: str, place: str, now: int) -> None:
        """Rules 10.4 and 10.5."""
        effect = self.outbreaks[name].effect
        self.gone_off.add((now, place, name))
        self.harm(place, name, effect.cap, now, repair=True, destroys=effect.destroys_data)
        if effect.destroys_data:
            self.taking.setdefault(place, set()).add(name)
            self.lose_backups()

    def lose_backups(self) -> None:
        """Rule 10.5."""
        for part in self.parts.values():
            backup = part.component.backup
            kind = backup.kind if backup else "unknown"
            kept = backup.kept_on if backup and backup.kept_on else part.component.id
            if kind in {"online", "unknown"} and self.taking.get(kept):
                part.backup_lost = True

    def expose(self, name: str, now: int) -> None:
        """Rule 11.2."""
        if not self.parts[name].exposed:
            self.parts[name].exposed = True
            self.marks.append((now, name, "exposed"))

    def spread(self, now: int) -> None:
        """Rule 11, to the least fixed point."""
        changed = True
        while changed:
            changed = False
            for placed in self.placed.values():
                part = self.parts[placed.dependent]
                in_use = placed.role == "fallback" and part.in_use
                if not in_use and (placed.role != "level" or placed.need.effective_phase == "start"):
                    continue
                for provider in (self.parts[name] for name in placed.need.provider_ids):
                    if "confidentiality" in placed.need.loses and provider.exposed and not part.exposed:
                        self.expose(placed.dependent, now)
                        changed = True
                    works = provider.level > 0 and part.level > 0
                    if "integrity" in placed.need.loses and provider.suspect and not part.suspect and works:
                        part.suspect = changed = True
                        self.marks.append((now, placed.dependent, "suspect"))

    def harm(
        self, name: str, source: str, cap: int, now: int, *, repair: bool, destroys: bool = False,
        covers_all: bool = False, lasts: int | None = None,
    ) -> None:  # fmt: skip
        """Rules 2.1, 2.2 and 7.1."""
        self.sequence += 1
        damage = Damage(source, cap, covers_all, lasts, repair, self.sequence, destroys=destroys)
        work = self.parts[name].component.detection
        damage.detected = now + (work.duration.fixed or 0 if work else 0)
        self.drop(name, source)
        self.parts[name].damages[source] = damage

    def apply(self, effect: Any, order: Order, now: int) -> None:  # noqa: C901, PLR0912, PLR0915 - a branch an effect
        """Apply one of the effects that generated cities use."""
        if effect.effect == "damage":
            for name in sorted(effect.select.ids):
                lasts = None if effect.lasts is None else now + max(1, effect.lasts.fixed)
                repair, covers = effect.ends == "repair", effect.covers == "all"
                self.harm(name, order.id, effect.cap, now, repair=repair, covers_all=covers, lasts=lasts)
        elif effect.effect == "infect":
            if order.id not in self.outbreaks:
                after = effect.detonates_after
                self.outbreaks[order.id] = Outbreak(effect, None if after is None else now + after)
            for name in sorted(effect.select.ids):
                if name not in self.outbreaks[order.id].state:
                    self.foothold(order.id, name, now)
        elif effect.effect == "corrupt":
            for name in sorted(effect.select.ids):
                if not self.parts[name].suspect:
                    self.parts[name].suspect = True
                    self.marks.append((now, name, "suspect"))
        elif effect.effect == "expose":
            for name in effect.select.ids:
                self.expose(name, now)
        elif effect.effect == "clean":
            for name in effect.components:
                part = self.parts[name]
                dirty = [o for o, x in self.outbreaks.items() if x.state.get(name) == "foothold"]
                if any(o not in part.damages for o in dirty) and "cleaning" not in part.work:
                    self.sequence += 1
                    part.work["cleaning"] = Work(now, self.sequence)
        elif effect.effect == "verify":
            for name in effect.components:
                part = self.parts[name]
                if part.suspect and "verification" not in part.work:
                    self.sequence += 1
                    part.work["verification"] = Work(now, self.sequence)
        elif effect.effect == "close_path":
            self.closed.update(effect.paths)
        elif effect.effect == "open_path":
            self.closed.difference_update(effect.paths)
        elif effect.effect == "control":
            self.control.update(dict.fromkeys(effect.paths, effect.per_cent))
        elif effect.effect in {"isolate", "close"}:
            source = {"isolate": "isolation", "close": "closure"}[effect.effect]
            for name in effect.components:
                if source not in self.parts[name].damages:
                    self.sequence += 1
                    new = Damage(source, 0, effect.effect == "close", None, False, self.sequence)
                    self.parts[name].damages[source] = new
        elif effect.effect in {"reconnect", "reopen"}:
            source = {"reconnect": "isolation", "reopen": "closure"}[effect.effect]
            for name in effect.components:
                self.parts[name].damages.pop(source, None)
        elif effect.effect == "supply":
            self.buffers[effect.need].supply(effect.minutes)
        elif effect.effect == "prepare":
            for name in effect.components:
                part = self.parts[name]
                if not part.in_use and part.prepared is None:
                    part.prepared = now
        elif effect.effect == "priority":
            for name in effect.components:
                self.parts[name].priority = effect.priority
        else:
            raise AssertionError(effect)

    def drop(self, name: str, source: str) -> None:
        """Forget a damage; a team that works on it is free."""
        old = self.parts[name].damages.pop(source, None)
        if old and old.working:
            self.free_team(self.parts[name])

    def end_damages(self, now: int) -> None:
        """End what was to end now."""
        for name, part in self.parts.items():
            for source, damage in list(part.damages.items()):
                if damage.ends_at == now:
                    self.drop(name, source)
                    if damage.repair:
                        self.cleaned(name, [source])
            for kind, work in list(part.work.items()):
                if work.ends_at == now:
                    self.free_team(part)
                    del part.work[kind]
                    if kind == "cleaning":
                        self.cleaned(name, list(self.outbreaks))
                    else:
                        part.suspect = False
                        self.marks.append((now, name, "verified"))

    def cleaned(self, name: str, sources: list[str]) -> None:
        """Rules 10.1 and 10.4: clean of these incidents, and immune to them."""
        for source in sources:
            if source in self.outbreaks and self.outbreaks[source].state.get(name) == "foothold":
                self.outbreaks[source].state[name] = "cleaned"
            self.taking.get(name, set()).discard(source)

    def free_team(self, part: Part) -> None:
        """Let the repair team of *part* take other work."""
        team = part.component.repair.team if part.component.repair else None
        if team:
            self.free[team] += 1

    def input(self, need: Need) -> int:
        """Rules 3.1 and 3.2."""
        if need.shares:
            lost = sum(share * self.parts[name].level for name, share in need.shares.items())
            return min(100, lost // 100 + (lost % 100 > 0))
        found = sorted((self.parts[name].level for name in need.providers), reverse=True)
        return found[(need.at_least or len(found)) - 1]

    def felt(self, placed: PlacedNeed) -> int:
        """Rules 3.3 and 3.4."""
        reached = self.input(placed.need)
        if reached == 100 or self.buffers[placed.key].charge > 0:
            return 100
        strength, criticality = figure(placed.need.strength, 100), figure(placed.need.criticality, 100)
        return 100 - max(strength * (100 - reached) // 100, 100 - reached - criticality, 0)

    def running(self, name: str) -> list[PlacedNeed]:
        """The needs of phase run or both."""
        return [placed for placed in self.needs.get((name, "level"), []) if placed.need.effective_phase != "start"]

    def own_cap(self, part: Part) -> int:
        """Rule 2.2."""
        return min([100, *(damage.cap for damage in part.damages.values())])

    def formula(self, name: str) -> tuple[int, int]:
        """Rule 4.1: normal level and level."""
        part = self.parts[name]
        normal = 0
        if not part.stopped:
            caught_up = self.backlog(part) == 0
            catch_up = 100 if caught_up else figure(part.component.catch_up_level, 50)
            normal = min([self.own_cap(part), catch_up, *(self.felt(placed) for placed in self.running(name))])
        level = normal
        fallback = part.component.fallback
        if fallback and part.in_use and not part.used_up:
            groups = [self.felt(placed) for placed in self.needs.get((name, "fallback"), [])]
            level = max(normal, min([figure(fallback.level, 0), *groups]))
        limits = [damage.cap for damage in part.damages.values() if damage.covers_all]
        return normal, min([level, *limits])

    def backlog(self, part: Part) -> int:
        """Rules 8.3 and 8.4, the running outage counted."""
        running = 0 if part.out_for is None else figure(part.component.backlog, 0) * part.out_for // 100
        return part.backlog + running

    def greatest(self) -> None:
        """Rule 9.1: start from the top and lower everything until nothing changes."""
        for part in self.parts.values():
            part.level = 100
        changed = True
        while changed:
            changed = False
            for name, part in self.parts.items():
                part.normal, level = self.formula(name)
                if level != part.level:
                    part.level, changed = level, True

    def startable(self, name: str) -> bool:
        """Rule 8.2, without the lag."""
        part = self.parts[name]
        needs = [placed for placed in self.needs.get((name, "level"), []) if placed.need.effective_phase != "run"]
        return self.own_cap(part) > 0 and all(self.felt(placed) > 0 for placed in needs)

    def evaluate(self, now: int) -> None:  # noqa: C901 - rule 9.2 in one piece
        """Rule 9.2."""
        for part in self.parts.values():
            limit = part.component.fallback.duration if part.component.fallback else None
            if part.in_use and limit is not None and part.used >= figure(limit, 10**9):
                part.in_use, part.used_up = False, True
        self.new = set()
        self.greatest()
        while True:
            standing, falling = [], []
            for name, part in self.parts.items():
                lag = figure(part.component.restart_lag, 0)
                served = lag == 0 or (part.startable_since is not None and now - part.startable_since >= lag)
                if part.stopped and served and self.startable(name):
                    standing.append(part)
                fallback = part.component.fallback
                if fallback and not part.in_use and part.normal < figure(fallback.level, 0) and self.ready(part, now):
                    groups = self.needs.get((name, "fallback"), [])
                    if all(self.felt(placed) > 0 for placed in groups):
                        falling.append(part)
            if not standing and not falling:
                return
            for part in standing:
                part.stopped = False
            for part in falling:
                part.in_use = True
                self.new.add(part.component.id)
            self.greatest()

    def ready(self, part: Part, now: int) -> bool:
        """Rule 6.2."""
        fallback = part.component.fallback
        assert fallback is not None
        if part.used_up or (fallback.duration is not None and part.used >= figure(fallback.duration, 10**9)):
            return False
        starts = [moment for moment in (part.delay_from, part.prepared) if moment is not None]
        return part.served or now - min([now, *starts]) >= figure(fallback.delay, 0)

    def remember(self, now: int) -> None:
        """Step 3 of the minute, and what one minute does to every counter."""
        for name, part in sorted(self.parts.items()):
            both = [placed for placed in self.running(name) if placed.need.effective_phase == "both"]
            if not part.stopped and (self.own_cap(part) == 0 or any(self.felt(placed) == 0 for placed in both)):
                part.stopped, part.startable_since = True, None
                self.stops.append((now, name))
            elif part.stopped:
                if not self.startable(name):
                    part.startable_since = None
                elif part.startable_since is None:
                    part.startable_since = now
            self.remember_backlog(part)
            if part.component.fallback:
                self.remember_fallback(name, part, now)

    def remember_backlog(self, part: Part) -> None:
        """Rules 8.3 and 8.4; afterwards the counters stand where they are at the start of the next minute."""
        if part.normal == 0:
            part.out_for = 1 if part.out_for is None else part.out_for + 1
            return
        part.backlog, part.out_for = self.backlog(part), None
        part.backlog = max(0, part.backlog - 1)

    def remember_fallback(self, name: str, part: Part, now: int) -> None:
        """Rules 6.2 to 6.5."""
        assert part.component.fallback is not None
        if part.normal >= figure(part.component.fallback.level, 0):
            part.in_use = part.served = part.used_up = False
            part.delay_from = None
            part.used = max(0, part.used - 1)
            return
        if part.delay_from is None:
            part.delay_from = now
        if part.in_use and any(self.felt(placed) == 0 for placed in self.needs.get((name, "fallback"), [])):
            part.in_use = False
        if part.in_use:
            if name in self.new:
                part.served, part.prepared = True, None
            part.used += 1

    def teams(self, now: int) -> None:
        """Rule 7.2."""
        waiting: list[tuple[int, int, str, int, Damage | Work, str]] = []
        for name, part in self.parts.items():
            for source, damage in part.damages.items():
                if damage.repair and not damage.working and damage.detected <= now:
                    waiting.append((-part.priority, damage.detected, name, damage.sequence, damage, source))
            for kind, work in part.work.items():
                if work.ends_at is None:
                    waiting.append((-part.priority, work.since, name, work.sequence, work, kind))
        for _priority, _detected, name, _sequence, job, _source in sorted(waiting, key=lambda row: row[:4]):
            part = self.parts[name]
            repair = part.component.repair
            assert repair is not None
            eligible = all(self.felt(placed) > 0 for placed in self.needs.get((name, "repair"), []))
            if not eligible or (repair.team and self.free[repair.team] <= 0):
                continue
            if repair.team:
                self.free[repair.team] -= 1
            backup = part.component.backup
            gone = part.backup_lost or (backup is not None and backup.kind == "none")
            rebuild = isinstance(job, Damage) and job.destroys and gone
            job.ends_at = now + max(1, (repair.duration.fixed or 0) * (4 if rebuild else 1))
            if isinstance(job, Damage):
                job.working = True
                self.repairs.append((now, name, job.ends_at))
