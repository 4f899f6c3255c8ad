"""``resilience exercise compare``: what decisions changed, what another choice would have, and how groups fared."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from resilience.cli.pages import PAGE, write_page
from resilience.cli.runs.many_runs import exit_code, stoppable, threads_option
from resilience.cli.translated import Command, later

if TYPE_CHECKING:
    from collections.abc import Sequence

    from reports.after_action.model import Played
    from reports.what_if import WhatIf
    from resilience.analysis.executor import Stop
    from resilience.exercise.evaluation.paired import Paired
    from resilience.exercise.records import Decision

FILE = click.Path(path_type=Path, dir_okay=False)
TRIES = 200
"""With --change, unless told otherwise: a few seconds on Utrecht with the compiled engine."""


@click.command(
    cls=Command,
    help=later(
        "Show what each decision of an exercise changed: the same run again without it, and without any, with the same "
        "luck. With --change: what another choice would have changed. With more than one FILE: how groups fared that "
        "played the same scenario.\n\n"
        "With --tries (always with --change) it also says how sure that is: many runs in which both sides have the "
        "same luck and the same draw of the figures that nobody confirmed. The band is the middle 90 per cent of the "
        "differences; where it holds zero, nobody knows which is better. The files are not changed, and may be in use."
    ),
    epilog=later(
        "Example: resilience exercise compare flood.exercise\n\n"
        "Example: resilience exercise compare flood.exercise --change open-hall=connect\n\n"
        "Example: resilience exercise compare group-a.exercise group-b.exercise --tries 200"
    ),
)
@click.argument("files", nargs=-1, required=True, metavar="FILE…", type=FILE)
@click.option(
    "--change", "changes", multiple=True, metavar="DECISION=OPTION",
    help=later("Take another listed option at this decision; repeat for more than one."),
)  # fmt: skip
@click.option(
    "--tries", type=click.IntRange(1, 1_000_000), metavar="N",
    help=later("How many runs to try on both sides; default 200 with --change, none without."),
)  # fmt: skip
@threads_option
@click.option("--json", "as_json", is_flag=True, help=later("Write JSON, for a program."))
@click.option("--out", type=PAGE, metavar="FILE", help=later("With --change: also write a page into this HTML file."))
def compare(
    files: tuple[Path, ...],
    changes: tuple[str, ...],
    tries: int | None,
    threads: int | None,
    as_json: bool,
    out: Path | None,
) -> int:
    """Replay, try, and lay side by side."""
    from city_model.redaction import OFFICER
    from reports.after_action.model import Played
    from resilience.base.language import _
    from resilience.cli.exercise import compare_text as text
    from resilience.cli.exercise.group import choices_of
    from resilience.exercise.session import Session

    if changes and len(files) > 1:
        raise click.UsageError(_("--change works on one exercise"))
    if out is not None and not changes:
        raise click.UsageError(_("--out needs --change"))
    groups = []
    for path in files:
        with Session.open(path, conduct=False, read_only=True) as session:
            groups.append(Played.of(session, OFFICER))
    _require(files, groups, replayed=len(groups) == 1 or tries is not None)
    wanted = choices_of(changes, "--change")
    with stoppable() as stop:
        if wanted:
            found = _what_if(groups[0], wanted, tries or TRIES, threads, stop)
            if out is not None and found.paired is not None:
                from reports.what_if import what_if_report

                write_page(what_if_report(groups[0], found), out)
            text.write_what_if(groups[0], found, as_json=as_json)
        elif len(groups) == 1:
            from resilience.exercise.evaluation.counterfactuals import counterfactuals

            effects = counterfactuals(groups[0])
            bands = _tried(groups[0], [one.kept for one in effects], tries if effects else None, threads, stop)
            text.write_decisions(groups[0], effects, bands, as_json=as_json)
        else:
            bands = _tried(groups[0], [one.state.decisions for one in groups[1:]], tries, threads, stop)
            text.write_groups(files, groups, bands, as_json=as_json)
    return exit_code(stopped=stop.asked)


def _what_if(played: "Played", wanted: dict[str, str], tries: int, threads: int | None, stop: "Stop") -> "WhatIf":
    from reports.what_if import WhatIf
    from resilience.exercise.evaluation.counterfactuals import differences
    from resilience.exercise.evaluation.paired import changed

    decisions = changed(played.state.decisions, played.scenario, wanted)
    (paired,) = _tried(played, [decisions], tries, threads, stop)
    return WhatIf(
        changed=tuple(one for one in decisions if one.point in wanted),
        once=tuple((one.component, -one.saved_resident_hours) for one in differences(played, decisions)),
        paired=paired,
    )


def _tried(
    played: "Played", others: "Sequence[Sequence[Decision]]", tries: int | None, threads: int | None, stop: "Stop"
) -> "list[Paired | None]":
    """Return what each of *others* saves in many tries of what was *played*; all None where none are asked for."""
    import os

    from resilience.analysis.executor import Here
    from resilience.base.language import _
    from resilience.cli import output
    from resilience.exercise.evaluation.paired import tried

    if tries is None:
        return [None] * len(others)
    with output.progress(_("tries"), tries * (1 + len(others))) as told:
        return tried(played, others, tries, executor=Here(threads or os.cpu_count() or 1, stop), progress=told)


def _require(files: tuple[Path, ...], groups: "list[Played]", *, replayed: bool) -> None:
    """Raise InputError for exercises that cannot be laid side by side, RunError for one that cannot be *replayed*."""
    from resilience.base.language import _
    from resilience.base.problems import InputError

    first = groups[0]
    for path, other in zip(files, groups, strict=True):
        if (other.scenario.id, other.city.id) != (first.scenario.id, first.city.id):
            what = _("this exercise plays {scenario} in {city}", scenario=other.scenario.id, city=other.city.id)
            remedy = _("compare it with others on the same scenario and city")
            raise InputError.because(what, remedy, file=str(path))
        if replayed:
            other.require_same_rules()
