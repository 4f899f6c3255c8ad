"""The inoperability input-output model, through the command with its table in a CSV."""

import json
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from click.testing import CliRunner

from resilience.cli.runs.inoperability import inoperability
from tests.validation.case import Case, Numbers

V1 = ((0, 0.8), (0.2, 0))
V2 = ((0, 0.9, 0, 0), (0.4, 0, 0, 0), (1, 0.8, 0, 0), (1, 0.9, 0, 0))
V4 = ((0.15, 0.50), (0.10, 0.05))
COMMAND = "`resilience inoperability`"
HAIMES = "Haimes and Jiang 2001"
LIAN = "Lian and Haimes 2006"


def ask(table: Sequence[Sequence[float]], *arguments: str) -> dict[str, Any]:
    """Return the answer of the command on *table*, whose sectors are called s1, s2 and so on."""
    names = [f"s{number}" for number in range(1, len(table) + 1)]
    lines = [",".join(["", *names]), *(",".join([n, *map(str, row)]) for n, row in zip(names, table, strict=True))]
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "table.csv"
        file.write_text("\n".join(lines), encoding="utf-8")
        done = CliRunner().invoke(inoperability, [str(file), *arguments, "--json"])
    assert done.exit_code == 0, done.output
    answer: dict[str, Any] = json.loads(done.stdout)
    return answer


def second_and_third() -> Numbers:
    """Return the links of order 2 and 3 in the second table: A^2[3,2], A^3[3,2], A^3[1,2], A^3[4,4]."""
    square, cube = (ask(V2, "--order", str(n))["links"] for n in (2, 3))
    return square[2][1], cube[2][1], cube[0][1], cube[3][3]


def healing() -> Numbers:
    """Return the course after 1, 5 and 20 steps of a loss of 0.1 in the second sector that heals."""
    course = ask(V4, "--lost", "s2=0.1", "--steps", "100", "--recovery", "0.2", "--healing")["course"]
    return [*course[1], *course[5], *course[20], *course[100]]


CASES = (
    Case("Two subsystems, c* = (0, 0.6)", HAIMES, COMMAND, (0.571, 0.714), 0.001,
         lambda: ask(V1, "--lost", "s2=0.6")["inoperability"], "as printed"),
    Case("Four subsystems, c* = (0, 0.5, 0, 0), capped at 1", HAIMES, COMMAND, (0.70, 0.78, 1, 1), 0.01,
         lambda: ask(V2, "--lost", "s2=0.5")["inoperability"], "as printed"),
    Case("Two sectors, c* = (0, 0.1)", LIAN, COMMAND, (0.066, 0.112), 0.001,
         lambda: ask(V4, "--lost", "s2=0.1")["inoperability"], "as printed"),
    Case("Links of order 2 and 3", HAIMES, COMMAND, (0.9, 0.288, 0.324, 0), 0.001, second_and_third, "as printed"),
    Case("Dynamic: a lasting loss comes to the static answer after 100 steps", LIAN, COMMAND, (0.066007, 0.112211),
         1e-6, lambda: ask(V4, "--lost", "s2=0.1", "--steps", "100")["course"][-1], "as printed"),
    Case("Dynamic recovery: the sector that was not hit rises first, then both heal (steps 1, 5, 20, 100)", LIAN,
         COMMAND, (0.008356, 0.082779, 0.020507, 0.039678, 0.006263, 0.003336, 0, 0), 1e-6, healing,
         "six digits"),
)  # fmt: skip
