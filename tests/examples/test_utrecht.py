"""The shipped city of Utrecht is as large, as deep, as open about its sources and as careful as it promises."""

import re
from collections.abc import Iterator
from functools import cache
from itertools import pairwise

import networkx as nx
import pytest
from pydantic import BaseModel

from city_model.effects import Damage, Selector
from city_model.graph import dependency_graph
from city_model.loader import city_texts, load_city
from city_model.schema import City, Component
from city_model.values import DurationFigure, Provenance, RequiredCapable, Text
from resilience.analysis.fall_table import losses_of
from resilience.simulation.engine import simulate
from resilience.simulation.metrics import lost_service
from resilience.simulation.orders import Order, incident_orders
from scenarios.loader import load_scenario
from scenarios.schema import Scenario

FUNCTIONS = {
    "utrecht-mobiliteit", "utrecht-onderwijs", "utrecht-zorg", "utrecht-publieke-dienstverlening", "utrecht-inkomen",
    "utrecht-veiligheid", "utrecht-energie", "utrecht-water", "utrecht-betalingsverkeer",
    "utrecht-informatie-democratie",
}  # fmt: skip

WHO = {"id", "name", "description", "organisation", "operator", "supplier", "owner", "steward", "approver", "contacts"}
"""What only says whose a component is and how it is called."""
PAPERS = {"source", "confidence", "date", "by", "review_by", "tlp", "note", "reason", "contract", "contract_end"}
"""What only says where a figure comes from."""
SIZE = {"residents", "vulnerable", "personal_data", "functions", "district", "tags"}
"""For whom and where: two copies of one component could differ in it without behaving differently."""

CHAINS = {
    "passport desk": ("utrecht-balie-reisdocumenten", "utrecht-burgerzaken", "gba-v", "diginetwerk"),
    "bus": (
        "transdev-stadsbus", "transdev-verkeersleiding", "kpn-vast-utrecht", "stedin-middenspanning-utrecht",
        "tennet-hoogspanning-utrecht",
    ),
    "hospital and its power": (
        "antonius-seh", "antonius-epd", "antonius-datacentrum", "stedin-middenspanning-utrecht",
        "tennet-hoogspanning-utrecht",
    ),
    "hospital and its login": ("antonius-seh", "antonius-epd", "antonius-identiteit", "antonius-datacentrum"),
    "hospital and the medication of others": ("antonius-seh", "antonius-epd", "lsp", "gzn"),
}  # fmt: skip

PARTNERS = {
    "amsterdam", "rotterdam", "den-haag", "goteborg", "nice", "economic-board-utrecht", "rathenau-instituut",
    "universiteit-utrecht", "hogeschool-utrecht", "utrecht-data-school", "eurocities", "autoriteit-persoonsgegevens",
    "ministerie-bzk", "ministerie-ez", "ncsc", "usbo", "vng", "utrecht-sustainability-institute", "bo-ex", "lomboxnet",
    "eneco", "hku", "stedin", "qbuzz", "civity", "kpn", "vodafoneziggo", "odido", "spotinfo", "dutch-game-garden",
    "esri", "europese-commissie", "efro", "st-antonius", "openbaar-ministerie", "vno-ncw-utrecht", "rabobank",
    "veiligheidsregio-utrecht", "novum", "prorail", "volksbank", "dutchsec", "hdsr", "pcou-willibrord", "jaarbeurs",
    "diakonessenhuis", "provincie-utrecht", "surf", "politie",
}  # fmt: skip
"""The 49 partners that the Visie Digitale Stad names."""

