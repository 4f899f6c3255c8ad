"""Checks of ``impact.yaml``: of a function that is there, once, like a known theme, with ids that stand once."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from city_model.draft import Draft, Placed
from city_model.fault_words import choice
from city_model.impact_themes import reference_themes
from resilience.base.language import _
from resilience.base.problems import Problem

if TYPE_CHECKING:
    from city_model.impact import FunctionImpact


def impacts_of_functions(draft: Draft) -> Iterator[Problem]:
    """An impact is about a city function, and each function has one."""
    components = {component.value.id for component in draft.components}
    functions = {component.value.id for component in draft.components if component.value.kind == "function"}
    first: dict[str, Placed[FunctionImpact]] = {}
    for impact in draft.impacts:
        name = impact.value.function
        if name not in functions:
            known = _("'{id}' is a component, not a city function", id=name)
            what = known if name in components else _("there is no city function '{id}'", id=name)
            yield impact.problem("function", what=what, repair=choice(name, sorted(functions)) or _("remove this"))
        elif name in first:
            what = _("the impact of '{id}' stands here a second time", id=name)
            what += " " + _("(the first is {place})", place=first[name].place)
            yield impact.problem("function", what=what, repair=_("make one of the two"))
        first.setdefault(name, impact)


def impacts_like_a_theme(draft: Draft) -> Iterator[Problem]:
    """What is taken over comes from a theme of the program; without a theme there is something of its own."""
    known = reference_themes().theme_by_id
    for impact in draft.impacts:
        like = impact.value.like
        if like is not None and like not in known:
            what = _("there is no theme '{id}'", id=like)
            yield impact.problem("like", what=what, repair=choice(like, known))
        if like is None and not impact.value.harms and not impact.value.costs:
            what = _("this says nothing")
            yield impact.problem("function", what=what, repair=_("add like, harms or costs"))


def impact_ids(draft: Draft) -> Iterator[Problem]:
    """A harm, and a cost, stands once in an impact; what is counted stands for at least one resident."""
    for impact in draft.impacts:
        for field in ("harms", "costs"):
            seen: set[str] = set()
            for number, one in enumerate(getattr(impact.value, field)):
                if one.id in seen:
                    what = _("{id} is used twice", id=one.id)
                    yield impact.problem(field, number, "id", what=what, repair=_("give one of them another id"))
                seen.add(one.id)
        for number, harm in enumerate(impact.value.harms):
            if harm.people_each and harm.people_each.value == 0:
                what = _("one of them cannot stand for nobody")
                repair = _("write at least 1, or leave it out")
                yield impact.problem("harms", number, "people_each", "value", what=what, repair=repair)
