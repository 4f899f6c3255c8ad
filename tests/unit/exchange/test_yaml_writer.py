"""Files of a city written in one style, and hand-written ones changed line by line."""

from pathlib import Path

import pytest

from city_model.catalogue import bundled_folder
from city_model.impact import IMPACT_FILE, ImpactFile
from city_model.loader import ACCESS_FILE, load_city_from_texts
from city_model.schema import AccessFile, CityFile, Component, OrganisationFile
from city_model.yaml_edit import APPEND, Edit, edited
from city_model.yaml_lines import set_field, set_fields, split_lines
from city_model.yaml_source import read, validate
from city_model.yaml_writer import file_text, scalar_text
from resilience.base.problems import InputError
from tests.unit.exchange.folders import CITY, OWNER

ORDER = tuple(Component.model_fields)


def model_of(name: str) -> type[CityFile | OrganisationFile | AccessFile | ImpactFile]:
    """Return the model of the file called *name*."""
    if name == ACCESS_FILE:
        return AccessFile
    if name == IMPACT_FILE:
        return ImpactFile
    return CityFile if name == "city.yaml" else OrganisationFile


@pytest.mark.parametrize("city", ["nl", pytest.param("utrecht", marks=pytest.mark.full)])
def test_what_was_written_comes_back_byte_for_byte(city: str) -> None:
    """Loading and saving a file that we wrote changes nothing, and says what the original said."""
    folder = bundled_folder(city)
    assert folder is not None
    for entry in folder.iterdir():
        if not entry.name.endswith(".yaml") or entry.name in {"accepted.yaml", "contacts.yaml"}:
            continue
        said, faults = validate(model_of(entry.name), entry.read_text(encoding="utf-8"), entry.name)
        assert (said is not None, faults) == (True, []), entry.name
        assert said is not None
        text = file_text(said)
        again, _faults = validate(model_of(entry.name), text, entry.name)
        assert again == said, entry.name
        assert again is not None
        assert file_text(again) == text, entry.name


def test_the_style_is_that_of_our_files() -> None:
    """Keys in the order of the schema, figures on one line with their source last, defaults left out."""
    said, _faults = validate(OrganisationFile, OWNER, "x.yaml")
    assert said is not None

    assert file_text(said) == (
        "organisation:\n"
        "  id: gemeente-proef\n"
        "  name: {nl: Gemeente Proef, en: City of Proef}\n"
        "  sector: government\n"
        "  role: {nl: Rol., en: Role.}\n"
        "  source: gesprek\n"
        "\n"
        "components:\n"
        "  - id: zaaksysteem\n"
        "    name: {nl: Zaaksysteem, en: Case system}\n"
        "    kind: application\n"
        "    residents: {value: 1000, source: gesprek}\n"
        "    tags: [ext-itop-0042, kern]\n"
        "    owner: Hoofd dienstverlening\n"
        "    needs:\n"
        "      - providers: [db01]\n"
        "        kind: hosting\n"
        "        source: gesprek\n"
        "\n"
        "  - id: db01\n"
        "    name: {nl: db01, en: db01}\n"
        "    kind: infrastructure\n"
    )


@pytest.mark.parametrize(
    "value",
    [
        *("", "gewoon", "no", "null", "true", "12", "1.5", "2026-01-01", "4h30m", "a: b", "a #b", "#x", "- x", "a:"),
        *(
            "'t Hof",
            'zegt "ja"',
            "'\"",
            "{x}",
            "[x]",
            "x, y",
            "\ttab",
            " voor",
            "na ",
            "regel\nregel",
            "é€😀",
            "*x",
            "&x",
        ),
        *(
            "!x",
            "%x",
            "@x",
            "`x`",
            "?",
            "|",
            ">",
            "=",
            "~",
            "0x1f",
            "1e3",
            "1_000",
            "+1",
            "C:\\x",
            "https://a.example/b?c#d",
        ),
        *(0, 12, True, False, None),
    ],
)
def test_every_value_is_read_back_as_it_was(value: object) -> None:
    """Text that looks like something else gets quotes; both behind a colon and between brackets."""
    block = read(f"x: {scalar_text(value)}\n", "x").document
    flow = read(file := set_field("x: {a: 1, b: [2, 3]}  # wat\n", ("x", "b", 1), value), "x").document

    assert block is not None
    assert flow is not None
    assert (block.data, flow.data, file.endswith("  # wat\n")) == ({"x": value}, {"x": {"a": 1, "b": [2, value]}}, True)


@pytest.mark.parametrize(
    ("path", "value", "line"),
    [
        (("components", 0, "name", "en"), "Zaken", "    name: {nl: Zaaksysteem, en: Zaken}   # heet overal zo"),
        (("components", 0, "owner"), "Team, x", "    owner: Team, x"),
        (("components", 0, "residents", "value"), 5, "    residents: {value: 5, source: gesprek}"),
        (("components", 0, "tags"), ["a"], "    tags: [a]"),
        (("components", 0, "needs", 0, "providers", 0), "db02", "      - providers: [db02]"),
        (("components", 1, "id"), "db03", "  - id: db03"),
    ],
)
def test_one_value_changes_one_line(path: tuple[str | int, ...], value: object, line: str) -> None:
    """Comments, quotes and spaces around it stay as people wrote them."""
    before, after = split_lines(OWNER), split_lines(set_field(OWNER, path, value))

    assert [new.rstrip("\n") for old, new in zip(before, after, strict=True) if old != new] == [line]


