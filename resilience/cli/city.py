"""`resilience city`: list, check, show and walk the map."""

from typing import TYPE_CHECKING

import click

from resilience.base.language import _, ngettext
from resilience.base.problems import InputError
from resilience.cli import output
from resilience.cli.city_outages import outages
from resilience.cli.diagnostics import ExitCode, error
from resilience.cli.translated import Group, later

if TYPE_CHECKING:
    from city_model.schema import City
    from city_model.walk import Direction

CITY_HELP = later("Name of a bundled city, or the folder of one (write ./name where both exist).")
JSON_HELP = later("Write JSON for a program.")


@click.group(
    cls=Group,
    help=later("Check, search and compare the map of a city's digital chain."),
    epilog=later("Example: resilience city check utrecht"),
)
def city() -> None:
    """Only the commands below do something."""


@city.command(
    "list",
    help=later("List the bundled cities."),
    epilog=later("Example: resilience city list"),
)
@click.option("--json", "as_json", is_flag=True, help=JSON_HELP)
def list_cities(as_json: bool) -> None:
    """Show one line for each bundled city."""
    from city_model.catalogue import bundled_cities
    from resilience.cli.city_text import city_rows

    rows = city_rows(bundled_cities())
    if as_json:
        output.json_result(rows)
        return
    headers = (_("City"), _("Name"), _("What"), _("Organisations"), _("Components"), _("Functions"))
    fields = ("id", "name", "what", "organisations", "components", "functions")
    output.table(headers, ([row[field] for field in fields] for row in rows))


@city.command(
    help=later(
        "Check every file of a city and its includes.\n\n"
        "Lists all faults at once as file:line:column, what is wrong and how to repair it; without faults, how big the "
        "map is and how much of it is assumption. Exit code 2 when there are faults."
    ),
    epilog=later("Example: resilience city check ./my-city"),
)
@click.argument("name", metavar="CITY", help=CITY_HELP)
@click.option("--json", "as_json", is_flag=True, help=JSON_HELP)
@click.pass_context
def check(context: click.Context, name: str, as_json: bool) -> None:
    """Show the faults of a city, or its size."""
    from city_model.summary import summarise
    from resilience.cli.city_text import problem_rows, summary_rows

    try:
        found = _load(name)
    except InputError as fault:
        if not as_json:
            raise
        number = len(fault.problems)
        output.json_result({"city": name, "ok": False, "problems": problem_rows(fault.problems)})
        error(ngettext("{number} fault in {city}", "{number} faults in {city}", number, city=name))
        context.exit(ExitCode.BAD_INPUT)
    summary = summarise(found)
    if as_json:
        output.json_result({"city": found.id, "ok": True, "problems": [], "summary": summary.to_json()})
        return
    output.result(_("{name}: no faults", name=found.name))
    output.table((_("What"), _("Number"), _("Of which")), summary_rows(found, summary))


@city.command(
    help=later("Show a city, or one of its components or organisations, with every figure and who says so."),
    epilog=later("Example: resilience city show utrecht digid"),
)
@click.argument("name", metavar="CITY", help=CITY_HELP)
@click.argument("item", metavar="[ID]", required=False, help=later("Id of a component or organisation."))
@click.option("--json", "as_json", is_flag=True, help=JSON_HELP)
def show(name: str, item: str | None, as_json: bool) -> None:
    """Show what the map says about one thing."""
    from resilience.cli import city_text

    found = _load(name)
    if item is None:
        page = city_text.city_page(found)
    elif item in found.component_by_id:
        page = city_text.component_page(found, found.component_by_id[item])
    elif item in found.organisation_by_id:
        page = city_text.organisation_page(found, found.organisation_by_id[item])
    else:
        raise _unknown(found, name, item)
    if as_json:
        output.json_result(page.data)
        return
    for part in page.parts:
        if isinstance(part, str):
            output.result(part)
        else:
            output.table(part.headers, part.rows)


@city.command(
    help=later(
        "Walk the chain from one component: up to what depends on it, or down to what it depends on.\n\n"
        "Each line says after how long a total loss arrives when everything else works: the buffers on the way, added "
        "up. Fallbacks and repairs are not counted; a simulation counts them."
    ),
    epilog=later("Example: resilience city walk utrecht digid --up"),
)
@click.argument("name", metavar="CITY", help=CITY_HELP)
@click.argument("item", metavar="ID", help=later("Id of a component."))
@click.option("--up/--down", "upwards", default=True, show_default=True, help=later("What depends on it, or on what."))
@click.option("--depth", type=click.IntRange(1, 100), default=20, show_default=True, help=later("Most steps away."))
@click.option("--json", "as_json", is_flag=True, help=JSON_HELP)
def walk(name: str, item: str, upwards: bool, depth: int, as_json: bool) -> None:
    """Show the tree above or below one component."""
    from city_model.walk import walk as walk_from
    from resilience.cli.city_text import walk_lines

    found = _load(name)
    if item in found.organisation_by_id and item not in found.component_by_id:
        what = _("'{id}' is an organisation; a walk starts at a component", id=item)
        raise InputError.because(what, _("see {command}", command=f"resilience city show {name} {item}"))
    if item not in found.component_by_id:
        raise _unknown(found, name, item)
    direction: Direction = "up" if upwards else "down"
    tree = walk_from(found, item, direction, depth)
    if as_json:
        output.json_result({"city": found.id, "direction": direction, "tree": tree.to_json()})
        return
    output.result("\n".join(walk_lines(found, tree, direction)))


city.add_command(outages)


def _load(name: str) -> "City":
    """Return the city as the officer, who works at the command line, may see it."""
    from city_model.loader import load_city
    from city_model.redaction import OFFICER, view_for

    return view_for(load_city(name), OFFICER)


def _unknown(found: "City", name: str, item: str) -> InputError:
    """Return the fault that the city has no *item*, with the ids that may have been meant."""
    from city_model.fault_words import alike

    what = _("{city} has no component or organisation '{id}'", city=found.name, id=item)
    likely = alike(item, (*found.component_by_id, *found.organisation_by_id))
    if likely:
        return InputError.because(what, _("did you mean {names}?", names=", ".join(likely)))
    return InputError.because(what, _("see {command}", command=f"resilience city show {name}"))
