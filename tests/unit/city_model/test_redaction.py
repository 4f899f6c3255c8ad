"""What a reader may see: the officer all, others nothing that a mark forbids."""

import json
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from city_model.redaction import OFFICER, Reader, may_see, view_for
from city_model.schema import City, Component, PlacedNeed
from city_model.values import Text, Tlp
from tests.builders import (
    city,
    component,
    district,
    fallback,
    function,
    need,
    organisation,
    path,
    source,
    team,
    text,
    work,
)

MARKS: tuple[Tlp, ...] = get_args(Tlp)
PARTNER = Reader("partner", "town")
PUBLIC = Reader("public")

CITY = city(
    organisation("town"),
    organisation("bank", tlp="AMBER"),
    source("whisper", tlp="RED"),
    district("bankside"),
    component("vault", organisation="bank", needs=["ledger"]),
    component("ledger", organisation="town", tlp="RED"),
    component("secret", organisation="press", tlp="AMBER"),
    component(
        "desk",
        organisation="press",
        supplier="bank",
        description=text("Rents a room from Bank, next to the vault."),
        residents=100,
        needs=[
            need("vault", "secret", at_least=1),
            need("ledger", key="ledger-link"),
            need("hall", source="whisper"),
            need("hall", key="hidden-by-its-own-mark", tlp="RED"),
        ],
        fallback=fallback(30, needs=["secret"]),
        repair=work(60, "bank-crew"),
        tags=("bank", "counter"),
    ),
    component("hall", organisation="town"),
    team("bank-crew"),
    path("vault", "desk"),
    path("hall", "desk"),
    function("care", needs=["desk"]),
)


def dumped(view: City) -> str:
    """Return everything in *view*, and the keys that are made of its ids, as one text."""
    keys = [placed.key for placed in view.placed_needs]
    return view.model_dump_json() + json.dumps([*keys, *(item.key for item in view.access_paths)])


def keys(view: City) -> list[str]:
    """Return the keys of all needs."""
    return [placed.key for placed in view.placed_needs]


@pytest.mark.parametrize(
    ("reader", "seen"),
    [
        pytest.param(OFFICER, list(MARKS), id="officer"),
        pytest.param(PARTNER, ["CLEAR", "GREEN"], id="partner"),
        pytest.param(PUBLIC, ["CLEAR"], id="public"),
    ],
)
def test_marks_that_a_reader_may_see(reader: Reader, seen: list[str]) -> None:
    """TLP 2.0: CLEAR is for all, GREEN for the community of partners, the rest for who was given it."""
    assert [mark for mark in MARKS if may_see(reader, mark)] == seen


def test_the_officer_sees_the_city_itself() -> None:
    """Who keeps the map sees all of it."""
    assert view_for(CITY, OFFICER) is CITY


def test_what_is_hidden_is_taken_together_in_one_stand_in() -> None:
    """The partner's own component shows although it is RED; those of a hidden owner or mark are one provider."""
    view = view_for(CITY, PARTNER)

    assert [(part.id, str(part.name), part.organisation, part.needs) for part in view.components[::4]] == [
        ("ledger", "ledger", "town", ()),
        ("verborgen", "a provider", "verborgen", ()),
    ]
    assert [item.id for item in view.organisations] == ["town", "press", "verborgen"]
    assert ([item.id for item in view.teams], [item.id for item in view.districts]) == (
        ["verborgen-team"],
        ["bankside"],
    )


def test_needs_point_at_the_stand_in_and_hidden_needs_are_gone() -> None:
    """One of two hidden providers is one of something hidden: how many there are does not show."""
    assert keys(view_for(CITY, PARTNER)) == [
        "desk>verborgen",
        "ledger-link",
        "desk/fallback>verborgen",
        "care>desk",
    ]


