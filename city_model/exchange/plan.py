"""What an import would do to a city: what is new, what changes, what is in conflict; a value, so that it can be shown.

A figure that both sides confirmed is never overwritten by a file, nor is who owns something: both are shown side by
side and left to people.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from city_model.exchange.claims import Claim, Claims, Remark, Thing
from city_model.exchange.names import same_name
from city_model.schema import City
from city_model.yaml_writer import plain
from resilience.base.language import _

MISSING: Final = None
_NEVER: Final = ("organisation", "tlp")
"""Fields of something known that no file of others changes: where it belongs, and who may see it."""
_DEFAULTS: Final = {"tlp": "CLEAR"}
"""What a field means that stands nowhere, where a table may say it all the same."""
_ORDER: Final = ("name", "kind", "description")


@dataclass(frozen=True)
class Change:
    """One field of something on the map that gets another value, or one that it did not have."""

    thing: Thing
    id: str
    path: tuple[str, ...]
    before: Any
    """None: nothing stood there."""
    after: Any
    place: str


@dataclass(frozen=True)
class Conflict:
    """One field that stays as it is, with what the file says instead."""

    id: str
    path: tuple[str, ...]
    before: Any
    after: Any
    place: str
    why: str


@dataclass
class Plan:
    """Everything that an import would do."""

    source: dict[str, Any]
    new: list[Claim] = field(default_factory=list)
    changes: list[Change] = field(default_factory=list)
    needs: list[tuple[str, dict[str, Any]]] = field(default_factory=list)
    """Needs that something known gets besides those that it has, by its id."""
    conflicts: list[Conflict] = field(default_factory=list)
    same: int = 0
    """Things of which the file says nothing new."""
    remarks: list[Remark] = field(default_factory=list)
    sure: Mapping[str, str] = field(default_factory=dict)
    """How sure each source on the map is."""

    @property
    def is_empty(self) -> bool:
        """Whether nothing would be written."""
        return not (self.new or self.changes or self.needs)

    @property
    def source_is_named(self) -> bool:
        """Whether anything that would be written names the source of this import."""
        written = [*((claim.data, claim.defaults, claim.needs) for claim in self.new),
                   *(change.after for change in self.changes), *(need for _id, need in self.needs)]  # fmt: skip
        return any(name == self.source["id"] for value in written for name in _sources(value))


def plan_of(claims: Claims, city: City | None) -> Plan:
    """Return what *claims* would do to *city*; without a city everything is new."""
    sure = {source.id: source.confidence for source in city.sources} if city else {}
    plan = Plan(claims.source, remarks=list(claims.remarks), sure=sure)
    for claim in claims.things:
        if not claim.known or city is None:
            plan.new.append(claim)
            continue
        before = len(plan.changes), len(plan.needs), len(plan.conflicts)
        if claim.thing == "component":
            _plan_component(plan, claim, plain(city.component_by_id[claim.id]))
        else:
            _plan_fields(plan, claim, plain(city.organisation_by_id[claim.id]))
        plan.same += before == (len(plan.changes), len(plan.needs), len(plan.conflicts))
    named = set(
        _owners([(claim.data, claim.defaults) for claim in plan.new] + [change.after for change in plan.changes])
    )
    plan.new = [claim for claim in plan.new if not claim.only_if_named or claim.id in named]
    return plan


def record_of(claim: Claim) -> dict[str, Any]:
    """Return a new thing as it stands in a file: the usual fields first, its needs last."""
    data = {**claim.defaults, **claim.data}
    first: dict[str, Any] = {key: value for key in _ORDER if (value := data.get(key)) is not None}
    rest = {key: value for key, value in data.items() if key not in first}
    return {"id": claim.id, **first, **rest, **({"needs": claim.needs} if claim.needs else {})}


def _plan_component(plan: Plan, claim: Claim, now: Mapping[str, Any]) -> None:
    _plan_fields(plan, claim, now)
    known = {name for need in now.get("needs", ()) for name in (*need.get("providers", ()), *need.get("shares", {}))}
    for need in claim.needs:
        names = set(need.get("providers") or need.get("shares") or ())
        if not names <= known:
            plan.needs.append((claim.id, need))
            known |= names


def _plan_fields(plan: Plan, claim: Claim, now: Mapping[str, Any]) -> None:
    for key, after in claim.data.items():
        before = now.get(key, _DEFAULTS.get(key))
        if key == "name":
            _plan_name(plan, claim, before, after)
        elif key == "tags":
            fresh = [tag for tag in after if tag not in (before or ())]
            if fresh:
                merged = [*(before or ()), *fresh]
                plan.changes.append(Change(claim.thing, claim.id, (key,), before, merged, claim.place))
        elif key in _NEVER:
            if before != after:
                why = _("where it belongs and who may see it is for people to decide")
                plan.conflicts.append(Conflict(claim.id, (key,), before, after, claim.place, why))
        else:
            for path, old, new in _differences((key,), before, after):
                _plan_value(plan, claim, path, old, new)


def _plan_name(plan: Plan, claim: Claim, before: Any, after: Mapping[str, str]) -> None:  # noqa: ANN401 - plain data
    """Plan another name; a table knows one language, so the other one stays unless it was the same."""
    if same_name(after["nl"]) in {same_name(before["nl"]), same_name(before["en"])}:
        return
    plan.changes.append(Change(claim.thing, claim.id, ("name", "nl"), before["nl"], after["nl"], claim.place))
    if same_name(before["en"]) == same_name(before["nl"]) or after["en"] != after["nl"]:
        plan.changes.append(Change(claim.thing, claim.id, ("name", "en"), before["en"], after["en"], claim.place))


def _plan_value(plan: Plan, claim: Claim, path: tuple[str, ...], old: Any, new: Any) -> None:  # noqa: ANN401
    confidence = old.get("confidence") or plan.sure.get(old.get("source", "")) if isinstance(old, Mapping) else None
    if confidence == "confirmed":
        why = _("both sides confirmed what stands there")
        plan.conflicts.append(Conflict(claim.id, path, old, new, claim.place, why))
    else:
        plan.changes.append(Change(claim.thing, claim.id, path, old, new, claim.place))


def _differences(path: tuple[str, ...], before: Any, after: Any) -> Iterator[tuple[tuple[str, ...], Any, Any]]:  # noqa: ANN401
    """Yield where *after* says something else than *before*; a figure is one value, whoever says so."""
    if isinstance(before, Mapping) and isinstance(after, Mapping) and "source" not in after:
        for key, value in after.items():
            yield from _differences((*path, key), before.get(key), value)
    elif _bare(before) != _bare(after):
        yield path, before, after


def _bare(value: Any) -> Any:  # noqa: ANN401 - plain data of any shape
    """Return *value* without who says so, and why."""
    if isinstance(value, Mapping):
        said = ("source", "confidence", "date", "by", "review_by", "tlp", "note", "reason")
        return {key: item for key, item in value.items() if key not in said}
    return value


def _owners(value: Any) -> Iterator[str]:  # noqa: ANN401 - plain data of any shape
    """Yield every text in *value*: an id that is named is among them."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for key, item in value.items():
            yield from _owners(item) if key != "name" else ()
    elif isinstance(value, (list, tuple)):
        for item in value:
            yield from _owners(item)


def _sources(value: Any) -> Iterator[str]:  # noqa: ANN401 - plain data of any shape
    if isinstance(value, Mapping):
        for key, item in value.items():
            if key == "source" and isinstance(item, str):
                yield item
            else:
                yield from _sources(item)
    elif isinstance(value, (list, tuple)):
        for item in value:
            yield from _sources(item)
