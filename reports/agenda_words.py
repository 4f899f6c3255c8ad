"""What the most valuable questions rest on and what their answers change, in the words of the screen and the page."""

from reports.words import number, rough
from resilience.analysis.agenda import Item
from resilience.analysis.city_plan import RESIDENT_HOUR, CityPlan
from resilience.analysis.question import Questions, Share, Tried
from resilience.base.language import _, language
from resilience.simulation.explain import name_of
from scenarios.schema import Scenario


def worth_asking(found: Questions) -> list[Tried]:
    """Return what changes the outcome more than the luck of the runs could."""
    return [one for one in found.tried if one.swing(found.present) > one.half_width]


def what_was_run(plan: CityPlan, scenario: Scenario | None, found: Questions) -> str:
    """Return what the questions are about and how many runs they rest on."""
    if scenario is not None:
        what = _("What to ask before this happens: {scenario}.", scenario=scenario.name)
    else:
        names = ", ".join(name_of(plan.city, name) for name in found.failures)
        what = _("What to ask about the failures that cost residents most: {names}.", names=names)
    rests = _(
        "{drawn} figures that nobody confirmed can matter here; they were drawn together in {runs} runs, and those "
        "that stood out were tried one by one.",
        drawn=number(found.drawn),
        runs=number(found.runs),
    )
    early = ""
    if found.runs < found.asked_runs or found.untried or not found.tried:
        early = " " + _("It was stopped early: {untried} figures were not tried.", untried=found.untried)
    return f"{what} {rests}{early}"


def how_sure(found: Questions) -> str:
    """Return what a first-order effect and a try can and cannot say."""
    return _(
        "Each answer was tried with everything else as the map says, in {tries} runs with the same luck. A figure that "
        "matters only together with another can be missing here.",
        tries=found.tries,
    )


def changes_words(one: Tried, item: Item, found: Questions) -> str:
    """Return what the answers would change, in resident-hours."""
    return _(
        "If it is {low}: {lost_low} resident-hours lost; if it is {high}: {lost_high}. Now: {lost_now}. So the answer "
        "can change {swing} (± {half_width}).",
        low=item.low,
        high=item.high,
        lost_low=hours(one.low),
        lost_high=hours(one.high),
        lost_now=hours(found.present),
        swing=hours(one.swing(found.present)),
        half_width=hours(one.half_width),
    )


def share_words(share: Share) -> str:
    """Return which part of the spread goes with one figure."""
    decimal = "," if language() == "nl" else "."
    return f"{share.thousandths // 10}{decimal}{share.thousandths % 10}%"


def hours(lost: int) -> str:
    """Return a loss in resident-hours as a person would say it."""
    return rough(lost // RESIDENT_HOUR)
