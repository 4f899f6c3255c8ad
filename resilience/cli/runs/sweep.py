"""``resilience sweep``: what the loss of every component, or of every pair, does to every city function."""

from pathlib import Path

import click

from resilience.cli.city.opening import CITY_HELP, JSON_HELP
from resilience.cli.pages import PAGE, write_page
from resilience.cli.runs.many_runs import executor, executor_options, exit_code
from resilience.cli.translated import Command, later

EXAMPLES = (
    "Example: resilience sweep utrecht --out sweep.html\n\n"
    "Example: resilience sweep utrecht --order 2 --static\n\n"
    "Example: resilience sweep utrecht --order 2 --hours 24 --json"
)
ORDER_HELP = later("Lose every component alone (1), or every two together as well (2).")
STATIC_HELP = later("Leave time out: what falls when no buffer, fallback or repair holds anything up.")
BELOW_HELP = later(
    "For the smallest sets: a function counts as taken away below this level; without it, below its own minimum level."
)
TOP_HELP = later("How many losses and pairs are shown.")
HOURS_HELP = later("How many hours each run lasts.")
PAGE_HELP = later("Also write a page with charts into this HTML file.")
LONGEST = 2 * 365 * 24


@click.command(
    cls=Command,
    help=later(
        "Lose every component of a city in turn, until it is repaired, and show what that does to the city functions: "
        "the worst first, in resident-hours.\n\n"
        "With --order 2 also every two components together: which pairs take more together than apart, and why. Below "
        "stand the smallest sets of one or two components that take a function away (minimal cut sets); for these no "
        "buffer, fallback or repair counts. Functions themselves are not lost. Ctrl-C stops, and shows what is done."
    ),
    epilog=later(EXAMPLES),
)
@click.argument("name", metavar="CITY", help=CITY_HELP)
@click.option("--order", type=click.Choice(["1", "2"]), default="1", show_default=True, help=ORDER_HELP)
@click.option("--static", is_flag=True, help=STATIC_HELP)
@click.option("--hours", type=click.IntRange(1, LONGEST), default=72, show_default=True, metavar="N", help=HOURS_HELP)
@click.option("--below", type=click.IntRange(1, 100), metavar="LEVEL", help=BELOW_HELP)
@click.option("--top", type=click.IntRange(1, 100_000), default=10, show_default=True, metavar="N", help=TOP_HELP)
@executor_options
@click.option("--json", "as_json", is_flag=True, help=JSON_HELP)
@click.option("--out", type=PAGE, metavar="FILE", help=PAGE_HELP)
def sweep(
    name: str,
    order: str,
    static: bool,
    hours: int,
    below: int | None,
    top: int,
    seed: int,
    threads: int | None,
    cluster: str | None,
    as_json: bool,
    out: Path | None,
) -> int:
    """Lose everything in turn, and write the answer."""
    from reports.sweep import sweep_report
    from resilience.analysis.sweep import Asked, steps
    from resilience.analysis.sweep import sweep as sweep_city
    from resilience.analysis.sweep_answer import Answer
    from resilience.base.language import _
    from resilience.base.units import MINUTES_PER_HOUR
    from resilience.cli import output
    from resilience.cli.city.opening import open_city
    from resilience.cli.runs.sweep_text import write_sweep

    city = open_city(name)
    asked = Asked(2 if order == "2" else 1, static, hours * MINUTES_PER_HOUR, seed)
    with (
        executor(threads, cluster) as (does, stop),
        output.progress(_("losing components"), steps(city, asked)) as done,
    ):
        found = sweep_city(city, asked, does, stop, done)
    answer = Answer(found, below)
    if out is not None:
        write_page(sweep_report(answer), out)
    if as_json:
        output.json_result(answer.to_json(top))
    else:
        write_sweep(answer, top)
    return exit_code(stopped=found.stopped)
