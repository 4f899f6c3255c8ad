"""``resilience exercise public``: public messages that a second pair of eyes reads before they go."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from resilience.cli.translated import Group, later

if TYPE_CHECKING:
    from resilience.exercise.events import Event
    from resilience.exercise.public_messages import PublicMessage
    from resilience.exercise.session import Session

FILE = click.Path(path_type=Path, dir_okay=False)
EXERCISE = click.argument("path", metavar="EXERCISE", type=FILE)
ENTRY = click.argument("entry", type=click.IntRange(min=1))
SEAT = click.option("--as", "seat", metavar="SEAT", required=True, help=later("Whose seat this is; the id of a team."))


@click.group(
    cls=Group,
    help=later(
        "Send public messages with four eyes: one team drafts, another releases or returns. What is not released "
        "counts as not sent.\n\n"
        "EXERCISE is an exercise file, or its name in your exercise folder."
    ),
)
def public() -> None:
    """Only the commands below do something."""


@public.command(
    help=later(
        "Write a public message for another team to read.\n\n"
        "Name the channels over which it is to go, also one that works without internet ('resilience advice' tells "
        "which work). With --meets it meets a deadline, such as telling people whose data leaked, once it is released."
    ),
    epilog=later(
        "Example: resilience exercise public draft night.exercise 'Our desks are closed' --as communicatie --check gbt "
        "--channel rampenzender --channel pamflet"
    ),
)
@EXERCISE
@click.argument("text")
@click.option("--channel", "channels", multiple=True, required=True, metavar="ID", help=later("Over which; repeat."))
@click.option("--check", "checker", required=True, metavar="SEAT", help=later("Who reads it: a team, or facilitator."))
@click.option("--meets", "clock", metavar="ID", help=later("The deadline that it meets."))
@SEAT
def draft(path: Path, text: str, channels: tuple[str, ...], checker: str, clock: str | None, seat: str) -> None:
    """Write a draft."""
    from resilience.exercise.public_messages import PublicText

    with _at(path, seat) as session:
        _tell(session.draft_public(PublicText(text, channels, checker, clock)), session)


@public.command(
    help=later("Release the public message with this number, having read it; it goes over the channels that work."),
    epilog=later("Example: resilience exercise public release night.exercise 41 --as gbt"),
)
@EXERCISE
@ENTRY
@click.option("--note", default="", help=later("What you checked."))
@SEAT
def release(path: Path, entry: int, note: str, seat: str) -> None:
    """Let it go."""
    with _at(path, seat) as session:
        _tell(session.release_public(entry, note), session)


@public.command(
    "return",
    help=later("Send the public message with this number back to whoever wrote it."),
    epilog=later("Example: resilience exercise public return night.exercise 41 --as gbt --reason 'wrong number'"),
)
@EXERCISE
@ENTRY
@click.option("--reason", required=True, help=later("What must change."))
@SEAT
def return_message(path: Path, entry: int, reason: str, seat: str) -> None:
    """Send it back."""
    with _at(path, seat) as session:
        _tell(session.return_public(entry, reason), session)


@public.command(
    help=later(
        "Tell which channels work at this moment of the exercise, which warnings cannot get through, and which advice "
        "fits. For whoever plays the outside world: a team does not see what the model computes."
    ),
    epilog=later("Example: resilience exercise public channels night.exercise"),
)
@EXERCISE
@click.option(
    "--places",
    type=FILE,
    metavar="FILE",
    help=later("What channels and subjects rest on in this city; without it, what comes with the program."),
)
@click.option("--json", "as_json", is_flag=True, help=later("Write JSON, for a program."))
def channels(path: Path, places: Path | None, as_json: bool) -> None:
    """Write what 'resilience advice' says, given what is down in the run now."""
    from resilience.cli.scenario.advice import write_advice
    from resilience.exercise.keeping.folder import found
    from resilience.exercise.session import Session
    from resilience.simulation.metrics import minimum_level_of
    from resilience.simulation.trace import What
    from scenarios.reaching import places_of

    with Session.open(found(path), conduct=False, read_only=True) as session:
        city, minute, trace = session.city, session.minute(), session.trace
        leaked = any(one.minute <= minute for one in trace.with_what(What.EXPOSED))

    def is_down(component: str) -> bool:
        return trace.level_at(component, minute) < minimum_level_of(city.component_by_id[component])

    write_advice(city, places_of(city, places), is_down, leaked=leaked, calm=False, as_json=as_json)


@public.command(
    "list",
    help=later("List the public messages, how far each came, and over which channels it went."),
    epilog=later("Example: resilience exercise public list night.exercise"),
)
@EXERCISE
@click.option("--json", "as_json", is_flag=True, help=later("Write JSON, for a program."))
def list_messages(path: Path, as_json: bool) -> None:
    """Write one row per message."""
    from resilience.base.language import _
    from resilience.base.units import format_clock
    from resilience.cli import output
    from resilience.exercise.keeping.folder import found
    from resilience.exercise.public_messages import public_messages
    from resilience.exercise.session import Session
    from resilience.exercise.wording import who

    with Session.open(found(path), conduct=False, read_only=True) as session:
        messages, scenario = public_messages(session.state), session.scenario
    if as_json:
        output.json_result([_data(one) for one in messages])
        return
    if not messages:
        output.result(_("Nobody wrote a public message in this exercise."))
        return
    words = {"waiting": _("not sent"), "released": _("released"), "returned": _("returned")}
    rows = [
        (
            one.seq, format_clock(one.minute), who(one.author, scenario), who(one.checker, scenario),
            words[one.status], "" if one.decided is None else format_clock(one.decided),
            ", ".join(one.worked) if one.status == "released" else "", one.text,
        )
        for one in messages
    ]  # fmt: skip
    headers = [_("number"), _("time"), _("written by"), _("read by"), _("status"), _("at"), _("went over"), _("text")]
    output.table(headers, rows)


def _at(path: Path, seat: str) -> "Session":
    from resilience.exercise.keeping.folder import found
    from resilience.exercise.seats import FACILITATOR, seat_called
    from resilience.exercise.session import Session

    chair = FACILITATOR if seat == "facilitator" else seat_called(seat)
    return Session.open(found(path), seat=chair, conduct=False)


def _tell(event: "Event", session: "Session") -> None:
    from resilience.base.language import _
    from resilience.cli import output
    from resilience.exercise.wording import sentence

    text = sentence(event, session.scenario)
    output.result(_("entry {number}: {text}", number=event.seq, text=text))


def _data(message: "PublicMessage") -> dict[str, object]:
    return {
        "entry": message.seq, "minute": message.minute, "author": message.author, "checker": message.checker,
        "text": message.text, "channels": list(message.channels), "status": message.status,
        "decided": message.decided, "note": message.note,
        "worked": list(message.worked) if message.status == "released" else None,
        "failed": None if message.failed is None else list(message.failed),
    }  # fmt: skip
