"""From a folder, a name or frozen texts to one City, always in the same order."""

from pathlib import Path

import pytest

from city_model.catalogue import bundled_cities
from city_model.loader import city_texts, load_city, load_city_from_texts
from city_model.yaml_source import Document
from resilience.base.problems import InputError

CITY = "id: {name}\nname: {{nl: {name}, en: {name}}}\nincludes: [{includes}]\n"


def write(folder: Path, texts: dict[str, str]) -> Path:
    """Write *texts* below *folder* and return it."""
    for name, text in texts.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    return folder


def cities(folder: Path, **includes: str) -> Path:
    """Write a folder with an empty city for each name, with what it includes."""
    return write(
        folder, {f"{name}/city.yaml": CITY.format(name=name, includes=said) for name, said in includes.items()}
    )


def refusal(folder: str | Path) -> str:
    """Return what a user sees when the city in *folder* is refused."""
    with pytest.raises(InputError) as caught:
        load_city(str(folder))
    return str(caught.value)


def test_included_cities_come_first_and_files_by_name(tmp_path: Path, small: dict[str, str]) -> None:
    """The order never depends on the file system."""
    found = load_city(str(write(tmp_path, small) / "small"))

    assert (
        [part.id for part in found.components],
        [item.id for item in found.organisations],
        [path.key for path in found.access_paths],
        (found.id, str(found.name)),
    ) == (["grid", "care", "hall", "desk"], ["grid-owner", "town"], ["desk>hall", "hall>desk"], ("small", "Small"))


def test_the_file_of_an_organisation_says_whose_components_and_teams_they_are(small: dict[str, str]) -> None:
    """Nobody writes the owner a hundred times; a city function has none."""
    found = load_city_from_texts(small)

    assert (
        {part.id: part.organisation for part in found.components},
        {team.id: team.organisation for team in found.teams},
    ) == (
        {"grid": "grid-owner", "care": None, "hall": "town", "desk": "town"},
        {"grid-crew": "grid-owner"},
    )


def test_texts_make_the_same_city_in_any_order(tmp_path: Path, small: dict[str, str]) -> None:
    """An exercise keeps the texts of its city, and plays on after the files have changed or gone."""
    folder = str(write(tmp_path, small) / "small")
    texts = city_texts(folder)

    assert texts == small
    assert load_city_from_texts(dict(reversed(texts.items()))) == load_city(folder)


@pytest.mark.parametrize("name", bundled_cities())
@pytest.mark.full
def test_a_bundled_city_survives_its_own_texts(name: str) -> None:
    """The same holds for what is shipped."""
    assert load_city_from_texts(city_texts(name)) == load_city(name)


def test_a_folder_includes_bundled_cities(tmp_path: Path) -> None:
    """A city of one's own stands on the bundled base layer."""
    found = load_city(str(cities(tmp_path, mine="nl") / "mine"))

    assert found.components == load_city("nl").components


def test_a_folder_beside_the_city_goes_before_a_bundled_one(tmp_path: Path) -> None:
    """Who keeps a base layer of their own means that one."""
    assert load_city(str(cities(tmp_path, mine="nl", nl="") / "mine")).components == ()


def test_a_city_included_twice_is_read_once(tmp_path: Path) -> None:
    """Two provinces may stand on the same country."""
    folder = cities(tmp_path, top="left, right", left="base", right="base", base="")

    assert sorted(city_texts(str(folder / "top"))) == [
        "base/city.yaml", "left/city.yaml", "right/city.yaml", "top/city.yaml",
    ]  # fmt: skip


