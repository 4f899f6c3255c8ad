"""Outputs of a run, read from the trace alone (rule 15)."""

from collections.abc import Iterable
from dataclasses import dataclass

from city_model.schema import City, Component
from resilience.simulation.model import DEFAULT_MINIMUM_LEVEL
from resilience.simulation.trace import Trace, What

RECOVERY_LEVELS = (50, 80, 95, 100)


@dataclass(frozen=True, slots=True)
class Breach:
    """The maximum tolerable downtime of *mtd* minutes was passed at *minute* (rule 15.3)."""

    minute: int
    mtd: int


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a run did to one component."""

    component: str
    residents: int
    """1 where the file does not say how many residents are served."""
    minimum_level: int
    lost: int
    """Lost service in per cent-minutes times residents; divide only to show."""
    first_below_100: int | None
    first_at_0: int | None
    time_to: dict[int, int | None]
    """Minutes from the first loss until back at 50, 80, 95 and 100 per cent for good; None: not within the run."""
    breaches: tuple[Breach, ...]
    on_suspect_data: int
    """Minutes in which it delivered while its data was suspect."""
    assumed: bool
    """Whether any of it rests on a figure that nobody confirmed."""

    @property
    def lost_resident_hours(self) -> float:
        """Lost service in resident-hours of full loss."""
        return self.lost / 6000


@dataclass(frozen=True, slots=True)
class Failure:
    """When a component first fell short, and when it was first wholly gone."""

    component: str
    first_below_100: int
    first_at_0: int | None


def outcomes(city: City, trace: Trace, components: Iterable[str] | None = None) -> tuple[Outcome, ...]:
    """Return the outcome of every function, or of the *components* named, in that order."""
    chosen = city.functions if components is None else tuple(city.component_by_id[name] for name in components)
    on_assumption = {record.subject for record in trace.records if record.what is What.LEVEL and record.assumed}
    return tuple(_outcome(city, trace, component, component.id in on_assumption) for component in chosen)


def lost_service(trace: Trace, component: str, residents: int = 1, *, since: int = 0) -> int:
    """Return the sum over the minutes since..horizon-1 of (100 - level) times *residents* (rule 15.1)."""
    return residents * sum(
        (100 - level) * (end - max(start, since)) for start, end, level in trace.segments(component) if end > since
    )


def minutes_on_suspect_data(trace: Trace, component: str) -> int:
    """Return the minutes 0..horizon-1 in which *component* delivered while its data was suspect (rules 11.1, 15.1)."""
    marks = [(record.minute, record.what) for record in trace.records if record.subject == component]
    spans, since = [], None
    for minute, what in marks:
        if what is What.SUSPECT and since is None:
            since = minute
        elif what is What.VERIFIED and since is not None:
            spans.append((since, minute))
            since = None
    if since is not None:
        spans.append((since, trace.horizon))
    return sum(
        max(0, min(end, until) - max(start, since))
        for since, until in spans
        for start, end, level in trace.segments(component)
        if level > 0
    )


def time_to(trace: Trace, component: str, percent: int) -> int | None:
    """Return the minutes from the first loss until at *percent* for good; 0 never below, None not within the run."""
    segments = trace.segments(component)
    short = [start for start, _, level in segments if level < 100]
    below = [end for _, end, level in segments if level < percent]
    if not below:
        return 0
    return None if below[-1] == trace.horizon else below[-1] - short[0]


def breaches(trace: Trace, component: str, minimum_level: int, mtd: int) -> tuple[Breach, ...]:
    """Return each time the level stayed below *minimum_level* for longer than *mtd* minutes (rule 15.3)."""
    found = []
    since: int | None = None
    changes = [*trace.levels.get(component, ()), (trace.horizon + 1, 100)]
    for minute, level in changes:
        if since is not None and level >= minimum_level:
            if minute - since > mtd:
                found.append(Breach(since + mtd, mtd))
            since = None
        elif since is None and level < minimum_level:
            since = minute
    return tuple(found)


def order_of_failure(trace: Trace) -> tuple[Failure, ...]:
    """Return what fell, by the first minute below 100, then by id (rule 15.4)."""
    found = []
    for component, changes in trace.levels.items():
        below = [minute for minute, level in changes if level < 100]
        gone = [minute for minute, level in changes if level == 0]
        if below:
            found.append(Failure(component, below[0], gone[0] if gone else None))
    return tuple(sorted(found, key=lambda failure: (failure.first_below_100, failure.component)))


def queue_lengths(trace: Trace) -> dict[str, tuple[tuple[int, int], ...]]:
    """Return per kind of team (minute, jobs that wait from then on)."""
    found: dict[str, list[tuple[int, int]]] = {}
    for record in trace.with_what(What.QUEUE):
        found.setdefault(record.subject, []).append((record.minute, int(record.value or 0)))
    return {team: tuple(rows) for team, rows in found.items()}


def minimum_level_of(component: Component) -> int:
    """Return the level below which a component no longer counts as working, 1..100."""
    value = component.minimum_level.value if component.minimum_level else None
    return value if isinstance(value, int) and value > 0 else DEFAULT_MINIMUM_LEVEL


def mtd_of(component: Component) -> int | None:
    """Return the maximum tolerable downtime that is asked for, in minutes; None when nobody set one."""
    value = component.mtd.required.value if component.mtd and component.mtd.required else None
    return value if isinstance(value, int) else None


def residents_of(component: Component) -> int:
    """Return how many residents a component serves; 1 where the file does not say."""
    value = component.residents.value if component.residents else None
    return value if isinstance(value, int) else 1


def _outcome(city: City, trace: Trace, component: Component, assumed: bool) -> Outcome:  # noqa: FBT001 - internal
    segments = trace.segments(component.id)
    residents, mtd = residents_of(component), mtd_of(component)
    short = [start for start, _, level in segments if level < 100]
    gone = [start for start, _, level in segments if level == 0]
    figures = (component.residents, component.minimum_level, component.mtd.required if component.mtd else None)
    return Outcome(
        component=component.id,
        residents=residents,
        minimum_level=min(level for _, _, level in segments),
        lost=lost_service(trace, component.id, residents),
        first_below_100=short[0] if short else None,
        first_at_0=gone[0] if gone else None,
        time_to={percent: time_to(trace, component.id, percent) for percent in RECOVERY_LEVELS},
        breaches=() if mtd is None else breaches(trace, component.id, minimum_level_of(component), mtd),
        on_suspect_data=minutes_on_suspect_data(trace, component.id),
        assumed=assumed or any(figure is not None and city.is_assumed(figure) for figure in figures),
    )
