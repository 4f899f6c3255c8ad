"""What `resilience city lint` and `gaps` show: findings per check, gaps with their ways."""

from collections.abc import Iterable, Mapping, Sequence
from typing import TypeVar

from city_model.accepted import Acceptance, Judged
from city_model.finding import CHECKS, SEVERITIES, Check, check_words, severity_word
from city_model.gap_findings import amount, gap_id, measure_word, silent_id
from city_model.gaps import ASPECTS, Gap, Gaps, Silent
from city_model.naming import arrows, name_of, names_of
from city_model.schema import City
from resilience.analysis.risk_register import status_words
from resilience.base.language import _, ngettext
from resilience.base.units import format_duration
from resilience.cli.city.text import Page, Table
from resilience.cli.text_block import INDENT, block, more_words

Item = TypeVar("Item")
MOST = 10
"""Rows of one check that are shown unless it is asked for by name."""


def lint_page(city: City, judged: Sequence[Judged], unused: Iterable[Acceptance], *, every: bool) -> Page:
    """Return the findings by check, the worst check first; *every* shows all rows of long lists."""
    parts: list[str | Table] = [_summary(city, judged)]
    for check in _worst_first(judged):
        parts += _check_parts(check, [one for one in judged if one.finding.check == check], every=every)
    rest = list(unused)
    if rest:
        parts += ["", _("Accepted and not found (any more); remove these from accepted.yaml:")]
        rows = tuple((one.finding, one.by, one.until) for one in rest)
        parts.append(Table((_("Finding"), _("Accepted by"), _("Until")), rows))
    data: dict[str, object] = {
        "city": city.id,
        "findings": [one.to_json() for one in judged],
        "accepted_and_not_found": [one.model_dump(mode="json") for one in rest],
    }
    return Page(tuple(parts), data)


def gaps_page(city: City, found: Gaps, judged: Iterable[Judged], *, every: bool) -> Page:
    """Return what is asked against what is reached: what is too slow or too low, then who states nothing."""
    status = {one.finding.id: one for one in judged}
    asked = ngettext("{name}: {number} requirement", "{name}: {number} requirements", found.asked, name=city.name)
    short = ngettext("{number} not met along the chain", "{number} not met along the chain", len(found.worst))
    silent_ones = len(found.silent)
    silent = ngettext("{number} provider without a figure", "{number} providers without a figure", silent_ones)
    summary = f"{asked}, {short}, {silent}"
    parts: list[str | Table] = [block(summary)]
    times = [gap for gap in found.worst if gap.measure not in ASPECTS]
    classes = [gap for gap in found.worst if gap.measure in ASPECTS]
    for title, gaps in ((_("Longer than is asked"), times), (_("Classified lower than what rests on it"), classes)):
        if gaps:
            parts += ["", f"{title} ({len(gaps)})", _gap_table(city, _cut(gaps, every=every), found, status)]
            parts += _more(len(gaps), every=every)
    if found.silent:
        title = _("Provider has no figure")
        parts += ["", f"{title} ({len(found.silent)})"]
        parts += [_silent_table(city, _cut(found.silent, every=every), status), *_more(len(found.silent), every=every)]
    data: dict[str, object] = {
        "city": city.id,
        "asked": found.asked,
        "gaps": [
            {**gap.to_json(), "id": gap_id(gap), "ways": found.shorter[gap.place], "status": status[gap_id(gap)].status}
            for gap in found.worst
        ],
        "without_figure": [
            {**silent.to_json(), "id": silent_id(silent), "status": status[silent_id(silent)].status}
            for silent in found.silent
        ],
    }
    return Page(tuple(parts), data)


