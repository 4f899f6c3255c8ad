"""The small values that a map is written in: texts in two languages, figures with their source, durations.

Every model here and in schema.py is frozen and refuses fields that it does not know.
"""

import datetime as dt
from typing import Annotated, Literal, Self

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints, model_validator

from resilience.base.language import Language, language
from resilience.base.units import parse_duration

UNKNOWN = "unknown"
Unknown = Literal["unknown"]

Slug = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=80)]
"""A stable, readable id: small letters, digits and single hyphens."""

Line = Annotated[str, StringConstraints(min_length=1, max_length=2000)]


def _minutes(value: object) -> object:
    if isinstance(value, str) and value != UNKNOWN:
        return parse_duration(value)
    if isinstance(value, int):
        msg = "a duration needs a unit, for example 30m, 4h or 2d"
        raise ValueError(msg)  # noqa: TRY004 - pydantic turns ValueError, not TypeError, into a fault
    return value


Minutes = Annotated[int, BeforeValidator(_minutes), Field(ge=0)]
"""Whole minutes; written as a duration such as 4h30m."""

PerCent = Annotated[int, Field(ge=0, le=100, strict=True)]
Level = Annotated[int, Field(ge=1, le=100, strict=True)]
Count = Annotated[int, Field(ge=0, strict=True)]

Tlp = Literal["CLEAR", "GREEN", "AMBER", "AMBER+STRICT", "RED"]
"""Traffic Light Protocol 2.0 of FIRST: who may see this."""

Confidence = Literal["confirmed", "one_sided", "assumed", "derived"]
"""confirmed: both ends said so; one_sided: one end; assumed: an estimate; derived: computed from other figures."""

ComponentKind = Literal["function", "service", "application", "infrastructure", "facility"]

SourceKind = Literal["document", "interview", "scan", "exercise", "incident", "assumption"]


class Frozen(BaseModel):
    """A value that never changes and has no field beyond those named."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Text(Frozen):
    """A text in Dutch and in English."""

    nl: Line
    en: Line

    def __str__(self) -> str:
        """Return the text in the current language."""
        return self.within(language())

    def within(self, chosen: Language) -> str:
        """Return the text in *chosen*."""
        return self.nl if chosen == "nl" else self.en


class Source(Frozen):
    """Where figures come from; a figure names its source by id and may override what differs for it."""

    id: Slug
    kind: SourceKind
    reference: Line
    """Title and, where it is public, the address."""
    date: dt.date
    by: Line
    """The role that recorded it, never a person's name."""
    confidence: Confidence
    review_by: dt.date | None = None
    tlp: Tlp = "CLEAR"
    note: Line | None = None


class Provenance(Frozen):
    """Who says so: the fields that a need and every figure carry."""

    source: Slug
    confidence: Confidence | None = None
    """None: as the source says."""
    date: dt.date | None = None
    by: Line | None = None
    review_by: dt.date | None = None
    tlp: Tlp | None = None
    note: Line | None = None

    @property
    def is_unknown(self) -> bool:
        """Whether this is a figure that nobody knows."""
        said = self.__dict__  # asking a model for a field that it has not is slow
        return said.get("value") == UNKNOWN or said.get("unknown") is True


class DurationFigure(Provenance):
    """A duration of at least zero minutes, or ``unknown``."""

    value: Minutes | Unknown


class PerCentFigure(Provenance):
    """A whole per cent 0..100, or ``unknown``."""

    value: PerCent | Unknown


class CountFigure(Provenance):
    """A whole number of at least zero, or ``unknown``."""

    value: Count | Unknown


class DistributionFigure(Provenance):
    """A duration that is drawn: exactly one of fixed, min/likely/max (triangular), exponential, empirical, unknown.

    *exponential* is the mean; *empirical* lists observed durations, each as likely as the next.
    """

    fixed: Minutes | None = None
    min: Minutes | None = None
    likely: Minutes | None = None
    max: Minutes | None = None
    exponential: Minutes | None = None
    empirical: Annotated[tuple[Minutes, ...], Field(min_length=1, max_length=1000)] | None = None
    unknown: Literal[True] | None = None

    @model_validator(mode="after")
    def _one_shape(self) -> Self:
        triangle = (self.min, self.likely, self.max)
        shapes = [
            self.fixed is not None,
            any(corner is not None for corner in triangle),
            self.exponential is not None,
            self.empirical is not None,
            self.unknown is not None,
        ]
        if sum(shapes) != 1:
            msg = "give exactly one of fixed; min, likely and max; exponential; empirical; unknown"
            raise ValueError(msg)
        if shapes[1]:
            if self.min is None or self.likely is None or self.max is None:
                msg = "a triangular duration needs min, likely and max"
                raise ValueError(msg)
            if not self.min <= self.likely <= self.max:
                msg = "min must be at most likely, and likely at most max"
                raise ValueError(msg)
        return self


class RequiredCapable(Frozen):
    """What is asked and what is reached, always as a pair: a gap between them is a finding."""

    required: DurationFigure | None = None
    capable: DurationFigure | None = None
