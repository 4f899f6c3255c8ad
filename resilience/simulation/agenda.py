"""What is due when: SimPy is the clock, with one wake-up per minute at which something is due."""

from collections.abc import Callable
from enum import IntEnum
from typing import NamedTuple

import simpy


class Due(IntEnum):
    """Why a minute must be evaluated."""

    ORDER = 0
    DAMAGE_ENDS = 1
    REPAIR_ENDS = 2
    DETECTED = 3
    BUFFER_EMPTY = 4
    CAUGHT_UP = 5
    FALLBACK_USED_UP = 6
    FALLBACK_READY = 7
    LAG_SERVED = 8
    ARRIVES = 9
    DETONATES = 10
    STRIKES = 11


class Timer(NamedTuple):
    """What is due for whom; it sorts by kind, then by number."""

    due: Due
    number: int
    """The part, the group, or the place of the order."""
    place: int = 0
    """Which effect of the order; -1 for the order itself."""
    source: str = ""
    """Whose damage."""


class Agenda:
    """Timers that can be set anew or cancelled; a cancelled one wakes nobody.

    *wake* is called with the minute and the items due, at most once per minute. Timers after *horizon* never fire.
    """

    def __init__(self, horizon: int, wake: Callable[[int, list[Timer]], None]) -> None:
        self._env = simpy.Environment()
        self._horizon = horizon
        self._wake = wake
        self._due: dict[int, list[tuple[Timer, int]]] = {}
        self._version: dict[Timer, int] = {}

    def set(self, timer: Timer, minute: int) -> None:
        """Let *timer* be due at *minute*, instead of when it was due before."""
        version = self._version.get(timer, 0) + 1
        self._version[timer] = version
        if minute > self._horizon:
            return
        if minute not in self._due:
            self._due[minute] = []
            wake_up = self._env.timeout(minute - self._env.now)
            wake_up.callbacks.append(self._fire)
        self._due[minute].append((timer, version))

    def cancel(self, timer: Timer) -> None:
        """Forget when *timer* was due."""
        if timer in self._version:
            self._version[timer] += 1

    def advance(self, minute: int) -> None:
        """Fire everything due up to and including *minute*."""
        while self._env.peek() <= minute:
            self._env.step()

    def _fire(self, _event: simpy.Event) -> None:
        minute = int(self._env.now)
        rows = self._due.pop(minute)
        timers = sorted(timer for timer, version in rows if self._version[timer] == version)
        if timers:
            self._wake(minute, timers)
