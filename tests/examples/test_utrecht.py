"""The shipped city of Utrecht is as large, as deep, as open about its sources and as careful as it promises."""

import re
from collections.abc import Iterator
from itertools import pairwise

import networkx as nx
import pytest
from pydantic import BaseModel

from city_model.effects import Damage, Selector
from city_model.graph import dependency_graph
from city_model.loader import city_texts, load_city
from city_model.schema import City, Component
from city_model.values import DurationFigure, Provenance, RequiredCapable, Text
from resilience.simulation.engine import simulate
from resilience.simulation.orders import Order

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

PROPER_NAMES = {
    "Utrecht", "West", "Overvecht", "Leidsche Rijn", "Vleuten-De Meern", "CISO", "Basispoort", "Suwinet", "iDEAL",
    "NAFIN", "eHerkenning", "PDOK", "C2000", "P2000", "Diginetwerk", "Digikoppeling", "DigiD", "DigiD Machtigen",
    "Microsoft Azure", "Microsoft Entra", "Microsoft 365", "NL-Alert", "LCMS", "SURFconext", "SURFcert", "VECOZO",
    "denkmee.utrecht.nl",
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
    """At least 25 organisations run something, 120 components are really different and 300 needs tie them."""
    running = {
        who for one in utrecht.components for who in (one.organisation, one.operator) if who and one.kind != "function"
    }
    distinct = {fingerprint(component) for component in utrecht.components}

    assert (len(running) >= 25, len(distinct) >= 120, len(utrecht.placed_needs) >= 300) == (True, True, True)


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
