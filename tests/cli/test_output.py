"""How results look on stdout."""

import json

import pytest

from resilience.cli import output


def test_table_is_aligned_with_numbers_to_the_right() -> None:
    """Columns line up, numbers end in one column, and no line has white space at its end."""
    text = output.table_text(["onderdeel", "uren"], [["kpn", 4], ["stedin-net", 12], ["odido", None]], width=None)

    assert text.splitlines() == [
        "onderdeel   uren",
        "----------  ----",
        "kpn            4",
        "stedin-net    12",
        "odido",
    ]


def test_table_wraps_to_the_terminal() -> None:
    """In a narrow terminal the widest column is wrapped and no line is wider than the terminal."""
    text = output.table_text(["id", "gevolg"], [["a", "de stoplichten vallen uit in de hele stad"]], width=24)

    assert text.splitlines() == [
        "id  gevolg",
        "--  --------------------",
        "a   de stoplichten",
        "    vallen uit in de",
        "    hele stad",
    ]


def test_table_without_rows_shows_its_headers() -> None:
    """An empty table still says what its columns would be."""
    assert output.table_text(["id", "naam"], [], width=80).splitlines() == ["id  naam", "--  ----"]


def test_cells_stay_on_their_line() -> None:
    """A name of others cannot break the table or steer the terminal."""
    assert output.table_text(["n"], [["a\n\x1b[2Jb"]], width=None).splitlines()[2:] == ["a \\x1b[2Jb"]


def test_table_takes_the_width_of_the_screen(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """COLUMNS sets the width; into a pipe without it nothing is wrapped."""
    row = ["woord " * 30]
    output.table(["tekst"], [row])
    piped = capsys.readouterr().out
    monkeypatch.setenv("COLUMNS", "40")
    output.table(["tekst"], [row])
    narrow = capsys.readouterr().out

    assert (len(piped.splitlines()), max(map(len, narrow.splitlines())) <= 40) == (3, True)


def test_json_is_readable_sorted_and_keeps_its_letters(capsys: pytest.CaptureFixture[str]) -> None:
    """Programs get JSON in one stable order; letters are not turned into codes."""
    output.json_result({"b": [1, None], "a": "gemeente Súdwest-Fryslân"})

    written = capsys.readouterr().out
    assert (json.loads(written), written.index('"a"') < written.index('"b"'), "Súdwest" in written) == (
        {"a": "gemeente Súdwest-Fryslân", "b": [1, None]},
        True,
        True,
    )


def test_result_ends_its_last_line_once(capsys: pytest.CaptureFixture[str]) -> None:
    """A text with or without a line end gives the same output."""
    output.result("klaar")
    output.result("klaar\n")

    assert capsys.readouterr().out == "klaar\nklaar\n"
