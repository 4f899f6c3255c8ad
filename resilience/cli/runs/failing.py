"""``--fail`` and the options that go with it, read: what fails when, how far to look, and what is now."""

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from city_model.fault_words import alike
from city_model.schema import City
from resilience.analysis.outlook import DEFAULT_HORIZON, failure_order
from resilience.base.language import _
from resilience.base.problems import InputError, Problem
from resilience.base.units import LONGEST_MINUTES, MINUTES_PER_DAY, TooLongError, format_duration, parse_duration
from resilience.cli.runs.striking import StrikeWords, Striking, strike_asked
from resilience.simulation.orders import Order

_CLOCK = re.compile(r"([01]?[0-9]|2[0-3]):([0-5][0-9])")
_MOST_NAMES = 5
"""Components of an organisation that a message names."""


@dataclass(frozen=True, slots=True)
class Failing:
    """One component that fails from *minute* of the run on, for *lasts* minutes or until repaired."""

    component: str
    minute: int
    lasts: int | None


@dataclass(frozen=True, slots=True)
class Question:
    """What the user asks."""

    failures: tuple[Failing, ...]
    horizon: int
    striking: Striking | None = None
    start: dt.datetime | None = None
    """The moment of minute 0, where it is a real situation."""
    now: int = 0
    """The minute of the run that is now."""

    @property
    def orders(self) -> tuple[Order, ...]:
        """What the run is told to do."""
        failures = tuple(failure_order(one.component, minute=one.minute, lasts=one.lasts) for one in self.failures)
        return (self.striking.order, *failures) if self.striking else failures


@dataclass
class _Asked:
    """The words of the user while they are read, with everything that is wrong with them."""

    city: City
    city_name: str
    now: dt.datetime | None
    problems: list[Problem] = field(default_factory=list)

    def add(self, path: str, what: str, repair: str) -> None:
        self.problems.append(Problem("", 0, 0, path.strip(), what, repair))


def local_now() -> dt.datetime:
    """Return this moment on the user's clock, in whole minutes."""
    return dt.datetime.now().astimezone().replace(second=0, microsecond=0)


def question(
    city: City,
    city_name: str,
    failing: Sequence[str],
    lasts: str | None,
    until: str | None,
    now: dt.datetime | None,
    incident: StrikeWords | None = None,
) -> Question:
    """Return what ``--fail``, ``--incident`` and the options that go with them ask.

    Raises InputError with all that is wrong. *city_name* is how the user called the city; *now* is None without
    ``--now``. A run starts at what comes first when that is before now, otherwise now; ``--until`` counts from now, and
    without it a run goes on for some days after the last effect of an incident.
    """
    asked = _Asked(city, city_name, now)
    read = [_failing(asked, words) for words in dict.fromkeys(failing)]
    struck = None if incident is None else _striking(asked, incident)
    duration = None if lasts is None else read_duration("--for", lasts, asked.problems)
    ahead = DEFAULT_HORIZON if until is None else read_duration("--until", until, asked.problems)
    if struck is not None and until is None:
        ahead = max(0, struck.minute) + struck.last + DEFAULT_HORIZON
    for words, (_component, minute) in zip(dict.fromkeys(failing), read, strict=True):
        if ahead is not None and minute is not None and minute > ahead:
            longer = format_duration(min(minute + MINUTES_PER_DAY, LONGEST_MINUTES))
            what = _("this is after the end of the run ({horizon})", horizon=format_duration(ahead))
            asked.add(f"--fail {words}", what, _("look further ahead: --until {duration}", duration=longer))
    if asked.problems:
        raise InputError(asked.problems)
    minutes = [minute or 0 for _component, minute in read]
    past = max(0, -min([*minutes, *([struck.minute] if struck else [])]))
    return Question(
        failures=tuple(
            Failing(component, minute + past, duration)
            for (component, _minute), minute in zip(read, minutes, strict=True)
        ),
        horizon=(ahead or 0) + past,
        striking=struck and replace(struck, minute=struck.minute + past),
        start=None if now is None else now - dt.timedelta(minutes=past),
        now=past,
    )


