"""One export: which formats there are, and the files that each of them makes of what a reader may see."""

from collections.abc import Callable, Iterable, Mapping
from typing import Final

from city_model.exchange.archimate_write import archimate_text
from city_model.exchange.city_files import files_of
from city_model.exchange.dataset import Description, city_json, dataset_files
from city_model.exchange.graph_formats import dot, gexf, graphml, mermaid
from city_model.exchange.graph_view import GraphView, graph_view
from city_model.exchange.subset import Subset, subset_of
from city_model.exchange.table_out import csv_files, workbook
from city_model.hiding import Reader
from city_model.redaction import view_for
from city_model.schema import City
from resilience.base.language import _
from resilience.base.problems import InputError

_GRAPHS: Final[Mapping[str, Callable[[GraphView], str]]] = {
    "graphml": graphml,
    "gexf": gexf,
    "dot": dot,
    "mermaid": mermaid,
}
FOLDERS: Final = frozenset({"csv", "dataset", "yaml"})
"""Formats that make several files, and so a folder."""
FORMATS: Final = ("archimate", "csv", "xlsx", "graphml", "gexf", "dot", "mermaid", "json", "dataset", "yaml")


def exported(
    city: City, form: str, reader: Reader, asked: Iterable[str] = (), description: Description | None = None
) -> dict[str, bytes]:
    """Return the files of *city* in *form*, as *reader* may see it; a format of one file gives it no name.

    Raises InputError when *asked* chooses nothing, RunError when an optional library is absent.
    """
    if form == "dataset":
        if list(asked):
            what = _("the public data set is the whole of what everybody may see")
            raise InputError.because(what, _("leave out --select, or choose another format"))
        return dataset_files(city, description or Description(str(city.name)))
    subset = subset_of(view_for(city, reader), asked)
    if form in FOLDERS:
        return _folder(subset, form)
    return {"": _file(subset, form)}


def _folder(subset: Subset, form: str) -> dict[str, bytes]:
    if form == "csv":
        return csv_files(subset.city)
    if subset.outside:
        what = _("a part of a city is no city that can be loaded: it would need {number} components left out",
                 number=len(subset.outside))  # fmt: skip
        raise InputError.because(what, _("export the whole city, or choose another format"))
    return {name: text.encode() for name, text in files_of(subset.city).texts().items()}


def _file(subset: Subset, form: str) -> bytes:
    if form == "xlsx":
        return workbook(subset.city)
    if form == "json":
        return city_json(subset.city, subset.outside).encode()
    if form == "archimate":
        return archimate_text(subset.city).encode()
    return _GRAPHS[form](graph_view(subset)).encode()
