"""The picture of the affected chain."""

from reports.chain_picture import MOST_NODES, chain_picture, followers, links_of
from reports.naming import Names
from reports.words import Moments
from tests.builders import city, component, function, need
from tests.runs import outage, run
from tests.unit.reports.small_run import small_city, small_trace


def test_links_lead_from_the_incident_to_the_functions() -> None:
    """Each part names who pulled it down; what was hit itself names nobody."""
    links = links_of(small_city(), small_trace())

    assert (links.hit, links.causes) == (
        ("power", "records"),
        {
            "power": (),
            "records": (),
            "care": ("records",),
            "server": ("power",),
            "forms": ("server",),
            "services": ("forms",),
        },
    )


def test_followers_are_counted_along_the_whole_chain() -> None:
    """Whoever fell because of what fell because of a part counts as its follower."""
    behind = {part: sorted(parts) for part, parts in followers(small_city(), small_trace()).items()}

    assert behind == {
        "forms": ["services"],
        "power": ["forms", "server", "services"],
        "records": ["care"],
        "server": ["forms", "services"],
    }


def test_the_picture_runs_from_cause_to_function() -> None:
    """Causes left, functions right and marked as such; a box says how low and when."""
    made = small_city()
    picture = chain_picture(Names(made), small_trace(made), Moments())

    boxes = {node.key: (node.column, node.tone, node.is_function, node.detail) for node in picture.nodes}
    assert boxes == {
        "power": (0, "cause", False, "0% · +00:10"),
        "records": (0, "cause", False, "0% · +00:10"),
        "server": (1, "down", False, "0% · +00:40"),
        "forms": (2, "down", False, "0% · +00:40"),
        "services": (3, "down", True, "0% · +00:40"),
        "care": (3, "reduced", True, "40% · +00:10"),
    }


def test_a_large_cascade_keeps_what_leads_to_functions() -> None:
    """Of a hundred affected parts only those on the way to a function are drawn; the table holds all."""
    dead_ends = [component(f"app-{number}", needs=["grid"]) for number in range(100)]
    made = city(component("grid"), component("desk", needs=["grid"]), *dead_ends, function("services", needs=["desk"]))
    picture = chain_picture(Names(made), run(made, outage("grid", 10, 60)), Moments())

    drawn = sorted(node.key for node in picture.nodes)
    assert (drawn, len(picture.table.rows), len(drawn) <= MOST_NODES) == (["desk", "grid", "services"], 103, True)


def test_parts_that_need_each_other_are_drawn_with_a_reason() -> None:
    """In a circle nobody is left without a line, and the picture is still made."""
    made = city(
        component("grid"),
        component("names", needs=[need("host"), need("grid", kind="power")]),
        component("host", needs=[need("names"), need("grid", kind="power")]),
        function("services", needs=["host"]),
    )
    picture = chain_picture(Names(made), run(made, outage("grid", 10, 60)), Moments())

    without = {node.key for node in picture.nodes} - {route.target for route in picture.routes}
    assert without == {"grid"}
