"""Checks of what one component says about itself: groups, bounds of figures, where functions stand.

The bounds are those of docs/semantics.md, section "Fields and defaults", and the list of what is refused there.
"""

from collections.abc import Callable, Iterator

from city_model.draft import Draft, DraftNeed, Item, Placed, needs_in
from city_model.schema import Component, Need
from city_model.values import CountFigure, DistributionFigure, DurationFigure, PerCentFigure
from resilience.base.language import _
from resilience.base.problems import Problem

Figure = CountFigure | DurationFigure | PerCentFigure


def needs_itself(draft: Draft) -> Iterator[Problem]:
    """A component cannot hold itself up, nor can its fallback; a repair may need it (a repair circle is found)."""
    for component, item in _all_needs(draft):
        if item.role in {"level", "fallback"}:
            for path, provider in _providers(item.need.value):
                if provider == component.value.id:
                    what = _("the component '{id}' needs itself", id=provider)
                    yield item.need.problem(*path, what=what, repair=_("name what it really needs, or remove this"))


def provider_twice(draft: Draft) -> Iterator[Problem]:
    """Each provider counts once in a group."""
    for _component, item in _all_needs(draft):
        met: set[str] = set()
        for path, provider in _providers(item.need.value):
            if provider in met:
                what = _("the provider '{id}' stands twice in one need", id=provider)
                yield item.need.problem(*path, what=what, repair=_("name it once"))
            met.add(provider)


def too_many_needed(draft: Draft) -> Iterator[Problem]:
    """``at_least`` is at most the number of providers."""
    for _component, item in _all_needs(draft):
        need = item.need.value
        if need.at_least is not None and need.at_least > len(need.providers):
            what = _("at least {wanted} of {number} providers can never be met", wanted=need.at_least,
                     number=len(need.providers))  # fmt: skip
            repair = _("write a number from 1 to {number}", number=len(need.providers))
            yield item.need.problem("at_least", what=what, repair=repair)


def shares_too_small(draft: Draft) -> Iterator[Problem]:
    """Shares together carry the whole need; more is spare capacity (rule 3.2)."""
    for _component, item in _all_needs(draft):
        together = sum((item.need.value.shares or {"": 100}).values())
        if together < 100:
            what = _("these shares are {sum} per cent together", sum=together)
            repair = _("let them add up to at least 100; more than 100 is spare capacity")
            yield item.need.problem("shares", what=what, repair=repair)


def need_figures(draft: Draft) -> Iterator[Problem]:
    """Strength 0 is no need (rule 3.5); an empty buffer takes time to refill (rule 5.3)."""
    for _component, item in _all_needs(draft):
        need = item.need.value
        if need.strength and need.strength.value == 0:
            what = _("a strength of 0 says that this is not needed")
            repair = _("remove this need, or write 1 to 100 per cent")
            yield item.need.problem("strength", "value", what=what, repair=repair)
        if need.recharge and need.recharge.value == 0:
            what = _("a buffer cannot recharge in no time")
            repair = _("write at least 1m, or remove the line: then it takes as long as the buffer lasts")
            yield item.need.problem("recharge", "value", what=what, repair=repair)


def component_figures(draft: Draft) -> Iterator[Problem]:
    """Levels and backlog keep within the bounds of the engine."""
    for component in draft.components:
        value = component.value
        yield from _within(component, ("minimum_level",), value.minimum_level, 1, 100)
        yield from _within(component, ("catch_up_level",), value.catch_up_level, 1, 99)
        yield from _within(component, ("backlog",), value.backlog, 0, 1000)
        if value.fallback:
            yield from _within(component, ("fallback", "level"), value.fallback.level, 1, 100)
        people, vulnerable = _number(value.residents), _number(value.vulnerable)
        if people is not None and vulnerable is not None and vulnerable > people:
            what = _("{vulnerable} vulnerable residents are more than the {people} residents served",
                     vulnerable=vulnerable, people=people)  # fmt: skip
            yield component.problem("vulnerable", "value", what=what, repair=_("correct one of the two"))


def detection_is_a_duration(draft: Draft) -> Iterator[Problem]:
    """Detection takes time, and neither a team nor needs (rule 7.1)."""
    for component in draft.components:
        detection = component.value.detection
        for field in ("team", "needs"):
            if detection and getattr(detection, field):
                what = _("detection takes a duration only, no {field}", field=field)
                yield component.problem("detection", field, what=what, repair=_("move it to repair, or remove it"))


def path_figures(draft: Draft) -> Iterator[Problem]:
    """An access path leads elsewhere, takes at least a minute, and succeeds at most 1000 times in 1000."""
    for path in draft.access_paths:
        if path.value.origin == path.value.target:
            what = _("this access path leads from '{id}' to itself", id=path.value.origin)
            yield path.problem("target", what=what, repair=_("name another component, or remove the path"))
        yield from _within(path, ("success",), path.value.success, 0, 1000)
        if path.value.delay and 0 in _minutes_in(path.value.delay):
            what = _("moving along an access path takes at least one minute")
            yield path.problem("delay", what=what, repair=_("write 1m or more"))


def functions_in_place(draft: Draft) -> Iterator[Problem]:
    """City functions stand in city.yaml under ``functions``, and nothing else stands there."""
    for component in draft.components:
        listed = component.path[0] == "functions"
        if listed and component.value.kind != "function":
            what = _("what stands under functions is a city function, and this is of kind {kind}",
                     kind=component.value.kind)  # fmt: skip
            repair = _("write kind: function, or move it to the file of its organisation")
            yield component.problem("kind", what=what, repair=repair)
        if not listed and component.value.kind == "function":
            what = _("a city function stands in the file of an organisation")
            yield component.problem("kind", what=what, repair=_("move it to functions in city.yaml"))


def functions_without_needs(draft: Draft) -> Iterator[Problem]:
    """A city function that needs nothing could never be hit: its chain is missing from the map."""
    for component in draft.components:
        if component.value.kind == "function" and not component.value.needs:
            what = _("the city function '{id}' needs nothing, so that nothing can affect it", id=component.value.id)
            yield component.problem(what=what, repair=_("add needs with the components that it rests on"))


def _all_needs(draft: Draft) -> Iterator[tuple[Placed[Component], DraftNeed]]:
    for component in draft.components:
        for item in needs_in(component):
            yield component, item


def _providers(need: Need) -> Iterator[tuple[tuple[str | int, ...], str]]:
    """Yield each provider with its path inside the need."""
    for number, provider in enumerate(need.provider_ids):
        yield (("providers", number) if need.providers else ("shares", provider)), provider


def _within(
    owner: Placed[Item], path: tuple[str, ...], figure: Figure | None, low: int, high: int
) -> Iterator[Problem]:
    number = _number(figure)
    if number is not None and not low <= number <= high:
        what = _("{value} is out of bounds", value=number)
        yield owner.problem(*path, "value", what=what, repair=_("write {low} to {high}", low=low, high=high))


def _number(figure: Figure | None) -> int | None:
    return figure.value if figure and isinstance(figure.value, int) else None


def _minutes_in(duration: DistributionFigure) -> tuple[int | None, ...]:
    return (duration.fixed, duration.min, duration.exponential, *(duration.empirical or ()))


FIGURE_CHECKS: tuple[Callable[[Draft], Iterator[Problem]], ...] = (
    needs_itself,
    provider_twice,
    too_many_needed,
    shares_too_small,
    need_figures,
    component_figures,
    detection_is_a_duration,
    path_figures,
    functions_in_place,
    functions_without_needs,
)
