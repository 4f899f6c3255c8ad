"""From a name, a folder or frozen texts to one checked City.

All files are read and all their faults collected before anything is refused. The order is always the same: included
cities first, in the order of ``includes``; inside a city the files by name.
"""

import contextlib
from collections.abc import Callable, Container, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from importlib.resources.abc import Traversable
from pathlib import Path

from city_model.accepted import ACCEPTED_FILE, Acceptance
from city_model.actions import Action
from city_model.catalogue import CITY_FILE, bundled_cities, bundled_folder
from city_model.contacts import unknown_names, with_contacts
from city_model.draft import AnyFile, PlacedFile, draft_of
from city_model.fault_words import choice
from city_model.impact import IMPACT_FILE, ImpactFile
from city_model.references import faults_in, measures_without_target
from city_model.schema import AccessFile, City, CityFile, OrganisationFile
from city_model.side_files import SIDE_FILES, SideFiles, read_side_files
from city_model.yaml_source import Document, Reading, fit, read
from resilience.base.files import decode_text, plain_reason, read_text
from resilience.base.language import _
from resilience.base.problems import InputError, Problem
from resilience.base.progress import followed, progress

ACCESS_FILE = "access.yaml"
_ONLY_IN_SCENARIOS = frozenset({"incidents", "cells", "horizon"})


@dataclass(frozen=True)
class _File:
    """One file of a city: its key ``folder/name``, its full text, and the name by which problems call it."""

    key: str
    text: str
    shown: str

    @cached_property
    def reading(self) -> Reading:
        """What reading it gives; whoever wants only the text does not wait for that."""
        return read(self.text, self.shown)

    @property
    def folder(self) -> str:
        return self.key.rpartition("/")[0]

    @property
    def name(self) -> str:
        return self.key.rpartition("/")[2]


@dataclass(frozen=True)
class _Folder:
    """Where the files of one city are."""

    name: str
    where: Traversable
    bundled: bool

    def beside(self, name: str) -> "_Folder | None":
        """Return the city called *name* that this one includes: a folder beside it, or a bundled one."""
        if isinstance(self.where, Path) and not self.bundled:
            path = self.where if self.where.name not in {"", ".."} else self.where.resolve()
            if _is_city(path.parent / name):
                return _Folder(name, path.parent / name, bundled=False)
        return _bundled(name)

    def shown(self, entry: Traversable) -> str:
        """Return how problems call a file in this folder."""
        return f"{self.name}/{entry.name}" if self.bundled else str(entry)


def load_city(name_or_folder: str, *, contacts: bool = False) -> City:
    """Return the bundled city of that name, or the one in that folder, with all that it includes.

    A bundled name goes before a folder; write ``./name`` for a folder that is called as a bundled city.
    With *contacts* the names and numbers that the city keeps to itself are in it: only for the screen of the officer,
    because a pack, export or report would take them along. Raises InputError with every problem in every file.
    """
    root = _find(name_or_folder)
    return _bundled_city(root, contacts=contacts) if root.bundled else _read_city(root, contacts=contacts)


def city_texts(name_or_folder: str) -> dict[str, str]:
    """Return the full text of every file of the city and its includes, by ``folder/name``.

    `load_city_from_texts` makes the same City of them, whatever becomes of the files. The names and numbers that a city
    keeps to itself are not among them. Raises InputError when a file cannot be read; what the texts say is not checked
    here.
    """
    files, problems = _gather(_find(name_or_folder))
    if problems:
        raise InputError(problems)
    return {file.key: file.text for file in files if file.name not in SIDE_FILES}


def load_acceptances(name_or_folder: str, *, own: bool = False) -> tuple[Acceptance, ...]:
    """Return the findings that were accepted for a city, and for those that it includes, in the order of the files.

    With *own* only those in the folder of the city itself: what its keeper can tidy up. Raises InputError with every
    problem in these files.
    """
    return _decisions(name_or_folder, own=own).accepted


def load_actions(name_or_folder: str) -> tuple[Action, ...]:
    """Return what is done about findings of a city, and of those that it includes, in the order of the files.

    Raises InputError with every problem in these files.
    """
    return _decisions(name_or_folder).actions


def _decisions(name_or_folder: str, *, own: bool = False) -> SideFiles:
    root = _find(name_or_folder)
    files, problems = _gather(root, only=(CITY_FILE, ACCEPTED_FILE))
    problems += [problem for file in files if file.name == ACCEPTED_FILE for problem in file.reading.problems]
    order = _in_order(files, root.name, [])
    folders = {root.name} if own else set(order)
    said = _side_files([file for file in files if file.folder in folders], order, problems)
    if problems:
        raise InputError(problems)
    return said


