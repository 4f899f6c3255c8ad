"""How fluent the map screen is on 10,000 components: what somebody waits for at a real terminal.

The program runs in a pseudo-terminal of 80x24 and of 140x40, on a generated map that is in memory already (reading a
map from files is the loader's work). A step is over when what it must bring stands in what the program wrote. Behind
it the naive ways, measured by themselves: making the texts to search anew for each key, drawing every row of the list.
Run: python benchmarks/map_screen.py
"""

import datetime as dt
import fcntl
import os
import pickle
import pty
import re
import select
import statistics
import struct
import subprocess
import sys
import tempfile
import termios
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from benchmarks.maps import generated_map
from city_model.map_filter import MapFilter
from city_model.schema import City, District
from city_model.values import Text
from resilience.base.language import set_language
from tests.builders import district
from tui.map_app import run
from tui.view_models.city_map import CityMap
from tui.view_models.map_finder import Finder, folded

SIZE = 10_000
DISTRICTS = 20
TERMINALS = ((80, 24), (140, 40))
PATIENCE = 60.0
READY = "ready"
TODAY = dt.date(2026, 11, 22)
WORDS = {
    "infrastructure": ("Glasvezelring", "Middenspanning", "Datacentrum", "Zendmast"),
    "facility": ("Wijkgebouw", "Gemaal", "Depot", "Noodlocatie"),
    "application": ("Zaaksysteem", "Planbord", "Kassasysteem", "Dossier"),
    "service": ("Loket", "Meldpunt", "Wijkteam", "Inzameling"),
    "function": ("Stadsfunctie",),
}
QUERY = "4711"
"""Each next key leaves fewer components."""
CODES = re.compile(rb"\x1b\[[0-9;?:]*[a-zA-Z]|\x1b[()][A-B0-9]|\x1b[=>78]")


def dressed(city: City) -> City:
    """Return *city* with names of people, districts, and city functions to filter by."""
    districts: tuple[District, ...] = tuple(district(f"wijk-{number:02}") for number in range(DISTRICTS))
    functions = [function.id for function in city.functions]
    parts = []
    for place, part in enumerate(city.components):
        words = WORDS[part.kind]
        name = f"{words[place % len(words)]} {place}"
        extra = {
            "name": Text(nl=name, en=name),
            "district": districts[place % DISTRICTS].id if part.kind == "facility" else None,
            "functions": () if part.kind == "function" else (functions[place % len(functions)],),
        }
        parts.append(part.model_copy(update=extra))
    given = {name: getattr(city, name) for name in City.model_fields}
    return City.model_validate({**given, "components": tuple(parts), "districts": districts})


@dataclass
class Screen:
    """The program in a pseudo-terminal, and everything that it wrote since the last step."""

    process: "subprocess.Popen[bytes]"
    terminal: int
    written: bytes = field(default=b"")

    @classmethod
    def start(cls, kept: Path, columns: int, lines: int) -> "Screen":
        """Start a process that reads the city in *kept* and then waits for a key."""
        terminal, inside = pty.openpty()
        fcntl.ioctl(inside, termios.TIOCSWINSZ, struct.pack("HHHH", lines, columns, 0, 0))
        program = [sys.executable, "-m", "benchmarks.map_screen", str(kept)]
        environment = {**os.environ, "TERM": "xterm-256color", "COLORTERM": "truecolor"}
        process = subprocess.Popen(program, stdin=inside, stdout=inside, stderr=inside, env=environment)  # noqa: S603
        os.close(inside)
        screen = cls(process, terminal)
        screen.until(READY)
        return screen

    def until(self, shown: str, keys: str = "") -> float:
        """Press *keys* and return the milliseconds until *shown* stands in what was written after that."""
        self.written = b""
        began = time.perf_counter()
        if keys:
            os.write(self.terminal, keys.encode())
        while shown.encode() not in CODES.sub(b"", self.written):
            left = began + PATIENCE - time.perf_counter()
            if left < 0 or not select.select([self.terminal], [], [], left)[0]:
                message = f"{shown!r} did not come; the last was {CODES.sub(b'', self.written)[-400:].decode()!r}"
                raise TimeoutError(message)
            self.written += os.read(self.terminal, 1 << 20)
        return 1000 * (time.perf_counter() - began)

    def rest(self, seconds: float = 5.0) -> None:
        """Let the program work for so long, and read what it writes."""
        end = time.perf_counter() + seconds
        while (left := end - time.perf_counter()) > 0:
            if select.select([self.terminal], [], [], left)[0]:
                os.read(self.terminal, 1 << 20)

    def stop(self) -> None:
        """End the process."""
        self.process.kill()
        self.process.wait()
        os.close(self.terminal)


