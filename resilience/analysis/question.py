"""The most valuable next question: which figure that nobody confirmed moves the outcome most.

First all figures are drawn together in many runs, and each is asked how much of the spread goes with it: runs are put
into classes by the draw of that one figure, and the means of the classes laid side by side (a first-order effect).
As many draws that decide nothing are treated alike: what they seem to do is noise. Then the figures at the top are
tried on their own, low and high, with everything else as the map says and the same luck; so are those that runs do
not draw (``askable.py``). The answer is ordered by what that changed.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from city_model.effects import Damage, Infect
from resilience.analysis.askable import WORKS, Askable, WorkKind, other_askables, with_answer
from resilience.analysis.city_plan import RESIDENT_HOUR, CityPlan
from resilience.analysis.distributions import Z_95, standard_error
from resilience.analysis.draw_words import owner_of
from resilience.analysis.draws import Draw, draws_of, nothing
from resilience.analysis.executor import Executor, Progress
from resilience.analysis.jobs import is_rebuild, jobs_of
from resilience.simulation.luck import BITS
from resilience.simulation.many import Run, trace_of
from resilience.simulation.trace import What
from resilience.simulation.uncertain import RANGES, Uncertain

CLASSES_BITS = 3
CLASSES = 1 << CLASSES_BITS
"""Into how many classes of equal chance the draws of a figure are put."""
TRIED = 20
"""How many of the figures that stand out are tried on their own."""
FEWEST_RUNS = 10 * CLASSES
"""Runs below which nothing is said about single figures."""
TRIES_SHARE = 20
FEWEST_TRIES = 20
"""Replications of a try: one in TRIES_SHARE of the runs, and at least so many."""
WORST = 10
"""How many single failures are looked at where there is no scenario."""
LOOKED_AT = 5
"""Runs in which is looked who repairs what."""
THOUSAND = 1000


class Share(NamedTuple):
    """How much of the spread of outcomes goes with one figure."""

    figure: Uncertain
    thousandths: int
    """Of the variance, corrected for what chance gives to any draw; at least 0."""


@dataclass(frozen=True)
class Tried:
    """One figure, low and high, with everything else as the map says; losses per cent-minutes times residents."""

    askable: Askable
    share: int | None
    """Thousandths of the spread that go with it; None: runs do not draw it."""
    low: int
    """The mean loss with its low end."""
    high: int
    half_width: int
    """How far the true difference between both can be from the one shown."""

    def swing(self, present: int) -> int:
        """Return how far apart its answers leave the outcome, the present value included."""
        outcomes = (self.low, present, self.high)
        return max(outcomes) - min(outcomes)


@dataclass(frozen=True)
class Questions:
    """What to ask, the most valuable first."""

    runs: int
    asked_runs: int
    tries: int
    """In how many replications each figure was tried."""
    seed: int
    failures: tuple[str, ...]
    """The components whose failure was looked at; none where there was a scenario."""
    present: int
    """The mean loss with everything as the map says; -1 where nothing was tried."""
    noise: int
    """The largest share, in thousandths, among as many draws that decide nothing."""
    drawn: int
    """How many figures could matter and were drawn."""
    shares: tuple[Share, ...]
    """The figures that stand out most, the first first."""
    tried: tuple[Tried, ...]
    """Ordered by what they change."""
    untried: int
    """How many were not tried any more because somebody asked to stop."""

    def to_json(self) -> dict[str, object]:
        """Return a JSON value; losses in whole resident-hours."""
        return {
            "runs": self.runs,
            "runs_asked": self.asked_runs,
            "replications_per_try": self.tries,
            "seed": self.seed,
            "failures": list(self.failures),
            "ranges_are_conventions": {name: list(ends) for name, ends in RANGES.items()},
            "lost_now": self.present // RESIDENT_HOUR if self.tried else None,
            "figures_drawn": self.drawn,
            "noise_thousandths": self.noise,
            "shares": [{"figure": one.figure.subject, "thousandths": one.thousandths} for one in self.shares],
            "questions": [
                {
                    "about": one.askable.key,
                    "low": one.askable.low,
                    "present": one.askable.present,
                    "high": one.askable.high,
                    "confidence": one.askable.confidence,
                    "lost_when_low": one.low // RESIDENT_HOUR,
                    "lost_when_high": one.high // RESIDENT_HOUR,
                    "changes": one.swing(self.present) // RESIDENT_HOUR,
                    "half_width": -(-one.half_width // RESIDENT_HOUR),
                    "share_thousandths": one.share,
                }
                for one in self.tried
            ],
            "untried": self.untried,
        }


def tries_of(runs: int) -> int:
    """Return in how many replications each figure is tried."""
    return max(FEWEST_TRIES, runs // TRIES_SHARE)


def questions(
    plan: CityPlan, runs: int, executor: Executor, *, failures: Sequence[str] = (), progress: Progress | None = None
) -> Questions | None:
    """Return what to ask about *plan*, or about the failure of each of *failures* where it has no orders.

    *plan* draws its figures. None where somebody asked to stop before there was anything to say.
    """
    cases: list[tuple[str, ...]] = [(name,) for name in failures] or [()]
    each = -(-runs // len(cases))
    done = [Run(replication, failed) for replication in range(each) for failed in cases]
    tally = executor.run_chunks(plan.plan, done, progress=progress)
    if tally.runs < FEWEST_RUNS:
        return None
    figures = [draw for draw in draws_of(plan.plan, failures) if draw.figure is not None]
    outcomes = _without_case(plan.totals(tally), len(cases))
    replications = [run.replication for run in done[: tally.runs]]
    shares, noise = _shares(plan.plan.seed, figures, outcomes, replications)
    candidates = [
        *((_askable(plan, share.figure), share.thousandths) for share in shares[:TRIED]),
        *((one, None) for one in _others(plan, cases)),
    ]
    tries = [Run(replication, failed) for replication in range(tries_of(runs)) for failed in cases]
    present, tried = _try_all(plan.as_the_map_says(), candidates, tries, executor, progress)
    return Questions(
        runs=tally.runs,
        asked_runs=len(done),
        tries=tries_of(runs),
        seed=plan.plan.seed,
        failures=tuple(failures),
        present=present,
        noise=noise,
        drawn=len(figures),
        shares=tuple(shares[:TRIED]),
        tried=tuple(sorted(tried, key=lambda one: (-one.swing(present), one.askable.key))),
        untried=len(candidates) - len(tried),
    )


def number_of_runs(plan: CityPlan, runs: int, failures: Sequence[str] = ()) -> int:
    """Return about how many runs questions makes, for a progress bar."""
    cases: list[tuple[str, ...]] = [(name,) for name in failures] or [()]
    others = len(_others(plan, cases))
    return -(-runs // len(cases)) * len(cases) + (2 * (TRIED + others) + 1) * tries_of(runs) * len(cases)


def _without_case(totals: Sequence[int], cases: int) -> list[int]:
    """Return what each run loses more than its case does on average: which failure it was is no question."""
    means = []
    for case in range(cases):
        mine = totals[case::cases]
        means.append(sum(mine) // max(1, len(mine)))
    return [total - means[place % cases] for place, total in enumerate(totals)]


def _shares(
    seed: int, figures: Sequence[Draw], outcomes: Sequence[int], replications: Sequence[int]
) -> tuple[list[Share], int]:
    """Return the shares of the *figures*, the largest first, and the largest of draws that decide nothing."""
    idle = nothing(len(figures))
    noise = max((_share(seed, draw, outcomes, replications) for draw in idle), default=0)
    found = [Share(draw.figure, _share(seed, draw, outcomes, replications)) for draw in figures if draw.figure]
    found.sort(key=lambda one: (-one.thousandths, one.figure.subject))
    return found, noise


def _share(seed: int, draw: Draw, outcomes: Sequence[int], replications: Sequence[int]) -> int:
    """Return which part of the variance of *outcomes* lies between the classes of one draw, in thousandths.

    Corrected for chance (epsilon squared): a draw that decides nothing gives 0 on average.
    """
    counts, sums = [0] * CLASSES, [0] * CLASSES
    place = {}
    for outcome, replication in zip(outcomes, replications, strict=True):
        if replication not in place:
            place[replication] = draw.of(seed, replication) >> (BITS - CLASSES_BITS)
        counts[place[replication]] += 1
        sums[place[replication]] += outcome
    number, total = len(outcomes), sum(outcomes)
    filled = [(count, one) for count, one in zip(counts, sums, strict=True) if count]
    between = sum(one * one / count for count, one in filled) - total * total / number
    whole = sum(outcome * outcome for outcome in outcomes) - total * total / number
    degrees = len(filled) - 1
    if whole <= 0 or number <= len(filled):
        return 0
    within = (whole - between) / (number - len(filled))
    return max(0, round(THOUSAND * (between - degrees * within) / whole))


def _askable(plan: CityPlan, figure: Uncertain) -> Askable:
    owner = owner_of(plan.plan.model, figure)
    return Askable(figure.subject, "figure", owner, figure.low, figure.likely, figure.high, figure.confidence, figure)


def _others(plan: CityPlan, cases: Sequence[tuple[str, ...]]) -> tuple[Askable, ...]:
    """Return what could be asked about the work of a few runs, those with the first luck."""
    model, orders = plan.plan.model, plan.plan.orders
    works: set[tuple[WorkKind, str]] = set()
    teams: set[str] = set()
    runs = [Run(replication, failed) for failed in cases for replication in range(LOOKED_AT if failed == () else 1)]
    for run in runs:
        trace = trace_of(plan.plan, run)
        teams |= {str(record.value) for record in trace.with_what(What.JOB_WAITS) if record.value}
        for component, jobs in jobs_of(trace).items():
            kinds = {"rebuild" if is_rebuild(model, component, job) else "repair" for job in jobs}
            works |= {("detection", component), *((kind, component) for kind in WORKS if kind in kinds)}
    effects = [effect for order in orders for effect in order.effects]
    destroys = any(isinstance(effect, Damage | Infect) and effect.destroys_data for effect in effects)
    spreads = any(isinstance(effect, Infect) for effect in effects)
    return other_askables(model, works, teams, backups=destroys, paths=spreads)


def _try_all(
    plan: CityPlan,
    candidates: Sequence[tuple[Askable, int | None]],
    runs: Sequence[Run],
    executor: Executor,
    progress: Progress | None,
) -> tuple[int, list[Tried]]:
    """Return the mean loss as the map is, and with each candidate low and high, as far as nobody asked to stop."""

    def lost(changed: CityPlan) -> list[int] | None:
        tally = executor.run_chunks(changed.plan, runs, progress=progress, of=2 * len(runs) * len(candidates))
        return None if tally.runs < len(runs) else changed.totals(tally)

    base = lost(plan)
    if base is None:
        return -1, []
    found: list[Tried] = []
    for askable, share in candidates:
        ends = []
        for value in (askable.low, askable.high):
            same = value == askable.present
            ends.append(base if same else lost(plan.with_model(with_answer(plan.plan.model, askable, value))))
        low, high = ends
        if low is None or high is None:
            break
        apart = [one - other for one, other in zip(high, low, strict=True)]
        found.append(Tried(askable, share, _mean(low), _mean(high), round(Z_95 * standard_error(apart))))
    return _mean(base), found


def _mean(values: Sequence[int]) -> int:
    return round(sum(values) / len(values))


def worst_failures(plan: CityPlan, executor: Executor, *, progress: Progress | None = None) -> tuple[str, ...]:
    """Return the components whose failure alone costs residents most, with the figures as the map says."""
    names = [component.id for component in plan.city.components if component.kind != "function"]
    fixed = plan.as_the_map_says()
    tally = executor.run_chunks(fixed.plan, [Run(failed=(name,)) for name in names], progress=progress)
    lost = fixed.totals(tally)
    worst = sorted(range(len(lost)), key=lambda place: (-lost[place], names[place]))
    return tuple(names[place] for place in worst[:WORST] if lost[place])
