"""``resilience simulate``: what an incident does to the city, hour by hour."""

import datetime as dt
from pathlib import Path
from typing import TYPE_CHECKING

import click

from resilience.cli.translated import Command, later

if TYPE_CHECKING:
    from city_model.schema import City
    from resilience.simulation.orders import Order
    from resilience.simulation.trace import Trace
    from scenarios.schema import Scenario

DEFAULT_HORIZON = 4320
"""72 hours, in minutes."""
EXAMPLES = (
    "Example: resilience simulate utrecht zwart-scherm\n\nExample: resilience simulate utrecht --fail digid@2h --for 6h"
)


@click.command(
    cls=Command,
    help=later(
        "Compute what an incident does to the city's functions.\n\n"
        "CITY is a bundled city or a folder, SCENARIO a bundled scenario or a file: its incidents run and nobody "
        "decides anything. Without a scenario, --fail asks what falls next when components fail: what, when, why, "
        "and whom to call."
    ),
    epilog=later(EXAMPLES),
)
@click.argument("city")
@click.argument("scenario", required=False)
@click.option(
    "--fail", "failing", multiple=True, metavar="ID[@TIME]",
    help=later("Let this component fail, at this time from the start (such as 90m); may be given more than once."),
)  # fmt: skip
@click.option("--for", "lasts", metavar="DURATION", help=later("How long it fails; without it, until repaired."))
@click.option("--until", metavar="DURATION", help=later("How far to look ahead (default 3d, or the scenario's end)."))
@click.option("--now", "real_now", is_flag=True, help=later("Show clock times, as if it happened at this moment."))
@click.option("--seed", type=click.IntRange(min=0), default=0, show_default=True, help=later("Luck of this run."))
@click.option("--json", "as_json", is_flag=True, help=later("Write JSON, for a program."))
@click.option(
    "--out", type=click.Path(path_type=Path, file_okay=False), metavar="DIR",
    help=later("Also write trace.json and functions.csv into this folder."),
)  # fmt: skip
def simulate(
    city: str,
    scenario: str | None,
    failing: tuple[str, ...],
    lasts: str | None,
    until: str | None,
    real_now: bool,
    seed: int,
    as_json: bool,
    out: Path | None,
) -> None:
    """Load, run, and write the answer."""
    from city_model.loader import load_city
    from city_model.redaction import OFFICER, view_for
    from resilience.base.language import _
    from resilience.simulation.engine import simulate as run
    from resilience.simulation.orders import clock_lengths, incident_orders
    from scenarios.loader import load_scenario

    if bool(scenario) == bool(failing):
        raise click.UsageError(_("give either a scenario or --fail"))
    if lasts and not failing:
        raise click.UsageError(_("--for goes with --fail"))
    loaded = view_for(load_city(city), OFFICER)
    given = load_scenario(scenario, loaded) if scenario else None
    horizon = _minutes(until, "--until") if until else given.horizon if given else DEFAULT_HORIZON
    orders = incident_orders(given) if given else _failures(loaded, failing, lasts)
    trace = run(loaded, orders, horizon=horizon, seed=seed, clocks=clock_lengths(given) if given else None)
    start = _start(given, real_now=real_now)
    if out is not None:
        _write_files(loaded, trace, out)
    if as_json:
        _write_json(loaded, trace)
    elif given:
        _write_scenario(loaded, trace, start)
    else:
        _write_outlook(loaded, trace, start)


def _minutes(text: str, option: str) -> int:
    from resilience.base.language import _
    from resilience.base.units import parse_duration

    try:
        minutes = parse_duration(text)
    except ValueError as error:
        what = _("{option}: {text} is not a duration; write for example 90m, 6h or 2d", option=option, text=text)
        raise click.UsageError(what) from error
    if minutes == 0:
        raise click.UsageError(_("{option}: give at least one minute", option=option))
    return minutes


def _failures(city: "City", failing: tuple[str, ...], lasts: str | None) -> "tuple[Order, ...]":
    from city_model.fault_words import near
    from resilience.analysis.outlook import failure_order
    from resilience.base.language import _
    from resilience.base.problems import InputError, Problem

    duration = _minutes(lasts, "--for") if lasts else None
    problems = []
    orders = []
    for text in failing:
        name, _at, time = text.partition("@")
        if name not in city.component_by_id:
            guess = near(name, city.component_by_id)
            what = _("the city {city} has no component {name}", city=city.id, name=name)
            repair = (
                _("did you mean {guess}?", guess=guess)
                if guess
                else _("resilience city show {city} lists them", city=city.id)
            )
            problems.append(Problem("", 0, 0, "--fail", what, repair))
            continue
        minute = _minutes(time, "--fail") if time and time != "0m" else 0
        orders.append(failure_order(name, minute=minute, lasts=duration))
    if problems:
        raise InputError(problems)
    return tuple(orders)


