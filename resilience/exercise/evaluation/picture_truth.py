"""The picture that a cell kept, laid beside what was so in the run: right, too rosy, too gloomy, or not to be known.

Only lines that name a component and say how it is can be judged: the cell says so itself, or an evaluator reads it out
of its words afterwards. Pure functions over the log and the trace.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Final, Literal, get_args

from city_model.schema import City
from resilience.base.language import _
from resilience.exercise.events import Draft, Kind
from resilience.exercise.moment import PLAYED, Moment, refuse
from resilience.exercise.records import PictureClaim, PictureItem
from resilience.exercise.state import ExerciseState, Phase
from resilience.simulation.metrics import minimum_level_of
from resilience.simulation.trace import Trace, What

Truth = Literal["works", "hindered", "down"]
Verdict = Literal["right", "rosy", "gloomy", "unknowable", "open"]
"""open: the cell said that it did not know."""
VERDICTS: Final[tuple[Verdict, ...]] = get_args(Verdict)
_RANK: Final[dict[Truth, int]] = {"works": 0, "hindered": 1, "down": 2}
WORKS_FROM: Final = 95
"""From this level on a component counts as working: one resident in twenty without need not reach a table."""
_NOTICED: Final = frozenset({What.JOB_WAITS, What.REPAIR_STARTS, What.CLEANING_STARTS, What.CLEANED})
"""Once one of these is recorded of a damaged component, its owner knows."""


@dataclass(frozen=True, slots=True)
class Judged:
    """One line of a picture beside the run."""

    item: PictureItem
    level: int
    truth: Truth
    verdict: Verdict
    behind: int | None
    """The minutes between the last change of how the component was and this line."""


@dataclass(frozen=True, slots=True)
class Notice:
    """A component that fell, and when a cell wrote that down first."""

    component: str
    fell: int
    foreseen: int | None
    """The minute at which a cell wrote that it would fall, before it did."""
    noticed: int | None
    """The minute at which a cell wrote that it was hindered or down; None: never."""
    cell: str | None

    @property
    def delay(self) -> int | None:
        """The minutes from fall to notice."""
        return None if self.noticed is None else self.noticed - self.fell


def linked(now: Moment, entry: int, about: str, says: PictureClaim | None) -> list[Draft]:
    """Write down what line *entry* of a picture says of which component, as whoever evaluates reads it."""
    now.require(*PLAYED, Phase.ENDED)
    if entry not in {item.seq for item in now.state.picture}:
        refuse(_("entry {number} is not a line of a picture", number=entry), _("give the number of one in the log"))
    refuse_unknown_claim(now, about, says)
    return [now.draft(Kind.PICTURE_READ, entry=entry, about=about, says=says)]


def refuse_unknown_claim(now: Moment, about: str | None, says: PictureClaim | None) -> None:
    """Raise InputError for a claim about nothing, or about something that is not on the map."""
    if about is None:
        if says is not None:
            refuse(_("it is not said what this is about"), _("name a component or city function"))
    elif about not in now.city.component_by_id:
        functions = ", ".join(function.id for function in now.city.functions)
        refuse(_("there is no component {id} on the map", id=about), _("use its id, such as {words}", words=functions))


def claims(state: ExerciseState) -> tuple[PictureItem, ...]:
    """Return every line that names a component; what an evaluator read out of it last goes before its own words."""
    read = {event.payload["entry"]: event.payload for event in state.events_of(Kind.PICTURE_READ)}
    found = []
    for item in state.picture:
        said = read.get(item.seq)
        one = replace(item, about=said["about"], says=said["says"]) if said else item
        if one.about is not None and (one.says is not None or one.status == "unknown"):
            found.append(one)
    return tuple(found)


def judged(city: City, trace: Trace, items: Iterable[PictureItem]) -> tuple[Judged, ...]:
    """Return every line beside how its component was in that minute."""
    return tuple(_judged(city, trace, item) for item in items if item.about in city.component_by_id)


def notices(city: City, trace: Trace, items: Iterable[PictureItem], until: int) -> tuple[Notice, ...]:
    """Return for each city function that fell up to minute *until*, and each other component that a line names.

    The first one to fall comes first.
    """
    named = [item for item in items if item.about in city.component_by_id]
    wanted = dict.fromkeys([*(function.id for function in city.functions), *(item.about or "" for item in named)])
    found = [notice for name in wanted if (notice := _notice(city, trace, name, named, until)) is not None]
    return tuple(sorted(found, key=lambda notice: (notice.fell, notice.component)))


def truth_at(city: City, trace: Trace, component: str, minute: int) -> Truth:
    """Return how *component* is at *minute*: it works (but for a few per cent), less than that, or too little."""
    return _truth(trace.level_at(component, minute), minimum_level_of(city.component_by_id[component]))


def _judged(city: City, trace: Trace, item: PictureItem) -> Judged:
    name = item.about or ""
    level = trace.level_at(name, item.minute)
    truth = truth_at(city, trace, name, item.minute)
    changes = list(_changes(city, trace, name, item.minute))
    behind = item.minute - changes[-1][0] if changes else None
    return Judged(item, level, truth, _verdict(city, trace, item, truth, changes), behind)


def _verdict(
    city: City, trace: Trace, item: PictureItem, truth: Truth, changes: list[tuple[int, Truth]]
) -> Verdict:  # fmt: skip
    if item.says is None or item.status == "unknown":
        return "open"
    if item.says == "at_risk":
        return _foretold(city, trace, item, truth)
    if item.says == truth:
        return "right"
    before: Truth = changes[-2][1] if len(changes) > 1 else "works"
    if changes and item.says == before and _not_to_be_known(trace, item, changes[-1][0]):
        return "unknowable"
    return "rosy" if _RANK[item.says] < _RANK[truth] else "gloomy"


def _foretold(city: City, trace: Trace, item: PictureItem, truth: Truth) -> Verdict:
    """Return what became of "is going to fall": it must still work, and fall before the end of the run."""
    if truth == "down":
        return "rosy"
    name = item.about or ""
    lowest = minimum_level_of(city.component_by_id[name])
    falls = any(minute > item.minute and level < lowest for minute, level in trace.levels.get(name, ()))
    return "right" if falls else "gloomy"


def _not_to_be_known(trace: Trace, item: PictureItem, since: int) -> bool:
    """Whether nobody could know yet: it changed in this very minute, or its damage was not detected."""
    if since == item.minute:
        return True
    records = [record for record in trace.records if record.subject == item.about and record.minute <= item.minute]
    hit = [record.minute for record in records if record.what is What.DAMAGE]
    if not hit or not any(minute <= since for minute in hit):
        return False
    knows = any(record.what in _NOTICED and record.minute >= hit[-1] for record in records)
    later = any(record.what in _NOTICED and record.subject == item.about for record in trace.records)
    return later and not knows


def _changes(city: City, trace: Trace, component: str, until: int) -> Iterator[tuple[int, Truth]]:
    """Yield when *component* became how it then was, up to *until*; a change of level within one state is none."""
    lowest = minimum_level_of(city.component_by_id[component])
    now: Truth = "works"
    for minute, level in trace.levels.get(component, ()):
        state = _truth(level, lowest)
        if minute <= until and state != now:
            now = state
            yield minute, state


def _truth(level: int, lowest: int) -> Truth:
    if level < lowest:
        return "down"
    return "works" if level >= WORKS_FROM else "hindered"


def _notice(city: City, trace: Trace, component: str, items: Iterable[PictureItem], until: int) -> Notice | None:
    fell = next((minute for minute, _truth in _changes(city, trace, component, until)), None)
    if fell is None:
        return None
    about = [item for item in items if item.about == component and item.status != "unknown"]
    foreseen = next((item.minute for item in about if item.says == "at_risk" and item.minute < fell), None)
    first = next((item for item in about if item.says in ("hindered", "down") and item.minute >= fell), None)
    return Notice(
        component, fell, foreseen, first.minute if first else None, first.cell if first else None
    )  # fmt: skip
