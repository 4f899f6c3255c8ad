"""The same exercise with other decisions: replayed, and tried many times to say how sure the difference is.

Try by try both sides have the same luck and the same draw of the figures that nobody confirmed (rule 13), so that what
differs comes from the decisions alone. Positive is what the other decisions save. Residents times hours, whole numbers.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from city_model.schema import City
from resilience.analysis.city_plan import RESIDENT_HOUR, CityPlan, city_plan, totals_of
from resilience.analysis.executor import Executor, Progress, replications
from resilience.base.language import _
from resilience.exercise.evaluation.course import Course
from resilience.exercise.moment import refuse
from resilience.exercise.records import Decision
from resilience.exercise.running import orders_with
from resilience.simulation.model import compile_city
from scenarios.schema import Scenario

OUTSIDE_PER_CENT = 5
"""Of the differences on either side of the band, which is the middle 90 per cent of them."""
QUICK_TRIES = 40
"""While a room waits: with the compiled engine fifteen decisions of Utrecht then take some four seconds in all."""
QUICK_TRIES_PLAIN = 3
"""So many take some six seconds without it."""
Verdict = Literal["better", "worse", "same", "unknown"]
"""Whether it saves something: said only where the whole band says so."""
Losses = list[list[int]]
"""Per function, try by try: per cent-minutes times residents."""


@dataclass(frozen=True, slots=True)
class Band:
    """The middle 90 per cent of the differences, and the one in the middle; resident-hours saved."""

    low: int
    middle: int
    high: int

    @property
    def verdict(self) -> Verdict:
        """Whether it is better to have it; unknown where the band holds zero."""
        if self.low == self.high == 0:
            return "same"
        if self.low > 0:
            return "better"
        return "worse" if self.high < 0 else "unknown"

    @property
    def turned(self) -> "Band":
        """What leaving them out would cost, where this is what leaving them out saves; and the other way round."""
        return Band(-self.high, -self.middle, -self.low)


@dataclass(frozen=True)
class Paired:
    """What other decisions do in many tries, per function in the order of the city, and together."""

    tries: int
    functions: tuple[tuple[str, Band], ...]
    total: Band


def changed(decisions: Sequence[Decision], scenario: Scenario, changes: Mapping[str, str]) -> tuple[Decision, ...]:
    """Return *decisions* with other listed options taken, each at the moment at which it was decided.

    Raises InputError for a decision that was not taken, an option that there is not, or one that was taken anyway.
    """
    taken = {one.point: one for one in decisions if one.point is not None}
    for name, wanted in changes.items():
        if name not in taken:
            what = _("{decision} was not decided in this exercise", decision=name)
            refuse(what, _("use one of: {words}", words=", ".join(taken) or "-"))
        others = [one.id for one in scenario.decision_by_id[name].options if one.id != taken[name].option]
        if wanted == taken[name].option:
            refuse(_("{option} is what was decided", option=wanted), _("use one of: {words}", words=", ".join(others)))
        if wanted not in others:
            what = _("{decision} has no option {option}", decision=name, option=wanted)
            refuse(what, _("use one of: {words}", words=", ".join(others)))
    return tuple(_with_option(one, scenario, changes) for one in decisions)


def _with_option(decision: Decision, scenario: Scenario, changes: Mapping[str, str]) -> Decision:
    if decision.point is None or decision.point not in changes:
        return decision
    options = scenario.decision_by_id[decision.point].options
    option = next(one for one in options if one.id == changes[decision.point])
    return replace(decision, option=option.id, effects=option.effects)


def quick_tries() -> tuple[bool, int]:
    """Return whether the compiled engine is missing, and how many tries there is time for while a room waits."""
    from resilience.simulation.batch.compiled import IS_COMPILED  # noqa: PLC0415 - loading a compiler takes seconds

    return (False, QUICK_TRIES) if IS_COMPILED else (True, QUICK_TRIES_PLAIN)


def tried(
    played: Course,
    others: Sequence[Sequence[Decision]],
    tries: int,
    *,
    executor: Executor,
    progress: Progress = lambda _more: None,
) -> list[Paired | None]:
    """Return what each of *others* saves in so many tries of what was *played*; None where none was done.

    *progress* is told of ``tries`` for what was played and for each of *others*.
    """
    many = Tries(
        played.city, played.scenario, played.trace.seed, tries=tries,
        executor=executor, progress=progress, of=tries * (1 + len(others)),
    )  # fmt: skip
    base = many.losses(played.state.decisions)
    return [many.difference(base, many.losses(other)) for other in others]


class Tries:
    """Many tries of one exercise; what was played is done once, for every comparison with it."""

    def __init__(
        self, city: City, scenario: Scenario, seed: int,
        *, tries: int, executor: Executor, progress: Progress, of: int = 0,
    ) -> None:  # fmt: skip
        """Make ready for so many *tries* of each side; *of* is how many runs there will be in all."""
        self._scenario = scenario
        self._plan: CityPlan = city_plan(compile_city(city), (), scenario.horizon, seed=seed, uncertain=True)
        self._tries = replications(tries)
        self._executor = executor
        self._progress = progress
        self._of = of

    def losses(self, decisions: Sequence[Decision]) -> Losses:
        """Return what is lost with *decisions*; fewer tries where somebody asked to stop."""
        plan = self._plan.with_orders(orders_with(self._scenario, decisions))
        return plan.lost(self._executor.run_chunks(plan.plan, self._tries, progress=self._progress, of=self._of))

    def difference(self, played: Losses, other: Losses) -> Paired | None:
        """Return what *other* saves, over the tries that both sides did; None where that is none."""
        done = min(len(played[0]), len(other[0])) if played else 0
        if not done:
            return None
        rows = zip(self._plan.functions, played, other, strict=True)
        bands = tuple((name, _band(one[:done], two[:done])) for name, one, two in rows)
        return Paired(done, bands, _band(totals_of(played)[:done], totals_of(other)[:done]))


def _band(played: Sequence[int], other: Sequence[int]) -> Band:
    """Return the band of what *other* saves; the other way round it is the same with the signs turned."""
    saved = sorted(one - two for one, two in zip(played, other, strict=True))
    cut, half = len(saved) * OUTSIDE_PER_CENT // 100, (len(saved) - 1) // 2
    middle = saved[half] + saved[-1 - half]
    return Band(
        _toward_zero(saved[cut], RESIDENT_HOUR),
        _toward_zero(middle, 2 * RESIDENT_HOUR),
        _toward_zero(saved[-1 - cut], RESIDENT_HOUR),
    )


def _toward_zero(saved: int, divisor: int) -> int:
    return saved // divisor if saved >= 0 else -(-saved // divisor)
