"""``resilience rank``: the weak points of a city, what hurts residents most first."""

import datetime as dt
from pathlib import Path

import click

from resilience.cli.city.opening import AS_OF_HELP, CITY_HELP, JSON_HELP
from resilience.cli.pages import PAGE, write_page
from resilience.cli.runs.many_runs import executor, executor_options, exit_code
from resilience.cli.translated import Command, later

DAY = click.DateTime(formats=["%Y-%m-%d"])
LONGEST = 2 * 365 * 24
CHECK_HELP = later("Only this kind of weak point, all of it; may be given more than once.")
TOP_HELP = later("How many weak points are written out; of one chain only the worst.")
HOURS_HELP = later("How many hours each run lasts.")
PAGE_HELP = later("Also write a page with charts into this HTML file.")


@click.command(
    cls=Command,
    help=later(
        "Show the weak points of a city, what hurts residents most first, each with its path and how sure it is.\n\n"
        "Looked for are single points of failure; what hangs on one supplier, product, district, building or source of "
        "energy; common causes behind redundancy and fallbacks; circles; crossroads of the chain; services without "
        "another way. Each is run, and weighed by what residents lose; a false redundancy only by what it makes worse. "
        "Accept a finding in accepted.yaml; 'resilience city register' writes all of them as a risk register."
    ),
    epilog=later(
        "Example: resilience rank utrecht --out weak-points.html\n\n"
        "Example: resilience rank utrecht --check concentration"
    ),
)
@click.argument("name", metavar="CITY", help=CITY_HELP)
@click.option("--check", "checks", multiple=True, metavar="NAME", help=CHECK_HELP)
@click.option("--top", type=click.IntRange(1, 10_000), default=5, show_default=True, metavar="N", help=TOP_HELP)
@click.option("--hours", type=click.IntRange(1, LONGEST), default=72, show_default=True, metavar="N", help=HOURS_HELP)
@click.option("--as-of", type=DAY, metavar="DATE", help=AS_OF_HELP)
@executor_options
@click.option("--json", "as_json", is_flag=True, help=JSON_HELP)
@click.option("--out", type=PAGE, metavar="FILE", help=PAGE_HELP)
def rank(
    name: str,
    checks: tuple[str, ...],
    top: int,
    hours: int,
    as_of: dt.datetime | None,
    seed: int,
    threads: int | None,
    cluster: str | None,
    as_json: bool,
    out: Path | None,
) -> int:
    """Find what is weak, run it, and write the answer."""
    from city_model.accepted import judged, without_finding
    from city_model.fault_words import choice
    from city_model.finding import RANK_CHECKS
    from city_model.loader import load_acceptances, load_actions
    from reports.rank import rank_report
    from resilience.analysis.rank import Ranking, steps
    from resilience.analysis.rank import rank as rank_city
    from resilience.analysis.weak_points import RANKED
    from resilience.base.language import _
    from resilience.base.problems import InputError
    from resilience.base.units import MINUTES_PER_HOUR
    from resilience.cli import output
    from resilience.cli.city.opening import day_of, open_city
    from resilience.cli.runs.rank_text import write_rank

    wrong = [check for check in checks if check not in RANKED]
    if wrong:
        raise InputError.because(_("there is no kind of weak point '{name}'", name=wrong[0]), choice(wrong[0], RANKED))
    city = open_city(name)
    accepted = load_acceptances(name)
    horizon = hours * MINUTES_PER_HOUR
    with executor(threads, cluster) as (does, stop), output.progress(_("letting things fail"), steps(city)) as done:
        found = rank_city(city, horizon=horizon, seed=seed, executor=does, stop=stop, done=done)
    if found is None:
        return exit_code(stopped=True)
    points, left = found
    findings = [point.finding for point in points]
    decided = judged(findings, accepted, day_of(as_of), load_actions(name))
    unused = without_finding(findings, [one for one in accepted if one.check in RANK_CHECKS])
    chosen = tuple(check for check in RANKED if check in checks)
    ranking = Ranking(city, horizon, seed, points, decided, unused, chosen, left)
    if out is not None:
        write_page(rank_report(ranking), out)
    if as_json:
        output.json_result(ranking.to_json())
    else:
        write_rank(ranking, top)
    return exit_code(stopped=left > 0)
