"""``resilience exercise fork``: another run that begins with the events of an exercise, up to a moment."""

from pathlib import Path

import click

from resilience.cli.translated import Command, later

FILE = click.Path(path_type=Path, dir_okay=False)


@click.command(
    cls=Command,
    help=later(
        "Go back to a moment of an exercise and play on from there, in a new file.\n\n"
        "EXERCISE is an exercise file, or its name in your exercise folder; it may be running or finished, and is only "
        "read. The new file begins with its events up to that moment and says where they come from; map, scenario and "
        "luck are the same. The clock stands there until you let it run."
    ),
    epilog=later(
        "Example: resilience exercise fork flood.exercise --at 02:30 --out other-choice.exercise\n\n"
        "Example: resilience exercise fork flood.exercise --before 31"
    ),
)
@click.argument("path", metavar="EXERCISE", type=FILE)
@click.option(
    "--at", "moment", metavar="TIME", help=later("At the end of this minute: '02:30', '2d 14:30', '2h30m' or minutes.")
)
@click.option(
    "--before", type=click.IntRange(min=2), metavar="NUMBER", help=later("Just before this entry of the log.")
)
@click.option("--out", type=FILE, metavar="FILE", help=later("The new file; default: beside the other, numbered."))
@click.option("--json", "as_json", is_flag=True, help=later("Write JSON, for a program."))
def fork(path: Path, moment: str | None, before: int | None, out: Path | None, as_json: bool) -> None:
    """Read the one, write the other."""
    from resilience.base.language import _
    from resilience.base.units import format_clock
    from resilience.cli import output
    from resilience.exercise.keeping.folder import beside, found
    from resilience.exercise.session import Session

    if (moment is None) == (before is None):
        raise click.UsageError(_("give --at or --before, one of the two"))
    place = found(path)
    minute = None if moment is None else minute_of(moment)
    with Session.open(place, conduct=False, read_only=True) as session:
        target = out or beside(place)
        at = session.fork(target, minute=minute, before=before)
    if as_json:
        output.json_result({"file": str(target), "from": str(place), "minute": at})
        return
    output.result(_("{file} stands at {time}", file=target, time=format_clock(at)))
    output.result(_("go on with: resilience exercise resume {file}", file=target))


def minute_of(text: str) -> int:
    """Return the exercise minute that *text* means, counted from the start; raises InputError."""
    from resilience.base.language import _
    from resilience.base.problems import InputError
    from tui.view_models.words import read_moment

    written = text.strip()
    try:
        return int(written) if written.isdecimal() else read_moment(written, 0)
    except ValueError as error:
        what = _("{text} is not a moment of an exercise", text=repr(text))
        raise InputError.because(what, _("write 02:30, 2d 14:30, 2h30m or whole minutes")) from error
