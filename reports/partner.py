"""The report for one partner: what it does to others, and what others do to it, in one file with its own part only.

Everything in it is computed on the partner's own view of the map, so that no name, number or order can tell what
another organisation marked as not for it.
"""

from collections.abc import Sequence
from functools import cached_property

from city_model.effects import Damage, Selector
from city_model.expected import missing_fields
from city_model.exposure import Touch, exposure
from city_model.field_words import field_word
from city_model.naming import listed, names_of, organisation_name, responsible_for
from city_model.redaction import Reader, view_of
from city_model.schema import City, Component, PlacedNeed
from city_model.values import DistributionFigure
from city_model.words import component_kind_word, confidence_word, need_kind_word
from reports.assumptions import assumed_figures, assumption_callout, figures_table, known_table, value_words
from reports.common_parts import glossary_section, method_section, tlp_marking
from reports.document import Block, Chart, Document, Folded, KeyFigure, KeyFigures, Paragraph, Section
from reports.function_charts import function_strips, function_table
from reports.run import Run, closing, facts, reader_facts
from reports.tables import Table
from reports.words import duration, number, short_duration
from resilience.base.language import _, ngettext
from resilience.base.units import MINUTES_PER_DAY, format_duration
from resilience.simulation.engine import simulate
from resilience.simulation.orders import Order

OUTAGE = MINUTES_PER_DAY
"""How many minutes everything of the partner is out in the run of the report."""
HORIZON = 3 * MINUTES_PER_DAY
_MOST_ROWS = 12
"""Rows of a table that stand open on the page; the others unfold."""


class _Partner:
    """One partner on its own view of the map, with what follows from it."""

    def __init__(self, city: City, organisation: str) -> None:
        self.id = organisation
        self.reader = Reader("partner", organisation)
        self.whole_view = view_of(city, self.reader)
        self.view = self.whole_view.city
        self.name = organisation_name(self.view, organisation)
        self.exposure = exposure(self.view, organisation)
        self.own: tuple[Component, ...] = tuple(self.view.component_by_id[name] for name in self.exposure.own)

    @cached_property
    def run(self) -> Run:
        """The run in which everything of the partner is out."""
        lasts = DistributionFigure.model_validate({"fixed": format_duration(OUTAGE), "source": "question"})
        damage = Damage(effect="damage", select=Selector(ids=self.exposure.own), ends="duration", lasts=lasts)
        orders = [Order("outage", "incident", 0, (damage,))] if self.own else []
        called = {"outage": _("everything of {name} is out for {time}", name=self.name, time=duration(OUTAGE))}
        return Run(self.view, simulate(self.view, orders, horizon=HORIZON), decided=called)

    @property
    def touched(self) -> list[Touch]:
        """What it does to components of others; city functions stand in the run."""
        return [touch for touch in self.exposure.does if self.view.component_by_id[touch.felt].kind != "function"]

    def others(self, touches: Sequence[Touch], end: str) -> dict[str, list[Touch]]:
        """Return *touches* by the organisation that runs the component at their *end*, in their own order."""
        found: dict[str, list[Touch]] = {}
        for touch in touches:
            found.setdefault(responsible_for(self.view, getattr(touch, end)) or "", []).append(touch)
        return found

    def unconfirmed(self) -> list[PlacedNeed]:
        """Return the needs that others state of this partner, or it of others, that nobody confirmed."""
        own = set(self.exposure.own)
        return [
            placed
            for placed in self.view.placed_needs
            if self.view.is_assumed(placed.need) and (own & {placed.dependent, *placed.need.provider_ids})
        ]


