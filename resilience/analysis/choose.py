"""The best portfolio of measures under a budget, and what more money buys.

Where effects add up the knapsack answer is exact; it is simulated as a whole to see whether they do. Where measures
overlap or help each other, an exchange search goes on from the best known: add, drop or swap one, as long as that
saves more in the same runs, or as much for less.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from resilience.analysis.city_plan import RESIDENT_HOUR
from resilience.analysis.measures import Cost, Losses, Saving, Trials, adds_up, cost_of
from resilience.analysis.portfolio import Priced, best_portfolio
from resilience.simulation.uncertain import RANGES

MOST_TRIES = 300
"""Portfolios that an exchange search simulates, at most."""


@dataclass(frozen=True)
class Judged:
    """One measure with what it costs and saves on its own."""

    id: str
    cost: Cost
    saving: Saving


@dataclass(frozen=True)
class Step:
    """One more measure, the one that buys most at that moment; costs and losses with all so far."""

    id: str
    cost: int
    losses: Losses


@dataclass(frozen=True)
class Portfolio:
    """Measures that are taken together."""

    ids: tuple[str, ...]
    cost: int
    saving: Saving | None
    """As simulated; None where somebody asked to stop before that."""
    promised: int
    """What its measures save one by one, added up."""
    adds_up: bool
    improved: bool
    """Whether the exchange search found a better one than the knapsack."""
    searched_out: bool
    """Whether the search ended by itself, so that no single exchange is better."""


@dataclass(frozen=True)
class Choice:
    """Everything that is known about the measures of a city."""

    runs: int
    asked_runs: int
    seed: int
    uncertain: bool
    years: int
    budget: int | None
    scenarios: tuple[str, ...]
    functions: tuple[str, ...]
    base: Losses
    judged: tuple[Judged, ...]
    """In the order of what a euro buys; then those of unknown cost by what they save, then those that do nothing."""
    portfolio: Portfolio | None
    curve: tuple[Step, ...]
    variants: int
    """How many portfolios were simulated."""

    def to_json(self) -> dict[str, object]:
        """Return a JSON value; losses in whole resident-hours, costs in euros."""
        return {
            "runs": self.runs,
            "runs_asked": self.asked_runs,
            "seed": self.seed,
            "uncertain_figures_drawn": self.uncertain,
            "ranges_are_conventions": {name: list(ends) for name, ends in RANGES.items()} if self.uncertain else {},
            "years": self.years,
            "budget": self.budget,
            "scenarios": list(self.scenarios),
            "lost_without_measures": self.base.mean // RESIDENT_HOUR,
            "lost_by_function": self._named(self.base.means),
            "measures": [
                {
                    "id": one.id,
                    "cost_once": one.cost.once,
                    "cost_yearly": one.cost.yearly,
                    "cost": one.cost.total,
                    **self._saved(one.saving),
                }
                for one in self.judged
            ],
            "portfolio": None if self.portfolio is None else self._portfolio(self.portfolio),
            "curve": [
                {"id": step.id, "cost": step.cost, "lost": step.losses.mean // RESIDENT_HOUR} for step in self.curve
            ],
            "portfolios_simulated": self.variants,
        }

    def _portfolio(self, portfolio: Portfolio) -> dict[str, object]:
        return {
            "measures": list(portfolio.ids),
            "cost": portfolio.cost,
            "saved_one_by_one": portfolio.promised // RESIDENT_HOUR,
            "adds_up": portfolio.adds_up,
            "improved_by_search": portfolio.improved,
            "search_ended": portfolio.searched_out,
            **(self._saved(portfolio.saving) if portfolio.saving else {}),
        }

    def _saved(self, saving: Saving) -> dict[str, object]:
        return {
            "saved": saving.mean // RESIDENT_HOUR,
            "half_width": -(-saving.half_width // RESIDENT_HOUR),
            "saved_by_function": self._named(saving.by_function),
        }

    def _named(self, values: Sequence[int]) -> dict[str, int]:
        return {name: value // RESIDENT_HOUR for name, value in zip(self.functions, values, strict=True)}


def choose(trials: Trials, scenarios: Sequence[str], budget: int | None, years: int) -> Choice | None:
    """Return what each measure does and the best portfolio; None where somebody asked to stop before any round."""
    asked = trials.runs
    city = trials.city
    names = [measure.id for measure in city.measures]
    if not trials.run_rounds([frozenset(), *(frozenset({name}) for name in names)]):
        return None
    base = trials.losses(())
    savings = {name: trials.saving({name}) for name in names}
    judged = [
        Judged(measure.id, cost_of(measure, years), saving)
        for measure in city.measures
        if (saving := savings[measure.id]) is not None
    ]
    judged.sort(key=_by_use)
    affordable = {one.id: one for one in judged if one.cost.total is not None and one.saving.stands_out}
    portfolio = None if budget is None else _best(trials, affordable, budget)
    curve = tuple(_curve(trials, affordable))
    plan = trials.plans[0]
    assert base is not None  # noqa: S101 - it was run in every round
    return Choice(
        runs=trials.runs,
        asked_runs=asked,
        seed=plan.plan.seed,
        uncertain=plan.plan.uncertain,
        years=years,
        budget=budget,
        scenarios=tuple(scenarios),
        functions=plan.functions,
        base=base,
        judged=tuple(judged),
        portfolio=portfolio,
        curve=curve,
        variants=trials.count,
    )


def _by_use(one: Judged) -> tuple[int, float, str]:
    """Return where a measure stands in a list: what a euro buys first, then unknown costs, then what does nothing."""
    if not one.saving.stands_out:
        return 2, -one.saving.mean, one.id
    if one.cost.total is None:
        return 1, -one.saving.mean, one.id
    return 0, -one.saving.mean / max(1, one.cost.total), one.id


def _best(trials: Trials, affordable: Mapping[str, Judged], budget: int) -> Portfolio:
    """Return the best portfolio within *budget*: exact where effects add up, improved by exchange where not."""
    priced = [Priced(one.id, _price(one), one.saving.mean) for one in affordable.values()]
    chosen = frozenset(best_portfolio(priced, budget))
    saving = trials.saving(chosen)
    if saving is None:
        return _portfolio(affordable, chosen, None, is_sum=False, improved=False, out=False)
    is_sum = adds_up(saving, [affordable[name].saving for name in chosen])
    if is_sum:
        return _portfolio(affordable, chosen, saving, is_sum=True, improved=False, out=True)
    found, out = _exchange(trials, affordable, chosen, budget)
    return _portfolio(affordable, found, trials.saving(found), is_sum=False, improved=found != chosen, out=out)


def _portfolio(
    affordable: Mapping[str, Judged],
    chosen: frozenset[str],
    saving: Saving | None,
    *,
    is_sum: bool,
    improved: bool,
    out: bool,
) -> Portfolio:
    ids = tuple(name for name in affordable if name in chosen)
    cost = sum(_price(affordable[name]) for name in ids)
    promised = sum(affordable[name].saving.mean for name in ids)
    return Portfolio(ids, cost, saving, promised, is_sum, improved, out)


def _exchange(
    trials: Trials, affordable: Mapping[str, Judged], start: frozenset[str], budget: int
) -> tuple[frozenset[str], bool]:
    """Return the best portfolio that single exchanges lead to, and whether none of them is better still."""
    best, tries = start, 0
    while True:
        for other in _neighbours(affordable, best, budget):
            if tries >= MOST_TRIES:
                return best, False
            tries += 1
            now, then = trials.losses(best), trials.losses(other)
            if now is None or then is None:
                return best, False
            if (then.mean, _costs(affordable, other)) < (now.mean, _costs(affordable, best)):
                best = other
                break
        else:
            return best, True


def _neighbours(affordable: Mapping[str, Judged], chosen: frozenset[str], budget: int) -> Iterator[frozenset[str]]:
    """Yield every portfolio within *budget* that differs by one measure more, one less, or one for another."""
    out = [name for name in affordable if name not in chosen]
    inside = [name for name in affordable if name in chosen]
    candidates = [
        *(chosen | {name} for name in out),
        *(chosen - {name} for name in reversed(inside)),
        *(chosen - {old} | {new} for old in reversed(inside) for new in out),
    ]
    yield from (one for one in candidates if _costs(affordable, one) <= budget)


def _curve(trials: Trials, affordable: Mapping[str, Judged]) -> Iterator[Step]:
    """Yield one measure after the other, each time the one that saves most for its money with those before it.

    A measure is tried again only when it could come first: what it saved before bounds what it saves later where
    measures overlap; where they help each other the order is only near the best.
    """
    taken: frozenset[str] = frozenset()
    cost = 0
    waiting = {name: (one.saving.mean, 0) for name, one in affordable.items()}
    losses = trials.losses(())
    while waiting and losses is not None:
        name = max(waiting, key=lambda one: (waiting[one][0] / max(1, _price(affordable[one])), one))
        with_it = trials.losses(taken | {name})
        if with_it is None:
            return
        saved, known_for = losses.mean - with_it.mean, len(taken)
        if waiting[name][1] != known_for:
            waiting[name] = (saved, known_for)
            continue
        del waiting[name]
        if saved <= 0:
            continue
        taken, losses, cost = taken | {name}, with_it, cost + _price(affordable[name])
        yield Step(name, cost, losses)


def _price(one: Judged) -> int:
    return one.cost.total or 0


def _costs(affordable: Mapping[str, Judged], chosen: frozenset[str]) -> int:
    return sum(_price(affordable[name]) for name in chosen)
