"""What changed in the dependencies: who needs whom, for what, and with which figures."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from city_model.compare_fields import FieldChange, field_changes
from city_model.naming import listed, name_of
from city_model.schema import City, Need, PlacedNeed
from city_model.words import need_kind_word, phase_word
from resilience.base.language import _

GROUP = frozenset({"providers", "shares", "at_least", "phase", "kind", "id"})
"""Fields of a need that say who is needed how; they are told in sentences of their own."""


@dataclass(frozen=True)
class NeedPair:
    """A dependency in the old and in the new map; None on one side: added or removed."""

    old: PlacedNeed | None
    new: PlacedNeed | None

    @property
    def either(self) -> PlacedNeed:
        """The newest of the two."""
        found = self.new or self.old
        assert found is not None  # noqa: S101 - a pair has at least one side
        return found


@dataclass
class _Open:
    """Needs of one component, role and kind that have no counterpart of the same key."""

    old: list[PlacedNeed] = field(default_factory=list)
    new: list[PlacedNeed] = field(default_factory=list)


def need_pairs(old: City, new: City) -> tuple[NeedPair, ...]:
    """Return every dependency of both maps with its counterpart.

    By key; else the one of the same component, place and kind that shares most providers; else the only one left of
    these on both sides, which then has other providers.
    """
    pairs = [NeedPair(placed, new.need_by_key.get(key)) for key, placed in old.need_by_key.items()]
    found = [pair for pair in pairs if pair.new]
    unmatched: dict[tuple[str, str, str], _Open] = {}
    for pair in pairs:
        if not pair.new:
            unmatched.setdefault(_group_of(pair.either), _Open()).old.append(pair.either)
    for key, placed in new.need_by_key.items():
        if key not in old.need_by_key:
            unmatched.setdefault(_group_of(placed), _Open()).new.append(placed)
    for group in unmatched.values():
        for one in group.old:
            alike = [other for other in group.new if _shared(one, other)]
            best = max(alike, key=lambda other, one=one: _shared(one, other), default=None)  # type: ignore[misc]
            if best is None and len(group.old) == len(group.new) == 1:
                best = group.new[0]
            if best:
                group.new.remove(best)
            found.append(NeedPair(one, best))
        found += [NeedPair(None, other) for other in group.new]
    return tuple(found)


def need_changes(old: City, new: City, pair: NeedPair) -> Iterator[FieldChange]:
    """Yield what changed in a dependency that both maps have, without whose it is."""
    if pair.old is None or pair.new is None:
        return
    before, after = pair.old.need, pair.new.need
    gone = [name_of(old, name) for name in before.provider_ids if name not in after.provider_ids]
    come = [name_of(new, name) for name in after.provider_ids if name not in before.provider_ids]
    if come and gone:
        yield _sentence("providers", _("{new} in place of {old}", new=listed(come), old=listed(gone)))
    elif come:
        yield _sentence("providers", _("{names} added as provider", names=listed(come)))
    elif gone:
        yield _sentence("providers", _("{names} no longer a provider", names=listed(gone)))
    if enough_words(before) != enough_words(after):
        yield _sentence("at_least", f"{enough_words(before)} → {enough_words(after)}")
    if before.effective_phase != after.effective_phase:
        phases = f"{phase_word(before.effective_phase)} → {phase_word(after.effective_phase)}"
        yield _sentence("phase", _("needed {phases}", phases=phases))
    yield from (change for change in field_changes(old, new, before, after) if change.path not in GROUP)


def need_words(city: City, placed: PlacedNeed) -> str:
    """Return a dependency as a phrase: who needs whom, for what."""
    return f"{name_of(city, placed.dependent)} → {_providers(city, placed.need)} ({purpose(placed)})"


def purpose(placed: PlacedNeed) -> str:
    """Return what a dependency is for: its kind, and the place where it is not for running."""
    kind = need_kind_word(placed.need.kind)
    return {
        "level": kind,
        "fallback": _("{kind}, for the fallback", kind=kind),
        "detection": _("{kind}, to notice a fault", kind=kind),
        "repair": _("{kind}, for the repair", kind=kind),
        "rebuild": _("{kind}, for the rebuild", kind=kind),
    }[placed.role]


def enough_words(need: Need) -> str:
    """Return how many of the providers are enough."""
    if need.shares:
        return _("shares of {shares}", shares=" + ".join(f"{share}%" for share in need.shares.values()))
    number = len(need.providers)
    if number == 1:
        return _("one provider")
    return _("{enough} of {number} is enough", enough=need.at_least or number, number=number)


def _providers(city: City, need: Need) -> str:
    return listed(name_of(city, name) for name in need.provider_ids)


def _group_of(placed: PlacedNeed) -> tuple[str, str, str]:
    return placed.dependent, placed.role, placed.need.kind


def _shared(one: PlacedNeed, other: PlacedNeed) -> int:
    return len(set(one.need.provider_ids) & set(other.need.provider_ids))


def _sentence(path: str, sentence: str) -> FieldChange:
    return FieldChange(path, None, None, sentence)
