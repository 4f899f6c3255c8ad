"""A view written as the folder of a city: what one reader gets to keep, and nothing else."""

from collections.abc import Mapping
from pathlib import Path
from typing import Final

from city_model.exchange.city_files import files_of, write_new
from city_model.redaction import View
from city_model.stand_ins import CROWD
from city_model.values import Text

README: Final = "leesmij.txt"
MANY: Final = 100


def folder_texts(view: View) -> dict[str, str]:
    """Return the text of every file of the folder that holds *view*, by name; loading them gives the same city."""
    texts, _city = files_of(view.city).checked()
    return {**texts, README: _readme(view)}


def write_folder(folder: Path, texts: Mapping[str, str]) -> None:
    """Write *texts* into *folder*, which must be new or empty: an old file beside them could say what is hidden.

    Raises InputError when something stands there.
    """
    write_new(folder, sorted(texts.items()))


def how_much(view: View) -> Text:
    """Return how much of the map is hidden, in classes so wide that they give nothing away."""
    if view.hidden.get("components", 0) < MANY or view.owners < CROWD:
        return Text(nl="niets, of minder dan honderd onderdelen", en="nothing, or fewer than a hundred parts")
    return Text(nl="honderd onderdelen of meer", en="a hundred parts or more")


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
