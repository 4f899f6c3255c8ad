"""The other shipped cities are as careful as Utrecht, and the region is three maps as one without a line copied."""

import re
from functools import cache
from itertools import pairwise
from typing import Any

import networkx as nx
import pytest

from city_model.effects import Selector
from city_model.graph import dependency_graph
from city_model.loader import city_texts, load_city
from city_model.schema import City, Component, PlacedNeed
from city_model.selection import selected
from city_model.values import Provenance, Text
from city_model.yaml_source import read
from resilience.analysis.black_start import black_starts, circular_redundancies, repair_circles
from resilience.simulation.metrics import minimum_level_of
from resilience.simulation.orders import Order
from resilience.simulation.trace import Trace
from tests.examples.test_utrecht import (
    EMAIL,
    PHONE,
    RESERVED,
    ROLE,
    TITLED_NAME,
    fingerprint,
    inside,
    weaknesses,
    without_addresses,
)
from tests.runs import outage, run

BASE = {"enschede": "nl", "provincie-utrecht": "utrecht"}
"""Each city with the one that it stands on: what is its own is what that one does not have."""
REGION = "regio"
MEMBERS = ("utrecht", "provincie-utrecht", "enschede")

FUNCTIONS = {
    "enschede": {
        "enschede-mobiliteit", "enschede-onderwijs", "enschede-zorg", "enschede-publieke-dienstverlening",
        "enschede-inkomen", "enschede-veiligheid", "enschede-energie", "enschede-water", "enschede-betalingsverkeer",
        "enschede-informatie-democratie",
    },
    "provincie-utrecht": {
        "provincie-bereikbaarheid", "provincie-openbaar-vervoer", "provincie-hulpverlening", "provincie-leefomgeving",
        "provincie-informatie-democratie",
    },
}  # fmt: skip
SIZE = {"enschede": (90, 280, 5), "provincie-utrecht": (40, 110, 4)}
"""At least so many really different components, needs and measures of its own."""

CHAINS = {
    "passport desk": (
        "enschede", "enschede-publieke-dienstverlening", "enschede-balie-reisdocumenten", "enschede-burgerzaken",
        "gba-v", "diginetwerk",
    ),
    "case on the shared platform": (
        "enschede", "enschede-vergunningen", "enschede-zaaksysteem", "dimpact-zac", "dimpact-open-zaak",
        "dimpact-platform", "microsoft-azure",
    ),
    "personal profile": ("enschede", "enschede-wijkteams", "i4sociaal-platform", "colocatie-datacentra-midden"),
    "hospital": ("enschede", "enschede-zorg", "mst-seh", "mst-epd", "mst-datacentrum", "mst-stroom"),
    "bus in Twente": (
        "enschede", "enschede-mobiliteit", "rrreis-bus-enschede", "rrreis-regelkamer", "rrreis-boordcomputers",
    ),
    "regional bus": ("provincie-utrecht", "provincie-concessie-buiten", "keolis-streekbus-buiten", "keolis-regelkamer"),
    "route of an ambulance": (
        "provincie-utrecht", "provincie-hulpverlening", "provincie-feed-hulpdiensten", "provincie-verkeersmanagement",
        "provincie-netwerkmanagement", "ndw-verkeersgegevens",
    ),
    "data catalogue": (
        "provincie-utrecht", "provincie-datakwaliteit", "provincie-datacatalogus", "provincie-dataplatform",
    ),
}  # fmt: skip
"""Real chains that the maps are told by: the city, and the components from the one who notices to the one who fails."""

SAME_WORDS = {
    "Enschede", "CISO", "Data office", "Ambulances in Twente", "Water in Enschede", "Veilig Thuis Twente",
}  # fmt: skip
"""Proper names, and words that Dutch and English share."""
WITHOUT_ADDRESS = {"prov-data"}
"""Public documents that are named by their title."""
BOARD = re.compile(r"Voorzitter dataraad|Gemeentesecretaris")
"""Who approves data beside the roles that the city of Utrecht has."""


KINDS = ("sources", "districts", "organisations", "teams", "components", "measures", "access_paths")
"""The fields of a city that hold records."""


@cache
def city_of(name: str) -> City:
    """Return a shipped city, read once."""
    return load_city(name)


@cache
def own(name: str, kind: str) -> tuple[Any, ...]:
    """Return the records of one kind that the city itself brings."""
    base = {key_of(record) for record in getattr(city_of(BASE[name]), kind)}
    return tuple(record for record in getattr(city_of(name), kind) if key_of(record) not in base)


def own_components(name: str) -> tuple[Component, ...]:
    """Return the components that the city itself brings."""
    return own(name, "components")