def test_a_stand_in_says_what_enough_organisations_could_be() -> None:
    """Three hidden telecom providers are a crowd; two hidden hospitals with a water company are not."""
    owners = [organisation(name, sector="telecom", tlp="AMBER") for name in ("quokka", "wombat", "numbat")]
    owners += [organisation(name, sector="care", tlp="AMBER") for name in ("dingo", "emu")]
    owners.append(organisation("kiwi", sector="water", tlp="AMBER"))
    parts = [component(f"{owner.id}-net", organisation=owner.id, kind="infrastructure") for owner in owners]
    masts = [component(f"{name}-mast", organisation=name, kind="facility") for name in ("quokka", "wombat", "numbat")]
    switch = component("quokka-switch", organisation="quokka", kind="application")
    desk = component("desk", organisation="town", needs=[*(part.id for part in parts), masts[0].id, switch.id])
    view = view_for(city(*owners, *parts, *masts, switch, desk), PARTNER)
    stand_ins = {part.id: (part.name.en, part.kind, part.organisation) for part in view.components[1:]}

    assert (keys(view), stand_ins) == (
        [
            "desk>verborgen-telecom-infrastructure",
            "desk#2",
            "desk#3",
            "desk>verborgen",
            "desk#4",
            "desk#5",
            "desk>verborgen-telecom-facility",
            "desk>verborgen-telecom",
        ],
        {
            "verborgen": ("a provider", "service", "verborgen"),
            "verborgen-telecom": ("a telecom provider", "service", "verborgen-telecom"),
            "verborgen-telecom-facility": ("a facility of a telecom provider", "facility", "verborgen-telecom"),
            "verborgen-telecom-infrastructure": (
                "infrastructure of a telecom provider",
                "infrastructure",
                "verborgen-telecom",
            ),
        },
    )


def test_who_only_sits_at_the_table_is_nobodys_business() -> None:
    """A partner without a visible component shows only to itself, and talks do not say with whom they were."""
    made = city(
        organisation("guest"),
        organisation("town"),
        source("talk-with-press"),
        component("desk", organisation="town", needs=[need("press-room", source="talk-with-press")]),
        component("press-room", organisation="press"),
    )
    view = view_for(made, PARTNER)
    said = view.need_by_key["desk>press-room"].need

    assert [item.id for item in view.organisations] == ["town", "press"]
    assert [(item.id, item.reference, item.by) for item in view.sources] == [
        ("talk-with-press", "talk-with-press", "test"),
        ("verborgen-interview", "Opgave van een partner / Statement of a partner", "partner"),
    ]
    assert (said.source, view.organisations[0].source) == ("talk-with-press", "verborgen-interview")
    assert [item.id for item in view_for(made, Reader("partner", "guest")).organisations] == ["guest", "town", "press"]


def test_access_paths_of_hidden_components_are_gone() -> None:
    """A route to something hidden would say that it is there and how to reach it."""
    assert [item.key for item in view_for(CITY, PARTNER).access_paths] == ["hall>desk"]


def test_hidden_words_in_free_text_are_blanked() -> None:
    """Somebody wrote the name of a hidden organisation in a description of a visible component."""
    desk = view_for(CITY, PARTNER).component_by_id["desk"]

    assert (str(desk.description), desk.supplier, desk.tags) == (
        "Rents a room from verborgen, next to the verborgen.",
        "verborgen",
        ("counter",),
    )


def test_hidden_figures_are_left_out_or_unknown() -> None:
    """A figure whose own mark, or that of its source, forbids it is not shown; one that must be there is unknown."""
    said = {
        "id": "desk",
        "name": text("desk"),
        "kind": "service",
        "vulnerable": {"value": 7, "source": "whisper"},
        "repair": {"duration": {"fixed": "9m", "source": "fact", "tlp": "AMBER"}},
        "fallback": {"level": {"value": 5, "source": "fact", "tlp": "RED"}},
        "backlog": {"value": 3, "source": "whisper", "tlp": "CLEAR"},
        "backup": {"kind": "offline", "source": "whisper"},
    }
    made = city(source("whisper", tlp="RED"), Component.model_validate(said))
    shown = view_for(made, PUBLIC).component_by_id["desk"].model_dump(exclude_defaults=True, exclude={"name", "kind"})

    assert shown == {
        "id": "desk",
        "repair": {"duration": {"unknown": True, "source": "verborgen-bron"}},
        "fallback": {"level": {"value": "unknown", "source": "verborgen-bron"}},
        "backlog": {"value": 3, "source": "verborgen-bron", "confidence": "confirmed", "tlp": "CLEAR"},
    }


