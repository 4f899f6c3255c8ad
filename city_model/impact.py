"""What being without a city function does to people and money: ``impact.yaml`` in the folder of a city.

A harm grows with the time that residents are without; a cost runs for each hour. A city writes its own, or takes over
those of a theme that come with the program. Nearly all of it is assumption, and everything says where it comes from.
"""

from functools import cached_property
from itertools import pairwise
from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from city_model.values import Count, CountFigure, Frozen, Minutes, Provenance, Slug, Source, Text

IMPACT_FILE = "impact.yaml"
HarmKind = Literal["livelihood", "health", "trust"]
HARM_KINDS: tuple[HarmKind, ...] = ("livelihood", "health", "trust")


class Point(Frozen):
    """After so long without, so many are in trouble."""

    after: Minutes
    of_thousand: Annotated[int, Field(ge=0, le=1000, strict=True)]
    """Of every thousand residents who are without it that long."""


Curve = Annotated[tuple[Point, ...], Field(min_length=1)]


class Harm(Provenance):
    """One kind of harm that grows while residents are without a city function.

    Between two points lies a straight line; before the first nobody is harmed, after the last it grows no more.
    """

    id: Slug
    name: Text
    """Who is in trouble, in words that follow a number: "households that cannot pay"."""
    kind: HarmKind
    curve: Curve
    """Residents who are not vulnerable; those who are too, where *vulnerable* is left out."""
    vulnerable: Curve | None = None
    """Vulnerable residents."""
    people_each: CountFigure | None = None
    """How many residents one of the things counted stands for, such as 2 for a household; left out: 1."""

    @model_validator(mode="after")
    def _growing(self) -> Self:
        for curve in (self.curve, self.vulnerable or ()):
            for before, after in pairwise(curve):
                if after.after <= before.after or after.of_thousand < before.of_thousand:
                    msg = "the points of a curve must come later and later, and grow"
                    raise ValueError(msg)
        return self


class Cost(Provenance):
    """What it costs in euros while a city function does not work."""

    id: Slug
    name: Text
    per_hour: Count
    """For each hour in which it does nothing at all; half as much at half its level."""


class FunctionImpact(Frozen):
    """What being without one city function does."""

    function: Slug
    like: Slug | None = None
    """A theme whose harms and costs it takes over; those below come on top, and replace what has the same id."""
    harms: tuple[Harm, ...] = ()
    costs: tuple[Cost, ...] = ()


class ImpactFile(Frozen):
    """``impact.yaml``."""

    sources: tuple[Source, ...] = ()
    impacts: tuple[FunctionImpact, ...] = ()


class Theme(Frozen):
    """Harms and costs that are about the same for this kind of function in every city."""

    id: Slug
    name: Text
    harms: tuple[Harm, ...] = ()
    costs: tuple[Cost, ...] = ()


class Themes(Frozen):
    """``impact.yaml`` of the program."""

    sources: tuple[Source, ...]
    themes: tuple[Theme, ...]

    @cached_property
    def theme_by_id(self) -> dict[str, Theme]:
        """Every theme by its id."""
        return {theme.id: theme for theme in self.themes}


def per_thousand(curve: Curve, minutes: int) -> int:
    """Return how many of every thousand are in trouble after *minutes* without, rounded down."""
    if minutes < curve[0].after:
        return 0
    for before, after in pairwise(curve):
        if minutes < after.after:
            grown = (after.of_thousand - before.of_thousand) * (minutes - before.after)
            return before.of_thousand + grown // (after.after - before.after)
    return curve[-1].of_thousand
