"""Which components a selector means (rule 12): values in one field are alternatives, all fields must hold."""

from city_model.effects import Selector
from city_model.schema import City, Component


def selected(city: City, selector: Selector) -> tuple[str, ...]:
    """Return the ids of the components of *city* that *selector* means, in code-point order; none if it is empty."""
    if not any(getattr(selector, field) for field in type(selector).model_fields):
        return ()
    return tuple(sorted(component.id for component in city.components if _matches(component, selector)))


def _matches(component: Component, selector: Selector) -> bool:
    held = (
        (selector.ids, {component.id}),
        (selector.organisations, {component.organisation}),
        (selector.suppliers, {component.supplier}),
        (selector.products, {component.product}),
        (selector.kinds, {component.kind}),
        (selector.functions, set(component.functions)),
        (selector.districts, {component.district}),
        (selector.tags, set(component.tags)),
    )
    return all(not wanted or not has.isdisjoint(wanted) for wanted, has in held)
