"""Tiny cities in code, for tests: terse to write, valid by construction.

``city(component("grid"), component("web", needs=[need("grid", kind="power", buffer=60)]))``

Durations are whole minutes, per cents whole numbers, a bare string in *needs* is a need with that one provider.
Every figure is confirmed unless wrapped in ``assumed(...)``; ``UNKNOWN`` is the unknown figure.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, Literal, TypeAlias, cast

from city_model.effects import Effect
from city_model.schema import (
    AccessPath,
    Backup,
    City,
    Component,
    District,
    Fallback,
    Loss,
    Measure,
    Need,
    NeedKind,
    Organisation,
    Phase,
    Team,
    Work,
)
from city_model.values import ComponentKind, CountFigure, RequiredCapable, Source, Text, Tlp

FACT = "fact"
"""The source that both sides confirmed; what the builders name unless told otherwise."""
GUESS = "guess"
"""The source that nobody confirmed."""
UNKNOWN: Final = "unknown"
"""The figure that nobody knows."""
ORGANISATION = "owner"
"""The organisation that owns what has no other owner."""


@dataclass(frozen=True)
class Assumed:
    """A figure that nobody confirmed."""

    value: object


Number: TypeAlias = int | Literal["unknown"] | Assumed
Duration: TypeAlias = int | tuple[int, int, int] | Literal["unknown"] | Assumed
"""Fixed minutes, or (min, likely, max)."""
Needs: TypeAlias = Iterable[Need | str]


def assumed(value: int | tuple[int, int, int]) -> Assumed:
    """Return *value* as a figure that nobody confirmed."""
    return Assumed(value)


def text(both: str) -> Text:
    """Return the same words in both languages."""
    return Text(nl=both, en=both)


def source(name: str, confidence: str = "confirmed", tlp: Tlp = "CLEAR") -> Source:
    """Return a source of figures."""
    kind = "assumption" if confidence == "assumed" else "interview"
    said = {"id": name, "kind": kind, "reference": name, "date": "2026-01-01", "by": "test", "confidence": confidence}
    return Source.model_validate({**said, "tlp": tlp})


def need(
    *providers: str,
    at_least: int | None = None,
    shares: Mapping[str, int] | None = None,
    kind: NeedKind = "data",
    phase: Phase | None = None,
    loses: Sequence[Loss] = ("availability",),
    strength: Number | None = None,
    criticality: Number | None = None,
    buffer: Number | None = None,
    recharge: Number | None = None,
    key: str | None = None,
    source: str = FACT,
    tlp: Tlp | None = None,
) -> Need:
    """Return a need: one group of *providers*, or of *shares*; kind ``data`` makes its phase ``run``."""
    return Need.model_validate(
        {
            "id": key,
            "providers": providers,
            "at_least": at_least,
            "shares": dict(shares) if shares else None,
            "kind": kind,
            "phase": phase,
            "loses": tuple(loses),
            "strength": _figure(strength),
            "criticality": _figure(criticality),
            "buffer": _minutes(buffer),
            "recharge": _minutes(recharge),
            "source": source,
            "tlp": tlp,
        }
    )


def work(duration: Duration, team: str | None = None, needs: Needs = ()) -> Work:
    """Return detection, repair or rebuild work of a fixed length or (min, likely, max)."""
    return Work.model_validate({"duration": _distribution(duration), "team": team, "needs": _needs(needs)})


def fallback(
    level: Number, *, delay: Number | None = None, duration: Number | None = None, needs: Needs = ()
) -> Fallback:
    """Return another way of working at *level*; no *duration* means without limit."""
    return Fallback.model_validate(
        {
            "level": _figure(level),
            "delay": _minutes(delay),
            "duration": _minutes(duration),
            "needs": _needs(needs),
        }
    )


def backup(kind: str, kept_on: str | None = None) -> Backup:
    """Return where the copies of the data are kept."""
    return Backup.model_validate({"kind": kind, "kept_on": kept_on, "source": FACT})


def component(
    name: str,
    *,
    kind: ComponentKind = "application",
    needs: Needs = (),
    restart_lag: Number | None = None,
    backlog: Number | None = None,
    catch_up_level: Number | None = None,
    fallback: Fallback | None = None,
    detection: Work | Duration | None = None,
    repair: Work | Duration | None = None,
    rebuild: Work | Duration | None = None,
    backup: Backup | None = None,
    minimum_level: Number | None = None,
    mtd: Number | None = None,
    residents: Number | None = None,
    organisation: str | None = ORGANISATION,
    **other: Any,
) -> Component:
    """Return a component; *mtd* is the required one; *other* are further fields of the schema as they are."""
    return Component.model_validate(
        {
            "id": name,
            "name": text(name),
            "kind": kind,
            "organisation": organisation,
            "needs": _needs(needs),
            "restart_lag": _minutes(restart_lag),
            "backlog": _figure(backlog),
            "catch_up_level": _figure(catch_up_level),
            "fallback": fallback,
            "detection": _work(detection),
            "repair": _work(repair),
            "rebuild": _work(rebuild),
            "backup": backup,
            "minimum_level": _figure(minimum_level),
            "mtd": None if mtd is None else RequiredCapable.model_validate({"required": _minutes(mtd)}),
            "residents": _figure(residents),
            **other,
        }
    )


def function(name: str, **fields: Any) -> Component:
    """Return a city function: the top of the chain."""
    return component(name, **{"kind": "function", "organisation": None, **fields})


def organisation(name: str, *, tlp: Tlp = "CLEAR", sector: str = "ict", source: str = FACT) -> Organisation:
    """Return an organisation."""
    fields = {"id": name, "name": text(name), "sector": sector, "role": text(f"role of {name}")}
    return Organisation.model_validate({**fields, "tlp": tlp, "source": source})


def team(name: str, count: Number = 1) -> Team:
    """Return a pool of *count* teams of one kind."""
    return Team(id=name, name=text(name), count=CountFigure.model_validate(_figure(count)))


def district(name: str, residents: Number | None = None) -> District:
    """Return a district."""
    return District.model_validate({"id": name, "name": text(name), "residents": _figure(residents)})


def measure(name: str, *effects: Effect, once: Number | None = None, yearly: Number | None = None) -> Measure:
    """Return a measure with its costs in euros."""
    return Measure(
        id=name,
        name=text(name),
        cost_once=None if once is None else CountFigure.model_validate(_figure(once)),
        cost_yearly=None if yearly is None else CountFigure.model_validate(_figure(yearly)),
        effects=effects,
    )


def path(
    origin: str,
    target: str,
    *,
    delay: Duration = 30,
    success: Number | None = None,
    kind: str = "network",
    key: str | None = None,
) -> AccessPath:
    """Return an access path with a *delay* in minutes and a chance of *success* per mille (default 1000)."""
    return AccessPath.model_validate(
        {
            "id": key,
            "origin": origin,
            "target": target,
            "kind": kind,
            "success": _figure(success),
            "delay": _distribution(delay),
            "source": FACT,
        }
    )


def city(
    *parts: Component | Team | AccessPath | Organisation | District | Source | Measure, name: str = "testcity"
) -> City:
    """Return a valid city of *parts*; sources and the organisations that components name are added where absent.

    Raises AssertionError when a part names something that is not there, so that a test cannot build on a typo.
    """
    components = tuple(part for part in parts if isinstance(part, Component))
    teams = tuple(part for part in parts if isinstance(part, Team))
    districts = tuple(part for part in parts if isinstance(part, District))
    paths = tuple(part for part in parts if isinstance(part, AccessPath))
    sources = {part.id: part for part in parts if isinstance(part, Source)}
    sources = {FACT: source(FACT), GUESS: source(GUESS, "assumed"), **sources}
    organisations = {part.id: part for part in parts if isinstance(part, Organisation)}
    for part in components:
        for owner in (part.organisation, part.operator, part.supplier):
            if owner and owner not in organisations:
                organisations[owner] = organisation(owner)
    made = City(
        id=name,
        name=text(name),
        sources=tuple(sources.values()),
        districts=districts,
        organisations=tuple(organisations.values()),
        teams=teams,
        components=components,
        access_paths=paths,
        measures=tuple(part for part in parts if isinstance(part, Measure)),
    )
    _assert_resolves(made)
    return made


def _assert_resolves(made: City) -> None:
    ids = [part.id for part in made.components]
    assert len(ids) == len(set(ids)), f"a component twice in {ids}"
    keys = [placed.key for placed in made.placed_needs]
    assert len(keys) == len(set(keys)), f"a need twice in {keys}: give key="
    named = {provider for placed in made.placed_needs for provider in placed.need.provider_ids}
    named |= {end for path_ in made.access_paths for end in (path_.origin, path_.target)}
    named |= {part.backup.kept_on for part in made.components if part.backup and part.backup.kept_on}
    assert named <= set(ids), f"not in the city: {sorted(named - set(ids))}"
    works = [job for part in made.components for job in (part.detection, part.repair, part.rebuild) if job]
    crews = {job.team for job in works if job.team}
    assert crews <= {crew.id for crew in made.teams}, f"add team(...) for {sorted(crews)}"


def _origin(value: object) -> tuple[object, str]:
    return (value.value, GUESS) if isinstance(value, Assumed) else (value, FACT)


def _figure(value: object) -> dict[str, object] | None:
    if value is None:
        return None
    plain, said = _origin(value)
    return {"value": plain, "source": said}


def _minutes(value: object) -> dict[str, object] | None:
    if value is None:
        return None
    plain, said = _origin(value)
    return {"value": plain if plain == UNKNOWN else f"{plain}m", "source": said}


def _distribution(value: object) -> dict[str, object]:
    plain, said = _origin(value)
    if plain == UNKNOWN:
        return {"unknown": True, "source": said}
    if isinstance(plain, tuple):
        least, likely, most = cast("tuple[int, int, int]", plain)
        return {"min": f"{least}m", "likely": f"{likely}m", "max": f"{most}m", "source": said}
    return {"fixed": f"{plain}m", "source": said}


def _needs(needs: Needs) -> tuple[Need, ...]:
    return tuple(need(item) if isinstance(item, str) else item for item in needs)


def _work(job: Work | Duration | None) -> Work | None:
    return job if job is None or isinstance(job, Work) else work(job)
