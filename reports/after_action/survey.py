"""What the people who played thought of it: the survey, with small numbers left out."""

from reports.document import Block, Bullets, Paragraph, Section
from reports.tables import Table
from resilience.base.language import _, language, ngettext
from resilience.exercise.evaluation.suppression import FEWEST
from resilience.exercise.evaluation.survey import Outcome, Summary


def survey_section(summary: Summary | None) -> tuple[Section, ...]:
    """Return the outcome of a survey that is closed; nothing where there was none."""
    if summary is None:
        return ()
    rule = _(
        "The survey is anonymous: answers were kept without team or time. Of fewer than {fewest} people nothing is "
        "shown, and where a hidden group could be worked out from the rest, the smallest other group is hidden too.",
        fewest=FEWEST,
    )
    if not summary.people:
        text = _("Fewer than {fewest} people answered, so nothing is shown.", fewest=FEWEST)
        return (Section("survey", _("What the people who played thought"), (Paragraph(rule), Paragraph(text))),)
    answered = ngettext("{number} person answered.", "{number} people answered.", summary.people)
    blocks: list[Block] = [Paragraph(f"{answered} {rule}")]
    scales = [one for one in summary.outcomes if one.question.kind == "scale"]
    if scales:
        blocks.append(_scale_table(summary, scales))
    blocks += [_choice_table(one) for one in summary.outcomes if one.question.kind == "choice" and one.counts]
    for one in summary.outcomes:
        if one.remarks:
            blocks += [Paragraph(str(one.question.text)), Bullets(one.remarks)]
    return (Section("survey", _("What the people who played thought"), tuple(blocks)),)


def tenths_words(tenths: int | None) -> str:
    """Return a mean with one decimal."""
    if tenths is None:
        return _("hidden")
    whole, part = divmod(tenths, 10)
    return f"{whole}{',' if language() == 'nl' else '.'}{part}"


def _scale_table(summary: Summary, scales: list[Outcome]) -> Table:
    grouping = next((one.question for one in summary.outcomes if one.question.group), None)
    options = grouping.options if grouping else ()
    rows = tuple(
        (
            str(one.question.text),
            _("hidden") if one.people is None else str(one.people),
            tenths_words(one.tenths),
            *(tenths_words((one.by_group or {}).get(option.id)) for option in options),
        )
        for one in scales
    )
    caption = _("The mean, from 1 (wholly disagree) to 5 (wholly agree)")
    if grouping:
        caption = _("{caption}; the last columns by: {question}", caption=caption, question=grouping.text)
    return Table(
        caption=caption,
        header=(_("Statement"), _("Answers"), _("Everybody"), *(str(option.name) for option in options)),
        rows=rows,
        numeric=frozenset(range(1, 3 + len(options))),
    )


def _choice_table(one: Outcome) -> Table:
    counts = one.counts or {}
    return Table(
        caption=str(one.question.text),
        header=(_("Answer"), _("People")),
        rows=tuple(
            (str(option.name), _("hidden") if counts[option.id] is None else str(counts[option.id]))
            for option in one.question.options
        ),
        numeric=frozenset({1}),
    )
