"""What `city show` says of one component: everything that the map says of it."""

import datetime as dt

from city_model.schema import Component
from resilience.cli.city.component_text import SHOWN, component_page
from resilience.cli.city.text import Table
from tests.builders import city, component, text

NOT_IN_THE_TABLE = {"id", "name", "kind", "description", "contacts", "needs"}
"""The head of the page, the tables below it, and what has a command of its own."""


def test_every_field_has_its_place() -> None:
    """A field that is added to the schema is shown, or said to stand elsewhere."""
    assert {*SHOWN} | NOT_IN_THE_TABLE == set(Component.model_fields)


def test_records_contracts_and_data_are_shown_with_their_source() -> None:
    """Who may be left, until when, whose data, who answers for it, and what there is beside the screen."""
    desk = component(
        "desk",
        kind="service",
        substitution={"ease": "hard", "exit": text("with much work"), "source": "fact"},
        contract_end=dt.date(2027, 1, 1),
        certificates=[{"name": "ISO 27001", "valid_until": "2027-06-30", "source": "guess"}],
        biv={"availability": 3, "integrity": 2, "confidentiality": 1, "reason": "all wait", "source": "fact"},
        offline_alternative={"description": text("the counter"), "capacity": {"value": 30, "source": "guess"}},
        personal_data={"kind": "special", "people": {"value": 900, "source": "guess"}},
        data_role=["stores", "processes"],
        owner="manager",
        steward="keeper",
        approver="officer",
    )
    table = next(part for part in component_page(city(desk), desk).parts if isinstance(part, Table))

    assert [row for row in table.rows if row[0] not in {"organisation", "TLP"}] == [
        ("substitutability", "hard to replace", "confirmed by both sides (fact)"),
        ("substitutability: exit", "with much work", "confirmed by both sides (fact)"),
        ("end of the contract", "2027-01-01", ""),
        ("certificates", "ISO 27001, valid until 2027-06-30", "assumption (guess)"),
        ("BIV classes: availability", "3", "confirmed by both sides (fact)"),
        ("BIV classes: integrity", "2", "confirmed by both sides (fact)"),
        ("BIV classes: confidentiality", "1", "confirmed by both sides (fact)"),
        ("BIV classes: reason", "all wait", "confirmed by both sides (fact)"),
        ("offline alternative", "the counter", ""),
        ("offline alternative: capacity", "30", "assumption (guess)"),
        ("personal data", "special", ""),
        ("personal data: people", "900", "assumption (guess)"),
        ("role in the data's life", "stores, processes", ""),
        ("owner of the record", "manager", ""),
        ("steward of the record", "keeper", ""),
        ("approver of the record", "officer", ""),
    ]
