"""The source that the answers of a partner become: who said so, and when."""

import datetime as dt
import re
from typing import Final

from city_model.values import Source, Tlp

_ANSWER: Final = re.compile(r"antwoord-([a-z0-9]+(?:-[a-z0-9]+)*)-\d{4}-\d{2}-\d{2}")


def answer_id(organisation: str, date: dt.date) -> str:
    """Return the id of the source that holds the answers of *organisation* of *date*."""
    return f"antwoord-{organisation}-{date.isoformat()}"


def answered_by(source: str) -> str | None:
    """Return the organisation whose answers the source called *source* holds; None when it holds no answers."""
    found = _ANSWER.fullmatch(source)
    return found[1] if found else None


def answer_source(organisation: str, date: dt.date, by: str, tlp: Tlp) -> Source:
    """Return the source that holds the answers of *organisation*, given by the role *by*."""
    day = date.isoformat()
    return Source(
        id=answer_id(organisation, date),
        kind="interview",
        reference=f"Antwoorden op de vragenlijst van {day} / Answers to the questionnaire of {day}",
        date=date,
        by=by,
        confidence="one_sided",
        tlp=tlp,
    )
