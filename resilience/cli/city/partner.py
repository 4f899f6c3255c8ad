"""`resilience city copy, pack, merge, redact`: the map that partners keep together."""

import datetime as dt
from pathlib import Path
from typing import TYPE_CHECKING

import click

from resilience.base.language import LANGUAGES, Language, _, ngettext
from resilience.base.problems import InputError
from resilience.cli import output
from resilience.cli.city.opening import CITY_HELP, JSON_HELP, show_page
from resilience.cli.diagnostics import note
from resilience.cli.translated import Command, later

if TYPE_CHECKING:
    from city_model.partner.merge import Merging
    from city_model.partner.pack import Pack
    from city_model.schema import City

DAY = click.DateTime(formats=["%Y-%m-%d"])
FILE = click.Path(path_type=Path)
PUBLIC = "public"
WORKBOOK = ".xlsx"
LETTERS: dict[Language, str] = {"nl": "brief", "en": "letter"}


@click.command(
    cls=Command,
    help=later(
        "Copy a city and all that it includes into a folder, to change it.\n\n"
        "Each gets a folder of its own name inside FOLDER; bundled cities themselves are never changed."
    ),
    epilog=later("Example: resilience city copy utrecht ./kaart"),
)
@click.argument("name", metavar="CITY", help=CITY_HELP)
@click.argument("folder", metavar="FOLDER", type=FILE, help=later("Where the folders of the copy go."))
def copy(name: str, folder: Path) -> None:
    """Write the files of a city into a folder."""
    from city_model.partner.folder import copy_city

    made = copy_city(name, folder)
    output.result(_("the city is in {folder}", folder=made))
    note(_("see {command}", command=f"resilience city check {made}"))


@click.command(
    cls=Command,
    help=later(
        "Make the questionnaire of a partner: its own part of the map, and what others say to need from it.\n\n"
        "A file that ends in .xlsx or .yaml gets the questions; anything else is a folder, in which each partner gets "
        "a folder with the workbook and a covering letter. The reply needs only a spreadsheet program. Nothing in a "
        "pack is for other eyes than those of its partner."
    ),
    epilog=later("Example: resilience city pack utrecht --for stedin --out stedin.xlsx"),
)
@click.argument("name", metavar="CITY", help=CITY_HELP)
@click.option("--for", "organisation", metavar="ORG", help=later("Id of the organisation that is asked."))
@click.option("--all", "everybody", is_flag=True, help=later("Every organisation that owns or runs something."))
@click.option("--out", type=FILE, required=True, metavar="PATH", help=later("The file or folder to write."))
@click.option("--reply-by", "until", type=DAY, help=later("The last day for the reply, for the letter."))
@click.option("--reply-to", "to", metavar="ROLE", help=later("To which role or mailbox the reply goes."))
def pack(
    name: str, organisation: str | None, everybody: bool, out: Path, until: dt.datetime | None, to: str | None
) -> None:
    """Write the questionnaires."""
    from city_model.loader import load_city
    from city_model.partner.pack import pack_for, partners_of

    if everybody == bool(organisation):
        raise click.UsageError(_("give either --for or --all"))
    city = load_city(name)
    if out.suffix.lower() in {WORKBOOK, ".yaml", ".yml"}:
        if organisation is None:
            raise click.UsageError(_("--all writes a folder, not one file"))
        made = pack_for(city, organisation)
        _write_new({out: _pack_bytes(made, out.suffix.lower())})
        output.result(_said_of(made, out))
        return
    chosen = partners_of(city) if organisation is None else (organisation,)
    with output.progress(_("Making the packs"), len(chosen)) as done:
        for partner in chosen:
            made = pack_for(city, partner)
            _write_new(_partner_folder(made, out / partner, until.date() if until else None, to))
            output.result(_said_of(made, out / partner))
            done(1)


@click.command(
    cls=Command,
    help=later(
        "Bring the answers of partners into the map: workbooks, sheets of them saved as CSV, or YAML.\n\n"
        "Shows what would happen and writes nothing; --apply writes. Answers that stand against what another said "
        "become conflicts: both numbers are kept until --settle. Without files the open conflicts are listed. When one "
        "row cannot be used, nothing is written; exit code 2."
    ),
    epilog=later("Example: resilience city merge ./kaart/utrecht antwoord.xlsx --apply"),
)
@click.argument("name", metavar="CITY", help=CITY_HELP)
@click.argument("files", metavar="[FILE]...", nargs=-1, type=FILE, help=later("What partners sent back."))
@click.option("--apply", "write", is_flag=True, help=later("Write the answers into the files of the map."))
@click.option("--settle", "settling", multiple=True, metavar="KEY=theirs|ours",
              help=later("End a conflict: the map takes their answer, or keeps ours; repeat."))  # fmt: skip
