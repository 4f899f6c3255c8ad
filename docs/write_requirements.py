"""Writes what city practice asks of such a program, with where it is answered, from ``requirements.yaml``.

python docs/write_requirements.py      writes requirements.md
"""
# ruff: noqa: INP001 - a script beside the documents, not a package

from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Literal

import yaml
from pydantic import Field, TypeAdapter, model_validator

from city_model.values import Frozen, Line
from resilience.base.files import write_text

HERE = Path(__file__).parent
ROOT = HERE.parent
SOURCE = HERE / "requirements.yaml"
PAGE = HERE / "requirements.md"
NUMBER = 53
"""How many questions there are; none is ever taken away."""
State = Literal["answered", "partly", "not yet"]
SIGNS: dict[State, str] = {"answered": "✓ answered", "partly": "◐ partly", "not yet": "○ not yet"}
INTRO = """\
# What city practice asks, and where it is answered

The questions that city practice asks of such a program: officials, partners and residents, in their own terms.
Each says where the answer stands, or what is lacking; a test looks up every place on this page.
"""


class Place(Frozen):
    """One place where an answer stands: exactly one of these."""

    command: Line | None = None
    """A command line, from ``resilience`` on."""
    file: Line | None = None
    """A path from the root of the project; behind ``#`` the id of something in it."""
    section: Line | None = None
    """``report/anchor``: a report of ``resilience report``, and a section of it."""
    field: Line | None = None
    """``Model.field`` of a city or scenario file."""
    test: Line | None = None
    """``path::function``."""

    @model_validator(mode="after")
    def _one(self) -> "Place":
        if len(self.model_fields_set) != 1:
            msg = "a place is exactly one of command, file, section, field, test"
            raise ValueError(msg)
        return self

    @property
    def kind(self) -> str:
        """Which of them it is."""
        return next(iter(self.model_fields_set))

    @property
    def value(self) -> str:
        """What it says."""
        return str(getattr(self, self.kind))


class Requirement(Frozen):
    """One question, with where it is answered."""

    row: Annotated[int, Field(ge=1, le=NUMBER)]
    nl: Line
    en: Line
    state: State
    how: Line | None = None
    lacks: Line | None = None
    """What is missing; only where it is not wholly answered."""
    places: tuple[Place, ...]

    @model_validator(mode="after")
    def _honest(self) -> "Requirement":
        if (self.state == "answered") != (self.lacks is None):
            msg = "what is answered lacks nothing, and what is not says what it lacks"
            raise ValueError(msg)
        if self.state != "not yet" and not (self.places and self.how):
            msg = "an answer says how and where"
            raise ValueError(msg)
        return self


def requirements() -> tuple[Requirement, ...]:
    """Return every question, in order."""
    return TypeAdapter(tuple[Requirement, ...]).validate_python(yaml.safe_load(SOURCE.read_text(encoding="utf-8")))


def page() -> str:
    """Return the page, in Markdown."""
    every = requirements()
    counts = ", ".join(f"{sum(one.state == state for one in every)} {state}" for state in SIGNS)
    return "\n".join([INTRO, f"Of {len(every)} questions: {counts}.", "", *_table(every)]) + "\n"


def main() -> None:
    """Write the page."""
    write_text(PAGE, page())


def _table(every: tuple[Requirement, ...]) -> Iterator[str]:
    yield "| # | Question | State | Answer |"
    yield "|---|---|---|---|"
    for one in every:
        answer = [part for part in (one.how, f"**Lacking:** {one.lacks}" if one.lacks else None) if part]
        answer += map(_link, one.places)
        yield f"| {one.row} | {one.en}<br>*{one.nl}* | {SIGNS[one.state]} | {'<br>'.join(answer)} |"


def _link(place: Place) -> str:
    if place.kind == "file":
        path, _hash, item = place.value.partition("#")
        target = Path(path).relative_to("docs") if path.startswith("docs/") else f"../{path}"
        return f"[{path}]({target})" + (f", `{item}`" if item else "")
    if place.kind == "test":
        path, _colons, name = place.value.partition("::")
        return f"test [{name}](../{path})"
    if place.kind == "section":
        report, _slash, key = place.value.partition("/")
        return f"section `{key}` of `resilience report {report}`"
    return f"`{place.value}`" if place.kind == "command" else f"field `{place.value}`"


if __name__ == "__main__":
    main()