def serve(kept: Path) -> None:
    """Show the city in *kept* after a line that says so and a key: what comes after that is the screen's own time."""
    set_language("nl")
    city: City = pickle.loads(kept.read_bytes())  # noqa: S301 - written by ourselves a moment ago
    input(READY)
    run(city)


def milliseconds(work: Callable[[], object], rounds: int = 5) -> float:
    """Return the shortest time that *work* takes; the shortest is the least disturbed."""
    times = []
    for _round in range(rounds):
        began = time.perf_counter()
        work()
        times.append(time.perf_counter() - began)
    return 1000 * min(times)


def count_line(finder: Finder, query: str) -> str:
    """Return what the screen says when *query* was typed."""
    found, total = (f"{number:,}".replace(",", ".") for number in (len(finder.find(query, MapFilter())), finder.total))
    return f"{found} van {total}"


def typing(screen: Screen, finder: Finder, what: str) -> list[tuple[str, float]]:
    """Type the query key by key; return the middle and the slowest of them."""
    typed = [screen.until(count_line(finder, QUERY[: place + 1]), QUERY[place]) for place in range(len(QUERY))]
    return [(f"{what}, median", statistics.median(typed)), ("  the slowest", max(typed))]


def measure(kept: Path, finder: Finder, hub: str, columns: int, lines: int) -> list[tuple[str, float]]:
    """Return the steps of a visit with their milliseconds."""
    screen = Screen.start(kept, columns, lines)
    try:
        rows = [("start to first paint", screen.until(count_line(finder, ""), "\n"))]
        rows += typing(screen, finder, "a key in the search line, at once")
        screen.rest()
        screen.until(count_line(finder, ""), "\x1b")
        screen.rest()
        rows += typing(screen, finder, "the same, the model ready")
        screen.until(count_line(finder, QUERY[:3]), "\x7f")
        screen.until(count_line(finder, QUERY[:2]), "\x7f")
        screen.rest()
        moved = [screen.until(f"({row.key})", "\x1b[B") for row in finder.find(QUERY[:2], MapFilter())[1:9]]
        rows += [("an arrow to another component, median", statistics.median(moved)), ("  the slowest", max(moved))]
        screen.rest()
        screen.until(count_line(finder, ""), "\x1b")
        os.write(screen.terminal, hub.encode())
        screen.rest()
        rows.append(("opening the largest hub", screen.until("[2 Heeft nodig" if columns < 120 else "▸ 2", "\r")))
        rows.append(("its dependents", screen.until("[3 Nodig voor" if columns < 120 else "▸ 3", "3")))
    finally:
        screen.stop()
    return rows


def main() -> None:
    """Print one line for each step, in both sizes of terminal."""
    set_language("nl")
    city = dressed(generated_map(SIZE))
    dependents: dict[str, int] = {}
    for placed in city.placed_needs:
        for provider in placed.need.provider_ids:
            dependents[provider] = dependents.get(provider, 0) + 1
    hub = max(dependents, key=lambda name: dependents[name])
    finder = Finder(city)
    print(f"{SIZE} components, {len(city.placed_needs)} needs; the largest hub carries {dependents[hub]}\n")
    with tempfile.TemporaryDirectory() as folder:
        kept = Path(folder, "city.pickle")
        kept.write_bytes(pickle.dumps(city))
        found = [measure(kept, finder, hub, *size) for size in TERMINALS]
    print(f"{'':44}" + "".join(f"{f'{columns}x{lines}':>10}" for columns, lines in TERMINALS))
    for (name, one), (_name, other) in zip(*found, strict=True):
        print(f"{name:44}{one:7.0f} ms{other:7.0f} ms")
    print()
    print(f"{'the index, once':44}{milliseconds(lambda: CityMap(city, TODAY), 3):7.0f} ms")
    print(f"{'a search alone':44}{milliseconds(lambda: finder.find(QUERY, MapFilter())):7.1f} ms")
    print(f"{'naive: the texts made anew for each key':44}{milliseconds(lambda: naive(city)):7.1f} ms")


def naive(city: City) -> list[str]:
    """Search without anything made beforehand."""
    words = folded(QUERY).split()
    return [
        part.id
        for part in city.components
        if all(word in folded(f"{part.id} {part.name.nl} {part.name.en}") for word in words)
    ]


if __name__ == "__main__":
    serve(Path(sys.argv[1])) if sys.argv[1:] else main()
