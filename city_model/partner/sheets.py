"""The sheets of a pack: their names, headings and lists, in both languages, for whoever writes or reads one."""

from collections.abc import Mapping
from typing import Final

from city_model.partner.kinds import Choice
from city_model.partner.questions import NEED_KIND, TLP, Sheet
from city_model.values import Text, Tlp

VERSION: Final = "1"
"""Of the layout; a reader refuses what it does not know."""

INTRODUCTION: Final = "Uitleg - Read me"
NEW: Final = "Nieuw - New"
LISTS: Final = "Lijsten - Lists"
SHEETS: Final[Mapping[Sheet, str]] = {
    "parts": "Onderdelen - Parts",
    "needs": "Nodig - Needs",
    "others": "Anderen - Others",
}

KEY: Final = "Sleutel / Key"
ABOUT: Final = "Waarover / About"
QUESTION_NL: Final = "Vraag"
QUESTION_EN: Final = "Question"
HINT: Final = "Zo antwoordt u / How to answer"
NOW: Final = "Nu op de kaart / Now on the map"
CERTAINTY: Final = "Zekerheid / Certainty"
VERDICT: Final = "Klopt dit? / Is this right?"
ANSWER: Final = "Uw antwoord / Your answer"
REMARK: Final = "Toelichting / Remark"
MARK: Final = "Wie mag dit zien? / Who may see this?"
STATE: Final = "Stand / State"
QUESTION_HEADINGS: Final = (
    KEY, ABOUT, QUESTION_NL, QUESTION_EN, HINT, NOW, CERTAINTY, VERDICT, ANSWER, REMARK, MARK, STATE,
)  # fmt: skip

PART: Final = "Uw onderdeel / Your part"
PROVIDER: Final = "Hangt af van / Depends on"
KIND: Final = "Soort / Kind"
BUFFER: Final = "Zo lang kan het zonder / Can do without for"
NEW_HEADINGS: Final = (PART, PROVIDER, KIND, BUFFER, REMARK, MARK)
NEW_ROWS: Final = 20

BY: Final = "Uw functie, geen naam / Your role, no name"
DATE: Final = "Datum / Date"
DEFAULT_MARK: Final = "Wie mag de antwoorden zien? / Who may see the answers?"
ORGANISATION: Final = "Organisatie / Organisation"
CITY: Final = "Kaart / Map"
LAYOUT: Final = "Versie / Version"
ANSWERED: Final = "Beantwoord / Answered"
DEFAULT_TLP: Final[Tlp] = "GREEN"

_CHOOSE: Final = Text(nl="kies uit de lijst", en="choose from the list")
_VERDICTS: Final[Mapping[str, Text]] = {
    "right": Text(nl="klopt", en="right"),
    "different": Text(nl="anders", en="different"),
    "wrong": Text(nl="klopt niet", en="wrong"),
    "unknown": Text(nl="weet ik niet", en="don't know"),
}
ABOUT_VALUE: Final = Choice(_CHOOSE, {name: _VERDICTS[name] for name in ("right", "different", "unknown")})
ABOUT_NEED: Final = Choice(_CHOOSE, {name: _VERDICTS[name] for name in ("right", "wrong", "unknown")})

CHOICES: Final = (ABOUT_VALUE, ABOUT_NEED, NEED_KIND, TLP)
"""What the lists hold at least."""

EXPLANATION: Final = (
    Text(
        nl="Wilt u nakijken wat er over uw organisatie op de kaart staat? Alles wat u verbetert maakt de kaart beter.",
        en="Would you check what the map says about your organisation? Whatever you correct makes it better.",
    ),
    Text(
        nl="Klopt het? Kies 'klopt'. Is het anders? Zet uw antwoord in de kolom 'Uw antwoord'.",
        en="Is it right? Choose 'right'. Is it different? Put your answer in the column 'Your answer'.",
    ),
    Text(
        nl="Weet u het niet? Kies 'weet ik niet', of laat de regel leeg. Een schatting is ook welkom: zeg dat erbij.",
        en="If you do not know, choose 'don't know' or leave the row. An estimate is welcome: say that it is one.",
    ),
    Text(
        nl="Tijden schrijft u met een eenheid: 30m is 30 minuten, 4h is 4 uur, 2d is 2 dagen. '4 uur' mag ook.",
        en="Give times with a unit: 30m is 30 minutes, 4h is 4 hours, 2d is 2 days. '4 hours' will do too.",
    ),
    Text(
        nl="In 'Anderen' staat wat anderen van u zeggen nodig te hebben. Op 'Nieuw' is plaats voor wat wij misten.",
        en="'Others' holds what others say to need from you. On 'New' there is room for what we missed.",
    ),
    Text(
        nl="Schrijf geen namen van personen op, wel functies. De grijze cellen zijn op slot: daar vult u niets in.",
        en="Write no names of persons, only roles. The grey cells are locked: there is nothing to fill in there.",
    ),
    Text(
        nl="Per regel kunt u zeggen wie het antwoord mag zien. Zegt u niets, dan geldt wat hieronder staat.",
        en="Each row lets you say who may see the answer. If you say nothing, what stands below holds.",
    ),
    Text(
        nl="Klaar? Stuur dit bestand terug als werkboek (.xlsx), of elk blad als CSV.",
        en="Done? Send this file back as a workbook (.xlsx), or each sheet as CSV.",
    ),
)


def verdicts_of(sheet_field: str) -> Choice:
    """Return the verdicts to choose from: a dependency is there or not, a figure may be another."""
    return ABOUT_NEED if sheet_field == "need" else ABOUT_VALUE
