"""What ``resilience rank`` shows people in a terminal: what to act on first, then all by kind."""

from city_model.accepted import Judged
from city_model.finding import check_words, severity_word
from city_model.naming import arrows, organisation_name
from city_model.words import confidence_word
from reports.rank import left_words
from reports.words import number, rough
from resilience.analysis.city_plan import RESIDENT_HOUR
from resilience.analysis.first_things import first_things
from resilience.analysis.rank import Ranking, WeakPoint
from resilience.analysis.risk_register import status_words
from resilience.analysis.weak_points import RANKED
from resilience.base.language import _, ngettext
from resilience.base.units import format_duration
from resilience.cli import output
from resilience.cli.text_block import block

INDENT = "   "


def write_rank(ranking: Ranking, top: int) -> None:
    """Write the *top* weak points, each chain once, and how many there are of each kind."""
    output.result(_summary(ranking))
    decided = {point.finding.id: one for point, one in ranking.shown}
    points = [point for point, _one in ranking.shown]
    chosen = points if ranking.checks else first_things(points, top)
    for place, point in enumerate(chosen, start=1):
        output.result("")
        output.result(_item(ranking, place, point, decided[point.finding.id]))
    if ranking.left:
        output.result("")
        output.result(block(left_words(ranking)))
    if any(point.felt.assumed for point in chosen):
        output.result("")
        output.result(_("~ rests on a figure that nobody confirmed"))
    if not ranking.checks:
        _write_kinds(ranking)
    if ranking.unused:
        output.result("")
        output.result(_("Accepted and not found (any more); remove these from accepted.yaml:"))
        output.result("\n".join(one.finding for one in ranking.unused))


def _summary(ranking: Ranking) -> str:
    down = sum(bool(point.felt.down) for point in ranking.points if point.finding.check == "single-point")
    long = sum(bool(point.felt.breached) for point in ranking.points if point.finding.check == "single-point")
    found = ngettext("{city}: {number} weak point", "{city}: {number} weak points", len(ranking.points),
                     city=ranking.city.name)  # fmt: skip
    text = _(
        "{found}, weighed in runs of {hours} (seed {seed}). {down} components alone take a city function down, {long} "
        "of them for longer than tolerable (MTD).",
        found=found, hours=format_duration(ranking.horizon), seed=ranking.seed, down=down, long=long,
    )  # fmt: skip
    return block(text)


def _item(ranking: Ranking, place: int, point: WeakPoint, one: Judged) -> str:
    finding, seen = point.finding, point.felt
    title = f"{check_words(finding.check).title} ({severity_word(finding.severity)})"
    lines = [f"{title}: {finding.what} [{finding.id}]"]
    if len(seen.path) > 1:
        lines.append(_("path: {path}", path=arrows(ranking.city, seen.path)))
    lines.append(_effect(ranking, point))
    if one.acceptance or one.action:
        lines.append(_decided(one))
    text = "\n".join(block(line, INDENT) for line in lines)
    return f"{place:>2} {text.removeprefix(INDENT)}"


def _effect(ranking: Ranking, point: WeakPoint) -> str:
    """Return whom it touches, what they lose, how sure it is and whose it is."""
    seen = point.felt
    if not seen.hits:
        words = [_("no city function feels it in this run")]
    else:
        words = [
            _("{residents} residents", residents=number(seen.residents)),
            _("{lost} resident-hours", lost=rough(seen.lost // RESIDENT_HOUR)),
        ]
    if len(seen.path) > 1:
        mark = " ~" if seen.assumed else ""
        words.append(_("weakest link: {confidence}", confidence=confidence_word(seen.confidence)) + mark)
    owner = organisation_name(ranking.city, point.finding.organisation)
    return "; ".join([*words, *([owner] if owner else [])])


def _decided(one: Judged) -> str:
    words = [status_words(one)] if one.acceptance else []
    if one.action:
        words.append(_("{what}, by {day}", what=one.action.what, day=one.action.until))
    return "; ".join(words)


def _write_kinds(ranking: Ranking) -> None:
    """Write how many weak points there are of each kind, and how to see them."""
    rows = []
    for check in RANKED:
        points = [point for point, _one in ranking.shown if point.finding.check == check]
        if points:
            down = sum(bool(point.felt.down) for point in points)
            long = sum(bool(point.felt.breached) for point in points)
            rows.append((check_words(check).title, check, len(points), down, long))
    output.result("")
    output.table([_("Kind"), _("--check"), _("Number"), _("Function down"), _("Past MTD")], rows)
