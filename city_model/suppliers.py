"""On whom the city leans: per supplier what hangs on it, how hard it is to leave, and what it can show.

A supplier is an organisation that owns, runs or supplies something that another organisation needs. What a supplier
says about leaving, contracts and certificates is counted as it stands in the map: what nobody said is counted as that.
"""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from city_model.deadlines import SOON
from city_model.losses import Losses
from city_model.naming import responsible_for
from city_model.schema import Certificate, City, Component

Standing = Literal["valid", "soon", "ended"]
"""valid: longer than deadlines look ahead; soon: it ends within that time."""


@dataclass(frozen=True)
class Shown:
    """A certificate that a supplier shows for one of its components."""

    component: str
    certificate: Certificate

    def standing(self, on: dt.date) -> Standing:
        """Return whether it still holds on the day *on*."""
        until = self.certificate.valid_until
        return "ended" if until < on else "soon" if until <= on + SOON else "valid"

    def to_json(self, on: dt.date) -> dict[str, object]:
        """Return a JSON value, as seen on the day *on*."""
        said = self.certificate.model_dump(mode="json")
        return {"component": self.component, **said, "standing": self.standing(on)}


@dataclass(frozen=True)
class Supplier:
    """One organisation, with all that it supplies to others."""

    organisation: str
    components: tuple[str, ...]
    customers: tuple[str, ...]
    """The other organisations that need these components, or own what it runs or supplies."""
    functions: tuple[str, ...]
    """The city functions that feel it when one of the components fails."""
    hard: tuple[str, ...]
    """The components that are hard or impossible to replace."""
    no_way_out: tuple[str, ...]
    """Those of them for which nobody wrote down how to leave."""
    unsaid: tuple[str, ...]
    """The components of which nobody said how hard they are to replace."""
    contract_end: dt.date | None
    """The first contract that ends; None where the map knows of none."""
    certificates: tuple[Shown, ...]

    def to_json(self, on: dt.date) -> dict[str, object]:
        """Return a JSON value, as seen on the day *on*."""
        lists = ("components", "customers", "functions", "hard", "no_way_out", "unsaid")
        return {
            "organisation": self.organisation,
            **{name: list(getattr(self, name)) for name in lists},
            "contract_end": self.contract_end.isoformat() if self.contract_end else None,
            "certificates": [one.to_json(on) for one in self.certificates],
        }


@dataclass(frozen=True)
class SharedProduct:
    """One product in several components: what goes wrong with it, goes wrong in all of them."""

    product: str
    components: tuple[str, ...]
    organisations: tuple[str, ...]

    def to_json(self) -> dict[str, object]:
        """Return a JSON value."""
        return {"product": self.product, "components": list(self.components), "organisations": [*self.organisations]}


def suppliers(city: City) -> tuple[Supplier, ...]:
    """Return every supplier of *city*: first the one on which most city functions, then most customers lean."""
    losses = Losses(city)
    above: dict[str, set[str]] = {}
    for placed in city.placed_needs:
        for provider in placed.need.provider_ids:
            above.setdefault(provider, set()).add(placed.dependent)
    found = []
    for organisation in city.organisations:
        parts = {one.id: others for one, others in _supplied(city, organisation.id, above)}
        if not parts:
            continue
        felt = {name for part in parts for name in losses.felt(part)}
        components = [city.component_by_id[name] for name in parts]
        hard = [one for one in components if one.substitution and one.substitution.ease in {"hard", "none"}]
        found.append(
            Supplier(
                organisation=organisation.id,
                components=tuple(parts),
                customers=tuple(sorted(set().union(*parts.values()))),
                functions=tuple(function.id for function in city.functions if function.id in felt),
                hard=tuple(one.id for one in hard),
                no_way_out=tuple(one.id for one in hard if one.substitution and not one.substitution.exit),
                unsaid=tuple(
                    one.id for one in components if not one.substitution or one.substitution.ease == "unknown"
                ),
                contract_end=min((one.contract_end for one in components if one.contract_end), default=None),
                certificates=tuple(Shown(one.id, said) for one in components for said in one.certificates),
            )
        )
    return tuple(sorted(found, key=lambda one: (-len(one.functions), -len(one.customers), one.organisation)))


def shared_products(city: City) -> tuple[SharedProduct, ...]:
    """Return the products that stand in more than one component, those with the most components first."""
    having: dict[str, list[Component]] = {}
    for component in city.components:
        if component.product:
            having.setdefault(component.product, []).append(component)
    found = [
        SharedProduct(
            product,
            tuple(one.id for one in components),
            tuple(sorted({one.organisation for one in components if one.organisation})),
        )
        for product, components in having.items()
        if len(components) > 1
    ]
    return tuple(sorted(found, key=lambda one: (-len(one.components), one.product)))


def _supplied(city: City, organisation: str, above: dict[str, set[str]]) -> Iterator[tuple[Component, set[str]]]:
    """Yield what *organisation* supplies to others, with the other organisations that count on it."""
    for component in city.components:
        if component.kind == "function" or organisation not in {
            component.organisation, component.operator, component.supplier,
        }:  # fmt: skip
            continue
        customers = {responsible_for(city, name) for name in above.get(component.id, ())}
        customers |= {component.organisation, component.operator}
        others = {name for name in customers if name and name != organisation}
        if others:
            yield component, others
