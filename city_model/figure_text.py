"""Figures and needs as people write them, in the current language."""

from city_model.schema import Need
from city_model.values import DistributionFigure, DurationFigure, Provenance
from resilience.base.language import _
from resilience.base.units import format_duration


def figure_words(figure: Provenance) -> str:
    """Return the value of a figure as people write it."""
    if isinstance(figure, DistributionFigure):
        return _distribution_words(figure)
    value = getattr(figure, "value", None)
    if value == "unknown":
        return _("unknown")
    return format_duration(int(str(value))) if isinstance(figure, DurationFigure) else str(value)


def group_words(need: Need) -> str:
    """Return the providers of a need by id, and how many of them are needed."""
    if need.shares:
        return ", ".join(f"{name} {share}%" for name, share in need.shares.items())
    names = ", ".join(need.providers)
    if need.at_least is None or need.at_least == len(need.providers):
        return names
    return _("{number} of: {names}", number=need.at_least, names=names)


def _distribution_words(figure: DistributionFigure) -> str:
    if figure.unknown:
        return _("unknown")
    if figure.fixed is not None:
        return format_duration(figure.fixed)
    if figure.exponential is not None:
        return _("{duration} on average", duration=format_duration(figure.exponential))
    if figure.empirical is not None:
        return _("one of {durations}", durations=", ".join(map(format_duration, figure.empirical)))
    corners = [format_duration(corner) for corner in (figure.min, figure.likely, figure.max) if corner is not None]
    return " / ".join(corners)
