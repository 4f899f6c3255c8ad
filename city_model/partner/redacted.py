"""A view written as the folder of a city: what one reader gets to keep, and nothing else."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Final, TypeVar

from city_model.catalogue import CITY_FILE
from city_model.loader import ACCESS_FILE, load_city_from_texts
from city_model.redaction import View
from city_model.schema import AccessFile, City, CityFile, Component, Measure, OrganisationFile, Team
from city_model.stand_ins import CROWD
from city_model.values import Text
from city_model.yaml_writer import file_text
from resilience.base.files import write_text
from resilience.base.language import _
from resilience.base.problems import InputError

README: Final = "leesmij.txt"
TENS: Final = 10
HUNDREDS: Final = 100
Owned = TypeVar("Owned", Component, Team, Measure)
_TAKEN: Final = {CITY_FILE, ACCESS_FILE}


def folder_texts(view: View) -> dict[str, str]:
    """Return the text of every file of the folder that holds *view*, by name; loading them gives the same city."""
    city = view.city
    texts = {CITY_FILE: file_text(_city_file(city))}
    texts |= {_file_name(file.organisation.id): file_text(file) for file in _organisation_files(city)}
    if city.access_paths:
        texts[ACCESS_FILE] = file_text(AccessFile(paths=city.access_paths))
    load_city_from_texts({f"{city.id}/{name}": text for name, text in texts.items()})
    return {**texts, README: _readme(view)}


def write_folder(folder: Path, texts: Mapping[str, str]) -> None:
    """Write *texts* into *folder*, which must be new or empty: an old file beside them could say what is hidden.

    Raises InputError when something stands there.
    """
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        what = _("something stands here already")
        raise InputError.because(what, _("give a new or empty folder"), file=str(folder))
    for name in sorted(texts):
        write_text(folder / name, texts[name])


def how_much(view: View) -> Text:
    """Return how much of the map is hidden, in classes so wide that they give nothing away."""
    number = view.hidden.get("components", 0)
    if number < TENS or view.owners < CROWD:
        return Text(nl="geen, of hooguit enkele onderdelen", en="no parts, or a few at most")
    if number < HUNDREDS:
        return Text(nl="tientallen onderdelen", en="tens of parts")
    return Text(nl="honderden onderdelen of meer", en="hundreds of parts or more")


def _city_file(city: City) -> CityFile:
    return CityFile(
        id=city.id,
        name=city.name,
        description=city.description,
        population=city.population,
        sources=city.sources,
        districts=city.districts,
        functions=city.functions,
    )


def _organisation_files(city: City) -> Iterator[OrganisationFile]:
    """Yield the file of every organisation, in the order of their ids."""
    for owner in sorted(city.organisations, key=lambda item: item.id):
        yield OrganisationFile(
            organisation=owner,
            teams=tuple(_unowned(team) for team in city.teams if team.organisation == owner.id),
            components=tuple(
                _unowned(part) for part in city.components if part.organisation == owner.id and part.kind != "function"
            ),
            measures=tuple(_unowned(measure) for measure in city.measures if measure.organisation == owner.id),
        )


def _unowned(item: Owned) -> Owned:
    """Return *item* without its owner, which the loader fills in from the file."""
    return item.model_copy(update={"organisation": None})


def _file_name(organisation: str) -> str:
    name = f"{organisation}.yaml"
    return f"{organisation}-.yaml" if name in _TAKEN else name


def _readme(view: View) -> str:
    much = how_much(view)
    return (
        f"{view.city.name.nl}\n\n"
        "Dit is een deel van de kaart van de digitale keten van een stad: het deel dat voor u is bestemd.\n"
        "Wat anderen als vertrouwelijk hebben gemerkt staat er niet in. Waar een onderdeel van zoiets afhangt, staat\n"
        "er een algemene naam, zoals 'een aanbieder'. Die naam kan voor meer dan één onderdeel of organisatie staan.\n"
        f"Verborgen: {much.nl}.\n\n"
        f"{view.city.name.en}\n\n"
        "This is a part of the map of a city's digital chain: the part that is meant for you.\n"
        "What others marked as confidential is not in it. Where a part depends on something like that, a general name\n"
        "stands there, such as 'a provider'. That name may stand for more than one part or organisation.\n"
        f"Hidden: {much.en}.\n"
    )
