"""What each decision changed: the same run without it, with the same luck, laid beside the run as it was played."""

from collections.abc import Sequence
from dataclasses import dataclass

from reports.after_action.model import Played, run_with
from reports.chart_spec import BarChart
from reports.tables import Table
from reports.words import joined, number, rough, short_duration
from resilience.base.language import _
from resilience.exercise.evaluation.comparison import compare
from resilience.exercise.records import Decision
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


def counterfactuals(played: Played) -> tuple[Counterfactual, ...]:
    """Return one for each decision with effects, then one for all together; empty when nothing can be recomputed."""
    with_effects = [decision for decision in played.state.taken if decision.effects]
    if not played.recomputable or not with_effects:
        return ()
    cases: list[tuple[Decision | None, tuple[Decision, ...]]] = [
        (left_out, tuple(one for one in played.state.taken if one.seq != left_out.seq)) for left_out in with_effects
    ]
    cases.append((None, ()))
    return tuple(Counterfactual(decision, differences(played, kept), kept) for decision, kept in cases)


def differences(played: Played, decisions: Sequence[Decision]) -> tuple[FunctionDifference, ...]:
    """Return what was played saved against the same run with these *decisions* and no others."""
    functions = played.run.view.functions
    other = run_with(played.city, played.scenario, tuple(decisions), played.trace.seed)
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


def saved_words(played: Played, found: Sequence[Counterfactual]) -> str:
    """Return in one sentence what all decisions together changed."""
    together = next((one for one in found if one.decision is None), None)
    if together is None:
        return ""
    if together.saved > 0:
        return _(
            "Together the decisions saved {hours} resident-hours of lost service, compared with deciding nothing.",
            hours=rough(together.saved),
        )
    if together.saved < 0:
        return _(
            "Together the decisions cost {hours} resident-hours of service, compared with deciding nothing.",
            hours=rough(-together.saved),
        )
    del played
    return _("Together the decisions changed no resident-hours, compared with deciding nothing.")


def effects_chart(played: Played, found: Sequence[Counterfactual]) -> BarChart:
    """Return the resident-hours that each decision saved or cost."""
    shown = tuple(one for one in found if one.changed or one.decision is None)
    names = tuple(_name(played, one) for one in shown)
    labels = tuple(signed(one.saved) for one in shown)
    words = " ".join(f"{name}: {label}." for name, label in zip(names, labels, strict=True))
    return BarChart(
        key="decision-effects",
        title=_("Resident-hours of service saved by each decision"),
        alternative=_(
            "A bar per decision; to the right it saved service, to the left it cost service. {values}", values=words
        ),
        axis_title=_("Resident-hours saved (negative: cost)"),
        rows=names,
        values=tuple(one.saved for one in shown),
        labels=labels,
        table=_table(played, shown),
    )


def unchanged_words(played: Played, found: Sequence[Counterfactual]) -> str:
    """Return how to read the chart, and which decisions are not in it because no function differs without them."""
    words = _("Saved service to the right, hatched cost to the left.")
    idle = [_name(played, one) for one in found if one.decision is not None and not one.changed]
    if not idle:
        return words
    return words + " " + _("Without these, no function differs at any minute: {names}.", names=joined(idle))


def _table(played: Played, found: Sequence[Counterfactual]) -> Table:
    rows = []
    for one in found:
        changed = one.changed
        where = "; ".join(
            _("{name} {hours}", name=played.run.names.of(row.component), hours=signed(row.saved_resident_hours))
            for row in changed[:4]
        )
        first = min((row.first_difference for row in changed if row.first_difference is not None), default=None)
        rows.append(
            (
                _name(played, one),
                signed(one.saved),
                _signed_duration(sum(row.saved_minutes for row in one.functions)),
                "–" if first is None else played.run.moments.moment(first),
                where or _("no function differs"),
            )
        )
    return Table(
        caption=_("The run without the decision, compared with the run as it was played"),
        header=(
            _("Left out"),
            _("Resident-hours saved"),
            _("Time of full outage saved"),
            _("First difference"),
            _("Where, in resident-hours"),
        ),
        rows=tuple(rows),
        numeric=frozenset({1, 2}),
        firm=frozenset({3}),
    )


def _name(played: Played, one: Counterfactual) -> str:
    if one.decision is None:
        return _("All decisions together")
    return _("{sign} {title}", sign=played.signs[one.decision.seq], title=played.title(one.decision))


def signed(value: int) -> str:
    """Return a difference with its sign and its thousands apart."""
    return f"+{number(value)}" if value > 0 else number(value).replace("-", "−")


def _signed_duration(minutes: int) -> str:
    return f"+{short_duration(minutes)}" if minutes > 0 else short_duration(minutes)
