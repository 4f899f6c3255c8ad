"""The tail of many runs in sentences: what its runs have in common, and how the worst differ from the middle one."""

from collections.abc import Callable

from resilience.analysis.draw_words import draw_words, figure_words, value_words
from resilience.analysis.tail import Difference, Factor
from resilience.base.language import _
from resilience.base.units import MINUTES_PER_DAY, MINUTES_PER_HOUR, format_duration
from resilience.simulation.explain import name_of
from resilience.simulation.luck import Purpose
from resilience.simulation.model import Model

When = Callable[[int], str]
"""Says a minute of the run."""
CHANCES = frozenset({Purpose.PATH_SUCCESS, Purpose.DETONATES, Purpose.INCIDENT_HITS})
"""Draws that decide whether something happens; the lower they are the sooner it does."""


def factor_words(model: Model, factor: Factor) -> str:
    """Return what was drawn otherwise in the tail, and how."""
    what = draw_words(model, factor.draw)
    figure = factor.draw.figure
    if figure is not None and factor.value is not None:
        said = value_words(figure.field, figure.likely)
        average = value_words(figure.field, factor.value)
        if factor.place > 50:
            return _(
                "{what}: drawn high, {average} on average; the map says {said}", what=what, average=average, said=said
            )
        return _("{what}: drawn low, {average} on average; the map says {said}", what=what, average=average, said=said)
    if factor.draw.purpose in CHANCES:
        if factor.place < 50:
            return _("{what}: more often yes than in all runs", what=what)
        return _("{what}: more often no than in all runs", what=what)
    if factor.place > 50:
        return _("{what}: longer than in {share}% of all runs, on average", what=what, share=factor.place)
    return _("{what}: shorter than in {share}% of all runs, on average", what=what, share=100 - factor.place)


def difference_words(model: Model, difference: Difference, when: When) -> str:  # noqa: PLR0911 - one case a kind
    """Return in one sentence how a run differs from the middle run."""
    here, middle = difference.here or 0, difference.middle or 0
    figure = difference.figure
    if figure is not None:
        values = {"here": value_words(figure.field, here), "middle": value_words(figure.field, middle)}
        return _("Drawn far out: {what} is {here}; the map says {middle}.", what=figure_words(model, figure), **values)
    name = name_of(model.city, difference.subject)
    at: dict[str, object] = {"component": name, "when": when(here)}
    took: dict[str, object] = {"component": name, "here": roughly(here), "middle": roughly(middle)}
    match difference.kind:
        case "foothold":
            return _("The malware gets into {component} at {when}; in the middle run it does not.", **at)
        case "hit":
            return _("{component} is hit itself at {when}; in the middle run it is not.", **at)
        case "backup":
            return _("The backup of {component} is lost at {when}; in the middle run it is not.", **at)
        case "fallback":
            return _("The fallback of {component} is used up at {when}; in the middle run it is not.", **at)
        case "rebuild":
            return _(
                "{component} must be rebuilt, which takes {here}; in the middle run the work takes {middle}.", **took
            )
        case "wait":
            return _("The repair of {component} waits {here} for crew or needs; in the middle run {middle}.", **took)
        case _:
            return _("The repair of {component} takes {here}; in the middle run {middle}.", **took)


def roughly(minutes: int) -> str:
    """Return a duration as people compare it: whole hours from a day on."""
    whole = minutes if minutes < MINUTES_PER_DAY else (minutes + 30) // MINUTES_PER_HOUR * MINUTES_PER_HOUR
    return format_duration(whole)
