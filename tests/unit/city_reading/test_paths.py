"""The ways between two components, and walks with a filter."""

from city_model.losses import Losses
from city_model.paths import chain_paths
from city_model.walk import Step, walk
from tests.builders import GUESS, assumed, city, component, function, need

CITY = city(
    component("grid", kind="infrastructure"),
    component("mast", kind="infrastructure", needs=[need("grid", kind="power", buffer=120)]),
    component("web", kind="service", needs=[need("grid", kind="power", buffer=30), need("mast", "fibre", at_least=1)]),
    component("fibre"),
    component("files", needs=[need("grid", kind="power", buffer=assumed(5))]),
    function("care", needs=["web", need("files", strength=60, source=GUESS)]),
)


def test_ways_that_carry_the_loss_by_themselves_come_first() -> None:
    """Then by buffers; each with its weakest link, and whether it is enough alone."""
    found = [(way.components, way.minutes, way.weakest, way.carries) for way in chain_paths(CITY, "grid", "care")]

    assert found == [
        (("grid", "web", "care"), 30, "confirmed", True),
        (("grid", "files", "care"), 5, "assumed", False),
        (("grid", "mast", "web", "care"), 120, "confirmed", False),
    ]


def test_between_two_that_are_not_linked_there_is_no_way() -> None:
    """Nor from a thing to itself."""
    assert (chain_paths(CITY, "care", "grid"), chain_paths(CITY, "web", "web")) == ((), ())


def test_needs_to_restart_carry_no_loss() -> None:
    """They matter after a stop, not before."""
    made = city(component("key"), component("vault", needs=[need("key", phase="start")]))

    assert chain_paths(made, "key", "vault") == ()


def test_an_effect_says_through_whom_it_came_and_how_sure_that_is() -> None:
    """The weakest need or buffer on the binding way decides."""
    made = city(
        component("a"), component("b", needs=[need("a", buffer=assumed(10))]), component("c", needs=[need("b")])
    )
    effect = Losses(made).of("a")["c"]

    assert (effect.minutes, effect.weakest, effect.need, effect.provider) == (10, "assumed", "c>b", "b")


def test_a_filter_never_hides_that_an_indirect_link_exists() -> None:
    """Web and files do not pass; care is still linked to the grid, through them."""
    tree = walk(CITY, "grid", "up", only=["care"])

    assert [(step.component, step.through, step.effect.minutes, step.why) for step in tree.children] == [
        ("care", ("files",), 30, "indirectly, through files")
    ]


def test_a_direct_link_stays_direct_with_a_filter() -> None:
    """What passes keeps its own needs and words."""
    tree = walk(CITY, "grid", "up", only=["web", "care"])

    assert drawn(tree) == [
        "grid",
        "  care through files",
        "  web (web>grid)",
        "    care (care>web)",
    ]


def drawn(step: Step, indent: str = "") -> list[str]:
    """Return the tree as lines: component, and its needs or what lies between."""
    link = f" through {', '.join(step.through)}" if step.through else ""
    link += f" ({', '.join(step.needs)})" if step.needs else ""
    return [
        f"{indent}{step.component}{link}",
        *(line for child in step.children for line in drawn(child, indent + "  ")),
    ]