DIGITAL_SERVICES = {
    "utrecht-huishoudboekje", "utrecht-vaste-lasten", "utrecht-uitkeringen", "utrecht-balie-reisdocumenten",
    "utrecht-verhuizingen", "utrecht-huwelijk-plannen", "utrecht-slim-melden", "utrecht-denkmee", "utrecht-website",
    "utrecht-open-data", "utrecht-algoritmeregister", "utrecht-maas-app", "utrecht-taxibewegingen",
    "utrecht-voetgangerstellingen", "utrecht-ivri", "utrecht-fietsroutes", "utrecht-stallingstoegang",
    "utrecht-publieke-laadpalen", "lomboxnet-slim-laden", "utrecht-afvalpas", "utrecht-wegdeksensoren",
    "utrecht-sensorplatform", "civity-snuffelfiets", "utrecht-lora-netwerk", "utrecht-scanauto-anpr",
    "utrecht-lichtbesturing", "utrecht-zaaksysteem", "utrecht-bodycams", "boex-energiebeheer",
}  # fmt: skip
"""What the city's own documents call its digital services."""

CASE_SYSTEM = {
    "utrecht-procesmotor", "utrecht-open-zaak", "utrecht-notificaties", "utrecht-kownsl", "utrecht-bptl",
    "utrecht-dowc", "utrecht-objecten", "utrecht-zoekindex", "utrecht-redis",
}  # fmt: skip
"""What the public README of the case system says that it needs."""

SCENARIO = "zwart-scherm"
NO_OTHER_WAY = ("Geen: ", "None: ")
"""How a service says that nothing replaces it without technology, and why."""

PROPER_NAMES = {
    "Utrecht", "West", "Overvecht", "Leidsche Rijn", "Vleuten-De Meern", "CISO", "Basispoort", "Suwinet", "iDEAL",
    "NAFIN", "eHerkenning", "PDOK", "C2000", "P2000", "Diginetwerk", "Digikoppeling", "DigiD", "DigiD Machtigen",
    "Microsoft Azure", "Microsoft Entra", "Microsoft 365", "NL-Alert", "LCMS", "SURFconext", "SURFcert", "VECOZO",
    "denkmee.utrecht.nl", "U-pas",
}  # fmt: skip
WITHOUT_ADDRESS = {"utr-visie"}
"""Public documents that are named by their title."""
SAME_WORD = {"Water", "Firewall"}
"""Words that Dutch and English share."""

ROLE = re.compile(
    r"(ambtenaar|beheerder|beveiligingsfunctionaris|ciso|concerncontroller|functionaris|functioneel beheerder"
    r"|gegevensbeheerder|gemeentesecretaris|hoofd|informatiecommissaris|kaartbeheerder|manager)\b( [a-z ]+| (BRP|ICT)"
    r"| Werk en Inkomen)?",
    re.IGNORECASE,
)
TITLED_NAME = re.compile(r"\b(?:[Dd]hr|[Mm]evr|[Mm]w|[Dd]rs|[Ii]r|[Mm]r|[Pp]rof)\.? [A-Z]\w+")
EMAIL = re.compile(r"[\w.+-]+@([\w.-]+)")
PHONE = re.compile(r"(?:\+31|\b0\d{1,3})[ -]?\d{6,8}\b")
RESERVED = re.compile(r"(.*\.)?example(\.(org|com|net))?")
"""Domains that can never be somebody's (RFC 2606)."""


@pytest.fixture(scope="module")
def utrecht() -> City:
    """The shipped city, its national layer included."""
    return load_city("utrecht")


def test_size(utrecht: City) -> None:
    """At least 100 organisations run something, 300 components are really different and 900 needs tie them."""
    running = {
        who for one in utrecht.components for who in (one.organisation, one.operator) if who and one.kind != "function"
    }
    distinct = {fingerprint(component) for component in utrecht.components}

    assert (len(running) >= 100, len(distinct) >= 300, len(utrecht.placed_needs) >= 900) == (True, True, True)


def test_fingerprint_sees_through_another_name(utrecht: City) -> None:
    """A component that differs from another only in its owner and name is no new one; a real difference is."""
    desk = utrecht.component_by_id["utrecht-balie-reisdocumenten"]
    copied = desk.model_copy(update={"id": "x", "name": Text(nl="Een", en="One"), "organisation": "stedin"})
    changed = desk.model_copy(update={"needs": desk.needs[1:]})

    assert (fingerprint(copied) == fingerprint(desk), fingerprint(changed) == fingerprint(desk)) == (True, False)


