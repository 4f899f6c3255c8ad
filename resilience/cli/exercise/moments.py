"""How the command line says a minute of a run: exercise time, or the time of the clock where there is one."""

import datetime as dt
from dataclasses import dataclass

from resilience.base.language import _
from resilience.base.units import format_clock


@dataclass(frozen=True, slots=True)
class Moments:
    """The clock beside a run; *start* is the moment of minute 0, None where the run is at no date."""

    start: dt.datetime | None
    now: int = 0
    """The minute whose day needs no name."""

    def when(self, minute: int) -> str:
        """Return "13:50", on another day "Mon 13:50", further away "29-11 13:50"; "+1d 03:15" without a clock."""
        if self.start is None:
            return format_clock(minute)
        then, today = self._local(minute), self._local(self.now)
        days = (then.date() - today.date()).days
        if days == 0:
            return f"{then:%H:%M}"
        return f"{_weekdays()[then.weekday()]} {then:%H:%M}" if abs(days) < 7 else f"{then:%d-%m %H:%M}"

    def maybe(self, minute: int | None) -> str:
        """Return when, or that it is not within the run."""
        return _("not within the run") if minute is None else self.when(minute)

    def date(self) -> str:
        """Return the date and time of now in full, such as "22-11-2026 13:50"."""
        return f"{self._local(self.now):%d-%m-%Y %H:%M}" if self.start else ""

    def _local(self, minute: int) -> dt.datetime:
        """Return the moment of *minute*, with the change to summer or winter time where the start says its zone."""
        assert self.start is not None  # noqa: S101 - asked for only where there is a clock
        moment = self.start + dt.timedelta(minutes=minute)
        return moment.astimezone() if moment.tzinfo else moment


def _weekdays() -> tuple[str, ...]:
    return (_("Mon"), _("Tue"), _("Wed"), _("Thu"), _("Fri"), _("Sat"), _("Sun"))
