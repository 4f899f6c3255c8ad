"""A city as it was read, before its references are checked: every value with its place in its file."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from pydantic import BaseModel

from city_model.faults import Path
from city_model.impact import FunctionImpact, ImpactFile
from city_model.schema import (
    AccessFile,
    AccessPath,
    City,
    CityFile,
    Component,
    District,
    Measure,
    Need,
    NeedRole,
    Organisation,
    OrganisationFile,
    Team,
    Work,
    need_key,
)
from city_model.values import Source
from city_model.yaml_source import Document
from resilience.base.problems import Problem

Item = TypeVar("Item", bound=BaseModel)
Other = TypeVar("Other", bound=BaseModel)
AnyFile = CityFile | OrganisationFile | AccessFile | ImpactFile


@dataclass(frozen=True)
class Placed(Generic[Item]):
    """A value with the place where it stands."""

    value: Item
    document: Document
    path: Path

    def at(self, value: Other, *path: str | int) -> "Placed[Other]":
        """Return *value*, which stands at *path* inside this one."""
        return Placed(value, self.document, (*self.path, *path))

    def problem(self, *path: str | int, what: str, repair: str) -> Problem:
        """Return the fault at *path* inside this value; under ``shares`` the providers are keys."""
        return self.document.problem((*self.path, *path), what, repair, key=path[-2:-1] == ("shares",))

    @property
    def place(self) -> str:
        """Where it stands, as ``file:line:column``; asked for only when there is a fault to tell."""
        line, column = self.document.position(self.path)
        return f"{self.document.file}:{line}:{column}"


@dataclass(frozen=True)
class PlacedFile:
    """One file that fits its model."""

    content: AnyFile
    document: Document


@dataclass(frozen=True)
class DraftNeed:
    """A need with its place, its role in the component and the key by which effects name it."""

    need: Placed[Need]
    role: NeedRole
    key: str


@dataclass(frozen=True)
class Draft:
    """All that the files of a city and its includes say, in reading order."""

    city: CityFile
    """The city that was asked for, without its includes."""
    files: tuple[PlacedFile, ...]
    sources: tuple[Placed[Source], ...]
    districts: tuple[Placed[District], ...]
    organisations: tuple[Placed[Organisation], ...]
    teams: tuple[Placed[Team], ...]
    components: tuple[Placed[Component], ...]
    access_paths: tuple[Placed[AccessPath], ...]
    measures: tuple[Placed[Measure], ...]
    impacts: tuple[Placed[FunctionImpact], ...]

    def city_value(self) -> City:
        """Return the frozen City; call it only when every reference was checked."""
        return City(
            id=self.city.id,
            name=self.city.name,
            description=self.city.description,
            population=self.city.population,
            sources=tuple(item.value for item in self.sources),
            districts=tuple(item.value for item in self.districts),
            organisations=tuple(item.value for item in self.organisations),
            teams=tuple(item.value for item in self.teams),
            components=tuple(item.value for item in self.components),
            access_paths=tuple(item.value for item in self.access_paths),
            measures=tuple(item.value for item in self.measures),
            impacts=tuple(item.value for item in self.impacts),
        )


def draft_of(files: Sequence[PlacedFile]) -> Draft:
    """Return what *files* say together; the last city file is that of the city that was asked for."""
    cities = [(file, file.content) for file in files if isinstance(file.content, CityFile)]
    partners = [(file, file.content) for file in files if isinstance(file.content, OrganisationFile)]
    access = [(file, file.content) for file in files if isinstance(file.content, AccessFile)]
    impact = [(file, file.content) for file in files if isinstance(file.content, ImpactFile)]
    return Draft(
        city=cities[-1][1],
        files=tuple(files),
        sources=tuple(found for file in files for found in _listed(file, "sources", file.content.sources)),
        districts=tuple(found for file, said in cities for found in _listed(file, "districts", said.districts)),
        organisations=tuple(Placed(said.organisation, file.document, ("organisation",)) for file, said in partners),
        teams=tuple(
            found
            for file, said in partners
            for found in _listed(file, "teams", tuple(_owned_team(team, said.organisation.id) for team in said.teams))
        ),
        components=tuple(found for file in files for found in _components(file)),
        access_paths=tuple(found for file, said in access for found in _listed(file, "paths", said.paths)),
        measures=tuple(
            found
            for file, said in partners
            for found in _listed(
                file, "measures", tuple(_owned_measure(one, said.organisation.id) for one in said.measures)
            )
        ),
        impacts=tuple(found for file, said in impact for found in _listed(file, "impacts", said.impacts)),
    )


def needs_in(component: Placed[Component]) -> Iterator[DraftNeed]:
    """Yield every need of *component*, those of its fallback and its repairs included, in the order of the file."""
    value = component.value
    yield from _needs(component, "level", value.needs, ("needs",))
    if value.fallback:
        yield from _needs(component, "fallback", value.fallback.needs, ("fallback", "needs"))
    for role, work in works_of(value):
        yield from _needs(component, role, work.needs, (role, "needs"))


def works_of(component: Component) -> Iterator[tuple[NeedRole, Work]]:
    """Yield the detection, repair and rebuild that *component* states, by the name of the field."""
    if component.detection:
        yield "detection", component.detection
    if component.repair:
        yield "repair", component.repair
    if component.rebuild:
        yield "rebuild", component.rebuild


def _needs(component: Placed[Component], role: NeedRole, needs: tuple[Need, ...], path: Path) -> Iterator[DraftNeed]:
    for number, need in enumerate(needs):
        yield DraftNeed(component.at(need, *path, number), role, need_key(component.value.id, role, need))


def _listed(file: PlacedFile, name: str, items: tuple[Item, ...]) -> Iterator[Placed[Item]]:
    for number, item in enumerate(items):
        yield Placed(item, file.document, (name, number))


def _components(file: PlacedFile) -> Iterator[Placed[Component]]:
    if isinstance(file.content, CityFile):
        yield from _listed(file, "functions", file.content.functions)
    elif isinstance(file.content, OrganisationFile):
        owner = file.content.organisation.id
        owned = (_owned_component(component, owner) for component in file.content.components)
        yield from _listed(file, "components", tuple(owned))


def _owned_component(component: Component, owner: str) -> Component:
    return component if component.organisation else component.model_copy(update={"organisation": owner})


def _owned_measure(measure: Measure, owner: str) -> Measure:
    return measure if measure.organisation else measure.model_copy(update={"organisation": owner})


def _owned_team(team: Team, owner: str) -> Team:
    return team if team.organisation else team.model_copy(update={"organisation": owner})
