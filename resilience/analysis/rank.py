"""The weak points of a city, what hurts residents most first: every one is run, and judged by what the run shows."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import NamedTuple

from city_model.accepted import Acceptance, Judged
from city_model.finding import CHECKS, RANK_CHECKS, SEVERITIES, Check, Finding
from city_model.schema import City
from resilience.analysis.black_start import bare
from resilience.analysis.city_plan import RESIDENT_HOUR, city_plan
from resilience.analysis.closure import chain_of, single_levels
from resilience.analysis.executor import Executor, Here, Progress, Stop
from resilience.analysis.felt import Failed, Felt, felt
from resilience.analysis.outlook import DEFAULT_HORIZON
from resilience.analysis.weak_points import Suspect, busiest, concentrations, known_findings, single_points
from resilience.simulation.many import Run, trace_of
from resilience.simulation.metrics import minimum_level_of, residents_of
from resilience.simulation.model import Model, compile_city
from resilience.simulation.trace import Trace

HERE, NEVER = Here(), Stop()
LIKE_ITS_WORST = 110
"""Per cent of the loss of its worst component alone up to which failing together adds nothing to it."""


@dataclass(frozen=True)
class WeakPoint:
    """A finding with what residents feel of it."""

    finding: Finding
    felt: Felt

    def to_json(self) -> dict[str, object]:
        """Return a JSON value."""
        return {
            **self.finding.to_json(),
            "failed": list(self.felt.failed),
            "path": list(self.felt.path),
            "functions": [hit.to_json() for hit in self.felt.hits],
            "residents": self.felt.residents,
            "vulnerable": self.felt.vulnerable,
            "lost_resident_hours": self.felt.lost // RESIDENT_HOUR,
            "confidence": self.felt.confidence,
            "assumed": self.felt.assumed,
        }


@dataclass(frozen=True)
class Ranking:
    """The weak points of a city, with what was decided about them."""

    city: City
    horizon: int
    seed: int
    points: tuple[WeakPoint, ...]
    """What hurts most first."""
    decided: tuple[Judged, ...]
    """Beside each of *points*, what was decided about it."""
    unused: tuple[Acceptance, ...] = ()
    """Accepted, and not found (any more)."""
    checks: tuple[Check, ...] = ()
    """The kinds that were asked for; none: all."""
    left: int = 0
    """How many suspects were not looked at any more because somebody asked to stop: the lightest."""

    @property
    def shown(self) -> tuple[tuple[WeakPoint, Judged], ...]:
        """The weak points of the kinds that were asked for; what is accepted stands last."""
        pairs = zip(self.points, self.decided, strict=True)
        chosen = [pair for pair in pairs if not self.checks or pair[0].finding.check in self.checks]
        return tuple(sorted(chosen, key=lambda pair: pair[1].status == "accepted"))

    def to_json(self) -> dict[str, object]:
        """Return a JSON value."""
        return {
            "city": self.city.id,
            "horizon": self.horizon,
            "seed": self.seed,
            "not_looked_at": self.left,
            "weak_points": [{**decided.to_json(), **point.to_json()} for point, decided in self.shown],
            "accepted_and_not_found": [one.model_dump(mode="json") for one in self.unused],
        }


class Found(NamedTuple):
    """What rank found."""

    points: tuple[WeakPoint, ...]
    left: int
    """How many suspects were not looked at any more."""


def steps(city: City) -> int:
    """Return about how many steps rank tells of."""
    return 2 * len(city.components)


def rank(
    city: City,
    *,
    horizon: int = DEFAULT_HORIZON,
    seed: int = 0,
    executor: Executor = HERE,
    stop: Stop = NEVER,
    done: Progress = lambda _steps: None,
) -> Found | None:
    """Return every weak point of *city*; None when somebody asked to *stop* before anything could be compared.

    Who stops it later has the heaviest: suspects are looked at in the order of what their failure takes. First comes
    what takes city functions down for longer than can be borne, then what takes them down, then the rest; within
    these by what residents lose in *horizon* minutes.
    """
    bench = _Bench(city, compile_city(city), horizon, seed, executor, done)
    if not bench.run([(component.id,) for component in city.components]):
        return None
    suspects = [*single_points(city, _cut(bench)), *concentrations(city), *busiest(city)]
    suspects += known_findings(city, bench.worst)
    if not bench.run([suspect.failed for suspect in suspects]):
        return None
    found = []
    suspects.sort(key=lambda suspect: bench.weight(suspect.failed), reverse=True)
    left = len(suspects)
    for suspect in suspects:
        if stop.asked:
            break
        left -= 1
        if suspect.certain or bench.is_weak(suspect.failed):
            seen = bench.felt(suspect)
            found.append(WeakPoint(suspect.finding(seen), seen))
    return Found(tuple(sorted(found, key=_weight)), left)


def weighed_findings(city: City, done: Progress = lambda _steps: None) -> tuple[Finding, ...]:
    """Return the findings that need a run of every component, the worst first; the others need none."""
    found = rank(city, done=done)
    assert found is not None  # noqa: S101 - nobody can ask to stop
    return tuple(point.finding for point in found.points if point.finding.check in RANK_CHECKS)


def _weight(point: WeakPoint) -> tuple[object, ...]:
    """Order weak points: the worst first."""
    seen, finding = point.felt, point.finding
    kind = (finding.severity == "info", not seen.breached, not seen.down, -seen.lost)
    return (*kind, SEVERITIES.index(finding.severity), CHECKS.index(finding.check), finding.place)


class _Bench:
    """Lets sets of components fail, each set once: all of them in numbers, those that count with their whole trace."""

    def __init__(self, city: City, model: Model, horizon: int, seed: int, executor: Executor, done: Progress) -> None:
        self.city, self.model = city, model
        self.functions = city.functions
        self._plan = city_plan(model, (), horizon, seed=seed).plan
        self._executor, self._done = executor, done
        self._effects: dict[Failed, _Effect] = {}
        self._felt: dict[Failed, Felt] = {}
        self._traces: dict[Failed, Trace] = {}

    def run(self, sets: Iterable[Failed]) -> bool:
        """Let each of *sets* fail that did not yet; returns whether all of them did."""
        waiting = [failed for failed in dict.fromkeys(sets) if failed not in self._effects]
        tally = self._executor.run_chunks(self._plan, [Run(failed=failed) for failed in waiting], progress=self._done)
        if tally.runs < len(waiting):
            return False
        lost = [[residents_of(one) * lost for lost in tally.of("lost", one.id)] for one in self.functions]
        down = [[low < minimum_level_of(one) for low in tally.of("lowest", one.id)] for one in self.functions]
        for place, failed in enumerate(waiting):
            self._effects[failed] = _Effect(
                sum(row[place] for row in lost),
                frozenset(one.id for one, row in zip(self.functions, down, strict=True) if row[place]),
            )
        return True

    def worst(self, components: Iterable[str]) -> str:
        """Return which of *components*, failing alone, takes most from residents."""
        return max(sorted(components), key=lambda name: self._effects[name,].lost)

    def weight(self, failed: Failed) -> tuple[int, int]:
        """Return how much *failed* takes: functions that go down, and what residents lose."""
        effect = self._effects[failed]
        return len(effect.down), effect.lost

    def is_weak(self, failed: Failed) -> bool:
        """Return whether a function goes down, and not just because one of several components fails."""
        effect = self._effects[failed]
        if not effect.down or len(failed) == 1:
            return bool(effect.down)
        alone = self._effects[self.worst(failed),]
        more = effect.lost * 100 > alone.lost * LIKE_ITS_WORST
        return more or all(effect.down > self._effects[name,].down for name in failed)

    def felt(self, suspect: Suspect) -> Felt:
        """Return what residents feel of *suspect*."""
        failed = suspect.failed
        if suspect.mend is None:
            return self._of_failure(failed)
        mended = trace_of(replace(self._plan, model=suspect.mend(self.model)), Run(failed=failed))
        self._done(1)
        return felt(self.city, self._trace(failed), failed, mended=mended, by_way_of=suspect.by_way_of)

    def _of_failure(self, failed: Failed) -> Felt:
        """Return what residents feel; where that is nothing, with the way that buffers and fallbacks close.

        Of several that fail together the way is that of the one that weighs most, where that one alone is felt.
        """
        if failed not in self._felt:
            seen = felt(self.city, self._trace(failed), failed)
            if len(failed) > 1:
                way = self._of_failure((self.worst(failed),))
                if way.hits:
                    seen = replace(seen, path=way.path, confidence=way.confidence, assumed=way.assumed)
            elif not seen.hits:
                open_way = replace(self._plan, model=bare(self.model), horizon=1)
                way = felt(self.city, trace_of(open_way, Run(failed=failed)), failed)
                seen = replace(seen, path=way.path, confidence=way.confidence, assumed=way.assumed)
            self._felt[failed] = seen
            self._done(1)
        return self._felt[failed]

    def _trace(self, failed: Failed) -> Trace:
        if failed not in self._traces:
            self._traces[failed] = trace_of(self._plan, Run(failed=failed))
        return self._traces[failed]


@dataclass(frozen=True)
class _Effect:
    """What the failure of a set takes."""

    lost: int
    """From all functions together, in per cent-minutes times residents."""
    down: frozenset[str]
    """The functions that go below their minimum level."""


def _cut(bench: _Bench) -> dict[str, tuple[str, ...]]:
    """Return per component the functions that its loss takes down when nothing holds them up: cut sets of order one."""
    chain, index = chain_of(bench.model), bench.model.index
    names = [component.id for component in bench.city.components if component.kind != "function"]
    functions = bench.functions
    levels = single_levels(chain, [index[name] for name in names], [index[one.id] for one in functions])
    rows = [levels[start : start + len(functions)] for start in range(0, len(levels), len(functions) or 1)]
    return {
        name: tuple(one.id for one, level in zip(functions, row, strict=True) if level < minimum_level_of(one))
        for name, row in zip(names, rows, strict=True)
    }
