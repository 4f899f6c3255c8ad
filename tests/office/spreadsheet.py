"""A real spreadsheet program, without its windows: it opens, saves and converts; cells are filled in between.

LibreOffice saves a workbook as flat XML, in which a test types like a person: text as it was typed, or a number or a
date where somebody pasted one. What LibreOffice then saves is what a partner would send back.
"""

import datetime as dt
import shutil
import subprocess
from collections.abc import Iterator
from copy import deepcopy
from io import BytesIO
from pathlib import Path
from typing import Final, TypeAlias
from xml.etree.ElementTree import Element, ElementTree, SubElement, register_namespace

from defusedxml.ElementTree import fromstring, iterparse

Typed: TypeAlias = str | int | float | dt.date

CSV_IN_DUTCH: Final = "csv:Text - txt - csv (StarCalc):59,34,1,1,,1043,false,true,false,false,false,-1"
"""As a Dutch Windows saves it: semicolons, Windows-1252, every sheet a file of its own."""
_OFFICE: Final = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_TABLE: Final = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_TEXT: Final = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_CALC: Final = "{urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0}"


def convert(source: Path, to: str, folder: Path) -> Path:
    """Let LibreOffice open *source* and save it in *folder* as *to*, a suffix or a filter; return that file.

    Of a filter that writes a file for each sheet the name without the sheet is returned.
    """
    office = shutil.which("soffice")
    assert office is not None
    done = subprocess.run(
        [office, "--headless", "--convert-to", to, "--outdir", str(folder), str(source)],
        check=True, capture_output=True, timeout=240, text=True,
    )  # fmt: skip
    assert "repair" not in (done.stdout + done.stderr).lower()
    return folder / f"{source.stem}.{to.partition(':')[0]}"


class FlatBook:
    """A workbook as LibreOffice saves it in flat XML, to type in."""

    def __init__(self, path: Path) -> None:
        raw = path.read_bytes()
        for _event, name in iterparse(BytesIO(raw), events=["start-ns"]):
            register_namespace(*name)
        self.root: Element = fromstring(raw)

    def save(self, path: Path) -> None:
        """Write the workbook to *path*."""
        ElementTree(self.root).write(path, encoding="utf-8", xml_declaration=True)

    def rows(self, sheet: str) -> list[Element]:
        """Return the rows of *sheet*; one that stands for several becomes several."""
        table = next(item for item in self.root.iter(f"{_TABLE}table") if item.get(f"{_TABLE}name") == sheet)
        for holder in list(table.iter()):
            _unfold(holder, f"{_TABLE}table-row", f"{_TABLE}number-rows-repeated")
        return list(table.iter(f"{_TABLE}table-row"))

    def column(self, sheet: str, heading: str) -> int:
        """Return the place, from 0, of the column called *heading*."""
        return [text_of(cell) for cell in cells_of(self.rows(sheet)[0])].index(heading)

    def type(self, row: Element, column: int, typed: Typed) -> None:
        """Put *typed* into a cell of *row*, in place of what stands in it."""
        cell = cells_of(row)[column]
        for child in list(cell):
            cell.remove(child)
        for name in [name for name in cell.attrib if name.endswith(("value", "value-type"))]:
            del cell.attrib[name]
        kind = {str: "string", dt.date: "date"}.get(type(typed), "float")
        for space in (_OFFICE, _CALC):
            cell.set(f"{space}value-type", kind)
        if kind != "string":
            cell.set(f"{_OFFICE}{'date-value' if kind == 'date' else 'value'}", str(typed))
        SubElement(cell, f"{_TEXT}p").text = str(typed)


def cells_of(row: Element) -> list[Element]:
    """Return the cells of *row*; one that stands for several becomes several."""
    _unfold(row, f"{_TABLE}table-cell", f"{_TABLE}number-columns-repeated")
    return list(row.iter(f"{_TABLE}table-cell"))


def text_of(cell: Element) -> str:
    """Return the text in *cell*."""
    return "\n".join("".join(line.itertext()) for line in cell.iter(f"{_TEXT}p"))


_MOST: Final = 100
"""Beyond so many alike lies only the empty rest of a sheet."""


def _unfold(holder: Element, tag: str, count: str) -> None:
    for place, item in reversed(list(enumerate(holder))):
        if item.tag == tag and count in item.attrib and int(item.attrib[count]) <= _MOST:
            times = int(item.attrib.pop(count))
            for again in _copies(item, times - 1):
                holder.insert(place, again)


def _copies(item: Element, number: int) -> Iterator[Element]:
    for _again in range(number):
        yield deepcopy(item)
