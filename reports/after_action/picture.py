"""The picture that the teams kept, laid beside the truth of the run and counted."""

from collections import Counter
from collections.abc import Sequence

from reports.after_action.model import Played
from reports.chart_spec import Span, SpanChart, SpanRow
from reports.document import Block, Chart, Paragraph, Section
from reports.tables import Table
from reports.words import joined, per_cent, short_duration
from resilience.base.language import _, ngettext
from resilience.exercise.evaluation.picture_truth import (
    VERDICTS,
    WORKS_FROM,
    Judged,
    Notice,
    Truth,
    Verdict,
    claims,
    judged,
    notices,
)
from resilience.exercise.wording import claim_word


def picture_section(played: Played) -> tuple[Section, ...]:
    """Return what the teams wrote down as their picture, beside what the run says was so at that moment."""
    if not played.state.picture:
        return ()
    blocks: list[Block] = [_kept_table(played)]
    said = claims(played.state)
    found = judged(played.view, played.trace, said)
    if found:
        blocks += [Paragraph(_counted(found)), _judged_table(played, found)]
        seen = notices(played.view, played.trace, said, played.minute)
        if seen:
            blocks.append(Chart(_notice_chart(played, seen), open_table=True))
    else:
        blocks.append(
            Paragraph(
                _(
                    "No line says of a component or city function how it is, so the picture could not be measured. An "
                    "evaluator can still read that out of the words: 'resilience exercise picture'."
                )
            )
        )
    return (Section("picture", _("The picture kept, beside the truth of the run"), tuple(blocks)),)


def verdict_word(verdict: Verdict) -> str:
    """Return how a line of a picture compares with the run; the sign stands for those who see no colour."""
    return {
        "right": _("✓ right"),
        "rosy": _("▲ too rosy"),
        "gloomy": _("▼ too gloomy"),
        "unknowable": _("○ not to be known yet"),
        "open": _("? said not to know"),
    }[verdict]


def truth_word(truth: Truth, level: int) -> str:
    """Return how a component was in the run."""
    return _("{state} ({level})", state=claim_word(truth), level=per_cent(level))


def _kept_table(played: Played) -> Table:
    run = played.run
    words = {"known": _("known"), "assumed": _("assumed"), "unknown": _("unknown")}
    rows = []
    for item in played.state.picture:
        short = [
            _("{name} {level}", name=run.names.of(function.id), level=per_cent(level))
            for function in run.view.functions
            if (level := run.trace.level_at(function.id, item.minute)) < 100
        ]
        rows.append(
            (
                run.moments.moment(item.minute),
                played.cell(item.cell),
                words[item.status],
                item.text if not item.source else _("{text} (source: {source})", text=item.text, source=item.source),
                joined(short) if short else _("all functions at 100%"),
            )
        )
    return Table(
        caption=_("The picture that was kept, and the functions below 100% at that moment"),
        header=(_("Moment"), _("Team"), _("Status"), _("What was written down"), _("What was so in the run")),
        rows=tuple(rows),
    )


def _counted(found: Sequence[Judged]) -> str:
    counts = Counter(one.verdict for one in found)
    parts = [f"{verdict_word(verdict)} {counts[verdict]}" for verdict in VERDICTS if counts[verdict]]
    lead = ngettext(
        "{number} line says of a component how it is: {counts}.",
        "{number} lines say of a component how it is: {counts}.",
        len(found),
        counts=", ".join(parts),
    )
    return _(
        "{lead} Right is: as it was in the run in that minute; from {level} on something counts as working. Too rosy "
        "is the dangerous side. Where nobody could know yet, because it changed in that minute or the damage was not "
        "detected, it does not count as wrong.",
        lead=lead,
        level=per_cent(WORKS_FROM),
    )


def _judged_table(played: Played, found: Sequence[Judged]) -> Table:
    run = played.run
    rows = tuple(
        (
            run.moments.moment(one.item.minute),
            played.cell(one.item.cell),
            run.names.of(one.item.about or ""),
            claim_word(one.item.says) if one.item.says else _("not known"),
            truth_word(one.truth, one.level),
            verdict_word(one.verdict),
            "–" if one.behind is None else short_duration(one.behind),
        )
        for one in found
    )
    return Table(
        caption=_("Each line that could be judged"),
        header=(
            _("Moment"), _("Team"), _("About"), _("Said"), _("In the run"), _("Result"), _("After the last change"),
        ),
        rows=rows,
        firm=frozenset({5}),
    )  # fmt: skip


def _notice_chart(played: Played, seen: Sequence[Notice]) -> SpanChart:
    run, horizon = played.run, played.minute
    rows = []
    for one in seen:
        ends = horizon if one.noticed is None else one.noticed
        spans = (Span(one.fell, max(ends, one.fell + 1), "missed" if one.noticed is None else "running"),)
        rows.append(SpanRow(run.names.of(one.component), spans))
    table = _notice_table(played, seen)
    kinds = {span.kind for row in rows for span in row.spans}
    words = (("running", _("Down or hindered, and not in a picture yet")), ("missed", _("Never in a picture")))
    return SpanChart(
        key="notice-bars",
        title=_("From the fall until a team wrote it down"),
        alternative=" ".join(f"{row[0]}: {row[2]}, {row[3]}." for row in table.rows),
        time=run.moments.axis(horizon),
        rows=tuple(rows),
        kinds=tuple((kind, word) for kind, word in words if kind in kinds),
        table=table,
    )


def _notice_table(played: Played, seen: Sequence[Notice]) -> Table:
    run = played.run
    return Table(
        caption=_("What fell, and when a team noticed"),
        header=(_("What"), _("Fell at"), _("Written down"), _("Delay"), _("By"), _("Foreseen")),
        rows=tuple(
            (
                run.names.of(one.component),
                run.moments.moment(one.fell),
                _("✕ never") if one.noticed is None else run.moments.moment(one.noticed),
                "–" if one.delay is None else short_duration(one.delay),
                played.cell(one.cell) if one.noticed is not None else "–",
                _("{duration} before", duration=short_duration(one.fell - one.foreseen))
                if one.foreseen is not None
                else "–",
            )
            for one in seen
        ),
        firm=frozenset({1}),
    )
