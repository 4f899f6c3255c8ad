"""A pack as a workbook that needs nothing but a spreadsheet program, the same bytes for the same pack."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

from city_model.exchange.safe_input import library
from city_model.exchange.sheet_layout import A3, LINE, fit_rows, print_across
from city_model.exchange.tables import guarded
from city_model.exchange.workbook_file import workbook_file
from city_model.partner import sheets
from city_model.partner.kinds import Choice
from city_model.partner.pack import Pack, Question
from city_model.partner.questions import EXISTS, NEED_KIND, TLP, Sheet
from city_model.partner.sheets import verdicts_of

_WIDTHS: Final = (8, 46, 32, 32, 38, 22, 14, 16, 24, 28, 24, 10)
_NEW_WIDTHS: Final = (34, 34, 26, 24, 40, 26)
_ANSWERED: Final = "✓"
_TITLE: Final = "Vragenlijst / Questionnaire"


def workbook_bytes(pack: Pack) -> bytes:
    """Return *pack* as an .xlsx file; raises RunError where the extra for spreadsheets is absent."""
    return workbook_file(_Book(pack).filled())


class _Book:
    """Writes the sheets."""

    def __init__(self, pack: Pack) -> None:
        self.pack = pack
        self.styles = library("openpyxl.styles")
        self.book: Any = library("openpyxl").Workbook()
        self.lists: dict[tuple[str, ...], int] = {}
        self.chosen: dict[tuple[str, tuple[str, ...]], list[tuple[str, int]]] = {}
        self.answered: list[str] = []
        self._add_styles()

    def filled(self) -> Any:  # noqa: ANN401 - a workbook of the library
        first = self.book.active
        first.title = sheets.INTRODUCTION
        for sheet in sheets.SHEETS:
            self._questions(sheet, self.pack.of(sheet))
        self._new_needs()
        self._introduction(first)
        self._list_sheet()
        self._add_choices()
        properties = self.book.properties
        properties.creator, properties.title = "resilience", f"{_TITLE} {self.pack.organisation}"
        return self.book

    def _add_styles(self) -> None:
        styles = self.styles
        wrapped = styles.Alignment(wrap_text=True, vertical="top")
        line = styles.Side(style="thin", color="BFBFBF")
        border = styles.Border(left=line, right=line, top=line, bottom=line)
        looks: Mapping[str, tuple[str | None, dict[str, Any], bool]] = {
            "kop": ("1F3864", {"bold": True, "color": "FFFFFF"}, True),
            "vast": ("EDEDED", {}, True),
            "sleutel": ("EDEDED", {"size": 8, "color": "7F7F7F"}, True),
            "antwoord": ("FFF9E5", {}, False),
            "uitleg": (None, {}, True),
            "titel": (None, {"bold": True, "size": 16}, True),
        }
        for name, (colour, font, locked) in looks.items():
            style = styles.NamedStyle(name=name)
            style.alignment = wrapped if name != "sleutel" else styles.Alignment(vertical="top")
            style.protection = styles.Protection(locked=locked)
            style.font = styles.Font(name="Calibri", **{"size": 11, **font})
            style.number_format = "@"
            if colour:
                style.fill, style.border = styles.PatternFill("solid", fgColor=colour), border
            self.book.add_named_style(style)

    def _questions(self, sheet: Sheet, questions: Sequence[Question]) -> None:
        page = self._page(sheets.SHEETS[sheet], sheets.QUESTION_HEADINGS, _WIDTHS)
        for number, question in enumerate(questions, start=2):
            fixed = (
                question.key, _both(question.about.nl, question.about.en), question.field.asks.nl,
                question.field.asks.en, _both(question.kind.hint.nl, question.kind.hint.en), question.now,
                _both(question.certainty.nl, question.certainty.en) if question.certainty else "",
            )  # fmt: skip
            for column, text in enumerate(fixed, start=1):
                _write(page.cell(number, column), text, "sleutel" if column == 1 else "vast")
            no_answer = question.field.path == EXISTS
            for column, text in ((8, ""), (9, question.now), (10, ""), (11, "")):
                _write(page.cell(number, column), text, "vast" if no_answer and column == 9 else "antwoord")
            state = page.cell(number, 12)
            state.value, state.style = f'=IF(OR(H{number}<>"",I{number}<>F{number}),"{_ANSWERED}","")', "vast"
            state.number_format = "General"
            self._choose(page, "H", number, verdicts_of(question.field.path))
            self._choose(page, "K", number, TLP)
            if isinstance(question.kind, Choice):
                self._choose(page, "I", number, question.kind)
        fit_rows(page, len(questions) + 1)
        if questions:
            self.answered.append(f"COUNTIF('{page.title}'!L2:L{len(questions) + 1},\"{_ANSWERED}\")")

    def _new_needs(self) -> None:
        page = self._page(sheets.NEW, sheets.NEW_HEADINGS, _NEW_WIDTHS)
        parts = Choice(TLP.hint, self.pack.parts)
        labels = [name.nl for name in self.pack.parts.values()]
        for number in range(2, sheets.NEW_ROWS + 2):
            for column in range(1, len(sheets.NEW_HEADINGS) + 1):
                _write(page.cell(number, column), "", "antwoord")
            if labels:
                self._choose(page, "A", number, parts)
            self._choose(page, "C", number, NEED_KIND)
            self._choose(page, "F", number, TLP)
        fit_rows(page, 1)

    def _introduction(self, page: Any) -> None:  # noqa: ANN401 - a sheet of the library
        pack = self.pack
        _write(page.cell(1, 1), _TITLE, "titel")
        page.row_dimensions[1].height = 2 * LINE
        page.column_dimensions["A"].width, page.column_dimensions["B"].width = 62, 62
        number = 2
        for paragraph in sheets.EXPLANATION:
            _write(page.cell(number, 1), paragraph.nl, "uitleg")
            _write(page.cell(number, 2), paragraph.en, "uitleg")
            number += 1
        fit_rows(page, number - 1)
        number += 1
        facts = (
            (sheets.ORGANISATION, f"{pack.organisation_name.nl} ({pack.organisation})"),
            (sheets.CITY, f"{pack.city_name.nl} ({pack.city})"),
            (sheets.LAYOUT, sheets.VERSION),
        )
        for label, text in facts:
            _write(page.cell(number, 1), label, "vast")
            _write(page.cell(number, 2), text, "vast")
            number += 1
        for label, text in ((sheets.BY, ""), (sheets.DATE, ""), (sheets.DEFAULT_MARK, TLP.show(sheets.DEFAULT_TLP))):
            _write(page.cell(number, 1), label, "vast")
            _write(page.cell(number, 2), text, "antwoord")
            number += 1
        self._choose(page, "B", number - 1, TLP)
        _write(page.cell(number, 1), sheets.ANSWERED, "vast")
        total = page.cell(number, 2)
        done = "+".join(self.answered) or "0"
        total.value, total.style = f'={done}&" / {len(pack.questions)}"', "vast"
        total.number_format = "General"
        print_across(page, paper=None)
        self._protect(page)

    def _list_sheet(self) -> None:
        page = self.book.create_sheet(sheets.LISTS)
        for column, options in enumerate(self.lists, start=1):
            for number, option in enumerate(options, start=1):
                _write(page.cell(number, column), option, "vast")
        page.sheet_state = "hidden"
        self._protect(page)

    def _page(self, title: str, headings: Iterable[str], widths: Iterable[int]) -> Any:  # noqa: ANN401 - a sheet
        page = self.book.create_sheet(title)
        letters = library("openpyxl.utils").get_column_letter
        for column, (heading, width) in enumerate(zip(headings, widths, strict=True), start=1):
            _write(page.cell(1, column), heading, "kop")
            page.column_dimensions[letters(column)].width = width
        page.freeze_panes = "C2" if title != sheets.NEW else "A2"
        page.print_title_rows = "1:1"
        print_across(page, paper=A3)
        self._protect(page)
        return page

    def _protect(self, page: Any) -> None:  # noqa: ANN401 - a sheet of the library
        """Lock what is not to be filled in, without a password: against slips, not against people."""
        page.protection.sheet = True
        page.protection.formatColumns = page.protection.formatRows = False

    def _choose(self, page: Any, column: str, row: int, choice: Choice) -> None:  # noqa: ANN401 - a sheet
        """Let a cell be chosen from the options of *choice*."""
        options = tuple(choice.show(code) for code in choice.options)
        self.lists.setdefault(options, len(self.lists) + 1)
        self.chosen.setdefault((page.title, options), []).append((column, row))

    def _add_choices(self) -> None:
        """Add one rule for each list on each sheet; other answers are warned about, not refused."""
        make = library("openpyxl.worksheet.datavalidation").DataValidation
        letters = library("openpyxl.utils").get_column_letter
        for (title, options), cells in self.chosen.items():
            letter = letters(self.lists[options])
            rule = make(
                type="list",
                formula1=f"'{sheets.LISTS}'!${letter}$1:${letter}${len(options)}",
                allow_blank=True,
                errorStyle="warning",
                error="Kies uit de lijst / Choose from the list",
                sqref=" ".join(_ranges(cells)),
            )
            self.book[title].add_data_validation(rule)


def _ranges(cells: Iterable[tuple[str, int]]) -> list[str]:
    """Return *cells*, by column and row, as ranges of rows that follow each other."""
    found: list[list[Any]] = []
    for column, row in sorted(cells):
        if found and found[-1][0] == column and found[-1][2] == row - 1:
            found[-1][2] = row
        else:
            found.append([column, row, row])
    return [f"{column}{first}:{column}{last}" for column, first, last in found]


def _both(dutch: str, english: str) -> str:
    return dutch if dutch == english else f"{dutch}\n{english}"


def _write(cell: Any, text: str, style: str) -> None:  # noqa: ANN401 - a cell of the library
    """Put *text* into *cell* as text, whatever it looks like."""
    cell.style = style
    if text:
        cell.value = guarded(text)
        cell.data_type = "s"
