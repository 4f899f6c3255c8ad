"""The words for what a choice saves, the same on paper, in a command and on a screen; resident-hours, plus is saved."""

from resilience.base.language import _, number
from resilience.exercise.evaluation.counterfactuals import Counterfactual
from resilience.exercise.evaluation.course import Course
from resilience.exercise.evaluation.paired import Band, Paired


def signed(value: int) -> str:
    """Return a difference with its sign and its thousands apart."""
    return f"+{number(value)}" if value > 0 else number(value).replace("-", "−")


def left_out_words(played: Course, one: Counterfactual) -> str:
    """Return which decision was left out, or that all were."""
    return _("nothing decided") if one.decision is None else played.title(one.decision)


def band_words(band: Band | None) -> str:
    """Return a band as "−300 … +2,500"."""
    if band is None:
        return ""
    return signed(band.low) if band.low == band.high else f"{signed(band.low)} … {signed(band.high)}"


def better_words(band: Band | None) -> str:
    """Return which choice is better, as far as the band says so."""
    if band is None:
        return ""
    return {
        "better": _("the other choice"),
        "worse": _("what was decided"),
        "same": _("no difference"),
        "unknown": _("unknown which is better"),
    }[band.verdict]


def how_words(paired: Paired | None) -> str:
    """Return how the band was made and how to read it."""
    if paired is None:
        return _("It was stopped before any try was done.")
    return _(
        "Plus is resident-hours saved. {number} tries: in each, both sides have the same luck and the same draw of the "
        "figures that nobody confirmed. The band is the middle 90 per cent of the differences; where it holds zero, it "
        "is unknown which is better.",
        number=number(paired.tries),
    )
