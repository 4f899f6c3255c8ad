"""What measures save and cost, in the words of the screen and the page."""

from city_model.schema import City
from reports.words import number, rough
from resilience.analysis.choose import Choice, Judged, Portfolio
from resilience.analysis.city_plan import RESIDENT_HOUR
from resilience.analysis.measures import Cost, Saving
from resilience.base.language import _, ngettext
from resilience.simulation.explain import name_of

THOUSAND = 1000


def hours(lost: int) -> str:
    """Return a loss or saving in resident-hours as a person would say it."""
    sign = "−" if lost < 0 else ""
    return sign + rough(abs(lost) // RESIDENT_HOUR)


def euros(amount: int) -> str:
    """Return an amount of whole euros."""
    return f"€\N{NO-BREAK SPACE}{number(amount)}"


def cost_words(cost: Cost) -> str:
    """Return what a measure costs over the years; what is not known is said."""
    if cost.total is not None:
        return euros(cost.total)
    return _("unknown") if cost.known == 0 else _("{known} or more", known=euros(cost.known))


def for_a_thousand(saved: int, cost: int) -> str:
    """Return the resident-hours that a thousand euros save."""
    return "–" if cost == 0 else rough(saved * THOUSAND // cost // RESIDENT_HOUR) if saved > 0 else "0"


def most_for(choice: Choice, city: City, saving: Saving) -> str:
    """Return the function that a measure saves most for."""
    saved = saving.by_function
    best = max(range(len(saved)), key=lambda place: saved[place])
    return name_of(city, choice.functions[best]) if saved[best] > 0 else "–"


def what_was_run(choice: Choice) -> str:
    """Return how many runs this rests on, and how it was counted."""
    runs = ngettext("{number} run", "{number} runs", choice.runs)
    scenarios = ngettext("{number} scenario", "{number} scenarios", len(choice.scenarios))
    said = _(
        "{measures} measures, each tried in the same {runs} of {scenarios}, as if taken before anything happened. "
        "Without any of them {lost} resident-hours are lost. Costs are once plus {years} years.",
        measures=len(choice.judged),
        runs=runs,
        scenarios=scenarios,
        lost=hours(choice.base.mean),
        years=choice.years,
    )
    if choice.runs < choice.asked_runs:
        said += " " + _("It was stopped early: {asked} runs were asked for.", asked=number(choice.asked_runs))
    return said


def portfolio_words(choice: Choice, portfolio: Portfolio) -> str:
    """Return what the best portfolio costs and saves, and how sure it is that there is no better one."""
    if not portfolio.ids:
        return _("Within {budget} no measure saves anything in these scenarios.", budget=euros(choice.budget or 0))
    if portfolio.saving is None:
        return _(
            "Within {budget}, if effects add up: {cost} saves {promised} resident-hours. It was stopped before the "
            "portfolio was simulated as a whole.",
            budget=euros(choice.budget or 0),
            cost=euros(portfolio.cost),
            promised=hours(portfolio.promised),
        )
    return (
        _(
            "Best within {budget}: {cost} saves {saved} resident-hours, {share}% of the loss.",
            budget=euros(choice.budget or 0),
            cost=euros(portfolio.cost),
            saved=hours(portfolio.saving.mean),
            share=100 * portfolio.saving.mean // max(1, choice.base.mean),
        )
        + f" {_how_exact(portfolio, portfolio.saving)}"
    )


def _how_exact(portfolio: Portfolio, saving: Saving) -> str:
    if portfolio.adds_up:
        return _(
            "Together they save what they save one by one, as far as these runs can tell; so no other choice within "
            "the budget saves more."
        )
    if saving.mean < portfolio.promised:
        said = _("One by one they would save {promised}: they overlap.", promised=hours(portfolio.promised))
    else:
        said = _("One by one they would save {promised}: they help each other.", promised=hours(portfolio.promised))
    if portfolio.searched_out:
        return said + " " + _("No single exchange saves more; that there is no better choice at all is not proven.")
    return said + " " + _("The search for a better choice was not finished.")


def idle(choice: Choice) -> tuple[Judged, ...]:
    """Return the measures that do not save anything that stands out from chance."""
    return tuple(one for one in choice.judged if not one.saving.stands_out)


def without_price(choice: Choice) -> tuple[Judged, ...]:
    """Return the measures that save something at a cost that nobody knows."""
    return tuple(one for one in choice.judged if one.saving.stands_out and one.cost.total is None)


def names(city: City) -> dict[str, str]:
    """Return the names of the measures."""
    return {measure.id: str(measure.name) for measure in city.measures}


def estimated_costs(city: City) -> int:
    """Return how many of the costs in the map nobody confirmed."""
    costs = [figure for measure in city.measures for figure in (measure.cost_once, measure.cost_yearly) if figure]
    return sum(city.is_assumed(figure) for figure in costs)