def test_the_current_folder_is_a_city_too(
    tmp_path: Path, small: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The name of the folder is found also where the path does not say it."""
    monkeypatch.chdir(write(tmp_path, small) / "small")

    assert (load_city(".").id, sorted(city_texts("."))) == ("small", sorted(small))


def test_includes_in_a_circle_are_refused_with_the_way(tmp_path: Path) -> None:
    """A circle would never end."""
    folder = cities(tmp_path, a="b", b="c", c="a")

    assert refusal(folder / "a") == (
        f"{folder}/c/city.yaml:3:12: includes#1: this city includes itself: a > b > c > a: remove this include"
    )


def test_a_city_does_not_include_itself(tmp_path: Path) -> None:
    """The shortest circle."""
    folder = cities(tmp_path, a="a")

    assert refusal(folder / "a") == (
        f"{folder}/a/city.yaml:3:12: includes#1: this city includes itself: a > a: remove this include"
    )


def test_an_include_that_does_not_exist_is_refused_with_the_nearest_name(tmp_path: Path) -> None:
    """The names of the bundled cities are known."""
    folder = cities(tmp_path, a="nll")

    assert refusal(folder / "a").startswith(
        f"{folder}/a/city.yaml:3:12: includes#1: there is no city 'nll' to include: did you mean nl? choose one of "
    )


def test_an_included_city_is_called_as_its_folder(tmp_path: Path) -> None:
    """What is included by one name may not turn out to be another."""
    folder = write(cities(tmp_path, a="b"), {"b/city.yaml": CITY.format(name="c", includes="")})

    assert refusal(folder / "a") == (
        f"{folder}/b/city.yaml:1:5: id: this city is included as 'b', and its id is 'c':"
        " give the folder and the id the same name"
    )


def test_faults_of_all_files_are_collected(tmp_path: Path, small: dict[str, str]) -> None:
    """A fault of syntax in one file does not hide those of another, nor those of an include."""
    spoilt = {
        "base/grid.yaml": small["base/grid.yaml"].replace("sector: energy", "sector: power"),
        "small/access.yaml": "paths: [\n",
        "small/city.yaml": small["small/city.yaml"].replace("id: small", "id: Small"),
        "small/town.yml": "",
    }
    lines = refusal(write(tmp_path, {**small, **spoilt}) / "small").splitlines()

    assert [line.removeprefix(f"{tmp_path}/").split(": ")[0] for line in lines] == [
        "small/town.yml",
        "small/access.yaml:2:1",
        "base/grid.yaml:4:11",
        "small/city.yaml:1:5",
    ]


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        pytest.param("nll", "there is no city or folder called 'nll': did you mean nl? choose one of ", id="near"),
        pytest.param("x" * 5000, "there is no city or folder called 'xxxx", id="too long"),
        pytest.param("a\0b", "there is no city or folder called 'a\0b': choose one of ", id="no name at all"),
        pytest.param("nowhere/at-all", "there is no city or folder called 'nowhere/at-all': choose one of ", id="far"),
        pytest.param("", "this folder holds no city.yaml: give the folder of a city, or write that file", id="empty"),
    ],
)
def test_an_unknown_city_names_those_that_exist(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, expected: str
) -> None:
    """One sentence, with the remedy."""
    monkeypatch.chdir(tmp_path)

    assert refusal(name).startswith(expected)


def test_a_folder_without_a_city_file_is_refused_in_one_sentence(tmp_path: Path) -> None:
    """Any folder may be given by mistake."""
    assert refusal(tmp_path) == (
        f"{tmp_path}: this folder holds no city.yaml: give the folder of a city, or write that file"
    )


def test_a_file_instead_of_a_folder_is_refused_with_the_folder(tmp_path: Path, small: dict[str, str]) -> None:
    """The city is the folder."""
    folder = write(tmp_path, small) / "small"

    assert refusal(folder / "city.yaml") == (
        f"{folder}/city.yaml: this is a file, not the folder of a city: give its folder: {folder}"
    )


@pytest.mark.parametrize(
    ("texts", "expected"),
    [
        pytest.param(
            {}, "these texts are not those of one city and its includes (-): give all texts of one city", id="none"
        ),
        pytest.param(
            {"a/city.yaml": CITY.format(name="a", includes=""), "b/city.yaml": CITY.format(name="b", includes="")},
            "these texts are not those of one city and its includes (a, b): give all texts of one city",
            id="two cities",
        ),
        pytest.param(
            {"a/partner.yaml": "x: 1"},
            "these texts hold no city.yaml for a: give all texts of one city",
            id="no city file",
        ),
    ],
)
def test_texts_of_no_city_are_refused(texts: dict[str, str], expected: str) -> None:
    """Texts come from an exercise file that somebody may have damaged."""
    with pytest.raises(InputError) as caught:
        load_city_from_texts(texts)

    assert str(caught.value) == expected


def test_places_are_worked_out_only_for_a_fault(small: dict[str, str], monkeypatch: pytest.MonkeyPatch) -> None:
    """A city without faults is read once; positions would read every file a second time."""
    asked: list[object] = []
    monkeypatch.setattr(Document, "position", lambda document, path, **_options: asked.append(path))
    load_city_from_texts(small)

    assert asked == []
