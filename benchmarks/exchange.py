"""How long it takes to read an architect's model, and how much of that is our care.

Reads a made-up model of 3,000 elements and 6,000 relations (all types, BIV, couplings, junctions, relations on
relations, circles) and compares with parsing alone: the same file through the standard library's ElementTree, without
refusing anything. The budget for reading, making a city and checking it is 5 seconds; what counts is the time of the
processor, so that other work on the machine does not.
Run: python benchmarks/exchange.py
"""

import datetime as dt
import random
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar
from xml.etree import ElementTree as ET

from city_model.exchange.archimate_city import Imported, Origin, city_of
from city_model.exchange.archimate_mapping import load_mapping
from city_model.exchange.archimate_model import RELATION_TYPES
from city_model.exchange.archimate_read import read_archimate
from city_model.exchange.archimate_write import archimate_text
from city_model.loader import load_city

ELEMENTS, RELATIONS = 3000, 6000
BUDGET = 5.0
TYPES = ("ApplicationComponent", "ApplicationService", "BusinessProcess", "BusinessFunction", "Node", "DataObject",
         "BusinessActor", "Requirement", "OrJunction", "AndJunction", "CommunicationNetwork", "Grouping")  # fmt: skip
Result = TypeVar("Result")


def model_text(seed: int = 1) -> str:
    """Return an exchange file with names, texts and properties of the length that real models have."""
    dice = random.Random(seed)
    keys = ("Object ID", "Beschikbaarheid", "Integriteit", "Vertrouwelijkheid", "BBN", "GEMMA type", "Toelichting")
    spaces = 'xmlns="http://www.opengroup.org/xsd/archimate/3.0/" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"'
    lines = [f'<?xml version="1.0" encoding="UTF-8"?><model {spaces} identifier="id-model">']
    lines += ['<name xml:lang="nl">Proefmodel</name>', "<elements>"]
    for number in range(ELEMENTS):
        type_ = dice.choices(TYPES, weights=(30, 10, 15, 8, 8, 12, 4, 5, 1, 1, 3, 3))[0]
        lines.append(f'<element identifier="id-{number:05}" xsi:type="{type_}">')
        lines.append(f'<name xml:lang="nl">{type_} voor onderdeel {number}</name>')
        lines.append(f'<documentation xml:lang="nl">{"Een beschrijving van een paar regels. " * 8}</documentation>')
        lines.append("<properties>")
        for place, key in enumerate(keys):
            value = f"{dice.getrandbits(64):016x}" if key == "Object ID" else str(dice.randint(1, 3))
            lines.append(f'<property propertyDefinitionRef="p{place}"><value xml:lang="nl">{value}</value></property>')
        lines.append("</properties></element>")
    lines.append("</elements><relationships>")
    for number in range(RELATIONS):
        type_ = dice.choices(RELATION_TYPES, weights=(8, 12, 8, 12, 16, 9, 2, 5, 10, 6, 12))[0]
        source, target = (f"id-{dice.randrange(ELEMENTS):05}" for _end in range(2))
        if dice.random() < 0.005 and number:
            target = f"id-r{dice.randrange(number):05}"
        access = f' accessType="{dice.choice(("Read", "Write", "ReadWrite"))}"' if type_ == "Access" else ""
        ends = f'source="{source}" target="{target}"'
        lines.append(f'<relationship identifier="id-r{number:05}" {ends} xsi:type="{type_}"{access}>')
        lines.append(f'<name xml:lang="nl">relatie {number}</name></relationship>')
    lines.append("</relationships><propertyDefinitions>")
    lines += [f'<propertyDefinition identifier="p{place}" type="string"><name>{key}</name></propertyDefinition>'
              for place, key in enumerate(keys)]  # fmt: skip
    return "\n".join([*lines, "</propertyDefinitions></model>"])


def timed(what: str, work: Callable[[], Result]) -> tuple[Result, float]:
    """Return what *work* gives and its processor time, after printing that and the time on the clock."""
    began, worked = time.perf_counter(), time.process_time()
    result = work()
    seconds = time.process_time() - worked
    print(f"{what:56} {seconds:6.2f} s  ({time.perf_counter() - began:.2f} s on the clock)")
    return result, seconds


def main() -> None:
    """Print one line for each step."""
    origin = Origin("proefmodel.xml", dt.date(2026, 1, 1), "proefstad")
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "proefmodel.xml")
        path.write_text(model_text(), encoding="utf-8")
        print(f"{ELEMENTS} elements, {RELATIONS} relations, {path.stat().st_size / 1e6:.1f} MB")
        timed("parsing alone, nothing refused (the naive way)", lambda: ET.parse(path))  # noqa: S314 - what we compare with
        model, reading = timed("reading, with DOCTYPE and entities refused", lambda: read_archimate(path))
        made, making = timed("elements and relations to a city", lambda: city_of(model, load_mapping(), origin))
        assert isinstance(made, Imported)
        (texts, city), checking = timed("writing YAML and passing the loader", made.files.checked)
        total = reading + making + checking
        print(f"{'together (budget ' + str(BUDGET) + ' s)':56} {total:6.2f} s")
        print(f"  {len(city.components)} components, {len(city.placed_needs)} needs, {len(texts)} files, "
              f"{made.circles} circles, {dict(made.relations)}")  # fmt: skip
        utrecht = load_city("utrecht")
        timed("Utrecht to an exchange file", lambda: archimate_text(utrecht))


if __name__ == "__main__":
    main()
