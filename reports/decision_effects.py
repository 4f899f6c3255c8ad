"""What each decision changed, as a report shows it: a sentence, a chart and its table."""

from collections.abc import Sequence

from reports.after_action.model import Played
from reports.chart_spec import BarChart
from reports.tables import Table
from reports.words import joined, rough, short_duration
from resilience.base.language import _
from resilience.exercise.evaluation.counterfactuals import Counterfactual
from resilience.exercise.evaluation.saved_words import signed


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


def _signed_duration(minutes: int) -> str:
    return f"+{short_duration(minutes)}" if minutes > 0 else short_duration(minutes)
