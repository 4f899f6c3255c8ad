"""What falls when one component fails, computed apart from the screen: the same run as ``resilience simulate --fail``.

A thread does it, so that the screen goes on; it looks after each hour of the run whether its answer is still wanted.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

from city_model.chain import Chain
from city_model.schema import City
from resilience.analysis.outlook import DEFAULT_HORIZON, Fall, failure_order, fall_of, outlook
from resilience.base.language import Language, in_language
from resilience.base.units import MINUTES_PER_HOUR
from resilience.simulation.engine import Simulation
from resilience.simulation.model import Model, compile_city
from resilience.simulation.trace import Trace

KEPT = 16
"""So many answers are kept; going back to a component then costs nothing."""


@dataclass(frozen=True)
class WhatIf:
    """The course after the failure of *component*, until it is repaired."""

    component: str
    language: Language
    trace: Trace
    falls: tuple[Fall, ...]
    """What falls short, in this language, the first to fall on top."""

    @cached_property
    def fall_of(self) -> dict[str, Fall]:
        """Every fall by its component."""
        return {fall.component: fall for fall in self.falls}


@dataclass(frozen=True, slots=True)
class Work:
    """Something to compute: what falls with *component*, or what its failure does to *subject* alone."""

    component: str
    subject: str | None
    said_in: Language


class Failures:
    """Lets one component of a city fail at a time; the city is made ready for the engine once.

    One thread computes, others only ask what is known.
    """

    def __init__(self, city: City, needs: Callable[[], Chain]) -> None:
        self.city = city
        self._needs = needs
        self._model: Model | None = None
        self._around: tuple[str, Model] | None = None
        self._known: dict[tuple[str, Language], WhatIf] = {}
        self._felt: dict[tuple[str, str], Fall | None] = {}

    def do(self, work: Work, unwanted: Callable[[], bool]) -> bool:
        """Compute a piece of work; returns False as soon as it is *unwanted*."""
        if work.subject is None:
            return self.compute(work.component, work.said_in, unwanted) is not None
        return self.compute_felt(work.component, work.subject, unwanted)

    def is_done(self, work: Work) -> bool:
        """Return whether a piece of work was computed before."""
        if work.subject is None:
            return self.known(work.component, work.said_in) is not None
        return self.is_felt_known(work.component, work.subject)

    def known(self, component: str, said_in: Language) -> WhatIf | None:
        """Return the answer about *component* where it was computed before."""
        return self._known.get((component, said_in))

    def compute(self, component: str, said_in: Language, unwanted: Callable[[], bool]) -> WhatIf | None:
        """Return what falls when *component* fails; None as soon as the answer is *unwanted*."""
        found = self.known(component, said_in)
        if found is None:
            trace = self._trace(component, unwanted)
            if trace is None or unwanted():
                return None
            with in_language(said_in):
                found = WhatIf(component, said_in, trace, outlook(self.city, trace))
            self._keep(found)
        return found

    def is_felt_known(self, component: str, subject: str) -> bool:
        """Return whether it was computed what the failure of *component* does to *subject*."""
        return (component, subject) in self._felt

    def felt(self, component: str, subject: str) -> Fall | None:
        """Return how *subject* falls when *component* fails, None where it holds; KeyError where nobody computed it."""
        return self._felt[component, subject]

    def compute_felt(self, component: str, subject: str, unwanted: Callable[[], bool]) -> bool:
        """Compute what the failure of *component* does to *subject*; returns False as soon as it is *unwanted*."""
        if self._around is None or self._around[0] != subject:
            self._around = (subject, compile_city(part_below(self.city, self._needs(), subject)))
        trace = _run(self._around[1], component, unwanted)
        if trace is None:
            return False
        self._felt[component, subject] = fall_of(self.city, trace, subject)
        return True

    def _trace(self, component: str, unwanted: Callable[[], bool]) -> Trace | None:
        for (name, _language), found in list(self._known.items()):
            if name == component:
                return found.trace
        if self._model is None:
            self._model = compile_city(self.city)
        return _run(self._model, component, unwanted)

    def _keep(self, found: WhatIf) -> None:
        self._known[found.component, found.language] = found
        for key in list(self._known)[:-KEPT]:
            self._known.pop(key, None)


def part_below(city: City, needs: Chain, subject: str) -> City:
    """Return the part of *city* that *subject* hangs on, with itself: nothing else can move its level.

    A run of one failure in it gives *subject* the same levels as a run in the whole city, in a fraction of the time.
    """
    kept = {subject}
    waiting = [subject]
    while waiting:
        part = city.component_by_id[waiting.pop()]
        new = {*needs.links(part.id), *([part.backup.kept_on] if part.backup and part.backup.kept_on else ())} - kept
        kept |= new
        waiting += new
    components = tuple(part for part in city.components if part.id in kept)
    return City(id=city.id, name=city.name, sources=city.sources, teams=city.teams, components=components)


def _run(model: Model, component: str, unwanted: Callable[[], bool]) -> Trace | None:
    """Return the course after the failure of *component*; None as soon as nobody wants it any more."""
    if unwanted():
        return None
    run = Simulation(model, (failure_order(component),), horizon=DEFAULT_HORIZON)
    for minute in range(0, DEFAULT_HORIZON + 1, MINUTES_PER_HOUR):
        run.advance(minute)
        if unwanted():
            return None
    return run.trace
