"""`resilience city import` and `resilience city export`: the formats of the field, in and out."""

import datetime as dt
from pathlib import Path
from typing import TYPE_CHECKING, cast

import click

from resilience.base.language import _, ngettext
from resilience.base.problems import InputError, RunError
from resilience.cli import output
from resilience.cli.city.opening import a_reader, reader_option
from resilience.cli.diagnostics import ExitCode, error, note, warning
from resilience.cli.translated import Command, later

if TYPE_CHECKING:
    from city_model.exchange.importing import Form, Prepared

PATH = click.Path(path_type=Path)
FILE = click.Path(path_type=Path, dir_okay=False)
FORMS = ("archimate", "csv", "xlsx")
FORMATS = ("archimate", "csv", "xlsx", "graphml", "gexf", "dot", "mermaid", "json", "dataset", "yaml")


@click.command(
    "import",
    cls=Command,
    help=later(
        "Bring a model or a table of others into a city, new or existing.\n\n"
        "FILE is an ArchiMate model (exchange file, .archimate, Grafico folder or Archi's elements.csv), a CSV or a "
        "workbook. A new folder becomes a city that passes the check; in an existing one things are found back by "
        "the id of the other system, then by name, and updated, never doubled. With --dry-run nothing is written."
    ),
    epilog=later("Example: resilience city import gemma.xml --as archimate --into our-city"),
)
@click.argument("file", type=PATH)
@click.option("--as", "form", type=click.Choice(FORMS), required=True, help=later("What FILE is."))
@click.option("--into", type=PATH, required=True, metavar="FOLDER", help=later("Folder of a city, or a new one."))
@click.option(
    "--map",
    "map_name",
    metavar="MAP",
    help=later("Column map (a shipped name or a .yaml file), or the mapping file of an ArchiMate import."),
)
@click.option("--owner", metavar="ID", help=later("Organisation of components that FILE gives no owner."))
@click.option("--dry-run", is_flag=True, help=later("Show what would happen and write nothing."))
@click.option("--skip-faults", is_flag=True, help=later("Import the rows without faults and leave out the others."))
@click.option("--report", type=FILE, metavar="FILE", help=later("Where to write what a model left behind, as CSV."))
@click.option("--save-map", type=FILE, metavar="FILE", help=later("Write the column map that was used, to edit it."))
@click.option(
    "--date",
    type=click.DateTime(["%Y-%m-%d"]),
    metavar="DATE",
    help=later("Date of the source, as year-month-day; today unless given."),
)
@click.option("--json", "as_json", is_flag=True, help=later("Write JSON for a program."))
@click.pass_context
def import_city(
    context: click.Context,
    file: Path,
    form: str,
    into: Path,
    map_name: str | None,
    owner: str | None,
    dry_run: bool,
    skip_faults: bool,
    report: Path | None,
    save_map: Path | None,
    date: dt.datetime | None,
    as_json: bool,
) -> None:
    """Show what comes in, and write it unless told not to."""
    from city_model.exchange.apply import today
    from city_model.exchange.importing import Order, carry_out, prepare, report_text
    from resilience.base.files import write_text
    from resilience.cli.city.exchange_text import fault_problems, preview_json

    chosen = date.date() if date else today()
    order = Order(file, cast("Form", form), into, map_name, owner, chosen, skip_faults=skip_faults)
    prepared = prepare(order)
    if save_map is not None:
        _save_map(prepared, save_map)
    refused = not prepared.may_be_written
    written = [] if dry_run or refused else [str(path) for path in carry_out(prepared, report)]
    if report is not None and dry_run and prepared.imported is not None:
        write_text(report, report_text(prepared))
    if as_json:
        output.json_result(preview_json(prepared, written))
    else:
        _show(prepared)
    for problem in fault_problems(prepared):
        (error if refused else warning)(str(problem))
    if refused:
        number = len(prepared.faults)
        text = ngettext(
            "{number} fault: nothing was written; mend it, or leave that row out with --skip-faults",
            "{number} faults: nothing was written; mend them, or leave those rows out with --skip-faults",
            number,
        )
        error(text)
        context.exit(ExitCode.BAD_INPUT)
    if dry_run:
        note(_("nothing was written: this was a dry run"))
    elif written:
        note(_("{number} files are in {folder}", number=len(written), folder=into))


