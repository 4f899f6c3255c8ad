"""``resilience scenario structure``: the crisis organisation of a region, and who warns whom."""

from typing import TYPE_CHECKING

import click

from resilience.cli.translated import Command, later

if TYPE_CHECKING:
    from scenarios.crisis_structure import Record, ScaleLevel, Structure


@click.command(
    cls=Command,
    help=later(
        "Show the crisis organisation of a region: levels with what asks for them and what ends them, teams, roles "
        "with what they can learn, and who warns whom over which channel.\n\n"
        "REGION is a bundled region or a .yaml file of your own, that says only what differs; without it the national "
        "structure is shown. New partners join by adding a line to such a file."
    ),
    epilog=later("Example: resilience scenario structure utrecht"),
)
@click.argument("region", required=False)
@click.option("--json", "as_json", is_flag=True, help=later("Write JSON, for a program."))
def structure(region: str | None, as_json: bool) -> None:
    """Write it."""
    from resilience.base.language import _
    from resilience.cli import output
    from scenarios.crisis_structure import bundled_regions, crisis_structure
    from scenarios.reaching import reach_channels

    channels = {channel.id: channel for channel in reach_channels()}
    shown = crisis_structure(region, channels=channels)
    if as_json:
        output.json_result(shown.model_dump(mode="json", by_alias=True))
        return
    output.result(str(shown.name or _("The Netherlands")))
    for level in shown.levels:
        _write_level(shown, level)
    output.result("")
    _write_teams(shown)
    output.result("")
    _write_roles(shown)
    output.result("")
    rows = [
        (
            shown.name_of(one.sender) or one.sender,
            shown.name_of(one.to) or one.to,
            _span(one.takes.min, one.takes.likely, one.takes.max),
            ", ".join(str(channels[channel].name) for channel in one.channels),
            _marks(one),
        )
        for one in shown.warnings
    ]
    output.table([_("who warns"), _("whom"), _("takes"), _("over one of"), _("source")], rows)
    if region is None:
        output.result("")
        output.result(_("Regions with names of their own: {names}", names=", ".join(bundled_regions())))


def _write_level(shown: "Structure", level: "ScaleLevel") -> None:
    from resilience.base.language import _
    from resilience.cli import output
    from resilience.cli.text_block import INDENT, block

    teams = ", ".join(str(shown.team_by_id[team].name) for team in level.teams)
    output.result("")
    output.result(block(f"{level.name} ({level.id}): {level.reach}"))
    output.result(block(_("Teams: {names}", names=teams), INDENT))
    output.result(block(_("At the head: {who}", who=level.head), INDENT))
    for sign in level.scale_up:
        output.result(block(_("up when: {sign}", sign=sign), INDENT))
    for sign in level.scale_down:
        output.result(block(_("down when: {sign}", sign=sign), INDENT))
    if level.note:
        output.result(block(str(level.note), INDENT))
    output.result(block(_("source: {source}", source=_marks(level)), INDENT))


def _write_teams(shown: "Structure") -> None:
    from resilience.base.language import _
    from resilience.cli import output

    tracks = {track.id: str(track.name) for track in shown.tracks}
    rows = [
        (
            team.name,
            tracks[team.track],
            team.chair,
            ", ".join(str(shown.name_of(seat)) for seat in team.seats) or "-",
            _marks(team),
        )
        for team in shown.teams
    ]
    output.table([_("team"), _("track"), _("chair"), _("at the table"), _("source")], rows)


def _write_roles(shown: "Structure") -> None:
    from resilience.base.language import _
    from resilience.cli import output

    rows = [
        (
            role.name,
            _("decides") if role.decides else _("advises"),
            role.does,
            " ".join(str(goal) for goal in role.goals) or "-",
        )
        for role in shown.roles
    ]
    output.table([_("role"), _("says"), _("does"), _("can learn")], rows)


def _span(least: int, likely: int, most: int) -> str:
    from resilience.base.units import format_duration

    return f"{format_duration(least)}-{format_duration(likely)}-{format_duration(most)}"


def _marks(record: "Record") -> str:
    """Return the source of *record*, and that it must be checked where that is so."""
    from resilience.base.language import _

    return _("{source}, to be checked", source=record.source) if record.verify else record.source
