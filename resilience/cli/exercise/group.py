"""``resilience exercise``: start, resume and rehearse an exercise, and read or verify what was recorded."""

import datetime as dt
from pathlib import Path
from typing import TYPE_CHECKING

import click

from resilience.cli.exercise.actions import actions, tell_overdue
from resilience.cli.exercise.compare import compare
from resilience.cli.exercise.folder import list_exercises, purge
from resilience.cli.exercise.fork import fork
from resilience.cli.exercise.log import PSEUDONYMS_HELP, write_log
from resilience.cli.exercise.picture import picture
from resilience.cli.exercise.proposals import proposals, propose
from resilience.cli.exercise.public import public
from resilience.cli.exercise.survey import survey
from resilience.cli.translated import Group, later

if TYPE_CHECKING:
    from resilience.exercise.session import Session

SMALLEST = (80, 24)
"""Columns and lines that every screen fits in."""
LESSON = ("utrecht", "zwart-scherm")
"""The city and the scenario of the lesson."""
FILE = click.Path(path_type=Path, dir_okay=False)


@click.group(cls=Group, help=later("Prepare, run and evaluate a crisis exercise."))
def exercise() -> None:
    """Only the commands below do something."""


@exercise.command(
    help=later(
        "Start a new exercise and open the console.\n\n"
        "CITY is a bundled city or a folder, SCENARIO a bundled scenario or a .yaml file. Both are kept in the "
        "exercise as they are now. Everything is saved at once; after a crash, go on with 'resilience exercise resume'."
    ),
    epilog=later("Example: resilience exercise start utrecht zwart-scherm"),
)
@click.argument("city")
@click.argument("scenario")
@click.option(
    "--seed", type=click.IntRange(min=0), default=0, show_default=True, help=later("Choose the luck of this run.")
)
@click.option(
    "--file",
    "path",
    type=FILE,
    metavar="FILE",
    help=later("Where to keep the exercise; default: your exercise folder."),
)
@click.option("--group", default="", metavar="NAME", help=later("Which of the groups this is that play side by side."))
@click.option(
    "--keep-until",
    "last_day",
    type=click.DateTime(formats=["%Y-%m-%d"]),
    help=later("The last day on which it is kept; default: a year from now."),
)
def start(city: str, scenario: str, seed: int, path: Path | None, group: str, last_day: dt.datetime | None) -> None:
    """Make the file, then open the console on it."""
    from resilience.base.language import _, language
    from resilience.base.problems import InputError
    from resilience.cli import diagnostics
    from resilience.exercise.keeping.folder import new_path
    from resilience.exercise.session import Session

    _require_terminal(_("use 'resilience exercise rehearse' to play without one"))
    day = last_day.date() if last_day else None
    if day is not None and day < dt.date.today():  # noqa: DTZ011 - the day on the wall, here
        raise InputError.because(_("--keep-until {day} has passed", day=day), _("give a day that is still to come"))
    place = path or new_path(city, scenario, group=group)
    tell_overdue()
    _open_console(Session.create(place, city, scenario, seed=seed, lang=language(), group=group, keep_until=day))
    diagnostics.note(_("the exercise is kept in {file}", file=place))


@exercise.command(
    help=later(
        "Go on with an exercise where it stopped, also after a crash: every recorded event is there.\n\n"
        "FILE is an exercise file; without it, the last one that has not ended. The time in which nobody conducted "
        "does not count; the clock stands until you let it run."
    ),
    epilog=later("Example: resilience exercise resume"),
)
@click.argument("path", metavar="[FILE]", type=FILE, required=False)
def resume(path: Path | None) -> None:
    """Open the console on an existing file."""
    from resilience.base.language import _
    from resilience.cli import diagnostics
    from resilience.exercise.keeping.folder import latest
    from resilience.exercise.session import Session

    _require_terminal(_("'resilience exercise show {file}' shows the log", file=path or "FILE"))
    place = path or latest()
    _open_console(Session.open(place))
    diagnostics.note(_("the exercise is kept in {file}", file=place))


