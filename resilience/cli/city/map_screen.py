"""``resilience city map``: the map as a screen in the terminal."""

import click

from resilience.cli.city.opening import CITY_HELP, a_component, open_city
from resilience.cli.terminal import require_terminal
from resilience.cli.translated import Command, later


@click.command(
    "map",
    cls=Command,
    help=later(
        "Open the map as a screen: find a component, see what it needs and what needs it, what falls with it and when, "
        "and who says so.\n\n"
        "Type to find; Enter goes to a neighbour and Backspace comes back; F3 filters, F4 shows the levels after a "
        "failure, F1 explains. What falls is computed as 'resilience simulate CITY --fail ID' does. "
        "'resilience city walk' shows a tree without a screen."
    ),
    epilog=later("Example: resilience city map utrecht digid"),
)
@click.argument("name", metavar="CITY", help=CITY_HELP)
@click.argument("item", metavar="[ID]", required=False, help=later("Id of the component to look at first."))
def city_map(name: str, item: str | None) -> None:
    """Load the city and show it."""
    from resilience.base.language import _

    require_terminal(_("the map needs a terminal"), _("'resilience city walk' shows a tree without one"))
    found = open_city(name)
    start = None if item is None else a_component(found, name, item, _("the map is of components"))
    from tui.map_app import run

    run(found, start)
