"""A city that grows: how many residents it has in a year, and the map with everything counted for that many.

A year between two that the map names lies on the line between them; before the first and after the last the map says
nothing. The figures of the map are of the year in which its newest source was recorded.
"""

from city_model.confidence import figure_confidence, weakest
from city_model.schema import City, Component, District
from city_model.values import Confidence, CountFigure
from resilience.base.language import _
from resilience.base.problems import InputError


def residents_in(city: City, year: int) -> tuple[int, Confidence]:
    """Return how many residents *city* has in *year*, and how sure that is.

    Raises InputError when the map says nothing of that year.
    """
    known = {
        one.year: (one.residents.value, figure_confidence(city, one.residents))
        for one in city.population
        if isinstance(one.residents.value, int)
    }
    if not known:
        what = _("the map of {city} does not say how many residents it has", city=city.name)
        raise InputError.because(what, _("add population to its city.yaml"))
    first, last = min(known), max(known)
    if not first <= year <= last:
        what = _("the map of {city} does not say how many residents it has in {year}", city=city.name, year=year)
        raise InputError.because(what, _("give a year from {first} to {last}", first=first, last=last))
    before = max(named for named in known if named <= year)
    after = min(named for named in known if named >= year)
    if before == after:
        return known[year]
    (low, low_sure), (high, high_sure) = known[before], known[after]
    return low + (high - low) * (year - before) // (after - before), weakest(["derived", low_sure, high_sure])


def year_of_figures(city: City) -> int:
    """Return the year that the figures of the map are of."""
    return max(source.date.year for source in city.sources)


def in_year(city: City, year: int) -> City:
    """Return *city* with the residents of every component and district in proportion to those of the city in *year*.

    Raises InputError when the map says nothing of that year, or of the year of its own figures.
    """
    now, sure_now = residents_in(city, year_of_figures(city))
    then, sure_then = residents_in(city, year)

    def grown(figure: CountFigure | None) -> CountFigure | None:
        if figure is None or not isinstance(figure.value, int):
            return figure
        sure = weakest(["derived", sure_now, sure_then, figure_confidence(city, figure)])
        return figure.model_copy(update={"value": figure.value * then // now, "confidence": sure})

    def component(one: Component) -> Component:
        return one.model_copy(update={"residents": grown(one.residents), "vulnerable": grown(one.vulnerable)})

    def district(one: District) -> District:
        return one.model_copy(update={"residents": grown(one.residents)})

    changed = {
        "components": tuple(map(component, city.components)),
        "districts": tuple(map(district, city.districts)),
    }
    return City(**{name: changed.get(name, getattr(city, name)) for name in City.model_fields})