@exercise.command(
    help=later(
        "Take a seat at an exercise that somebody else conducts, in this terminal: also over ssh, on the same file.\n\n"
        "SEAT is the id of a team, 'observer' or 'spectator'. A team sees only what it received or did; the "
        "spectators see what is public, in large type. EXERCISE is an exercise file, or its name in your exercise "
        "folder; without it, the last one that has not ended."
    ),
    epilog=later("Example: resilience exercise join --as gbt"),
)
@click.argument("path", metavar="[EXERCISE]", type=FILE, required=False)
@click.option("--as", "seat", metavar="SEAT", required=True, help=later("Whose seat this is."))
@click.option(
    "--name", default="", help=later("What the role of an observer is called, needed for each; no names of persons.")
)
def join(path: Path | None, seat: str, name: str) -> None:
    """Open the screen of a seat on an existing file."""
    import os

    from resilience.base.language import _
    from resilience.base.problems import InputError
    from resilience.exercise.keeping.folder import found, latest
    from resilience.exercise.roles import a_role
    from resilience.exercise.seats import seat_called
    from resilience.exercise.session import Session
    from tui.seat_app import run

    role = a_role(name, _("the role"))
    if seat == "observer" and not role:
        raise InputError.because(_("each observer has a sheet of its own"), _("name the role, such as --name care"))
    place = found(path) if path else latest()
    if "TEXTUAL_DRIVER" not in os.environ:  # a browser is the terminal then
        _require_terminal(_("'resilience exercise show {file} --cell {cell}' shows its log", file=place, cell=seat))
    with Session.open(place, seat=seat_called(seat, role), conduct=False) as session:
        run(session)


@exercise.command(
    help=later(
        "Open the seats of an exercise in browsers: each team, the observers and the spectators have a secret link.\n\n"
        "EXERCISE is an exercise file, or its name in your exercise folder; without it, the last one that has not "
        "ended. Whoever has a link has the seat: hand each one out to its team only. The links stay the same until "
        "you withdraw them with --revoke. Only this computer can reach them unless you give --host; put a proxy "
        "with a certificate (TLS) before it and name its address with --public-url. Ctrl-C stops."
    ),
    epilog=later("Example: resilience exercise serve"),
)
@click.argument("path", metavar="[EXERCISE]", type=FILE, required=False)
@click.option("--host", default="127.0.0.1", show_default=True, help=later("The address to listen on."))
@click.option(
    "--port", type=click.IntRange(1, 65535), default=8000, show_default=True, help=later("The port to listen on.")
)
@click.option("--public-url", default="", metavar="URL", help=later("How browsers reach it, where a proxy is between."))
@click.option(
    "--observer", "observers", multiple=True, metavar="ROLE", help=later("Also make a link for this observer; repeat.")
)
@click.option("--revoke", metavar="SEAT", help=later("Withdraw the link of this seat, or of 'all', and make another."))
@click.option("--json", "as_json", is_flag=True, help=later("Write JSON, for a program."))
def serve(
    path: Path | None,
    host: str,
    port: int,
    public_url: str,
    observers: tuple[str, ...],
    revoke: str | None,
    as_json: bool,
) -> None:
    """Write the links, then serve them."""
    import sys

    from resilience.base.extras import library
    from resilience.base.language import _
    from resilience.cli import diagnostics, output
    from resilience.exercise.keeping.folder import found, latest
    from resilience.exercise.keeping.links import Links
    from resilience.exercise.roles import a_role
    from resilience.exercise.seats import Seat
    from resilience.exercise.session import Session

    library("textual_serve", "web")
    from tui.web.server import Place, SeatServer

    exercise = found(path) if path else latest()
    with Session.open(exercise, read_only=True) as session:
        cells = {f"cell/{cell.id}": str(cell.name) for cell in session.scenario.cells}
        lang = session.language
    seats = [
        *(Seat("cell", key.partition("/")[2]) for key in cells),
        *(Seat("observer", a_role(name, _("the role"))) for name in observers),
    ]
    links = Links(exercise)
    tokens = links.offer([*seats, Seat("spectator")])
    if revoke is not None:
        wanted = None if revoke == "all" else next((key for key in tokens if revoke in (key, *key.split("/"))), revoke)
        links.renew(wanted)
        tokens = {key: token for key, token in links.tokens().items() if wanted in (None, key)}
    place = Place(host, port, _checked_address(public_url))
    rows = [(cells.get(key, key), f"{place.address}/s/{token}") for key, token in tokens.items()]
    if as_json:
        output.json_result([{"seat": key, "link": link} for key, (_name, link) in zip(tokens, rows, strict=True)])
    else:
        for name, link in rows:  # no table: a link must not be cut into lines
            output.result(f"{name}: {link}")
    if revoke is not None:
        return
    sys.stdout.flush()  # the server does not come back
    if not place.address.startswith("https:") and host not in ("127.0.0.1", "::1", "localhost"):
        diagnostics.warning(_("these links go over the network unencrypted: put a proxy with a certificate before it"))
    diagnostics.note(_("the seats are open; Ctrl-C closes them"))
    SeatServer(exercise, links, place, lang).run()


