"""How long a map of 1,000, 3,000 and 10,000 components takes to check and to read.

Generated maps (benchmarks/maps.py); per size the processor time of what each command computes, the city loaded once.
Beside gaps and lint stands the naive way for the question under both: try every need again until nothing changes, for
every single failure. Both must find the same losses. Run: python -m benchmarks.reading
"""

import datetime as dt
import os
import platform
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from benchmarks.maps import NEEDS, generated_map
from city_model.compare import compare
from city_model.exchange.city_files import files_of, write_new
from city_model.gaps import gaps
from city_model.loader import load_city
from city_model.losses import Effects, Losses
from city_model.paths import chain_paths
from city_model.quality import quality
from city_model.schema import City
from city_model.summary import summarise
from city_model.walk import walk
from resilience.analysis.findings import all_findings, map_findings

SIZES = (1_000, 3_000)
TODAY = dt.date(2026, 1, 1)


def every_failure(city: City) -> list[Effects]:
    """Return who is lost with each component, found the naive way."""
    losses = Losses(city)
    felt = (losses.of(part.id) for part in city.components)
    return [{name: effect for name, effect in effects.items() if effect.reach == "lost"} for effects in felt]


def every_loss(city: City) -> list[Effects]:
    """Return the same, as gaps and lint ask for it."""
    losses = Losses(city)
    return [losses.lost(part.id) for part in city.components]


def check(folder: Path) -> City:
    """Read, check and count a map."""
    city = load_city(str(folder))
    summarise(city)
    return city


def seconds(work: Callable[[], object]) -> float:
    """Return the processor time that *work* takes."""
    began = time.process_time()
    work()
    return time.process_time() - began


def measured(size: int, folder: Path) -> dict[str, float]:
    """Return the seconds of each way of reading a map of *size* components."""
    write_new(folder, files_of(generated_map(size)).texts().items())
    found = {"`city check`": seconds(lambda: check(folder))}
    city = load_city(str(folder))
    lowest, top = city.functions[0].needs[0].provider_ids[0], city.functions[0].id
    core = max(city.components, key=lambda part: part.id == "c00000").id
    changed = city.model_copy(update={"components": city.components[size // 100 :]})
    assert every_failure(city) == every_loss(city), "the two ways do not find the same losses"
    ways: dict[str, Callable[[], object]] = {
        "every failure, followed to all who feel it (naive)": lambda: every_failure(city),
        "every failure, followed to all who are lost": lambda: every_loss(city),
        "`city gaps`": lambda: gaps(city),
        "`city lint`": lambda: all_findings(city, TODAY),
        "`city quality`": lambda: quality(city, TODAY, map_findings(city)),
        "`city walk --up`, from what carries most": lambda: walk(city, core, "up"),
        "`city walk --down`, from a city function": lambda: walk(city, top, "down"),
        "`city walk --to`, to a city function": lambda: chain_paths(city, lowest, top),
        "`city compare --no-cascades`": lambda: compare(city, changed),
    }
    return found | {name: seconds(work) for name, work in ways.items()}


def main() -> None:
    """Print everything that docs/reference/benchmark-reading.md shows."""
    machine = f"{os.cpu_count()} cores, {platform.machine()}, Python {platform.python_version()}"
    print(f"{machine}; processor time in seconds.")
    print(f"Maps: about {NEEDS} needs for each component.")
    print()
    with tempfile.TemporaryDirectory() as folder:
        columns = [measured(size, Path(folder, f"map-{size}")) for size in SIZES]
    print(f"| What | {' | '.join(f'{size:,}' for size in SIZES)} |")
    print(f"|---|{'--:|' * len(SIZES)}")
    for name in columns[0]:
        print(f"| {name} | {' | '.join(f'{column[name]:.2f}' for column in columns)} |")


if __name__ == "__main__":
    main()
