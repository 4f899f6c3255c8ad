"""The letter that goes with a pack: one page in plain language, as text and as a page to print."""

import datetime as dt
from dataclasses import dataclass
from html import escape
from typing import Final

from city_model.partner.pack import Pack
from resilience.base.language import Language

_MONTHS: Final = {
    "nl": ("januari", "februari", "maart", "april", "mei", "juni", "juli", "augustus", "september", "oktober",
           "november", "december"),
    "en": ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
           "November", "December"),
}  # fmt: skip
_STYLE: Final = (
    "@page{size:A4;margin:22mm}body{font:11.5pt/1.5 Calibri,Arial,sans-serif;color:#1a1a1a;background:#fff;"
    "max-width:42em;margin:2em auto;padding:0 1em}h1{font-size:1.35em;margin:0 0 1em}ol,ul{padding-left:1.4em}"
    "li{margin:.3em 0}@media print{body{margin:0;max-width:none}}"
)


@dataclass(frozen=True)
class Letter:
    """The letter, part by part: a part is a sentence or a list of steps."""

    language: Language
    subject: str
    parts: tuple[str | tuple[str, ...], ...]

    def text(self) -> str:
        """Return the letter as plain text."""
        shown = [self.subject, ""]
        for part in self.parts:
            if isinstance(part, str):
                shown += [part, ""]
            else:
                shown += [*(f"{number}. {step}" for number, step in enumerate(part, start=1)), ""]
        return "\n".join(shown).rstrip() + "\n"

    def html(self) -> str:
        """Return the letter as a page that asks nothing of any network."""
        body = "".join(
            f"<p>{escape(part)}</p>\n"
            if isinstance(part, str)
            else "<ol>\n" + "".join(f"<li>{escape(step)}</li>\n" for step in part) + "</ol>\n"
            for part in self.parts
        )
        return (
            f'<!DOCTYPE html>\n<html lang="{self.language}">\n<head>\n<meta charset="utf-8">\n'
            '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
            f"<title>{escape(self.subject)}</title>\n<style>{_STYLE}</style>\n</head>\n<body>\n"
            f"<main>\n<h1>{escape(self.subject)}</h1>\n{body}</main>\n</body>\n</html>\n"
        )


def letter_for(pack: Pack, language: Language, file: str, *, until: dt.date | None, to: str | None) -> Letter:
    """Return the letter with *pack*, whose questions are in *file*; *until* and *to*: when and to whom to reply."""
    make = _dutch if language == "nl" else _english
    return make(pack, file, _day(until, language) if until else None, to)


def _dutch(pack: Pack, file: str, until: str | None, to: str | None) -> Letter:
    name, city = pack.organisation_name.nl, pack.city_name.nl
    parts, needs, others = (len({item.target.id for item in pack.of(sheet)}) for sheet in ("parts", "needs", "others"))
    back = f"Stuur het bestand terug aan {to or 'wie het u stuurde'}" + (f", uiterlijk op {until}" if until else "")
    return Letter(
        "nl",
        f"Klopt dit over {name}? De digitale keten van {city}",
        (
            f"Beste collega van {name},",
            (
                f"Veel diensten van {city} werken alleen als andere organisaties werken. Wij maken een kaart van die "
                "keten, zodat wij bij een digitale storing weten wie elkaar nodig heeft en hoe lang iets het volhoudt. "
                "Daarmee oefenen wij ook."
            ),
            (
                f"Op de kaart staat ook {name}. Veel daarvan is nog een schatting van ons. U weet het beter. In het "
                f"bestand {file} staan {_of(parts, 'onderdeel', 'onderdelen')} van u, {needs} keer iets wat u nodig "
                f"hebt, en {others} keer iets wat een ander van u zegt nodig te hebben."
            ),
            "Zo gaat het:",
            (
                (
                    "Open het bestand met Excel, LibreOffice of een ander rekenprogramma. U hebt niets anders nodig: "
                    "geen account en geen netwerk."
                ),
                "Begin met wat u het beste kent. Kies bij elke regel 'klopt', of zet uw antwoord erachter.",
                "Weet u iets niet? Kies 'weet ik niet' of sla de regel over. Een deel invullen helpt ook.",
                f"{back}.",
            ),
            (
                "U bepaalt wie uw antwoorden mag zien. Per regel kunt u dat kiezen. In dit bestand staat alleen wat "
                "over u gaat en wat u mag weten; andere organisaties krijgen uw bestand niet."
            ),
            "Schrijf geen namen van personen op en geen zwakke plekken van uw systemen. Daar vragen wij niet naar.",
            "Zegt een ander iets anders dan u? Dan schrijven wij beide op. Wij overleggen voordat er iets verandert.",
            "Met vriendelijke groet,",
            to or "De beheerder van de kaart",
        ),
    )


def _english(pack: Pack, file: str, until: str | None, to: str | None) -> Letter:
    name, city = pack.organisation_name.en, pack.city_name.en
    parts, needs, others = (len({item.target.id for item in pack.of(sheet)}) for sheet in ("parts", "needs", "others"))
    back = f"Send the file back to {to or 'whoever sent it to you'}" + (f", by {until} at the latest" if until else "")
    return Letter(
        "en",
        f"Is this right about {name}? The digital chain of {city}",
        (
            f"Dear colleague at {name},",
            (
                f"Many services of {city} only work while other organisations work. We are making a map of that chain, "
                "so that in a digital outage we know who needs whom, and how long things hold out. We practise with it "
                "too."
            ),
            (
                f"{name} is on that map. Much of it is still our estimate. You know better. The file {file} holds "
                f"{_of(parts, 'part', 'parts')} of yours, {needs} times something that you need, and {others} times "
                "something that another says to need from you."
            ),
            "This is how it goes:",
            (
                (
                    "Open the file with Excel, LibreOffice or another spreadsheet program. You need nothing else: no "
                    "account and no network."
                ),
                "Start with what you know best. On each row choose 'right', or put your answer behind it.",
                "You do not know? Choose 'don't know' or skip the row. A part of it helps too.",
                f"{back}.",
            ),
            (
                "You decide who may see your answers, row by row if you like. This file holds only what is about you "
                "and what you may know; other organisations do not get it."
            ),
            "Write no names of persons and no weaknesses of your systems. We do not ask for them.",
            ("Does another say something else than you do? Then we write down both, and talk before anything changes."),
            "Kind regards,",
            to or "The keeper of the map",
        ),
    )


def _of(number: int, one: str, many: str) -> str:
    return f"{number} {one if number == 1 else many}"


def _day(day: dt.date, language: Language) -> str:
    return f"{day.day} {_MONTHS[language][day.month - 1]} {day.year}"
