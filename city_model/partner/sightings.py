"""What an exercise showed of the map, as a patch that the keeper of the map accepts or leaves.

A sighting is nobody's word: it gets no place in the ledger of what partners said, it is an assumption with the exercise
as its source, and it does not take the place of what somebody did say unless it is accepted by its number.
"""

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Annotated, Final, Literal, TypeAlias

from pydantic import Field

from city_model.exchange.tables import Cell
from city_model.fault_words import choice
from city_model.faults import Fault
from city_model.loader import city_texts, load_city_from_texts
from city_model.partner.folder import folder_of, path_of, write_all
from city_model.partner.judging import Judge
from city_model.partner.kinds import AnswerFault, Kind, Plain
from city_model.partner.ledger import Ledger, shown_value
from city_model.partner.pack import Target
from city_model.partner.places import Places
from city_model.partner.questions import COMPONENT_FIELDS, EXISTS, NEED_FIELDS, TIME, value_of
from city_model.partner.questions import Field as Asked
from city_model.schema import City, NeedKind
from city_model.values import Frozen, Line, Slug, Source
from city_model.yaml_edit import APPEND, Edit, edited
from city_model.yaml_source import fit, read
from city_model.yaml_writer import entry_text, plain
from resilience.base.language import _
from resilience.base.problems import InputError

VERSION: Final = "1"
BY: Final = "oefenleiding / exercise control"
_HEADER: Final = (
    "# Gezien in een oefening: een voorstel, geen feit. Kijk eerst: resilience city apply KAART DIT-BESTAND",
    "# Seen in an exercise: a proposal, not a fact. Look first: resilience city apply MAP THIS-FILE",
)
Sort = Literal["refuted", "figure", "missing"]
Standing: TypeAlias = Literal["change", "against", "same", "gone"]
"""It fills in or changes an estimate; it stands against somebody's word or takes something away; the map says so
already; what it is about is no longer on the map."""


class Sighting(Frozen):
    """One thing that was seen in play: a dependency that is not there, another figure, a dependency that is missing."""

    entry: Annotated[int, Field(ge=1)]
    """Its number in the log of the exercise."""
    sort: Sort
    subject: Line
    """The key of a need, or the id of a component; of the dependent where a need is missing."""
    field: Line | None = None
    value: Line | None = None
    """As people write it, such as 4h."""
    provider: Slug | None = None
    kind: NeedKind | None = None
    why: Line


class _Head(Frozen):
    version: Literal["1"] = "1"
    city: Slug
    exercise: Line
    scenario: Slug
    date: dt.date


class SightingFile(Frozen):
    """A patch."""

    seen: _Head
    sightings: tuple[Sighting, ...]


@dataclass(frozen=True)
class Weighed:
    """A sighting laid beside the map."""

    sighting: Sighting
    standing: Standing
    ours: str
    """What the map says now; empty: nothing."""
    ours_by: str
    """Who said so: an organisation, or the role that made the estimate."""
    edits: tuple[tuple[str, Edit], ...] = ()


