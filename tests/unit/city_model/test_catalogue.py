"""The bundled cities."""

import pytest

from city_model.catalogue import bundled_cities, bundled_folder, is_base_layer


def test_the_base_layer_is_listed_and_marked() -> None:
    """The national layer is a map like any other, and says what it is for."""
    assert [name for name in bundled_cities() if is_base_layer(name)] == ["nl"]


@pytest.mark.parametrize("name", ["", ".", "..", "nl/..", "../cities/nl", "nowhere"])
def test_only_a_listed_name_is_a_bundled_city(name: str) -> None:
    """A name is not a way into the file system."""
    assert bundled_folder(name) is None