@exercise.command(
    help=later(
        "Play a whole exercise without people, in seconds: every inject is sent and every decision point takes its "
        "default option at its deadline.\n\n"
        "Use it to try a scenario out before you play it. The same seed and options give the same log."
    ),
    epilog=later("Example: resilience exercise rehearse utrecht zwart-scherm"),
)
@click.argument("city")
@click.argument("scenario")
@click.option(
    "--seed", type=click.IntRange(min=0), default=0, show_default=True, help=later("Choose the luck of this run.")
)
@click.option("--file", "path", type=FILE, metavar="FILE", help=later("Keep the rehearsal in this exercise file."))
@click.option("--choose", "chosen", multiple=True, metavar="DECISION=OPTION", help=later("Take another option."))
@click.option("--json", "as_json", is_flag=True, help=later("Write JSON, for a program."))
def rehearse(city: str, scenario: str, seed: int, path: Path | None, chosen: tuple[str, ...], as_json: bool) -> None:
    """Play the exercise and write its log."""
    from resilience.base.language import language
    from resilience.exercise.rehearse import rehearse as play

    choices = choices_of(chosen, "--choose")
    with play(city, scenario, seed=seed, lang=language(), path=path, choices=choices) as session:
        write_log(session, as_json=as_json)


@exercise.command(
    help=later(
        "Show the log of an exercise; FILE is not changed, and may be in use.\n\n"
        "With --cell it shows only what that cell received or did."
    ),
    epilog=later("Example: resilience exercise show flood.exercise"),
)
@click.argument("path", metavar="FILE", type=FILE)
@click.option("--cell", help=later("Show what this cell may see."))
@click.option("--pseudonyms", is_flag=True, help=PSEUDONYMS_HELP)
@click.option("--json", "as_json", is_flag=True, help=later("Write JSON, for a program."))
def show(path: Path, cell: str | None, pseudonyms: bool, as_json: bool) -> None:
    """Write the log."""
    from resilience.exercise.seats import FACILITATOR, Seat
    from resilience.exercise.session import Session

    seat = FACILITATOR if cell is None else Seat("cell", cell)
    with Session.open(path, seat=seat, read_only=True) as session:
        if pseudonyms:
            session.hide_people()
        write_log(session, as_json=as_json)