class Applying:
    """The map while sightings are weighed; nothing is written before `write`."""

    def __init__(self, name: str, content: SightingFile, accepted: Sequence[int] = ()) -> None:
        self.name = name
        self.before = city_texts(name)
        self.texts = dict(self.before)
        self.city = load_city_from_texts(self.texts)
        self.source = source_of(content)
        self.accepted = frozenset(accepted)
        self.weighed = tuple(self._weighed(sighting) for sighting in content.sightings)
        edits = [edit for one in self.weighed if self.is_taken(one) for edit in one.edits]
        if edits:
            self._change(edits)

    def is_taken(self, weighed: Weighed) -> bool:
        """Whether it is brought in: it changes an estimate, or it was accepted by its number."""
        return weighed.standing == "change" or (
            weighed.standing == "against" and weighed.sighting.entry in self.accepted
        )

    def changed_files(self) -> tuple[str, ...]:
        """Return the keys of the files of the map that would be written."""
        return tuple(key for key in sorted(self.texts) if self.texts[key] != self.before[key])

    def write(self) -> list[str]:
        """Write what changed, all or nothing, and return the files."""
        root = folder_of(self.name)
        changed = {path_of(root, key): self.texts[key] for key in self.changed_files()}
        write_all(changed)
        return [str(path) for path in sorted(changed)]

    def _weighed(self, sighting: Sighting) -> Weighed:
        if next(sighting_faults(sighting, self.city), None) is not None:
            return Weighed(sighting, "gone", "", "")
        places = Places(self.texts)
        judge = Judge(self.city, places, Ledger(), self.source)
        match sighting.sort:
            case "refuted":
                target = Target("need", sighting.subject, EXISTS)
                place = places.of("need", sighting.subject)
                _sure, who = judge.standing(target)
                return Weighed(sighting, "against", _("is needed"), who, ((place.file, Edit(place.path, None)),))
            case "missing":
                key = f"{sighting.subject}>{sighting.provider}"
                if key in self.city.need_by_key:
                    return Weighed(sighting, "same", _("is needed"), judge.standing(Target("need", key, EXISTS))[1])
                place = places.of("component", sighting.subject)
                edit = Edit((*place.path, "needs", APPEND), self._need(sighting))
                return Weighed(sighting, "change", "", "", ((place.file, edit),))
            case _:
                return self._figure(sighting, judge, places)

    def _figure(self, sighting: Sighting, judge: Judge, places: Places) -> Weighed:
        asked, theirs = _answer(sighting)
        owner_kind, owner = _subject(sighting, self.city)
        target = Target("need" if owner_kind == "need" else "component", sighting.subject, asked.path)
        ours = value_of(owner, asked.path)
        sure, who = judge.standing(target)
        if ours == theirs:
            return Weighed(sighting, "same", shown_value(ours), who)
        note = f"Gezien in een oefening / seen in an exercise: {sighting.why}"
        edits = judge.value_edits(target, asked.place, theirs, None, note)
        file = places.of(target.owner, target.id).file
        standing: Standing = "change" if ours is None or sure in {None, "assumed", "derived"} else "against"
        return Weighed(sighting, standing, shown_value(ours), who if ours is not None else "",
                       tuple((file, edit) for edit in edits))  # fmt: skip

    def _need(self, sighting: Sighting) -> dict[str, object]:
        need: dict[str, object] = {"providers": [sighting.provider], "kind": sighting.kind}
        if sighting.value is not None:
            need["buffer"] = {"value": TIME.read(Cell(sighting.value)), "source": self.source.id}
        return {**need, "source": self.source.id, "note": sighting.why}

    def _change(self, edits: Sequence[tuple[str, Edit]]) -> None:
        """Make *edits*, with the source in the first file that is changed, and read the map anew to check it."""
        every = list(edits)
        if self.source.id not in self.city.source_by_id and any(edit.value is not None for _file, edit in edits):
            first = next(file for file, edit in edits if edit.value is not None)
            every.append((first, Edit(("sources", APPEND), plain(self.source))))
        texts = dict(self.texts)
        for removing in (False, True):  # what is removed last leaves the places of the others as they were found
            for file in sorted({file for file, edit in every if (edit.value is None) is removing}):
                wanted = [edit for named, edit in every if named == file and (edit.value is None) is removing]
                texts[file] = edited(texts[file], wanted, file)
        self.city = load_city_from_texts(texts)
        self.texts = texts


def read_sightings(text: str, name: str, city: str) -> SightingFile:
    """Return the patch in *text*, which must be about *city*; raises InputError with every fault."""
    reading = read(text, name)
    if reading.document is None:
        raise InputError(reading.problems)
    content, problems = fit(SightingFile, reading.document)
    if content is None:
        raise InputError(problems)
    if content.seen.city != city:
        what = _("this was seen on the map of {name}, not of {other}", name=content.seen.city, other=city)
        raise InputError([reading.document.problem(("seen", "city"), what, _("apply it to that map"))])
    return content


