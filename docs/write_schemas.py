"""Writes the JSON Schemas of the files that people edit, so that an editor completes, explains and checks while typing.

They come from the models that read the files, with the words of the reference; what only holds for a whole city (a
name that leads nowhere) is for ``resilience city check``. They are shipped with the program, which hands them out:
``resilience city schema``.

    python docs/write_schemas.py     writes scenarios/reference/schema/*.schema.json
"""
# ruff: noqa: INP001 - a script beside the documents, not a package

import inspect
import json
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from pydantic.json_schema import GenerateJsonSchema, JsonSchemaValue
from pydantic_core import core_schema

from city_model.accepted import AcceptedFile
from city_model.contacts import ContactsFile
from city_model.impact import ImpactFile
from city_model.schema import AccessFile, CityFile, OrganisationFile
from city_model.values import Frozen
from docs.write_fields import meaning, reached
from resilience.analysis.fall_table import LossesFile
from resilience.base.files import write_text
from scenarios.schema import Scenario

FOLDER = Path(__file__).parents[1] / "scenarios" / "reference" / "schema"
MODELS: Mapping[str, type[Frozen]] = {
    "city": CityFile,
    "organisation": OrganisationFile,
    "access": AccessFile,
    "impact": ImpactFile,
    "outages": LossesFile,
    "accepted": AcceptedFile,
    "contacts": ContactsFile,
    "scenario": Scenario,
}
"""The kinds of file by the name of their schema."""
DURATION: Mapping[str, object] = {
    "type": "string",
    "pattern": r"^(?=.)([0-9]+w)?([0-9]+d)?([0-9]+h)?([0-9]+m)?$",
    "examples": ["30m", "4h", "2d12h"],
}
ONE_OF: Mapping[str, tuple[tuple[str, ...], ...]] = {
    "Need": (("providers",), ("shares",)),
    "DistributionFigure": (("fixed",), ("min", "likely", "max"), ("exponential",), ("empirical",), ("unknown",)),
    "Trigger": (("at",), ("when",), ("when_any",), ("when_all",), ("undecided",), ("shelf",)),
}
"""Models of which exactly one group of fields must be there, which their types do not say."""
_LINK = re.compile(r"\[([^\]]+)\]\([^)]*\)")


class FileSchema(GenerateJsonSchema):
    """JSON Schema of what stands in a file: a duration is text with units there, and not yet a number of minutes."""

    def function_before_schema(self, schema: core_schema.BeforeValidatorFunctionSchema) -> JsonSchemaValue:
        """Return the form of a duration: it is the only value that is read before it is checked."""
        inner = schema["schema"]
        assert inner["type"] == "int", inner  # noqa: S101 - another such validator needs a form of its own
        return dict(DURATION)


def schema_of(name: str) -> dict[str, Any]:
    """Return the schema called *name*."""
    root = MODELS[name]
    made = root.model_json_schema(schema_generator=FileSchema)
    _describe(made, root)
    for model in reached(root):
        if model.__name__ in made["$defs"]:
            _describe(made["$defs"][model.__name__], model)
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **made}


def text_of(name: str) -> str:
    """Return the schema called *name* as the text of a file."""
    return json.dumps(schema_of(name), ensure_ascii=False, indent=1) + "\n"


def main() -> None:
    """Write the schemas."""
    for name in MODELS:
        write_text(FOLDER / f"{name}.schema.json", text_of(name))


def _describe(definition: dict[str, Any], model: type[Frozen]) -> None:
    """Put the words of the reference into the schema of *model*, and what its types do not say."""
    definition["description"] = _plain(inspect.getdoc(model) or "")
    for field, said in definition.get("properties", {}).items():
        said.pop("title", None)
        if said.get("default", "") is None:
            del said["default"]
        said["description"] = _plain(meaning(model, field))
    if model.__name__ in ONE_OF:
        definition["oneOf"] = [{"required": list(fields)} for fields in ONE_OF[model.__name__]]


def _plain(markdown: str) -> str:
    return _LINK.sub(r"\1", " ".join(markdown.replace("``", "`").split()))


if __name__ == "__main__":
    main()