@exercise.command(
    help=later(
        "Check that an exercise file is as it was written: nothing changed, nothing missing.\n\n"
        "Keep the content hash that it shows with your report: a file that was cut off later has another one."
    ),
    epilog=later("Example: resilience exercise verify flood.exercise"),
)
@click.argument("path", metavar="FILE", type=FILE)
@click.option("--json", "as_json", is_flag=True, help=later("Write JSON, for a program."))
def verify(path: Path, as_json: bool) -> None:
    """Write what the check found; a fault is exit code 1."""
    from resilience.base.language import _, ngettext
    from resilience.base.problems import RunError
    from resilience.cli import output
    from resilience.exercise.keeping.verification import verify as check

    found = check(path)
    if as_json:
        output.json_result(
            {
                "file": str(path),
                "events": found.events,
                "content_hash": found.content_hash,
                "full_hash": found.full_hash,
                "faults": list(found.faults),
            }
        )
    if found.faults:
        raise RunError(_("{file} was changed: {faults}", file=path, faults="; ".join(found.faults)))
    if not as_json:
        count = ngettext("{number} event", "{number} events", found.events)
        output.result(_("{file} is as it was written: {count}", file=path, count=count))
        output.result(_("content hash: {hash}", hash=found.content_hash))


@exercise.command(
    help=later(
        "Learn to conduct an exercise: ten short steps on the real console, each done with the real key.\n\n"
        "It says what to do and waits until you have done it. The exercise is made for the lesson and not kept; "
        "it takes ten minutes, and nobody else needs to be there."
    ),
    epilog=later("Example: resilience exercise train"),
)
def train() -> None:
    """Open the console with the lesson on an exercise in memory."""
    from resilience.base.language import _, language
    from resilience.exercise.session import Session
    from tui.train_app import run

    _require_terminal(_("read docs/tutorial/first-exercise.md to learn without one"))
    with Session.create(None, *LESSON, lang=language()) as session:
        run(session)


def _open_console(session: "Session") -> None:
    from resilience.base.language import _
    from resilience.cli import diagnostics
    from tui.app import run

    with session:
        if not session.is_conductor and session.recomputable:
            diagnostics.note(_("another process conducts this exercise; here you can follow and decide"))
        run(session)


def _require_terminal(without: str) -> None:
    """Raise InputError where the console cannot be shown, before anything is made; *without* one, that is the way."""
    import os
    import sys

    from resilience.base.language import _
    from resilience.base.problems import InputError
    from resilience.cli.terminal import require_terminal

    require_terminal(_("the console needs a terminal"), without)
    columns, lines = os.get_terminal_size(sys.stdout.fileno())
    if columns < SMALLEST[0] or lines < SMALLEST[1]:
        what = _("this terminal is {columns}x{lines}", columns=columns, lines=lines)
        repair = _("make it at least {columns}x{lines}", columns=SMALLEST[0], lines=SMALLEST[1])
        raise InputError.because(what, repair)


def _checked_address(address: str) -> str:
    from urllib.parse import urlsplit

    from resilience.base.language import _
    from resilience.base.problems import InputError

    parts = urlsplit(address)
    if address and (parts.scheme not in ("http", "https") or not parts.netloc or parts.path.strip("/")):
        what = _("--public-url {address} is not the address of a server", address=address)
        raise InputError.because(what, _("write https://name, without anything after it"))
    return address


def choices_of(chosen: tuple[str, ...], name: str) -> dict[str, str]:
    """Return the option by decision, from what was given with the option *name* of the command."""
    from resilience.base.language import _
    from resilience.base.problems import InputError

    choices: dict[str, str] = {}
    for choice in chosen:
        point, _equals, option = choice.partition("=")
        if not (point and option):
            raise click.UsageError(_("write {name} as DECISION=OPTION", name=name))
        if point in choices:
            raise InputError.because(_("{name} names decision {id} twice", name=name, id=point), _("give it once"))
        choices[point] = option
    return choices


exercise.add_command(compare)
exercise.add_command(actions)
exercise.add_command(propose)
exercise.add_command(proposals)
exercise.add_command(picture)
exercise.add_command(public)
exercise.add_command(survey)
exercise.add_command(fork)
exercise.add_command(list_exercises)
exercise.add_command(purge)
