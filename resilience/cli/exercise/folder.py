"""``resilience exercise list`` and ``purge``: which exercises there are, until when they are kept, and what goes."""

import datetime as dt
from typing import TYPE_CHECKING

import click

from resilience.cli.exercise.log import phase_words
from resilience.cli.translated import Command, later

if TYPE_CHECKING:
    from resilience.exercise.keeping.folder import Listed


@click.command(
    "list",
    cls=Command,
    help=later(
        "List the exercises in your exercise folder, the one written to last first.\n\n"
        "It shows which group played, and until which day each is kept; '▲' marks one that should be gone, which "
        "'resilience exercise purge' removes."
    ),
    epilog=later("Example: resilience exercise list"),
)
@click.option("--json", "as_json", is_flag=True, help=later("Write JSON, for a program."))
def list_exercises(as_json: bool) -> None:
    """Write one row per exercise."""
    from resilience.base.language import _
    from resilience.base.units import format_clock
    from resilience.cli import output
    from resilience.exercise.keeping.folder import default_folder, exercises

    output.show_progress()
    found, today = exercises(), _today()
    if as_json:
        output.json_result([_as_json(one, today) for one in found])
        return
    if not found:
        output.result(_("There are no exercises in {folder}.", folder=default_folder()))
        return
    groups = any(one.state.head and one.state.head.group for one in found)
    headers = [
        _("file"), _("scenario"), *([_("group")] if groups else []), _("stands at"), _("time"), _("events"),
        _("kept until"),
    ]  # fmt: skip
    rows: list[list[object]] = []
    for one in found:
        head = one.state.head
        if one.fault or head is None:
            rows.append([one.path.name, one.fault or "", *([""] if groups else []), "", "", "", ""])
            continue
        rows.append(
            [
                one.path.name,
                str(head.name),
                *([head.group] if groups else []),
                phase_words(one.state.phase),
                format_clock(one.state.last_minute),
                len(one.state.events),
                _kept_words(one, today),
            ]
        )
    output.table(headers, rows)


@click.command(
    cls=Command,
    help=later(
        "Remove the exercises in your exercise folder whose day has passed, with their links and surveys.\n\n"
        "That day stands in each file: the one that was given with 'resilience exercise start --keep-until', or else "
        "a year after it was made. It shows them and asks first. Nothing else is removed: no rehearsals, no files that "
        "cannot be read, nothing that somebody is conducting now."
    ),
    epilog=later("Example: resilience exercise purge"),
)
@click.option("--yes", is_flag=True, help=later("Do not ask."))
@click.option("--json", "as_json", is_flag=True, help=later("Write JSON, for a program."))
def purge(yes: bool, as_json: bool) -> None:
    """Show what is overdue, ask, remove."""
    from resilience.base.language import _, ngettext
    from resilience.base.problems import RunError
    from resilience.cli import output
    from resilience.cli.terminal import require_terminal
    from resilience.exercise.keeping.folder import exercises, removed
    from resilience.exercise.keeping.retention import is_overdue, keep_until

    today = _today()
    overdue = [one for one in exercises() if one.fault is None and is_overdue(one.state, today)]
    if not yes and overdue:
        require_terminal(_("somebody must say yes"), _("give --yes"))
    if overdue and not as_json:
        rows = [
            (one.path.name, one.state.head.name if one.state.head else "", str(keep_until(one.state)))
            for one in overdue
        ]
        output.table([_("file"), _("scenario"), _("kept until")], rows)
    if overdue and not yes:
        question = ngettext("Remove this exercise for good?", "Remove these {number} exercises for good?", len(overdue))
        if not click.confirm(question, err=True):
            overdue = []
    gone = [one.path for one in overdue if removed(one.path)]
    if as_json:
        output.json_result({"removed": [str(path) for path in gone]})
    else:
        output.result(ngettext("{number} exercise removed", "{number} exercises removed", len(gone)))
    stayed = [one.path.name for one in overdue if one.path not in gone]
    if stayed:
        raise RunError(_("still in use, or not to be removed: {files}", files=", ".join(stayed)))


def _as_json(one: "Listed", today: dt.date) -> dict[str, object]:
    from resilience.exercise.keeping.retention import is_overdue, keep_until

    head = one.state.head
    last = keep_until(one.state)
    return {
        "file": str(one.path),
        "fault": one.fault,
        "scenario": head.scenario if head else None,
        "city": head.city if head else None,
        "group": head.group if head else None,
        "phase": str(one.state.phase) if one.fault is None else None,
        "minute": one.state.last_minute,
        "events": len(one.state.events),
        "keep_until": last.isoformat() if last else None,
        "overdue": is_overdue(one.state, today),
    }


def _kept_words(one: "Listed", today: dt.date) -> str:
    from resilience.base.language import _
    from resilience.exercise.keeping.retention import is_overdue, keep_until

    last = keep_until(one.state)
    if last is None:
        return _("rehearsal")
    return f"▲ {last}" if is_overdue(one.state, today) else str(last)


def _today() -> dt.date:
    return dt.date.today()  # noqa: DTZ011 - the day on the wall, here