def own_needs(name: str) -> tuple[PlacedNeed, ...]:
    """Return the needs of the components that the city itself brings."""
    names = {part.id for part in own_components(name)}
    return tuple(placed for placed in city_of(name).placed_needs if placed.dependent in names)


def own_records(name: str) -> tuple[Any, ...]:
    """Return everything that the city itself brings."""
    return tuple(record for kind in KINDS for record in own(name, kind))


def own_texts(name: str) -> dict[str, str]:
    """Return the files in the folder of the city itself."""
    return {key: text for key, text in city_texts(name).items() if key.startswith(f"{name}/")}


def after_loss(name: str, components: str, hours: int, measure: str | None = None) -> Trace:
    """Return a run in which *components* are lost from the start, with or without a measure taken beforehand."""
    city = city_of(name)
    taken = [Order(one.id, "decision", 0, one.effects) for one in city.measures if one.id == measure]
    return run(city, *taken, outage(components, 0, ends="decision"), horizon=hours * 60)


def ids_in(key: str, text: str) -> list[str]:
    """Return what one file defines, duplicates and all: the kind with the id."""
    document = read(text, key).document
    assert document
    data: Any = document.data
    lists = ("sources", "districts", "functions", "teams", "components", "measures")
    found = [f"{kind}/{item['id']}" for kind in lists for item in data.get(kind, ())]
    if "organisation" in data:
        found.append(f"organisations/{data['organisation']['id']}")
    return [name.replace("functions/", "components/") for name in found]


def key_of(record: Any) -> str:
    """Return what a record is called; access paths have a key instead of an id."""
    return str(getattr(record, "key", None) or record.id)


@pytest.mark.parametrize("name", BASE)
def test_size(name: str) -> None:
    """Each city brings enough that is really different, tied together, and measures that cost money."""
    distinct = len({fingerprint(part) for part in own_components(name)})
    measures = own(name, "measures")
    costed = all(one.cost_once and one.cost_yearly for one in measures)
    components, needs, fewest = SIZE[name]

    assert (distinct >= components, len(own_needs(name)) >= needs, len(measures) >= fewest, costed) == (True,) * 4


@pytest.mark.parametrize("name", BASE)
def test_functions(name: str) -> None:
    """Each city has functions of its own that its residents notice."""
    assert {part.id for part in own_components(name) if part.kind == "function"} == FUNCTIONS[name]


@pytest.mark.parametrize("name", BASE)
def test_every_function_has_a_deep_chain(name: str) -> None:
    """Each function reaches, five needs or more away by the shortest way, something that another organisation runs."""
    city = city_of(name)
    graph = dependency_graph(city)
    shallow = []
    for function in sorted(FUNCTIONS[name]):
        steps = nx.single_source_shortest_path_length(graph, function)
        owner = city.component_by_id[function].organisation
        if all(city.component_by_id[far].organisation == owner for far, away in steps.items() if away >= 5):
            shallow.append(function)

    assert shallow == []


@pytest.mark.parametrize("chain", CHAINS.values(), ids=CHAINS)
def test_named_chain(chain: tuple[str, ...]) -> None:
    """The chains that the maps are told by stand in them, link by link."""
    graph = dependency_graph(city_of(chain[0]))

    assert [pair for pair in pairwise(chain[1:]) if not graph.has_edge(*pair)] == []


@pytest.mark.parametrize("chain", CHAINS.values(), ids=CHAINS)
def test_named_chain_is_felt(chain: tuple[str, ...]) -> None:
    """When the end of a named chain is lost for three days, its head notices."""
    trace = after_loss(chain[0], chain[-1], 72)

    assert min(level for _minute, level in trace.levels.get(chain[1], ((0, 100),))) < 100


@pytest.mark.parametrize("name", BASE)
def test_every_figure_says_why(name: str) -> None:
    """Every figure and need of its own names a source that exists and is not said with more than that source gives."""
    city = city_of(name)
    said = [value for record in own_records(name) for value in inside(record) if isinstance(value, Provenance)]
    unfounded = [value for value in said if value.source not in city.source_by_id or not value.note]
    overstated = [
        value
        for value in said
        if city.confidence_of(value) == "confirmed"
        or (city.source_by_id[value.source].kind == "assumption" and not city.is_assumed(value))
    ]

    assert (len(said) > 3 * len(own_needs(name)), unfounded, overstated) == (True, [], [])


@pytest.mark.parametrize("name", BASE)
def test_only_public_sources(name: str) -> None:
    """Sources are public documents and incidents, with their address, or stated assumptions."""
    sources = own(name, "sources")
    hidden = [
        source.id
        for source in sources
        if source.kind != "assumption"
        and (source.kind not in {"document", "incident"} or not re.search(r"https?://", source.reference))
        and source.id not in WITHOUT_ADDRESS
    ]

    assert (len(sources) > 10, hidden) == (True, [])