@click.option(
    "--from", "organisation", metavar="ORG", help=later("Whose answers these are, where a file does not say.")
)
@click.option("--by", metavar="ROLE", help=later("Which role answered, where the file does not say."))
@click.option("--date", "day", type=DAY, help=later("When it was answered, where the file does not say."))
@click.option("--json", "as_json", is_flag=True, help=JSON_HELP)
def merge(
    name: str,
    files: tuple[Path, ...],
    write: bool,
    settling: tuple[str, ...],
    organisation: str | None,
    by: str | None,
    day: dt.datetime | None,
    as_json: bool,
) -> None:
    """Show, and if asked for write, what answers do to the map."""
    from city_model.partner.answers import read_reply
    from city_model.partner.folder import folder_of
    from city_model.partner.merge import Known, Merging
    from resilience.cli.city.partner_text import merge_page

    if write:
        folder_of(name)
    merging = Merging(name)
    known = Known(organisation, day.date() if day else None, by)
    for path in files:
        merging.add(read_reply(path), known)
    if not merging.faults:
        _settle(merging, settling)
    show_page(merge_page(merging), as_json=as_json)
    if merging.faults:
        raise InputError(merging.faults)
    if write:
        for written in merging.write():
            note(_("written: {file}", file=written))
    elif files or settling:
        note(_("nothing was written; give --apply to write"))


@click.command(
    cls=Command,
    help=later(
        "Write the part of a map that one reader may see, as the folder of a city.\n\n"
        "What marks (TLP) forbid is left out or generalised: 'a telecom provider' where at least three could be meant, "
        "else 'a provider'. Who else takes part does not show."
    ),
    epilog=later("Example: resilience city redact utrecht --for public --out ./openbaar"),
)
@click.argument("name", metavar="CITY", help=CITY_HELP)
@click.option("--for", "reader", metavar="ORG|public", required=True, help=later("Who is going to read it."))
@click.option("--out", type=FILE, required=True, metavar="DIR", help=later("A new or empty folder."))
def redact(name: str, reader: str, out: Path) -> None:
    """Write the view of one reader."""
    from city_model.loader import load_city
    from city_model.partner.redacted import folder_texts, write_folder
    from city_model.redaction import Reader, view_of

    city = load_city(name)
    if reader != PUBLIC:
        _an_organisation(city, reader)
    view = view_of(city, Reader(PUBLIC) if reader == PUBLIC else Reader("partner", reader))
    write_folder(out, folder_texts(view))
    output.result(_("the map for {reader} is in {folder}", reader=reader, folder=out))
    counts = view.hidden
    note(
        _(
            "hidden, for your eyes only: {organisations} organisations, {components} components, {needs} needs",
            organisations=counts["organisations"],
            components=counts["components"],
            needs=counts["needs"],
        )
    )


PARTNER_COMMANDS = (copy, pack, merge, redact)


def _an_organisation(city: "City", name: str) -> None:
    """Raise InputError unless *name* is an organisation of the city."""
    from city_model.fault_words import alike

    if name in city.organisation_by_id:
        return
    what = _("{city} has no organisation '{id}'", city=city.name, id=name)
    likely = alike(name, city.organisation_by_id)
    if likely:
        raise InputError.because(what, _("did you mean {names}?", names=", ".join(likely)))
    raise InputError.because(what, _("name one that is on the map, or {public}", public=PUBLIC))


def _settle(merging: "Merging", settling: tuple[str, ...]) -> None:
    """Settle each conflict that was named as KEY=theirs or KEY=ours."""
    for word in settling:
        key, equals, side = word.rpartition("=")
        if not equals or side not in {"theirs", "ours"}:
            raise click.UsageError(_("--settle takes KEY=theirs or KEY=ours, not '{word}'", word=word))
        merging.settle(key.strip(), "theirs" if side == "theirs" else "ours")


def _pack_bytes(made: "Pack", suffix: str) -> bytes:
    from city_model.partner.pack_yaml import pack_text
    from city_model.partner.workbook import workbook_bytes

    return workbook_bytes(made) if suffix == WORKBOOK else pack_text(made).encode()


def _partner_folder(made: "Pack", folder: Path, until: dt.date | None, to: str | None) -> dict[Path, bytes]:
    """Return what goes to one partner, by file: the workbook, and the letter in both languages."""
    from city_model.partner.letter import letter_for

    workbook = f"vragenlijst-{made.organisation}{WORKBOOK}"
    found = {folder / workbook: _pack_bytes(made, WORKBOOK)}
    for language in LANGUAGES:
        letter = letter_for(made, language, workbook, until=until, to=to)
        found[folder / f"{LETTERS[language]}.html"] = letter.html().encode()
        found[folder / f"{LETTERS[language]}.txt"] = letter.text().encode()
    return found


def _write_new(contents: dict[Path, bytes]) -> None:
    """Write files that are not there yet or say the same: one that was filled in is never lost."""
    from resilience.base.files import write_bytes

    for path, content in contents.items():
        if path.exists() and (path.is_dir() or path.read_bytes() != content):
            what = _("something else stands here already")
            raise InputError.because(what, _("remove it, or give another place"), file=str(path))
    for path, content in contents.items():
        write_bytes(path, content)


def _said_of(made: "Pack", where: Path) -> str:
    number = len(made.questions)
    return ngettext(
        "{where}: {number} question to {organisation}",
        "{where}: {number} questions to {organisation}",
        number,
        where=where,
        organisation=made.organisation_name,
    )
