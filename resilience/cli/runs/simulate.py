"""``resilience simulate``: what an incident does to the city, hour by hour."""

import datetime as dt
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import click

from resilience.cli.city.opening import YEAR_HELP, open_city
from resilience.cli.translated import Command, later

if TYPE_CHECKING:
    from city_model.schema import City
    from resilience.simulation.trace import Trace
    from scenarios.schema import Scenario

EXAMPLES = (
    "Example: resilience simulate utrecht zwart-scherm\n\n"
    "Example: resilience simulate utrecht --fail digid@2h --for 6h\n\n"
    "Example: resilience simulate utrecht --fail stedin-middenspanning-utrecht@13:10 --now\n\n"
    "Example: resilience simulate utrecht --incident ransomware --at utrecht-werkplek --param strikes_after=8h"
)


@click.command(
    cls=Command,
    help=later(
        "Compute what an incident does to the city's functions.\n\n"
        "CITY is a bundled city or a folder, SCENARIO a bundled scenario or a file: its incidents run and nobody "
        "decides anything. Without a scenario, --fail asks what falls next when components fail, and --incident when "
        "a kind of incident strikes: what, when, why, and whom to call. A function is down when it is below the level "
        "at which it still counts as working."
    ),
    epilog=later(EXAMPLES),
)
@click.argument("city")
@click.argument("scenario", required=False)
@click.option(
    "--fail", "failing", multiple=True, metavar="ID[@TIME]",
    help=later(
        "Let this component fail, so long after the start (such as 90m), or with --now at a time of the clock in the "
        "twelve hours before or after it (such as 13:10); may be given more than once."
    ),
)  # fmt: skip
@click.option(
    "--incident", metavar="KIND[@TIME]",
    help=later("Let this kind of incident strike; see: resilience scenario kinds."),
)  # fmt: skip
@click.option(
    "--at", multiple=True, metavar="ID[,ID]",
    help=later("Where it strikes: components, or supplier:… product:… organisation:… tag:… and the like."),
)  # fmt: skip
@click.option("--param", "given", multiple=True, metavar="NAME=VALUE", help=later("What is chosen about it."))
@click.option("--for", "lasts", metavar="DURATION", help=later("How long it fails; without it, until repaired."))
@click.option("--until", metavar="DURATION", help=later("How far to look ahead (default 3d, or the scenario's end)."))
@click.option(
    "--now", "real_now", is_flag=True,
    help=later("It happens for real: show the time of the clock, and what has fallen already."),
)  # fmt: skip
@click.option(
    "--all", "everything", is_flag=True, help=later("With --fail or --incident: show everything, not one screen.")
)
@click.option("--seed", type=click.IntRange(min=0), default=0, show_default=True, help=later("Luck of this run."))
@click.option("--year", type=int, help=YEAR_HELP)
@click.option("--json", "as_json", is_flag=True, help=later("Write JSON, for a program."))
@click.option(
    "--out", type=click.Path(path_type=Path, file_okay=False), metavar="DIR",
    help=later("Also write trace.json and functions.csv into this folder."),
)  # fmt: skip
def simulate(
    city: str,
    scenario: str | None,
    failing: tuple[str, ...],
    incident: str | None,
    at: tuple[str, ...],
    given: tuple[str, ...],
    lasts: str | None,
    until: str | None,
    real_now: bool,
    everything: bool,
    seed: int,
    year: int | None,
    as_json: bool,
    out: Path | None,
) -> None:
    """Load, run, and write the answer."""
    from resilience.simulation.engine import simulate as run
    from resilience.simulation.orders import clock_lengths, incident_orders
    from scenarios.loader import load_scenario

    _check_options(scenario, failing, incident, {
        "--at": bool(at), "--param": bool(given), "--for": lasts is not None, "--now": real_now, "--all": everything,
    })  # fmt: skip
    loaded = open_city(city, year=year)
    if scenario:
        played = load_scenario(scenario, loaded)
        horizon = _horizon(until, played)
        trace = run(loaded, incident_orders(played), horizon=horizon, seed=seed, clocks=clock_lengths(played))
        _answer(loaded, trace, out, start=played.start, now=None, as_json=as_json,
                write=lambda: _write_scenario(loaded, trace, played))  # fmt: skip
        return
    from resilience.cli.runs.failing import local_now, question
    from resilience.cli.runs.outlook_text import write_outlook
    from resilience.cli.runs.striking import StrikeWords

    words = StrikeWords(incident, at, given) if incident else None
    asked = question(loaded, city, failing, lasts, until, local_now() if real_now else None, words)
    trace = run(loaded, asked.orders, horizon=asked.horizon, seed=seed)
    _answer(loaded, trace, out, start=asked.start, now=asked.now, as_json=as_json,
            write=lambda: write_outlook(loaded, trace, asked, everything=everything))  # fmt: skip