def patch_text(content: SightingFile) -> str:
    """Return *content* as the text of a file."""
    head = {name: str(value) for name, value in content.seen.model_dump(mode="json").items()}
    rows = [_row(sighting) for sighting in content.sightings]
    return "\n".join([*_HEADER, *entry_text("seen", head, ""), *entry_text("sightings", rows, "")]) + "\n"


def patch(city: str, exercise: str, scenario: str, date: dt.date, sightings: Sequence[Sighting]) -> SightingFile:
    """Return the patch of one exercise."""
    head = _Head(city=city, exercise=" ".join(exercise.split()), scenario=scenario, date=date)
    return SightingFile(seen=head, sightings=tuple(sightings))


def source_of(content: SightingFile) -> Source:
    """Return the source that everything in a patch gets: that exercise, as an assumption."""
    seen = content.seen
    day = seen.date.isoformat()
    return Source(
        id=f"oefening-{seen.scenario}-{day}",
        kind="exercise",
        reference=f"Gezien in de oefening '{seen.exercise}' van {day} / Seen in that exercise",
        date=seen.date,
        by=BY,
        confidence="assumed",
    )


def sighting_faults(sighting: Sighting, city: City) -> Iterator[Fault]:
    """Yield what is not on the map of *city*, or cannot be read."""
    components = city.component_by_id
    if sighting.sort == "missing":
        for field, name in (("subject", sighting.subject), ("provider", sighting.provider or "")):
            if name not in components:
                what = _("there is no component {id} on the map", id=name)
                yield Fault((field,), what, choice(name, components))
        if sighting.subject == sighting.provider:
            yield Fault(("provider",), _("a part cannot need itself"), _("name another provider"))
        if sighting.kind is None:
            yield Fault(("kind",), _("no kind is chosen"), _("choose one from the list"))
        yield from _value_faults(sighting, TIME if sighting.value is not None else None)
    elif sighting.sort == "refuted":
        if sighting.subject not in city.need_by_key:
            what = _("there is no dependency {id} on the map", id=sighting.subject)
            yield Fault(("subject",), what, choice(sighting.subject, city.need_by_key))
    else:
        yield from _figure_faults(sighting, city)


def figures_of(kind: str) -> Mapping[str, Asked]:
    """Return the figures that a sighting may be about, by name, of a need or of a component."""
    asked = NEED_FIELDS if kind == "need" else COMPONENT_FIELDS
    return {field.path: field for field in asked if field.place == "figure" and field.path != EXISTS}


def _figure_faults(sighting: Sighting, city: City) -> Iterator[Fault]:
    kind, owner = _subject(sighting, city)
    if owner is None:
        what = _("there is no component or dependency {id} on the map", id=sighting.subject)
        yield Fault(("subject",), what, choice(sighting.subject, [*city.component_by_id, *city.need_by_key]))
        return
    known = figures_of(kind)
    asked = known.get(sighting.field or "")
    if asked is None:
        what = _("{field} is not a figure of it that can be seen in an exercise", field=sighting.field or "–")
        yield Fault(("field",), what, choice(sighting.field or "", known))
        return
    yield from _value_faults(sighting, asked.kind)


def _value_faults(sighting: Sighting, kind: Kind | None) -> Iterator[Fault]:
    if kind is None:
        return
    try:
        kind.read(Cell(sighting.value or ""))
    except AnswerFault as fault:
        yield Fault(("value",), fault.what, fault.repair)


def _subject(sighting: Sighting, city: City) -> tuple[str, object]:
    if sighting.subject in city.component_by_id:
        return "component", city.component_by_id[sighting.subject]
    placed = city.need_by_key.get(sighting.subject)
    return "need", placed.need if placed else None


def _answer(sighting: Sighting) -> tuple[Asked, Plain]:
    asked = {**figures_of("component"), **figures_of("need")}[sighting.field or ""]
    return asked, asked.kind.read(Cell(sighting.value or ""))


def _row(sighting: Sighting) -> dict[str, object]:
    return {name: value for name, value in sighting.model_dump(mode="json").items() if value is not None}
