"""What an effect does to the city, in a few words."""

from collections.abc import Callable
from typing import Any

from city_model import effects as fx
from reports.naming import Names
from reports.words import counted_names, short_duration
from resilience.base.language import _
from resilience.base.units import MINUTES_PER_HOUR

_MOST_NAMES = 3


def effect_words(names: Names, effect: fx.Effect) -> str:
    """Return what *effect* does, such as "disconnect Identity and log-in"; a delay stands behind it."""
    words = _WORDS[type(effect)](names, effect)
    if not effect.delay:
        return words
    return _("{effect} (after {delay})", effect=words, delay=short_duration(effect.delay))


def _components(names: Names, effect: Any) -> str:  # noqa: ANN401 - any effect with components
    return counted_names([names.of(component) for component in effect.components], _MOST_NAMES)


def _selected(names: Names, effect: fx.Damage | fx.Infect | fx.Corrupt | fx.Expose) -> str:
    """Return what an effect selects by id; other ways of selecting are not spelt out."""
    ids = effect.select.ids
    return counted_names([names.of(one) for one in ids], _MOST_NAMES) if ids else _("the selected parts")


def _need(names: Names, key: str) -> str:
    """Return whose need *key* is, in the reader's words."""
    placed = names.view.need_by_key.get(key)
    if placed is None:
        return _("a dependency that is not shown")
    providers = " / ".join(names.of(provider) for provider in placed.need.provider_ids)
    return _("{dependent} (needs {providers})", dependent=names.of(placed.dependent), providers=providers)


def _routes(effect: Any) -> int:  # noqa: ANN401 - any effect with paths
    return len(effect.paths)


_Say = Callable[[Names, Any], str]
_WORDS: dict[type, _Say] = {
    fx.Damage: lambda n, e: _("{parts} limited to {cap}%", parts=_selected(n, e), cap=e.cap),
    fx.Infect: lambda n, e: _("malware at {parts}", parts=_selected(n, e)),
    fx.Corrupt: lambda n, e: _("data of {parts} suspect", parts=_selected(n, e)),
    fx.Expose: lambda n, e: _("data of {parts} leaked", parts=_selected(n, e)),
    fx.Isolate: lambda n, e: _("disconnect {parts}", parts=_components(n, e)),
    fx.Reconnect: lambda n, e: _("connect {parts} again", parts=_components(n, e)),
    fx.Close: lambda n, e: _("close {parts}", parts=_components(n, e)),
    fx.Reopen: lambda n, e: _("open {parts} again", parts=_components(n, e)),
    fx.EndDamage: lambda n, e: _("damage solved at {parts}", parts=_components(n, e)),
    fx.Priority: lambda n, e: _("repair order changed for {parts}", parts=_components(n, e)),
    fx.AddTeams: lambda n, e: _("{count} more: {team}", count=e.count, team=n.of(e.team)),
    fx.WithdrawTeams: lambda n, e: _("{count} fewer: {team}", count=e.count, team=n.of(e.team)),
    fx.Supply: lambda n, e: _(
        "{hours} hours of supply by other means for {need}",
        hours=max(1, round(e.minutes / MINUTES_PER_HOUR)),
        need=_need(n, e.need),
    ),
    fx.Prepare: lambda n, e: _("prepare the fallback of {parts}", parts=_components(n, e)),
    fx.ChooseRebuild: lambda n, e: _("rebuild {parts} instead of repairing", parts=_components(n, e)),
    fx.SwitchProvider: lambda n, e: _("{need}: switch to {new}", need=_need(n, e.need), new=n.of(e.new)),
    fx.AddProvider: lambda n, e: _("{need}: add {new}", need=_need(n, e.need), new=n.of(e.provider)),
    fx.Clean: lambda n, e: _("clean {parts} of malware", parts=_components(n, e)),
    fx.Verify: lambda n, e: _("verify the data of {parts}", parts=_components(n, e)),
    fx.ClosePath: lambda _names, e: _("access routes closed: {count}", count=_routes(e)),
    fx.OpenPath: lambda _names, e: _("access routes opened: {count}", count=_routes(e)),
    fx.Control: lambda _names, e: _("control on access routes: {count}", count=_routes(e)),
    fx.StartClock: lambda n, e: _("deadline starts: {clock}", clock=n.of(e.clock)),
    fx.MeetClock: lambda n, e: _("deadline met: {clock}", clock=n.of(e.clock)),
    fx.ExtendClock: lambda n, e: _("deadline moved: {clock}", clock=n.of(e.clock)),
    fx.SendMessage: lambda _names, e: _("message to {audience}", audience=e.audience),
}
