"""Which components a selector means (rule 12): values in one field are alternatives, all fields must hold."""

from collections.abc import Callable

from city_model.effects import Selector
from city_model.schema import City, Component


def selected(city: City, selector: Selector) -> tuple[str, ...]:
    """Return the ids of the components of *city* that *selector* means, in code-point order; none if it is empty."""
    tests = [(set(getattr(selector, field)), has) for field, has in _HAS.items() if getattr(selector, field)]
    if not tests:
        return ()
    known = city.component_by_id
    candidates = [known[name] for name in set(selector.ids) if name in known] if selector.ids else city.components
    return tuple(
        sorted(
            component.id
            for component in candidates
            if all(not wanted.isdisjoint(has(component)) for wanted, has in tests)
        )
    )


_HAS: dict[str, Callable[[Component], tuple[str | None, ...]]] = {
    "ids": lambda component: (component.id,),
    "organisations": lambda component: (component.organisation,),
    "suppliers": lambda component: (component.supplier,),
    "products": lambda component: (component.product,),
    "kinds": lambda component: (component.kind,),
    "functions": lambda component: component.functions,
    "districts": lambda component: (component.district,),
    "tags": lambda component: component.tags,
}
"""What a component has in each field of a selector."""
