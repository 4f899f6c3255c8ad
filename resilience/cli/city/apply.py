"""``resilience city apply``: what an exercise showed of the map, weighed and, if asked for, brought in."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from resilience.base.language import _
from resilience.cli import output
from resilience.cli.city.opening import CITY_HELP, JSON_HELP
from resilience.cli.diagnostics import note
from resilience.cli.translated import Command, later

if TYPE_CHECKING:
    from city_model.partner.sightings import Applying, Weighed

FILE = click.Path(path_type=Path, dir_okay=False)


@click.command(
    cls=Command,
    help=later(
        "Weigh what an exercise showed of a map, from the patch of 'resilience exercise proposals'.\n\n"
        "Shows what would happen and writes nothing; --apply writes. What changes an estimate is brought in; what "
        "takes something away or stands against somebody's word only with --accept and its number. All of it is an "
        "assumption, with the exercise as its source, until the owner confirms it ('resilience city pack')."
    ),
    epilog=later("Example: resilience city apply my-city patch.yaml --accept 84"),
)
@click.argument("name", metavar="CITY", help=CITY_HELP)
@click.argument("path", metavar="PATCH", type=FILE)
@click.option(
    "--accept", "accepted", type=int, multiple=True, metavar="ENTRY", help=later("Take this one too; repeat.")
)
@click.option("--apply", "write", is_flag=True, help=later("Write it into the files of the map."))
@click.option("--json", "as_json", is_flag=True, help=JSON_HELP)
def apply(name: str, path: Path, accepted: tuple[int, ...], write: bool, as_json: bool) -> None:
    """Show what the patch does, and write it."""
    from city_model.loader import load_city
    from city_model.partner.folder import folder_of
    from city_model.partner.sightings import Applying, read_sightings
    from resilience.base.files import read_text
    from resilience.base.problems import InputError

    if write:
        folder_of(name)
    content = read_sightings(read_text(path), str(path), load_city(name).id)
    unknown = sorted(set(accepted) - {one.entry for one in content.sightings})
    if unknown:
        numbers = ", ".join(str(one.entry) for one in content.sightings)
        what = _("the patch has no entry {number}", number=unknown[0])
        raise InputError.because(what, _("use one of: {words}", words=numbers), file=str(path))
    applying = Applying(name, content, accepted)
    if as_json:
        output.json_result(_data(applying))
    else:
        headers = (_("Entry"), _("What"), _("About"), _("On the map"), _("Said by"), _("Seen"), _("Why"))
        output.table(headers, [_row(applying, one) for one in applying.weighed])
    if write:
        for written in applying.write():
            note(_("written: {file}", file=written))
    else:
        note(_("nothing was written; give --apply to write"))


def _row(applying: "Applying", weighed: "Weighed") -> tuple[object, ...]:
    seen = weighed.sighting
    about = seen.subject if seen.sort != "missing" else f"{seen.subject} → {seen.provider}"
    figures = " ".join(part for part in (seen.field, seen.value) if part)
    words = {"refuted": _("is not needed"), "missing": _("is needed"), "figure": figures}
    return (
        seen.entry, _word(applying, weighed), about, weighed.ours, weighed.ours_by, words[seen.sort], seen.why,
    )  # fmt: skip


def _word(applying: "Applying", weighed: "Weighed") -> str:
    if applying.is_taken(weighed):
        return _("changed")
    return {
        "against": _("left: give --accept {number}", number=weighed.sighting.entry),
        "same": _("the same"),
        "gone": _("no longer on the map"),
    }[weighed.standing]


def _data(applying: "Applying") -> dict[str, object]:
    return {
        "city": applying.city.id,
        "source": applying.source.model_dump(mode="json"),
        "sightings": [
            {
                **one.sighting.model_dump(mode="json"),
                "standing": one.standing,
                "taken": applying.is_taken(one),
                "ours": one.ours,
                "ours_by": one.ours_by,
            }
            for one in applying.weighed
        ],
        "files": list(applying.changed_files()),
    }