@pytest.mark.parametrize("name", BASE)
def test_no_weakness_as_fact(name: str) -> None:
    """A lost backup, a supplier that nothing replaces or a target that is missed is assumed, derived or documented."""
    city = city_of(name)
    stated = [
        (part.id, what)
        for part in own_components(name)
        for what, source, confidence in weaknesses(city, part)
        if confidence in {"confirmed", "one_sided"} and city.source_by_id[source].kind != "document"
    ]

    assert stated == []


@pytest.mark.parametrize("name", BASE)
def test_no_persons(name: str) -> None:
    """The maps name roles, never persons, telephone numbers or addresses that could be somebody's."""
    texts = own_texts(name).values()
    roles = {role for one in own_components(name) for role in (one.owner, one.steward, one.approver) if role}
    strange = {role for role in roles if not ROLE.fullmatch(role) and not BOARD.fullmatch(role)}
    named = {found for text in texts for found in TITLED_NAME.findall(text)}
    real = {domain for text in texts for domain in EMAIL.findall(text) if not RESERVED.fullmatch(domain)}
    phones = {found for text in texts for found in PHONE.findall(without_addresses(text))}

    assert (strange, named, real, phones) == (set(), set(), set(), set())


@pytest.mark.parametrize("name", BASE)
def test_two_languages(name: str) -> None:
    """Dutch and English are two texts; only proper names, and a few words that both share, are the same."""
    organisations = {str(one.name) for one in city_of(name).organisations}
    same = {
        value.nl
        for record in (*own_records(name), city_of(name).name, city_of(name).description)
        for value in inside(record)
        if isinstance(value, Text) and value.nl == value.en
    }

    assert same - organisations - SAME_WORDS == set()


@pytest.mark.parametrize("name", BASE)
def test_residents_have_another_way(name: str) -> None:
    """A service that counts residents says how long they can bear its loss and what they can use meanwhile."""
    services = [part for part in own_components(name) if part.kind == "service" and part.residents]
    lacking = [part.id for part in services if not (part.offline_alternative and part.offline_alternative.capacity)]
    unbounded = [part.id for part in services if not part.mtd and part.minimum_level is None]

    assert (lacking, unbounded) == ([], [])


@pytest.mark.parametrize("name", BASE)
def test_providers_can_be_called(name: str) -> None:
    """Every organisation that the city brings has a role that can be called; the shipped addresses lead nowhere."""
    silent = [one.id for one in own(name, "organisations") if not one.contacts]

    assert silent == []


@pytest.mark.parametrize("name", [*BASE, REGION])
@pytest.mark.full
def test_everything_comes_back(name: str) -> None:
    """No circle keeps a city down after a full stop, no repair waits for itself, no alternative is none."""
    city = city_of(name)

    assert (black_starts(city), repair_circles(city), circular_redundancies(city)) == (frozenset(), (), ())


def test_hospital_without_record_diverts() -> None:
    """As in January 2019: the emergency department closes to ambulances within the hour, the region takes over."""
    city, trace = city_of("enschede"), after_loss("enschede", "mst-datacentrum", 8)
    at = 60
    seen = (
        trace.level_at("mst-seh", at) < minimum_level_of(city.component_by_id["mst-seh"]),
        trace.level_at("mst-operatiekamers", at) <= 25,
        trace.level_at("ambulance-oost-zorg", at) < 100,
        trace.level_at("zgt-seh-almelo", at),
        trace.level_at("enschede-publieke-dienstverlening", at),
    )

    assert seen == (True, True, True, 100, 100)


def test_shared_platform_takes_every_member_and_no_benefit() -> None:
    """One supplier, many municipalities: forms and cases stop for all members; desks and benefits go on in Enschede."""
    trace = after_loss("enschede", "dimpact-platform", 24)
    at = 12 * 60
    seen = (
        trace.level_at("enschede-digitaal-loket", at),
        trace.level_at("dimpact-andere-leden", at) < 50,
        trace.level_at("enschede-balie-reisdocumenten", at),
        trace.level_at("enschede-uitkeringen", at),
    )

    assert seen == (0, True, 100, 100)


def test_warning_shares_a_root_with_what_it_warns_about() -> None:
    """The cloud under the shared platform also carries the notices about it; 112 falls together with 0900-8844."""
    cloud, phone = after_loss("enschede", "microsoft-azure", 2), after_loss("enschede", "kpn-telefonie-kern", 2)
    fallen = (
        cloud.level_at("dimpact-platform", 0),
        cloud.level_at("dimpact-meldpunt", 0),
        phone.level_at("alarmnummer-112", 0),
        phone.level_at("politie-0900-8844", 0),
        phone.level_at("alarmcentrale-twente", 0),
    )

    assert fallen == (0, 0, 0, 0, 0)


