"""Whom to call, in call order; and the file in which a city keeps names and numbers to itself."""

from pathlib import Path

import pytest

from city_model.contacts import Call, call_list
from city_model.loader import city_texts, load_acceptances, load_city
from resilience.base.problems import InputError
from tests.builders import city, component, function, need
from tests.unit.city_model.small_city import SMALL

BOOK = """\
organisations:
  grid-owner:
    - role: {nl: Meldpunt, en: Fault desk}
      phone: 000-0000
components:
  desk:
    - role: {nl: Teamleider, en: Team leader}
      email: desk@town.example.org
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The folder of the small city, with its base layer beside it."""
    for name, content in SMALL.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(content, encoding="utf-8")
    return tmp_path / "small"


def refusal(folder: Path) -> list[str]:
    """Return what is wrong, without the folder."""
    with pytest.raises(InputError) as caught:
        load_city(str(folder))
    return [str(problem).removeprefix(f"{folder}/") for problem in caught.value.problems]


def test_who_repairs_is_called_first_then_who_loses_something_soonest() -> None:
    """Each organisation once, about all that it loses; who is only weakened comes last; functions have nobody."""
    call = {"role": {"nl": "Piket", "en": "Duty"}, "phone": "1"}
    made = city(
        component("server", operator="host", organisation="town", supplier="builder"),
        component("late", organisation="b", needs=[need("server", buffer=60)]),
        component("soon", organisation="a", needs=["server"], contacts=[call]),
        component("half", organisation="c", needs=[need("server", strength=50)]),
        component("more", organisation="a", needs=["late"]),
        function("care", needs=["soon"]),
    )
    calls = [(one.organisation, one.why, one.minutes, one.components) for one in call_list(made, "server")]

    assert calls == [
        ("host", "repairs", 0, ("server",)),
        ("town", "owns", 0, ("server",)),
        ("builder", "supplies", 0, ("server",)),
        ("a", "lost", 0, ("soon", "more")),
        ("b", "lost", 60, ("late",)),
        ("c", "weakened", None, ("half",)),
    ]


def test_possible_causes_are_those_whose_failure_alone_is_enough() -> None:
    """An alternative that still works is no cause; the soonest felt is asked first."""
    made = city(
        component("grid", organisation="g"),
        component("a", organisation="x"),
        component("b", organisation="y"),
        component("disk", organisation="d"),
        component("desk", organisation="t", needs=[need("grid", buffer=30), need("a", "b", at_least=1), need("disk")]),
    )
    causes = [one.organisation for one in call_list(made, "desk", causes=True) if one.why == "cause"]

    assert causes == ["d", "g"]


def test_contacts_of_a_component_go_before_those_of_its_organisation(folder: Path) -> None:
    """What the city keeps to itself takes the place of what the map says."""
    (folder / "contacts.local.yaml").write_text(BOOK, encoding="utf-8")
    calls = call_list(load_city(str(folder), contacts=True), "desk", causes=True)

    assert [(one.organisation, [str(contact.role) for contact in one.contacts]) for one in calls] == [
        ("town", ["Team leader"]),
        ("grid-owner", ["Fault desk"]),
    ]


def test_who_does_not_ask_for_them_gets_no_names_and_numbers(folder: Path) -> None:
    """Whatever makes a pack, an export or a report from a city cannot take them along."""
    plain = load_city(str(folder))
    (folder / "contacts.local.yaml").write_text(BOOK, encoding="utf-8")

    assert load_city(str(folder)) == plain


def test_without_a_contact_the_call_says_so(folder: Path) -> None:
    """An empty list, never a made-up number."""
    calls = call_list(load_city(str(folder)), "grid")

    assert calls[0] == Call("grid-owner", "repairs", 0, False, ("grid",), ())


def test_faults_in_the_file_have_their_line(folder: Path) -> None:
    """Unknown names and fields alike; nothing is half read."""
    (folder / "contacts.local.yaml").write_text(BOOK.replace("grid-owner", "grid-ower"), encoding="utf-8")
    unknown = refusal(folder)
    (folder / "contacts.local.yaml").write_text(BOOK.replace("phone", "fone"), encoding="utf-8")

    assert (unknown, refusal(folder)) == (
        [("contacts.local.yaml:2:3: organisations.grid-ower: the organisation 'grid-ower' does not exist: "
         "did you mean grid-owner? choose one of grid-owner, town")],
        ["contacts.local.yaml:4:7: organisations.grid-owner#1.fone: the field 'fone' is unknown: did you mean phone?"],
    )  # fmt: skip


def test_names_and_numbers_never_travel_with_the_texts(folder: Path) -> None:
    """An exercise freezes the texts of its city; these are not among them, nor are acceptances."""
    (folder / "contacts.local.yaml").write_text(BOOK, encoding="utf-8")
    (folder / "accepted.yaml").write_text("accepted: []\n", encoding="utf-8")

    assert sorted(city_texts(str(folder))) == sorted(SMALL)


def test_acceptances_of_an_included_city_hold_too(folder: Path) -> None:
    """In the order of the files: included cities first."""
    one = "accepted:\n  - {{finding: '{}', by: CISO, on: 2026-01-01, until: 2026-12-31, why: known}}\n"
    (folder / "accepted.yaml").write_text(one.format("gap-mtd:desk"), encoding="utf-8")
    (folder.parent / "base" / "accepted.yaml").write_text(one.format("no-figure:grid"), encoding="utf-8")

    assert [item.finding for item in load_acceptances(str(folder))] == ["no-figure:grid", "gap-mtd:desk"]