def load_city_from_texts(texts: Mapping[str, str]) -> City:
    """Return the City in *texts*, as city_texts gave them; raises InputError with every problem."""
    files = [_File(key, texts[key], key) for key in sorted(texts)]
    folders = {file.folder for file in files}
    lacking = sorted(folders - {file.folder for file in files if file.name == CITY_FILE})
    if lacking:
        what = _("these texts hold no {file} for {names}", file=CITY_FILE, names=", ".join(lacking))
        raise InputError.because(what, _("give all texts of one city"))
    included = {name for folder in folders for name in _includes(_city_document(files, folder)) if name != folder}
    roots = sorted(folders - included)
    unclear = [problem for file in files for problem in file.reading.problems] if len(roots) != 1 else []
    if unclear:
        raise InputError(unclear)
    if len(roots) != 1:
        names = ", ".join(roots or sorted(folders)) or "-"
        what = _("these texts are not those of one city and its includes ({names})", names=names)
        raise InputError.because(what, _("give all texts of one city"))
    return _city_of(files, [], roots[0])


def included_names(text: str) -> list[str]:
    """Return the names that the city file *text* includes; none when it cannot be read."""
    return _includes(read(text, CITY_FILE).document)


def _find(name_or_folder: str) -> _Folder:
    bundled = _bundled(name_or_folder)
    if bundled:
        return bundled
    path = Path(name_or_folder)
    if _is_city(path):
        return _Folder(path.resolve().name or "city", path, bundled=False)
    with contextlib.suppress(OSError, ValueError):
        if path.is_file():
            what = _("this is a file, not the folder of a city")
            raise InputError.because(what, _("give its folder: {folder}", folder=path.parent), file=name_or_folder)
        if path.is_dir():
            raise InputError([_not_a_city(path, name_or_folder)])
    what = _("there is no city or folder called '{name}'", name=name_or_folder)
    raise InputError.because(what, choice(name_or_folder, bundled_cities()))


@cache
def _bundled_city(root: _Folder, *, contacts: bool) -> City:
    """Return a bundled city, read once: its files stay as they are while the program runs, and a City is frozen."""
    return _read_city(root, contacts=contacts)


def _read_city(root: _Folder, *, contacts: bool) -> City:
    return _city_of(*_gather(root), root.name, contacts=contacts)


def _not_a_city(path: Path, shown: str) -> Problem:
    """Return why the folder *path* is not that of a city: it cannot be looked into, or holds no city file."""
    try:
        next(path.iterdir(), None)
        (path / CITY_FILE).stat()
    except FileNotFoundError:
        what = _("this folder holds no {file}", file=CITY_FILE)
        return Problem(shown, 0, 0, "", what, _("give the folder of a city, or write that file"))
    except OSError as error:
        return _unreadable(shown, error)
    what = _("its {file} is not a file", file=CITY_FILE)
    return Problem(shown, 0, 0, "", what, _("give the folder of a city, or write that file"))


def _unreadable(shown: str, error: OSError) -> Problem:
    what = _("cannot be read ({reason})", reason=plain_reason(error))
    return Problem(shown, 0, 0, "", what, _("check the path and its permissions"))


def _bundled(name: str) -> _Folder | None:
    where = bundled_folder(name)
    return _Folder(name, where, bundled=True) if where is not None else None


def _is_city(path: Path) -> bool:
    """Return whether *path* is the folder of a city; a name that no file system takes is none."""
    try:
        return (path / CITY_FILE).is_file()
    except (OSError, ValueError):
        return False


def _gather(root: _Folder, only: Container[str] | None = None) -> tuple[list[_File], list[Problem]]:
    """Return the files of *root* and of all that it includes, and what is wrong with those that cannot be read.

    With *only* other names are passed over.
    """
    files: list[_File] = []
    problems: list[Problem] = []
    waiting, met = [root], {root.name}
    while waiting:
        folder = waiting.pop()
        files += _files_in(folder, problems, only)
        for name in _includes(_city_document(files, folder.name)):
            found = folder.beside(name)
            if found and name not in met:
                met.add(name)
                waiting.append(found)
    return files, problems


def _files_in(folder: _Folder, problems: list[Problem], only: Container[str] | None) -> Iterator[_File]:
    """Yield the files of a city by name; adds what cannot be read to *problems*."""
    try:
        entries = sorted(folder.where.iterdir(), key=lambda found: found.name)
    except OSError as error:
        problems.append(_unreadable(str(folder.where), error))
        return
    if not _is_text(folder.name):
        what = _("the name of this folder is not UTF-8 text")
        problems.append(Problem(str(folder.where), 0, 0, "", what, _("give it another name")))
    for entry in entries:
        if entry.name.startswith(".") or not entry.name.endswith((".yaml", ".yml")):
            continue
        if only is not None and entry.name not in only:
            continue
        shown = folder.shown(entry)
        if not _is_text(entry.name):
            what = _("the name of this file is not UTF-8 text")
            problems.append(Problem(shown, 0, 0, "", what, _("give it another name")))
            continue
        if entry.name.endswith(".yml"):
            repair = _("rename it to {name}", name=f"{entry.name[:-4]}.yaml")
            problems.append(Problem(shown, 0, 0, "", _("a file of a city ends in .yaml"), repair))
            continue
        try:
            own = isinstance(entry, Path) and not folder.bundled
            text = read_text(Path(shown)) if own else decode_text(entry.read_bytes(), shown)
        except InputError as error:
            problems += error.problems
            continue
        yield _File(f"{folder.name}/{entry.name}", text, shown)