def test_functions(utrecht: City) -> None:
    """The city has the functions that residents notice, all of them and no other."""
    assert {function.id for function in utrecht.functions} == FUNCTIONS


def test_every_function_has_a_deep_chain(utrecht: City) -> None:
    """Each function reaches, five needs or more away by the shortest way, something that another organisation runs."""
    graph = dependency_graph(utrecht)
    shallow = []
    for function in utrecht.functions:
        steps = nx.single_source_shortest_path_length(graph, function.id)
        far = [name for name, away in steps.items() if away >= 5]
        if all(utrecht.component_by_id[name].organisation == function.organisation for name in far):
            shallow.append(function.id)

    assert shallow == []


@pytest.mark.parametrize("chain", CHAINS.values(), ids=CHAINS)
def test_named_chain(utrecht: City, chain: tuple[str, ...]) -> None:
    """The real chains that the map is told by stand in it, link by link."""
    graph = dependency_graph(utrecht)

    assert [pair for pair in pairwise(chain) if not graph.has_edge(*pair)] == []


@pytest.mark.parametrize("chain", CHAINS.values(), ids=CHAINS)
def test_named_chain_is_felt(utrecht: City, chain: tuple[str, ...]) -> None:
    """When the end of a named chain is lost for three days, its head notices."""
    loss = Damage(effect="damage", select=Selector(ids=chain[-1:]), ends="decision")
    trace = simulate(utrecht, [Order("loss", "incident", 0, (loss,))], horizon=4320)

    assert min(level for _minute, level in trace.levels.get(chain[0], ((0, 100),))) < 100


def test_every_figure_and_need_has_its_source(utrecht: City) -> None:
    """Whatever the map says about a component names a source that exists, and says when and by which role."""
    said = [value for value in inside(utrecht) if isinstance(value, Provenance)]
    lacking = [value for value in said if value.source not in utrecht.source_by_id]

    assert (len(said) > len(utrecht.placed_needs), lacking) == (True, [])


def test_nothing_is_said_with_more_confidence_than_its_source_gives(utrecht: City) -> None:
    """What rests on an estimate is marked as assumed, and nothing claims that a partner confirmed it."""
    overstated = [
        value
        for value in inside(utrecht)
        if isinstance(value, Provenance)
        and (
            utrecht.confidence_of(value) == "confirmed"
            or (utrecht.source_by_id[value.source].kind == "assumption" and not utrecht.is_assumed(value))
        )
    ]

    assert overstated == []


def test_only_public_sources(utrecht: City) -> None:
    """Sources are public documents and incidents, with their address, or stated assumptions; never somebody's scan."""
    hidden = [
        source.id
        for source in utrecht.sources
        if source.kind != "assumption"
        and (source.kind not in {"document", "incident"} or not re.search(r"https?://", source.reference))
        and source.id not in WITHOUT_ADDRESS
    ]

    assert hidden == []


def test_no_weakness_as_fact(utrecht: City) -> None:
    """A lost backup, a supplier that nothing replaces or a target that is missed is assumed, derived or documented."""
    stated = [
        (component.id, what)
        for component in utrecht.components
        for what, source, confidence in weaknesses(utrecht, component)
        if confidence in {"confirmed", "one_sided"} and utrecht.source_by_id[source].kind != "document"
    ]

    assert stated == []


def test_no_persons(utrecht: City) -> None:
    """The map names roles, never persons."""
    roles = {
        role
        for one in utrecht.components
        for role in (one.owner, one.steward, one.approver)
        if role and not ROLE.fullmatch(role)
    }
    roles |= {source.by for source in utrecht.sources if not ROLE.fullmatch(source.by)}
    named = {found for text in city_texts("utrecht").values() for found in TITLED_NAME.findall(text)}

    assert (roles, named) == (set(), set())


