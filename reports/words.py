"""How reports say numbers, durations and moments in the reader's language."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from reports.chart_spec import Tick, TimeAxis
from resilience.base.language import _, language, ngettext
from resilience.base.language import number as number  # noqa: PLC0414 - one of the words of reports
from resilience.base.units import MINUTES_PER_DAY, MINUTES_PER_HOUR, format_clock

_TICK_STEPS_HOURS = (1, 2, 3, 4, 6, 12, 24, 48, 72, 168)
_MOST_TICKS = 9
_FIRM_SPACE = "\N{NO-BREAK SPACE}"


def rough(value: int) -> str:
    """Return *value* as a person would say it: above a million in millions with one decimal."""
    if value < 1_000_000:
        return number(value)
    tenths = (value + 50_000) // 100_000
    decimal = "," if language() == "nl" else "."
    return _("{amount} million", amount=f"{number(tenths // 10)}{decimal}{tenths % 10}")


def per_cent(value: int) -> str:
    """Return *value* as a per cent."""
    return f"{value}{_FIRM_SPACE}%" if language() == "nl" else f"{value}%"


def duration(minutes: int) -> str:
    """Return *minutes* in words of at most two units, such as "3 hours 20 minutes"; seconds do not exist here."""
    if minutes < 0:
        return _("{duration} less", duration=duration(-minutes))
    days, rest = divmod(minutes, MINUTES_PER_DAY)
    hours, left = divmod(rest, MINUTES_PER_HOUR)
    parts = []
    if days:
        parts.append(ngettext("{number} day", "{number} days", days))
    if hours:
        parts.append(ngettext("{number} hour", "{number} hours", hours))
    if left or not parts:
        parts.append(ngettext("{number} minute", "{number} minutes", left))
    return " ".join(parts)


def short_duration(minutes: int) -> str:
    """Return *minutes* for a narrow column, such as "3 h 20 min"."""
    sign = "−" if minutes < 0 else ""
    days, rest = divmod(abs(minutes), MINUTES_PER_DAY)
    hours, left = divmod(rest, MINUTES_PER_HOUR)
    parts = []
    if days:
        parts.append(_("{number} d", number=days))
    if hours:
        parts.append(_("{number} h", number=hours))
    if left or not parts:
        parts.append(_("{number} min", number=left))
    return sign + _FIRM_SPACE.join(part.replace(" ", _FIRM_SPACE) for part in parts)


def resident_hours(per_cent_minutes: int) -> int:
    """Return lost service in whole resident-hours: one is a full hour without the service for one resident."""
    return per_cent_minutes // (100 * MINUTES_PER_HOUR)


def joined(names: Sequence[str]) -> str:
    """Return *names* as a list in a sentence."""
    if not names:
        return _("nothing")
    if len(names) == 1:
        return names[0]
    return _("{first} and {last}", first=", ".join(names[:-1]), last=names[-1])


def counted_names(names: Sequence[str], most: int = 5) -> str:
    """Return *names* as a list in a sentence, at most *most* of them and then how many more."""
    if len(names) <= most:
        return joined(names)
    rest = len(names) - most
    return ngettext("{names} and {number} other", "{names} and {number} others", rest, names=", ".join(names[:most]))


def sentence(text: str) -> str:
    """Return *text* with a capital first letter, for a name or fragment that opens a sentence."""
    return text[:1].upper() + text[1:]


@dataclass(frozen=True)
class Moments:
    """How minutes of one run are said: exercise time, and local time where the scenario gives a start."""

    start: dt.datetime | None = None

    def moment(self, minute: int) -> str:
        """Return *minute* in full, such as "Mon 12:15 (+03:15)"."""
        if self.start is None:
            return format_clock(minute)
        elapsed = format_clock(minute).replace(" ", _FIRM_SPACE)
        return _("{local} ({elapsed})", local=self.local(minute).replace(" ", _FIRM_SPACE), elapsed=elapsed)

    def local(self, minute: int) -> str:
        """Return the local day and time of *minute*, or the exercise time where no start is known."""
        if self.start is None:
            return format_clock(minute)
        then = self.start + dt.timedelta(minutes=minute)
        return f"{_weekdays()[then.weekday()]} {then:%H:%M}"

    def day(self) -> str:
        """Return the date on which the run starts, written out."""
        if self.start is None:
            return ""
        return _(
            "{day} {month} {year}", day=self.start.day, month=_months()[self.start.month - 1], year=self.start.year
        )

    def axis(self, horizon: int) -> TimeAxis:
        """Return the time axis of a run of *horizon* minutes, with at most nine marks at whole hours."""
        steps = [hours * MINUTES_PER_HOUR for hours in _TICK_STEPS_HOURS]
        step = next((step for step in steps if horizon // step + 1 <= _MOST_TICKS), steps[-1])
        marks = tuple(Tick(minute, self._tick(minute)) for minute in range(0, horizon + 1, step))
        title = _("Hours since the start") if self.start is None else _("Local time, and hours since the start")
        return TimeAxis(title=title, horizon=horizon, ticks=marks)

    def _tick(self, minute: int) -> str:
        elapsed = _("+{hours} h", hours=minute // MINUTES_PER_HOUR)
        return elapsed if self.start is None else f"{self.local(minute)}\n{elapsed}"


def _weekdays() -> tuple[str, ...]:
    return (_("Mon"), _("Tue"), _("Wed"), _("Thu"), _("Fri"), _("Sat"), _("Sun"))


def _months() -> tuple[str, ...]:
    return (
        _("January"), _("February"), _("March"), _("April"), _("May"), _("June"),
        _("July"), _("August"), _("September"), _("October"), _("November"), _("December"),
    )  # fmt: skip