def test_several_values_on_one_line() -> None:
    """All of them land where they belong, whatever their length."""
    changes: dict[tuple[str | int, ...], object] = {
        ("components", 0, "name", "nl"): "Heel iets anders",
        ("components", 0, "name", "en"): "x",
    }

    assert "    name: {nl: Heel iets anders, en: x}   # heet overal zo\n" in set_fields(OWNER, changes)


@pytest.mark.parametrize(
    ("text", "path"),
    [
        ("x: |\n  a\n  b\n", ("x",)),
        ("x: a\n  b\n", ("x",)),
        ("x: 'a\n  b'\n", ("x",)),
        ("x:\n  y: 1\n  z: 2\n", ("x",)),
        ("x: {y: 1,\n  z: 2}\n", ("x",)),
        ("x: 1\n", ("y",)),
        ("- 1\n", (3,)),
    ],
)
def test_what_is_not_on_one_line_is_refused(text: str, path: tuple[str | int, ...]) -> None:
    """With the place in the file, and nothing changed."""
    with pytest.raises(InputError, match="change it by hand"):
        set_field(text, path, "nieuw", "f.yaml")


def test_fields_and_items_are_added_between_the_lines() -> None:
    """A field stands where the schema has it, an item at the end of its list; every old line is still there."""
    server: dict[str, object] = {"name": {"nl": "server", "en": "server"}, "kind": "infrastructure"}
    edits = [
        Edit(("components", 0, "product"), "Pakket", ORDER),
        Edit(("components", 0, "residents", "note"), "Geteld"),
        Edit(("components", 0, "needs", APPEND), {"providers": ["db02"], "kind": "data", "source": "gesprek"}),
        Edit(("components", 1, "needs", APPEND), {"providers": ["db02"], "kind": "power", "source": "gesprek"}),
        Edit(("components", APPEND), {"id": "db02", **server}),
        Edit(("components", APPEND), {"id": "db03", **server}),
        Edit(("teams", APPEND), {"id": "ploeg"}),
    ]
    after = edited(OWNER, edits, "gemeente.yaml")

    new = [line for line in after.splitlines() if line not in OWNER.splitlines()]

    assert new == [
        "    product: Pakket",
        "    residents: {value: 1000, source: gesprek, note: Geteld}",
        "      - providers: [db02]",
        "        kind: data",
        "      - providers: [db02]",
        "        kind: power",
        "  - id: db02",
        "    name: {nl: server, en: server}",
        "  - id: db03",
        "    name: {nl: server, en: server}",
        "teams:",
        "  - id: ploeg",
    ]
    kept = [line for line in OWNER.splitlines() if line not in after.splitlines()]
    assert kept == ["    residents: {value: 1000, source: gesprek}"]
    lines = after.splitlines()
    assert lines.index("  # de databank") == lines.index("  - id: db01") - 1


def test_windows_line_ends_stay(tmp_path: Path) -> None:
    """A file that somebody edits on Windows keeps its line ends, in what is added too."""
    part = {"id": "db02", "name": {"nl": "a", "en": "b"}, "kind": "infrastructure"}
    after = edited(OWNER.replace("\n", "\r\n"), [Edit(("components", APPEND), part)])

    assert after.count("\n") == after.count("\r\n") > OWNER.count("\n")


@pytest.mark.parametrize(
    ("text", "after"),
    [
        ("a: []\n", "a: [{x: 1}]\n"),
        ("a: [{b: 1}]  # wat\n", "a: [{b: 1}, {x: 1}]  # wat\n"),
        ("a:\n", "a: [{x: 1}]\n"),
        ("b: 1\n", "b: 1\n\na:\n  - x: 1\n"),
    ],
)
def test_an_item_goes_where_its_list_is_written(text: str, after: str) -> None:
    """In brackets, in a block, or in a list that is made."""
    assert edited(text, [Edit(("a", APPEND), {"x": 1})]) == after


@pytest.mark.parametrize(
    ("text", "path"),
    [
        ("a: 1\n", ("a", APPEND)),
        ("a: 1\n", ("a", "b")),
        ("a: [b,\n    c]\n", ("a", APPEND)),
    ],
)
def test_an_edit_that_would_say_something_else_is_refused(text: str, path: tuple[str | int, ...]) -> None:
    """Where no list or mapping stands, or its layout does not allow it: people change it themselves."""
    with pytest.raises(InputError, match="change it by hand"):
        edited(text, [Edit(path, {"x": 1})], "f.yaml")


def test_the_changed_files_are_still_a_city() -> None:
    """What is written after an edit loads."""
    after = edited(OWNER, [Edit(("components", 1, "restart_lag"), {"value": "10m", "source": "gesprek"}, ORDER)])

    city = load_city_from_texts({"proef/city.yaml": CITY, "proef/gemeente.yaml": after})

    lag = city.component_by_id["db01"].restart_lag
    assert lag is not None
    assert lag.value == 10
