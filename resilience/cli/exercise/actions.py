"""``resilience exercise actions``: what exercises taught, who repairs it by when, across all of them."""

import datetime as dt
from pathlib import Path
from typing import TYPE_CHECKING

import click

from resilience.cli.translated import Group, later

if TYPE_CHECKING:
    from collections.abc import Sequence

    from city_model.exchange.table_out import Sheet
    from resilience.exercise.evaluation.register import Action, Register

FILE = click.Path(path_type=Path, dir_okay=False)
DAY = click.DateTime(formats=["%Y-%m-%d"])
REGISTER = click.option(
    "--register", "place", type=FILE, metavar="FILE",
    help=later("The register; default: the one in your exercise folder."),
)  # fmt: skip
JSON = click.option("--json", "as_json", is_flag=True, help=later("Write JSON, for a program."))
NUMBER = click.argument("number", type=click.IntRange(min=1))
OUTPUTS = (".csv", ".xlsx", ".json")


@click.group(
    cls=Group,
    help=later(
        "Keep the actions that came out of exercises: who repairs what by when, and how that stands.\n\n"
        "The register is one file beside your exercises. Owners are functions, never persons."
    ),
)
def actions() -> None:
    """Only the commands below do something."""


@actions.command(
    "list",
    help=later(
        "List the actions that are open, the ones that are overdue first.\n\n"
        "With --out the whole list goes into a file, for the annual report: .csv, .xlsx or .json."
    ),
    epilog=later("Example: resilience exercise actions list --all --out actions.csv"),
)
@click.option("--all", "everything", is_flag=True, help=later("Also what is done or was dropped."))
@click.option("--overdue", is_flag=True, help=later("Only what should have been done by now."))
@click.option("--out", type=FILE, metavar="FILE", help=later("Write the list into this file."))
@REGISTER
@JSON
def list_actions(everything: bool, overdue: bool, out: Path | None, place: Path | None, as_json: bool) -> None:
    """Write one row per action."""
    from resilience.base.language import _
    from resilience.cli import diagnostics, output
    from resilience.exercise.evaluation.register import Register

    today = _today()
    register = Register(place)
    chosen = [one for one in register.actions() if everything or one.status == "open"]
    chosen = [one for one in chosen if one.is_overdue(today) or not overdue]
    chosen.sort(key=lambda one: (one.status != "open", one.due or dt.date.max, one.number))
    if out is not None:
        _export(chosen, today, out)
        diagnostics.note(_("the actions are in {file}", file=out))
    elif as_json:
        output.json_result([one.to_json(today) for one in chosen])
    elif not chosen:
        output.result(_("There are no such actions in {file}.", file=register.path))
    else:
        sheet = _sheet(chosen, today, narrow=True)
        output.table(sheet.headers, sheet.rows)


@actions.command(
    help=later(
        "Take the actions of an exercise into the register: one for each finding that says what to do.\n\n"
        "EXERCISE is an exercise file, or its name in your exercise folder; it is not changed. What was taken before "
        "stays as it is, so that you can do it again after the debrief."
    ),
    epilog=later("Example: resilience exercise actions take flood.exercise"),
)
@click.argument("path", metavar="EXERCISE", type=FILE)
@REGISTER
@JSON
def take(path: Path, place: Path | None, as_json: bool) -> None:
    """Copy findings of one exercise."""
    from resilience.base.language import _, ngettext
    from resilience.cli import diagnostics
    from resilience.exercise.evaluation.register import Register, from_findings
    from resilience.exercise.keeping.folder import found
    from resilience.exercise.session import Session

    register = Register(place)
    with Session.open(found(path), conduct=False, read_only=True) as session:
        state = session.state
    wanted = from_findings(state)
    _write(register.add(wanted, _today()), as_json=as_json)
    without = sum(finding.sort == "improvement" and not finding.action for finding in state.findings)
    if without:
        diagnostics.note(
            ngettext(
                "{number} finding says not what to do; add it with 'actions add'",
                "{number} findings say not what to do; add them with 'actions add'",
                without,
            )
        )
    lacking = sum(not one.owner or one.due is None for one in wanted)
    if lacking:
        diagnostics.note(_("without owner or date: {number}; name them with 'actions change'", number=lacking))


@actions.command(
    help=later("Add an action. Without --exercise it comes from elsewhere, such as an incident."),
    epilog=later(
        "Example: resilience exercise actions add 'Print the emergency forms' --owner 'service desk' --by 2027-03-01"
    ),
)
@click.argument("text")
@click.option("--owner", default="", metavar="ROLE", help=later("Which function does it; never a person's name."))
@click.option("--by", "due", type=DAY, help=later("The last day."))
@click.option("--exercise", "path", type=FILE, metavar="EXERCISE", help=later("The exercise that it comes from."))
@click.option("--finding", type=click.IntRange(min=1), help=later("The number of its finding in the log."))
@REGISTER
@JSON
def add(
    text: str, owner: str, due: dt.datetime | None, path: Path | None, finding: int | None, place: Path | None,
    as_json: bool,
) -> None:  # fmt: skip
    """Write one action."""
    from resilience.base.language import _
    from resilience.base.problems import InputError
    from resilience.exercise.evaluation.register import NewAction, Register, origin_of
    from resilience.exercise.keeping.folder import found
    from resilience.exercise.session import Session

    origin, taught = None, ""
    if path is not None:
        with Session.open(found(path), conduct=False, read_only=True) as session:
            known = {one.seq: one.text for one in session.state.findings}
            if finding is not None and finding not in known:
                what = _("entry {number} is not a finding", number=finding)
                numbers = ", ".join(map(str, known)) or "–"
                raise InputError.because(what, _("use one of: {words}", words=numbers), file=str(path))
            origin, taught = origin_of(session.state, finding), known.get(finding or 0, "")
    elif finding is not None:
        raise click.UsageError(_("--finding needs --exercise"))
    wanted = NewAction(text, owner, due.date() if due else None, taught, origin)
    made = Register(place).add([wanted], _today())
    if not made:
        what = _("this finding is in the register already")
        raise InputError.because(what, _("see 'resilience exercise actions list --all'"))
    _write(made, as_json=as_json)


