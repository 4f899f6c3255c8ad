"""Commands of `resilience city` that read the map: compare, contacts, gaps, lint, quality, register."""

import datetime as dt
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

import click

from resilience.base.language import _, ngettext
from resilience.base.problems import InputError, RunError
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
from resilience.cli.text_block import block
from resilience.cli.translated import Command, later

if TYPE_CHECKING:
    from collections.abc import Iterable

    from city_model.accepted import Judged
    from city_model.schema import City

LEVELS = ("high", "medium", "low", "info")
DAY = click.DateTime(formats=["%Y-%m-%d"])


@click.command(
    cls=Command,
    help=later(
        "Compare two versions of a map: what came, went and changed, and what that does to the worst cascades.\n\n"
        "A and B are names of bundled cities, folders, or REV:folder for a folder as it stood in a git revision. "
        "A cascade is the failure of one component alone until it is repaired; its loss is that of all city functions, "
        "weighted by residents."
    ),
    epilog=later("Example: resilience city compare HEAD~1:my-city my-city"),
)
@click.argument("before", metavar="A")
@click.argument("after", metavar="B")
@click.option("--top", type=click.IntRange(1, 1000), default=10, show_default=True,
              help=later("How many of the worst failures of each map."))  # fmt: skip
@click.option("--cascades/--no-cascades", default=True, show_default=True,
              help=later("Compute what it does to the worst cascades."))  # fmt: skip
@click.option("--json", "as_json", is_flag=True, help=JSON_HELP)
def compare(before: str, after: str, top: int, cascades: bool, as_json: bool) -> None:
    """Show what differs between two maps."""
    from city_model.compare import compare as compare_cities
    from resilience.analysis.compare_cascades import HORIZON, compare_cascades, single_failures
    from resilience.cli.city.reading_text import compare_page

    old, new = _version(before), _version(after)
    changes = compare_cities(old, new)
    worst = None
    if cascades:
        label = _("Letting each component fail")
        with output.progress(label, len(old.components) + len(new.components)) as done:
            losses = [single_failures(city, done=done) for city in (old, new)]
        worst = compare_cascades(losses[0], losses[1], top)
    show_page(compare_page((old, new), changes, worst, HORIZON), as_json=as_json)


@click.command(
    cls=Command,
    help=later(
        "Show whom to call when a component fails, in call order along the chain: who repairs it, then who loses "
        "something and when.\n\n"
        "Names and numbers stand in contacts.local.yaml in the folder of the city; that file stays on this machine."
    ),
    epilog=later("Example: resilience city contacts utrecht digid --causes"),
)
@click.argument("name", metavar="CITY", help=CITY_HELP)
@click.argument("item", metavar="ID", help=later("Id of the component that fails."))
@click.option("--causes", is_flag=True, help=later("Also those whose own failure may be behind it."))
@click.option("--json", "as_json", is_flag=True, help=JSON_HELP)
def contacts(name: str, item: str, causes: bool, as_json: bool) -> None:
    """Show the call list for one failure."""
    from city_model.contacts import call_list
    from resilience.cli.city.reading_text import calls_page

    found = open_city(name, contacts=True)
    a_component(found, name, item, _("a call list is for a component"))
    show_page(calls_page(found, item, call_list(found, item, causes=causes)), as_json=as_json)


@click.command(
    cls=Command,
    help=later(
        "Show what is asked against what can be reached along the chain: downtime (MTD), recovery (RTO), data loss "
        "(RPO) and BIV classes.\n\n"
        "Only a provider whose loss alone is felt counts, with the buffers on the way taken off; fallbacks are not "
        "counted. A provider without a figure is a class of its own."
    ),
    epilog=later("Example: resilience city gaps utrecht --all"),
)
@click.argument("name", metavar="CITY", help=CITY_HELP)
@click.option("--all", "every", is_flag=True, help=later("Show every row of long lists."))
@click.option("--as-of", type=DAY, metavar="DATE", help=AS_OF_HELP)
@click.option("--json", "as_json", is_flag=True, help=JSON_HELP)
def gaps(name: str, every: bool, as_of: dt.datetime | None, as_json: bool) -> None:
    """Show what falls short."""
    from city_model.accepted import judged
    from city_model.gap_findings import gap_findings
    from city_model.gaps import gaps as gaps_of
    from city_model.loader import load_acceptances
    from resilience.cli.city.findings_text import gaps_page

    found = open_city(name)
    short = gaps_of(found)
    decided = judged(gap_findings(found, short), load_acceptances(name), day_of(as_of))
    show_page(gaps_page(found, short, decided, every=every), as_json=as_json)


