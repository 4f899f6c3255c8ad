"""What measures do, by simulation with common random numbers: every variant of a run has the same luck.

A measure's effects hold from minute 0, before anything happens. What it saves is the loss without it less the loss
with it, replication by replication; so a measure that changes nothing saves exactly nothing.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from city_model.schema import City, Measure
from city_model.values import CountFigure
from resilience.analysis.city_plan import CityPlan, totals_of
from resilience.analysis.distributions import Z_95, standard_error
from resilience.analysis.executor import Executor, Progress
from resilience.simulation.many import Run
from resilience.simulation.orders import Order

ROUNDS = 4
"""In how many rounds the measures are run, so that whoever stops has all of them in some of the runs."""


@dataclass(frozen=True)
class Cost:
    """What a measure costs in euros over some years; None: unknown, which is never 0."""

    once: int | None
    yearly: int | None
    years: int

    @property
    def total(self) -> int | None:
        """The costs over the years; None where a part of them is unknown."""
        if self.once is None or self.yearly is None:
            return None
        return self.once + self.years * self.yearly

    @property
    def known(self) -> int:
        """What is known of it."""
        return (self.once or 0) + self.years * (self.yearly or 0)


@dataclass(frozen=True)
class Losses:
    """What one variant loses per function and replication, all scenarios together; per cent-minutes times residents."""

    by_function: tuple[tuple[int, ...], ...]

    @property
    def totals(self) -> list[int]:
        """The loss of all functions together, replication by replication."""
        return totals_of(self.by_function)

    @property
    def mean(self) -> int:
        """The mean loss."""
        totals = self.totals
        return round(sum(totals) / len(totals))

    @property
    def means(self) -> tuple[int, ...]:
        """The mean loss per function."""
        return tuple(round(sum(row) / len(row)) for row in self.by_function)


@dataclass(frozen=True)
class Saving:
    """What a measure, or a portfolio of them, saves."""

    losses: Losses
    base: Losses

    @property
    def rows(self) -> list[int]:
        """What it saves, replication by replication."""
        return [before - after for before, after in zip(self.base.totals, self.losses.totals, strict=True)]

    @property
    def mean(self) -> int:
        """The mean of that."""
        rows = self.rows
        return round(sum(rows) / len(rows))

    @property
    def half_width(self) -> int:
        """How far the true mean can be from it, with 95 per cent certainty."""
        return round(Z_95 * standard_error(self.rows))

    @property
    def by_function(self) -> tuple[int, ...]:
        """The mean per function; negative where it costs residents."""
        return tuple(before - after for before, after in zip(self.base.means, self.losses.means, strict=True))

    @property
    def does_nothing(self) -> bool:
        """Whether no run differs in any function."""
        return self.losses == self.base

    @property
    def stands_out(self) -> bool:
        """Whether it saves more than chance could make of it."""
        return self.mean > self.half_width


class Trials:
    """Runs variants of the same scenarios, each once."""

    def __init__(self, plans: Sequence[CityPlan], executor: Executor, runs: int) -> None:
        self.plans = tuple(plans)
        self.runs = self._asked = runs
        self.count = 0
        """How many variants were run in all replications."""
        self.progress: Progress | None = None
        self._executor = executor
        self._measures = {measure.id: measure for measure in self.city.measures}
        self._known: dict[frozenset[str], Losses] = {}

    @property
    def city(self) -> City:
        """The map."""
        return self.plans[0].city

    @property
    def in_all(self) -> int:
        """About how many runs it takes to judge every measure and to look for the best together."""
        return self._asked * len(self.plans) * (1 + 4 * len(self._measures))

    def run_rounds(self, variants: Sequence[frozenset[str]]) -> bool:
        """Run every variant, in rounds; return whether there is anything to go on with.

        Where somebody asks to stop, *runs* becomes the replications that all variants have.
        """
        rows: dict[frozenset[str], list[tuple[tuple[int, ...], ...]]] = {variant: [] for variant in variants}
        done = 0
        size = -(-self.runs // ROUNDS)
        while done < self.runs:
            replications = range(done, min(self.runs, done + size))
            found = {}
            for variant in variants:
                losses = self._lost(variant, replications)
                if losses is None:
                    break
                found[variant] = losses
            if len(found) < len(variants):
                break
            for variant, losses in found.items():
                rows[variant].append(losses.by_function)
            done += len(replications)
        self.runs = done
        for variant, parts in rows.items():
            joined = tuple(tuple(one for row in rows_of for one in row) for rows_of in zip(*parts, strict=True))
            self._known[variant] = Losses(joined)
        self.count = len(variants)
        return done > 0

    def losses(self, variant: Iterable[str]) -> Losses | None:
        """Return what the city loses with these measures; None where somebody asked to stop."""
        asked = frozenset(variant)
        if asked not in self._known:
            found = self._lost(asked, range(self.runs))
            if found is None:
                return None
            self._known[asked] = found
            self.count += 1
        return self._known[asked]

    def saving(self, variant: Iterable[str]) -> Saving | None:
        """Return what these measures save; None where somebody asked to stop."""
        losses = self.losses(variant)
        return None if losses is None else Saving(losses, self._known[frozenset()])

    def _lost(self, variant: frozenset[str], replications: range) -> Losses | None:
        together: list[list[int]] = [[0] * len(replications) for _function in self.plans[0].functions]
        taken = [measure_order(self._measures[name]) for name in self._measures if name in variant]
        runs = [Run(replication) for replication in replications]
        for plan in self.plans:
            changed = plan.with_orders((*taken, *plan.plan.orders))
            tally = self._executor.run_chunks(changed.plan, runs, progress=self.progress, of=self.in_all)
            if tally.runs < len(runs):
                return None
            for row, lost in zip(together, changed.lost(tally), strict=True):
                for place, one in enumerate(lost):
                    row[place] += one
        return Losses(tuple(map(tuple, together)))


def measure_order(measure: Measure) -> Order:
    """Return the order by which the effects of *measure* hold from minute 0."""
    return Order(measure.id, "decision", 0, measure.effects)


def cost_of(measure: Measure, years: int) -> Cost:
    """Return what *measure* costs over so many years; what the map leaves out it does not know."""
    return Cost(_euros(measure.cost_once), _euros(measure.cost_yearly), years)


def adds_up(together: Saving, apart: Sequence[Saving]) -> bool:
    """Return whether a portfolio saves what its measures save one by one, as far as the runs can tell."""
    kept = [one.rows for one in apart]
    difference = [whole - sum(rows[place] for rows in kept) for place, whole in enumerate(together.rows)]
    return abs(sum(difference)) <= Z_95 * standard_error(difference) * len(difference)


def _euros(figure: CountFigure | None) -> int | None:
    return figure.value if figure is not None and isinstance(figure.value, int) else None
