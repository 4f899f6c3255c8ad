"""The part of a map that everybody may see, as a data set for a catalogue: CSV, JSON, and a description in DCAT.

Identifiers are names by hash (UUID version 5), so that they stay the same from one edition to the next without an
address that somebody must keep. Nothing in it depends on the day on which it is made.
"""

import datetime as dt
import hashlib
import json
import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from city_model.exchange.table_out import Sheet, csv_text, sheets_of
from city_model.hiding import Reader
from city_model.redaction import view_for
from city_model.schema import City
from city_model.yaml_writer import plain
from resilience.base.canonical import readable_json

PUBLIC: Final = Reader("public")
CONTEXT: Final[Mapping[str, object]] = {
    "dcat": "http://www.w3.org/ns/dcat#",
    "dct": "http://purl.org/dc/terms/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "spdx": "http://spdx.org/rdf/terms#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}
LICENCES: Final[Mapping[str, str]] = {
    "cc0": "http://creativecommons.org/publicdomain/zero/1.0/",
    "cc-by": "https://creativecommons.org/licenses/by/4.0/",
    "cc-by-sa": "https://creativecommons.org/licenses/by-sa/4.0/",
}
_AUTHORITY: Final = "http://publications.europa.eu/resource/authority"
_MEDIA: Final = {
    "csv": ("https://www.iana.org/assignments/media-types/text/csv", f"{_AUTHORITY}/file-type/CSV"),
    "json": ("https://www.iana.org/assignments/media-types/application/json", f"{_AUTHORITY}/file-type/JSON"),
}
_TITLES: Final = {
    "components.csv": ("Onderdelen van de keten", "Components of the chain"),
    "needs.csv": ("Afhankelijkheden", "Dependencies"),
    "organisations.csv": ("Organisaties", "Organisations"),
    "impact.csv": ("Wat uitval met mensen en geld doet", "What a loss does to people and money"),
    "sources.csv": ("Bronnen", "Sources"),
    "city.json": ("De hele kaart", "The whole map"),
}
_LEFT_OUT: Final = frozenset({"access-paths"})
"""Routes of attackers are no open data, whatever their mark says."""


@dataclass(frozen=True)
class Description:
    """What the publisher says about the data set."""

    publisher: str
    licence: str = "cc-by"
    """A key of LICENCES, or an address."""
    contact: str = ""
    """An address for questions, of an office and never of a person."""


def dataset_files(city: City, description: Description) -> dict[str, bytes]:
    """Return the files of the public data set of *city*: only what is marked CLEAR, with its description."""
    view = view_for(city, PUBLIC)
    view = City(**{name: getattr(view, name) for name in City.model_fields if name != "access_paths"})
    sheets = [_identified(view.id, sheet) for sheet in sheets_of(view)]
    files = {f"{sheet.name}.csv": csv_text(sheet, ",").encode() for sheet in sheets if sheet.name not in _LEFT_OUT}
    files["city.json"] = city_json(view).encode()
    described = _described(view, files, description)
    files["dataset.jsonld"] = (json.dumps(described, ensure_ascii=False, indent=2) + "\n").encode()
    return files


def city_json(city: City, outside: frozenset[str] = frozenset()) -> str:
    """Return *city* as JSON, with the fields and durations of the files of a city."""
    data: dict[str, Any] = plain(city)
    if outside:
        data["outside"] = sorted(outside)
    return readable_json(data)


def identifier(city: str, thing: str = "", name: str = "") -> str:
    """Return the lasting identifier of a thing in the data set of *city*."""
    path = "/".join(part for part in ("keten-resilience", city, thing, name) if part)
    return f"urn:uuid:{uuid.uuid5(uuid.NAMESPACE_URL, path)}"


def _identified(city: str, sheet: Sheet) -> Sheet:
    """Return *sheet* with the lasting identifier of every row before it."""
    key = sheet.headers.index("need") if "need" in sheet.headers else sheet.headers.index("id")
    provider = sheet.headers.index("provider") if "provider" in sheet.headers else None
    rows = []
    for row in sheet.rows:
        name = str(row[key]) if provider is None else f"{row[key]}/{row[provider]}"
        rows.append((identifier(city, sheet.name, name), *row))
    return Sheet(sheet.name, ("identifier", *sheet.headers), tuple(rows))


def _described(city: City, files: Mapping[str, bytes], said: Description) -> dict[str, Any]:
    """Return the description of the data set in the words of DCAT-AP."""
    licence = LICENCES.get(said.licence, said.licence)
    modified = max((source.date for source in city.sources), default=dt.date(1970, 1, 1)).isoformat()
    about = city.description
    dutch, english = (about.nl, about.en) if about else (_ABOUT["nl"], _ABOUT["en"])
    dataset: dict[str, Any] = {
        "@context": dict(CONTEXT),
        "@id": identifier(city.id),
        "@type": "dcat:Dataset",
        "dct:identifier": identifier(city.id),
        "dct:title": _both(f"Digitale keten van {city.name.nl}", f"Digital chain of {city.name.en}"),
        "dct:description": _both(dutch, english),
        "dct:publisher": {"@type": "foaf:Agent", "foaf:name": said.publisher},
        "dct:license": {"@id": licence},
        "dct:accessRights": {"@id": f"{_AUTHORITY}/access-right/PUBLIC"},
        "dct:language": [{"@id": f"{_AUTHORITY}/language/{code}"} for code in ("NLD", "ENG")],
        "dct:modified": {"@type": "xsd:date", "@value": modified},
        "dct:provenance": _both(
            "Alleen wat voor iedereen zichtbaar mag zijn (TLP:CLEAR); de rest is door plaatshouders vervangen.",
            "Only what everybody may see (TLP:CLEAR); placeholders stand for the rest.",
        ),
        "dcat:theme": {"@id": f"{_AUTHORITY}/data-theme/GOVE"},
        "dcat:keyword": [{"@language": "nl", "@value": "digitale weerbaarheid"},
                         {"@language": "nl", "@value": "ketenafhankelijkheid"},
                         {"@language": "en", "@value": "digital resilience"},
                         {"@language": "en", "@value": "dependencies"}],
        "dcat:distribution": [_distribution(city, name, files[name], licence) for name in sorted(files)],
    }  # fmt: skip
    if said.contact:
        dataset["dcat:contactPoint"] = {"@type": "foaf:Agent", "foaf:mbox": said.contact}
    return dataset


def _distribution(city: City, name: str, content: bytes, licence: str) -> dict[str, Any]:
    media, file_type = _MEDIA[name.rpartition(".")[2]]
    return {
        "@id": identifier(city.id, "distribution", name),
        "@type": "dcat:Distribution",
        "dct:title": _both(*_TITLES[name]),
        "dct:license": {"@id": licence},
        "dct:format": {"@id": file_type},
        "dcat:mediaType": {"@id": media},
        "dcat:accessURL": {"@id": name},
        "dcat:downloadURL": {"@id": name},
        "dcat:byteSize": {"@type": "xsd:nonNegativeInteger", "@value": str(len(content))},
        "spdx:checksum": {
            "@type": "spdx:Checksum",
            "spdx:algorithm": {"@id": "spdx:checksumAlgorithm_sha256"},
            "spdx:checksumValue": hashlib.sha256(content).hexdigest(),
        },
    }


def _both(dutch: str, english: str) -> list[dict[str, str]]:
    return [{"@language": "nl", "@value": dutch}, {"@language": "en", "@value": english}]


_ABOUT: Final = {
    "nl": "De digitale afhankelijkheden van een stad, van stadsfunctie tot leverancier.",
    "en": "The digital dependencies of a city, from city function to provider.",
}
