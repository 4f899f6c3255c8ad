"""How sure several figures are together: as sure as the weakest of them."""

from collections.abc import Iterable

from city_model.schema import City, Need
from city_model.summary import is_unknown
from city_model.values import Confidence, Provenance

WEAKEST_FIRST: tuple[Confidence, ...] = ("assumed", "derived", "one_sided", "confirmed")


def weakest(confidences: Iterable[Confidence]) -> Confidence:
    """Return the least sure of *confidences*; of none, that nothing was left open."""
    return min(confidences, key=WEAKEST_FIRST.index, default="confirmed")


def figure_confidence(city: City, said: Provenance) -> Confidence:
    """Return how sure a figure or need is; what nobody knows counts as an assumption."""
    return "assumed" if is_unknown(said) else said.confidence or city.source_by_id[said.source].confidence


def need_confidence(city: City, need: Need) -> Confidence:
    """Return how sure it is that a need is felt, and after how long: the need itself and its buffer."""
    return weakest(figure_confidence(city, said) for said in (need, need.buffer) if said is not None)
