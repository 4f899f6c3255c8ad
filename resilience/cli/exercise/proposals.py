"""``resilience exercise propose, proposals``: what play showed of the map, from the table to the keeper of the map."""

import datetime as dt
from pathlib import Path

import click

from resilience.cli.translated import Command, later

FILE = click.Path(path_type=Path, dir_okay=False)


@click.command(
    cls=Command,
    help=later(
        "Write down in an exercise what play showed of the map: a dependency that is not there, one that is missing, "
        "or another figure, such as how long a buffer lasts.\n\n"
        "EXERCISE is an exercise file, or its name in your exercise folder; it may be running or have ended. Nothing "
        "on the map changes: see 'resilience exercise proposals'. Ids stand in 'resilience city show'."
    ),
    epilog=later(
        "Example: resilience exercise propose flood.exercise --figure 'a>b' buffer 4h --why 'the battery held longer'"
    ),
)
@click.argument("path", metavar="EXERCISE", type=FILE)
@click.option("--refuted", metavar="NEED", help=later("This dependency turned out not to be there."))
@click.option(
    "--missing", nargs=2, metavar="COMPONENT PROVIDER",
    help=later("This component needs that one, and the map misses it."),
)  # fmt: skip
@click.option("--kind", metavar="KIND", help=later("With --missing: data, identity, network, power, hosting, …"))
@click.option("--buffer", metavar="TIME", help=later("With --missing: how long it can do without."))
@click.option(
    "--figure", nargs=3, metavar="ID FIGURE VALUE",
    help=later("Of a component or dependency: buffer, restart_lag, repair.duration, …"),
)  # fmt: skip
@click.option("--why", required=True, help=later("What was seen; no names of persons."))
@click.option("--as", "seat", metavar="SEAT", help=later("Whose seat saw it; default: the facilitator."))
def propose(
    path: Path, refuted: str | None, missing: tuple[str, str] | None, kind: str | None, buffer: str | None,
    figure: tuple[str, str, str] | None, why: str, seat: str | None,
) -> None:  # fmt: skip
    """Write one entry."""
    from resilience.base.language import _
    from resilience.cli import output
    from resilience.exercise.evaluation.proposals import sighting
    from resilience.exercise.keeping.folder import found
    from resilience.exercise.seats import FACILITATOR, seat_called
    from resilience.exercise.session import Session
    from resilience.exercise.wording import sentence

    if sum(given is not None for given in (refuted, missing, figure)) != 1:
        raise click.UsageError(_("give one of --refuted, --missing, --figure"))
    if missing is None and (kind is not None or buffer is not None):
        raise click.UsageError(_("--kind and --buffer belong to --missing"))
    if refuted is not None:
        seen = sighting(sort="refuted", subject=refuted, why=why)
    elif missing is not None:
        seen = sighting(
            sort="missing", subject=missing[0], provider=missing[1], kind=kind or "data", value=buffer, why=why
        )
    else:
        subject, field, value = figure or ("", "", "")
        seen = sighting(sort="figure", subject=subject, field=field, value=value, why=why)
    with Session.open(found(path), seat=seat_called(seat) if seat else FACILITATOR, conduct=False) as session:
        event = session.propose(seen)
    output.result(_("entry {number}: {text}", number=event.seq, text=sentence(event)))


@click.command(
    cls=Command,
    help=later(
        "Show what an exercise proposes for the map, and with --out write it as a patch.\n\n"
        "The keeper of the map looks at the patch with 'resilience city apply' and accepts what holds."
    ),
    epilog=later("Example: resilience exercise proposals flood.exercise --out patch.yaml"),
)
@click.argument("path", metavar="EXERCISE", type=FILE)
@click.option("--out", type=FILE, metavar="FILE", help=later("Write them into this file."))
@click.option("--json", "as_json", is_flag=True, help=later("Write JSON, for a program."))
def proposals(path: Path, out: Path | None, as_json: bool) -> None:
    """List them, or write the patch."""
    from city_model.partner.sightings import patch_text
    from resilience.base.files import write_text
    from resilience.base.language import _
    from resilience.cli import diagnostics, output
    from resilience.exercise.evaluation.proposals import patch_of
    from resilience.exercise.events import Kind
    from resilience.exercise.keeping.folder import found
    from resilience.exercise.session import Session
    from resilience.exercise.wording import sentence

    with Session.open(found(path), conduct=False, read_only=True) as session:
        state = session.state
        content = patch_of(state, dt.date.today())  # noqa: DTZ011 - the day on the wall, here
    if out is not None:
        write_text(out, patch_text(content))
    if as_json:
        output.json_result(content.model_dump(mode="json"))
    else:
        for event in state.events_of(Kind.PROPOSAL):
            output.result(_("entry {number}: {text}", number=event.seq, text=sentence(event)))
    if out is not None:
        diagnostics.note(_("the patch is in {file}; look with {command}", file=out,
                           command=f"resilience city apply {content.seen.city} {out}"))  # fmt: skip
