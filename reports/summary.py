"""The summary of a run: one leading paragraph, the numbers to remember, and what stands out."""

from reports.assumptions import assumption_callout
from reports.chain_picture import followers
from reports.document import Block, Bullets, Callout, KeyFigure, KeyFigures, Paragraph
from reports.function_charts import back_for_good
from reports.run import Run
from reports.words import counted_names, duration, joined, number, per_cent, resident_hours, rough
from reports.work_charts import reserves_of
from resilience.base.language import _, ngettext
from resilience.simulation.metrics import Outcome, minimum_level_of, order_of_failure, queue_lengths
from resilience.simulation.trace import What


def summary_blocks(run: Run) -> tuple[Block, ...]:
    """Return the summary: one leading paragraph, key figures, what matters most, and how firm it is."""
    blocks: list[Block] = [Paragraph(_lead(run), lead=True), key_figures(run)]
    if run.scenario is not None:
        blocks.append(Callout("note", _("Invented events"), str(run.scenario.fiction)))
    blocks.append(assumption_callout(run.trace))
    points = _main_points(run)
    if points:
        blocks.append(Bullets(points))
    return tuple(blocks)


def _lead(run: Run) -> str:
    fallen, total = run.fallen, len(run.outcomes)
    causes = [run.names.of(record.subject) for record in run.trace.with_what(What.INCIDENT)]
    started = ngettext("Incident: {names}.", "Incidents: {names}.", len(causes), names=joined(causes)) if causes else ""
    if not fallen:
        return (
            started
            + " "
            + ngettext(
                "The city function stays at 100%: reserves and alternatives hold.",
                "All {number} city functions stay at 100%: reserves and alternatives hold.",
                total,
            )
        )
    words = ngettext(
        "{fallen} of {number} city function is affected.",
        "{fallen} of {number} city functions are affected.",
        total,
        fallen=len(fallen),
    )
    return " ".join(
        part for part in (started, words, _first_words(run), _worst_words(run), _recovery_words(run)) if part
    )


def _first_words(run: Run) -> str:
    minute = run.fallen[0].first_below_100 or 0
    first = [run.names.of(outcome.component) for outcome in run.fallen if outcome.first_below_100 == minute]
    return ngettext(
        "The first is {names}, at {moment}.",
        "The first {number} fall together at {moment}.",
        len(first),
        names=joined(first),
        moment=run.moments.moment(minute),
    )


def _worst_words(run: Run) -> str:
    below = [outcome for outcome in run.fallen if outcome.minimum_level < floor_of(run, outcome)]
    worst = worst_of(run)
    name, level = run.names.of(worst.component), per_cent(worst.minimum_level)
    return (
        ngettext(
            "{number} falls below the level that counts as working.",
            "{number} fall below the level that counts as working.",
            len(below),
        )
        + " "
        + _("The heaviest blow is to {name}: {level} at the lowest.", name=name, level=level)
    )


def worst_of(run: Run) -> Outcome:
    """Return the function that fell lowest, the first of them to fall."""
    return min(run.fallen, key=lambda outcome: (outcome.minimum_level, outcome.first_below_100 or 0))


def floor_of(run: Run, outcome: Outcome) -> int:
    """Return the level below which a function no longer counts as working."""
    return minimum_level_of(run.view.component_by_id[outcome.component])


def _recovery_words(run: Run) -> str:
    still = [run.names.of(outcome.component) for outcome in run.fallen if outcome.time_to[100] is None]
    if still:
        return ngettext(
            "At the end of the run {number} function is not back at 100%: {names}.",
            "At the end of the run {number} functions are not back at 100%: {names}.",
            len(still),
            names=counted_names(still),
        )
    last = max(run.fallen, key=lambda outcome: (outcome.first_below_100 or 0) + (outcome.time_to[100] or 0))
    return _(
        "The last to be back for good is {name}, at {moment}.",
        name=run.names.of(last.component),
        moment=back_for_good(last, run.moments),
    )


def key_figures(run: Run) -> KeyFigures:
    """Return the numbers that a hurried reader remembers."""
    fallen = run.fallen
    if not fallen:
        return KeyFigures((KeyFigure(_("0 of {total}", total=len(run.outcomes)), _("city functions affected")),))
    alone = sum(outcome.first_below_100 == fallen[0].first_below_100 for outcome in fallen) == 1
    parts = len(order_of_failure(run.trace))
    worst = worst_of(run)
    breached = [outcome for outcome in fallen if outcome.breaches]
    lost = sum(resident_hours(outcome.lost) for outcome in fallen if outcome.residents > 1)
    figures = (
        KeyFigure(
            _("{fallen} of {total}", fallen=len(fallen), total=len(run.outcomes)),
            _("city functions affected"),
            ngettext("{number} part in all", "{number} parts in all", parts),
        ),
        KeyFigure(
            duration(fallen[0].first_below_100 or 0),
            _("from the start until the first function falls"),
            run.names.of(fallen[0].component) if alone else "",
        ),
        KeyFigure(per_cent(worst.minimum_level), _("lowest level of a function"), run.names.of(worst.component)),
        KeyFigure(
            number(worst.residents) if worst.residents > 1 else _("unknown"),
            _("residents served by that function"),
        ),
        KeyFigure(rough(lost), _("lost resident-hours, all functions together")),
        KeyFigure(
            str(len(breached)),
            ngettext(
                "function past its longest tolerable outage",
                "functions past their longest tolerable outage",
                len(breached),
            ),
        ),
    )
    return KeyFigures(figures)


def _main_points(run: Run) -> tuple[str, ...]:
    """Return what to take along: the widest cause, what lasted too long, queues, empty reserves, what held."""
    points = [*_widest_cause(run)]
    late = [run.names.of(outcome.component) for outcome in run.fallen if outcome.breaches]
    if late:
        points.append(_("Out for longer than tolerable: {names}.", names=counted_names(late)))
    queues = {
        team: max(length for _minute, length in rows)
        for team, rows in queue_lengths(run.trace).items()
        if run.names.is_shown(team)
    }
    team = max(queues, key=lambda team: (queues[team], team), default="")
    if queues.get(team):
        points.append(
            ngettext(
                "Scarcest team: {team}; at the worst moment {number} repair waited for it.",
                "Scarcest team: {team}; at the worst moment {number} repairs waited for it.",
                queues[team],
                team=run.names.of(team),
            )
        )
    empty = [reserve.component for reserve in reserves_of(run.trace) if reserve.ran_out]
    names = [run.names.of(part) for part in dict.fromkeys(empty) if run.names.is_shown(part)]
    if names:
        points.append(_("Reserves that ran out: {names}.", names=counted_names(names)))
    held = [run.names.of(outcome.component) for outcome in run.outcomes if outcome.first_below_100 is None]
    if held:
        points.append(_("Not affected: {names}.", names=counted_names(held)))
    return tuple(points)


def _widest_cause(run: Run) -> list[str]:
    behind = {part: len(parts) for part, parts in followers(run.view, run.trace).items() if run.names.is_shown(part)}
    widest = max(behind, key=lambda part: (behind[part], part), default="")
    if not behind.get(widest):
        return []
    return [
        ngettext(
            "Widest consequences: when {name} fell, {number} other part followed, directly or through others.",
            "Widest consequences: when {name} fell, {number} other parts followed, directly or through others.",
            behind[widest],
            name=run.names.of(widest),
        )
    ]