@click.command(
    cls=Command,
    help=later(
        "Show what is wrong in a map that has no faults: circles, false redundancy, fallbacks that fall too, services "
        "without another way, missing contacts, markings.\n\n"
        "Each finding has an id. Whoever may take the risk accepts it in accepted.yaml in the folder of the city, "
        "until a date; after that it is open again."
    ),
    epilog=later("Example: resilience city lint utrecht --least medium --fail-on high"),
)
@click.argument("name", metavar="CITY", help=CITY_HELP)
@click.option("--check", "checks", multiple=True, metavar="NAME", help=later("Only this check, with all rows; repeat."))
@click.option("--least", type=click.Choice(LEVELS), default="info", show_default=True,
              help=later("Leave out what is less severe."))  # fmt: skip
@click.option("--open", "only_open", is_flag=True, help=later("Leave out what is accepted."))
@click.option("--fail-on", type=click.Choice(LEVELS),
              help=later("End with exit code 1 when a finding of this severity or worse is open."))  # fmt: skip
@click.option("--as-of", type=DAY, metavar="DATE", help=AS_OF_HELP)
@click.option("--json", "as_json", is_flag=True, help=JSON_HELP)
def lint(
    name: str,
    checks: tuple[str, ...],
    least: str,
    only_open: bool,
    fail_on: str | None,
    as_of: dt.datetime | None,
    as_json: bool,
) -> None:
    """Show the findings of the checks."""
    from city_model.accepted import judged, without_finding
    from city_model.fault_words import choice
    from city_model.finding import CHECKS, GAP_CHECKS, RANK_CHECKS
    from city_model.loader import load_acceptances, load_actions
    from resilience.analysis.findings import STEPS, all_findings
    from resilience.cli.city.findings_text import lint_page

    here = tuple(check for check in CHECKS if check not in RANK_CHECKS)
    chosen = checks or tuple(check for check in here if check not in GAP_CHECKS)
    wrong = [check for check in checks if check not in here]
    if wrong and wrong[0] in RANK_CHECKS:
        what = _("the check '{name}' lets every component fail", name=wrong[0])
        raise InputError.because(what, _("see {command}", command=f"resilience rank {name} --check {wrong[0]}"))
    if wrong:
        raise InputError.because(_("there is no check '{name}'", name=wrong[0]), choice(wrong[0], here))
    found = open_city(name, contacts=True)
    accepted = load_acceptances(name)
    day = day_of(as_of)
    with output.progress(_("Checking the map"), STEPS) as done:
        findings = all_findings(found, day, done)
    asked = [one for one in judged(findings, accepted, day, load_actions(name)) if one.finding.check in chosen]
    shown = [
        one
        for one in asked
        if LEVELS.index(one.finding.severity) <= LEVELS.index(least) and not (only_open and one.status == "accepted")
    ]
    own = () if checks else load_acceptances(name, own=True)
    unused = without_finding(findings, [one for one in own if one.check in here])
    show_page(lint_page(found, shown, unused, every=bool(checks)), as_json=as_json)
    _fail_if_open(asked, fail_on)


@click.command(
    cls=Command,
    help=later(
        "Show how good the map is per organisation and sector: complete, fresh, confirmed, without contradictions.\n\n"
        "Says first whether the map knows enough of each city function and all that it rests on. Names every missing "
        "field, and what is due: reviews, contracts, certificates; of one organisation also which department needs "
        "what of which other. With --reminders a letter to each partner, in Dutch and English."
    ),
    epilog=later("Example: resilience city quality utrecht --organisation stedin"),
)
@click.argument("name", metavar="CITY", help=CITY_HELP)
@click.option("--organisation", metavar="ID", help=later("Only this organisation."))
@click.option("--all", "every", is_flag=True, help=later("Show every organisation, not the least complete ones alone."))
@click.option("--reminders", "letters", is_flag=True, help=later("Write the reminders instead of the tables."))
@click.option("--as-of", type=DAY, metavar="DATE", help=AS_OF_HELP)
@click.option("--json", "as_json", is_flag=True, help=JSON_HELP)
def quality(
    name: str, organisation: str | None, every: bool, letters: bool, as_of: dt.datetime | None, as_json: bool
) -> None:
    """Show how good the map is, or the letters that make it better."""
    from city_model.actions import tracked
    from city_model.deadlines import deadlines
    from city_model.loader import load_actions
    from city_model.quality import quality as quality_of
    from city_model.reminders import reminders
    from resilience.analysis.findings import map_findings
    from resilience.cli.city.reading_text import quality_page

    found = open_city(name, contacts=True)
    if organisation is not None:
        known_organisation(found, name, organisation)
    findings = map_findings(found)
    report = quality_of(found, day_of(as_of), findings)
    if letters:
        promised = tracked(findings, load_actions(name), report.on)
        chosen = [one for one in reminders(found, report, promised) if organisation in {None, one.organisation}]
        if as_json:
            output.json_result({"city": found.id, "reminders": [one.to_json() for one in chosen]})
            return
        for one in chosen:
            for text in one.texts.values():
                output.result(f"{'-' * 72}\n{text}")
        return
    page = quality_page(found, report, deadlines(found, report.on), organisation, every=every)
    show_page(page, as_json=as_json)


