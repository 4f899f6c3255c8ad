"""Wall moments that only pass: somebody sets the computer's clock, or changes its time zone, and exercise time goes on.

Within a process they pass with the steady clock of the computer, which nobody can set. Between processes they are kept
in step through the exercise file: never before a moment that stands in it, and in step with a conductor that lives.
"""

import time
from collections.abc import Callable

from resilience.exercise.keeping.lease import EXPIRES_AFTER_MS, Lease, is_surely_alive


def _steady_ms() -> int:
    """Return milliseconds that pass whatever the clock on the wall does, suspended time included where it is known."""
    clock = getattr(time, "CLOCK_BOOTTIME", None)
    return (time.monotonic_ns() if clock is None else time.clock_gettime_ns(clock)) // 1_000_000


_BEGAN = time.time_ns() // 1_000_000 - _steady_ms()
"""The wall moment at which the steady clock stood at zero, as the clock on the wall had it when this process began."""


def wall_now() -> int:
    """Return the wall moment now, in whole milliseconds since 1970 UTC; it never goes back and never jumps."""
    return _BEGAN + _steady_ms()


class Wall:
    """The wall moments of one session."""

    def __init__(self, source: Callable[[], int] = wall_now) -> None:
        self._source = source
        self._shift = 0

    def __call__(self) -> int:
        """Return the wall moment now."""
        return self._source() + self._shift

    def not_before(self, moment: int) -> None:
        """Go on from *moment*, which stands in the exercise file, where this computer's clock was set back since."""
        self._shift += max(0, moment - self())

    def in_step_with(self, conductor: Lease | None) -> None:
        """Go on from the last sign of life of a *conductor* that lives: the clock was set forward since it began."""
        if conductor is None:
            return
        self.not_before(conductor.heartbeat)
        is_late = self() - conductor.heartbeat > EXPIRES_AFTER_MS
        if is_late and self._source is wall_now and is_surely_alive(conductor.process):  # no counted wall
            self._shift += conductor.heartbeat - self()
