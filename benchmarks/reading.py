"""How long a map of 1,000, 3,000 and 10,000 components takes to check and to read.

Generated maps (benchmarks/maps.py); per size the processor time of what each command computes, the city loaded once.
Under gaps and lint lies one question: who is lost with each component? Beside it stands the naive way, looking at every
need again until nothing changes, on a few failures and scaled. Both must find the same.
Run: python -m benchmarks.reading
"""

import datetime as dt
import os
import platform
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from benchmarks.maps import NEEDS, generated_map
from city_model.compare import compare
from city_model.exchange.city_files import files_of, write_new
from city_model.gaps import gaps
from city_model.loader import load_city
from city_model.losses import Losses, buffer_of, level_left, spare_of
from city_model.paths import chain_paths
from city_model.quality import quality
from city_model.schema import City
from city_model.summary import summarise
from city_model.walk import walk
from resilience.analysis.findings import all_findings, map_findings

SIZES = (1_000, 3_000, 10_000)
TRIED = 20
"""Failures that are followed in the naive way."""
TODAY = dt.date(2026, 1, 1)
NEVER = 1 << 40
Lost = list[dict[str, int]]


def naive(city: City, starts: Sequence[str]) -> Lost:
    """Return when each component is lost with each of *starts*: look at every need again until nothing changes."""
    needs = [
        (placed.dependent, placed.need.provider_ids, spare_of(placed), buffer_of(placed))
        for placed in city.placed_needs
        if placed.role == "level" and placed.need.effective_phase != "start" and level_left(placed) == 0
    ]
    found = []
    for start in starts:
        lost, changed = {start: 0}, True
        while changed:
            changed = False
            for dependent, providers, spare, buffer in needs:
                minutes = sorted([lost.get(name, NEVER) for name in providers])[spare] + buffer
                if minutes < lost.get(dependent, NEVER):
                    lost[dependent], changed = minutes, True
        found.append(lost)
    return found


def every_loss(city: City, starts: Sequence[str]) -> Lost:
    """Return the same, as gaps and lint ask for it."""
    losses = Losses(city)
    return [{name: effect.minutes or 0 for name, effect in losses.lost(start).items()} for start in starts]


def check(folder: Path) -> None:
    """Read, check and count a map."""
    summarise(load_city(str(folder)))


def seconds(work: Callable[[], object]) -> float:
    """Return the processor time that *work* takes."""
    began = time.process_time()
    work()
    return time.process_time() - began


def measured(size: int, folder: Path) -> dict[str, float]:
    """Return the seconds of each way of reading a map of *size* components."""
    write_new(folder, files_of(generated_map(size)).texts().items())
    checking = seconds(lambda: check(folder))
    city = load_city(str(folder))
    starts = [part.id for part in city.components]
    few = starts[:: size // TRIED]
    assert naive(city, few) == every_loss(city, few), "the two ways do not find the same losses"
    core, top = min(starts), city.functions[0].id
    changed = city.model_copy(update={"components": city.components[size // 100 :]})
    ways: dict[str, Callable[[], object]] = {
        "Who is lost with each component": lambda: every_loss(city, starts),
        "`city gaps`": lambda: gaps(city),
        "`city lint`": lambda: all_findings(city, TODAY),
        "`city quality`": lambda: quality(city, TODAY, map_findings(city)),
        "`city walk --up`, from what carries most": lambda: walk(city, core, "up"),
        "`city walk --down`, from a city function": lambda: walk(city, top, "down"),
        "`city walk --to`, from the one to the other": lambda: chain_paths(city, core, top),
        "`city compare --no-cascades`": lambda: compare(city, changed),
    }
    return {
        "`city check`": checking,
        "Who is lost with each component, naive": seconds(lambda: naive(city, few)) * size / len(few),
        **{name: seconds(work) for name, work in ways.items()},
    }


def main() -> None:
    """Print everything that docs/reference/benchmark-reading.md shows."""
    machine = f"{os.cpu_count()} cores, {platform.machine()}, Python {platform.python_version()}"
    print(f"{machine}; processor time in seconds. Maps with about {NEEDS} needs for each component.")
    print()
    with tempfile.TemporaryDirectory() as folder:
        columns = [measured(size, Path(folder, f"map-{size}")) for size in SIZES]
    print(f"| What | {' | '.join(f'{size:,}' for size in SIZES)} |")
    print(f"|---|{'--:|' * len(SIZES)}")
    for name in columns[0]:
        print(f"| {name} | {' | '.join(f'{column[name]:.1f}' for column in columns)} |")


if __name__ == "__main__":
    main()