def _check_options(
    scenario: str | None, failing: tuple[str, ...], incident: str | None, others: dict[str, bool]
) -> None:
    """Raise InputError where the options do not go together; a scenario is fiction and never happens for real."""
    from resilience.base.language import _
    from resilience.base.problems import InputError, Problem

    problems = []
    if not scenario and not failing and not incident:
        what = _("nothing is said to happen")
        repair = _("name a scenario, give a component with --fail, or a kind of incident with --incident")
        problems.append(Problem("", 0, 0, "", what, repair))
    if scenario and (failing or incident):
        what = _("a scenario does not go with --fail or --incident")
        problems.append(Problem("", 0, 0, "", what, _("leave it out, or give them in a scenario of your own")))
    elif scenario:
        problems += [
            Problem("", 0, 0, option, _("this does not go with a scenario"), _("leave it out, or use --fail"))
            for option, given in others.items()
            if given
        ]
    elif not incident:
        problems += [
            Problem("", 0, 0, option, _("this goes with --incident only"), _("leave it out, or use --incident"))
            for option in ("--at", "--param")
            if others[option]
        ]
    elif others["--for"] and not failing:
        what = _("this goes with --fail only")
        problems.append(Problem("", 0, 0, "--for", what, _("write how long with --param lasts=4h")))
    if problems:
        raise InputError(problems)


def _horizon(until: str | None, scenario: "Scenario") -> int:
    from resilience.base.problems import InputError, Problem
    from resilience.cli.runs.failing import read_duration

    problems: list[Problem] = []
    ahead = None if until is None else read_duration("--until", until, problems)
    if problems:
        raise InputError(problems)
    return ahead or scenario.horizon


def _answer(
    city: "City",
    trace: "Trace",
    out: Path | None,
    *,
    start: dt.datetime | None,
    now: int | None,
    as_json: bool,
    write: Callable[[], None],
) -> None:
    """Write the files that were asked for, then the answer; *write* shows it to people."""
    if out is not None:
        _write_files(city, trace, out)
    if as_json:
        _write_json(city, trace, start, now)
    else:
        write()


def _write_scenario(city: "City", trace: "Trace", scenario: "Scenario") -> None:
    from resilience.analysis.outlook import outlook
    from resilience.base.language import _, ngettext
    from resilience.cli import output
    from resilience.cli.exercise.moments import Moments
    from resilience.cli.runs.impact_text import write_impact
    from resilience.cli.runs.level_strip import write_functions
    from resilience.cli.runs.spread_text import spread_lines
    from resilience.simulation.impact import impact
    from resilience.simulation.metrics import order_of_failure

    when = Moments(scenario.start).when
    output.result(str(scenario.fiction))
    output.result(_("What the incidents do to the city when nobody decides anything."))
    write_functions(city, trace)
    _write_breaches(city, trace, when)
    for line in spread_lines(city, trace, when):
        output.result(line)
    write_impact(city, impact(city, trace), when)
    gone = {failure.component: failure.first_at_0 for failure in order_of_failure(trace)}
    falls = outlook(city, trace)
    output.result(ngettext("{number} component falls:", "{number} components fall, in this order:", len(falls)))
    rows = [
        (when(fall.minute), fall.name, "" if (lost := gone[fall.component]) is None else when(lost), fall.why)
        for fall in falls
    ]
    output.table([_("when"), _("component"), _("gone"), _("why")], rows)
    _write_assumptions(trace)


def _write_breaches(city: "City", trace: "Trace", when: Callable[[int], str]) -> None:
    from resilience.base.language import _
    from resilience.base.units import format_duration
    from resilience.cli import output
    from resilience.simulation.explain import name_of
    from resilience.simulation.metrics import outcomes

    breached = [(outcome, breach) for outcome in outcomes(city, trace) for breach in outcome.breaches]
    if not breached:
        output.result(_("No function is down for longer than its maximum tolerable downtime (MTD)."))
    for outcome, breach in breached:
        output.result(
            _(
                "{function} passes its maximum tolerable downtime of {mtd} at {when}.",
                function=name_of(city, outcome.component),
                mtd=format_duration(breach.mtd),
                when=when(breach.minute),
            )
        )
    output.result("")


def _write_assumptions(trace: "Trace") -> None:
    from resilience.base.language import _
    from resilience.cli import output
    from resilience.simulation.trace import What

    changes = trace.with_what(What.LEVEL)
    resting = sum(record.assumed for record in changes)
    output.result("")
    output.result(
        _(
            "{resting} of {all} changes of level rest on a figure that nobody confirmed.",
            resting=resting,
            all=len(changes),
        )
    )


def _write_json(city: "City", trace: "Trace", start: dt.datetime | None, now: int | None) -> None:
    """Write the answer for a program; *start* is the moment of minute 0, *now* the minute that is now, if any."""
    import dataclasses

    from resilience.analysis.outlook import outlook
    from resilience.cli import output
    from resilience.simulation.impact import impact
    from resilience.simulation.metrics import outcomes

    functions = [
        {**dataclasses.asdict(one), "time_to": {str(key): value for key, value in one.time_to.items()}}
        for one in outcomes(city, trace)
    ]
    falls = [dataclasses.asdict(fall) for fall in outlook(city, trace)]
    moment = start.isoformat() if start else None
    output.json_result(
        {
            "start": moment,
            "now": now,
            "functions": functions,
            "falls": falls,
            "impact": impact(city, trace).to_json(),
            "trace": trace.to_json(),
        }
    )


def _write_files(city: "City", trace: "Trace", folder: Path) -> None:
    from resilience.base.canonical import readable_json
    from resilience.base.files import write_text

    write_text(folder / "trace.json", readable_json(trace.to_json()))
    lines = ["function,from_minute,to_minute,level"]
    for function in city.functions:
        lines += [f"{function.id},{start},{end},{level}" for start, end, level in trace.segments(function.id)]
    write_text(folder / "functions.csv", "\n".join(lines) + "\n")
