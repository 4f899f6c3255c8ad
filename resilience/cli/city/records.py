"""Commands of `resilience city` about what the records say: suppliers, the data that the city holds, and actions."""

import datetime as dt

import click

from resilience.base.language import _
from resilience.cli import output
from resilience.cli.city.opening import (
    AS_OF_HELP,
    CITY_HELP,
    JSON_HELP,
    a_component,
    day_of,
    known_organisation,
    open_city,
    show_page,
)
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
    from resilience.cli.city.records_text import suppliers_page

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
    from resilience.cli.city.records_text import data_page

    found = open_city(name)
    if item is not None:
        a_component(found, name, item, _("data is asked of a component"))
    show_page(data_page(found, holdings(found, item), item, every=every), as_json=as_json)


@click.command(
    cls=Command,
    help=later(
        "Show what is done about findings, by whom and by when, the late ones first; and how many open findings of "
        "each organisation nobody does anything about.\n\n"
        "Actions stand under 'actions' in accepted.yaml in the folder of the city: the id of the finding, what is "
        "done, who does it, and until when."
    ),
    epilog=later("Example: resilience city actions ./my-city --organisation stedin"),
)
@click.argument("name", metavar="CITY", help=CITY_HELP)
@click.option("--organisation", metavar="ID", help=later("Only this organisation."))
@click.option("--as-of", type=DAY, metavar="DATE", help=AS_OF_HELP)
@click.option("--json", "as_json", is_flag=True, help=JSON_HELP)
def actions(name: str, organisation: str | None, as_of: dt.datetime | None, as_json: bool) -> None:
    """Show who does what about what was found."""
    from city_model.accepted import judged
    from city_model.actions import tracked, unassigned
    from city_model.finding import RANK_CHECKS
    from city_model.loader import load_acceptances, load_actions
    from resilience.analysis.findings import STEPS, all_findings
    from resilience.analysis.rank import steps, weighed_findings
    from resilience.cli.city.records_text import actions_page

    found = open_city(name, contacts=True)
    if organisation is not None:
        known_organisation(found, name, organisation)
    doing, accepted, day = load_actions(name), load_acceptances(name), day_of(as_of)
    weighs = any(one.finding.partition(":")[0] in RANK_CHECKS for one in doing)
    with output.progress(_("Checking the map"), STEPS + (steps(found) if weighs else 0)) as done:
        findings = [*all_findings(found, day, done), *(weighed_findings(found, done) if weighs else ())]
    still_open = [one.finding for one in judged(findings, accepted, day) if one.status != "accepted"]
    followed = [one for one in tracked(findings, doing, day) if organisation in {None, one.organisation}]
    left = [one for one in unassigned(still_open, doing) if organisation in {None, one.organisation}]
    show_page(actions_page(found, followed, left, day), as_json=as_json)


RECORD_COMMANDS = (suppliers, data, actions)