def test_contacts_lead_nowhere(utrecht: City) -> None:
    """Shipped contacts hold no telephone number and only addresses that can never be somebody's."""
    contacts = [value for value in inside(utrecht) if type(value).__name__ == "Contact"]
    texts = city_texts("utrecht").values()
    real = {domain for text in texts for domain in EMAIL.findall(text) if not RESERVED.fullmatch(domain)}
    phones = {found for text in texts for found in PHONE.findall(without_addresses(text))}

    assert (real, phones, [contact for contact in contacts if getattr(contact, "phone", None)]) == (set(), set(), [])


def test_two_languages(utrecht: City) -> None:
    """Dutch and English are two texts; only proper names, and a few words that both share, are the same."""
    organisations = {str(organisation.name) for organisation in utrecht.organisations}
    same = {value.nl for value in inside(utrecht) if isinstance(value, Text) and value.nl == value.en}

    assert same == (same & organisations) | PROPER_NAMES | SAME_WORD


def test_all_partners_are_in_it(utrecht: City) -> None:
    """Every partner that the vision names is an organisation with a role, whether or not it runs something."""
    roles = {one.id: one.role for one in utrecht.organisations}

    assert (len(PARTNERS), PARTNERS - roles.keys()) == (49, set())


def test_named_digital_services_are_in_it(utrecht: City) -> None:
    """The digital services that the city's own documents name stand in the map, the parts of the case system too."""
    case_system = {name for need in utrecht.component_by_id["utrecht-zaaksysteem"].needs for name in need.provider_ids}

    assert (DIGITAL_SERVICES - utrecht.component_by_id.keys(), CASE_SYSTEM - case_system) == (set(), set())


def test_every_service_has_another_way_or_says_why_not(utrecht: City) -> None:
    """A service says how much of the demand counter, telephone and paper carry; if nothing, it says why."""
    services = [one for one in utrecht.components if one.kind == "service"]
    lacking = [one.id for one in services if not one.offline_alternative or not one.offline_alternative.capacity]
    unexplained = [
        one.id
        for one in services
        if one.offline_alternative
        and one.offline_alternative.capacity
        and (one.offline_alternative.capacity.value == 0)
        != (str(one.offline_alternative.description).startswith(NO_OTHER_WAY))
    ]

    assert (len(services) >= 150, lacking, unexplained) == (True, [], [])


def test_records_of_the_city_have_an_owner_a_steward_and_an_approver(utrecht: City) -> None:
    """Whatever the municipality runs has an owner; where it keeps data of people, also a steward and an approver."""
    own = [one for one in utrecht.components if one.organisation == "gemeente-utrecht" and one.kind != "function"]
    people = [one for one in own if one.personal_data and one.personal_data.kind != "none"]
    lacking = [one.id for one in own if not one.owner]
    lacking += [one.id for one in people if not (one.steward and one.approver and one.data_role)]

    assert (len(people) >= 40, lacking) == (True, [])


def test_no_invented_dates_of_contracts_and_certificates(utrecht: City) -> None:
    """An end date of a certificate comes from a public document; contracts of real organisations have none."""
    dated = [
        (one.id, certificate.source)
        for one in utrecht.components
        for certificate in one.certificates
        if utrecht.source_by_id[certificate.source].kind != "document"
    ]
    contracts = [one.id for one in utrecht.components if one.contract_end]

    assert (dated, contracts) == ([], [])


def test_common_causes_are_visible(utrecht: City) -> None:
    """Everything rests on electricity first, and warning channels share a root with what they warn about."""
    graph = dependency_graph(utrecht)
    without_power = [
        one.id for one in utrecht.functions if not nx.has_path(graph, one.id, "tennet-hoogspanning-landelijk")
    ]
    roots = {
        "alarmnummer-112": "kpn-kernlocaties",
        "politie-0900-8844": "kpn-kernlocaties",
        "nl-alert": "kpn-kernlocaties",
        "was-sirenes": "c2000",
    }
    apart = [name for name, root in roots.items() if not nx.has_path(graph, name, root)]
    untagged = [name for name in roots if "gedeelde-wortel" not in utrecht.component_by_id[name].tags]

    assert (without_power, apart, untagged) == ([], [], [])


