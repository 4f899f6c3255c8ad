"""``resilience advice``: which channels still work, who can be warned, and what people can do, given what is down."""

import datetime as dt
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import click

from resilience.cli.city.opening import open_city
from resilience.cli.translated import Command, later

if TYPE_CHECKING:
    from city_model.schema import City
    from scenarios.crisis_structure import Structure
    from scenarios.reaching import Advice, IsDown, Places


@click.command(
    cls=Command,
    help=later(
        "Tell which channels still work given what is down, which warnings cannot get through, and which advice fits: "
        "in plain language, by audience, with channels that work without internet too.\n\n"
        "CITY is a bundled city or a folder. Without --fail nothing is down, and the advice is what people can do "
        "beforehand. Let two people read a message before it goes."
    ),
    epilog=later("Example: resilience advice utrecht --fail kpn-telefonie-kern"),
)
@click.argument("city")
@click.option(
    "--fail", "failing", multiple=True, metavar="ID[@TIME]",
    help=later("Let this component fail, so long after the start (such as 90m); may be given more than once."),
)  # fmt: skip
@click.option("--after", default="1h", show_default=True, metavar="DURATION", help=later("How long it has lasted."))
@click.option("--leaked", is_flag=True, help=later("Data of people leaked too."))
@click.option(
    "--places", type=click.Path(path_type=Path, dir_okay=False), metavar="FILE",
    help=later("What channels and subjects rest on in this city; without it, what comes with the program."),
)  # fmt: skip
@click.option("--json", "as_json", is_flag=True, help=later("Write JSON, for a program."))
def advice(city: str, failing: tuple[str, ...], after: str, leaked: bool, places: Path | None, as_json: bool) -> None:
    """Simulate so far, and write what follows."""
    from scenarios.reaching import places_of

    loaded = open_city(city)
    found = places_of(loaded, places)
    is_down = _down_after(loaded, city, failing, after)
    write_advice(loaded, found, is_down, leaked=leaked, calm=not failing and not leaked, as_json=as_json)


def write_advice(
    loaded: "City", found: "Places", is_down: "IsDown", *, leaked: bool, calm: bool, as_json: bool
) -> None:  # fmt: skip
    """Write which channels work and which advice fits, given what is down; *calm*: beforehand."""
    from resilience.cli import output
    from scenarios import reaching
    from scenarios.crisis_structure import crisis_structure

    known = {channel.id: channel for channel in reaching.reach_channels()}
    structure = crisis_structure(found.region, channels=known)
    failed = reaching.working_channels(found, is_down)
    subjects = reaching.subjects_now(found, is_down, leaked=leaked)
    # The advice of today: a record may be withdrawn or no longer hold.
    fitting = reaching.fitting_advice(reaching.advice_library(), subjects, dt.date.today(), calm=calm)  # noqa: DTZ011
    if as_json:
        output.json_result(
            {
                "channels": [{"channel": name, "works": not lost, "because": lost} for name, lost in failed.items()],
                "subjects": subjects,
                "warnings_stopped": [one.id for one in structure.warnings if not _passes(one.channels, failed)],
                "advice": [
                    one.model_dump(mode="json")
                    | {"channels_that_work": [name for name in one.channels if _works(name, failed)]}
                    for one in fitting
                ],
            }
        )
        return
    _write_channels(loaded, found, failed)
    _write_warnings(structure, failed)
    _write_fitting(fitting, failed)


def _down_after(loaded: "City", name: str, failing: tuple[str, ...], after: str) -> "IsDown":
    """Return whether a component is down so long after the start of these failures, which are not repaired yet."""
    from resilience.base.units import LONGEST_MINUTES
    from resilience.cli.runs.failing import question
    from resilience.simulation.engine import simulate
    from resilience.simulation.metrics import minimum_level_of

    asked = question(loaded, name, failing, f"{LONGEST_MINUTES}m", after, None)
    trace = simulate(loaded, asked.orders, horizon=asked.horizon)
    return lambda component: (
        trace.level_at(component, asked.horizon) < minimum_level_of(loaded.component_by_id[component])
    )


def _works(channel: str, failed: Mapping[str, tuple[str, ...]]) -> bool:
    """Return whether the city has this channel and nothing that it rests on is down."""
    return channel in failed and not failed[channel]


def _passes(channels: tuple[str, ...], failed: Mapping[str, tuple[str, ...]]) -> bool:
    return any(_works(channel, failed) for channel in channels)


def _write_channels(loaded: "City", places: "Places", failed: Mapping[str, tuple[str, ...]]) -> None:
    from resilience.base.language import _
    from resilience.cli import output
    from scenarios.reaching import reach_channels

    known = {channel.id: channel for channel in reach_channels()}
    rows = [
        (
            known[name].name,
            _("works") if not lost else _("DOWN"),
            _("residents") if known[name].audience == "public" else _("each other"),
            _("yes") if known[name].offline else _("no"),
            ", ".join(str(loaded.component_by_id[part].name) for part in lost) or _rests_on(places, name),
        )
        for name, lost in sorted(failed.items(), key=lambda row: bool(row[1]))
    ]
    output.table([_("channel"), _("now"), _("reaches"), _("without internet"), _("because of")], rows)


def _rests_on(places: "Places", channel: str) -> str:
    from resilience.base.language import _

    return "" if places.place_of[channel].components else _("needs people only")


def _write_warnings(structure: "Structure", failed: Mapping[str, tuple[str, ...]]) -> None:
    from resilience.base.language import _
    from resilience.cli import output
    from resilience.cli.text_block import INDENT, block

    stopped = [one for one in structure.warnings if not _passes(one.channels, failed)]
    output.result("")
    if not stopped:
        output.result(_("Every warning between partners has a channel that works."))
        return
    output.result(_("Warnings without a channel that works; find another way:"))
    for one in stopped:
        sender, receiver = structure.name_of(one.sender), structure.name_of(one.to)
        output.result(block(f"- {sender} → {receiver}: {one.about}", INDENT))


def _write_fitting(fitting: tuple["Advice", ...], failed: Mapping[str, tuple[str, ...]]) -> None:
    from resilience.base.language import _
    from resilience.cli import output
    from resilience.cli.text_block import INDENT, block
    from scenarios.reaching import reach_channels

    names = {channel.id: str(channel.name) for channel in reach_channels()}
    headings = {
        "residents": _("Residents"),
        "businesses": _("Businesses"),
        "officials": _("Officials"),
        "visitors": _("Visitors"),
        "harder_to_reach": _("People who are harder to reach"),
    }
    for audience, heading in headings.items():
        ours = [one for one in fitting if one.audience == audience]
        if not ours:
            continue
        output.result("")
        output.result(heading)
        for one in ours:
            working = [names[name] for name in one.channels if _works(name, failed)]
            ways = ", ".join(working) or _("no channel of this advice works")
            mark = _(" [to be checked]") if one.verify else ""
            output.result(block(f"- {one.text}", INDENT))
            output.result(block(f"({one.publisher}; {ways}){mark}", INDENT * 2))
    output.result("")
    output.result(_("Let two people read a message before it goes."))
