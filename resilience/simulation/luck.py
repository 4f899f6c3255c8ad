"""Random numbers that depend on names only (rule 13).

A draw is a pure function of (seed, replication, subject, purpose, n), in whole numbers: it does not depend on the
order of events, on the engine or on the machine, and adding a component changes nobody else's luck.
"""

import json
from enum import IntEnum
from functools import cache
from importlib import resources
from math import isqrt

_MASK = (1 << 64) - 1
_FNV_OFFSET = 0xCBF29CE484222325
_FNV_PRIME = 0x100000001B3
BITS = 22
SCALE = 1 << BITS
QUANTILE_BITS = 20


class Purpose(IntEnum):
    """What a draw is for; a new purpose gets a new number (rule 13.2)."""

    DETECTION = 1
    REPAIR = 2
    REBUILD = 3
    PATH_SUCCESS = 4
    PATH_DELAY = 5
    DWELL = 6
    DETONATES = 7
    INCIDENT_HITS = 8
    UNCERTAIN_FIGURE = 9
    VERIFICATION = 10
    DAMAGE_LASTS = 11
    TIME_TO_FAILURE = 12


def mix(z: int) -> int:
    """Return the splitmix64 step of *z*, in 64 bits."""
    z = (z + 0x9E3779B97F4A7C15) & _MASK
    z = ((z ^ (z >> 30)) * 0xBF58476D1CE4E5B9) & _MASK
    z = ((z ^ (z >> 27)) * 0x94D049BB133111EB) & _MASK
    return z ^ (z >> 31)


@cache
def key(subject: str) -> int:
    """Return the 64-bit FNV-1a hash of the UTF-8 bytes of *subject*."""
    value = _FNV_OFFSET
    for byte in subject.encode():
        value = ((value ^ byte) * _FNV_PRIME) & _MASK
    return value


def draw(seed: int, replication: int, subject: str, purpose: Purpose, n: int) -> int:
    """Return u, a whole number in 0..2^22 - 1."""
    h = mix(seed & _MASK)
    h = mix(h ^ replication)
    h = mix(h ^ key(subject))
    h = mix(h ^ ((purpose << 32) + n))
    return h >> (64 - BITS)


def hits(u: int, permille: int) -> bool:
    """Return whether the draw *u* falls within *permille* (rule 13.3)."""
    return u * 1000 < permille * SCALE


def triangular(u: int, low: int, likely: int, high: int) -> int:
    """Return the triangular quantile of *u* in whole minutes (rule 13.4); *high* is at most 2^20."""
    if low == high:
        return low
    width = high - low
    if u * width < SCALE * (likely - low):
        return low + isqrt(u * width * (likely - low) // SCALE)
    return high - isqrt((SCALE - u) * width * (high - likely) // SCALE)


def exponential(u: int, mean: int) -> int:
    """Return the exponential quantile of *u* with this *mean*, from the shipped table of 4,096 quantiles."""
    return mean * exponential_quantiles()[u >> (BITS - 12)] >> QUANTILE_BITS


def empirical(u: int, observed: tuple[int, ...]) -> int:
    """Return one of the *observed* durations, each as likely as the next."""
    return observed[u * len(observed) >> BITS]


@cache
def exponential_quantiles() -> tuple[int, ...]:
    """Return -ln(1 - (i + 1/2) / 4096) in units of 2^-20, for i = 0..4095; a file, because machines differ in ln."""
    text = resources.files("resilience.simulation").joinpath("exponential_quantiles.json").read_text("utf-8")
    return tuple(json.loads(text))


class Luck:
    """The draws of one run: counts how often each subject used each purpose."""

    def __init__(self, seed: int, replication: int) -> None:
        self._seed = seed
        self._replication = replication
        self._used: dict[tuple[str, Purpose], int] = {}

    def next(self, subject: str, purpose: Purpose) -> int:
        """Return the next draw of *subject* for *purpose*."""
        n = self._used.get((subject, purpose), 0)
        self._used[subject, purpose] = n + 1
        return draw(self._seed, self._replication, subject, purpose, n)
