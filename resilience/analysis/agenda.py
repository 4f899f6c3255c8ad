"""A question as it stands on the agenda of a meeting: whom to ask, in plain words, what the map says now and whence."""

from dataclasses import dataclass

from city_model.naming import listed, name_of, organisation_name, responsible_for
from city_model.partner.questions import COMPONENT_FIELDS, NEED_FIELDS, TEAM_COUNT
from city_model.schema import City
from resilience.analysis.askable import BACKUPS, Askable, provenance_of, source_of
from resilience.analysis.draw_words import path_words, providers_of, value_words
from resilience.base.language import _
from resilience.base.units import format_duration
from resilience.simulation.model import Duration, Model

ASKS = {field.path: field.asks for field in (*NEED_FIELDS, *COMPONENT_FIELDS, TEAM_COUNT)}
"""The questions that partners get in their workbook too."""
PARTNER_FIELD = {
    "buffer": "buffer", "stock": "buffer", "strength": "strength", "lag": "restart_lag",
    "fallback_level": "fallback.level", "fallback_delay": "fallback.delay", "fallback_duration": "fallback.duration",
    "repair": "repair.duration", "rebuild": "rebuild.duration", "backup": "backup.kind", "team": "count",
}  # fmt: skip


@dataclass(frozen=True)
class Item:
    """One question on the agenda, in the current language."""

    organisation: str
    """The name of whom to ask; empty where the map names nobody."""
    role: str
    question: str
    present: str
    """What the map says now."""
    source: str
    """Where that comes from, and how sure it is."""
    low: str
    high: str


def item_of(model: Model, askable: Askable) -> Item:
    """Return the question about *askable*."""
    city = model.city
    organisation, role = _whom(city, askable)
    return Item(
        organisation=organisation_name(city, organisation),
        role=role,
        question=_question(model, askable),
        present=answer_words(model, askable, askable.present),
        source=_source(city, askable),
        low=answer_words(model, askable, askable.low),
        high=answer_words(model, askable, askable.high),
    )


def answer_words(model: Model, askable: Askable, value: int) -> str:
    """Return one possible answer as people write it."""
    match askable.kind:
        case "figure":
            assert askable.figure is not None  # noqa: S101 - a figure has one
            return value_words(askable.figure.field, value)
        case "team":
            return str(value)
        case "backup":
            return {"offline": _("off-line"), "online": _("always connected"), "none": _("no backup")}[BACKUPS[value]]
        case "path":
            return _("{number} in 1000", number=value)
        case _:
            part = model.parts[model.index[askable.owner]]
            duration = {"detection": part.detection, "repair": part.repair.duration, "rebuild": part.rebuild.duration}
            return _duration_words(duration[askable.kind], value)


def _question(model: Model, askable: Askable) -> str:
    city = model.city
    field = askable.figure.field if askable.figure else askable.kind
    asks = str(ASKS[PARTNER_FIELD[field]]) if field in PARTNER_FIELD else _other_asks(city, askable, field)
    if askable.kind == "team":
        team = next(str(team.name) for team in city.teams if team.id == askable.owner)
        return f"{team}: {asks}"
    if askable.kind == "path":
        return asks
    name = name_of(city, askable.owner)
    providers = providers_of(model, askable.figure) if askable.figure else ()
    if providers:
        needed = listed(name_of(city, provider) for provider in providers)
        return _("{dependent} needs {providers}. {question}", dependent=name, providers=needed, question=asks)
    return f"{name}: {asks}"


def _other_asks(city: City, askable: Askable, field: str) -> str:
    """Return the question about a field that partners do not find in their workbook."""
    match field:
        case "recharge":
            return _("How long does it take until the reserve is full again?")
        case "backlog":
            return _("Per ten hours of outage: how many hours of work pile up?")
        case "catch_up":
            return _("While you catch up: how many per cent of normal service is there?")
        case "detection":
            return _("How long does it take until somebody notices that this is out?")
        case _:
            return _(
                "How many of 1000 attempts along the path {path} would succeed?", path=path_words(city, askable.owner)
            )


def _whom(city: City, askable: Askable) -> tuple[str | None, str]:
    """Return which organisation to ask, and which role there."""
    if askable.kind == "team":
        team = next(team for team in city.teams if team.id == askable.owner)
        return team.organisation, _role_at(city, team.organisation) or _("whoever plans {team}", team=team.name)
    name = askable.owner
    if askable.kind == "path":
        name = next(path.target for path in city.access_paths if path.key == askable.owner)
    component = city.component_by_id[name]
    organisation = responsible_for(city, name)
    own = [str(contact.role) for contact in component.contacts]
    known = [*own, component.steward, component.owner, _role_at(city, organisation)]
    return organisation, next((role for role in known if role), _("whoever runs {component}", component=component.name))


def _role_at(city: City, organisation: str | None) -> str:
    found = city.organisation_by_id.get(organisation or "")
    return str(found.contacts[0].role) if found and found.contacts else ""


def _source(city: City, askable: Askable) -> str:
    """Return where the present value comes from, and how sure it is."""
    name = source_of(city, askable)
    if name is None:
        return _("the map says nothing; this is the default of the program")
    said = provenance_of(city, askable)
    source = city.source_by_id[name]
    words = {
        "confirmed": _("confirmed"),
        "one_sided": _("one side confirmed"),
        "derived": _("derived"),
        "assumed": _("assumed"),
        "unknown": _("unknown"),
    }
    note = f" ({said.note})" if said and said.note else ""
    return f"{words[askable.confidence]}: {source.reference}{note}"


def _duration_words(duration: Duration, per_cent: int) -> str:
    if duration.triangle is not None:
        corners = [format_duration(corner * per_cent // 100) for corner in duration.triangle]
        return corners[0] if len(set(corners)) == 1 else " / ".join(corners)
    if duration.observed:
        return _("one of {durations}",
                 durations=", ".join(format_duration(one * per_cent // 100) for one in duration.observed))  # fmt: skip
    return _("{duration} on average", duration=format_duration(duration.mean * per_cent // 100))
