"""``resilience question``: what to ask at the next meeting with partners."""

from pathlib import Path

import click

from resilience.cli.city.opening import CITY_HELP, JSON_HELP
from resilience.cli.pages import PAGE, write_page
from resilience.cli.runs.many_runs import executor, executor_options, exit_code
from resilience.cli.runs.montecarlo import PAGE_HELP, SCENARIO_HELP
from resilience.cli.translated import Command, later


@click.command(
    cls=Command,
    help=later(
        "Find the most valuable next questions: which figures that nobody confirmed move the outcome most.\n\n"
        "All such figures are drawn together in many runs, to see which of them matter; those are then tried one by "
        "one, low and high. Without a scenario the worst failures of single components are looked at. The answer is an "
        "agenda for the next meeting with partners: whom to ask what, and how many resident-hours the answer can "
        "change. Ctrl-C stops, and shows what is known by then."
    ),
    epilog=later(
        "Example: resilience question utrecht zwart-scherm\n\nExample: resilience question utrecht --out agenda.html"
    ),
)
@click.argument("city", metavar="CITY", help=CITY_HELP)
@click.argument("scenario", metavar="[SCENARIO]", required=False, help=SCENARIO_HELP)
@click.option(
    "--runs", type=click.IntRange(100, 1_000_000), default=1000, show_default=True, metavar="N",
    help=later("How many runs to find what matters; one in twenty of that for each figure that is tried."),
)  # fmt: skip
@click.option(
    "--top", type=click.IntRange(1, 1000), default=10, show_default=True, metavar="N",
    help=later("How many questions to show."),
)  # fmt: skip
@executor_options
@click.option("--json", "as_json", is_flag=True, help=JSON_HELP)
@click.option("--out", type=PAGE, metavar="FILE", help=PAGE_HELP)
def question(
    city: str,
    scenario: str | None,
    runs: int,
    top: int,
    seed: int,
    threads: int | None,
    cluster: str | None,
    as_json: bool,
    out: Path | None,
) -> int:
    """Run, and write the answer."""
    from reports.agenda import agenda_report
    from resilience.analysis.city_plan import city_plan
    from resilience.analysis.outlook import DEFAULT_HORIZON
    from resilience.analysis.question import number_of_runs, questions, worst_failures
    from resilience.base.language import _
    from resilience.cli import output
    from resilience.cli.city.opening import open_city
    from resilience.cli.runs.question_text import write_questions
    from resilience.simulation.orders import incident_orders
    from scenarios.loader import load_scenario

    loaded = open_city(city)
    given = load_scenario(scenario, loaded) if scenario else None
    orders, horizon = (incident_orders(given), given.horizon) if given else ((), DEFAULT_HORIZON)
    plan = city_plan(loaded, orders, horizon, seed=seed, uncertain=True)
    with executor(threads, cluster) as (does, stop):
        failures = () if given else worst_failures(plan, does)
        found = None
        if not stop.asked:
            with output.progress(_("runs"), number_of_runs(plan, runs, failures)) as told:
                found = questions(plan, runs, does, failures=failures, progress=told)
    if found is None:
        return exit_code(stopped=True)
    if out is not None:
        write_page(agenda_report(plan, given, found, top), out)
    if as_json:
        output.json_result({"city": loaded.id, "scenario": given.id if given else None, **found.to_json()})
    else:
        write_questions(plan, given, found, top)
    return exit_code(stopped=stop.asked)
