"""From a name, a folder or frozen texts to one checked City.

All files are read and all their faults collected before anything is refused. The order is always the same: included
cities first, in the order of ``includes``; inside a city the files by name.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from importlib.resources.abc import Traversable
from pathlib import Path

from city_model.catalogue import CITY_FILE, bundled_cities, bundled_folder
from city_model.draft import AnyFile, PlacedFile, draft_of
from city_model.fault_words import choice
from city_model.references import faults_in
from city_model.schema import AccessFile, City, CityFile, OrganisationFile
from city_model.yaml_source import Document, Reading, fit, read
from resilience.base.files import decode_text, read_text
from resilience.base.language import _
from resilience.base.problems import InputError, Problem

ACCESS_FILE = "access.yaml"


@dataclass(frozen=True)
class _File:
    """One file of a city: its key ``folder/name``, its full text, what reading it gave."""

    key: str
    text: str
    reading: Reading

    @property
    def folder(self) -> str:
        return self.key.rpartition("/")[0]

    @property
    def name(self) -> str:
        return self.key.rpartition("/")[2]


@dataclass(frozen=True)
class _Folder:
    """Where the files of one city are, and how problems call that place."""

    name: str
    where: Traversable
    shown: str

    def beside(self, name: str) -> "_Folder | None":
        """Return the city called *name* that this one includes: a folder beside it, or a bundled one."""
        if isinstance(self.where, Path):
            sibling = self.where.resolve().parent / name
            if (sibling / CITY_FILE).is_file():
                return _Folder(name, sibling, str(Path(self.shown).parent / name))
        return _bundled(name)


def load_city(name_or_folder: str) -> City:
    """Return the bundled city of that name, or the one in that folder, with all that it includes.

    A bundled name goes before a folder; write ``./name`` for a folder that is called as a bundled city.
    Raises InputError with every problem in every file.
    """
    root = _find(name_or_folder)
    return _city_of(*_gather(root), root.name)


def city_texts(name_or_folder: str) -> dict[str, str]:
    """Return the full text of every file of the city and its includes, by ``folder/name``.

    `load_city_from_texts` makes the same City of them, whatever becomes of the files. Raises InputError when a file
    cannot be read; what the texts say is not checked here.
    """
    files, problems = _gather(_find(name_or_folder))
    if problems:
        raise InputError(problems)
    return {file.key: file.text for file in files}


def load_city_from_texts(texts: Mapping[str, str]) -> City:
    """Return the City in *texts*, as city_texts gave them; raises InputError with every problem."""
    files = [_File(key, texts[key], read(texts[key], key)) for key in sorted(texts)]
    folders = {file.folder for file in files}
    roots = sorted(folders - {name for folder in folders for name in _includes(_of(files, folder)) if name != folder})
    if len(roots) != 1:
        names = ", ".join(roots or sorted(folders)) or "-"
        what = _("these texts are not those of one city and its includes ({names})", names=names)
        raise InputError.because(what, _("give the texts of one city"))
    return _city_of(files, [], roots[0])


def _find(name_or_folder: str) -> _Folder:
    bundled = _bundled(name_or_folder)
    if bundled:
        return bundled
    path = Path(name_or_folder)
    if path.is_file():
        what = _("this is a file, not the folder of a city")
        raise InputError.because(what, _("give its folder: {folder}", folder=path.parent), file=name_or_folder)
    if not path.is_dir():
        what = _("there is no city or folder called '{name}'", name=name_or_folder)
        raise InputError.because(what, choice(name_or_folder, bundled_cities()))
    if not (path / CITY_FILE).is_file():
        what = _("this folder holds no {file}", file=CITY_FILE)
        raise InputError.because(what, _("give the folder of a city, or write that file"), file=name_or_folder)
    return _Folder(path.resolve().name or "city", path, name_or_folder)


def _bundled(name: str) -> _Folder | None:
    where = bundled_folder(name)
    return _Folder(name, where, name) if where is not None else None


def _gather(root: _Folder) -> tuple[list[_File], list[Problem]]:
    """Return the files of *root* and of all that it includes, and what is wrong with those that cannot be read."""
    files: list[_File] = []
    problems: list[Problem] = []
    waiting, met = [root], {root.name}
    while waiting:
        folder = waiting.pop()
        own = list(_files_in(folder, problems))
        files += own
        for name in _includes(own):
            found = folder.beside(name)
            if found and name not in met:
                met.add(name)
                waiting.append(found)
    return files, problems


def _files_in(folder: _Folder, problems: list[Problem]) -> Iterator[_File]:
    for entry in sorted(folder.where.iterdir(), key=lambda found: found.name):
        if entry.name.startswith(".") or not entry.name.endswith((".yaml", ".yml")) or not entry.is_file():
            continue
        shown = f"{folder.shown.rstrip('/')}/{entry.name}"
        if entry.name.endswith(".yml"):
            what = _("a file of a city ends in .yaml")
            problems.append(Problem(shown, 0, 0, "", what, _("rename it to {name}", name=f"{entry.name[:-4]}.yaml")))
            continue
        try:
            text = read_text(entry) if isinstance(entry, Path) else decode_text(entry.read_bytes(), shown)
        except InputError as error:
            problems += error.problems
            continue
        yield _File(f"{folder.name}/{entry.name}", text, read(text, shown))


def _includes(files: Iterable[_File]) -> list[str]:
    """Return the names that the city file among *files* includes, also when the rest of that file is faulty."""
    document = next((file.reading.document for file in files if file.name == CITY_FILE), None)
    said = document.data.get("includes") if document and isinstance(document.data, dict) else None
    return [name for name in said if isinstance(name, str)] if isinstance(said, list) else []


def _of(files: Iterable[_File], folder: str) -> list[_File]:
    return [file for file in files if file.folder == folder]


def _city_of(files: list[_File], unreadable: list[Problem], root: str) -> City:
    """Return the checked City of *files*; raises InputError with the problems of all files, or of the whole."""
    problems = [*unreadable, *(problem for file in files for problem in file.reading.problems)]
    order = _in_order(files, root, problems)
    placed: list[PlacedFile] = []
    for file in (file for folder in order for file in sorted(_of(files, folder), key=lambda found: found.name)):
        if file.reading.document:
            content, faults = _fitted(file, file.reading.document, included=file.folder != root)
            problems += faults
            placed += [PlacedFile(content, file.reading.document)] if content else []
    if problems:
        raise InputError(problems)
    draft = draft_of(placed)
    faults = faults_in(draft)
    if faults:
        raise InputError(faults)
    return draft.city_value()


def _fitted(file: _File, document: Document, *, included: bool) -> tuple[AnyFile | None, list[Problem]]:
    """Return what *file* says, as the model that belongs to its name."""
    if file.name == ACCESS_FILE:
        return fit(AccessFile, document)
    if file.name != CITY_FILE:
        return fit(OrganisationFile, document)
    content, faults = fit(CityFile, document)
    if content and included and content.id != file.folder:
        what = _("this city is included as '{folder}', and its id is '{id}'", folder=file.folder, id=content.id)
        faults = [document.problem(("id",), what, _("give the folder and the id the same name"))]
    return content, faults


def _in_order(files: list[_File], root: str, problems: list[Problem]) -> list[str]:
    """Return the folders of *root* and its includes, included ones first; adds what is wrong to *problems*."""
    present = {file.folder for file in files}
    order: list[str] = []

    def visit(folder: str, above: tuple[str, ...]) -> None:
        own = _of(files, folder)
        city_file = next((file for file in own if file.name == CITY_FILE), None)
        if city_file is None:
            what = _("this folder holds no {file}", file=CITY_FILE)
            problems.append(Problem(folder, 0, 0, "", what, _("write that file")))
            return
        for number, name in enumerate(_includes(own)):
            chain = (*above, folder, name)
            if name in chain[:-1]:
                what = _("this city includes itself: {chain}", chain=" > ".join(chain[chain.index(name) :]))
                problems.append(_at_include(city_file, number, what, _("remove this include")))
            elif name not in present:
                what = _("there is no city '{name}' to include", name=name)
                known = {*present, *bundled_cities()} - {folder}
                problems.append(_at_include(city_file, number, what, choice(name, sorted(known))))
            elif name not in order:
                visit(name, chain[:-1])
        order.append(folder)

    visit(root, ())
    return order


def _at_include(city_file: _File, number: int, what: str, repair: str) -> Problem:
    assert city_file.reading.document is not None  # noqa: S101 - its includes were read from it
    return city_file.reading.document.problem(("includes", number), what, repair)
