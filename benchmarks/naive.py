"""The baseline: the same rules with SimPy as its manual teaches, one process per component.

Each process waits for any of its providers to change (``AnyOf``), computes its own level and tells its dependents; each
repair is a process that asks a ``Resource`` for a team. It implements the rules that the generated cities use: needs
with k of n and a buffer, phases, restart lag, backlog, fallbacks without needs of their own, detection and repair of
fixed length (docs/semantics.md, rules 2 to 9). It writes level changes only, no causes.

Its one limit: it lowers and raises levels by looking at its neighbours, so needs that carry a level may not run in a
circle (rule 9.4); circles over needs of phase ``start`` are right.
"""

from collections.abc import Generator
from typing import Any

import simpy
from simpy.events import AnyOf, Event, EventPriority

from resilience.simulation.model import Group, Model
from resilience.simulation.model import Part as Rule

LATE = EventPriority(2)
"""Priority of the end of a minute: after everything that happens in it."""
Process = Generator[Event, Any, None]


class Need:
    """One group of providers with its buffer (rules 3 and 5)."""

    def __init__(self, city: "NaiveCity", rule: Group) -> None:
        self.rule = rule
        self.providers = [city.parts[number] for number in rule.providers]
        self.charge = rule.full
        self.charge_at = 0
        self.input = 100

    def offered(self) -> int:
        """Return the k-th highest level of the providers."""
        return sorted((part.level for part in self.providers), reverse=True)[self.rule.at_least - 1]

    def charge_now(self, now: int) -> int:
        """Return what is left in the buffer, in level-minutes."""
        elapsed = now - self.charge_at
        if self.input < 100:
            return max(0, self.charge - (100 - self.input) * elapsed)
        return max(self.charge, min(self.rule.full, self.charge + self.rule.full * elapsed // self.rule.recharge))

    def felt(self, now: int) -> int:
        """Return what the dependent notices."""
        offered = self.offered()
        return 100 if offered < 100 and self.charge_now(now) > 0 else offered


class Part:
    """One component."""

    def __init__(self, city: "NaiveCity", rule: Rule) -> None:
        self.city = city
        self.rule = rule
        self.needs: list[Need] = []
        self.both: list[Need] = []
        self.start: list[Need] = []
        self.level = self.normal = self.written = 100
        self.caps: list[int] = []
        self.stopped = False
        self.startable_since: int | None = None
        self.backlog = self.backlog_at = 0
        self.out_since: int | None = None
        self.in_use = self.served = self.used_up = False
        self.below_since: int | None = None
        self.used = self.used_at = self.direction = 0
        self.changed = self.poked = city.env.event()
        self.timers: dict[object, Event] = {}

    def connect(self) -> None:
        """Find the providers, and start to wait for them."""
        city, groups = self.city, self.city.model.groups
        needs = {number: Need(city, groups[number]) for number in (*self.rule.level_groups, *self.rule.start_groups)}
        self.needs = [needs[number] for number in self.rule.level_groups]
        self.both = [needs[number] for number in self.rule.both_groups]
        self.start = [needs[number] for number in self.rule.start_groups]
        self.changed, self.poked = city.env.event(), city.env.event()
        city.env.process(self.live())

    def live(self) -> Process:
        """Wait until something near changes, then see what that means."""
        providers = [part for need in (*self.needs, *self.start) for part in need.providers]
        while True:
            yield AnyOf(self.city.env, [self.poked, *[part.changed for part in providers]])
            if self.poked.triggered:
                self.poked = self.city.env.event()
            self.find_level()

    def poke(self) -> None:
        """Let the component look again, because something of its own changed."""
        if not self.poked.triggered:
            self.poked.succeed()

    def find_level(self) -> None:
        """Rule 4.1, and tell the dependents."""
        now = self.city.now
        self.normal = 0
        if not self.stopped:
            catch_up = self.rule.catch_up_level if self.backlog_now(now) > 0 else 100
            self.normal = min([catch_up, *self.caps, *[need.felt(now) for need in self.needs]])
        level = max(self.normal, self.fallback_level(now))
        if level != self.level:
            self.level = level
            self.changed.succeed()
            self.changed = self.city.env.event()
        self.city.woke(self)

    def startable(self, now: int) -> bool:
        """Rule 8.2, without the lag."""
        return min(self.caps, default=100) > 0 and all(need.felt(now) > 0 for need in (*self.both, *self.start))

    def backlog_now(self, now: int) -> int:
        """Return the backlog in minutes, the running outage counted (rule 8.3)."""
        if self.out_since is not None:
            return self.backlog + self.rule.backlog_percent * (now - self.out_since) // 100
        return max(0, self.backlog - (now - self.backlog_at))

    def fallback_level(self, now: int) -> int:
        """Return what the fallback gives (rule 6.4)."""
        return self.rule.fallback.level if self.rule.fallback and self.in_use and self.time_left(now) > 0 else 0

    def time_used(self, now: int) -> int:
        """Return the minutes of the fallback that are used (rule 6.5)."""
        return max(0, self.used + self.direction * (now - self.used_at))

    def time_left(self, now: int) -> int:
        """Return the minutes that the fallback can still be used."""
        limit = self.rule.fallback.duration if self.rule.fallback else 0
        return 1 if limit is None else limit - self.time_used(now)

    def count(self, now: int, direction: int) -> None:
        """Let the minutes of the fallback run, come back, or stand still."""
        self.used, self.used_at, self.direction = self.time_used(now), now, direction

    def switch_on(self) -> bool:
        """Stand up or fall back if that is possible now (rule 9.2); return whether anything came of it."""
        now, rule, came = self.city.now, self.rule, False
        if self.stopped and self.startable(now):
            since = now if self.startable_since is None else self.startable_since
            if now - since >= rule.lag:
                self.stopped, came = False, True
        if rule.fallback and not self.in_use and self.normal < rule.fallback.level and not self.used_up:
            since = now if self.below_since is None else self.below_since
            if (self.served or now - since >= rule.fallback.delay) and self.time_left(now) > 0:
                self.in_use, came = True, True
        if came:
            self.poke()
        return came

    def remember(self) -> None:
        """Step 3 of the minute: what the final levels mean for what is kept."""
        now = self.city.now
        if self.level != self.written:
            self.written = self.level
            self.city.changes.setdefault(self.rule.id, []).append((now, self.level))
        for need in self.needs:
            self.remember_buffer(need, now)
        self.remember_standing(now)
        if self.rule.backlog_percent:
            self.remember_backlog(now)
        if self.rule.fallback:
            self.remember_fallback(now)

    def remember_buffer(self, need: Need, now: int) -> None:
        """Rules 5.1 to 5.3."""
        offered = need.offered()
        if not need.rule.full or offered == need.input:
            return
        need.charge, need.charge_at, need.input = need.charge_now(now), now, offered
        self.cancel(need)
        if offered < 100 and need.charge:
            self.alarm(need, now - (-need.charge // (100 - offered)))

    def remember_standing(self, now: int) -> None:
        """Rules 8.1 and 8.2."""
        if not self.stopped:
            self.stopped = min(self.caps, default=100) == 0 or any(need.felt(now) == 0 for need in self.both)
            self.startable_since = None
        elif not self.startable(now):
            self.startable_since = None
            self.cancel("lag")
        elif self.startable_since is None:
            self.startable_since = now
            self.alarm("lag", now + self.rule.lag)

    def remember_backlog(self, now: int) -> None:
        """Rules 8.3 and 8.4."""
        if (self.normal == 0) == (self.out_since is not None):
            return
        self.backlog, self.backlog_at = self.backlog_now(now), now
        self.out_since = now if self.normal == 0 else None
        self.cancel("catch-up")
        if self.normal and self.backlog:
            self.alarm("catch-up", now + self.backlog)

    def remember_fallback(self, now: int) -> None:
        """Rules 6.2 to 6.5."""
        assert self.rule.fallback is not None
        if self.normal >= self.rule.fallback.level:
            if self.below_since is not None:
                self.count(now, -1)
            self.in_use = self.served = self.used_up = False
            self.below_since = None
            self.cancel("fallback")
            return
        if self.below_since is None:
            self.below_since = now
            self.count(now, 0)
            self.alarm("fallback", now + self.rule.fallback.delay)
        if self.in_use and self.time_left(now) <= 0:
            self.count(now, 0)
            self.in_use, self.used_up = False, True
        elif self.in_use and self.direction != 1:
            self.served = True
            self.count(now, 1)
            if self.rule.fallback.duration is not None:
                self.alarm("fallback", now + self.time_left(now))

    def alarm(self, what: object, minute: int) -> None:
        """Look again at *minute*, unless this is set anew or cancelled before."""
        if minute > self.city.now:
            timeout = self.timers[what] = self.city.env.timeout(minute - self.city.now)
            timeout.callbacks.append(lambda _: self.poke() if self.timers.get(what) is timeout else None)

    def cancel(self, what: object) -> None:
        """Forget an alarm."""
        self.timers.pop(what, None)


class NaiveCity:
    """One run of a city of processes."""

    def __init__(self, model: Model) -> None:
        self.env = simpy.Environment()
        self.model = model
        self.changes: dict[str, list[tuple[int, int]]] = {}
        self.parts = [Part(self, rule) for rule in model.parts]
        self.teams = {name: simpy.Resource(self.env, capacity=number) for name, number in model.teams.items()}
        self.awake: dict[Part, None] = {}
        self.minute_ends = self.env.event()
        for part in self.parts:
            part.connect()
        self.env.process(self.end_minutes())

    @property
    def now(self) -> int:
        """The minute."""
        return int(self.env.now)

    def fail(self, components: tuple[str, ...]) -> None:
        """Let *components* fail in minute 0, until repaired."""
        for name in sorted(components):
            self.env.process(self.outage(self.parts[self.model.index[name]]))

    def outage(self, part: Part) -> Process:
        """Damage, detection, a team, repair (rule 7)."""
        part.caps.append(0)
        part.poke()
        yield self.env.timeout(part.rule.detection.quantile(0))
        team = part.rule.repair.team
        assert team is not None
        with self.teams[team].request() as turn:
            yield turn
            yield self.env.timeout(max(1, part.rule.repair.duration.quantile(0)))
        part.caps.remove(0)
        part.poke()

    def woke(self, part: Part) -> None:
        """Note that *part* looked again this minute, which then needs an end."""
        if not self.awake:
            self.end_soon()
        self.awake[part] = None

    def end_soon(self) -> None:
        """End this minute after everything else that happens in it."""
        self.minute_ends._ok, self.minute_ends._value = True, None  # noqa: SLF001 - how SimPy schedules its own events
        self.env.schedule(self.minute_ends, LATE)

    def end_minutes(self) -> Process:
        """Switch on what may come back until nothing more does, then let everyone remember (rules 9.2 and 9.3)."""
        while True:
            yield self.minute_ends
            self.minute_ends = self.env.event()
            came = [part for part in self.awake if part.switch_on()]
            if came:
                self.end_soon()
                continue
            for part in self.awake:
                part.remember()
            self.awake.clear()


def run(model: Model, failing: tuple[str, ...], horizon: int) -> dict[str, tuple[tuple[int, int], ...]]:
    """Return the level changes of every component when *failing* fail in minute 0."""
    city = NaiveCity(model)
    city.fail(failing)
    city.env.run(until=horizon + 1)
    return {name: tuple(changes) for name, changes in city.changes.items()}
