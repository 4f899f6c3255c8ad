"""What a sweep has to say, in the order in which people want it: the losses that hurt most, pairs, cut sets."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from resilience.analysis.city_plan import RESIDENT_HOUR
from resilience.analysis.cut_sets import GONE, CutSets
from resilience.analysis.sweep import Sweep, grid_of
from resilience.analysis.together import Together, together
from resilience.simulation.many import Measure

MOMENTS: tuple[Measure, ...] = ("below", "gone", "back", "breach")


@dataclass(frozen=True)
class FunctionLoss:
    """What one loss does to one function; moments are minutes, and None where it did not come to that."""

    function: str
    lost: int
    """Per cent-minutes, or points of level where there is no time; times residents."""
    lowest: int
    is_down: bool
    """Whether it goes below its minimum level."""
    below: int | None = None
    gone: int | None = None
    back: int | None = None
    breach: int | None = None
    levels: tuple[int, ...] = ()
    """Over time, on the grid of the sweep."""


@dataclass(frozen=True)
class ComponentsLost:
    """What the loss of one or two components does."""

    components: tuple[str, ...]
    lost: int
    functions: tuple[FunctionLoss, ...]
    """Those that feel it, the heaviest loss first."""
    levels: tuple[int, ...] = ()
    """The mean level of all functions over time, weighted by residents, on the grid of the sweep."""


@dataclass(frozen=True)
class Answer:
    """A sweep, read."""

    found: Sweep
    below: int | None = None
    """The level below which a function counts as taken away; None: the minimum level of each."""

    @property
    def unit(self) -> int:
        """How much loss is one resident-hour, or one resident without service where there is no time."""
        return 100 if self.found.asked.static else RESIDENT_HOUR

    @property
    def grid(self) -> int:
        """Every how many minutes a level stands in the rows of levels."""
        return grid_of(self.found.asked.horizon)

    @cached_property
    def singles(self) -> tuple[ComponentsLost, ...]:
        """Every single loss that a function feels, the heaviest first."""
        found = [self._single(loss) for loss in range(len(self.found.singles))]
        return tuple(sorted((one for one in found if one.functions), key=lambda one: (-one.lost, one.components)))

    @cached_property
    def together(self) -> tuple[Together, ...]:
        """Every pair that takes more together than apart, the one that takes most first."""
        return together(self.found)

    @cached_property
    def down(self) -> tuple[CutSets, ...]:
        """The cut sets that take each function below the level that was asked."""
        return self.found.cut_sets(self.below)

    @cached_property
    def gone(self) -> tuple[CutSets, ...]:
        """The cut sets that leave nothing of each function."""
        return self.found.cut_sets(GONE)

    def pair(self, one: Together) -> ComponentsLost:
        """Return all that the loss of a pair does."""
        lost, lowest = self.found.pairs.lost_of(one.pair), self.found.pairs.lowest_of(one.pair)
        functions = [
            FunctionLoss(name, self.found.residents[place] * lost[place], lowest[place], self._is_down(place, lowest))
            for place, name in enumerate(self.found.functions)
            if lost[place]
        ]
        return _heaviest_first(one.members, functions)

    def to_json(self, top: int | None) -> dict[str, object]:
        """Return a JSON value; of the pairs the *top* ones, or all."""
        asked = self.found.asked
        return {
            "city": self.found.city.id,
            "order": asked.order,
            "static": asked.static,
            "horizon": None if asked.static else asked.horizon,
            "seed": None if asked.static else asked.seed,
            "stopped": self.found.stopped,
            "unit": "residents" if asked.static else "resident_hours",
            "functions": [
                {"id": name, "residents": residents, "minimum_level": minimum}
                for name, residents, minimum in zip(
                    self.found.functions, self.found.residents, self.found.minimum_levels, strict=True
                )
            ],
            "grid": None if asked.static else self.grid,
            "singles": {"asked": len(self.found.failing), "done": len(self.found.singles),
                        "losses": [self._loss_json(one) for one in self.singles]},
            "pairs": {"asked": self.found.all_pairs, "done": len(self.found.pairs), "together": len(self.together),
                      "losses": [self._pair_json(one) for one in self.together[:top]]},
            "cut_sets": {"below": [self._cut_json(one) for one in self.down],
                         "gone": [self._cut_json(one) for one in self.gone]},
        }  # fmt: skip

    def _single(self, loss: int) -> ComponentsLost:
        found = self.found
        name = found.failing[found.singles.members_of(loss)[0]]
        lost, lowest = found.singles.lost_of(loss), found.singles.lowest_of(loss)
        functions = []
        for place, function in enumerate(found.functions):
            if lost[place]:
                down = self._is_down(place, lowest)
                weighted = found.residents[place] * lost[place]
                below, gone, back, breach = self._times(loss, place)
                row = self._row(loss, place)
                functions.append(FunctionLoss(function, weighted, lowest[place], down, below, gone, back, breach, row))
        return _heaviest_first((name,), functions, tuple(self._mean(loss)))

    def _is_down(self, place: int, lowest: Sequence[int]) -> bool:
        return lowest[place] < self.found.minimum_levels[place]

    def _times(self, loss: int, place: int) -> list[int | None]:
        """Return the moments below 100, at 0, back and past the MTD."""
        tally, cell = self.found.tally, loss * len(self.found.functions) + place
        if tally is None:
            return [None] * len(MOMENTS)
        minutes = [int(tally.values[measure][cell]) for measure in MOMENTS]
        return [minute if minute >= 0 else None for minute in minutes]

    def _row(self, loss: int, place: int) -> tuple[int, ...]:
        tally = self.found.tally
        if tally is None:
            return ()
        start = (loss * len(self.found.functions) + place) * tally.steps
        return tuple(int(level) for level in tally.levels[start : start + tally.steps])

    def _mean(self, loss: int) -> Iterator[int]:
        """Yield the mean level of the functions, weighted by residents, step by step; loss is rounded up."""
        weights = self.found.residents
        rows = [self._row(loss, place) for place in range(len(weights))]
        for levels in zip(*rows, strict=True):
            yield sum(weight * level for weight, level in zip(weights, levels, strict=True)) // (sum(weights) or 1)

    def _loss_json(self, one: ComponentsLost) -> dict[str, object]:
        timed = not self.found.asked.static
        return {
            "components": list(one.components),
            "lost": one.lost // self.unit,
            "functions": [
                {
                    "function": loss.function,
                    "lost": loss.lost // self.unit,
                    "lowest": loss.lowest,
                    "down": loss.is_down,
                    **({"below": loss.below, "gone": loss.gone, "back": loss.back, "breach": loss.breach,
                        "levels": list(loss.levels)} if timed and len(one.components) == 1 else {}),
                }
                for loss in one.functions
            ],
        }  # fmt: skip

    def _pair_json(self, one: Together) -> dict[str, object]:
        weight = dict(zip(self.found.functions, self.found.residents, strict=True))
        return {
            **self._loss_json(self.pair(one)),
            "more_than_apart": one.more // self.unit,
            "more_by_function": {name: more * weight[name] // self.unit for name, more in one.functions},
            "cause": one.cause,
            "unseen_apart": one.unseen,
        }

    def _cut_json(self, one: CutSets) -> dict[str, object]:
        names = self.found.failing
        return {
            "function": self.found.functions[one.function],
            "below": one.below,
            "single": [names[place] for place in one.single],
            "pairs": [[names[first], names[second]] for first, second in one.pairs],
        }


def _heaviest_first(
    components: tuple[str, ...], functions: list[FunctionLoss], levels: tuple[int, ...] = ()
) -> ComponentsLost:
    functions.sort(key=lambda loss: (-loss.lost, loss.function))
    return ComponentsLost(components, sum(loss.lost for loss in functions), tuple(functions), levels)
