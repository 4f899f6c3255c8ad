"""How long a user waits for help, and whether it pays to import the heavy libraries inside the commands.

Compares `resilience --help` with the interpreter alone (what nobody can beat) and with the naive way: the same help
after importing everything that the commands use. Run: python benchmarks/start_up.py
"""

import subprocess
import sys
import time

ROUNDS = 7
SHOW_HELP = "from resilience.cli.main import cli; cli.main(['--help'], standalone_mode=False)"
HEAVY = "import networkx, plotly.graph_objects, pydantic, simpy, textual.app, yaml"

WAYS = {
    "interpreter alone": "pass",
    "help, libraries inside the commands": SHOW_HELP,
    "help, libraries at the top": f"{HEAVY}; {SHOW_HELP}",
}


def milliseconds(program: str) -> float:
    """Return the shortest wall time of a fresh interpreter that runs *program*; the shortest is the least disturbed."""
    times = []
    for _round in range(ROUNDS):
        began = time.perf_counter()
        subprocess.run([sys.executable, "-c", program], check=True, stdout=subprocess.DEVNULL)  # noqa: S603 - our own
        times.append(time.perf_counter() - began)
    return 1000 * min(times)


def main() -> None:
    """Print one line for each way."""
    for name, program in WAYS.items():
        print(f"{name:40} {milliseconds(program):8.0f} ms")


if __name__ == "__main__":
    main()