def _is_text(name: str) -> bool:
    """Return whether a name on disk is text at all: an exercise keeps it, and could not."""
    try:
        name.encode()
    except UnicodeEncodeError:
        return False
    return True


def _city_document(files: Iterable[_File], folder: str) -> Document | None:
    """Return the document of the city file in *folder*; None when it cannot be read."""
    return next((file.reading.document for file in files if file.key == f"{folder}/{CITY_FILE}"), None)


def _includes(document: Document | None) -> list[str]:
    """Return the names that a city file includes, also when the rest of that file is faulty; a name is no path."""
    said = document.data.get("includes") if document and isinstance(document.data, dict) else None
    names = said if isinstance(said, list) else []
    return [name for name in names if isinstance(name, str) and Path(name).name == name]


def _city_of(files: list[_File], unreadable: list[Problem], root: str, *, contacts: bool = False) -> City:
    """Return the checked City of *files*; raises InputError with the problems of all files, or of the whole."""
    with progress(_("Reading the map"), 3) as done:
        return _made(files, unreadable, root, contacts=contacts, done=done)


def _made(
    files: list[_File], unreadable: list[Problem], root: str, *, contacts: bool, done: Callable[[int], None]
) -> City:
    """Return the checked City of *files* in three steps: read, fitted to the schema, checked as a whole."""
    problems = [*unreadable]
    for file in followed(_("Reading the map"), files, len(files)):
        problems += file.reading.problems
    done(1)
    order = _in_order(files, root, problems)
    placed: list[PlacedFile] = []
    ranked = sorted(
        (file for file in files if file.folder in order), key=lambda file: (order.index(file.folder), file.name)
    )
    side_files = _side_files(ranked, order, problems)
    for file in followed(_("Reading the map"), ranked, len(ranked)):
        if file.reading.document and file.name not in SIDE_FILES:
            content, faults = _fitted(file, file.reading.document, included=file.folder != root)
            problems += faults
            placed += [PlacedFile(content, file.reading.document)] if content else []
    done(1)
    if problems:
        raise InputError(problems)
    draft = draft_of(placed)
    faults = [*faults_in(draft), *unknown_names(draft, side_files.books)]
    if faults:
        raise InputError(faults)
    city = (with_contacts(draft, side_files.books) if contacts else draft).city_value()
    faults = list(measures_without_target(draft, city))
    if faults:
        raise InputError(faults)
    return city


def _side_files(files: Iterable[_File], order: list[str], problems: list[Problem]) -> SideFiles:
    """Return what the files beside the map say; adds what is wrong in them to *problems*."""
    ranked = sorted(files, key=lambda file: (order.index(file.folder), file.name))
    read_ones = [(file.name, file.reading.document) for file in ranked if file.name in SIDE_FILES]
    said, faults = read_side_files((name, document) for name, document in read_ones if document)
    problems += faults
    return said


def _fitted(file: _File, document: Document, *, included: bool) -> tuple[AnyFile | None, list[Problem]]:
    """Return what *file* says, as the model that belongs to its name."""
    if isinstance(document.data, dict) and document.data.keys() >= _ONLY_IN_SCENARIOS:
        what = _("this is a scenario, not a file of a city")
        return None, [document.problem((), what, _("put it in another folder"))]
    if file.name == ACCESS_FILE:
        return fit(AccessFile, document)
    if file.name == IMPACT_FILE:
        return fit(ImpactFile, document)
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
        document = _city_document(files, folder)
        if document is not None:
            for number, name in enumerate(_includes(document)):
                chain = (*above, folder, name)
                if name in chain[:-1]:
                    what = _("this city includes itself: {chain}", chain=" > ".join(chain[chain.index(name) :]))
                    problems.append(document.problem(("includes", number), what, _("remove this include")))
                elif name not in present:
                    what = _("there is no city '{name}' to include", name=name)
                    known = sorted({*present, *bundled_cities()} - {folder})
                    problems.append(document.problem(("includes", number), what, choice(name, known)))
                elif name not in order:
                    visit(name, chain[:-1])
        order.append(folder)

    visit(root, ())
    return order
