"""What `resilience city suppliers`, `data` and `actions` show: on whom the city leans, whose data, who does what."""

import datetime as dt
from collections.abc import Sequence

from city_model.actions import STANDINGS, Tracked, Unassigned
from city_model.data_life import Holding
from city_model.finding import SEVERITIES, severity_word
from city_model.naming import listed, name_of, organisation_name
from city_model.schema import City
from city_model.suppliers import SharedProduct, Shown, Supplier
from city_model.words import data_role_word, personal_data_word
from resilience.base.language import _, ngettext
from resilience.cli.city.text import Page, Table
from resilience.cli.text_block import block, more_words

MOST = 20
"""Rows of a long table that are shown unless all are asked for."""


def suppliers_page(
    city: City, found: Sequence[Supplier], products: Sequence[SharedProduct], on: dt.date, *, every: bool
) -> Page:
    """Return the suppliers of a city, the products that stand in several places, and the certificates shown."""
    shown = found if every else found[:MOST]
    headers = (_("Supplier"), _("Supplies"), _("Customers"), _("Functions"), _("Hard to replace"), _("Contract until"))
    rows = tuple(
        (organisation_name(city, one.organisation), len(one.components), len(one.customers), len(one.functions),
         _("{hard} of {known} known", hard=len(one.hard), known=len(one.components) - len(one.unsaid)),
         str(one.contract_end or "-"))
        for one in shown
    )  # fmt: skip
    parts: list[str | Table] = [block(_suppliers_summary(city, found)), "", Table(headers, rows)]
    if len(found) > len(shown):
        parts.append(more_words(len(found) - len(shown), "--all"))
    locked = [(name_of(city, name), organisation_name(city, one.organisation)) for one in found for name in one.hard
              if name in one.no_way_out]  # fmt: skip
    if locked:
        parts += ["", Table((_("Hard to replace, and nobody wrote down how to leave"), _("Supplier")), tuple(locked))]
    if products:
        product_rows = tuple(
            (one.product, listed(name_of(city, name) for name in one.components),
             listed(organisation_name(city, name) for name in one.organisations))
            for one in products
        )  # fmt: skip
        parts += ["", Table((_("One product in several places"), _("Components"), _("Organisations")), product_rows)]
    parts += ["", *_certificates(city, found, on)]
    data: dict[str, object] = {
        "city": city.id,
        "as_of": on.isoformat(),
        "suppliers": [one.to_json(on) for one in found],
        "products": [one.to_json() for one in products],
    }
    return Page(tuple(parts), data)


def data_page(city: City, found: Sequence[Holding], service: str | None, *, every: bool) -> Page:
    """Return who does what with which data, in the whole city or in the chain of one service."""
    shown = found if every or service else found[:MOST]
    headers = (_("Component"), _("What it does with data"), _("Personal data"),
               _("Owner, steward, approver"), _("Organisation"))  # fmt: skip
    rows = tuple(_data_row(city, one) for one in shown)
    personal = [one for one in found if one.personal]
    title = city.name if service is None else _("Chain of {name}", name=name_of(city, service))
    summary = ngettext(
        "{title}: {number} component does something with data, {personal} with data of people; {answered} of these "
        "have an owner, a steward and an approver.",
        "{title}: {number} components do something with data, {personal} with data of people; {answered} of these "
        "have an owner, a steward and an approver.",
        len(found),
        title=title,
        personal=len(personal),
        answered=sum(one.answered_for for one in personal),
    )
    parts: list[str | Table] = [block(summary)]
    if rows:
        parts += ["", Table(headers, rows)]
    if len(found) > len(shown):
        parts.append(more_words(len(found) - len(shown), "--all"))
    data: dict[str, object] = {"city": city.id, "service": service, "data": [one.to_json() for one in found]}
    return Page(tuple(parts), data)


