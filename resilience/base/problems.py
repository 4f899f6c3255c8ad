"""What can be wrong with what a user hands in, or with a run.

ResilienceError
├── InputError   bad input or usage: exit code 2, one line per problem
└── RunError     the run itself failed (full disk, locked file): exit code 1
"""

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """One fault: where it is, what is wrong, and how to repair it.

    *line* and *column* count from 1; 0 means that the place inside the file is not known.
    """

    file: str
    line: int
    column: int
    path: str
    what: str
    repair: str

    def __str__(self) -> str:
        """Render as ``file:line:column: path: what: repair``, leaving out what is not known."""
        place = self.file
        if self.line:
            place += f":{self.line}:{self.column}"
        return ": ".join(part for part in (place, self.path, self.what, self.repair) if part)


class ResilienceError(Exception):
    """Root of every error that this program raises on purpose."""


class InputError(ResilienceError):
    """The user's input cannot be used; carries every problem found, never only the first."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(str(problem) for problem in self.problems))

    @classmethod
    def because(cls, what: str, repair: str, *, file: str = "") -> "InputError":
        """Return an error with one problem: *what* is wrong and how to *repair* it."""
        return cls([Problem(file, 0, 0, "", what, repair)])


class RunError(ResilienceError):
    """A run that was asked for correctly could not be finished; the message is one sentence."""
