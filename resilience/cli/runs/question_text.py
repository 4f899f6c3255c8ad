"""What ``resilience question`` shows people in a terminal: an agenda."""

from reports.agenda_words import changes_words, how_sure, share_words, what_was_run, worth_asking
from resilience.analysis.agenda import Item, item_of
from resilience.analysis.city_plan import CityPlan
from resilience.analysis.draw_words import figure_words, ranges_words
from resilience.analysis.question import Questions, Tried
from resilience.base.language import _, ngettext
from resilience.cli import output
from resilience.cli.text_block import INDENT, block
from scenarios.schema import Scenario


def write_questions(plan: CityPlan, scenario: Scenario | None, found: Questions, top: int) -> None:
    """Write the agenda."""
    if scenario is not None:
        output.result(block(str(scenario.fiction)))
    output.result(block(what_was_run(plan, scenario, found)))
    output.result("")
    shown = worth_asking(found)[:top]
    if not shown:
        output.result(block(_("No figure that was tried changes the outcome.")))
    items = [item_of(plan.plan.model, one.askable) for one in shown]
    for place, (one, item) in enumerate(zip(shown, items, strict=True), 1):
        _write_item(place, one, item, found)
    if items:
        _write_by_organisation(items)
    if not found.tried and found.shares:
        _write_shares(plan, found)
    output.result(block(ranges_words()))
    output.result(block(how_sure(found)))


def _write_item(place: int, one: Tried, item: Item, found: Questions) -> None:
    output.result(f"{place}. {item.organisation or _('nobody named in the map')} - {item.role}")
    output.result(block(item.question, INDENT))
    output.result(block(_("In the map: {present} ({source})", present=item.present, source=item.source), INDENT))
    output.result(block(changes_words(one, item, found), INDENT))
    output.result("")


def _write_by_organisation(items: list[Item]) -> None:
    places: dict[str, list[str]] = {}
    for place, item in enumerate(items, 1):
        places.setdefault(item.organisation or _("nobody named in the map"), []).append(str(place))
    output.result(_("At the table:"))
    for organisation, asked in places.items():
        said = ngettext("question {numbers}", "questions {numbers}", len(asked), numbers=", ".join(asked))
        output.result(block(f"- {organisation}: {said}", INDENT))
    output.result("")


def _write_shares(plan: CityPlan, found: Questions) -> None:
    output.result(block(_("Not tried yet, but what stood out in the runs:")))
    for share in found.shares:
        if share.thousandths > found.noise:
            output.result(block(f"- {figure_words(plan.plan.model, share.figure)}: {share_words(share)}", INDENT))
    output.result("")
