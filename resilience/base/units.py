"""Durations as people write them ("4h30m") and as the engine counts them (whole minutes)."""

import re

MINUTES_PER_HOUR = 60
MINUTES_PER_DAY = 1440
MINUTES_PER_WEEK = 10080

_UNITS = {"w": MINUTES_PER_WEEK, "d": MINUTES_PER_DAY, "h": MINUTES_PER_HOUR, "m": 1}
_NUMBER = r"([0-9]{1,18})"
_DURATION = re.compile("".join(f"(?:{_NUMBER}{letter})?" for letter in _UNITS))
LONGEST_MINUTES = 2**20
"""The longest duration that the engine can draw (rule 13.4): a little under two years."""


class TooLongError(ValueError):
    """A duration beyond LONGEST_MINUTES."""


def parse_duration(text: str) -> int:
    """Return the whole minutes that *text* stands for, such as ``"4h30m"``, ``"2d"`` or ``"0m"``.

    Raises ValueError when *text* is not a duration, TooLongError when it is one beyond LONGEST_MINUTES.
    """
    match = _DURATION.fullmatch(text)
    if not text or match is None:
        msg = f"{text!r} is not a duration; write weeks, days, hours and minutes, for example 4h30m"
        raise ValueError(msg)
    minutes = sum(int(number) * unit for number, unit in zip(match.groups(), _UNITS.values(), strict=True) if number)
    if minutes > LONGEST_MINUTES:
        msg = f"{text!r} is longer than the {LONGEST_MINUTES} minutes (two years) that can be simulated"
        raise TooLongError(msg)
    return minutes


def format_duration(minutes: int) -> str:
    """Return *minutes* in the shortest form that parse_duration reads back, such as ``"1d4h"``."""
    if minutes == 0:
        return "0m"
    sign, rest = ("-", -minutes) if minutes < 0 else ("", minutes)
    parts = []
    for letter, unit in list(_UNITS.items())[1:]:
        number, rest = divmod(rest, unit)
        if number:
            parts.append(f"{number}{letter}")
    return sign + "".join(parts)


def format_clock(minutes: int) -> str:
    """Return exercise time as ``"+2d 03:15"`` (days are left out on the first day)."""
    days, rest = divmod(minutes, MINUTES_PER_DAY)
    hours, minute = divmod(rest, MINUTES_PER_HOUR)
    clock = f"{hours:02d}:{minute:02d}"
    return f"+{days}d {clock}" if days else f"+{clock}"
