"""``resilience measures``: what each measure saves, the best portfolio under a budget, and what more money buys."""

from pathlib import Path

import click

from resilience.cli.city.opening import CITY_HELP, JSON_HELP
from resilience.cli.pages import PAGE, write_page
from resilience.cli.runs.many_runs import executor, executor_options, exit_code
from resilience.cli.runs.montecarlo import FIXED_HELP, PAGE_HELP, SCENARIO_HELP
from resilience.cli.translated import Command, later


@click.command(
    cls=Command,
    help=later(
        "Show what the measures in the map would save, and which of them to take.\n\n"
        "Every measure is tried in the same runs, with the same luck, as if taken before anything happened. "
        "With --budget follows the best portfolio: exact where effects add up, and simulated as a whole. Several "
        "scenarios count alike. Ctrl-C stops, and shows what is known by then."
    ),
    epilog=later("Example: resilience measures utrecht zwart-scherm --budget 500000"),
)
@click.argument("city", metavar="CITY", help=CITY_HELP)
@click.argument("scenarios", metavar="SCENARIO...", nargs=-1, required=True, help=SCENARIO_HELP)
@click.option(
    "--budget",
    type=click.IntRange(min=0),
    metavar="EUR",
    help=later("What may be spent over the years, in whole euros."),
)
@click.option(
    "--years", type=click.IntRange(1, 50), default=4, show_default=True, metavar="N",
    help=later("Over how many years yearly costs count; four is the term of a municipal council."),
)  # fmt: skip
@click.option(
    "--runs", type=click.IntRange(2, 100_000), default=200, show_default=True, metavar="N",
    help=later("How many runs of each scenario for each measure."),
)  # fmt: skip
@click.option("--fixed", is_flag=True, help=FIXED_HELP)
@executor_options
@click.option("--json", "as_json", is_flag=True, help=JSON_HELP)
@click.option("--out", type=PAGE, metavar="FILE", help=PAGE_HELP)
def measures(
    city: str,
    scenarios: tuple[str, ...],
    budget: int | None,
    years: int,
    runs: int,
    fixed: bool,
    seed: int,
    threads: int | None,
    cluster: str | None,
    as_json: bool,
    out: Path | None,
) -> int:
    """Run, and write the answer."""
    from reports.measures import measures_report
    from resilience.analysis.choose import choose
    from resilience.analysis.city_plan import city_plan
    from resilience.analysis.measures import Trials
    from resilience.base.language import _
    from resilience.base.problems import InputError
    from resilience.cli import output
    from resilience.cli.city.opening import open_city
    from resilience.cli.runs.measures_text import write_choice
    from resilience.simulation.model import compile_city
    from resilience.simulation.orders import incident_orders
    from scenarios.loader import load_scenario

    loaded = open_city(city)
    if not loaded.measures:
        what = _("the map of {city} names no measures", city=loaded.name)
        raise InputError.because(what, _("add them under measures in the file of an organisation"))
    given = [load_scenario(scenario, loaded) for scenario in scenarios]
    model = compile_city(loaded)
    plans = [city_plan(model, incident_orders(one), one.horizon, seed=seed, uncertain=not fixed) for one in given]
    with executor(threads, cluster) as (does, stop):
        trials = Trials(plans, does, runs)
        with output.progress(_("runs"), trials.in_all) as told:
            trials.progress = told
            found = choose(trials, [one.id for one in given], budget, years)
    if found is None:
        return exit_code(stopped=True)
    if out is not None:
        write_page(measures_report(plans[0], given, found), out)
    if as_json:
        output.json_result({"city": loaded.id, **found.to_json()})
    else:
        write_choice(loaded, given, found)
    return exit_code(stopped=stop.asked)
