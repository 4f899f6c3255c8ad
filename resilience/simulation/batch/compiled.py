"""Compiles the batch engine with numba where that is there; the same source runs as plain Python where it is not.

Plain Python works on lists, so that numpy is not needed either.
"""

import hashlib
import os
from collections.abc import Callable, Sequence
from importlib import import_module
from math import isqrt, sqrt
from pathlib import Path
from typing import Any, TypeVar

from resilience.simulation import luck


def _found(name: str) -> Any:  # noqa: ANN401 - a module, or nothing
    try:
        return import_module(name)
    except ImportError:
        return None


numba: Any = _found("numba")
np: Any = _found("numpy")
LINE = 64
"""Bytes that a processor fetches at once."""
Function = TypeVar("Function", bound=Callable[..., Any])
PLAIN = "RESILIENCE_PLAIN"
"""Set this variable to run without the compiler, for those who look for a fault in it."""
IS_COMPILED = numba is not None and not os.environ.get(PLAIN)


def _cache_folder() -> None:
    """Let compiled code be kept in the user's cache, in a folder for exactly this source.

    The compiler looks only at the file of the function that Python calls; a change in another file of this package
    would be missed.
    """
    from platformdirs import user_cache_path  # noqa: PLC0415 - only where there is something to keep

    source = hashlib.sha256()
    for file in sorted(Path(__file__).parent.glob("*.py")):
        source.update(file.read_bytes())
    folder = user_cache_path("keten-resilience") / "compiled" / source.hexdigest()[:16]
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError:
        return  # nothing is kept then
    numba.config.CACHE_DIR = str(folder)


if IS_COMPILED:
    _cache_folder()
    # The loops here are short: made ready for four numbers at a time they are longer to enter than to run.
    numba.config.LOOP_VECTORIZE = 0


def compiled(function: Function) -> Function:
    """Return *function* compiled, or as it is."""
    if not IS_COMPILED:
        return function
    options = {"nogil": True, "error_model": "numpy", "no_cpython_wrapper": True, "no_cfunc_wrapper": True}
    made: Function = numba.njit(**options)(function)
    return made


def inlined(function: Function) -> Function:
    """Return *function* compiled into each of its callers: calling it would cost about as much as what it does."""
    if not IS_COMPILED:
        return function
    options = {"nogil": True, "error_model": "numpy", "no_cpython_wrapper": True, "no_cfunc_wrapper": True}
    made: Function = numba.njit(forceinline=True, **options)(function)
    return made


def entry(function: Function) -> Function:
    """Return *function* compiled so that Python can call it; what was compiled is kept for the next time."""
    if not IS_COMPILED:
        return function
    made: Function = numba.njit(nogil=True, error_model="numpy", cache=bool(numba.config.CACHE_DIR))(function)
    return made


def numbers(values: Sequence[int], *, bits: int = 32) -> Any:  # noqa: ANN401 - a list, or an array of numpy
    """Return *values* as the engine wants its arrays; a number that does not fit into *bits* is refused by numpy."""
    if not IS_COMPILED:
        return list(values) or [0]
    found = blank(len(values), bits=bits)
    found[: len(values)] = np.array(values, dtype=found.dtype)
    return found


def blank(count: int, value: int = 0, *, bits: int = 32) -> Any:  # noqa: ANN401 - the same
    """Return an array of *count* times *value*: never empty, and beginning where a line of memory begins."""
    if not IS_COMPILED:
        return [value] * max(1, count)
    size = max(1, count) * bits // 8
    room = np.empty(size + LINE, dtype=np.uint8)
    begin = -room.ctypes.data % LINE
    found = room[begin : begin + size].view(f"int{bits}")
    found[:] = value
    return found


def keys(values: Sequence[int]) -> Any:  # noqa: ANN401 - the same
    """Return 64-bit keys of subjects as an array."""
    given = list(values) or [0]
    return np.array(given, dtype=np.uint64) if IS_COMPILED else given


if IS_COMPILED:
    types = import_module("numba.core.types")

    def _lowest(typing: Any, word: Any) -> Any:  # noqa: ANN401, ARG001 - the same
        """Return the number of the lowest bit of *word* that is set, as one instruction."""

        def code(context: Any, builder: Any, signature: Any, args: Any) -> Any:  # noqa: ANN401, ARG001 - the same
            return builder.cttz(args[0], context.get_constant(types.boolean, True))

        return types.int64(types.int64), code

    lowest_bit: Any = import_module("numba.extending").intrinsic(_lowest)

    _STEP, _FIRST, _SECOND = (np.uint64(x) for x in (0x9E3779B97F4A7C15, 0xBF58476D1CE4E5B9, 0x94D049BB133111EB))
    _S30, _S27, _S31, _S42 = (np.uint64(x) for x in (30, 27, 31, 42))

    @compiled
    def _mix(z: Any) -> Any:  # noqa: ANN401 - unsigned 64-bit
        z = z + _STEP
        z = (z ^ (z >> _S30)) * _FIRST
        z = (z ^ (z >> _S27)) * _SECOND
        return z ^ (z >> _S31)

    @compiled
    def begin_luck(seed: Any, replication: int) -> Any:  # noqa: ANN401 - the same
        """Return what all draws of one replication start from (rule 13.1)."""
        return _mix(_mix(seed) ^ np.uint64(replication))

    @compiled
    def draw(base: Any, key: Any, purpose: int, n: int) -> int:  # noqa: ANN401 - the same
        """Return u, a whole number in 0..2^22 - 1 (rule 13.1)."""
        u: int = np.int64(_mix(_mix(base ^ key) ^ np.uint64((purpose << 32) + n)) >> _S42)
        return u

    @compiled
    def root(x: int) -> int:
        """Return the exact whole root of *x*, below 2^62."""
        found: int = np.int64(sqrt(x))
        while found * found > x:
            found -= 1
        while (found + 1) * (found + 1) <= x:
            found += 1
        return found
else:

    def lowest_bit(word: int) -> int:
        """Return the number of the lowest bit of *word* that is set."""
        return (word & -word).bit_length() - 1

    def begin_luck(seed: Any, replication: int) -> Any:  # noqa: ANN401 - as above
        """Return what all draws of one replication start from (rule 13.1)."""
        return luck.mix(luck.mix(seed) ^ replication)

    def draw(base: Any, key: Any, purpose: int, n: int) -> int:  # noqa: ANN401 - as above
        """Return u, a whole number in 0..2^22 - 1 (rule 13.1)."""
        return int(luck.mix(luck.mix(base ^ key) ^ ((purpose << 32) + n)) >> (64 - luck.BITS))

    def root(x: int) -> int:
        """Return the exact whole root of *x*."""
        return isqrt(x)
