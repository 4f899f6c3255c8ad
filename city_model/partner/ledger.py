"""What partners said, and where that does not agree: two files in a folder of the city that no map is read from.

Both answers to a question stay on record, whoever was right. A conflict stays until it is settled.
"""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final, Literal, TypeVar

from pydantic import BaseModel

from city_model.partner.given import Verdict
from city_model.partner.kinds import Plain
from city_model.partner.pack import Owner
from city_model.values import Frozen, Line, Slug, Text, Tlp
from city_model.yaml_source import validate
from city_model.yaml_writer import entry_text, plain
from resilience.base.files import read_text
from resilience.base.problems import InputError

FOLDER: Final = "partner"
"""Inside the folder of a city; the loader reads no folders there."""
ANSWERS: Final = "answers.yaml"
CONFLICTS: Final = "conflicts.yaml"
Settled = Literal["ours", "theirs"]
Model = TypeVar("Model", bound=BaseModel)

_HEADER: Final = "# Wordt bijgehouden door / kept by: resilience city merge\n"


class Answer(Frozen):
    """The last thing that one organisation said about one thing."""

    target: Line
    organisation: Slug
    verdict: Verdict
    value: str | None = None
    """As people write it."""
    date: dt.date
    by: Line
    remark: Line | None = None
    settled: Settled | None = None
    """How a conflict about it ended."""


class Conflict(Frozen):
    """Two answers that do not agree."""

    key: Line
    about: Text
    asks: Text
    kind: Literal["value", "denied"]
    owner: Owner
    id: Line
    path: Line
    ours: Line
    """What the map says."""
    ours_by: Line
    """The organisation that said so by its id, or the role that made the estimate."""
    ours_remark: Line | None = None
    theirs: Line
    organisation: Slug
    by: Line
    date: dt.date
    tlp: Tlp
    value: str | int | dict[str, str] | None = None
    """What the map would say."""
    remark: Line | None = None


class _Answers(Frozen):
    answers: tuple[Answer, ...] = ()


class _Conflicts(Frozen):
    conflicts: tuple[Conflict, ...] = ()


@dataclass
class Ledger:
    """What was said and what is open; changed while a merge is worked out, written when it is applied."""

    answers: dict[tuple[str, str], Answer] = field(default_factory=dict)
    """By target and organisation."""
    conflicts: dict[str, Conflict] = field(default_factory=dict)
    """By key."""

    def about(self, target: str) -> list[Answer]:
        """Return what everybody said about *target*."""
        return [answer for (about, _who), answer in self.answers.items() if about == target]

    def add(self, answer: Answer) -> None:
        """Keep *answer* in the place of what that organisation said before."""
        self.answers[answer.target, answer.organisation] = answer

    def texts(self) -> dict[str, str]:
        """Return the text of both files, by name."""
        said = [plain(self.answers[key]) for key in sorted(self.answers)]
        open_ones = [plain(self.conflicts[key]) for key in sorted(self.conflicts)]
        return {
            ANSWERS: _HEADER + "\n".join(entry_text("answers", said, "")) + "\n",
            CONFLICTS: _HEADER + "\n".join(entry_text("conflicts", open_ones, "")) + "\n",
        }


def read_ledger(city: Path) -> Ledger:
    """Return the ledger in the folder of *city*; an empty one where there is none."""
    answers = _read(_Answers, city / FOLDER / ANSWERS)
    conflicts = _read(_Conflicts, city / FOLDER / CONFLICTS)
    return Ledger(
        {(answer.target, answer.organisation): answer for answer in (answers.answers if answers else ())},
        {conflict.key: conflict for conflict in (conflicts.conflicts if conflicts else ())},
    )


def shown_value(value: Plain | None) -> str:
    """Return *value* as people write it."""
    if isinstance(value, Mapping):
        return " / ".join(value.values())
    return "" if value is None else str(value)


def _read(model: type[Model], path: Path) -> Model | None:
    if not path.is_file():
        return None
    content, problems = validate(model, read_text(path), str(path))
    if problems:
        raise InputError(problems)
    return content
