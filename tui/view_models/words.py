"""Times, spans and numbers as the console writes them, in the current language."""

import datetime as dt
import math
import re

from resilience.base.language import _
from resilience.base.units import MINUTES_PER_DAY, MINUTES_PER_HOUR, format_clock, parse_duration
from resilience.exercise.clock import MS_PER_MINUTE

_CLOCK = re.compile(r"\+?(?:(\d{1,3})d\s*)?(\d{1,2}):(\d{2})")
_SHORT_SECONDS = 90


def moment(minute: int) -> str:
    """Return exercise time, such as "+1d 03:15"."""
    return format_clock(minute)


def span(minutes: int) -> str:
    """Return a length of time without its sign, such as "0:15" or "2d 03:10"."""
    days, rest = divmod(abs(minutes), MINUTES_PER_DAY)
    hours, left = divmod(rest, MINUTES_PER_HOUR)
    return f"{days}d {hours:02d}:{left:02d}" if days else f"{hours}:{left:02d}"


def countdown(minutes: int) -> str:
    """Return how far off something is: "in 0:15" or "0:15 late"."""
    if minutes == 0:
        return _("now")
    return _("in {span}", span=span(minutes)) if minutes > 0 else _("{span} late", span=span(minutes))


def real_time(milliseconds: int, rate: int) -> str:
    """Return how long the wall clock takes over so much exercise time at *rate*."""
    seconds = math.ceil(milliseconds / rate / 1000)
    if seconds <= _SHORT_SECONDS:
        return _("{seconds} s", seconds=seconds)
    return _("{minutes} min", minutes=math.ceil(seconds / 60))


def calendar(start: dt.datetime, minute: int) -> str:
    """Return the date and time in the scenario, such as "Tue 11 May 09:12"."""
    at = start + dt.timedelta(minutes=minute)
    days = (_("Mon"), _("Tue"), _("Wed"), _("Thu"), _("Fri"), _("Sat"), _("Sun"))
    months = (
        _("Jan"), _("Feb"), _("Mar"), _("Apr"), _("May"), _("Jun"),
        _("Jul"), _("Aug"), _("Sep"), _("Oct"), _("Nov"), _("Dec"),
    )  # fmt: skip
    return f"{days[at.weekday()]} {at.day} {months[at.month - 1]} {at:%H:%M}"


def wall_clock(wall: int) -> str:
    """Return a wall moment as local time, such as "14:32:10"."""
    return f"{dt.datetime.fromtimestamp(wall / 1000, tz=dt.UTC).astimezone():%H:%M:%S}"


def read_moment(text: str, now: int) -> int:
    """Return the exercise minute that *text* means: a moment ("1d 03:15"), or a duration from *now* ("2h30m").

    Raises ValueError with one sentence that says what would do.
    """
    written = text.strip()
    found = _CLOCK.fullmatch(written)
    if found is None:
        try:
            return now + parse_duration(written.removeprefix("+"))
        except ValueError as error:
            raise ValueError(
                _("{text} is not a time: write 03:15, 1d 03:15, or 2h30m from now", text=repr(text))
            ) from error
    days, hours, minutes = int(found[1] or 0), int(found[2]), int(found[3])
    if hours >= MINUTES_PER_DAY // MINUTES_PER_HOUR or minutes >= MINUTES_PER_HOUR:
        raise ValueError(_("{text} is not a time of the clock", text=written))
    return days * MINUTES_PER_DAY + hours * MINUTES_PER_HOUR + minutes


def position_left(minute: int, position: int) -> int:
    """Return the exercise milliseconds from *position* to the start of *minute*."""
    return minute * MS_PER_MINUTE - position
