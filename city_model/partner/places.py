"""Where the things of a city stand in its files."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from city_model.faults import Path
from city_model.schema import NeedRole
from city_model.yaml_lines import document_of

_LISTS: Final = ("components", "functions")
_ROLES: Final[tuple[NeedRole, ...]] = ("fallback", "detection", "repair", "rebuild")


@dataclass(frozen=True)
class Place:
    """A file, by its key ``folder/name``, and the path in it."""

    file: str
    path: Path


class Places:
    """Finds components, teams, needs and organisations in the texts of a city that has no faults."""

    def __init__(self, texts: Mapping[str, str]) -> None:
        self.organisations: dict[str, Place] = {}
        self.found: dict[tuple[str, str], Place] = {}
        for file, text in texts.items():
            data: Any = document_of(text, file).data
            if "organisation" in data:
                self.organisations[data["organisation"]["id"]] = Place(file, ())
            for place, team in enumerate(data.get("teams") or ()):
                self.found["team", team["id"]] = Place(file, ("teams", place))
            for name in _LISTS:
                for place, part in enumerate(data.get(name) or ()):
                    self._add(part, Place(file, (name, place)))

    def of(self, owner: str, name: str) -> Place:
        """Return where the component, team or need called *name* stands."""
        return self.found[owner, name]

    def _add(self, part: Any, place: Place) -> None:  # noqa: ANN401 - the data of a file
        self.found["component", part["id"]] = place
        for key, path in _needs(part):
            self.found["need", key] = Place(place.file, (*place.path, *path))


def _needs(part: Any) -> Iterator[tuple[str, Path]]:  # noqa: ANN401 - the data of a file
    """Yield the key of every need of a component, as `schema.need_key` makes it, with the path inside it."""
    for number, need in enumerate(part.get("needs") or ()):
        yield _key(part["id"], need), ("needs", number)
    for role in _ROLES:
        for number, need in enumerate((part.get(role) or {}).get("needs") or ()):
            yield _key(f"{part['id']}/{role}", need), (role, "needs", number)


def _key(owner: str, need: Any) -> str:  # noqa: ANN401 - the data of a file
    return need.get("id") or f"{owner}>{'+'.join(need.get('providers') or need.get('shares') or ())}"