def actions_page(city: City, followed: Sequence[Tracked], left: Sequence[Unassigned], on: dt.date) -> Page:
    """Return what is done about findings, the late ones first, and who has open findings without an action."""
    counts = {standing: sum(one.standing == standing for one in followed) for standing in STANDINGS}
    summary = _("{name}, as seen on {day}: {late} late, {coming} coming, {done} done", name=city.name, day=on, **counts)
    parts: list[str | Table] = [summary]
    if followed:
        headers = (_("Ready by"), _("Status"), _("Organisation"), _("Role"), _("Action"), _("Finding"))
        parts += ["", Table(headers, tuple(_action_row(city, one) for one in followed))]
    if left:
        shown = SEVERITIES[:-1]
        rows = tuple(
            (organisation_name(city, one.organisation) or _("nobody in this map"),
             *(one.counts[severity] for severity in shown))
            for one in left
        )  # fmt: skip
        parts += ["", Table((_("Open findings without an action"), *map(severity_word, shown)), rows)]
    data: dict[str, object] = {
        "city": city.id,
        "as_of": on.isoformat(),
        "actions": [one.to_json() for one in followed],
        "without_action": [one.to_json() for one in left],
    }
    return Page(tuple(parts), data)


def _action_row(city: City, one: Tracked) -> tuple[object, ...]:
    words = {"late": _("late !"), "coming": _("coming"), "done": _("done")}
    status = words[one.standing]
    if one.standing == "done" and one.findings:
        status = _("done, and still found")
    who = organisation_name(city, one.organisation) or _("nobody in this map")
    return one.action.until, status, who, one.action.by, one.action.what, one.action.finding


def _suppliers_summary(city: City, found: Sequence[Supplier]) -> str:
    hard = len({name for one in found for name in one.hard})
    unsaid = len({name for one in found for name in one.unsaid})
    number = ngettext("{name}: {number} supplier", "{name}: {number} suppliers", len(found), name=city.name)
    return _(
        "{suppliers}; {hard} components are hard to replace; of {unsaid} nobody said how hard.",
        suppliers=number,
        hard=hard,
        unsaid=unsaid,
    )


def _certificates(city: City, found: Sequence[Supplier], on: dt.date) -> list[str | Table]:
    """Return the certificates with how long they hold, and how many suppliers show none."""
    shown = {(one.component, one.certificate.name): (supplier, one) for supplier in found
             for one in supplier.certificates}  # fmt: skip
    rows = tuple(
        (organisation_name(city, supplier.organisation), name_of(city, one.component), one.certificate.name,
         _standing(one, on))
        for supplier, one in sorted(shown.values(), key=lambda pair: pair[1].certificate.valid_until)
    )  # fmt: skip
    parts: list[str | Table] = []
    if rows:
        parts.append(Table((_("Supplier"), _("Component"), _("Certificate"), _("Valid until")), rows))
    silent = sum(not one.certificates for one in found)
    if silent:
        parts.append(
            ngettext(
                "{number} supplier shows no certificate in this map.",
                "{number} suppliers show no certificate in this map.",
                silent,
            )
        )
    return parts


def _standing(one: Shown, on: dt.date) -> str:
    until = one.certificate.valid_until
    words = {"valid": "", "soon": _("soon"), "ended": _("ended !")}
    return " ".join(filter(None, (str(until), words[one.standing(on)])))


def _data_row(city: City, one: Holding) -> tuple[object, ...]:
    part = one.component
    roles = ", ".join(map(data_role_word, part.data_role)) or _("not said")
    personal = personal_data_word(part.personal_data.kind) if part.personal_data else _("not said")
    if one.people is not None:
        personal = _("{kind}, of {people} people", kind=personal, people=one.people)
    answers = (part.owner, part.steward, part.approver)
    said = ", ".join(role or _("nobody") for role in answers) if any(answers) else _("nobody")
    where = organisation_name(city, part.organisation)
    others = [organisation_name(city, name) for name in (part.operator, part.supplier) if name]
    if others:
        where = _("{owner} with {others}", owner=where, others=listed(others))
    return str(part.name), roles, personal, said, where