def _striking(asked: _Asked, words: StrikeWords) -> Striking | None:
    """Return the incident that *words* ask, its minute counted from now; None when it cannot be read."""
    kind, sign, moment = words.kind.partition("@")
    strike = strike_asked(asked.city, asked.city_name, kind, words, asked.problems)
    minute = _moment(asked, f"--incident {words.kind}", moment) if sign else 0
    if strike is None or minute is None:
        return None
    return Striking(strike, minute, strike.effects(asked.city))


def read_duration(option: str, words: str, problems: list[Problem]) -> int | None:
    """Return the minutes that *words* stand for, at least 1; None, and one more of *problems*, when they do not."""
    try:
        minutes = parse_duration(words)
    except TooLongError:
        what = _("{value} is longer than can be simulated", value=f"'{words}'")
        repair = _("write at most {limit} minutes (two years)", limit=LONGEST_MINUTES)
    except ValueError:
        what = _("{value} is not a duration", value=f"'{words}'")
        repair = _("write weeks, days, hours and minutes, for example 30m, 4h or 2d")
    else:
        if minutes:
            return minutes
        what = _("{value} is no time at all", value=f"'{words}'")
        repair = _("write at least 1m")
    problems.append(Problem("", 0, 0, option, what, repair))
    return None


def _failing(asked: _Asked, words: str) -> tuple[str, int | None]:
    """Return the component and its minute counted from now; None for a moment that cannot be read."""
    name, at, moment = words.partition("@")
    if name not in asked.city.component_by_id:
        asked.add(f"--fail {words}", *_no_component(asked, name))
    return name, _moment(asked, f"--fail {words}", moment) if at else 0


def _moment(asked: _Asked, option: str, moment: str) -> int | None:
    """Return how many minutes from now *moment*, behind the @ of *option*, is; None when it cannot be read."""
    clock = _CLOCK.fullmatch(moment)
    if clock and asked.now:
        return _minutes_away(asked.now, int(clock[1]), int(clock[2]))
    if clock:
        what = _("{moment} is a time of the clock", moment=moment)
        asked.add(option, what, _("add --now, or write how long after the start, for example @90m"))
        return None
    if moment in {"", "0m"}:
        if not moment:
            asked.add(option, _("a time is missing after the @"), _("write for example @90m"))
        return 0
    return read_duration(option, moment, asked.problems)


def _minutes_away(now: dt.datetime, hour: int, minute: int) -> int:
    """Return how far the nearest moment at which the clock shows this is from *now*; negative: it has been."""
    days = [now.replace(tzinfo=None) + dt.timedelta(days=shift) for shift in (-1, 0, 1)]
    moments = [day.replace(hour=hour, minute=minute).astimezone() for day in days]
    nearest = min(moments, key=lambda moment: (abs(moment - now), moment))
    return int((nearest - now).total_seconds()) // 60


def _no_component(asked: _Asked, name: str) -> tuple[str, str]:
    """Return what is wrong with *name*, and which components may be meant."""
    city = asked.city
    if name in city.organisation_by_id:
        owned = [part.id for part in city.components if name in {part.organisation, part.operator}]
        what = _("'{id}' is an organisation, and only a component can fail", id=name)
        if 0 < len(owned) <= _MOST_NAMES:
            return what, _("choose one of {names}", names=", ".join(owned))
        return what, _("see {command}", command=f"resilience city show {asked.city_name} {name}")
    what = _("{city} has no component '{id}'", city=city.name, id=name)
    likely = alike(name, city.component_by_id) if name else []
    if likely:
        return what, _("did you mean {names}?", names=", ".join(likely))
    return what, _("see {command}", command=f"resilience city show {asked.city_name}")
