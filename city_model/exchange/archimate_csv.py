"""ArchiMate as Archi's three CSV files: elements, relations, properties."""

import csv
from collections.abc import Iterator, Mapping, Sequence
from io import StringIO

from city_model.exchange.archimate_model import (
    ACCESS_TYPES,
    RELATION_TYPES,
    ArchiModel,
    Element,
    Notice,
    Relation,
    clean,
    known_type,
    words,
)
from city_model.exchange.archimate_xml import add_to
from city_model.exchange.tables import decoded, delimiter_of
from resilience.base.language import _
from resilience.base.problems import InputError

ENTRY = "elements.csv"
_MODEL = "ArchimateModel"
_FIELDS = {
    "elements": ("ID", "Type", "Name", "Documentation"),
    "relations": ("ID", "Type", "Source", "Target"),
    "properties": ("ID", "Key", "Value"),
}
_ATTRIBUTES = frozenset({"Access_Type", "Directed", "Junction_Type", "Influence_Strength"})
"""Properties that say what the other formats say in attributes."""


def entry_of(names: Mapping[str, bytes]) -> str | None:
    """Return the name of the file with the elements among *names*, which may have a prefix."""
    return min((name for name in names if name.endswith(ENTRY)), key=len, default=None)


def model_of(files: Mapping[str, bytes], name: str) -> ArchiModel:
    """Return the model in *files*; raises InputError when the entry file has other columns."""
    entry = entry_of(files)
    if entry is None:
        what = _("there is no {file} here", file=ENTRY)
        raise InputError.because(what, _("give the folder or the file {file}", file=ENTRY), file=name)
    prefix = entry.removesuffix(ENTRY)
    properties: dict[str, list[tuple[str, str]]] = {}
    for row in _rows(files, f"{prefix}properties.csv", "properties"):
        properties.setdefault(row["ID"], []).append((clean(row["Key"]), clean(row["Value"])))
    model = ArchiModel("Archi CSV", access_without_type="Write")
    for row in _rows(files, entry, "elements"):
        if row["Type"] == _MODEL:
            model.name, model.documentation = words([("", row["Name"])]), words([("", row["Documentation"])])
            model.properties = tuple(properties.get(row["ID"], ()))
        else:
            add_to(model, _element(row, properties.get(row["ID"], ())))
    for row in _rows(files, f"{prefix}relations.csv", "relations"):
        item = _element(row, properties.get(row["ID"], ()))
        said = dict(properties.get(row["ID"], ()))
        written = said.get("Access_Type", "Write") if item.type == "Access" else ""
        access = next((known for known in ACCESS_TYPES if known.lower() == written.lower()), "")
        relation = Relation(
            item.id,
            item.type,
            item.name,
            item.documentation,
            item.properties,
            source=row["Source"],
            target=row["Target"],
            access=access,
            directed=said.get("Directed", "").lower() == "true",
        )
        add_to(model, relation)
    for name_ in (f"{prefix}relations.csv", f"{prefix}properties.csv"):
        if name_ not in files:
            model.notices.append(Notice(name_, _("is not there; read without it")))
    return model


def _element(row: Mapping[str, str], properties: Sequence[tuple[str, str]]) -> Element:
    said = dict(properties)
    type_ = known_type(row["Type"])
    if type_ == "AndJunction" and said.get("Junction_Type", "").lower() == "or":
        type_ = "OrJunction"
    kept = [pair for pair in properties if pair[0] not in _ATTRIBUTES or type_ not in {*RELATION_TYPES, "OrJunction"}]
    if row.get("Specialization"):
        kept.append(("specialization", clean(row["Specialization"])))
    return Element(
        row["ID"].strip(), type_, words([("", row["Name"])]), words([("", row["Documentation"])]), tuple(kept)
    )


def _rows(files: Mapping[str, bytes], name: str, kind: str) -> Iterator[dict[str, str]]:
    """Yield the rows of one of the three files by heading; nothing when the file is not there."""
    if name not in files:
        return
    text, _encoding = decoded(files[name], name)
    delimiter = delimiter_of(text)
    try:
        records = list(csv.reader(StringIO(text, newline=""), delimiter=delimiter))
    except csv.Error as error:
        what = _("this is not a CSV that can be read ({reason})", reason=error)
        raise InputError.because(what, _("export it from Archi again"), file=name) from error
    headers = [field.strip() for field in records[0]] if records else []
    missing = [field for field in _FIELDS[kind] if field not in headers]
    if missing:
        what = _("the columns {names} are not there", names=", ".join(missing))
        raise InputError.because(what, _("export it from Archi again"), file=name)
    for record in records[1:]:
        if any(record):
            padded = [*record, *[""] * (len(headers) - len(record))]
            yield {"Name": "", "Documentation": "", **dict(zip(headers, padded, strict=False))}