def _summary(city: City, judged: Sequence[Judged]) -> str:
    """Return how many findings there are of each severity, and how many of them are accepted."""
    counts = []
    for severity in SEVERITIES:
        number = sum(one.finding.severity == severity for one in judged)
        if number:
            counts.append(f"{number} {severity_word(severity)}")
    accepted = sum(one.status == "accepted" for one in judged)
    text = ngettext("{name}: {number} finding", "{name}: {number} findings", len(judged), name=city.name)
    if counts:
        text += f" ({', '.join(counts)})"
    if accepted:
        text += "; " + ngettext("{number} accepted", "{number} accepted", accepted)
    return text


def _worst_first(judged: Sequence[Judged]) -> list[Check]:
    worst: dict[Check, int] = {}
    for one in judged:
        rank = SEVERITIES.index(one.finding.severity)
        worst[one.finding.check] = min(rank, worst.get(one.finding.check, rank))
    return sorted(worst, key=lambda check: (worst[check], CHECKS.index(check)))


def _check_parts(check: Check, judged: list[Judged], *, every: bool) -> list[str | Table]:
    words = check_words(check)
    shown = _cut(judged, every=every)
    rows = [(severity_word(one.finding.severity), _said(one)) for one in shown]
    return [
        "",
        block(f"{words.title} ({check}, {len(judged)})"),
        block(_("Why: {text}.", text=words.why), INDENT),
        block(_("Helps: {text}.", text=words.repair), INDENT),
        Table((_("Severity"), _("What [place]")), tuple(rows)),
        *_more(len(judged), every=every, check=check),
    ]


def _said(one: Judged) -> str:
    place = one.finding.id.partition(":")[2]
    decided = f" ({status_words(one)})" if one.acceptance else ""
    return f"{one.finding.what} [{place}]{decided}{_doing(one)}"


def _doing(one: Judged) -> str:
    """Return what somebody does about a finding, as an addition; nothing where nobody does."""
    if one.action is None:
        return ""
    if one.action.done:
        return " " + _("(said to be done on {day}: {what})", day=one.action.done, what=one.action.what)
    return " " + _("(before {day}: {what})", day=one.action.until, what=one.action.what)


def _cut(items: Sequence[Item], *, every: bool) -> Sequence[Item]:
    return items if every else items[:MOST]


def _more(number: int, *, every: bool, check: str | None = None) -> list[str]:
    if every or number <= MOST:
        return []
    option = f"--check {check}" if check else "--all"
    return [more_words(number - MOST, option)]


def _gap_table(city: City, gaps: Sequence[Gap], found: Gaps, status: Mapping[str, Judged]) -> Table:
    rows = []
    for gap in gaps:
        way = f"→ {arrows(city, gap.path[1:])}" if len(gap.path) > 1 else _("its own figure")
        others = found.shorter[gap.place] - 1
        if others:
            way += " " + ngettext("(+ {number} way)", "(+ {number} ways)", others)
        asked, reached = amount(gap.measure, gap.required), amount(gap.measure, gap.reached)
        row = (
            name_of(city, gap.component),
            measure_word(gap.measure),
            asked,
            reached,
            way + _decided(status[gap_id(gap)]),
        )
        rows.append(row)
    return Table((_("Who asks"), _("What"), _("Asked"), _("Reached"), _("Worst way")), tuple(rows))


def _silent_table(city: City, silent: Sequence[Silent], status: Mapping[str, Judged]) -> Table:
    rows = [
        (
            name_of(city, one.provider) + _decided(status[silent_id(one)]),
            ", ".join(measure_word(measure) for measure in one.measures),
            len(one.asked_by),
            format_duration(one.strictest) if one.strictest is not None else "",
            format_duration(one.estimate) if one.estimate is not None else _("unknown"),
            names_of(city, one.asked_by, 1),
        )
        for one in silent
    ]
    headers = (_("Provider"), _("What"), _("Asked by"), _("Strictest"), _("Repair"), _("Among them"))
    return Table(headers, tuple(rows))


def _decided(one: Judged) -> str:
    """Return what was decided about a finding, as an addition; nothing where nothing was."""
    return f" [{status_words(one)}]" if one.acceptance else ""
