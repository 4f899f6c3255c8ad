"""A whole city as the files that it is written in: one for the city, one for each organisation, one for access."""

import datetime as dt
import os
import shutil
import tempfile
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from city_model.catalogue import CITY_FILE
from city_model.impact import IMPACT_FILE, ImpactFile
from city_model.loader import ACCESS_FILE, load_city_from_texts
from city_model.schema import AccessFile, City, CityFile, Component, Measure, Organisation, OrganisationFile, Team
from city_model.side_files import SIDE_FILES
from city_model.values import Source, Text
from city_model.yaml_writer import file_text
from resilience.base.files import plain_reason, write_text
from resilience.base.language import _
from resilience.base.problems import InputError, RunError
from resilience.base.progress import followed

NOBODY = "eigenaar-onbekend"
"""The organisation of components of which no file says who owns them."""
_NO_SOURCE = Source(
    id="geen-bron",
    kind="assumption",
    reference="Deze kaart noemde geen bron",
    date=dt.date(1970, 1, 1),
    by="kaartbeheerder",
    confidence="assumed",
)


@dataclass(frozen=True)
class CityFiles:
    """The files of one city, without what it includes."""

    city: CityFile
    organisations: tuple[OrganisationFile, ...] = ()
    access: AccessFile | None = None
    impact: ImpactFile | None = None

    def texts(self) -> dict[str, str]:
        """Return the text of every file by its name, in the order of the names."""
        found = {CITY_FILE: file_text(self.city)}
        for file in followed(_("Writing the map"), self.organisations, len(self.organisations)):
            found[file_name(file.organisation.id)] = file_text(file)
        if self.access and self.access.paths:
            found[ACCESS_FILE] = file_text(self.access)
        if self.impact and self.impact.impacts:
            found[IMPACT_FILE] = file_text(self.impact)
        return dict(sorted(found.items()))

    def checked(self) -> tuple[dict[str, str], City]:
        """Return the texts and the city that the loader makes of them; raises InputError with every fault."""
        texts = self.texts()
        return texts, load_city_from_texts({f"{self.city.id}/{name}": text for name, text in texts.items()})


def file_name(organisation: str) -> str:
    """Return the name of the file of an organisation; two names are taken by the city itself."""
    name = f"{organisation}.yaml"
    return f"organisatie-{name}" if name in {CITY_FILE, ACCESS_FILE, IMPACT_FILE, *SIDE_FILES} else name


def stand_in_owner(name: str, source: str) -> Organisation:
    """Return the organisation called *name* that owns what no file gives an owner: the unknown one, or a new one."""
    title = name.replace("-", " ").capitalize()
    unknown = name == NOBODY
    return Organisation(
        id=name,
        name=Text(nl="Eigenaar nog onbekend", en="Owner not yet known") if unknown else Text(nl=title, en=title),
        sector="government",
        role=Text(
            nl="Staat voor de eigenaren van onderdelen waarvan de eigenaar nog niet is opgegeven.",
            en="Stands for the owners of components of which the owner has not been stated yet.",
        )
        if unknown
        else Text(nl="Eigenaar van wat is ingelezen; de rol moet nog worden ingevuld.",
                  en="Owns what was brought in; its role is still to be filled in."),
        source=source,
    )  # fmt: skip


def files_of(city: City) -> CityFiles:
    """Return the files that say what *city* says; what it includes becomes its own."""
    parts: dict[str, list[Component]] = defaultdict(list)
    teams: dict[str, list[Team]] = defaultdict(list)
    measures: dict[str, list[Measure]] = defaultdict(list)
    organisations = {organisation.id: organisation for organisation in city.organisations}
    for component in city.components:
        if component.kind != "function":
            owner = component.organisation or NOBODY
            parts[owner].append(component.model_copy(update={"organisation": None}))
    for team in city.teams:
        teams[team.organisation or NOBODY].append(team.model_copy(update={"organisation": None}))
    for measure in city.measures:
        measures[measure.organisation or NOBODY].append(measure.model_copy(update={"organisation": None}))
    sources = city.sources
    if NOBODY not in organisations and NOBODY in {*parts, *teams, *measures}:
        sources = sources or (_NO_SOURCE,)
        organisations[NOBODY] = stand_in_owner(NOBODY, sources[0].id)
    return CityFiles(
        CityFile(
            id=city.id,
            name=city.name,
            description=city.description,
            population=city.population,
            sources=sources,
            districts=city.districts,
            functions=city.functions,
        ),
        tuple(
            OrganisationFile(
                organisation=organisation,
                teams=tuple(teams[name]),
                components=tuple(parts[name]),
                measures=tuple(measures[name]),
            )
            for name, organisation in organisations.items()
        ),
        AccessFile(paths=city.access_paths) if city.access_paths else None,
        ImpactFile(impacts=city.impacts) if city.impacts else None,
    )


def may_become_city(folder: Path) -> bool:
    """Return whether a new city may be written to *folder*: it is not there, or empty."""
    return not folder.exists() or (folder.is_dir() and not any(folder.iterdir()))


def write_new(folder: Path, texts: Iterable[tuple[str, str]]) -> None:
    """Write a new city to *folder*, all files or none.

    Raises InputError when the folder holds something already, RunError when it cannot be written.
    """
    if not may_become_city(folder):
        what = _("this folder is not empty and holds no {file}", file=CITY_FILE)
        raise InputError.because(what, _("give a new folder, or that of a city"), file=str(folder))
    made: Path | None = None
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        made = Path(tempfile.mkdtemp(dir=folder.parent, prefix=f".{folder.name}."))
        for name, text in texts:
            write_text(made / name, text)
        made.chmod(0o755)
        if folder.exists():
            folder.rmdir()
        os.replace(made, folder)  # noqa: PTH105 - Path.replace says the same; this is the call with that promise
    except OSError as error:
        raise RunError(_("{path} was not written: {reason}", path=folder, reason=plain_reason(error))) from error
    finally:
        if made is not None and made.exists():
            shutil.rmtree(made, ignore_errors=True)
