"""The folder that a reader gets: a city, a word on what is not in it, and never something else beside it."""

from pathlib import Path

import pytest

from city_model.loader import load_city
from city_model.partner.redacted import README, folder_texts, how_much, write_folder
from city_model.redaction import Reader, View, view_of
from resilience.base.problems import InputError
from tests.builders import city, component, function, need

GRID = Reader("partner", "netbeheer")


def test_the_folder_loads_as_the_view(folder: Path, tmp_path: Path) -> None:
    """In an order of its own, which tells nothing."""
    view = view_of(load_city(str(folder)), GRID)
    write_folder(tmp_path / "out", folder_texts(view))
    loaded = load_city(str(tmp_path / "out"))

    assert {part.id: part for part in loaded.components} == {part.id: part for part in view.city.components}
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == [
        "city.yaml",
        README,
        "netbeheer.yaml",
        "verborgen.yaml",
        "ziekenhuis.yaml",
    ]


def test_a_folder_that_holds_something_is_refused(folder: Path, tmp_path: Path) -> None:
    """An old file beside the new ones could say what is hidden."""
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "old.yaml").write_text("", encoding="utf-8")

    with pytest.raises(InputError):
        write_folder(tmp_path / "out", folder_texts(view_of(load_city(str(folder)), GRID)))


@pytest.mark.parametrize(
    ("components", "owners", "said"),
    [
        (0, 0, "nothing, or fewer than a hundred parts"),
        (99, 40, "nothing, or fewer than a hundred parts"),
        (100, 2, "nothing, or fewer than a hundred parts"),
        (100, 3, "a hundred parts or more"),
    ],
)
def test_how_much_is_hidden_is_said_in_two_classes(components: int, owners: int, said: str) -> None:
    """Wide ones, and the upper only where no single organisation can be meant."""
    made = city(component("desk"))

    assert how_much(View(made, {}, frozenset(), {"components": components}, owners)).en == said


def test_a_function_whose_needs_are_all_hidden_rests_on_something() -> None:
    """The map stays one that loads, and says no more than that."""
    made = city(component("vault", organisation="bank"), function("pay", needs=[need("vault", tlp="RED")]))
    needs = view_of(made, Reader("public")).city.component_by_id["pay"].needs

    assert [(item.providers, item.kind) for item in needs] == [(("verborgen",), "supplier")]
