"""The runs that make the tail, and why: what luck did to them all, and how the worst differ from the middle run.

Two answers, from rough to exact. First what was drawn otherwise in the whole tail than in all runs (Monte Carlo
filtering, after Spear and Hornberger), named only where it stands out from draws that decide nothing. Then the worst
runs themselves, done once more with their trace and laid beside the run in the middle.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt
from typing import Literal, NamedTuple

from resilience.analysis.city_plan import RESIDENT_HOUR, CityPlan, totals_of
from resilience.analysis.draws import Draw, draws_of, nothing
from resilience.analysis.jobs import Job, is_rebuild, jobs_of
from resilience.simulation.luck import SCALE
from resilience.simulation.many import Run, trace_of
from resilience.simulation.model import Model
from resilience.simulation.trace import Trace, What
from resilience.simulation.uncertain import Uncertain, drawn

TAIL_PER_CENT = 5
"""Which share of the runs is the tail."""
SHOWN_RUNS = 3
"""How many of the worst are laid beside the middle run."""
MOST_FACTORS = 8
MOST_OF_A_KIND = 2
"""Differences of one kind that are named for one run."""
FEWEST_RUNS = 5
"""A tail of fewer runs says nothing about what they have in common."""
FEWEST_IDLE = 400
"""Draws that decide nothing, at least; as many as there are draws that decide something."""
EXTREME = 10
"""Per cent at either end of its range in which a figure counts as drawn low or high."""
WORTH_TELLING = 30
"""Minutes below which a repair that took longer explains nothing."""

DifferenceKind = Literal["foothold", "hit", "backup", "rebuild", "repair", "wait", "fallback", "figure"]


class Factor(NamedTuple):
    """Something that was drawn otherwise in the tail than in all runs."""

    draw: Draw
    place: int
    """Where it was drawn on average in the tail, in per cent of its range of luck; in all runs that is 50."""
    strength: float
    """How many standard errors that is from 50."""
    value: int | None
    """Of a figure: its mean value in the tail."""


class Difference(NamedTuple):
    """One way in which a run differs from the middle run; minutes, or the value of a figure."""

    kind: DifferenceKind
    subject: str
    here: int | None
    middle: int | None
    figure: Uncertain | None = None


class Excess(NamedTuple):
    """What a function lost more than in the middle run."""

    function: str
    more: int


@dataclass(frozen=True)
class TailRun:
    """One of the worst runs beside the middle one."""

    replication: int
    total: int
    excess: tuple[Excess, ...]
    """The most first; only what is more."""
    differences: tuple[Difference, ...]


@dataclass(frozen=True)
class Tail:
    """The worst runs."""

    size: int
    begins_at: int
    """The total loss from which on a run belongs to the tail."""
    share: int
    """Which per cent of all that is lost in all runs is lost in the tail."""
    middle: int
    """The replication whose total loss is the median."""
    middle_total: int
    factors: tuple[Factor, ...]
    noise: float
    """The largest strength among as many draws that decide nothing."""
    worst: tuple[TailRun, ...]

    def to_json(self) -> dict[str, object]:
        """Return a JSON value; losses in whole resident-hours, times in minutes."""
        return {
            "runs": self.size,
            "begins_at": self.begins_at // RESIDENT_HOUR,
            "share_of_all_loss_per_cent": self.share,
            "middle_run": {"replication": self.middle, "lost": self.middle_total // RESIDENT_HOUR},
            "noise": self.noise,
            "factors": [
                {
                    "subject": factor.draw.subject,
                    "purpose": factor.draw.purpose.name.lower(),
                    "average_place_per_cent": factor.place,
                    "standard_errors": factor.strength,
                    "average_value": factor.value,
                    "value_in_map": factor.draw.figure.likely if factor.draw.figure else None,
                }
                for factor in self.factors
            ],
            "worst": [
                {
                    "replication": run.replication,
                    "lost": run.total // RESIDENT_HOUR,
                    "more": {one.function: one.more // RESIDENT_HOUR for one in run.excess},
                    "differences": [
                        {"kind": one.kind, "subject": one.subject, "here": one.here, "middle": one.middle}
                        for one in run.differences
                    ],
                }
                for run in self.worst
            ],
        }


def tail_of(plan: CityPlan, lost: Sequence[Sequence[int]]) -> Tail:
    """Return the tail of runs 0, 1, 2, … of *plan*, given what each function *lost* in them."""
    totals = totals_of(lost)
    ordered = sorted(range(len(totals)), key=lambda run: (totals[run], run))
    size = max(1, len(totals) * TAIL_PER_CENT // 100)
    tail = ordered[-size:]
    middle = ordered[(len(ordered) - 1) // 2]
    factors, noise = _factors(plan, tail)
    standard = trace_of(plan.plan, Run(middle))
    worst = [run for run in reversed(tail) if totals[run] > totals[middle]][:SHOWN_RUNS]
    return Tail(
        size=size,
        begins_at=totals[tail[0]],
        share=100 * sum(totals[run] for run in tail) // max(1, sum(totals)),
        middle=middle,
        middle_total=totals[middle],
        factors=factors,
        noise=noise,
        worst=tuple(_compare(plan, lost, run, middle, standard, factors) for run in worst),
    )


def _factors(plan: CityPlan, tail: Sequence[int]) -> tuple[tuple[Factor, ...], float]:
    """Return what stands out in the tail, the clearest first, and above which strength that is."""
    if len(tail) < FEWEST_RUNS:
        return (), 0.0
    draws = draws_of(plan.plan)
    idle = nothing(max(FEWEST_IDLE, len(draws)))
    noise = max(abs(_strength(_mean(plan, draw, tail), len(tail))) for draw in idle)
    found = []
    for draw in draws:
        mean = _mean(plan, draw, tail)
        strength = _strength(mean, len(tail))
        if abs(strength) > noise:
            value = None
            if draw.figure is not None:
                figure = draw.figure
                value = round(sum(drawn(figure, plan.plan.seed, run) for run in tail) / len(tail))
            found.append(Factor(draw, round(100 * mean), round(strength, 2), value))
    found.sort(key=lambda factor: (-abs(factor.strength), factor.draw.subject, factor.draw.purpose))
    return tuple(found[:MOST_FACTORS]), round(noise, 2)


def _mean(plan: CityPlan, draw: Draw, tail: Sequence[int]) -> float:
    return sum(draw.of(plan.plan.seed, run) for run in tail) / len(tail) / SCALE


def _strength(mean: float, runs: int) -> float:
    """Return how many standard errors the mean of uniform draws is from a half."""
    return (mean - 0.5) * sqrt(12 * runs)


def _compare(
    plan: CityPlan, lost: Sequence[Sequence[int]], run: int, middle: int, standard: Trace, factors: Sequence[Factor]
) -> TailRun:
    more = [Excess(name, row[run] - row[middle]) for name, row in zip(plan.functions, lost, strict=True)]
    differences = [
        *_of_traces(plan.plan.model, trace_of(plan.plan, Run(run)), standard),
        *_of_figures(plan, run, factors),
    ]
    kept: list[Difference] = []
    for difference in differences:
        if sum(one.kind == difference.kind for one in kept) < MOST_OF_A_KIND:
            kept.append(difference)
    return TailRun(
        replication=run,
        total=sum(row[run] for row in lost),
        excess=tuple(sorted((one for one in more if one.more > 0), key=lambda one: (-one.more, one.function))),
        differences=tuple(kept),
    )


def _of_traces(model: Model, here: Trace, middle: Trace) -> list[Difference]:
    """Return what happened in one run and not in the other, and which repairs were ready later."""
    found = []
    kinds: tuple[tuple[DifferenceKind, What], ...] = (
        ("foothold", What.FOOTHOLD),
        ("hit", What.DAMAGE),
        ("backup", What.BACKUP_LOST),
    )
    for kind, what in kinds:
        found += [Difference(kind, subject, minute, None) for subject, minute in _only(here, middle, what)]
    found += _of_jobs(model, jobs_of(here), jobs_of(middle))
    found += [
        Difference("fallback", subject, minute, None) for subject, minute in _only(here, middle, What.FALLBACK_USED_UP)
    ]
    return found


def _only(here: Trace, middle: Trace, what: What) -> list[tuple[str, int]]:
    """Return the subjects, each with its first minute, to which this happened here and not there."""
    there = {record.subject for record in middle.with_what(what)}
    first: dict[str, int] = {}
    for record in here.with_what(what):
        if record.subject not in there:
            first.setdefault(record.subject, record.minute)
    return sorted(first.items(), key=lambda row: (row[1], row[0]))


def _of_jobs(model: Model, here: dict[str, tuple[Job, ...]], middle: dict[str, tuple[Job, ...]]) -> list[Difference]:
    """Return the components whose last repair was ready later than in the middle run, the latest first, and why."""
    later = []
    for subject in here.keys() & middle.keys():
        job, other = here[subject][-1], middle[subject][-1]
        if job.ready - other.ready < WORTH_TELLING:
            continue
        if job.works - other.works >= job.waited - other.waited:
            kind: DifferenceKind = "rebuild" if is_rebuild(model, subject, job) else "repair"
            found = Difference(kind, subject, job.works, other.works)
        else:
            found = Difference("wait", subject, job.waited, other.waited)
        later.append((job.ready - other.ready, found))
    later.sort(key=lambda row: (-row[0], row[1].subject))
    return [found for _late, found in later]


def _of_figures(plan: CityPlan, run: int, factors: Sequence[Factor]) -> list[Difference]:
    """Return the figures that stand out in the tail and were drawn far out in this run, on the same side."""
    found = []
    for factor in factors:
        figure = factor.draw.figure
        if figure is None:
            continue
        u = 100 * factor.draw.of(plan.plan.seed, run) // SCALE
        if (u < EXTREME) if factor.place < 50 else (u >= 100 - EXTREME):
            value = drawn(figure, plan.plan.seed, run)
            found.append(Difference("figure", figure.subject, value, figure.likely, figure))
    return found