@click.command(
    cls=Command,
    help=later(
        "Write all findings as a risk register (.xlsx), those of 'resilience rank' too, with who accepted what until "
        "when, and the numbers of the BIO2 controls and duties of care that they touch.\n\n"
        "The numbers are data: edit the file and give your own with --controls."
    ),
    epilog=later("Example: resilience city register utrecht --out risks.xlsx"),
)
@click.argument("name", metavar="CITY", help=CITY_HELP)
@click.option("--out", type=click.Path(path_type=Path, dir_okay=False), required=True, metavar="FILE",
              help=later("The workbook to write."))  # fmt: skip
@click.option("--controls", "controls_file", type=click.Path(path_type=Path), metavar="FILE",
              help=later("A file like city_model/reference/controls.yaml in place of the one that ships."))  # fmt: skip
@click.option("--as-of", type=DAY, metavar="DATE", help=AS_OF_HELP)
@click.option("--json", "as_json", is_flag=True, help=JSON_HELP)
def register(name: str, out: Path, controls_file: Path | None, as_of: dt.datetime | None, as_json: bool) -> None:
    """Write the risk register of a city."""
    from city_model.accepted import judged
    from city_model.controls import load_controls
    from city_model.finding import check_words
    from city_model.lint import in_order
    from city_model.loader import load_acceptances, load_actions
    from resilience.analysis.findings import STEPS, all_findings
    from resilience.analysis.rank import steps, weighed_findings
    from resilience.analysis.risk_register import marking, register_bytes
    from resilience.base.files import write_bytes

    if out.suffix.lower() != ".xlsx":
        raise InputError.because(_("a risk register is a workbook"), _("let its name end in .xlsx"), file=str(out))
    found = open_city(name, contacts=True)
    controls = load_controls(controls_file)
    day = day_of(as_of)
    with output.progress(_("Checking the map"), STEPS + steps(found)) as done:
        findings = in_order([*all_findings(found, day, done), *weighed_findings(found, done)])
    listed = judged(findings, load_acceptances(name), day, load_actions(name))
    write_bytes(out, register_bytes(found, listed, controls, day))
    still_open = sum(one.status != "accepted" for one in listed)
    if as_json:
        data = {"city": found.id, "file": str(out), "findings": len(listed), "open": still_open}
        output.json_result({**data, "tlp": marking(found)})
        return
    output.result(
        ngettext(
            "{number} finding, of which {open} open, is in {file} (TLP:{mark})",
            "{number} findings, of which {open} open, are in {file} (TLP:{mark})",
            len(listed),
            open=still_open,
            file=out,
            mark=marking(found),
        )
    )
    kinds = Counter(one.finding.check for one in listed if one.status != "accepted")
    if kinds:
        words = [f"{check_words(check).title} {count}" for check, count in kinds.most_common()]
        output.result(block(_("Open, by kind: {kinds}.", kinds=", ".join(words))))


READING_COMMANDS = (compare, contacts, gaps, lint, quality, register)


def _version(name: str) -> "City":
    """Return a city of now or of a git revision, without what a city keeps beside its map."""
    from city_model.loader import city_texts, load_city, load_city_from_texts
    from city_model.redaction import OFFICER, view_for
    from city_model.revision import names_a_revision, texts_at

    if names_a_revision(name):
        return view_for(load_city_from_texts(texts_at(name)), OFFICER)
    try:
        return view_for(load_city_from_texts(city_texts(name)), OFFICER)
    except InputError:
        load_city(name)  # says what is wrong by the names that the files have on disk
        raise


def _fail_if_open(asked: "Iterable[Judged]", fail_on: str | None) -> None:
    """End with exit code 1 when something as bad as *fail_on* is open."""
    if fail_on is None:
        return
    bad = LEVELS[: LEVELS.index(fail_on) + 1]
    number = sum(one.finding.severity in bad and one.status != "accepted" for one in asked)
    if number:
        raise RunError(ngettext("{number} finding is open", "{number} findings are open", number))