def test_the_original_is_untouched() -> None:
    """A City is a value."""
    before = CITY.model_dump_json()
    view_for(CITY, PUBLIC)

    assert CITY.model_dump_json() == before


WORDS = ("quokka", "wombat", "numbat", "dingo", "emu", "kiwi", "moa", "tui", "weka", "kea", "takahe", "ruru")
"""Names that stand nowhere else in a city."""


@st.composite
def marked_cities(draw: st.DrawFn) -> City:
    """A city in which anything may be marked and anything may be named in a text."""
    names = list(draw(st.permutations(WORDS)))
    owners = [organisation(f"{name}-bv", tlp=draw(st.sampled_from(MARKS))) for name in names[:3]]
    owner = st.sampled_from([item.id for item in owners])
    parts = names[3:9]
    said = source("said-so", tlp=draw(st.sampled_from(MARKS)))
    components = []
    for place, name in enumerate(parts):
        others = [other for other in parts if other != name]
        named = draw(st.sampled_from(WORDS))
        wanted = draw(st.lists(st.sampled_from(others), min_size=1, max_size=3, unique=True))
        mark = draw(st.sampled_from([None, *MARKS]))
        needs = [need(*wanted, tlp=mark, source=draw(st.sampled_from(["fact", "said-so"])))] if place % 3 else []
        components.append(
            component(
                name,
                organisation=draw(owner),
                supplier=draw(owner),
                tlp=draw(st.sampled_from(MARKS)),
                description=Text(nl=f"Naast {named.title()}!", en=f"Near the {named}, see {named}-bv."),
                product=f"{named} 3000",
                tags=(named,),
                needs=needs,
            )
        )
    return city(*owners, said, *components, path(parts[0], parts[1]), path(parts[1], parts[2]))


@given(marked_cities(), st.sampled_from([PUBLIC, *(Reader("partner", f"{name}-bv") for name in WORDS)]))
def test_no_hidden_id_or_name_is_in_what_another_reader_gets(made: City, reader: Reader) -> None:
    """Whatever is marked and not one's own is nowhere, not even in a text, a tag, a key or a name made of it."""
    allowed = {"CLEAR"} | ({"GREEN"} if reader.organisation else set())
    closed = {item.id for item in made.organisations if item.tlp not in allowed and item.id != reader.organisation}
    hidden = closed | {
        part.id
        for part in made.components
        if part.organisation != reader.organisation and (part.tlp not in allowed or part.organisation in closed)
    }
    text_of_view = dumped(view_for(made, reader)).lower()

    assert [name for name in hidden if name in text_of_view] == []


@given(marked_cities(), st.sampled_from([PUBLIC, Reader("partner", "quokka-bv")]))
def test_a_view_is_a_city_in_which_every_reference_resolves(made: City, reader: Reader) -> None:
    """What reads a city can read a view."""
    view = view_for(made, reader)
    components, organisations, sources = set(view.component_by_id), set(view.organisation_by_id), set(view.source_by_id)
    placed: tuple[PlacedNeed, ...] = view.placed_needs
    named = {provider for item in placed for provider in item.need.provider_ids}
    named |= {end for item in view.access_paths for end in (item.origin, item.target)}
    owners = {owner for part in view.components for owner in (part.organisation, part.supplier) if owner}
    said = {item.need.source for item in placed} | {item.source for item in view.organisations}

    assert (named - components, owners - organisations, said - sources) == (set(), set(), set())
    assert len(set(keys(view))) == len(placed)
