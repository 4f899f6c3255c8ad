"""What could be asked: figures that nobody confirmed on both sides, and a map in which one of them has another value.

Beside the figures that runs draw (``simulation/uncertain.py``) these are the durations of repairs, the number of
teams, where backups are and the chance on access paths. Their ends follow the same ranges.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Literal, TypeAlias

from city_model.schema import City, Component, Work
from city_model.values import CountFigure, Provenance
from resilience.analysis.draws import OF_NEEDS
from resilience.simulation.model import Duration, Model, Part
from resilience.simulation.uncertain import RANGES, Field, Uncertain, with_values

WorkKind = Literal["detection", "repair", "rebuild"]
OtherKind: TypeAlias = Literal["detection", "repair", "rebuild", "team", "backup", "path"]
WORKS: tuple[WorkKind, ...] = ("detection", "repair", "rebuild")
BACKUPS = ("offline", "online", "none")
"""From the best to the worst; ``low`` and ``high`` of a backup are places in this list."""
ONLINE = BACKUPS.index("online")
FIELD_IN_MAP: dict[Field, str] = {
    "buffer": "buffer", "stock": "buffer", "recharge": "recharge", "strength": "strength",
    "lag": "restart_lag", "backlog": "backlog", "catch_up": "catch_up_level",
    "fallback_level": "level", "fallback_delay": "delay", "fallback_duration": "duration",
}  # fmt: skip
"""What a drawn figure is called in its need, component or fallback."""
LONGEST = 2**20
"""The longest duration that can be drawn (rule 13.4)."""


@dataclass(frozen=True)
class Askable:
    """One thing that somebody could tell."""

    key: str
    """``need/field`` or ``component/field``: its name in answers, and what it is ordered by."""
    kind: OtherKind | Literal["figure"]
    owner: str
    """The id of the component, team or access path that it is about; of a figure that of its component."""
    low: int
    present: int
    high: int
    """Whole numbers as the field has them; of durations that are drawn: per cent of what the map says."""
    confidence: str
    figure: Uncertain | None = None


def other_askables(
    model: Model, works: Iterable[tuple[WorkKind, str]], teams: Iterable[str], *, backups: bool, paths: bool
) -> tuple[Askable, ...]:
    """Return what could be asked about these *works* and *teams*; and, where that is asked for, about backups and ways.

    Those of the components that are worked on: their backups, and the access paths that begin there.
    """
    city = model.city
    asked = sorted(set(works))
    names = sorted({name for _kind, name in asked})
    found = [one for kind, name in asked for one in _work(city, city.component_by_id[name], kind)]
    found += _teams(city, set(teams))
    if backups:
        found += [one for name in names for one in _backup(city, city.component_by_id[name])]
    if paths:
        found += _paths(city, {path.key for path in city.access_paths if path.origin in names})
    return tuple(found)


def with_answer(model: Model, askable: Askable, value: int) -> Model:
    """Return *model* as it would be with this answer."""
    match askable.kind:
        case "figure":
            assert askable.figure is not None  # noqa: S101 - a figure has one
            return with_values(model, {askable.figure: value})
        case "team":
            return replace(model, teams={**model.teams, askable.owner: value})
        case "path":
            paths = (replace(path, success=value) if path.key == askable.owner else path for path in model.paths)
            return replace(model, paths=tuple(paths))
        case _:
            number = model.index[askable.owner]
            parts = list(model.parts)
            parts[number] = _changed(parts[number], askable.kind, value)
            return replace(model, parts=tuple(parts))


def provenance_of(city: City, askable: Askable) -> Provenance | None:
    """Return the figure in the map, with its source; None where the map says nothing."""
    match askable.kind:
        case "figure":
            return _figure_in_map(city, askable)
        case "team":
            return next(team.count for team in city.teams if team.id == askable.owner)
        case "path":
            return next(path.success for path in city.access_paths if path.key == askable.owner)
        case "backup":
            return None
        case _:
            work: Work | None = getattr(city.component_by_id[askable.owner], askable.kind)
            return work.duration if work else None


def source_of(city: City, askable: Askable) -> str | None:
    """Return the id of the source of what the map says; None where it says nothing."""
    if askable.kind == "backup":
        backup = city.component_by_id[askable.owner].backup
        return backup.source if backup else None
    said = provenance_of(city, askable)
    return said.source if said else None


def _work(city: City, component: Component, kind: WorkKind) -> Iterator[Askable]:
    work: Work | None = getattr(component, kind)
    if work is None and kind == "detection":
        return  # nothing said is no delay, and no assumption (semantics, section Fields)
    confidence = _confidence(city, work.duration if work else None)
    low, high = RANGES[confidence]
    if low < high:
        yield Askable(f"{component.id}/{kind}", kind, component.id, low, 100, high, confidence)


def _backup(city: City, component: Component) -> Iterator[Askable]:
    backup = component.backup
    if backup is None or backup.kind == "unknown":
        confidence, present = "unknown", ONLINE
    else:
        confidence = city.source_by_id[backup.source].confidence
        kind = "offline" if backup.kind == "immutable" else backup.kind
        present = BACKUPS.index(kind)
    if confidence != "confirmed":
        yield Askable(f"{component.id}/backup", "backup", component.id, 0, present, len(BACKUPS) - 1, confidence)


def _teams(city: City, wanted: set[str]) -> Iterator[Askable]:
    for team in city.teams:
        if team.id in wanted:
            confidence = _confidence(city, team.count)
            present = team.count.value if isinstance(team.count.value, int) else 1
            low, high = RANGES[confidence]
            least, most = max(1, present * low // 100), -(-present * high // 100)
            if confidence != "confirmed" and least < most:
                yield Askable(f"{team.id}/count", "team", team.id, least, present, most, confidence)


def _paths(city: City, wanted: set[str]) -> Iterator[Askable]:
    for path in city.access_paths:
        success: CountFigure | None = path.success
        if path.key in wanted and success is not None:
            confidence = _confidence(city, success)
            present = success.value if isinstance(success.value, int) else 1000
            low, high = RANGES[confidence]
            least, most = present * low // 100, min(1000, present * high // 100)
            if least < most:
                yield Askable(f"{path.key}/success", "path", path.key, least, present, most, confidence)


def _changed(part: Part, kind: str, value: int) -> Part:
    match kind:
        case "backup":
            return replace(part, backup=BACKUPS[value])
        case "detection":
            return replace(part, detection=scaled(part.detection, value))
        case "repair":
            return replace(part, repair=replace(part.repair, duration=scaled(part.repair.duration, value)))
        case _:
            return replace(part, rebuild=replace(part.rebuild, duration=scaled(part.rebuild.duration, value)))


def scaled(duration: Duration, per_cent: int) -> Duration:
    """Return a distribution with every value at so many per cent of what it was."""
    corners = duration.triangle
    if corners is not None:
        low, likely, high = (min(LONGEST, corner * per_cent // 100) for corner in corners)
        corners = (low, likely, high)
    observed = tuple(minutes * per_cent // 100 for minutes in duration.observed)
    return replace(duration, triangle=corners, mean=duration.mean * per_cent // 100, observed=observed)


def _confidence(city: City, said: Provenance | None) -> str:
    """Return the key of RANGES for a figure; the map's silence is not knowing."""
    unknown = said is None or getattr(said, "value", None) == "unknown" or getattr(said, "unknown", None) is True
    return "unknown" if unknown or said is None else city.confidence_of(said)


def _figure_in_map(city: City, askable: Askable) -> Provenance | None:
    figure = askable.figure
    assert figure is not None  # noqa: S101 - a figure has one
    place = figure.subject.rpartition("/")[0]
    owner: object
    if figure.field in OF_NEEDS:
        owner = city.need_by_key[place].need
    else:
        component = city.component_by_id[place]
        owner = component.fallback if figure.field.startswith("fallback") else component
    said = getattr(owner, FIELD_IN_MAP[figure.field])
    assert said is None or isinstance(said, Provenance)  # noqa: S101 - so says the schema
    return said
