"""YAML as people write it by hand, and as somebody writes it who means harm."""

from pathlib import Path

import pytest

from city_model import yaml_source
from city_model.loader import load_city
from city_model.schema import Team
from city_model.yaml_source import MAX_PROBLEMS, fit, read, validate
from resilience.base.files import MAX_TEXT_BYTES
from resilience.base.problems import InputError

BOMB = "a: &a [x, x, x, x, x, x, x, x, x]\n" + "".join(
    f"{name}: &{name} [{', '.join([f'*{before}'] * 9)}]\n" for before, name in zip("abcdefgh", "bcdefghi", strict=True)
)
COLON = "a colon is not expected here: put text that holds a colon and a space in quotes, and check the indentation"
NO_FIT = "this line does not fit what stands above it: check the indentation, the quotes and the brackets"


def refusals(text: str) -> list[str]:
    """Return the lines that say why *text* is refused."""
    reading = read(text, "f.yaml")
    assert reading.document is None
    return [str(problem) for problem in reading.problems]


def data(text: str) -> object:
    """Return the data in *text*, which must be in order."""
    reading = read(text, "f.yaml")
    assert reading.document is not None, reading.problems
    return reading.document.data


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("true", True),
        ("false", False),
        ("null", None),
        ("~", None),
        ("", None),
        ("0", 0),
        ("-12", -12),
        ("+5", 5),
        ("1.5", 1.5),
        ("1e3", 1000.0),
        ("no", "no"),
        ("on", "on"),
        ("Yes", "Yes"),
        ("True", "True"),
        ("12:30", "12:30"),
        ("017", "017"),
        ("0x1f", "0x1f"),
        ("1_000", "1_000"),
        (".inf", ".inf"),
        (".nan", ".nan"),
        ("2026-11-22", "2026-11-22"),
        ("9" * 30, "9" * 30),
        ("'12'", "12"),
        ('"true"', "true"),
        ("4h30m", "4h30m"),
        ("=", "="),
    ],
)
def test_only_plain_words_and_numbers_have_a_meaning(written: str, meant: object) -> None:
    """Dutch words, times, numbers with leading zeros and dates stay the text that was written."""
    assert repr(data(f"key: {written}")) == repr({"key": meant})


def test_keys_are_always_text() -> None:
    """An organisation may be called 112 and a word may be true."""
    assert data("112: a\ntrue: b\nnull: c\n") == {"112": "a", "true": "b", "null": "c"}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(
            "a: 1\nb: 2\na: 3\n",
            ["f.yaml:3:1: the key 'a' stands here twice: keep one of the two"],
            id="duplicate key",
        ),
        pytest.param(
            "x:\n  - {a: 1, a: 2}\n  - {b: 1, b: 2}\n",
            [
                "f.yaml:2:12: the key 'a' stands here twice: keep one of the two",
                "f.yaml:3:12: the key 'b' stands here twice: keep one of the two",
            ],
            id="all duplicate keys",
        ),
        pytest.param(
            "a: &x 1\nb: *x\n",
            [
                "f.yaml:1:4: an anchor (&x) is not allowed: remove it and write the value where it is needed",
                "f.yaml:2:4: an alias (*x) is not allowed: write the value again",
            ],
            id="anchor and alias",
        ),
        pytest.param(
            "a: !!python/object/apply:os.system [ls]\n",
            ["f.yaml:1:4: a tag (!) is not allowed: remove it; put text that starts with ! in quotes"],
            id="tag",
        ),
        pytest.param(
            "a:\n  <<: {b: 1}\n",
            ["f.yaml:2:3: a merge key (<<) is not allowed: write the fields out"],
            id="merge key",
        ),
        pytest.param(
            "%YAML 1.1\n---\na: 1\n",
            ["f.yaml:1:1: a directive (a line that starts with %) is not allowed: remove that line"],
            id="directive",
        ),
        pytest.param(
            "a: 1\n---\nb: 2\n",
            ["f.yaml:2:1: a second document starts here: remove the line ---, or make two files"],
            id="two documents",
        ),
        pytest.param(
            "a:\n\t- b\n",
            ["f.yaml:2:1: this line is indented with a tab: indent with spaces"],
            id="tab",
        ),
        pytest.param(
            "[" * 100_000,
            ["f.yaml:1:31: values lie more than 30 levels deep: check the brackets and the indentation"],
            id="deep nesting",
        ),
        pytest.param(
            "".join(" " * depth + "a:\n" for depth in range(40)),
            ["f.yaml:31:31: values lie more than 30 levels deep: check the brackets and the indentation"],
            id="deep nesting by indentation",
        ),
        pytest.param(
            "? [a, b]\n: c\n",
            ["f.yaml:1:3: a key must be a word, not a list or mapping: write it as key: value"],
            id="list as key",
        ),
        pytest.param(
            'a: "\\e[31mred"\n',
            ["f.yaml:1:4: a character that cannot be seen stands here (U+001B): remove it"],
            id="escaped control character",
        ),
        pytest.param(
            "a: b\nc: \x1b[2J\n",
            ["f.yaml:2:4: a character that cannot be seen stands here (U+001B): remove it"],
            id="control character",
        ),
        pytest.param(
            "a: \ud800\n",
            ["f.yaml:1:4: a character that cannot be seen stands here (U+D800): remove it"],
            id="half a character",
        ),
        pytest.param(
            "a: b: c\n",
            [f"f.yaml:1:5: {COLON}"],
            id="colon",
        ),
        pytest.param(
            "a: @home\n",
            ["f.yaml:1:4: a value cannot start with this character: put the value in quotes"],
            id="at sign",
        ),
        pytest.param(
            "a: 'open\nb: 1\n",
            ["f.yaml:3:1: a quote is opened and never closed: close it"],
            id="open quote",
        ),
        pytest.param(
            "a: [b, c\nd: 1\n",
            ["f.yaml:2:2: a bracket is opened and not closed, or a comma is missing: close it, or add the comma"],
            id="open bracket",
        ),
        pytest.param(
            'a: "\\q"\n',
            ["f.yaml:1:5: this is not a known escape in double quotes: use single quotes, or write two backslashes"],
            id="escape",
        ),
        pytest.param(
            "a: - b\n",
            ["f.yaml:1:4: a list item is not expected here: start the list on a line of its own"],
            id="list item",
        ),
        pytest.param(
            "- a\nb: 1\n",
            [f"f.yaml:2:1: {NO_FIT}"],
            id="list and mapping mixed",
        ),
    ],
)
def test_refused_with_place_and_remedy(text: str, expected: list[str]) -> None:
    """What is refused, is refused in plain words with line and column."""
    assert refusals(text) == expected


