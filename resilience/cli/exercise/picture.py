"""``resilience exercise picture``: a line of a picture that says of a component how it is."""

from pathlib import Path
from typing import TYPE_CHECKING, cast

import click

from resilience.cli.translated import Command, later

if TYPE_CHECKING:
    from resilience.exercise.records import PictureClaim, PictureStatus

FILE = click.Path(path_type=Path, dir_okay=False)
STATUSES = ("known", "assumed", "unknown")
CLAIMS = ("works", "hindered", "down", "at_risk")


@click.command(
    cls=Command,
    help=later(
        "Add a line to the picture of a team that says of a component or city function how it is, or read that out of "
        "a line that is there (--entry), also after the exercise.\n\n"
        "Such lines are laid beside the run in the after-action report. EXERCISE is an exercise file, or its name in "
        "your exercise folder."
    ),
    epilog=later(
        "Example: resilience exercise picture a.exercise 'calls fail' --as gbt --about utrecht-telefonie "
        "--says down\n\n"
        "Example: resilience exercise picture a.exercise --entry 31 --about utrecht-telefonie --says down"
    ),
)  # fmt: skip
@click.argument("path", metavar="EXERCISE", type=FILE)
@click.argument("text", required=False)
@click.option("--about", required=True, metavar="ID", help=later("The component or city function."))
@click.option("--says", type=click.Choice(CLAIMS), help=later("How it is, or that it is going to fall (at_risk)."))
@click.option("--status", type=click.Choice(STATUSES), default="known", show_default=True,
              help=later("How sure the team is."))  # fmt: skip
@click.option("--source", default="", help=later("From where the team has it."))
@click.option("--as", "seat", metavar="SEAT", help=later("Whose picture it is; the id of a team."))
@click.option("--entry", type=click.IntRange(min=1), help=later("The number of a line that is there."))
def picture(
    path: Path, text: str | None, about: str, says: str | None, status: str, source: str, seat: str | None,
    entry: int | None,
) -> None:  # fmt: skip
    """Write one entry."""
    from resilience.base.language import _
    from resilience.cli import output
    from resilience.exercise.keeping.folder import found
    from resilience.exercise.seats import FACILITATOR, seat_called
    from resilience.exercise.session import Session
    from resilience.exercise.wording import sentence

    claim = cast("PictureClaim | None", says)
    if (text is None) == (entry is None):
        raise click.UsageError(_("give either the text of a new line, or --entry with the number of one"))
    if entry is None and seat is None:
        raise click.UsageError(_("say whose picture it is, with --as"))
    chair = seat_called(seat) if seat is not None and entry is None else FACILITATOR
    with Session.open(found(path), seat=chair, conduct=False) as session:
        if text is None:
            event = session.read_picture(entry or 0, about, claim)
        else:
            kept = cast("PictureStatus", status)
            event = session.note(text, status=kept, source=source, about=about, says=claim)
    output.result(_("entry {number}: {text}", number=event.seq, text=sentence(event)))
