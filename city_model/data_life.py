"""Who does what with which data: where it arises, travels, is kept and worked on, and who answers for the record.

Of one service it is what its chain for data runs through; power, people and money are left out.
"""

from dataclasses import dataclass

from city_model.schema import City, Component
from city_model.summary import is_unknown

CARRY_DATA = frozenset({"data", "identity", "network", "hosting", "supplier"})
"""The kinds of need along which data of a service travels."""


@dataclass(frozen=True)
class Holding:
    """One component that does something with data."""

    component: Component
    people: int | None
    """About how many people the data is of; None when it is of nobody, or nobody knows."""

    @property
    def personal(self) -> bool:
        """Whether it holds data of people."""
        return self.component.personal_data is not None and self.component.personal_data.kind != "none"

    @property
    def answered_for(self) -> bool:
        """Whether the record has an owner, a steward and an approver."""
        return bool(self.component.owner and self.component.steward and self.component.approver)

    def to_json(self) -> dict[str, object]:
        """Return a JSON value."""
        one = self.component
        return {
            "component": one.id,
            "organisation": one.organisation,
            "operator": one.operator,
            "supplier": one.supplier,
            "data_role": list(one.data_role),
            "personal_data": one.personal_data.kind if one.personal_data else None,
            "people": self.people,
            "owner": one.owner,
            "steward": one.steward,
            "approver": one.approver,
        }


def holdings(city: City, service: str | None = None) -> tuple[Holding, ...]:
    """Return every component that does something with data: of most people first, special data before ordinary.

    With *service* only what its chain for data runs through, itself included.
    """
    within = city.component_by_id.keys() if service is None else _chain(city, service)
    found = [
        Holding(one, _people(one))
        for one in city.components
        if one.id in within and (one.data_role or one.personal_data)
    ]
    return tuple(sorted(found, key=_weightiest))


def _weightiest(one: Holding) -> tuple[bool, bool, int, str]:
    said = one.component.personal_data
    return not one.personal, said is None or said.kind != "special", -(one.people or 0), one.component.id


def _people(component: Component) -> int | None:
    figure = component.personal_data.people if component.personal_data else None
    return figure.value if figure and not is_unknown(figure) and isinstance(figure.value, int) else None


def _chain(city: City, service: str) -> set[str]:
    below: dict[str, set[str]] = {}
    for placed in city.placed_needs:
        if placed.role == "level" and placed.need.kind in CARRY_DATA:
            below.setdefault(placed.dependent, set()).update(placed.need.provider_ids)
    met, waiting = {service}, [service]
    while waiting:
        new = below.get(waiting.pop(), set()) - met
        met |= new
        waiting += new
    return met
