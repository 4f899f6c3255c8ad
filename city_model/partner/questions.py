"""What a partner is asked: one question for each thing that it can know better than whoever keeps the map."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final, Literal, TypeAlias

from city_model.partner.kinds import Choice, Day, Duration, Kind, Line, Number, Plain, Range
from city_model.schema import Component
from city_model.values import (
    CountFigure,
    DistributionFigure,
    DurationFigure,
    PerCentFigure,
    Provenance,
    Text,
)
from city_model.yaml_writer import plain
from resilience.base.units import format_duration

Sheet: TypeAlias = Literal["parts", "needs", "others"]
Place: TypeAlias = Literal["figure", "sourced", "plain"]
"""figure: a mapping with value and source; sourced: a value beside a source in its owner; plain: a value alone."""

EXISTS: Final = "need"
"""The field of the question whether a dependency is there at all."""
MOST: Final = 1_000_000_000
_SHAPES: Final = {"fixed", "min", "likely", "max", "exponential", "empirical"}

TLP_OPTIONS: Final[Mapping[str, Text]] = {
    "CLEAR": Text(nl="iedereen (CLEAR)", en="everybody (CLEAR)"),
    "GREEN": Text(nl="alle partners (GREEN)", en="all partners (GREEN)"),
    "AMBER": Text(nl="alleen de kaarthouder (AMBER)", en="only the keeper of the map (AMBER)"),
    "AMBER+STRICT": Text(
        nl="alleen de organisatie van de kaarthouder (AMBER+STRICT)",
        en="only the organisation that keeps the map (AMBER+STRICT)",
    ),
    "RED": Text(nl="alleen wie de kaart bijhoudt, persoonlijk (RED)", en="only the person who keeps the map (RED)"),
}
TLP: Final = Choice(Text(nl="kies uit de lijst", en="choose from the list"), TLP_OPTIONS)
NEED_KINDS: Final[Mapping[str, Text]] = {
    "data": Text(nl="gegevens", en="data"),
    "identity": Text(nl="inloggen en rechten", en="identity and access"),
    "network": Text(nl="verbinding", en="network"),
    "power": Text(nl="stroom", en="power"),
    "hosting": Text(nl="servers of ruimte daarvoor", en="hosting"),
    "supplier": Text(nl="dienst van een leverancier", en="service of a supplier"),
    "staff": Text(nl="mensen", en="staff"),
    "payment": Text(nl="betalen", en="payment"),
    "place": Text(nl="gebouw of plek", en="place"),
}
NEED_KIND: Final = Choice(Text(nl="kies uit de lijst", en="choose from the list"), NEED_KINDS)
_BACKUPS: Final[Mapping[str, Text]] = {
    "none": Text(nl="geen", en="none"),
    "online": Text(nl="ja, altijd verbonden", en="yes, always connected"),
    "offline": Text(nl="ja, los van het net", en="yes, off-line"),
    "immutable": Text(nl="ja, niet te wijzigen", en="yes, cannot be changed"),
}
_PERSONAL: Final[Mapping[str, Text]] = {
    "none": Text(nl="geen", en="none"),
    "ordinary": Text(nl="gewone", en="ordinary"),
    "special": Text(nl="bijzondere, zoals over gezondheid", en="special, such as on health"),
}
_EASE: Final[Mapping[str, Text]] = {
    "easy": Text(nl="ja, binnen enkele weken", en="yes, within weeks"),
    "hard": Text(nl="alleen met veel werk", en="only with much work"),
    "none": Text(nl="nee, er is geen ander", en="no, there is no other"),
}

TIME: Final = Duration(
    Text(nl="een tijd: 30m, 4h of 2d (4 uur mag ook)", en="a time: 30m, 4h or 2d (4 hours will do)"),
)
RANGE: Final = Range(
    Text(nl="kortst / meestal / langst: 1h / 3h / 8h", en="shortest / usual / longest: 1h / 3h / 8h"),
)
PER_CENT: Final = Number(Text(nl="een heel getal, 0 tot 100", en="a whole number, 0 to 100"), 0, 100, per_cent=True)
LEVEL: Final = Number(Text(nl="een heel getal, 1 tot 100", en="a whole number, 1 to 100"), 1, 100, per_cent=True)
PEOPLE: Final = Number(Text(nl="een heel getal", en="a whole number"), 0, MOST)
TEAMS: Final = Number(Text(nl="een heel getal", en="a whole number"), 0, 1000)
DAY: Final = Day(Text(nl="een datum: 2026-11-22", en="a date: 2026-11-22"))
WORDS: Final = Line(Text(nl="een paar woorden, geen namen van personen", en="a few words, no names of persons"))
NOTHING: Final = Line(Text(nl="kies bij 'Klopt dit?'", en="choose under 'Is this right?'"))
_LIST: Final = Text(nl="kies uit de lijst", en="choose from the list")


@dataclass(frozen=True)
class Field:
    """A field of a component, team or need that partners are asked about."""

    path: str
    """Where it stands in its owner, with dots."""
    kind: Kind
    asks: Text
    place: Place = "figure"


COMPONENT_FIELDS: Final = (
    Field("residents", PEOPLE, Text(nl="Hoeveel inwoners merken het als dit uitvalt?",
                                    en="How many residents notice when this fails?")),
    Field("vulnerable", PEOPLE, Text(nl="Hoeveel van hen zijn kwetsbaar, bijvoorbeeld door zorg of leeftijd?",
                                     en="How many of them are vulnerable, for example through care or age?")),
    Field("mtd.required", TIME, Text(nl="Hoe lang mag dit hoogstens uitvallen?",
                                     en="How long may this be out at most?")),
    Field("rto.capable", TIME, Text(nl="Binnen welke tijd kunt u dit weer laten werken?",
                                    en="Within what time can you make this work again?")),
    Field("rpo.capable", TIME, Text(nl="Van hoeveel tijd raakt u hoogstens gegevens kwijt?",
                                    en="How much time's worth of data can you lose at most?")),
    Field("minimum_level", LEVEL, Text(nl="Onder welk percentage van normaal is dit voor inwoners kapot?",
                                       en="Below what per cent of normal is this broken to residents?")),
    Field("repair.duration", RANGE, Text(nl="Hoe lang duurt het om dit te repareren?",
                                         en="How long does it take to repair this?")),
    Field("rebuild.duration", RANGE, Text(nl="Hoe lang duurt het om dit helemaal opnieuw op te bouwen?",
                                          en="How long does it take to rebuild this from nothing?")),
    Field("restart_lag", TIME, Text(nl="Hoe lang duurt opstarten als alles er weer is?",
                                    en="How long does starting take once everything is back?")),
    Field("fallback.level", LEVEL, Text(nl="Als dit uitvalt: hoeveel procent lukt op een andere manier?",
                                        en="When this fails: how many per cent can be done in another way?")),
    Field("fallback.delay", TIME, Text(nl="Hoe lang duurt het voor die andere manier werkt?",
                                       en="How long until that other way works?")),
    Field("fallback.duration", TIME, Text(nl="Hoe lang houdt u die andere manier vol?",
                                          en="How long can you keep up that other way?")),
    Field("supplier", WORDS, Text(nl="Welke organisatie is de leverancier?",
                                  en="Which organisation is the supplier?"), "plain"),
    Field("product", WORDS, Text(nl="Welk product is het?", en="Which product is it?"), "plain"),
    Field("contract_end", DAY, Text(nl="Wanneer loopt het contract af?", en="When does the contract end?"), "plain"),
    Field("substitution.ease", Choice(_LIST, _EASE), Text(nl="Kunt u overstappen op een ander?",
                                                          en="Can you move to another?"), "sourced"),
    Field("backup.kind", Choice(_LIST, _BACKUPS), Text(nl="Is er een reservekopie van de gegevens?",
                                                       en="Is there a back-up of the data?"), "sourced"),
    Field("backup.tested_on", DAY, Text(nl="Wanneer is terugzetten voor het laatst geprobeerd?",
                                        en="When was restoring it last tried?"), "sourced"),
    Field("personal_data.kind", Choice(_LIST, _PERSONAL), Text(nl="Welke persoonsgegevens staan erin?",
                                                               en="What personal data does it hold?"), "plain"),
    Field("tlp", TLP, Text(nl="Wie mag zien dat dit onderdeel er is?",
                           en="Who may see that this part exists?"), "plain"),
)  # fmt: skip
TEAM_COUNT: Final = Field("count", TEAMS, Text(nl="Hoeveel van deze ploegen kunnen tegelijk werken?",
                                               en="How many of these crews can work at once?"))  # fmt: skip
NEED_FIELDS: Final = (
    Field(EXISTS, NOTHING, Text(nl="Hebt u dit echt nodig?", en="Do you really need this?")),
    Field("buffer", TIME, Text(nl="Hoe lang merkt u er niets van als dit wegvalt (accu, voorraad, kopie)?",
                               en="How long do you notice nothing when this is gone (battery, stock, copy)?")),
    Field("strength", LEVEL, Text(nl="Als dit helemaal wegvalt: hoeveel procent van uw werk raakt het?",
                                  en="When this is wholly gone: how many per cent of your work does it touch?")),
    Field("at_least", TEAMS, Text(nl="Hoeveel van deze leveranciers moeten er minstens werken?",
                                  en="How many of these providers must work at least?"), "plain"),
    Field("contract", WORDS, Text(nl="Welk contract of welke afspraak hoort hierbij (nummer of naam)?",
                                  en="Which contract or agreement goes with this (number or name)?"), "plain"),
)  # fmt: skip
OTHERS_FIELDS: Final = (
    Field(EXISTS, NOTHING, Text(nl="De ander zegt dit van u nodig te hebben. Klopt dat?",
                                en="The other says it needs this from you. Is that right?")),
    Field("buffer", TIME, Text(nl="De ander zegt zo lang zonder te kunnen. Klopt dat?",
                               en="The other says it can do without for this long. Is that right?")),
)  # fmt: skip


def place_of(path: str) -> Place:
    """Return how the field at *path* keeps its source."""
    asked = (*COMPONENT_FIELDS, TEAM_COUNT, *NEED_FIELDS)
    return next(field.place for field in asked if field.path == path)


def value_of(owner: object, path: str) -> Plain | None:
    """Return the value at *path* in a component, team or need as a file would have it; None where there is none."""
    found = owner
    for part in path.split("."):
        found = getattr(found, part, None)
    return plain_value(found)


def plain_value(found: object) -> Plain | None:
    """Return a figure or bare value as a file would have it; None for nothing and for unknown."""
    match found:
        case DistributionFigure():
            written = {name: said for name, said in plain(found).items() if name in _SHAPES}
            return {name: ", ".join(said) if isinstance(said, list) else said for name, said in written.items()} or None
        case DurationFigure(value=int(minutes)):
            return format_duration(minutes)
        case PerCentFigure(value=int(number)) | CountFigure(value=int(number)):
            return number
        case Provenance() | None | "unknown":
            return None
        case int():
            return found
        case _:
            return str(found)


def component_fields(component: Component) -> Iterator[Field]:
    """Yield what to ask about *component*: facilities and networks hold no data."""
    for asked in COMPONENT_FIELDS:
        digital = component.kind in {"service", "application"}
        if digital or asked.path not in {"rpo.capable", "backup.kind", "backup.tested_on", "personal_data.kind"}:
            yield asked
