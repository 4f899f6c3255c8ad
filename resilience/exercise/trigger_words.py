"""What an inject waits for, in words: the same on the console and on paper."""

from collections.abc import Callable

from city_model.schema import City
from resilience.base.language import _
from resilience.base.units import format_duration
from scenarios.schema import Condition, Scenario, Trigger


def waiting_words(trigger: Trigger, scenario: Scenario, city: City, moment: Callable[[int], str]) -> str:
    """Return what *trigger* waits for; *moment* says a minute. Empty for one that waits for nothing."""
    if trigger.undecided is not None:
        point = scenario.decision_by_id.get(trigger.undecided.decision)
        title = point.title if point else trigger.undecided.decision
        return _("'{title}' not decided by {time}", title=title, time=moment(trigger.undecided.by))
    parts = [_condition(condition, city, moment) for condition in trigger.conditions]
    return (_(" and ") if trigger.needs_all else _(" or ")).join(parts)


def _condition(condition: Condition, city: City, moment: Callable[[int], str]) -> str:
    component = city.component_by_id.get(condition.component)
    words = {
        "component": component.name if component else condition.component,
        "time": format_duration(condition.lasting),
    }
    if condition.below is not None:
        text = _("{component} below {level} for {time}", level=condition.below, **words)
    else:
        text = _("{component} at {level} or above for {time}", level=condition.at_least, **words)
    return (
        _("{condition}, from {time} on", condition=text, time=moment(condition.not_before))
        if (condition.not_before)
        else text
    )
