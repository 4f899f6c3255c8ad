"""The criteria of crisis exercises, as far as the log can measure them."""

from collections import Counter

from reports.after_action.model import Played
from reports.document import Paragraph, Section
from reports.tables import Table
from resilience.base.language import _
from resilience.exercise.evaluation.criteria import Result, criteria


def criteria_section(played: Played) -> Section:
    """Return every criterion with its norm, what was measured, and what is left to the observer."""
    found = criteria(played.view, played.scenario, played.state, played.trace, played.minute)
    counts = Counter(one.result for one in found)
    table = Table(
        caption=_("Criteria of a crisis exercise"),
        header=(_("Criterion"), _("Norm"), _("Measured"), _("Result")),
        rows=tuple((one.name, one.norm, one.measured, result_word(one.result)) for one in found),
        firm=frozenset({3}),
    )
    lead = _(
        "Of {all} criteria the log shows {met} as met, {partly} as partly met and {not_met} as not met; {observer} are "
        "for the observer. The norms are assumptions, to compare one exercise with the next.",
        all=len(found),
        **{result: counts[result] for result in ("met", "partly", "not_met", "observer")},
    )
    return Section("criteria", _("How the teams worked, by the log"), (Paragraph(lead), table))


def result_word(result: Result) -> str:
    """Return a result; the sign stands for those who see no colour."""
    return {
        "met": _("✓ met"),
        "partly": _("◐ in part"),
        "not_met": _("✕ not met"),
        "observer": _("for the observer"),
        "nothing": _("– nothing to measure"),
    }[result]
