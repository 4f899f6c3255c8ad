"""What each option of a decision does to the city, with every other decision at its default.

The answer is computed, never written down: the same orders, engine and outcomes as an exercise. It serves the author
of a scenario (does this decision matter, is there a best answer for everything?) and the facilitator who prepares.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from itertools import combinations

from city_model.schema import City
from resilience.base.language import _
from resilience.base.units import format_duration
from resilience.simulation.engine import simulate
from resilience.simulation.metrics import outcomes
from resilience.simulation.model import Model, compile_city
from resilience.simulation.orders import Order, clock_lengths, incident_orders
from resilience.simulation.trace import Trace
from scenarios.schema import DecisionPoint, Option, Scenario


@dataclass(frozen=True)
class OptionOutcome:
    """The city when one option is taken."""

    option: Option
    is_default: bool
    lost: tuple[int, ...]
    """Per function, in the order of the city: per cent-minutes times residents."""
    trace: Trace

    @property
    def total(self) -> int:
        """The loss of all functions together."""
        return sum(self.lost)


@dataclass(frozen=True)
class PointOutcome:
    """One decision point with the outcome of each of its options."""

    point: DecisionPoint
    options: tuple[OptionOutcome, ...]

    @property
    def best(self) -> tuple[int, ...]:
        """The least loss per function among the options."""
        return tuple(min(column) for column in zip(*(option.lost for option in self.options), strict=True))

    @property
    def best_for_every_function(self) -> tuple[str, ...]:
        """The ids of options that no other option beats in any function: where there is one, there is no dilemma."""
        return tuple(option.option.id for option in self.options if option.lost == self.best)

    @property
    def alike(self) -> tuple[tuple[str, str], ...]:
        """Pairs of options after which every component has the same level at every minute."""
        return tuple(
            (one.option.id, other.option.id)
            for one, other in combinations(self.options, 2)
            if one.trace.levels == other.trace.levels
        )

    @property
    def said_to_be_alike(self) -> tuple[tuple[str, str], ...]:
        """Pairs of options that the scenario calls deliberately neutral, in the order of the options."""
        together = [set(neutral.options) for neutral in self.point.deliberately_neutral]
        ids = [option.option.id for option in self.options]
        return tuple(pair for pair in combinations(ids, 2) if any(set(pair) <= group for group in together))


def decision_orders(scenario: Scenario, choices: Mapping[str, str] | None = None) -> tuple[Order, ...]:
    """Return the decisions of *scenario*, each at its deadline: the option in *choices*, else the default.

    Raises KeyError when *choices* names a decision or an option that is not there.
    """
    chosen = {point.id: point.default for point in scenario.decisions}
    for name, option in (choices or {}).items():
        if name not in chosen:
            raise KeyError(name)
        chosen[name] = option
    return tuple(
        Order(point.id, "decision", point.deadline, option_of(point, chosen[point.id]).effects)
        for point in sorted(scenario.decisions, key=lambda point: point.deadline)
    )


def option_of(point: DecisionPoint, name: str) -> Option:
    """Return the option *name* of *point*; raises KeyError when there is none."""
    for option in point.options:
        if option.id == name:
            return option
    raise KeyError(name)


def replay(city: City | Model, scenario: Scenario, choices: Mapping[str, str] | None = None, *, seed: int = 0) -> Trace:
    """Return the trace of *scenario* with *choices* taken, each at the deadline of its decision."""
    orders = (*incident_orders(scenario), *decision_orders(scenario, choices))
    return simulate(city, orders, horizon=scenario.horizon, seed=seed, clocks=clock_lengths(scenario))


def compare_options(
    city: City, scenario: Scenario, *, seed: int = 0, done: Callable[[int], object] = lambda _steps: None
) -> tuple[PointOutcome, ...]:
    """Return every decision point with what each option does; *done* is told of every run that is finished."""
    model = compile_city(city)
    default = replay(model, scenario, seed=seed)
    done(1)

    def outcome(point: DecisionPoint, option: Option) -> OptionOutcome:
        is_default = option.id == point.default
        trace = default if is_default else replay(model, scenario, {point.id: option.id}, seed=seed)
        done(0 if is_default else 1)
        return OptionOutcome(option, is_default, tuple(row.lost for row in outcomes(city, trace)), trace)

    return tuple(
        PointOutcome(point, tuple(outcome(point, option) for option in point.options)) for point in scenario.decisions
    )


def number_of_runs(scenario: Scenario) -> int:
    """Return how many runs compare_options makes: one with every default, and one for each other option."""
    return 1 + sum(len(point.options) - 1 for point in scenario.decisions)


def as_data(city: City, points: tuple[PointOutcome, ...]) -> list[dict[str, object]]:
    """Return *points* as plain data: per cent-minutes times residents per function, as the engine counted them."""
    return [
        {
            "decision": point.point.id,
            "best_for_every_function": list(point.best_for_every_function),
            "options": [
                {
                    "option": option.option.id,
                    "default": option.is_default,
                    "lost": {function.id: lost for function, lost in zip(city.functions, option.lost, strict=True)},
                }
                for option in point.options
            ],
        }
        for point in points
    ]


def as_markdown(city: City, scenario: Scenario, points: tuple[PointOutcome, ...], *, command: str) -> str:
    """Return the page that shows *points*, in the current language; *command* is what makes it again."""
    columns = [place for place in range(len(city.functions)) if any(o.lost[place] for p in points for o in p.options)]
    names = [str(city.functions[place].name) for place in columns]
    decided = sum(bool(point.best_for_every_function) for point in points)
    lines = [
        "# " + _("{scenario}: what each option does", scenario=scenario.name),
        "",
        "<!-- " + _("Made by a program; do not edit. Make it again with: {command}", command=command) + " -->",
        "",
        str(scenario.fiction),
        "",
        _(
            "Each row is a run of the model in which this one decision differs and every other decision takes its "
            "default, each at its deadline. The numbers are lost service in thousands of resident-hours, from the "
            "start until {horizon}: one hour in which a function does nothing for a thousand residents counts as "
            "one. The smallest number of a column is bold; * marks the default. Most durations in the map are "
            "assumptions, so compare the options and do not read the numbers as a forecast.",
            horizon=format_duration(scenario.horizon),
        ),
        "",
        _(
            "In {number} of {all} decisions one option is best for every function.",
            number=decided,
            all=len(points),
        ),
    ]
    for point in points:
        lines += ["", f"## {point.point.title} (`{point.point.id}`)", "", str(point.point.question), ""]
        lines += _table(point, columns, names)
        lines += [
            "\n" + _("Deliberately neutral: {reason}", reason=neutral.reason)
            for neutral in point.point.deliberately_neutral
        ]
    return "\n".join(lines) + "\n"


def _table(point: PointOutcome, columns: list[int], names: list[str]) -> list[str]:
    rows = [
        "| " + " | ".join([_("option"), *names, _("all")]) + " |",
        "|---|" + "---:|" * (len(names) + 1),
    ]
    least = min(option.total for option in point.options)
    for option in point.options:
        cells = [_number(option.lost[place], point.best[place]) for place in columns]
        mark = " *" if option.is_default else ""
        rows.append(f"| {option.option.name}{mark} | " + " | ".join([*cells, _number(option.total, least)]) + " |")
    return rows


def _number(lost: int, least: int) -> str:
    """Return a loss in thousands of resident-hours, rounded to one decimal by whole numbers, bold where least."""
    tenths = (lost * 10 + 3_000_000) // 6_000_000
    shown = f"{tenths // 10}.{tenths % 10}"
    return f"**{shown}**" if lost == least else shown
