"""What `resilience city walk` shows beside the tree: the ways between two components, and what a filter keeps."""

from collections.abc import Sequence

from city_model.fault_words import choice
from city_model.losses import HOLDS, Effect, Losses
from city_model.map_filter import MapFilter
from city_model.naming import arrows
from city_model.paths import chain_paths
from city_model.schema import City
from city_model.words import confidence_word
from resilience.base.language import _
from resilience.base.problems import InputError
from resilience.base.units import format_duration
from resilience.cli.city.text import Page, Table


def ways_page(city: City, failing: str, felt: str) -> Page:
    """Return the ways along which the loss of *failing* reaches *felt*, and what it comes to."""
    effect = Losses(city).of(failing).get(felt, HOLDS)
    ways = chain_paths(city, failing, felt)
    rows = [
        (
            format_duration(way.minutes) if way.minutes else _("at once"),
            confidence_word(way.weakest),
            _("yes") if way.carries else _("no"),
            arrows(city, way.components),
        )
        for way in ways
    ]
    parts: list[str | Table] = [_outcome(city, failing, felt, effect, linked=bool(ways))]
    if rows:
        headers = (_("Buffers"), _("Weakest link"), _("Alone enough"), _("Way, from what fails to what feels it"))
        parts += ["", Table(headers, tuple(rows))]
    data: dict[str, object] = {
        "city": city.id,
        "failing": failing,
        "felt": felt,
        "reach": effect.reach,
        "minutes": effect.minutes,
        "weakest": effect.weakest,
        "paths": [way.to_json() for way in ways],
    }
    return Page(tuple(parts), data)


def chosen_components(
    city: City, name: str, kinds: Sequence[str], owners: Sequence[str], functions: Sequence[str]
) -> frozenset[str] | None:
    """Return the components that pass all filters, or None when there is none.

    Raises InputError for an organisation or city function that the city does not have.
    """
    _check(owners, list(city.organisation_by_id), _("organisation"), name)
    _check(functions, [function.id for function in city.functions], _("city function"), name)
    asked = MapFilter(kind=frozenset(kinds), organisation=frozenset(owners), function=frozenset(functions))
    return asked.chosen(city)


def _check(asked: Sequence[str], known: Sequence[str], thing: str, name: str) -> None:
    for one in asked:
        if one not in known:
            what = _("the {thing} '{id}' does not exist", thing=thing, id=one)
            see = _("see {command}", command=f"resilience city show {name}")
            raise InputError.because(what, choice(one, known) or see)


def _outcome(city: City, failing: str, felt: str, effect: Effect, *, linked: bool) -> str:
    """Return in a sentence what a total loss comes to when everything else works."""
    values: dict[str, object] = {"failing": city.component_by_id[failing].name, "felt": city.component_by_id[felt].name}
    if failing == felt:
        return _("{felt} is where the walk starts.", **values)
    if effect.minutes is not None and effect.weakest is not None:
        values |= {"time": format_duration(effect.minutes), "confidence": confidence_word(effect.weakest)}
        if effect.minutes == 0:
            return _("If {failing} fails, {felt} is lost at once (weakest link: {confidence}).", **values)
        return _("If {failing} fails, {felt} is lost after {time} (weakest link: {confidence}).", **values)
    if effect.reach == "weakened":
        return _("If {failing} fails, {felt} is weakened.", **values)
    if linked:
        return _("If {failing} fails, {felt} holds: elsewhere on each way something else is left.", **values)
    return _("{felt} does not depend on {failing} to run, in no way at all.", **values)
