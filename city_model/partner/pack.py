"""The pack of one partner: its own part of the map as questions, and what others say to need from it.

Made from the view of that partner, so that nothing in it is for other eyes. The answers come back with the keys of the
questions; the pack is then made again from the map of that day, which knows where each answer belongs.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final, Literal, TypeAlias

from city_model.fault_words import alike
from city_model.partner.kinds import Kind, Name, names_by_id
from city_model.partner.questions import (
    EXISTS,
    NEED_FIELDS,
    NEED_KINDS,
    OTHERS_FIELDS,
    TEAM_COUNT,
    WORDS,
    Field,
    Sheet,
    component_fields,
    value_of,
)
from city_model.redaction import OFFICER, Reader, View, view_of
from city_model.schema import City, Component, NeedRole, PlacedNeed
from city_model.values import Provenance, Text
from resilience.base.language import _
from resilience.base.problems import InputError

Owner: TypeAlias = Literal["component", "team", "need"]
BETWEEN: Final = " | "
"""Between the parts of a key: no spreadsheet takes such a text for a number, a date or a formula."""
CERTAINTY: Final[Mapping[str, Text]] = {
    "confirmed": Text(nl="door beide kanten bevestigd", en="confirmed by both sides"),
    "one_sided": Text(nl="door één kant gezegd", en="said by one side"),
    "assumed": Text(nl="schatting", en="estimate"),
    "derived": Text(nl="berekend", en="computed"),
}
_UNKNOWN: Final = Text(nl="onbekend", en="unknown")
_ROLES: Final[Mapping[NeedRole, Text]] = {
    "fallback": Text(nl=" (voor de andere manier van werken)", en=" (for the other way of working)"),
    "detection": Text(nl=" (om een storing te merken)", en=" (to notice a fault)"),
    "repair": Text(nl=" (om te repareren)", en=" (to repair)"),
    "rebuild": Text(nl=" (om opnieuw op te bouwen)", en=" (to rebuild)"),
}


@dataclass(frozen=True)
class Target:
    """Where an answer belongs in the map; never part of what a partner gets."""

    owner: Owner
    id: str
    """Of the component or team, or the key of the need."""
    path: str

    def __str__(self) -> str:
        """Return the place in words that stay the same as long as the thing has its id."""
        return f"{self.id}{BETWEEN}{self.path}"


@dataclass(frozen=True)
class Question:
    """One row of a pack."""

    key: str
    sheet: Sheet
    about: Text
    field: Field
    kind: Kind
    now: str
    """What the map says, as it stands in a cell; empty where it says nothing."""
    certainty: Text | None
    target: Target


@dataclass(frozen=True)
class Pack:
    """All that one partner is asked."""

    city: str
    city_name: Text
    organisation: str
    organisation_name: Text
    questions: tuple[Question, ...]
    parts: Mapping[str, Text]
    """The partner's own components."""

    def of(self, sheet: Sheet) -> tuple[Question, ...]:
        """Return the questions of one sheet."""
        return tuple(question for question in self.questions if question.sheet == sheet)


def pack_for(city: City, organisation: str) -> Pack:
    """Return the pack of *organisation*; raises InputError when it is not on the map."""
    if organisation not in city.organisation_by_id:
        what = _("{city} has no organisation '{id}'", city=city.name, id=organisation)
        likely = alike(organisation, city.organisation_by_id)
        repair = _("did you mean {names}?", names=", ".join(likely)) if likely else _("name one that is on the map")
        raise InputError.because(what, repair)
    return _Making(city, organisation, view_of(city, Reader("partner", organisation))).pack()


def whole_pack(city: City, organisation: str) -> Pack:
    """Return what *organisation* would be asked if it might see everything: to find answers to questions of old."""
    return _Making(city, organisation, view_of(city, OFFICER)).pack()


def partners_of(city: City) -> tuple[str, ...]:
    """Return the organisations that own or run something on the map, in its order: they have something to answer."""
    running = {name for part in city.components for name in (part.organisation, part.operator) if name}
    return tuple(name for name in city.organisation_by_id if name in running)


