"""The table of losses as a page to keep: Markdown, Dutch first and English equal.

Its fixed words are content in two languages and not interface texts: one page holds both, whatever language the
screen has.
"""

from collections.abc import Iterator, Sequence

from city_model.schema import City
from city_model.values import Text
from resilience.analysis.fall_table import HOURS, FunctionFall, LossFall
from resilience.base.language import LANGUAGES, in_language
from resilience.simulation.explain import name_of

TITLE = Text(nl="Wat valt er in {city} uit, en wanneer?", en="What fails in {city}, and when?")
ABOUT = Text(
    nl=(
        "Per verlies staat hier op welk niveau elke stadsfunctie nog werkt (100 is gewoon) en welke van haar diensten "
        "dan onder hun ondergrens zitten. Een vet niveau is lager dan de ondergrens van de functie. Het verlies duurt "
        "alle {hours} uur en niemand besluit iets: er komt geen extra brandstof en geen extra ploeg. Terugvalopties "
        "die in de kaart staan gaan vanzelf in. De verliezen zijn bedacht. Bijna alle cijfers in de kaart zijn "
        "aannames die niemand heeft bevestigd: dit is geen voorspelling, maar een lijst om met partners door te nemen."
    ),
    en=(
        "For each loss this shows the level at which every city function still works (100 is normal) and which of its "
        "services are below their minimum level then. A level in bold is lower than the function's minimum level. The "
        "loss lasts all {hours} hours and nobody decides anything: no extra fuel comes and no extra crew. Fallbacks "
        "in the map start by themselves. The losses are made up. Nearly all figures in the map are assumptions that "
        "nobody confirmed: this is no prediction, but a list to go through with partners."
    ),
)
MADE = Text(
    nl="Gemaakt met `{command}`. De verliezen staan in `analysis/outages.yaml` in de map van de stad.",
    en="Made with `{command}`. The losses stand in `analysis/outages.yaml` in the folder of the city.",
)
FALLS = Text(nl="Wat uitvalt: {components}.", en="What falls: {components}.")
FUNCTION = Text(nl="Stadsfunctie", en="City function")
MINIMUM = Text(nl="Ondergrens", en="Minimum level")
AFTER = Text(nl="{hours} uur", en="{hours} h")
FAILED = Text(nl="Diensten onder hun ondergrens:", en="Services below their minimum level:")
NOTHING_FAILED = Text(
    nl="Geen enkele dienst zakt onder zijn ondergrens.", en="No service drops below its minimum level."
)
FIRST = Text(nl="Na {hours} uur: {names}.", en="After {hours} h: {names}.")
ALSO = Text(nl="Na {hours} uur ook: {names}.", en="After {hours} h also: {names}.")
BACK = Text(nl="Na {hours} uur weer erboven: {names}.", en="After {hours} h above it again: {names}.")


def page(city: City, falls: Sequence[LossFall], command: str) -> str:
    """Return the whole page; *command* is the one that makes it."""
    chapters = []
    for language in LANGUAGES:
        with in_language(language):
            chapters.append("\n\n".join(_chapter(city, falls, command)))
    return "\n\n".join(chapters) + "\n"


def headers() -> list[str]:
    """Return the heads of the columns in the current language."""
    return [str(FUNCTION), str(MINIMUM), *(str(AFTER).format(hours=hour) for hour in HOURS)]


def sentence(city: City, fall: FunctionFall) -> str:
    """Return which services of a function fail and come back, in the current language; empty when none does."""
    parts = []
    before: tuple[str, ...] = ()
    fell = False
    for standing in fall.standings:
        failing = [name for name in standing.failed if name not in before]
        recovered = [name for name in before if name not in standing.failed]
        for words, names in ((ALSO if fell else FIRST, failing), (BACK, recovered)):
            if names:
                shown = "; ".join(name_of(city, name) for name in names)
                parts.append(str(words).format(hours=standing.hour, names=shown))
        before = standing.failed
        fell = fell or bool(failing)
    return " ".join(parts)


def _chapter(city: City, falls: Sequence[LossFall], command: str) -> Iterator[str]:
    yield f"# {str(TITLE).format(city=city.name)}"
    yield str(ABOUT).format(hours=HOURS[-1])
    yield str(MADE).format(command=command)
    for fall in falls:
        yield from _section(city, fall)


def _section(city: City, fall: LossFall) -> Iterator[str]:
    yield f"## {fall.loss.name}"
    names = "; ".join(name_of(city, name) for name in fall.loss.components)
    yield " ".join([str(FALLS).format(components=names), *([str(fall.loss.note)] if fall.loss.note else [])])
    rows = [headers(), ["---", *("---:" for _hour in headers()[1:])]]
    for function in fall.functions:
        levels = [
            f"**{standing.level}**" if standing.level < function.minimum_level else str(standing.level)
            for standing in function.standings
        ]
        rows.append([name_of(city, function.function), str(function.minimum_level), *levels])
    yield "\n".join(f"| {' | '.join(row)} |" for row in rows)
    told = [(name_of(city, function.function), sentence(city, function)) for function in fall.functions]
    lines = [f"- {name}. {words}" for name, words in told if words]
    yield "\n".join([str(FAILED), "", *lines]) if lines else str(NOTHING_FAILED)
