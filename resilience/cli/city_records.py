"""Commands of `resilience city` about what the records say: suppliers, and the data that the city holds."""

import datetime as dt

import click

from resilience.base.language import _
from resilience.cli.city_opening import AS_OF_HELP, CITY_HELP, JSON_HELP, a_component, day_of, open_city, show_page
from resilience.cli.translated import Command, later

DAY = click.DateTime(formats=["%Y-%m-%d"])
ALL_HELP = later("Show every row of long lists.")


@click.command(
    cls=Command,
    help=later(
        "Show on whom the city leans: per supplier how many components it supplies, how many other organisations and "
        "city functions hang on them, how hard they are to replace, until when the contract runs and which "
        "certificates it shows.\n\n"
        "A supplier is who owns, runs or supplies something that another organisation needs."
    ),
    epilog=later("Example: resilience city suppliers utrecht --all"),
)
@click.argument("name", metavar="CITY", help=CITY_HELP)
@click.option("--all", "every", is_flag=True, help=ALL_HELP)
@click.option("--as-of", type=DAY, metavar="DATE", help=AS_OF_HELP)
@click.option("--json", "as_json", is_flag=True, help=JSON_HELP)
def suppliers(name: str, every: bool, as_of: dt.datetime | None, as_json: bool) -> None:
    """Show the suppliers of a city."""
    from city_model.suppliers import shared_products
    from city_model.suppliers import suppliers as suppliers_of
    from resilience.cli.records_text import suppliers_page

    found = open_city(name)
    page = suppliers_page(found, suppliers_of(found), shared_products(found), day_of(as_of), every=every)
    show_page(page, as_json=as_json)


@click.command(
    cls=Command,
    help=later(
        "Show who does what with which data: generates, carries, stores or processes it, of how many people it is, and "
        "who owns, keeps and approves the record.\n\n"
        "With the id of a component only what its chain for data runs through."
    ),
    epilog=later("Example: resilience city data utrecht utrecht-uitkeringen"),
)
@click.argument("name", metavar="CITY", help=CITY_HELP)
@click.argument("item", metavar="[ID]", required=False, help=later("Id of a component."))
@click.option("--all", "every", is_flag=True, help=ALL_HELP)
@click.option("--json", "as_json", is_flag=True, help=JSON_HELP)
def data(name: str, item: str | None, every: bool, as_json: bool) -> None:
    """Show the data that a city or one chain holds."""
    from city_model.data_life import holdings
    from resilience.cli.records_text import data_page

    found = open_city(name)
    if item is not None:
        a_component(found, name, item, _("data is asked of a component"))
    show_page(data_page(found, holdings(found, item), item, every=every), as_json=as_json)


RECORD_COMMANDS = (suppliers, data)