def test_an_alias_bomb_is_refused_before_it_is_lit() -> None:
    """Nine times nine times nine: only the places of anchors and aliases are listed, up to the limit."""
    lines = refusals(BOMB)

    assert (len(lines), lines[0]) == (
        min(MAX_PROBLEMS, 9 + 8 * 9),
        "f.yaml:1:4: an anchor (&a) is not allowed: remove it and write the value where it is needed",
    )


def test_text_over_the_limit_is_not_parsed() -> None:
    """Fifty megabytes are refused by their size."""
    size = 50_000_000

    assert refusals("a" * size) == [
        f"f.yaml: this file is {size} bytes; at most {MAX_TEXT_BYTES} are read: split it into smaller files"
    ]


def test_more_values_than_any_map_needs_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """A file within the limit of bytes can still hold too many values; the list itself is one."""
    monkeypatch.setattr(yaml_source, "MAX_VALUES", 3)

    assert refusals("[1, 2, 3]") == ["f.yaml:1:8: this file holds more than 3 values: split it into smaller files"]


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        pytest.param(b"\x7fELF\x00\x01\x02\xff\xfe", "this is not UTF-8 text (byte 7): save it as UTF-8", id="binary"),
        pytest.param(b"id: a\0b", "this is a binary file, not text: give a text file", id="NUL"),
        pytest.param("id: café".encode("latin-1"), "this is not UTF-8 text (byte 7): save it as UTF-8", id="Latin-1"),
        pytest.param("id: a".encode("utf-16"), "this is not UTF-8 text (byte 0): save it as UTF-8", id="UTF-16"),
        pytest.param(
            b"a" * (MAX_TEXT_BYTES + 1),
            f"this file is {MAX_TEXT_BYTES + 1} bytes; at most {MAX_TEXT_BYTES} are read: split it into smaller files",
            id="large",
        ),
    ],
)
def test_files_that_are_not_text_are_refused(tmp_path: Path, content: bytes, expected: str) -> None:
    """A file of another kind in the folder of a city is named, and nothing is guessed about it."""
    (tmp_path / "city.yaml").write_text("id: a\nname: {nl: A, en: A}\n", encoding="utf-8")
    (tmp_path / "partner.yaml").write_bytes(content)
    with pytest.raises(InputError) as caught:
        load_city(str(tmp_path))

    assert str(caught.value) == f"{tmp_path}/partner.yaml: {expected}"


def test_a_byte_order_mark_and_windows_line_ends_are_read(tmp_path: Path) -> None:
    """Editors on Windows write both."""
    (tmp_path / "city.yaml").write_bytes(b"\xef\xbb\xbfid: a\r\nname: {nl: A, en: A}\r\n")

    assert load_city(str(tmp_path)).id == "a"


def test_positions_count_characters_from_one() -> None:
    """A place is what an editor shows, also after letters with accents and in nested lists."""
    text = "naïef: [één, {b: twee}]\nlijst:\n  - c: 1\n    d:\n      - x\n"
    document = read(text, "f.yaml").document
    assert document is not None
    paths = [(), ("naïef", 0), ("naïef", 1, "b"), ("lijst", 0, "d", 0), ("lijst", 0, "missing"), ("none",)]

    assert [document.position(path) for path in paths] == [(1, 1), (1, 9), (1, 18), (5, 9), (3, 5), (1, 1)]
    assert document.position(("lijst", 0, "d"), key=True) == (4, 5)


def test_an_empty_file_is_a_fault_of_its_own() -> None:
    """Nothing but comments is no city."""
    _value, problems = validate(Team, "# nothing yet\n", "f.yaml")

    assert [str(problem) for problem in problems] == [
        "f.yaml:1:1: this file is empty: see the reference of the file format for what belongs in it"
    ]


def test_a_flood_of_faults_is_cut_off_with_their_number() -> None:
    """After a hundred lines more lines help nobody."""
    text = "id: a\nname: {nl: A, en: A}\ncount: {value: 1, source: s}\n" + "".join(f"x{n}: 1\n" for n in range(250))
    document = read(text, "f.yaml").document
    assert document is not None
    _value, problems = fit(Team, document)

    assert (len(problems), str(problems[-1])) == (MAX_PROBLEMS + 1, "f.yaml: 150 more problems in this file")
