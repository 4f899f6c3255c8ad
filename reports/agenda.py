"""The agenda for the next meeting with partners: the questions whose answers change most."""

from city_model.redaction import OFFICER
from reports.agenda_words import changes_words, hours, how_sure, share_words, what_was_run, worth_asking
from reports.chart_spec import BarChart
from reports.common_parts import EXERCISE, glossary_section, nobody_decides, tlp_marking
from reports.document import (
    Block,
    Bullets,
    Callout,
    Chart,
    Definitions,
    Document,
    Folded,
    Marking,
    Paragraph,
    Section,
)
from reports.tables import Table
from reports.words import duration, number
from resilience.analysis.agenda import Item, item_of
from resilience.analysis.city_plan import RESIDENT_HOUR, CityPlan
from resilience.analysis.draw_words import figure_words, ranges_words
from resilience.analysis.question import Questions, Tried
from resilience.base.language import _
from scenarios.schema import Scenario

Asked = tuple[Tried, Item]


def agenda_report(plan: CityPlan, scenario: Scenario | None, found: Questions, top: int) -> Document:
    """Return the *top* questions as an agenda, for the officer, in the current language."""
    shown = [(one, item_of(plan.plan.model, one.askable)) for one in worth_asking(found)[:top]]
    fiction = (Marking("exercise", EXERCISE), Marking("fiction", _("FICTION"))) if scenario else ()
    facts = [(_("City"), str(plan.city.name))]
    if scenario is not None:
        facts.append((_("Scenario"), str(scenario.name)))
    facts += [
        (_("Length of a run"), duration(plan.plan.horizon)),
        (_("Number of runs"), number(found.runs)),
        (_("Seed"), str(found.seed)),
    ]
    return Document(
        title=_("What to ask next"),
        subtitle=str(scenario.name) if scenario else _("The failures that cost residents most"),
        kind=_("Agenda for partners"),
        reader=OFFICER,
        markings=(*fiction, tlp_marking(plan.city)),
        facts=tuple(facts),
        sections=(
            Section("summary", _("Summary"), _summary(plan, scenario, found, shown)),
            Section("questions", _("Questions, the most valuable first"), _questions(found, shown)),
            Section("table", _("At the table"), (_by_organisation(shown),)),
            Section("drawn", _("What stands out when everything is drawn"), (_shares(plan, found),)),
            Section("assumptions", _("What this rests on"), _assumptions(found)),
            glossary_section(),
        ),
        closing=_("The same map, scenario, seed and number of runs give this same report, byte for byte."),
    )


def _summary(plan: CityPlan, scenario: Scenario | None, found: Questions, shown: list[Asked]) -> tuple[Block, ...]:
    text = Paragraph(what_was_run(plan, scenario, found))
    if not shown:
        return (text, Paragraph(_("No figure that was tried changes the outcome."), lead=True))
    one, item = shown[0]
    lead = _("The most valuable question can change {swing} of {now} resident-hours: {question}",
             swing=hours(one.swing(found.present)), now=hours(found.present), question=item.question)  # fmt: skip
    return Paragraph(lead, lead=True), text, Chart(_bars(found, shown))


def _bars(found: Questions, shown: list[Asked]) -> BarChart:
    swings = [one.swing(found.present) for one, _item in shown]
    rows = tuple(f"{place}. {item.question}" for place, (_one, item) in enumerate(shown, 1))
    words = tuple(hours(swing) for swing in swings)
    return BarChart(
        key="swings",
        title=_("How many resident-hours each answer can change"),
        alternative=_("From {most} for the first question to {least} for the last one shown.",
                      most=words[0], least=words[-1]),
        axis_title=_("Resident-hours between the best and the worst answer"),
        rows=rows,
        values=tuple(swing // RESIDENT_HOUR for swing in swings),
        labels=words,
        table=Table(
            caption=_("What the answers change, in resident-hours"),
            header=(_("Question"), _("Low"), _("Now"), _("High"), _("Can change"), _("Give or take")),
            rows=tuple(
                (row, hours(one.low), hours(found.present), hours(one.high), word, hours(one.half_width))
                for row, word, (one, _item) in zip(rows, words, shown, strict=True)
            ),
            numeric=frozenset(range(1, 6)),
        ),
    )  # fmt: skip


def _questions(found: Questions, shown: list[Asked]) -> tuple[Block, ...]:
    blocks: list[Block] = []
    for place, (one, item) in enumerate(shown, 1):
        entries = (
            (_("Ask"), f"{_organisation(item)}: {item.role}"),
            (_("In the map"), item.present),
            (_("Source"), item.source),
            (_("What it changes"), changes_words(one, item, found)),
            (_("Answer"), "…"),
        )
        blocks += [Paragraph(f"{place}. {item.question}", lead=True), Definitions(entries)]
    return tuple(blocks) or (Paragraph(_("No figure that was tried changes the outcome.")),)


def _by_organisation(shown: list[Asked]) -> Table:
    asked: dict[tuple[str, str], list[str]] = {}
    for place, (_one, item) in enumerate(shown, 1):
        asked.setdefault((_organisation(item), item.role), []).append(str(place))
    return Table(
        caption=_("Who is asked what"),
        header=(_("Organisation"), _("Role"), _("Questions")),
        rows=tuple((organisation, role, ", ".join(places)) for (organisation, role), places in asked.items()),
        when_empty=_("Nobody needs to be asked."),
    )


def _shares(plan: CityPlan, found: Questions) -> Block:
    table = Table(
        caption=_("Figures by their part in the spread of outcomes; chance alone gives up to {noise} per thousand",
                  noise=found.noise),
        header=(_("Figure"), _("Part of the spread")),
        rows=tuple((figure_words(plan.plan.model, one.figure), share_words(one)) for one in found.shares),
        numeric=frozenset({1}),
        when_empty=_("No figure that nobody confirmed can matter here."),
    )  # fmt: skip
    return Folded(_("Show the figures that stood out"), (table,))


def _assumptions(found: Questions) -> tuple[Block, ...]:
    return (
        Callout("assumption", _("Conventions, not measurements"), ranges_words()),
        Bullets(
            (
                how_sure(found),
                nobody_decides(),
                _("How many residents a function serves is taken as the map says; it weighs every outcome alike."),
            )
        ),
    )


def _organisation(item: Item) -> str:
    return item.organisation or _("nobody named in the map")