def partner_report(city: City, organisation: str) -> Document:
    """Return the report for *organisation*, which must be in *city*, in the current language."""
    partner = _Partner(city, organisation)
    run = partner.run
    sections = (
        Section("summary", _("Summary"), _summary(partner)),
        Section("own", _("Your part of the map"), _own(partner)),
        Section("does", _("What your failure does to others"), _does(partner)),
        Section("feels", _("What the failure of others does to you"), _feels(partner)),
        Section("confirm", _("What we ask you to confirm"), _confirm(partner)),
        Section("assumptions", _("What this rests on"), _assumptions(partner)),
        method_section(),
        glossary_section(),
    )
    return Document(
        title=_("{name} in the chain of {city}", name=partner.name, city=partner.view.name),
        subtitle=_("What you do to others, and what others do to you"),
        kind=_("Partner report"),
        reader=partner.reader,
        markings=(tlp_marking(partner.view),),
        facts=(*reader_facts(partner.whole_view), *facts(run)),
        sections=sections,
        closing=closing(run),
    )


def _summary(partner: _Partner) -> tuple[Block, ...]:
    others, causes = partner.others(partner.touched, "felt"), partner.others(partner.exposure.feels, "failing")
    fallen = partner.run.fallen
    if not partner.own:
        return (Paragraph(_("Nothing on this map is owned or run by {name}.", name=partner.name), lead=True),)
    lead = ngettext(
        "{name} owns or runs {number} part on this map.",
        "{name} owns or runs {number} parts on this map.",
        len(partner.own),
        name=partner.name,
    )
    lead += " " + _(
        "Others count on them, and they count on others. This page says who, how soon it is felt, and what nobody "
        "confirmed yet. It holds only what you may see."
    )
    figures = (
        KeyFigure(
            _("{fallen} of {total}", fallen=len(fallen), total=len(partner.run.outcomes)),
            _("city functions affected when all your parts are out for a day"),
        ),
        KeyFigure(str(len(others)), _("other organisations that feel a failure of yours")),
        KeyFigure(str(len(causes)), _("other organisations whose failure you feel")),
        KeyFigure(str(len(partner.unconfirmed())), _("dependencies from or to you that nobody confirmed")),
    )
    return (Paragraph(lead, lead=True), KeyFigures(figures), assumption_callout(partner.run.trace))


def _own(partner: _Partner) -> tuple[Block, ...]:
    rows = tuple(
        (
            str(part.name),
            component_kind_word(part.kind),
            listed(str(partner.view.component_by_id[name].name) for name in part.functions),
            value_words(part.residents) if part.residents else "–",
            value_words(part.mtd.required) if part.mtd and part.mtd.required else "–",
        )
        for part in partner.own
    )
    return (
        Table(
            caption=_("What the map holds of you"),
            header=(_("Part"), _("Kind"), _("City functions"), _("Residents served"), _("Longest tolerable outage")),
            rows=rows,
            numeric=frozenset({3}),
            when_empty=_("The map holds nothing of you."),
        ),
    )


def _does(partner: _Partner) -> tuple[Block, ...]:
    run = partner.run
    table = _touch_table(
        partner,
        partner.others(partner.touched, "felt"),
        caption=_("Who feels a failure of yours, the soonest first"),
        header=(_("Organisation"), _("First felt there"), _("When this of you fails"), _("After"), _("Also felt")),
        empty=_("No part of another organisation feels a failure of yours."),
        first_end="felt",
    )
    chart = Chart(
        function_strips(run.names, run.trace, run.outcomes, run.moments),
        _("Everything of you is out for {time} and then works again; nobody decides anything.", time=duration(OUTAGE)),
    )
    return (chart, function_table(run.names, run.outcomes, run.moments), *table)


def _feels(partner: _Partner) -> tuple[Block, ...]:
    return _touch_table(
        partner,
        partner.others(partner.exposure.feels, "failing"),
        caption=_("Whose failure you feel, the soonest first"),
        header=(_("Organisation"), _("When this fails"), _("First felt at you"), _("After"), _("Also from")),
        empty=_("The map knows no other organisation whose failure you feel."),
        first_end="failing",
    )