class _Making:
    """Turns a view into the questions to a partner."""

    def __init__(self, city: City, organisation: str, view: View) -> None:
        self.view = view
        self.city = self.view.city
        self.original = city
        self.organisation = organisation
        self.own = {
            part.id: part for part in self.city.components if organisation in {part.organisation, part.operator}
        }

    def pack(self) -> Pack:
        questions = (*self._about_parts(), *self._about_needs(), *self._about_others())
        return Pack(
            city=self.city.id,
            city_name=self.city.name,
            organisation=self.organisation,
            organisation_name=self.city.organisation_by_id[self.organisation].name,
            questions=questions,
            parts={name: part.name for name, part in self.own.items()},
        )

    def _about_parts(self) -> Iterator[Question]:
        for name, part in self.own.items():
            for asked in component_fields(part):
                yield self._question("parts", name, part.name, asked, part, Target("component", name, asked.path))
        for team in self.city.teams:
            if team.organisation == self.organisation:
                yield self._question(
                    "parts", f"team {team.id}", team.name, TEAM_COUNT, team, Target("team", team.id, TEAM_COUNT.path)
                )

    def _about_needs(self) -> Iterator[Question]:
        for placed in self.city.placed_needs:
            if placed.dependent not in self.own:
                continue
            several = len(placed.need.providers) > 1 and not any(map(self._stands_in, placed.need.providers))
            about = self._link(placed, self.own[placed.dependent].name)
            for asked in NEED_FIELDS:
                if asked.path != "at_least" or several:
                    yield self._need_question("needs", placed, about, asked)

    def _about_others(self) -> Iterator[Question]:
        for placed in self.city.placed_needs:
            if placed.dependent in self.own or not set(placed.need.provider_ids) & set(self.own):
                continue
            dependent = self.city.component_by_id[placed.dependent]
            about = self._link(placed, self._with_owner(dependent))
            for asked in OTHERS_FIELDS:
                if asked.path == EXISTS or value_of(placed.need, asked.path) is not None:
                    yield self._need_question("others", placed, about, asked)

    def _need_question(self, sheet: Sheet, placed: PlacedNeed, about: Text, asked: Field) -> Question:
        target = Target("need", self.view.origin[placed.key], asked.path)
        return self._question(sheet, placed.key, about, asked, placed.need, target)

    def _question(
        self, sheet: Sheet, subject: str, about: Text, asked: Field, owner: object, target: Target
    ) -> Question:
        kind = self._organisation_kind() if asked.path == "supplier" else asked.kind
        value = None if asked.path == EXISTS else value_of(owner, asked.path)
        return Question(
            key=BETWEEN.join((self.organisation, subject, f"{sheet} {asked.path}")),
            sheet=sheet,
            about=about,
            field=asked,
            kind=kind,
            now="" if value is None else kind.show(value),
            certainty=self._certainty(owner, asked),
            target=target,
        )

    def _certainty(self, owner: object, asked: Field) -> Text | None:
        if asked.place == "plain":
            return None
        found = owner
        for part in [] if asked.path == EXISTS else asked.path.split("."):
            found = getattr(found, part, None)
        if not isinstance(found, Provenance):
            return None
        if getattr(found, "value", None) == "unknown" or getattr(found, "unknown", None):
            return _UNKNOWN
        return CERTAINTY[self.city.confidence_of(found)]

    def _organisation_kind(self) -> Name:
        """Return the kind of answer that names an organisation: shown as the partner may see it, read by any name."""
        known = {item.id: item.name for item in self.original.organisations}
        labels = {item.id: item.name.nl for item in self.city.organisations}
        return Name(WORDS.hint, thing=_("organisation"), ids=names_by_id(known)[0], labels=labels)

    def _link(self, placed: PlacedNeed, dependent: Text) -> Text:
        providers = [self.city.component_by_id[name] for name in placed.need.provider_ids]
        mine = [part.name if part.id in self.own else self._with_owner(part) for part in providers]
        kind, role = NEED_KINDS[placed.need.kind], _ROLES.get(placed.role, Text(nl=" ", en=" "))
        return Text(
            nl=f"{dependent.nl} → {', '.join(name.nl for name in mine)}: {kind.nl}{role.nl}".strip(),
            en=f"{dependent.en} → {', '.join(name.en for name in mine)}: {kind.en}{role.en}".strip(),
        )

    def _with_owner(self, part: Component) -> Text:
        owner = self.city.organisation_by_id.get(part.organisation or "")
        if owner is None or self._stands_in(part.id):
            return part.name
        return Text(nl=f"{part.name.nl} ({owner.name.nl})", en=f"{part.name.en} ({owner.name.en})")

    def _stands_in(self, name: str) -> bool:
        return name in self.view.stand_ins
