"""No output for a reader says anything of what marks forbid: not a word, an id, a number, a file name or an order.

Two cities that differ only in what the reader may not see must give the very same bytes.
"""

import json
import re
from collections.abc import Mapping, Sequence

import pytest
from hypothesis import given, settings

from city_model.exchange.archimate_write import archimate_text
from city_model.exchange.dataset import Description, dataset_files
from city_model.exchange.graph_formats import dot, gexf, graphml, mermaid
from city_model.exchange.graph_view import graph_view
from city_model.exchange.subset import subset_of
from city_model.exchange.table_out import csv_files
from city_model.loader import load_city_from_texts
from city_model.partner.letter import letter_for
from city_model.partner.pack import pack_for
from city_model.partner.pack_yaml import pack_text
from city_model.partner.redacted import folder_texts
from city_model.partner.workbook import workbook_bytes
from city_model.redaction import View, view_of
from city_model.schema import City
from city_model.walk import walk
from reports.cascade import cascade_for
from reports.html import render
from reports.partner import partner_report
from resilience.cli.city import text as city_text
from resilience.cli.city.component_text import component_page
from scenarios.schema import Scenario
from tests.strategies_marked import HIDDEN, Twins, twins

PAGES = settings(max_examples=max(2, settings().max_examples // 5))
"""A page takes most of a second."""


def views_of(pair: Twins) -> list[View]:
    """Return what the reader gets of each of the two."""
    return [view_of(made, pair.reader) for made in pair.cities]


def found_in(outputs: Mapping[str, str], secrets: frozenset[str]) -> list[tuple[str, str]]:
    """Return each secret with the output in which it stands as a word, by its name or in its text."""
    pattern = re.compile(rf"(?<![a-z])({'|'.join(secrets)})(?![a-z])")
    return [(word, name) for name, text in outputs.items() for word in pattern.findall(f"{name} {text}".lower())]


def pages(view: View) -> dict[str, str]:
    """Return what `city show` and `city walk` give of *view*, for people and as JSON."""
    city = view.city
    shown = {"city": city_text.city_page(city)}
    shown |= {f"show {part.id}": component_page(city, part) for part in city.components}
    shown |= {f"show {item.id}": city_text.organisation_page(city, item) for item in city.organisations}
    trees = {
        f"walk {part.id} {way}": json.dumps(walk(city, part.id, way).to_json())
        for part in city.components
        for way in ("up", "down")
    }
    return {name: repr(page.parts) + json.dumps(page.data, default=str) for name, page in shown.items()} | trees


def exports(city: City) -> dict[str, str]:
    """Return *city* in every format that leaves the program."""
    drawn = graph_view(subset_of(city, ()))
    tables = {name: raw.decode() for name, raw in csv_files(city).items()}
    dataset = {name: raw.decode() for name, raw in dataset_files(city, Description("somebody")).items()}
    drawings = {"graphml": graphml(drawn), "gexf": gexf(drawn), "dot": dot(drawn), "mermaid": mermaid(drawn)}
    return {**tables, **dataset, **drawings, "archimate": archimate_text(city)}


@given(twins())
def test_the_folder_for_a_reader_does_not_depend_on_what_is_hidden(pair: Twins) -> None:
    """File names, texts, counts and the order of everything are the same, whatever is hidden."""
    first, second = (folder_texts(view) for view in views_of(pair))

    assert second == first
    assert found_in(first, pair.secrets[0]) == []


@given(twins())
def test_what_the_program_shows_does_not_depend_on_what_is_hidden(pair: Twins) -> None:
    """`city show` and `city walk`, the layout of their trees included."""
    first, second = (pages(view) for view in views_of(pair))

    assert second == first
    assert found_in(first, pair.secrets[0]) == []


@given(twins())
def test_exports_do_not_depend_on_what_is_hidden(pair: Twins) -> None:
    """Tables, drawings, ArchiMate and the public data set."""
    first, second = (exports(view.city) for view in views_of(pair))

    assert second == first
    assert found_in(first, pair.secrets[0]) == []


@settings(max_examples=10)
@given(twins())
def test_the_pack_of_a_partner_does_not_depend_on_what_is_hidden(pair: Twins) -> None:
    """Questions, their keys and their order, and the letter."""
    partner = "acacia-bv"
    if pair.reader.organisation != partner:
        return
    packs = [pack_for(made, partner) for made in pair.cities]
    first, second = (
        {"pack": pack_text(pack), "letter": letter_for(pack, "nl", "file", until=None, to=None).html()}
        for pack in packs
    )

    assert second == first
    assert found_in(first, pair.secrets[0]) == []
    assert workbook_bytes(packs[1]) == workbook_bytes(packs[0])


def tempest(city: City, hidden: Sequence[str]) -> Scenario:
    """Return a scenario that strikes everything of *city*, hidden or not, and says so in its texts."""
    parts = [part.id for part in city.components if part.kind != "function"]
    named = ", ".join(hidden)
    told = {"nl": f"Weg: {named}.", "en": f"Gone: {named}."}
    owners = [item.id for item in city.organisations]
    strikes = [
        {"effect": "damage", "select": {"ids": parts}, "ends": "duration", "lasts": {"fixed": "3h", "source": "talk"}},
        {"effect": "expose", "select": {"organisations": owners}},
        {"effect": "corrupt", "select": {"districts": ["meadow"]}},
        {"effect": "infect", "select": {"ids": parts}, "detonates_after": "1h"},
        {"effect": "withdraw_teams", "team": "crew", "count": 1},
        {"effect": "damage", "select": {"ids": ["living"]}, "cap": 80},
    ]
    unseen = [part for part in parts if part in hidden]
    only_unseen = [{"effect": "damage", "select": {"ids": unseen}}, {"effect": "isolate", "components": unseen}]
    described = dict.fromkeys(("cause", "source", "actors", "domain", "area", "perspective"), told)
    incidents = [{"id": "storm", "name": told, "kind": "outage", "at": "10m", "effects": strikes}]
    if unseen:
        incidents.append({"id": "quiet", "name": told, "kind": "outage", "at": "20m", "effects": only_unseen})
    return Scenario.model_validate(
        {
            "id": "tempest", "name": told, "summary": told, "fiction": told, "city": city.id, "blocks": described,
            "start": "2027-01-11T09:00:00+01:00", "horizon": "10h", "incidents": incidents,
            "rounds": [{"id": "one", "name": told, "starts": "0m", "ends": "10h"}],
            "cells": [{"id": "team", "name": told, "role": told}],
        }
    )  # fmt: skip


@PAGES
@given(twins())
def test_a_cascade_report_for_a_reader_does_not_depend_on_what_is_hidden(pair: Twins) -> None:
    """The same page, numbers and pictures included, even where the scenario strikes and names what is hidden."""
    first, second = (
        render(cascade_for(made, tempest(made, [word for word in words if word in secrets]), reader=pair.reader), "en")
        for made, secrets, words in zip(pair.cities, pair.secrets, HIDDEN, strict=True)
    )

    assert second == first
    assert found_in({"report": first}, pair.secrets[0]) == []


@PAGES
@given(twins())
def test_the_report_of_a_partner_does_not_depend_on_what_is_hidden(pair: Twins) -> None:
    """What it does to others and they to it: the same page, whatever others keep from it."""
    partner = pair.reader.organisation
    if partner is None:
        return
    first, second = (render(partner_report(made, partner), "en") for made in pair.cities)

    assert second == first
    assert found_in({"report": first}, pair.secrets[0]) == []


@given(twins())
def test_the_folder_for_a_reader_is_a_city(pair: Twins) -> None:
    """Loading it gives the view again: nothing in it hangs in the air."""
    view = views_of(pair)[0].city
    texts = {f"testcity/{name}": text for name, text in folder_texts(views_of(pair)[0]).items() if name[-5:] == ".yaml"}
    loaded = load_city_from_texts(texts)
    names = ("organisations", "components", "teams", "sources", "access_paths", "districts", "measures", "impacts")

    assert {name: sorted(item.model_dump_json() for item in getattr(loaded, name)) for name in names} == {
        name: sorted(item.model_dump_json() for item in getattr(view, name)) for name in names
    }


@pytest.mark.parametrize("word", ["quokka", "zander"])
def test_the_search_for_secrets_finds_one(word: str) -> None:
    """A test that finds nothing must be able to find something, in a text as well as in a file name."""
    assert found_in({"a.yaml": f"Near the {word.title()}", f"{word}.yaml": ""}, frozenset({word})) == [
        (word, "a.yaml"),
        (word, f"{word}.yaml"),
    ]
