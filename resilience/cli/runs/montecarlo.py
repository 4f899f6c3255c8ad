"""``resilience montecarlo``: what a scenario does in many runs that differ in luck and in unconfirmed figures."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from resilience.cli.city.opening import CITY_HELP, JSON_HELP
from resilience.cli.pages import PAGE, write_page
from resilience.cli.runs.many_runs import executor, executor_options, exit_code
from resilience.cli.translated import Command, later

if TYPE_CHECKING:
    from resilience.analysis.city_plan import CityPlan

SCENARIO_HELP = later("A bundled scenario or a .yaml file.")
FIXED_HELP = later("Take every figure as the map says; without it those that nobody confirmed are drawn.")
PAGE_HELP = later("Also write a page with charts into this HTML file.")


@click.command(
    cls=Command,
    help=later(
        "Run a scenario many times and show how the outcomes spread.\n\n"
        "Each run has its own luck, and draws the figures that nobody confirmed from a range that follows how sure "
        "they are. Nobody decides anything. Shown are, per city function, what is lost, when it is back and the chance "
        "that its maximum tolerable downtime is passed; whether there were enough runs; and what made the worst runs "
        "so bad. Ctrl-C stops, and shows what the runs until then say."
    ),
    epilog=later("Example: resilience montecarlo utrecht zwart-scherm --runs 1000 --out spread.html"),
)
@click.argument("city", metavar="CITY", help=CITY_HELP)
@click.argument("scenario", metavar="SCENARIO", help=SCENARIO_HELP)
@click.option(
    "--runs",
    type=click.IntRange(1, 1_000_000),
    default=1000,
    show_default=True,
    metavar="N",
    help=later("How many runs."),
)
@click.option("--fixed", is_flag=True, help=FIXED_HELP)
@executor_options
@click.option("--json", "as_json", is_flag=True, help=JSON_HELP)
@click.option("--out", type=PAGE, metavar="FILE", help=PAGE_HELP)
def montecarlo(
    city: str,
    scenario: str,
    runs: int,
    fixed: bool,
    seed: int,
    threads: int | None,
    cluster: str | None,
    as_json: bool,
    out: Path | None,
) -> int:
    """Run, and write the answer."""
    from reports.monte_carlo import monte_carlo_report
    from resilience.analysis.city_plan import city_plan
    from resilience.analysis.montecarlo import grid_of, monte_carlo
    from resilience.base.language import _
    from resilience.cli import output
    from resilience.cli.city.opening import open_city
    from resilience.cli.runs.montecarlo_text import write_monte_carlo
    from resilience.simulation.orders import incident_orders
    from scenarios.loader import load_scenario

    loaded = open_city(city)
    given = load_scenario(scenario, loaded)
    plan: CityPlan = city_plan(
        loaded, incident_orders(given), given.horizon, seed=seed, uncertain=not fixed, grid=grid_of(given.horizon)
    )
    with executor(threads, cluster) as (does, stop), output.progress(_("runs"), runs) as told:
        found = monte_carlo(plan, runs, does, progress=told)
    if found is None:
        return exit_code(stopped=True)
    if out is not None:
        write_page(monte_carlo_report(plan, given, found), out)
    if as_json:
        output.json_result({"city": loaded.id, "scenario": given.id, **found.to_json()})
    else:
        write_monte_carlo(plan, given, found)
    return exit_code(stopped=stop.asked)