def test_measures_cost_something_that_is_marked_as_an_estimate(utrecht: City) -> None:
    """Twenty to thirty measures, each with costs that are assumed and say what the estimate rests on."""
    costs = {one.id: [cost for cost in (one.cost_once, one.cost_yearly) if cost] for one in utrecht.measures}
    unmarked = [
        name for name, given in costs.items() if not all(utrecht.is_assumed(cost) and cost.note for cost in given)
    ]

    assert (20 <= len(costs) <= 30, [name for name, given in costs.items() if not given], unmarked) == (True, [], [])


@pytest.mark.parametrize(
    "chosen", [slice(2), pytest.param(slice(2, None), marks=pytest.mark.full)], ids=["two", "the others"]
)
def test_every_measure_helps_somewhere(utrecht: City, chosen: slice) -> None:
    """With a measure from the start, at least one outage or the exercise takes less service from something."""
    scenario = load_scenario(SCENARIO, utrecht)
    runs = {loss.id: [outage_of(loss.components)] for loss in losses_of("utrecht", utrecht)}
    runs[SCENARIO] = [*incident_orders(scenario)]

    @cache
    def lost(name: str, *before: Order) -> dict[str, int]:
        return lost_in(utrecht, [*before, *runs[name]], horizon_of(name, scenario))

    useless = [
        measure.id
        for measure in utrecht.measures[chosen]
        if not any(
            less < lost(name)[component]
            for name in runs
            for component, less in lost(name, Order(measure.id, "decision", 0, measure.effects)).items()
        )
    ]

    assert useless == []


def outage_of(components: tuple[str, ...]) -> Order:
    """Return the loss of *components* for the whole run."""
    loss = Damage(effect="damage", select=Selector(ids=components), ends="decision")
    return Order("loss", "incident", 0, (loss,))


def horizon_of(name: str, scenario: Scenario) -> int:
    """Return the length of a run in minutes: three days for an outage, its own for the exercise."""
    return scenario.horizon if name == SCENARIO else 4320


def lost_in(city: City, orders: list[Order], horizon: int) -> dict[str, int]:
    """Return the lost service of every component in one run."""
    trace = simulate(city, orders, horizon=horizon)
    return {component.id: lost_service(trace, component.id) for component in city.components}


def fingerprint(component: Component) -> object:
    """Return what a component does, without whose it is, how it is called and where its figures come from."""
    return _bare(component.model_dump())


def weaknesses(city: City, component: Component) -> Iterator[tuple[str, str, str]]:
    """Yield what is weak about a component, the source of that, and with how much confidence it is said."""
    if component.backup and component.backup.kind in {"none", "online"}:
        yield "backup", component.backup.source, city.source_by_id[component.backup.source].confidence
    if component.substitution and component.substitution.ease in {"hard", "none"}:
        yield "substitution", component.substitution.source, city.source_by_id[component.substitution.source].confidence
    for name in ("mtd", "rto", "rpo"):
        pair: RequiredCapable | None = getattr(component, name)
        required, capable = (pair.required, pair.capable) if pair else (None, None)
        if required and capable and minutes(capable) > minutes(required):
            yield name, capable.source, city.confidence_of(capable)


def minutes(figure: DurationFigure) -> int:
    """Return a duration in minutes; an unknown one counts as none."""
    return figure.value if isinstance(figure.value, int) else 0


def inside(value: object) -> Iterator[object]:
    """Yield *value* and everything in it."""
    yield value
    if isinstance(value, BaseModel):
        for name in type(value).model_fields:
            yield from inside(getattr(value, name))
    elif isinstance(value, tuple):
        for item in value:
            yield from inside(item)


def without_addresses(text: str) -> str:
    """Return *text* without web addresses, whose numbers are not telephone numbers."""
    return re.sub(r"https?://\S+", "", text)


def _bare(value: object) -> object:
    if isinstance(value, dict):
        kept = ((name, item) for name, item in value.items() if name not in WHO | PAPERS | SIZE)
        return tuple((name, _bare(item)) for name, item in kept if item not in (None, ()))
    if isinstance(value, (list, tuple)):
        return tuple(_bare(item) for item in value)
    return value
