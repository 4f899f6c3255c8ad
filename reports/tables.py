"""A table as every page and every chart needs it: words in cells, with a caption that says what it holds."""

from dataclasses import dataclass

_WORDY_CHARACTERS = 28
"""A cell longer than this is running text."""


@dataclass(frozen=True)
class Table:
    """Rows of words under a caption; the first cell of a row names the row."""

    caption: str
    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    numeric: frozenset[int] = frozenset()
    """The columns that are set to the right, so that digits stand under each other."""
    firm: frozenset[int] = frozenset()
    """The columns whose words stay on one line, such as dates."""
    when_empty: str = ""
    """What stands in place of the rows when there are none; an empty table without a reason reads as a fault."""

    @property
    def is_wordy(self) -> bool:
        """Whether it holds running text, which a narrow screen shows row by row instead of in columns."""
        long = max((len(cell) for row in self.rows for cell in row[1:]), default=0)
        return len(self.header) > 2 and long > _WORDY_CHARACTERS

    def __post_init__(self) -> None:
        """Refuse a row that does not fit under the header."""
        wrong = [row for row in self.rows if len(row) != len(self.header)]
        if wrong:
            msg = f"{self.caption}: the row {wrong[0]} does not fit under {self.header}"
            raise ValueError(msg)