def _touch_table(
    partner: _Partner,
    groups: dict[str, list[Touch]],
    *,
    caption: str,
    header: tuple[str, ...],
    empty: str,
    first_end: str,
) -> tuple[Block, ...]:
    """Return one row per organisation with its most urgent touch; of a long table the rest unfolds."""
    view = partner.view
    rows = []
    for organisation, touches in groups.items():
        first = touches[0]
        ends = [view.component_by_id[name].name for name in (first.felt, first.failing)]
        names = ends if first_end == "felt" else ends[::-1]
        rest = names_of(view, (getattr(touch, first_end) for touch in touches[1:]), 3)
        who = organisation_name(view, organisation) or _("nobody in this map")
        rows.append((who, *map(str, names), _after(first), rest or "–"))
    opened = Table(caption=caption, header=header, rows=tuple(rows[:_MOST_ROWS]), firm=frozenset({3}), when_empty=empty)
    more = tuple(rows[_MOST_ROWS:])
    if not more:
        return (opened,)
    others = ngettext("Show {number} other organisation", "Show {number} other organisations", len(more))
    return opened, Folded(others, (Table(_("The other organisations"), header, more, firm=frozenset({3})),))


def _after(touch: Touch) -> str:
    """Return after how long it is lost; what is left in part is called weakened."""
    effect = touch.effect
    if effect.minutes is None:
        return _("weakened")
    time = short_duration(effect.minutes) if effect.minutes else _("at once")
    return _("{time} (assumption)", time=time) if effect.assumed else time


def _confirm(partner: _Partner) -> tuple[Block, ...]:
    view, own = partner.view, set(partner.exposure.own)
    rows = [
        (
            _("you") if placed.dependent in own else _owner(view, placed.dependent),
            str(view.component_by_id[placed.dependent].name),
            names_of(view, placed.need.provider_ids, 3),
            need_kind_word(placed.need.kind),
            value_words(placed.need.buffer) if placed.need.buffer else "–",
            confidence_word(view.confidence_of(placed.need)),
        )
        for placed in partner.unconfirmed()
    ]
    header = (_("Says so"), _("Needs something"), _("From"), _("What"), _("Can do without for"), _("Certainty"))
    table = Table(
        caption=_("Dependencies from and to you that nobody confirmed"),
        header=header,
        rows=tuple(rows),
        when_empty=_("Every dependency from and to you was confirmed."),
    )
    missing: dict[str, list[str]] = {}
    for field, place in missing_fields(None, partner.own):
        missing.setdefault(field, []).append(place)
    gaps = Table(
        caption=_("What the map does not know of your parts"),
        header=(_("Missing"), _("Number"), _("Among them")),
        rows=tuple(
            (field_word(name), number(len(places)), names_of(view, places, 3)) for name, places in missing.items()
        ),
        numeric=frozenset({1}),
        when_empty=_("Nothing is missing."),
    )
    asked = Paragraph(
        _("The questionnaire that you get with this page asks for exactly this. An answer of unknown helps too.")
    )
    shown = ngettext("Show the {number} dependency", "Show all {number} dependencies", len(rows))
    return (asked, Folded(shown, (table,)) if len(rows) > _MOST_ROWS else table, gaps)


def _assumptions(partner: _Partner) -> tuple[Block, ...]:
    """Return what the map knows of each function, and the figures of the partner itself that nobody confirmed."""
    run, own = partner.run, set(partner.exposure.own)
    figures = [figure for figure in assumed_figures(partner.view, run.trace) if figure.component in own]
    shown = ngettext(
        "Show the {number} unconfirmed figure of your parts",
        "Show all {number} unconfirmed figures of your parts",
        len(figures),
    )
    return (known_table(run.names), *((Folded(shown, (figures_table(run.names, figures),)),) if figures else ()))


def _owner(view: City, component: str) -> str:
    return organisation_name(view, responsible_for(view, component)) or _("nobody in this map")
