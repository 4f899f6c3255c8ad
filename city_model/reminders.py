"""Reminders: a letter to each partner about its own part of the map, in plain Dutch and plain English.

It says what is due, what ends and what is missing, and asks for an answer; it shows nothing of another organisation.
"""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from city_model.actions import Tracked
from city_model.deadlines import Deadline, deadlines
from city_model.field_words import field_word
from city_model.naming import listed, name_of
from city_model.quality import Quality, QualityReport
from city_model.schema import City
from resilience.base.language import LANGUAGES, Language, _, in_language, ngettext

ANSWER_WITHIN = dt.timedelta(days=28)
MOST_FIELDS = 6
"""A letter that asks for more at once is laid aside."""


@dataclass(frozen=True)
class Reminder:
    """What to write to one organisation."""

    organisation: str
    texts: dict[Language, str]

    def to_json(self) -> dict[str, object]:
        """Return a JSON value."""
        return {"organisation": self.organisation, "texts": dict(self.texts)}


def reminders(city: City, report: QualityReport, promised: Sequence[Tracked] = ()) -> tuple[Reminder, ...]:
    """Return a reminder for every organisation that has something to look at, in the order of the city.

    *promised* are the actions about findings, whoever does them; done ones are not asked for.
    """
    coming = deadlines(city, report.on)
    parts = {part.id: part for part in report.organisations}
    found = []
    for organisation in city.organisations:
        part = parts.get(organisation.id)
        ends = [one for one in coming if one.organisation == organisation.id and one.kind != "review"]
        doing = [one for one in promised if one.organisation == organisation.id and one.standing != "done"]
        if part and (part.overdue[0] or part.missing or ends or doing):
            texts = {chosen: _text(city, part, ends, doing, report.on, chosen) for chosen in LANGUAGES}
            found.append(Reminder(organisation.id, texts))
    return tuple(found)


def _text(city: City, part: Quality, ends: list[Deadline], doing: list[Tracked], on: dt.date, chosen: Language) -> str:
    with in_language(chosen):
        name = city.organisation_by_id[part.id].name
        lines = [
            _("Subject: the part of {organisation} in the chain map of {city}", organisation=name, city=city.name),
            "",
            _("Dear colleague,"),
            "",
            ngettext(
                "The chain map of {city} shows {number} component of {organisation}.",
                "The chain map of {city} shows {number} components of {organisation}.",
                part.components,
                city=city.name,
                organisation=name,
            ),
            _("Others count on what it says. Will you look at it before {day}?", day=on + ANSWER_WITHIN),
            "",
            *(f"- {_promise(one)}" for one in doing),
            *(f"- {point}" for point in _points(city, part, ends, on)),
            "",
            _("You do not know an answer? Then write: unknown. That helps too."),
            _("With the questionnaire that comes with this letter you only need a spreadsheet program."),
            "",
            _("Kind regards,"),
            _("the keeper of the chain map of {city}", city=city.name),
        ]
    return "\n".join(lines) + "\n"


def _points(city: City, part: Quality, ends: list[Deadline], on: dt.date) -> list[str]:
    points = []
    number, since = part.overdue
    if number:
        points.append(
            ngettext(
                "{number} figure was due for review on {day}. Is it still right?",
                "{number} figures were due for review, the first on {day}. Are they still right?",
                number,
                day=since,
            )
        )
    points += [_end(city, one, on) for one in ends]
    missing = list(part.missing.items())
    for field, places in missing[:MOST_FIELDS]:
        field_name = field_word(field)
        if field == "contacts":
            points.append(_("Missing: whom we can call, by role, also at night."))
        else:
            components = listed((name_of(city, place) for place in places), 3)
            points.append(_("Missing: {field} of {components}.", field=field_name, components=components))
    if len(missing) > MOST_FIELDS:
        rest = len(missing) - MOST_FIELDS
        points.append(ngettext("And {number} more question.", "And {number} more questions.", rest))
    return points


def _promise(one: Tracked) -> str:
    """Return what the partner said that it would do, and whether that day has passed."""
    values: dict[str, object] = {"what": one.action.what, "day": one.action.until}
    if one.standing == "late":
        return _("You would do this before {day}: {what}. Is it done?", **values)
    return _("You do this before {day}: {what}.", **values)


def _end(city: City, one: Deadline, on: dt.date) -> str:
    values: dict[str, object] = {"component": name_of(city, one.place), "day": one.day, "name": one.name}
    past = one.is_past(on)
    if one.kind == "contract" and past:
        return _("The contract for {component} ended on {day}. What holds now?", **values)
    if one.kind == "contract":
        return _("The contract for {component} ends on {day}. What comes after it?", **values)
    if past:
        return _("{name} of {component} was valid until {day}. Is there a new one?", **values)
    return _("{name} of {component} is valid until {day}. When does the new one come?", **values)