def _start(scenario: "Scenario | None", *, real_now: bool) -> dt.datetime | None:
    """Return the calendar time of minute 0, or None to show time from the start."""
    if real_now:
        return dt.datetime.now().astimezone().replace(second=0, microsecond=0)
    return scenario.start if scenario else None


def _when(minute: int | None, start: dt.datetime | None) -> str:
    from resilience.base.language import _
    from resilience.base.units import format_clock

    if minute is None:
        return _("not within the run")
    if start is None:
        return format_clock(minute)
    moment = start + dt.timedelta(minutes=minute)
    days = (moment.date() - start.date()).days
    return moment.strftime("%H:%M") + (f" +{days}" if days else "")


def _write_scenario(city: "City", trace: "Trace", start: dt.datetime | None) -> None:
    from resilience.analysis.outlook import outlook
    from resilience.base.language import _, ngettext
    from resilience.base.units import format_duration
    from resilience.cli import output
    from resilience.cli.level_strip import write_functions
    from resilience.simulation.explain import name_of
    from resilience.simulation.metrics import order_of_failure, outcomes

    results = outcomes(city, trace)
    output.result(_("What the incidents do to the city when nobody decides anything."))
    write_functions(city, trace)
    failures = order_of_failure(trace)
    output.result(ngettext("{number} component falls:", "{number} components fall, in this order:", len(failures)))
    why = {fall.component: fall.why for fall in outlook(city, trace)}
    rows = [
        (
            _when(failure.first_below_100, start),
            name_of(city, failure.component),
            _when(failure.first_at_0, start) if failure.first_at_0 is not None else "",
            why[failure.component],
        )
        for failure in failures
    ]
    output.table([_("when"), _("component"), _("gone"), _("why")], rows)
    breached = [(outcome, breach) for outcome in results for breach in outcome.breaches]
    output.result("")
    if not breached:
        output.result(_("No function is down for longer than its maximum tolerable downtime (MTD)."))
    for outcome, breach in breached:
        output.result(
            _(
                "{function} passes its maximum tolerable downtime of {mtd} at {when}.",
                function=name_of(city, outcome.component),
                mtd=format_duration(breach.mtd),
                when=_when(breach.minute, start),
            )
        )
    _write_assumptions(trace)


def _write_outlook(city: "City", trace: "Trace", start: dt.datetime | None) -> None:
    from resilience.analysis.outlook import outlook
    from resilience.base.language import _
    from resilience.cli import output

    falls = outlook(city, trace)
    rows = [
        (
            _when(fall.minute, start),
            fall.name,
            f"{fall.lowest}%",
            _when(fall.back, start),
            fall.why,
            ", ".join(fall.call) or _("{organisation} (no contact in the map)", organisation=fall.organisation),
        )
        for fall in falls
    ]
    if not rows:
        output.result(_("Nothing falls within this time."))
        return
    output.table([_("when"), _("what"), _("lowest"), _("back"), _("why"), _("call")], rows)
    _write_assumptions(trace)


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


def _write_json(city: "City", trace: "Trace") -> None:
    import dataclasses

    from resilience.analysis.outlook import outlook
    from resilience.cli import output
    from resilience.simulation.metrics import outcomes

    functions = [
        {**dataclasses.asdict(one), "time_to": {str(key): value for key, value in one.time_to.items()}}
        for one in outcomes(city, trace)
    ]
    falls = [dataclasses.asdict(fall) for fall in outlook(city, trace)]
    output.json_result({"functions": functions, "falls": falls, "trace": trace.to_json()})


def _write_files(city: "City", trace: "Trace", folder: Path) -> None:
    from resilience.base.canonical import readable_json
    from resilience.base.files import write_text

    write_text(folder / "trace.json", readable_json(trace.to_json()))
    lines = ["function,from_minute,to_minute,level"]
    for function in city.functions:
        lines += [f"{function.id},{start},{end},{level}" for start, end, level in trace.segments(function.id)]
    write_text(folder / "functions.csv", "\n".join(lines) + "\n")
