"""On whom a city leans, and who does what with which data."""

import datetime as dt

import pytest

from city_model.data_life import holdings
from city_model.schema import City, Component
from city_model.suppliers import SharedProduct, Shown, Standing, shared_products, suppliers
from resilience.cli.city.records_text import data_page, suppliers_page
from resilience.cli.city.text import Table
from tests.builders import city, component, function, need, text

DAY = dt.date(2026, 6, 1)


def cloud() -> Component:
    """Return the cloud that the town and the hospital need."""
    certificate = {"name": "ISO 27001", "valid_until": "2026-07-01", "source": "fact"}
    hard = {"ease": "hard", "source": "fact"}
    return component("cloud", organisation="host", product="Cloud", substitution=hard, certificates=[certificate],
                     contract_end=dt.date(2027, 1, 1))  # fmt: skip


def leaning() -> City:
    """Return a city whose care hangs on one host, that also supplies what the town runs itself."""
    return city(
        function("care", needs=["desk", "records"]),
        function("water", needs=["pump"]),
        component("desk", organisation="town", supplier="host", needs=["cloud"],
                  substitution={"ease": "none", "exit": text("hand over the files"), "source": "fact"}),
        component("records", organisation="hospital", product="Cloud", needs=["cloud"]),
        component("pump", organisation="water-board"),
        cloud(),
    )  # fmt: skip


def test_a_supplier_is_who_others_need_or_what_others_own_and_it_supplies() -> None:
    """With its customers, the functions that feel it, and what the map says of leaving it."""
    found = suppliers(leaning())

    assert [(one.organisation, one.components, one.customers, one.functions) for one in found] == [
        ("host", ("desk", "cloud"), ("hospital", "town"), ("care",)),
    ]
    assert [(one.hard, one.no_way_out, one.unsaid, one.contract_end) for one in found] == [
        (("desk", "cloud"), ("cloud",), (), dt.date(2027, 1, 1)),
    ]


def test_one_product_in_several_places_is_named_with_who_has_it() -> None:
    """What goes wrong with the product goes wrong in all of them."""
    assert shared_products(leaning()) == (SharedProduct("Cloud", ("records", "cloud"), ("hospital", "host")),)


@pytest.mark.parametrize(
    ("day", "standing"), [("2026-03-01", "valid"), ("2026-06-01", "soon"), ("2026-07-02", "ended")]
)
def test_a_certificate_is_valid_ends_soon_or_has_ended(day: str, standing: Standing) -> None:
    """Soon is within the time that deadlines look ahead."""
    shown = Shown("cloud", cloud().certificates[0])

    assert shown.standing(dt.date.fromisoformat(day)) == standing


def test_the_page_says_who_shows_a_certificate_and_how_many_show_none() -> None:
    """A mark of its own stands beside a date that comes soon."""
    made = leaning()
    page = suppliers_page(made, suppliers(made), shared_products(made), DAY, every=False)
    tables = [part for part in page.parts if isinstance(part, Table)]

    assert [table.rows for table in tables] == [
        (("host", 2, 2, 1, "2 of 2 known", "2027-01-01"),),
        (("cloud", "host"),),
        (("Cloud", "records, cloud", "hospital, host"),),
        (("host", "cloud", "ISO 27001", "2026-07-01 soon"),),
    ]


def test_data_is_followed_along_what_carries_it() -> None:
    """Not along power, and not past what does nothing with data; special data of most people comes first."""
    made = city(
        component("desk", data_role=["generates"], owner="a", steward="b", approver="c",
                  personal_data={"kind": "ordinary", "people": {"value": 900, "source": "fact"}},
                  needs=["register", need("line", kind="network"), need("grid", kind="power")]),
        component("register", data_role=["stores"], owner="a",
                  personal_data={"kind": "special", "people": {"value": 5, "source": "fact"}}),
        component("line", data_role=["carries"]),
        component("grid", data_role=["generates"]),
        component("other", personal_data={"kind": "none"}),
    )  # fmt: skip
    names = [[one.component.id for one in holdings(made, service)] for service in ("desk", None)]

    assert names == [["register", "desk", "line"], ["register", "desk", "grid", "line", "other"]]
    assert data_page(made, holdings(made, "desk"), "desk", every=False).parts[0] == (
        "Chain of desk: 3 components do something with data, 2 with data of people; 1 of\n"
        "these have an owner, a steward and an approver."
    )