@pytest.mark.parametrize(
    ("city", "networks"),
    [
        ("utrecht", ["kpn-vast-utrecht", "kpn-mobiel-utrecht", "odido-mobiel-utrecht", "vodafoneziggo-mobiel-utrecht"]),
        ("enschede", ["kpn-vast-enschede", "kpn-mobiel-enschede", "odido-mobiel-enschede"]),
    ],
)
def test_telephony_takes_the_emergency_numbers_and_leaves_internet(city: str, networks: list[str]) -> None:
    """As on 24 June 2019: 112 and 0900-8844 are gone, while fixed internet, masts and card payments work."""
    trace = after_loss(city, "kpn-telefonie-kern", 2)
    numbers = [trace.level_at(name, 0) for name in ("alarmnummer-112", "politie-0900-8844")]
    payments = "winkels-pinbetaling" if city == "utrecht" else "winkels-enschede-pin"

    assert (numbers, {trace.level_at(name, 0) for name in [*networks, payments]}) == ([0, 0], {100})


def test_electricity_comes_first() -> None:
    """Without power lights, tills and lifts go at once, masts within hours; taps run and the hospital holds a day."""
    city, trace = city_of("enschede"), after_loss("enschede", "enexis-middenspanning-enschede", 24)

    def below(hour: int) -> set[str]:
        return {
            part.id
            for part in own_components("enschede")
            if trace.level_at(part.id, hour * 60) < minimum_level_of(city.component_by_id[part.id])
        }

    seen = (
        {"enschede-verkeerslichten", "winkels-enschede-pin", "corporaties-enschede-liften"} <= below(1),
        "kpn-mobiel-enschede" in below(4) - below(1),
        {"mst-seh", "vitens-drinkwater-enschede", "rtv-oost-uitzending"} & below(23),
    )

    assert seen == (True, True, set())


def test_measure_helps() -> None:
    """A read-only copy of the record on separate computers keeps the emergency department open for three hours."""
    without = after_loss("enschede", "mst-epd", 3)
    with_copy = after_loss("enschede", "mst-epd", 3, "maatregel-mst-losse-leeskopie")

    assert (without.level_at("mst-seh", 179) < 50, with_copy.level_at("mst-seh", 179)) == (True, 100)


def test_regional_buses_stop_without_their_control_room() -> None:
    """As in July 2024: without the control room regional buses stop within half an hour; roads and data go on."""
    trace = after_loss("provincie-utrecht", "keolis-regelkamer", 2)
    names = ("keolis-streekbus-buiten", "provincie-bereikbaarheid", "provincie-feed-ov")

    assert [trace.level_at(name, 30) for name in names] == [0, 100, 100]


def test_data_of_the_province_have_their_roles() -> None:
    """What the province stores, makes or passes on has an owner, a steward and an approver."""
    data = [part for part in own_components("provincie-utrecht") if {"data", "feed", "sensor"} & set(part.tags)]
    kept = [part for part in data if part.organisation == "provincie-utrecht"]
    lacking = [part.id for part in kept if not (part.owner and part.steward and part.approver)]

    assert (len(kept) >= 10, lacking) == (True, [])


def test_region_is_the_three_maps_together() -> None:
    """The region holds every record of its members as it is, and nothing else."""
    cities = [city_of(name) for name in MEMBERS]
    wanted = {kind: {key_of(one): one for city in cities for one in getattr(city, kind)} for kind in KINDS}

    assert {kind: {key_of(one): one for one in getattr(city_of(REGION), kind)} for kind in KINDS} == wanted


def test_region_copies_no_line() -> None:
    """The folder of the region defines nothing, and no file defines what another one defines."""
    defined = [name for key, text in city_texts(REGION).items() for name in ids_in(key, text)]
    here = [name for key, text in own_texts(REGION).items() for name in ids_in(key, text)]

    assert (len(defined), sorted(own_texts(REGION)), here) == (len(set(defined)), [f"{REGION}/city.yaml"], [])


def test_region_shows_what_cities_share() -> None:
    """One product in two cities, and one grid, telephony platform and cloud under all three: the region names them."""
    region = city_of(REGION)
    graph = dependency_graph(region)
    shared = ("tennet-hoogspanning-landelijk", "kpn-telefonie-kern", "microsoft-azure")
    resting = {
        name: {function.id.partition("-")[0] for function in region.functions if nx.has_path(graph, function.id, name)}
        for name in shared
    }

    assert (selected(region, Selector(products=("Open Zaak",))), resting) == (
        ("dimpact-open-zaak", "utrecht-open-zaak"),
        {name: {"utrecht", "provincie", "enschede"} for name in shared},
    )
