"""A workbook as bytes that depend on what it says alone, so that making it again gives the same file."""

import re
import zipfile
from io import BytesIO
from typing import Any, Final

OLDEST: Final = (1980, 1, 1, 0, 0, 0)
"""The date of every file in the archive: the oldest that a zip can hold."""
_MOMENTS: Final = re.compile(rb"(<dcterms:(created|modified)[^>]*>)[^<]*(</dcterms:)")
_UNIX: Final = 3


def workbook_file(book: Any) -> bytes:  # noqa: ANN401 - a workbook of the library
    """Return *book* as an .xlsx file without a moment of its making."""
    saved, target = BytesIO(), BytesIO()
    book.save(saved)
    with zipfile.ZipFile(saved) as old, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new:
        for name in sorted(old.namelist(), key=lambda name: (name != "[Content_Types].xml", name)):
            content = old.read(name)
            if name == "docProps/core.xml":
                content = _MOMENTS.sub(rb"\g<1>1980-01-01T00:00:00Z\g<3>", content)
            entry = zipfile.ZipInfo(name, OLDEST)
            entry.compress_type, entry.external_attr = zipfile.ZIP_DEFLATED, 0o644 << 16
            entry.create_system = _UNIX
            new.writestr(entry, content)
    return target.getvalue()
