"""From texts to lines: exactly as wide as asked, and never a code that steers a terminal."""

from rich.cells import cell_len

from tui.widgets.painting import Cell, Column, fit, laid_out, safe, widths_of, wrapped


def test_codes_that_steer_a_terminal_are_not_shown() -> None:
    """A city text or a note may hold an escape code; the terminal must never get it."""
    assert safe("a\x1b[31mb\x9bc\u202ed\u200be\tf") == "a [31mb c d e f"


def test_a_text_fills_its_column_exactly() -> None:
    """Too long ends in an ellipsis, too short is padded, double-width letters count for two."""
    fitted = [fit("Betalingsverkeer", 8), fit("Zorg", 8), fit("Zorg", 8, right=True), fit("漢字漢字", 7), fit("x", 0)]

    assert fitted == ["Betalin…", "Zorg    ", "    Zorg", "漢字漢…", ""]
    assert [cell_len(text) for text in fitted] == [8, 8, 8, 7, 0]


def test_long_texts_wrap_at_words_and_keep_their_line_ends() -> None:
    """A log entry of several lines stays one entry of several lines."""
    assert wrapped("een twee drie\n\nvier", 8) == ["een twee", "drie", "", "vier"]


def test_columns_that_can_be_missed_go_when_it_gets_narrow() -> None:
    """The highest drop goes first; the flexible column gets what is left."""
    columns = (Column(), Column(drop=2), Column(flexible=True), Column(drop=1))
    table = [(Cell("!"), Cell("te laat"), Cell("Een titel"), Cell("GBT"))]

    assert [widths_of(columns, table, width, 10) for width in (40, 20, 12)] == [
        (1, 7, 26, 3),
        (1, 0, 14, 3),
        (1, 0, 10, 0),
    ]


def test_a_row_that_wraps_takes_lines_of_the_same_width() -> None:
    """The other columns stay empty below their first line."""
    columns = (Column(), Column(flexible=True, wrap=True))
    line = (Cell("+00:12"), Cell("een twee drie"))

    drawn = ["".join(cell.text for cell in one) for one in laid_out(line, columns, (6, 8))]

    assert drawn == ["+00:12 een twee", "       drie    "]
