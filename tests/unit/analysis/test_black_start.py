"""Circles named beforehand, in words (rules 7.5, 9.5 and 9.6)."""

import pytest

from city_model.loader import load_city
from city_model.schema import City
from resilience.analysis.black_start import (
    Circle,
    CircularRedundancy,
    black_start_circles,
    black_starts,
    circular_redundancies,
    repair_circles,
)
from resilience.base.language import in_language
from tests.builders import city, component, fallback, need, work


@pytest.fixture
def utrecht() -> City:
    """The map of Utrecht."""
    return load_city("utrecht")


def test_rule_9_5_a_black_start_is_named_with_its_circle_and_the_need_that_breaks_it() -> None:
    """A host needs dns to start, dns is hosted on it, the desk uses dns, the pump is repaired from the desk."""
    tiny = city(
        component("power"),
        component("host", needs=[need("power", kind="power"), need("dns", phase="start")]),
        component("dns", needs=[need("host", kind="network")]),
        component("desk", needs=["dns"]),
        component("pump", repair=work(60, None, ["desk"])),
    )
    with in_language("en"):
        found = (black_starts(tiny), black_start_circles(tiny))

    assert found == (
        frozenset({"host", "dns", "desk"}),
        (
            Circle(
                components=("dns", "host"),
                needs=("dns>host", "host>dns"),
                breakable=("host>dns",),
                dependents=("desk",),
                unrepaired=("pump",),
                alone=(),
                sentence="After a full stop nothing of this restarts, because each waits for the next: "
                "dns → host → dns. Help from outside breaks the circle at: host>dns.",
            ),
        ),
    )


def test_rule_9_5_buffers_and_fallbacks_do_not_hide_a_black_start() -> None:
    """They may be used up when it matters; an alternative outside the circle does end it."""
    hidden = city(
        component("a", needs=[need("b", phase="start", buffer=600)], fallback=fallback(50)),
        component("b", needs=[need("a", phase="both", buffer=600)]),
    )
    ended = city(
        component("a", needs=[need("b", "c", at_least=1, phase="start")]),
        component("b", needs=[need("a", phase="both")]),
        component("c"),
    )

    assert (black_starts(hidden), black_starts(ended)) == (frozenset({"a", "b"}), frozenset())


def test_rule_7_5_a_repair_circle_is_named_also_through_others() -> None:
    """The vault is repaired with the identity service, which runs on the directory, which is kept in the vault."""
    tiny = city(
        component("vault", repair=work(60, None, ["identity"])),
        component("identity", needs=["directory"]),
        component("directory", needs=["vault"]),
    )
    with in_language("en"):
        found = repair_circles(tiny)

    assert found == (
        Circle(
            components=("directory", "vault", "identity"),
            needs=("directory>vault", "vault/repair>identity", "identity>directory"),
            breakable=("vault/repair>identity",),
            dependents=(),
            unrepaired=(),
            alone=("vault",),
            sentence="The repair waits for what it is to repair, because each waits for the next: "
            "directory → vault → identity → directory. Help from outside breaks the circle at: vault/repair>identity.",
        ),
    )


def test_rule_7_5_two_repairs_that_need_each_other_wait_only_when_both_fail() -> None:
    """Telephony is repaired through the network and the network by telephone; and a self-repair needs itself."""
    tiny = city(
        component("network", repair=work(60, None, ["telephony"])),
        component("telephony", repair=work(60, None, ["network"])),
        component("ad", repair=60, rebuild=work(600, None, ["ad"])),
    )

    assert [(circle.components, circle.alone) for circle in repair_circles(tiny)] == [
        (("ad",), ("ad",)),
        (("network", "telephony"), ()),
    ]


def test_rule_9_6_an_alternative_that_falls_with_its_dependent_is_named_with_the_path() -> None:
    """Of b and c one is enough for a, b runs on d and d on a; the fallback counts on b too, and on e."""
    tiny = city(
        component("a", needs=[need("b", "c", at_least=1)], fallback=fallback(40, needs=[need("b", "e", at_least=1)])),
        component("b", needs=["d"]),
        component("c"),
        component("d", needs=[need("a", strength=70)]),
        component("e"),
    )
    sentence = "b is no alternative for a: without a it has 30% left (b → d → a)."
    with in_language("en"):
        found = circular_redundancies(tiny)

    assert found == (
        CircularRedundancy("a", "a>b+c", "b", 30, ("b", "d", "a"), sentence),
        CircularRedundancy("a", "a/fallback>b+e", "b", 30, ("b", "d", "a"), sentence),
    )


def test_rule_9_6_an_alternative_that_still_works_without_its_dependent_is_not_named() -> None:
    """It keeps at least its own minimum level, here 60; shares without spare capacity offer no alternative at all."""
    tiny = city(
        component("a", needs=[need("b", "c", at_least=1)]),
        component("b", minimum_level=60, needs=[need("a", strength=40)]),
        component("c", needs=[need(shares={"d": 50, "e": 50})]),
        component("d", needs=["c"]),
        component("e"),
    )

    assert circular_redundancies(tiny) == ()


def test_utrecht_has_no_black_start_no_repair_circle_and_no_circular_redundancy(utrecht: City) -> None:
    """None is intended; one that a change of the map brings in is to be named there, or repaired."""
    found = (black_starts(utrecht), repair_circles(utrecht), circular_redundancies(utrecht))

    assert found == (frozenset(), (), ())