@click.command(
    "export",
    cls=Command,
    help=later(
        "Write a city, or a part of it, in a format of others.\n\n"
        "csv, dataset and yaml make a folder, the other formats a file. What a reader may not see is not in it; "
        "dataset holds only what everybody may see, with a description for a data catalogue (DCAT).\n\n"
        "--select takes id, organisation, supplier, product, kind, function, district or tag, and up, down or around "
        "with the id of a component: kind=application, down=digid. The same word twice means either, different "
        "words must all hold."
    ),
    epilog=later("Example: resilience city export utrecht --format mermaid --out map.mmd"),
)
@click.argument("name", metavar="CITY", help=later("Name of a bundled city, or the folder of one."))
@click.option("--format", "form", type=click.Choice(FORMATS), required=True, help=later("Format to write."))
@click.option("--out", type=PATH, required=True, metavar="PATH", help=later("File or folder to write."))
@click.option("--select", "asked", multiple=True, metavar="WORD=VALUE", help=later("Only this part; may be repeated."))
@reader_option
@click.option(
    "--licence",
    default="cc-by",
    show_default=True,
    help=later("Licence of the data set: cc0, cc-by, cc-by-sa or an address."),
)
@click.option("--publisher", default="", help=later("Who publishes the data set; the name of the city unless given."))
@click.option("--json", "as_json", is_flag=True, help=later("Write JSON for a program."))
def export_city(
    name: str,
    form: str,
    out: Path,
    asked: tuple[str, ...],
    reader: str,
    licence: str,
    publisher: str,
    as_json: bool,
) -> None:
    """Write the files and say which."""
    from city_model.exchange.city_files import may_become_city
    from city_model.exchange.dataset import LICENCES, Description
    from city_model.exchange.exporting import FOLDERS, exported
    from city_model.loader import load_city

    city = load_city(name)
    if licence not in LICENCES and not licence.startswith(("http://", "https://")):
        what = _("'{name}' is not a licence", name=licence)
        raise InputError.because(what, _("write {names} or an address", names=", ".join(LICENCES)))
    description = Description(publisher or str(city.name), licence)
    files = exported(city, form, a_reader(city, reader), asked, description)
    if form == "yaml" and not may_become_city(out):
        raise InputError.because(_("this folder is not empty"), _("give a new folder"), file=str(out))
    written = _write(files, out, folder=form in FOLDERS)
    if as_json:
        output.json_result({"city": city.id, "format": form, "reader": reader, "files": written})
        return
    output.result(str(out))
    if form in FOLDERS:
        note(_("{number} files are in {folder}", number=len(written), folder=out))


def _write(files: dict[str, bytes], out: Path, *, folder: bool) -> list[str]:
    from resilience.base.files import write_bytes

    if folder and out.exists() and not out.is_dir():
        raise InputError.because(_("this format makes a folder, and this is a file"), _("give a folder with --out"),
                                 file=str(out))  # fmt: skip
    if not folder and out.is_dir():
        raise InputError.because(_("this format makes a file, and this is a folder"), _("give a file with --out"),
                                 file=str(out))  # fmt: skip
    places = [out / name if folder else out for name in files]
    for place, content in zip(places, files.values(), strict=True):
        write_bytes(place, content)
    return [str(place) for place in places]


def _save_map(prepared: "Prepared", place: Path) -> None:
    from city_model.exchange.column_map import map_text
    from resilience.base.files import write_text

    if prepared.chosen is None:
        raise RunError(_("an ArchiMate import has a mapping file, not a column map"))
    write_text(place, map_text(prepared.chosen.map))
    note(_("the column map is in {file}", file=place))


def _show(prepared: "Prepared") -> None:
    from resilience.cli.city.exchange_text import preview_tables

    for title, headers, rows in preview_tables(prepared):
        if title:
            output.result(title)
        output.table(headers, rows)
        output.result("")


EXCHANGE_COMMANDS = (import_city, export_city)
