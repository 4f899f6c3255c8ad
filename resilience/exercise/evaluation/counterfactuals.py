"""What each decision changed: the same run without it, with the same luck, laid beside the run as it was played."""

from collections.abc import Sequence
from dataclasses import dataclass

from resilience.exercise.evaluation.comparison import compare
from resilience.exercise.evaluation.course import Course
from resilience.exercise.records import Decision
from resilience.exercise.running import run_with
from resilience.simulation.metrics import residents_of

_PER_HOUR = 6000
"""Per cent-minutes in one hour without the service."""


@dataclass(frozen=True)
class FunctionDifference:
    """How one function fared with and without; *hours* and *resident_hours* saved, negative where it cost."""

    component: str
    saved_minutes: int
    """Minutes of full loss saved."""
    saved_resident_hours: int
    first_difference: int | None


@dataclass(frozen=True)
class Counterfactual:
    """The run without one decision, or without any (*decision* None), against the run as it was played."""

    decision: Decision | None
    functions: tuple[FunctionDifference, ...]
    kept: tuple[Decision, ...]
    """The decisions of the run without it."""

    @property
    def saved(self) -> int:
        """Resident-hours saved over all functions."""
        return sum(one.saved_resident_hours for one in self.functions)

    @property
    def changed(self) -> tuple[FunctionDifference, ...]:
        """The functions that differ at some minute, the largest difference first."""
        found = [one for one in self.functions if one.first_difference is not None]
        return tuple(sorted(found, key=lambda one: (-abs(one.saved_resident_hours), one.component)))


def counterfactuals(played: Course) -> tuple[Counterfactual, ...]:
    """Return one for each decision with effects, then one for all together; empty when nothing can be recomputed."""
    with_effects = [decision for decision in played.state.taken if decision.effects]
    if not played.recomputable or not with_effects:
        return ()
    cases: list[tuple[Decision | None, tuple[Decision, ...]]] = [
        (left_out, tuple(one for one in played.state.taken if one.seq != left_out.seq)) for left_out in with_effects
    ]
    cases.append((None, ()))
    return tuple(Counterfactual(decision, differences(played, kept), kept) for decision, kept in cases)


def differences(played: Course, decisions: Sequence[Decision]) -> tuple[FunctionDifference, ...]:
    """Return what was played saved against the same run with these *decisions* and no others."""
    functions = played.functions
    other = run_with(played.city, played.scenario, decisions, played.trace.seed)
    rows = compare(other, played.trace, functions, -1).rows
    return tuple(
        FunctionDifference(
            component=row.component,
            saved_minutes=_toward_zero(row.saved, 100),
            saved_resident_hours=_toward_zero(row.saved * residents_of(function), _PER_HOUR),
            first_difference=row.first_difference,
        )
        for row, function in zip(rows, functions, strict=True)
    )


def _toward_zero(value: int, divisor: int) -> int:
    return value // divisor if value >= 0 else -(-value // divisor)
