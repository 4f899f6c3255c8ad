"""Two cities compared without regard to the order in which files list things."""

from typing import Any

from city_model.schema import City

_LISTS = ("sources", "districts", "organisations", "teams", "components", "access_paths", "measures")


def content(city: City) -> dict[str, Any]:
    """Return what *city* says, its lists by id; the order of needs inside a component is kept.

    What the loss of a function does to people is no part of an architecture, and stays in the map.
    """
    data = city.model_dump(exclude={"impacts"})
    for name in _LISTS:
        data[name] = sorted(data[name], key=lambda item: str(item.get("id") or (item["origin"], item["target"])))
    return data
