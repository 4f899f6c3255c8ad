"""From a file or folder to an ArchiMate model: which dialect it is shows in the content, not in the name."""

import os
from pathlib import Path

from city_model.exchange import archimate_csv, archimate_grafico, archimate_xml
from city_model.exchange.archimate_model import ArchiModel, Notice
from city_model.exchange.safe_input import (
    MAX_ENTRIES,
    MAX_UNPACKED,
    MEGABYTE,
    is_zip,
    parse_xml,
    read_bytes,
    unpacked,
)
from resilience.base.language import _
from resilience.base.problems import InputError


def read_archimate(path: Path) -> ArchiModel:
    """Return the model in *path*; raises InputError when it is none, or one that is refused."""
    name = str(path)
    if path.is_dir():
        files, skipped = _folder_files(path)
        model = _from_many(files, name)
        model.notices += skipped
        return model
    raw = read_bytes(path)
    if is_zip(raw):
        return _from_many(unpacked(raw, name), name)
    if path.name.endswith(archimate_csv.ENTRY):
        prefix = path.name.removesuffix(archimate_csv.ENTRY)
        beside = {other: path.with_name(other) for other in (f"{prefix}relations.csv", f"{prefix}properties.csv")}
        parts = {other: read_bytes(file) for other, file in beside.items() if file.is_file()}
        return archimate_csv.model_of({path.name: raw, **parts}, name)
    if path.suffix.lower() == ".csv":
        what = _("the model of Archi starts in elements.csv, not in this file")
        raise InputError.because(what, _("give elements.csv; for another table use --as csv"), file=name)
    return archimate_xml.model_of(parse_xml(raw, name), name)


def _from_many(files: dict[str, bytes], name: str) -> ArchiModel:
    if archimate_grafico.is_grafico(files):
        return archimate_grafico.model_of(files, name)
    if "folder.xml" in files:
        return archimate_grafico.model_of({f"model/{path}": content for path, content in files.items()}, name)
    if archimate_csv.entry_of(files):
        return archimate_csv.model_of(files, name)
    documents = [path for path in files if path.endswith((".xml", ".archimate"))]
    chosen = "model.xml" if "model.xml" in files else documents[0] if len(documents) == 1 else None
    if chosen is None:
        what = _("there is no ArchiMate model in here")
        repair = _("give an exchange file, an .archimate file, a Grafico folder or elements.csv")
        raise InputError.because(what, repair, file=name)
    return archimate_xml.model_of(parse_xml(files[chosen], f"{name}/{chosen}"), name)


def _folder_files(folder: Path) -> tuple[dict[str, bytes], list[Notice]]:
    """Return the XML and CSV files below *folder* by path; links are not followed, so that nothing outside is read."""
    files: dict[str, bytes] = {}
    skipped: list[Notice] = []
    total = 0
    for where, folders, names in os.walk(folder, followlinks=False):
        folders[:] = sorted(name for name in folders if not name.startswith(".") and name != "images")
        for name in sorted(names):
            path = Path(where) / name
            if path.suffix.lower() not in {".xml", ".csv", ".archimate"}:
                continue
            inside = path.relative_to(folder).as_posix()
            if path.is_symlink():
                skipped.append(Notice(inside, _("is a link to another file and was left out")))
                continue
            files[inside] = read_bytes(path)
            total += len(files[inside])
            if len(files) > MAX_ENTRIES or total > MAX_UNPACKED:
                what = _("this folder holds more than {number} files or {limit} MB",
                         number=MAX_ENTRIES, limit=MAX_UNPACKED // MEGABYTE)  # fmt: skip
                raise InputError.because(what, _("export a smaller part"), file=str(folder))
    return files, skipped