@actions.command(
    help=later("Name the owner or the last day of an open action."),
    epilog=later("Example: resilience exercise actions change 3 --owner 'service desk' --by 2027-03-01"),
)
@NUMBER
@click.option("--owner", metavar="ROLE", help=later("Which function does it; never a person's name."))
@click.option("--by", "due", type=DAY, help=later("The last day."))
@REGISTER
@JSON
def change(number: int, owner: str | None, due: dt.datetime | None, place: Path | None, as_json: bool) -> None:
    """Write another owner or day."""
    from resilience.exercise.evaluation.register import Register

    day = due.date() if due else None
    _write([Register(place).change(number, _today(), owner=owner, due=day)], as_json=as_json)


@actions.command(
    help=later("Close an action: it is done, or --dropped with the reason in --note."),
    epilog=later("Example: resilience exercise actions close 3 --note 'seen at the drill'"),
)
@NUMBER
@click.option("--note", default="", help=later("How you know, or why not."))
@click.option("--dropped", is_flag=True, help=later("It will not be done."))
@REGISTER
@JSON
def close(number: int, note: str, dropped: bool, place: Path | None, as_json: bool) -> None:
    """Write that it ended."""
    from resilience.exercise.evaluation.register import Register

    _write([Register(place).end(number, _today(), note, dropped=dropped)], as_json=as_json)


@actions.command(
    help=later("Open an action again that turned out not to be done."),
    epilog=later("Example: resilience exercise actions reopen 3 --note 'the list was out of date again'"),
)
@NUMBER
@click.option("--note", required=True, help=later("Why it is open again."))
@REGISTER
@JSON
def reopen(number: int, note: str, place: Path | None, as_json: bool) -> None:
    """Write that it is open."""
    from resilience.exercise.evaluation.register import Register

    _write([Register(place).reopen(number, _today(), note)], as_json=as_json)


def tell_overdue(register: "Register | None" = None) -> None:
    """Say on stderr, one line each, what should have been done before this exercise."""
    from resilience.base.language import _
    from resilience.cli import diagnostics
    from resilience.exercise.evaluation.register import Register, line

    late = (register or Register()).overdue(_today())
    for action in late:
        diagnostics.note(_("overdue: {action}", action=line(action)))
    if late:
        click.pause(_("Press a key to go on."))  # the console covers these lines; without a terminal nothing waits


def _today() -> dt.date:
    return dt.date.today()  # noqa: DTZ011 - the day on the wall, here


def _write(found: "Sequence[Action]", *, as_json: bool) -> None:
    from resilience.base.language import _
    from resilience.cli import output
    from resilience.exercise.evaluation.register import line, status_word

    if as_json:
        output.json_result([one.to_json(_today()) for one in found])
        return
    for one in found:
        output.result(_("{action}: {status}", action=line(one), status=status_word(one.status)))
    if not found:
        output.result(_("Nothing new came into the register."))


def _sheet(found: "Sequence[Action]", today: dt.date, *, narrow: bool = False) -> "Sheet":
    """Return the actions as a table; *narrow*: what fits on a screen."""
    from city_model.exchange.table_out import Sheet
    from resilience.base.language import _
    from resilience.exercise.evaluation.register import status_word

    headers = [_("number"), _("action"), _("owner"), _("due"), _("status"), _("exercise")]
    more = [_("finding"), _("added"), _("ended"), _("note"), _("city"), _("played")]
    rows = []
    for one in found:
        status = _("overdue") if one.is_overdue(today) else status_word(one.status)
        origin = one.origin
        row = (one.number, one.text, one.owner, str(one.due or ""), status, origin.name if origin else "")
        rest = (one.finding, str(one.added), str(one.ended or ""), one.note)
        last = (origin.city, str(origin.played or "")) if origin else ("", "")
        rows.append(row if narrow else (*row, *rest, *last))
    return Sheet("actions", tuple(headers if narrow else headers + more), tuple(rows))


def _export(found: "Sequence[Action]", today: dt.date, out: Path) -> None:
    from city_model.exchange.table_out import BOM, csv_text, workbook_of
    from resilience.base.canonical import readable_json
    from resilience.base.files import write_bytes
    from resilience.base.language import _
    from resilience.base.problems import InputError

    kind = out.suffix.lower()
    if kind == ".csv":
        content = (BOM + csv_text(_sheet(found, today))).encode()
    elif kind == ".xlsx":
        content = workbook_of([_sheet(found, today)], _("Actions from exercises"))
    elif kind == ".json":
        content = readable_json([one.to_json(today) for one in found]).encode()
    else:
        what = _("it is not clear in which form to write")
        raise InputError.because(what, _("use one of: {words}", words=", ".join(OUTPUTS)), file=str(out))
    write_bytes(out, content)
