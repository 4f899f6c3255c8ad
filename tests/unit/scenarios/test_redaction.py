"""What a reader of a map gets of a scenario."""

import pytest

from city_model.redaction import OFFICER, Reader, view_of
from city_model.schema import City
from resilience.base.problems import InputError
from scenarios.redaction import scenario_for
from scenarios.schema import Incident, Scenario
from tests.builders import city, component, function, organisation

PUBLIC = Reader("public")


def town() -> City:
    """Return a town with a desk that everybody may see, and a vault that nobody may."""
    return city(
        component("desk", organisation="council"),
        component("vault", organisation="bank", tlp="RED"),
        function("services", needs=["desk"]),
        organisation("council"),
        organisation("bank"),
    )


def scenario(*effects: dict[str, object]) -> Scenario:
    """Return a scenario whose one incident does *effects*; its name names the vault."""
    told = {"nl": "De vault valt.", "en": "The vault falls."}
    incident = {"id": "blow", "name": told, "kind": "outage", "at": "5m", "effects": effects}
    return Scenario.model_validate(
        {
            "id": "tale", "name": told, "summary": told, "fiction": told, "city": "testcity", "horizon": "1h",
            "blocks": dict.fromkeys(("cause", "source", "actors", "domain", "area", "perspective"), told),
            "start": "2027-01-11T09:00:00+01:00", "incidents": [incident],
            "rounds": [{"id": "one", "name": told, "starts": "0m", "ends": "1h"}],
            "cells": [{"id": "team", "name": told, "role": told}],
        }
    )  # fmt: skip


def struck(incident: Incident) -> list[tuple[str, ...]]:
    """Return what each effect of *incident* names."""
    return [getattr(effect, "components", ()) or effect.select.ids for effect in incident.effects]  # type: ignore[union-attr]


def test_what_is_struck_outside_the_view_is_left_out() -> None:
    """Of several targets the visible ones stay; an effect without any goes; texts are cleaned."""
    told = scenario(
        {"effect": "damage", "select": {"ids": ["desk", "vault"]}},
        {"effect": "damage", "select": {"ids": ["vault"]}},
        {"effect": "damage", "select": {"organisations": ["bank"]}},
        {"effect": "isolate", "components": ["vault", "desk"]},
    )
    seen = scenario_for(told, view_of(town(), PUBLIC))

    assert ([*map(struck, seen.incidents)], seen.incidents[0].name.en) == (
        [[("desk",), ("desk",)]],
        "The verborgen falls.",
    )


def test_the_officer_gets_the_scenario_as_it_is() -> None:
    """Nothing is hidden from whoever keeps the map."""
    told = scenario({"effect": "isolate", "components": ["vault"]})

    assert scenario_for(told, view_of(town(), OFFICER)) is told


def test_a_scenario_that_strikes_only_what_is_hidden_is_refused() -> None:
    """A page on which nothing happens would say that nothing happens."""
    with pytest.raises(InputError, match="tale"):
        scenario_for(scenario({"effect": "isolate", "components": ["vault"]}), view_of(town(), PUBLIC))
