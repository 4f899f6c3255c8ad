"""How big a map is, and what of it nobody confirmed."""

from city_model.summary import summarise
from tests.builders import (
    GUESS,
    UNKNOWN,
    assumed,
    city,
    component,
    district,
    fallback,
    function,
    need,
    organisation,
    path,
    team,
    work,
)


def test_counts_tell_figures_from_needs_and_assumptions_from_facts() -> None:
    """Unknown counts as unconfirmed; an organisation that only sits at the table runs nothing."""
    made = city(
        organisation("guest"),
        component("a", residents=5, restart_lag=UNKNOWN, operator="runner"),
        component(
            "b", needs=[need("a", buffer=assumed(60), source=GUESS)], fallback=fallback(assumed(30), needs=["a"])
        ),
        component("c", repair=work((1, 2, 3), "crew")),
        function("care", needs=["b"]),
        team("crew", 2),
        district("centre", 100),
        path("a", "b"),
    )

    assert summarise(made).to_json() == {
        "organisations": 3,
        "running": 2,
        "components": 4,
        "functions": 1,
        "needs": 3,
        "access_paths": 1,
        "teams": 1,
        "districts": 1,
        "sources": 2,
        "figures": 8,
        "assumed_figures": 3,
        "unknown_figures": 1,
        "assumed_needs": 1,
    }
