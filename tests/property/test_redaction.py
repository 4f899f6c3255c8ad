"""No output for a reader says anything of what marks forbid: not a word, an id, a number, a file name or an order.

Two cities that differ only in what the reader may not see must give the very same bytes.
"""

import json
import re
from collections.abc import Mapping

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
from reports.cascade import cascade_report
from reports.html import render
from reports.partner import partner_report
from resilience.cli import city_text
from resilience.cli.component_text import component_page
from resilience.simulation.orders import Order
from resilience.simulation.trace import Trace
from tests.runs import effect, outage, run
from tests.strategies_marked import Twins, twins


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


def storm(city: City) -> Trace:
    """Return the run in which whatever the one function needs fails for three hours, leaks, and lets malware in."""
    function = city.component_by_id["living"]
    hit = tuple(sorted({provider for need in function.needs for provider in need.provider_ids}))
    marks = tuple(effect(kind, select={"ids": hit}) for kind in ("expose", "corrupt", "infect"))
    return run(city, outage(" ".join(hit), 10, 200, name="storm"), Order("thief", "incident", 20, marks), horizon=600)


@settings(max_examples=5)
@given(twins(same_behaviour=True))
def test_a_report_for_a_reader_does_not_name_what_is_hidden(pair: Twins) -> None:
    """The run knows the whole city; the cascade report of it has no word for what its reader may not see."""
    whole = pair.cities[0]
    page = render(cascade_report(whole, None, storm(whole), reader=pair.reader), "en")

    assert found_in({"report": page}, pair.secrets[0]) == []


@settings(max_examples=5)
@given(twins(same_behaviour=True))
def test_a_report_on_a_view_does_not_depend_on_what_is_hidden(pair: Twins) -> None:
    """Whoever simulates with the city that a reader got, gets the same page, numbers and pictures included."""
    first, second = (
        render(cascade_report(view.city, None, storm(view.city), reader=pair.reader), "en") for view in views_of(pair)
    )

    assert second == first


@settings(max_examples=5)
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
