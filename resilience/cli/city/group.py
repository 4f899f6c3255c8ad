"""`resilience city`: list, check, show and walk the map."""

from typing import TYPE_CHECKING

import click

from resilience.base.language import _, ngettext
from resilience.base.problems import InputError
from resilience.cli import output
from resilience.cli.city.apply import apply
from resilience.cli.city.exchange import EXCHANGE_COMMANDS
from resilience.cli.city.map_screen import city_map
from resilience.cli.city.opening import (
    CITY_HELP,
    JSON_HELP,
    YEAR_HELP,
    a_component,
    open_city,
    show_page,
    unknown_item,
)
from resilience.cli.city.outages import outages
from resilience.cli.city.partner import PARTNER_COMMANDS
from resilience.cli.city.reading import READING_COMMANDS
from resilience.cli.city.records import RECORD_COMMANDS
from resilience.cli.city.schema import schema
from resilience.cli.diagnostics import ExitCode, error
from resilience.cli.translated import Group, later

if TYPE_CHECKING:
    from city_model.chain import Direction

KINDS = ("function", "service", "application", "infrastructure", "facility")


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
    from resilience.cli.city.text import city_rows

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
    from resilience.cli.city.text import problem_rows, summary_rows

    try:
        found = open_city(name)
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
    help=later(
        "Show a city, or one of its components, organisations or districts, with every figure and who says so.\n\n"
        "With --year everything is counted for as many residents as the city has in that year."
    ),
    epilog=later("Example: resilience city show utrecht digid"),
)
@click.argument("name", metavar="CITY", help=CITY_HELP)
@click.argument("item", metavar="[ID]", required=False, help=later("Id of a component, organisation or district."))
@click.option("--year", type=int, help=YEAR_HELP)
@click.option("--json", "as_json", is_flag=True, help=JSON_HELP)
def show(name: str, item: str | None, year: int | None, as_json: bool) -> None:
    """Show what the map says about one thing."""
    from resilience.cli.city import text as city_text
    from resilience.cli.city.component_text import component_page

    found = open_city(name, year=year)
    districts = {district.id: district for district in found.districts}
    if item is None:
        page = city_text.city_page(found)
    elif item in found.component_by_id:
        page = component_page(found, found.component_by_id[item])
    elif item in found.organisation_by_id:
        page = city_text.organisation_page(found, found.organisation_by_id[item])
    elif item in districts:
        page = city_text.district_page(found, districts[item])
    else:
        raise unknown_item(found, name, item)
    show_page(page, as_json=as_json)


@city.command(
    help=later(
        "Walk the chain from one component: up to what depends on it, or down to what it depends on.\n\n"
        "Each line says after how long a total loss arrives when everything else works: the buffers on the way, added "
        "up. Fallbacks and repairs are not counted; a simulation counts them. With --to the ways between two "
        "components, each with its weakest link. With a filter the rest is left out, and what is linked through it "
        "stays linked, with a dotted line."
    ),
    epilog=later("Example: resilience city walk utrecht digid --up --kind service"),
)
@click.argument("name", metavar="CITY", help=CITY_HELP)
@click.argument("item", metavar="ID", help=later("Id of a component."))
@click.option("--up/--down", "upwards", default=True, show_default=True, help=later("What depends on it, or on what."))
@click.option("--depth", type=click.IntRange(1, 100), default=20, show_default=True, help=later("Most steps away."))
@click.option("--to", "other", metavar="ID", help=later("Show the ways to this component instead of the tree."))
@click.option("--kind", "kinds", multiple=True, type=click.Choice(KINDS), help=later("Show only this kind; repeat."))
@click.option("--organisation", "owners", multiple=True, metavar="ID", help=later("Show only what it owns or runs."))
@click.option("--function", "functions", multiple=True, metavar="ID", help=later("Show only what belongs to it."))
@click.option("--json", "as_json", is_flag=True, help=JSON_HELP)
def walk(
    name: str,
    item: str,
    upwards: bool,
    depth: int,
    other: str | None,
    kinds: tuple[str, ...],
    owners: tuple[str, ...],
    functions: tuple[str, ...],
    as_json: bool,
) -> None:
    """Show the tree above or below one component, or the ways to another."""
    from city_model.walk import walk as walk_from
    from resilience.cli.city.text import walk_lines
    from resilience.cli.city.walk_text import chosen_components, ways_page

    found = open_city(name)
    a_component(found, name, item, _("a walk starts at a component"))
    direction: Direction = "up" if upwards else "down"
    only = chosen_components(found, name, kinds, owners, functions)
    if other is not None:
        a_component(found, name, other, _("a walk ends at a component"))
        failing, felt = (item, other) if upwards else (other, item)
        show_page(ways_page(found, failing, felt), as_json=as_json)
        return
    tree = walk_from(found, item, direction, depth, only=only)
    if as_json:
        output.json_result({"city": found.id, "direction": direction, "tree": tree.to_json()})
        return
    output.result("\n".join(walk_lines(found, tree, direction)))


city.add_command(city_map)
city.add_command(outages)
city.add_command(schema)
for command in (*READING_COMMANDS, *RECORD_COMMANDS, *PARTNER_COMMANDS, apply, *EXCHANGE_COMMANDS):
    city.add_command(command)
